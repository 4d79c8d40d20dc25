"""Hypothesis profiles, and what makes a run of the suite quick.

`dev` explores anew each run. `ci` always takes the same examples, and few of them: it is for the
minutes before a commit. `thorough` takes the same ones each time as well, as many as `dev`.
`mutation` does so and shrinks none, since it asks only whether something fails.
"""

import gc
import os
import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, Phase, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("dev", deadline=None, suppress_health_check=_SLOW)
settings.register_profile("thorough", settings.get_profile("dev"), derandomize=True)
settings.register_profile("ci", settings.get_profile("thorough"), max_examples=20)
settings.register_profile(
    "mutation",
    settings.get_profile("thorough"),
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("BAJIO_HYPOTHESIS_PROFILE", "dev"))

#: Where processes that tests start keep what they compile, where they would compile it each time.
_COMPILED = "PYTHONPYCACHEPREFIX"


#: Tests of how sentences are read, whose sentences a source distribution does not carry.
_READING = ["test_mentions.py", "test_printed_forms.py", "test_reading_gold.py"]
_HAS_SENTENCES = Path(__file__).with_name("gold").joinpath("en.txt").exists()
collect_ignore = [] if _HAS_SENTENCES else _READING


def pytest_report_header():
    """Tell what is not tried, and why."""
    if _HAS_SENTENCES:
        return None
    return f"not tried, as their sentences are in the repository only: {', '.join(_READING)}"


def pytest_configure(config):
    """Let all processes of a run share what they compile, and leave nothing of it behind.

    Workers of pytest-xdist have the folder from the process that starts them. Answers are in
    English, whatever the locale.
    """
    os.environ["BAJIO_LANG"] = "en"
    if sys.dont_write_bytecode and _COMPILED not in os.environ:
        os.environ[_COMPILED] = folder = mkdtemp(prefix="bajio-tests-")
        os.environ["PYTHONDONTWRITEBYTECODE"] = ""
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Try each case of a test on one backend, in turn; on the others, which repeat it, it is slow.

    A test with fewer cases than there are backends tries them all.
    """
    tests = {}
    for item in items:
        params = getattr(item, "callspec", None) and item.callspec.params
        if params and "backend" in params and not item.get_closest_marker("slow"):
            case = item.name.replace(params["backend"], "", 1)
            tests.setdefault((item.path, item.originalname), {}).setdefault(case, []).append(item)
    for cases in tests.values():
        if len(cases) >= max(map(len, cases.values())):
            for number, own in enumerate(cases.values()):
                for at, item in enumerate(own):
                    if at != number % len(own):
                        item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection():
    """Spare the collector of garbage what is imported: it is there until the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


@pytest.fixture(scope="module")
def browser():
    """Chromium, where the machine has it; a test that needs it says so where not."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as opened:
        found = opened.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()
