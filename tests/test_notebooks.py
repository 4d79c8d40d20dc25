"""The notebooks of docs/: what they show is what they would show today, and nothing of a run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tutorial", "cuaderno"])
def test_a_notebook_shows_what_it_would_today(name):
    words = [sys.executable, str(ROOT / "scripts" / "run_notebooks.py"), "--check", name]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_nothing_of_its_run(path):
    notebook = json.loads(path.read_text("utf-8"))
    assert {cell["cell_type"] for cell in notebook["cells"]} == {"code", "markdown"}
    for cell in notebook["cells"]:
        assert cell["metadata"] == {}
        assert cell.get("execution_count") is None
        for output in cell.get("outputs", ()):
            assert output["output_type"] != "error"
            assert output.get("execution_count") is None
            assert set(output.get("data", ())) <= {"image/svg+xml", "text/html", "text/plain"}
    text = path.read_text("utf-8")
    assert not any(word in text for word in (str(ROOT), "Traceback", "<script"))
    shown = [one for cell in notebook["cells"] for one in cell.get("outputs", ())]
    assert any("image/svg+xml" in one.get("data", ()) for one in shown)


def test_all_notebooks_are_run():
    assert [path.stem for path in NOTEBOOKS] == ["cuaderno", "tutorial"]
