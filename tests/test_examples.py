"""Each program in examples/ runs, and answers what it asks."""

import runpy
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"

ANSWERS = {
    "highest_alliance.py": "Highest is Centre (Banxico): 4 of 41 by GDP of 2018.",
    "overtaken.py": "Overtook it: Bangladesh, Iraq, Kazakhstan, Peru, Qatar, Romania, Vietnam",
    "own_alliance.py": "With Nayarit there is no number: no 'containers' for MX-NAY in 2018",
}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_an_example_runs_and_answers(path, capsys):
    runpy.run_path(str(path), run_name="__main__")

    assert ANSWERS.get(path.name, "\n") in capsys.readouterr().out
