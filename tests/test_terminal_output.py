"""What terminals get: colours where they take them, tables that fit, and how far long work is."""

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time

import click
import pytest
from test_every_command import ASKED, MORE

from bajio.cli import main, options, terminals
from bajio.cli.terminals import Progress, progress_shown, searched, takes_colour
from bajio.report.column_widths import display_width
from bajio.report.sheets import worded
from bajio.report.terminal import styled, table

ESCAPE = re.compile(r"\x1b\[[\d;]*m")
RANK = ["rank", "bajio", "area", "--peers", "pacific-alliance"]
SLOW = pytest.mark.slow
VARIABLES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "LANG")


@pytest.fixture(autouse=True)
def _no_wishes_about_colour(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def on_a_terminal(arguments, columns=80, **variables):
    """What a command writes to a terminal of a width."""
    process, terminal = pty.fork()
    if process == 0:
        time.sleep(0.05)  # until the terminal has its width
        words = [sys.executable, "-m", "bajio", *arguments]
        os.execve(sys.executable, words, {**os.environ, **variables})  # noqa: S606
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    seen = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # its other end is closed
            break
        if not part:
            break
        seen += part
    os.close(terminal)
    os.waitpid(process, 0)
    return seen.decode().replace("\r\n", "\n")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def printed(capsys, *arguments):
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("columns", [80, *(pytest.param(one, marks=SLOW) for one in (120, 40))])
def test_a_terminal_shows_the_same_letters_in_colour(capsys, columns, monkeypatch):
    seen = on_a_terminal(RANK, columns)
    monkeypatch.setattr("bajio.cli.answer_output.terminal_width", lambda _: columns)
    assert ESCAPE.search(seen)
    assert ESCAPE.sub("", seen) == printed(capsys, *RANK)


def test_a_pipe_stays_plain_whatever_the_terminal(capsys):
    assert "\x1b" not in printed(capsys, *RANK)


def test_a_pipe_is_written_as_a_pipe_where_messages_go_to_a_terminal(capsys):
    terminal, messages = pty.openpty()
    fcntl.ioctl(messages, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 40, 0, 0))
    words = [sys.executable, "-m", "bajio", *RANK]
    found = subprocess.run(words, stdout=subprocess.PIPE, stderr=messages)
    os.close(messages)
    os.close(terminal)
    assert found.stdout.decode() == printed(capsys, *RANK)


@pytest.mark.parametrize(
    ("variables", "on_terminal", "on_pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"CLICOLOR": "0"}, False, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, True, False),
    ],
)
def test_colours_follow_what_is_usual(monkeypatch, variables, on_terminal, on_pipe):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert takes_colour(Terminal()) is on_terminal
    assert takes_colour(io.StringIO()) is on_pipe
    assert takes_colour(None) is on_pipe


def test_a_forced_pipe_has_colours_and_a_file_has_none(capsys, monkeypatch, tmp_path):
    plain = printed(capsys, *RANK)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = printed(capsys, *RANK)
    assert coloured != plain == ESCAPE.sub("", coloured)
    for output_format in ("json", "csv", "markdown", "html"):
        assert "\x1b" not in printed(capsys, *RANK, "--format", output_format)
    assert main([*RANK, "--output", str(tmp_path / "rank.txt")]) == 0
    assert (tmp_path / "rank.txt").read_text("utf-8") == plain


def test_the_region_among_others_and_verdicts_are_seen_at_once(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    lines = printed(capsys, *RANK).splitlines()
    assert [ESCAPE.sub("", one) for one in lines if one.startswith("\x1b[1;36m")] == [
        ESCAPE.sub("", one) for one in lines if "→" in one
    ]
    audit = printed(capsys, "audit", "san-miguel")
    assert "\x1b[1;32m✓ HOLDS\x1b[0m  population" in audit
    assert "\x1b[1;31m✗ CONTRADICTED\x1b[0m  population-near" in audit


def test_messages_are_marked_on_a_terminal(capsys, monkeypatch):
    assert main(["profile", "bahio"]) == 2
    assert capsys.readouterr().err.startswith("bajio: unknown")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["profile", "bahio"]) == 2
    assert capsys.readouterr().err.startswith("\x1b[1;31mbajio:\x1b[0m unknown")


@pytest.fixture(scope="module")
def documents():
    """The document of each question that is quickly answered."""
    found = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            options, "content_of", lambda document, *_, **__: found.append(document) or ""
        )
        for arguments in (*([name, *words] for name, words in ASKED.items()), *MORE):
            if arguments[0] != "report":  # is made of the others
                main(arguments)
    return found


