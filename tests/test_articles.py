"""The articles of the documents, from their text to the page: what is read, confirmed and found."""

import json
import re
import runpy
import tomllib
from contextlib import chdir
from pathlib import Path

import pytest

from bajio.cli import main

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "audits"
OPTIONS = runpy.run_path(str(ROOT / "scripts" / "compile_claims.py"))["ARTICLES"]
ASKED = {
    "bajio-alliance": ["--region", "bajio"],
    "centro-norte": ["--region", "banxico-centro-norte", "--locale", "es-MX"],
    "great-lakes": ["--region", "great-lakes", "--data", "examples/packs/united-states"],
    "peninsula": ["--region", "MX-CAM+MX-ROO+MX-YUC", "--locale", "es-MX"],
    "south-southeast": ["--region", "sur-sureste"],
}
#: The verdicts in the order of the text, by their first letters.
VERDICTS = {
    "bajio-alliance": "hchcch",
    "centro-norte": "hhhch",
    "great-lakes": "uhhhc",
    "peninsula": "hchhc",
    "south-southeast": "hhhhc",
}


def claims_of(path):
    return {one["id"]: one for one in tomllib.loads(path.read_text("utf-8"))["claims"]}


@pytest.mark.parametrize("name", sorted(ASKED))
def test_an_article_goes_from_its_text_to_a_page(name, tmp_path, capsys):
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    drafts, page = tmp_path / "drafts.toml", tmp_path / "audit.html"
    article = f"docs/audits/{name}"
    with chdir(ROOT):
        read = ["audit", "--text", f"{article}.txt", *ASKED[name], "--output", str(drafts)]
        assert main(read) == 0
        words = ["audit", f"{article}.toml", *OPTIONS[name]]
        assert main([*words, "--output", str(page)]) == 0
        assert main([*words, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["claims"]
    confirmed, read = claims_of(FOLDER / f"{name}.toml"), claims_of(drafts)
    assert set(read) <= set(confirmed)
    assert len(read) >= len(confirmed) - 1
    assert {one["status"] for one in read.values()} == {"draft"}
    for claim in confirmed.values():
        assert claim["status"] == "confirmed"
        assert claim["statement"] in text
        assert claim.get("printed", "") in text
    assert "".join(one["verdict"][0] for one in found) == VERDICTS[name]
    content = page.read_text("utf-8")
    assert re.findall(r'<article [^>]*id="claim-([^"]*)"', content) == list(confirmed)


def test_every_article_is_audited_in_the_documents():
    assert set(ASKED) == set(OPTIONS)
    told = "".join((ROOT / "docs" / name).read_text("utf-8") for name in ("audit.md", "auditar.md"))
    for name in ASKED:
        for ending in ("txt", "toml", "md"):
            assert f"(audits/{name}.{ending})" in told
