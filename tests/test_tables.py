"""Tables fit the terminal that they are shown on, lose no word, and are never wrapped elsewhere."""

import re
import sys

import pytest
from hypothesis import given, strategies as st

import bajio
from bajio.cli import main
from bajio.report.profile_report import profile_report
from bajio.report.records import Column, ValueKind, Voice
from bajio.report.reports import Report
from bajio.report.sheets import Sheet, worded
from bajio.report.terminal import render, table

WORDS = st.text(st.sampled_from("abcé1"), min_size=1, max_size=8)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)


@st.composite
def sheets(draw):
    columns = draw(st.integers(1, 5))
    rows = st.tuples(*[TEXTS] * columns)
    return Sheet(
        draw(TEXTS),
        draw(rows),
        tuple(draw(st.lists(rows, max_size=4))),
        tuple(draw(st.sets(st.integers(0, columns - 1)))),
        tuple(draw(st.lists(TEXTS, max_size=2))),
    )


def words_of(text):
    return sorted(word for word in text.split() if set(word) != {"─"})


@given(sheets())
def test_nothing_is_wrapped_where_no_width_is_given(sheet):
    header = 2 if sheet.title else 0
    body = table(sheet).split("\n")[header:]

    assert words_of(body[0]) == words_of(" ".join(sheet.header))
    for row, line in zip(sheet.rows, body[2:], strict=False):
        assert words_of(line) == words_of(" ".join(row))


@given(sheets(), st.integers(90, 120))
def test_a_width_changes_no_word_where_there_is_space_for_each(sheet, width):
    assert words_of(table(sheet, width)) == words_of(table(sheet))


@given(sheets(), st.integers(48, 120))
def test_no_line_is_wider_than_the_terminal_where_columns_have_eight(sheet, width):
    lines = table(sheet, width).split("\n")

    assert max(map(len, lines)) <= width


WIDE = st.text(st.sampled_from("abc-1"), min_size=1, max_size=30)


@given(st.lists(WIDE, min_size=2, max_size=8), st.data(), st.integers(5, 60), st.booleans())
def test_no_code_is_cut_and_what_is_hidden_is_named(names, data, width, spanish):
    row = data.draw(st.tuples(*[WIDE] * len(names)))
    spare = tuple(data.draw(st.permutations(range(1, len(names)))))[:2]
    language = "es" if spanish else "en"
    text = table(Sheet("", tuple(names), (row,), (), (), spare, language), width)
    words = text.split()
    told = text.replace("\n", " ")
    hidden = [cell for cell in row if cell not in words]

    assert set(hidden) <= {cell for cell, name in zip(row, names, strict=True) if name in told}
    assert bool(hidden) <= (("No se muestra" if spanish else "Not shown") in " ".join(words))
    assert bool(hidden) <= ("--format csv" in " ".join(words))


def test_a_profile_of_members_says_what_it_leaves_out():
    document = profile_report(bajio.profile("bajio", year=2018), members=True)
    text = " ".join(render(document, 80).split())

    assert "Not shown in 80 columns: Mexico, Share, Rank, San Luis Potosí;" in text


def test_columns_in_which_nothing_stands_are_left_out():
    right = ValueKind({}, right=True)
    columns = (
        Column("a", ValueKind({}), label="A"),
        Column("b", right, label="B"),
        Column("c", right, label="C"),
    )
    rows = (("1", "", "2"), ("3", None, ""))

    shown = worded(Report("", columns, rows, spare=("c",), only_filled=True), Voice())

    assert shown == Sheet("", ("A", "C"), (("1", "2"), ("3", "")), (1,), spare=(1,))
    assert worded(Report("", columns, (), only_filled=True), Voice()).header == ("A", "B", "C")
    assert worded(Report("", columns, rows), Voice()).header == ("A", "B", "C")


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
@pytest.mark.parametrize("members", [False, True])
def test_a_profile_fits_with_its_values_and_years(width, members):
    found = bajio.profile("bajio", year=2018)
    text = render(profile_report(found, members=members), width)

    if not members or width >= 80:
        assert max(map(len, text.split("\n"))) <= width
    assert "Year" in text
    assert "2018 R" in text


def test_the_host_s_own_figure_is_the_first_that_a_narrow_terminal_misses():
    document = profile_report(bajio.profile("bajio", year=2018))

    assert "  Mexico  " in render(document, 120)
    assert "  Mexico  " not in render(document, 80)
    assert "Not shown in 80 columns: Mexico; --format csv has it." in render(document, 80)
    assert "10.8 %" in render(document, 80)


@pytest.mark.parametrize("command", ["profile bajio", "measures", "regions bajio", "peers eu"])
def test_the_command_line_fits_a_terminal_and_nothing_else(capsys, monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "60")
    main(command.split())
    piped = capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    main(command.split())
    shown = capsys.readouterr().out

    plain = re.sub(r"\x1b\[\d*m", "", shown)
    assert max(map(len, plain.split("\n"))) <= 60 < max(map(len, piped.split("\n")))