@pytest.mark.parametrize(
    ("columns", "language"),
    [
        (40, "en"),
        (80, "es"),
        *(
            pytest.param(columns, language, marks=SLOW)
            for columns, language in ((40, "es"), (80, "en"), (120, "en"), (120, "es"))
        ),
    ],
)
def test_tables_fit_and_nothing_is_cut_or_dropped_unsaid(documents, columns, language):
    assert len(documents) > 35
    for document in documents:
        spoken = document.shown_in(language)
        for report in () if "table" in document.written else document.reports:
            sheet = worded(report, spoken.words)
            shown = table(sheet, columns)
            words = set(shown.split())
            assert {word.rstrip(";,:") for name in sheet.header for word in name.split()} <= {
                word.rstrip(";,:") for word in words
            }
            kept = [at for at, name in enumerate(sheet.header) if not hidden(name, shown, columns)]
            for row in sheet.rows:
                assert {word for at in kept for word in row[at].split()} <= words
            words_of = [[sheet.header[at], *(row[at] for row in sheet.rows)] for at in kept]
            least = sum(max(map(display_width, " ".join(one).split())) + 2 for one in words_of)
            for line in shown.splitlines():  # two columns stay, however long their words are
                wide = len(kept) <= 2 and least > columns
                assert display_width(line) <= max(columns, least * wide, longest(line))
        assert ESCAPE.sub("", styled(spoken, columns)) == terminal_text(spoken, columns)


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_texts_that_are_no_tables_fit_and_no_word_is_cut(documents, columns):
    texts = [one for one in documents if "table" in one.written and one.schema.name != "cite"]
    assert len(texts) > 8  # citations are to be copied: the terminal breaks them
    for document in texts:
        shown = terminal_text(document, columns)
        for line in shown.splitlines():
            indent = len(line) - len(line.lstrip())
            assert display_width(line) <= max(columns, indent + longest(line)), line
        assert set(terminal_text(document, None).split()) == set(shown.split())


def hidden(name, shown, columns):
    """Whether a column is named among those that are not shown."""
    told = re.search(rf"(?:in|en) {columns} (?:columns|columnas).*?--format", shown, re.DOTALL)
    return told is not None and " ".join(name.split()) in " ".join(told[0].split())


def longest(line):
    """The width of a line's longest word, as far in as lines of notes are."""
    return 2 + max(map(display_width, line.split()), default=0)


def terminal_text(document, columns):
    from bajio.report.formats import rendered

    return rendered(document, "table", columns)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(terminals, "_QUIET", 0.02)
    monkeypatch.setattr(terminals, "_OFTEN", 0.01)


@pytest.mark.usefixtures("quick")
def test_progress_is_shown_on_a_terminal_once_it_takes_a_moment():
    stream = Terminal()
    progress = Progress(stream, "bajio search", 60)
    progress.tell(searched("en", 5, 10))
    until(lambda: "50 %" in stream.getvalue())
    progress.tell(searched("en", 5_000_000, None))
    until(lambda: "5,000,000" in stream.getvalue())
    progress.end()
    written = stream.getvalue()
    assert "\r50 % of 10 sets of areas (Ctrl-C for the best so far) · 0 s" in written
    assert "\r5,000,000 sets of areas" in written
    assert re.search(r"\r +\r$", written)
    assert max(len(part) for part in written.split("\r")) < 60
    assert "\x1b" not in written
    time.sleep(0.05)
    assert stream.getvalue() == written


@pytest.mark.usefixtures("quick")
def test_progress_is_as_wide_as_the_terminal_at_most():
    stream = Terminal()
    progress = Progress(stream, "x" * 200, 40)
    until(stream.getvalue)
    progress.end()
    assert max(len(part) for part in stream.getvalue().split("\r")) == 39
    assert "…" in stream.getvalue()


def test_what_is_done_in_a_moment_shows_no_progress(monkeypatch):
    stream = Terminal()
    Progress(stream, "bajio rank", 80).end()
    assert stream.getvalue() == ""


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "--size", "2", "--max", "population", "--among", "bajio", "--year", "2018"],
        ["report", "bajio", "--year", "2018", "--format", "markdown"],
        ["import", "examples/tables/piso-de-tierra.csv"],
        RANK,
    ],
    ids=lambda arguments: arguments[0],
)
def test_commands_show_progress_on_a_terminal_only(capsys, monkeypatch, arguments):
    monkeypatch.setattr(terminals, "_QUIET", 0.0)
    before = main(arguments), capsys.readouterr()
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    status = main(arguments)
    shown = stream.getvalue()
    assert (status, capsys.readouterr().out) == (before[0], before[1].out)
    assert not before[1].err or "bajio:" in before[1].err
    if "\r" in shown:
        assert shown.startswith("\r")
        assert re.search(r"\r +\r", shown)


@pytest.mark.usefixtures("quick")
def test_a_warning_stands_in_a_line_of_its_own(monkeypatch):
    from bajio.cli import _say

    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with (
        click.Context(click.Command("rank")) as ctx,
        progress_shown(ctx, "bajio rank") as progress,
        progress_shown(ctx, "bajio rank, inside") as inside,
    ):
        assert inside is progress
        until(stream.getvalue)
        _say("bajio: look out")
    assert re.search(r"\r +\rbajio: look out\n", stream.getvalue())


def until(true, patience=5.0):
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)
