"""The pictures of the documents: what they show is what their commands answer today."""

import json
import subprocess
import sys
from pathlib import Path

from bajio.report.charts.gallery import KINDS

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"


def test_the_pictures_and_the_gallery_are_those_of_today():
    words = [sys.executable, str(ROOT / "scripts" / "draw_charts.py"), "--check"]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_the_gallery_has_every_kind_of_chart():
    names = set(json.loads((PICTURES / "specifications.json").read_text("utf-8")))
    assert set(KINDS) <= names
    assert {path.stem for path in PICTURES.glob("*.svg")} == names


def test_the_readme_shows_two_pictures():
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.count("(docs/pictures/") >= 2
