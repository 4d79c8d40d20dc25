"""The tasks of the project: `nox -l` names them, `nox -s lint types` runs two of them.

Each runs in the environment that nox itself is in, as `pip install -e '.[dev]'` makes it: nothing
is installed twice, and nothing is fetched. What follows `--` goes to pytest, or to the benchmarks.
"""

import shutil
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2024.4.15"
nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "tests"]

HERE = Path(__file__).parent
DISTRIBUTIONS = HERE / "build" / "distributions"
PYTEST = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider")
#: Examples that are drawn by chance are the same ones on each run: few, or all.
#: What is compiled is kept, whatever the environment says: each process would compile it again.
SETTLED = {"BAJIO_HYPOTHESIS_PROFILE": "ci", "PYTHONDONTWRITEBYTECODE": ""}
THOROUGH = {**SETTLED, "BAJIO_HYPOTHESIS_PROFILE": "thorough"}


@nox.session
def tests(session: nox.Session) -> None:
    """All tests, doctests and documents, save what is marked as slow: some three minutes."""
    session.run(*PYTEST, "-n", "auto", *session.posargs, env=SETTLED)


@nox.session
def slow(session: nox.Session) -> None:
    """What is marked as slow: what others repeat, longer searches, a small sample of mutants."""
    session.run(
        *PYTEST, "-n", "auto", "-m", "slow", "--durations=10", *session.posargs, env=SETTLED
    )


@nox.session
def thorough(session: nox.Session) -> None:
    """All tests with all their examples: some ten minutes, before a release."""
    session.run(*PYTEST, "-n", "auto", "-m", "slow or not slow", *session.posargs, env=THOROUGH)


@nox.session
def coverage(session: nox.Session) -> None:
    """The tests, counting statements that they pass: 95 % at least."""
    session.run(*PYTEST, "-n", "auto", "--cov", "--cov-report=term:skip-covered", env=_COUNTING)


@nox.session
def lint(session: nox.Session) -> None:
    """Style, and which module imports which."""
    session.run(sys.executable, "-m", "ruff", "check", ".")
    session.run(sys.executable, "-m", "ruff", "format", "--check", ".")
    session.run(str(Path(sys.executable).with_name("lint-imports")), external=True)


@nox.session
def types(session: nox.Session) -> None:
    """Types: of the source, of the scripts, and as users' type checkers see them."""
    mypy = (sys.executable, "-m", "mypy", "--strict")
    session.run(*mypy, "src")
    session.run(*mypy, "scripts", "noxfile.py")
    session.run(sys.executable, "typing_tests/check.py")


@nox.session
def docs(session: nox.Session) -> None:
    """The documents: their examples, the references made of the source, and the examples' files."""
    session.run(sys.executable, "scripts/build_reference.py", "--check")
    session.run(sys.executable, "scripts/draw_charts.py", "--check")
    session.run(sys.executable, "scripts/run_notebooks.py", "--check")
    session.run(*PYTEST, "tests/test_documents.py", "tests/test_plugin_documents.py", env=SETTLED)
    for example in sorted(Path("examples").glob("*.py")):
        session.run(sys.executable, str(example))
    site(session)


@nox.session
def site(session: nox.Session) -> None:
    """The documents as a site in build/site, offline; a link that leads nowhere fails."""
    sphinx = (sys.executable, "-m", "sphinx", "--fresh-env", "--fail-on-warning", "--quiet")
    session.run(*sphinx, "--conf-dir", "docs/site", "--builder", "html", ".", "build/site")


@nox.session
def distributions(session: nox.Session) -> None:
    """The wheel and the source distribution, in build/distributions: metadata and content."""
    shutil.rmtree(DISTRIBUTIONS, ignore_errors=True)
    session.run(sys.executable, "-m", "build", "--outdir", str(DISTRIBUTIONS), ".", silent=True)
    made = map(str, sorted(DISTRIBUTIONS.iterdir()))
    session.run(sys.executable, "-m", "twine", "--no-color", "check", "--strict", *made)
    session.run(sys.executable, "scripts/check_distributions.py", str(DISTRIBUTIONS))


@nox.session
def benchmarks(session: nox.Session) -> None:
    """That all contenders answer the same, and roughly how fast; needs the extra `benchmarks`."""
    session.run(sys.executable, "benchmarks/run.py", *(session.posargs or ["--quick"]))


#: Where Python can tell of each line by itself, that costs a tenth of the time; else a half.
_COUNTING = {**SETTLED, "COVERAGE_CORE": "sysmon" if sys.version_info >= (3, 12) else "ctrace"}
