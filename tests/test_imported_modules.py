"""What a process imports: an answer costs what it needs, not what other answers would need."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

#: What only some questions need, and what all others must not load.
APART = {
    "bajio.claims",
    "bajio.cli.analyses",
    "bajio.cli.audits",
    "bajio.cli.listings",
    "bajio.cli.plots",
    "bajio.cli.scaffold",
    "bajio.cli.searches",
    "bajio.cli.structures",
    "bajio.composites",
    "bajio.engines.array",
    "bajio.engines.frame",
    "bajio.facts.classifications",
    "bajio.questions.audit",
    "bajio.questions.breakdown",
    "bajio.questions.bulk",
    "bajio.questions.comparison",
    "bajio.questions.decomposition",
    "bajio.questions.difference",
    "bajio.questions.explanation",
    "bajio.questions.own_frames",
    "bajio.questions.scores",
    "bajio.questions.search",
    "bajio.questions.sensitivity",
    "bajio.questions.specialisation",
    "bajio.readers.claim_files",
    "bajio.report.charts",
    "bajio.readers.package_writer",
    "bajio.facts.recognition",
    "bajio.registry.own_data",
    "bajio.registry.own_gazetteer",
    "bajio.registry.own_indicators",
    "bajio.testing",
}
#: Libraries that a question on the command line must not load.
HEAVY = {
    "babel",
    "IPython",
    "hypothesis",
    "marimo",
    "narwhals",
    "numpy",
    "pandas",
    "pint",
    "polars",
    "pyarrow",
    "rich",
    "vl_convert",
    "xlsxwriter",
}
NEEDED = {
    ("profile", "bajio", "--year", "2018"): set(),
    ("profile", "bajio", "--year", "2018", "--format", "json"): set(),
    ("rank", "bajio", "gdp", "--year", "2018"): set(),
    ("compare", "bajio", "sur-sureste", "--indicators", "gdp"): {"bajio.questions.comparison"},
    ("series", "bajio", "gdp", "--years", "2017-2018"): {"bajio.questions.comparison"},
    ("explain", "bajio", "gdp", "--year", "2018"): {"bajio.questions.explanation"},
    ("regions",): {"bajio.cli.listings"},
    ("difference", "bajio", "sur-sureste", "gdp-per-capita", "--year", "2018"): {
        "bajio.cli.analyses",
        "bajio.questions.difference",
    },
}


def imported(code):
    """The modules that a process has imported when it is done."""
    program = f"{code}\nimport sys\nprint()\nprint(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert not found.returncode, found.stderr
    return set(found.stdout.splitlines()[-1].split())


def within(modules, packages):
    """Those of the packages of which a module is among them."""
    return {
        package
        for package in packages
        if any(f"{module}.".startswith(f"{package}.") for module in modules)
    }


@pytest.mark.parametrize("command", NEEDED, ids=" ".join)
def test_a_command_imports_what_it_answers_with(command):
    modules = imported(f"from bajio.cli import main\nmain({list(command)})")

    assert within(modules, APART) == NEEDED[command]
    assert within(modules, HEAVY) == set()


def test_what_stands_apart_is_there():
    assert [name for name in APART if find_spec(name) is None] == []


def test_an_audit_imports_no_search_and_no_scores():
    modules = imported("from bajio.cli import main\nmain(['audit', 'san-miguel'])")

    found = within(modules, APART)
    assert {"bajio.claims", "bajio.cli.audits", "bajio.questions.audit"} <= found
    assert not found & {"bajio.questions.search", "bajio.questions.scores", "bajio.engines.array"}
    assert within(modules, HEAVY) <= {"babel"}


def test_importing_bajio_imports_neither_facts_nor_questions():
    modules = {name for name in imported("import bajio") if name.partition(".")[0] == "bajio"}

    assert modules == {"bajio", "bajio.deferred", "bajio.hookspecs", "bajio.version"}
