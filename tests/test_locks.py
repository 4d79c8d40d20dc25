"""Questions kept with their answers, and confirmed later."""

import json

import pytest

from bajio.cli import main


def test_a_kept_answer_is_confirmed(tmp_path, capsys):
    path = str(tmp_path / "gdp.lock.json")
    assert main(["lock", path, "rank", "bajio", "gdp", "--year", "2018"]) == 0
    assert main(["lock", path, "rank", "bajio", "gdp", "--year", "2018"]) == 2  # it is there
    capsys.readouterr()
    assert main(["replay", path]) == 0
    assert capsys.readouterr().out.startswith("The same: rank bajio gdp --year 2018")


@pytest.mark.parametrize(
    "command",
    [
        "profile bajio --year 2018 --indicators gdp,area",
        "series bajio gdp --years 2015-2018",
        "composite composite-prosperity bajio --year 2018",
        "search --near gdp=BEL --size 2 --year 2018",
        "audit san-miguel",
    ],
)
def test_an_answer_is_kept_byte_for_byte_whatever_the_language(
    command, tmp_path, monkeypatch, capsys
):
    paths = [tmp_path / f"{language}.json" for language in ("en", "es")]
    for path in paths:
        monkeypatch.setenv("BAJIO_LANG", path.stem)
        assert main(["lock", str(path), *command.split()]) == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert main(["replay", str(paths[0])]) == 0, capsys.readouterr().out


def test_a_changed_figure_is_told(tmp_path, capsys):
    path = tmp_path / "area.lock.json"
    assert main(["lock", str(path), "profile", "bajio", "--indicators", "area"]) == 0
    kept = json.loads(path.read_text("utf-8"))
    kept["answer"]["results"][0]["value"] += 1
    path.write_text(json.dumps(kept), "utf-8")
    capsys.readouterr()
    assert main(["replay", str(path)]) == 1
    told = capsys.readouterr().out
    assert "Not the same" in told
    assert "results[0].value: 109060, now 109059" in told


@pytest.mark.parametrize(
    "command",
    [
        ["new-plugin", "rain"],
        ["replay", "x"],
        ["rank", "bajio", "gdp", "--output", "x.json"],
        ["rank", "bajio", "gdp", "--format=csv"],
        ["rank", "nowhere", "gdp"],
    ],
)
def test_only_questions_are_kept(tmp_path, capsys, command):
    path = tmp_path / "kept.json"
    assert main(["lock", str(path), *command]) == 2
    assert not path.exists()
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"bajio": 1, "data": 1, "command": 5, "answer": 1}',
        '{"bajio": "1", "data": "1", "command": ["new-plugin", "x"], "answer": 1}',
        "[" * 10**5,
    ],
)
def test_what_keeps_no_answer_is_refused(tmp_path, capsys, content):
    path = tmp_path / "kept.json"
    path.write_text(content, "utf-8")
    assert main(["replay", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
