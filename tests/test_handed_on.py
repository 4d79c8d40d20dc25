"""Answers handed on: frames, workbooks, Parquet, pages, notebooks; every figure is the answer's."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

import bajio
from bajio.cli import main
from bajio.errors import InvalidValue
from bajio.report.documents import document_of
from bajio.report.formats import ENDINGS, FORMATS, rendered
from bajio.report.schemas import answer_schemas
from bajio.report.sheets import exact_text
from bajio.words.phrasebook import phrasebook

ANSWERS = {
    "profile": lambda: bajio.profile("bajio", year=2018),
    "profile of months": lambda: bajio.profile(
        "bajio", period="2019-02", indicators=["insured-jobs", "insured-jobs-growth"]
    ),
    "result": lambda: bajio.evaluate("bajio", "gdp-per-capita", year=2018),
    "interval": lambda: bajio.evaluate("bajio", "gdp", year=2018, missing="bound"),
    "breakdown": lambda: bajio.break_down("bajio", "activity-shares", year=2018),
    "rank": lambda: bajio.rank("bajio", "gdp", year=2018),
    "series": lambda: bajio.series("bajio", "gdp", years=range(2015, 2019)),
    "comparison": lambda: bajio.compare(["bajio", "GTM"], indicators=["gdp", "area"], year=2018),
    "difference": lambda: bajio.difference("bajio", "gdp-per-capita", years=(2008, 2018)),
    "search": lambda: bajio.search(size=2, near={"gdp": "BEL"}, among="bajio", year=2018),
    "specialisations": lambda: bajio.specialisations("bajio", year=2018),
    "relatedness": lambda: bajio.answers.relatedness("bajio", year=2018),
    "sensitivity": lambda: bajio.sensitivity("bajio", "area"),
    "audit": lambda: bajio.audit("san-miguel"),
    "diff": lambda: bajio.diff("fdi=2018", "fdi=2025-10", region="bajio", year=2017),
}


@pytest.fixture(scope="module")
def answers():
    return {name: make() for name, make in ANSWERS.items()}


def numbers_of(answer):
    """The figures that the rows of CSV have, by row and column."""
    return [
        {
            name: value
            for name, value in row.items()
            if isinstance(value, int | float) and not isinstance(value, bool)
        }
        for row in document_of(answer).rows()
    ]


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_frames_have_the_figures_of_the_answer(answers, name, backend):
    frame = answers[name].to_frame(backend)
    rows = {
        "polars": lambda frame: frame.to_dicts(),
        "pandas": lambda frame: frame.astype(object).to_dict("records"),
        "pyarrow": lambda frame: frame.to_pylist(),
    }[backend](frame)
    expected = numbers_of(answers[name])
    assert len(rows) == len(expected)
    for row, own in zip(rows, expected, strict=True):
        assert {key: row[key] for key in own} == own


def test_notes_call_indicators_as_the_table_does():
    profile = bajio.profile("bajio", year=2018, indicators=["gdp", "gdp-per-capita", "fdi"])
    for language, names in (("en", "GDP, GDP per head"), ("es", "PIB, PIB por habitante")):
        page = rendered(document_of(profile).shown_in(language), "markdown")
        assert names in page
        assert not re.search(r"[ :](gdp|gdp-per-capita|fdi)\b", page)


def test_titles_name_the_members_of_a_region_without_a_name(capsys):
    asked = {
        "series": ["series", "FRA+DEU", "gdp", "--years", "2016-2018"],
        "rank": ["rank", "MX-JAL+MX-COL", "gdp", "--year", "2018"],
        "sensitivity": ["sensitivity", "MX-JAL+MX-COL", "gdp", "--year", "2018"],
    }
    for words in asked.values():
        assert main([*words, "--lang", "es"]) == 0
        title = capsys.readouterr().out.splitlines()[0]
        assert "Alemania, Francia" in title or "Colima, Jalisco" in title
        assert "+" not in title


def test_breakdowns_are_frames_and_tables_of_a_row_a_key(answers, tmp_path):
    breakdown = answers["breakdown"]
    frame = breakdown.to_frame()
    assert dict(frame.select("key", "value").iter_rows()) == breakdown.values
    assert set(frame["region"]) == {"bajio"}
    assert set(frame["indicator"]) == {"activity-shares"}
    breakdown.save(tmp_path / "shares.md", language="es")
    lines = (tmp_path / "shares.md").read_text("utf-8").splitlines()
    assert "| 43 | Comercio al por mayor | 10.25 % |" in lines


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_findings_are_frames_with_what_the_data_say(answers, backend, tmp_path):
    finding = answers["audit"].findings[0]
    assert next(iter(finding.to_frame(backend)["value"])) is not None
    assert finding.to_frame()["value"][0] == finding.figure.value
    finding.save(tmp_path / "finding.md", language="es")
    page = (tmp_path / "finding.md").read_text("utf-8")
    assert "| Valor | 12.71 millones de personas |" in page
    assert "| Veredicto | se sostiene |" in page
    assert "| Lectura | más de 12.4 millones de personas |" in page
    assert not re.search(r"holds|False|True|Draft|Reading|edition|weighty", page)


@pytest.mark.parametrize("name", ["result", "series", "breakdown", "profile", "comparison"])
def test_frames_say_of_which_region_they_are(answers, name):
    frame = answers[name].to_frame()
    assert {"region", "indicator", "value", "unit", "period"} <= set(frame.columns)
    assert "bajio" in set(frame["region"])


@pytest.mark.parametrize(
    ("make", "columns"),
    [
        (ANSWERS["difference"], {"indicator", "unit"}),
        (ANSWERS["specialisations"], {"region", "indicator", "period"}),
        (
            lambda: bajio.rank("bajio", "gdp-per-capita", year=2018),
            {"region", "indicator", "period", "unit"},
        ),
        (lambda: ANSWERS["result"]().explain(), {"region", "indicator", "value", "unit", "period"}),
    ],
)
def test_frames_say_of_which_indicator_they_are(make, columns):
    frame = make().to_frame()
    assert columns <= set(frame.columns)
    assert set(frame["indicator"]) <= {"gdp-per-capita", "location-quotient"}
    assert "" not in set(frame["indicator"])


@pytest.mark.parametrize("name", ANSWERS)
def test_parquet_is_the_frame(answers, name):
    content = rendered(document_of(answers[name]), "parquet")
    assert pl.read_parquet(BytesIO(content)).equals(answers[name].to_frame())


@pytest.mark.parametrize("name", ANSWERS)
def test_workbooks_have_the_figures_of_the_answer(answers, name):
    book = CalamineWorkbook.from_filelike(BytesIO(rendered(document_of(answers[name]), "xlsx")))
    header, *rows = book.get_sheet_by_index(0).to_python()
    for cells, own in zip(rows, numbers_of(answers[name]), strict=True):
        read = dict(zip(header, cells, strict=True))
        for key, value in own.items():
            shown = read[key.replace("_", " ")]
            assert float(shown) == pytest.approx(value, rel=1e-15)  # it has 16 digits


class _Page(HTMLParser):
    """What a page holds: tags, texts and attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.texts, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("name", ANSWERS)
def test_pages_show_what_the_terminal_shows_and_load_nothing(answers, name):
    document = document_of(answers[name])
    page = _Page()
    page.feed(rendered(document, "html"))
    assert {"script", "link", "img", "iframe"}.isdisjoint(page.tags)
    assert ("lang", "en") in page.attributes
    assert not [one for one in page.attributes if one[0] in {"src", "onload"}]
    assert all(value.startswith("#") for key, value in page.attributes if key == "href")
    shown = re.sub(r"[\s─]+", "", "".join(page.texts)).casefold()
    for line in rendered(document, "table").splitlines():
        for word in line.split("  "):
            assert re.sub(r"[\s─]+", "", word.removeprefix("· ")).casefold() in shown


def test_pages_have_what_figures_are_exactly(answers):
    page = rendered(document_of(answers["profile"]), "html")
    cell = re.compile(
        r'<th scope="row"[^>]*>([^<]*)</th><td class="right[^"]*"><data value="([^"]*)">'
    )
    told = dict(cell.findall(page))
    assert told == {str(one.indicator.label): str(one.exact) for one in answers["profile"].results}
    places = re.findall(r'<data value="(\d+)">[^<]* of \d', page)
    assert places == [str(one.rank.position) for one in answers["profile"].results]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_number_of_a_table_is_exact_in_a_page(answers, name):
    document = document_of(answers[name])
    page = rendered(document, "html")
    exact = [
        exact_text(column.exact(value))
        for report in document.reports
        for row in report.rows
        for column, value in zip(report.columns, row, strict=True)
        if column.label or not column.key
    ]
    assert re.findall(r'<data value="([^"]*)">', page) == [one for one in exact if one]
    assert document.reports == () or any(exact) or name in {"audit", "search", "diff", "difference"}


@pytest.mark.parametrize("name", ANSWERS)
def test_notebooks_show_a_table_and_text(answers, name):
    bundle = answers[name]._repr_mimebundle_()
    assert bundle["text/plain"] == repr(answers[name])
    assert "<table>" in bundle["text/html"] or "<pre>" in bundle["text/html"]
    assert "<script" not in bundle["text/html"]


def test_json_is_the_dictionary(answers):
    for answer in answers.values():
        assert json.loads(answer.to_json()) == json.loads(json.dumps(answer.to_dict()))


@pytest.mark.parametrize("ending", ENDINGS)
def test_files_are_written_whole_and_never_over_others(answers, tmp_path, ending):
    path = tmp_path / f"answer{ending}"
    answers["profile"].save(path)
    before = path.read_bytes()
    with pytest.raises(InvalidValue, match="it is there already"):
        answers["rank"].save(path)
    assert path.read_bytes() == before
    answers["rank"].save(path, overwrite=True)
    assert path.read_bytes() != before


def test_an_unknown_ending_is_refused(answers, tmp_path):
    with pytest.raises(InvalidValue, match="no format ends in"):
        answers["rank"].save(tmp_path / "answer.docx")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_command_line_writes_every_format(tmp_path, capsys, name):
    ending = FORMATS[name][1][0]
    path = tmp_path / f"rank{ending}"
    words = ["rank", "bajio", "area", "--output", str(path)]
    assert main(words) == 0
    assert main(words) == 2
    assert "it is there already" in capsys.readouterr().err
    assert main([*words, "--force"]) == 0


@pytest.mark.parametrize("name", ["xlsx", "parquet"])
def test_what_is_no_text_goes_to_a_file(capsys, name):
    assert main(["rank", "bajio", "area", "--format", name]) == 2
    assert "goes to a file" in capsys.readouterr().err


HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "\x1b[31mred",
    "\u202eoijab",
    "x" * 10**4,
]


@pytest.mark.parametrize("label", HOSTILE, ids=["script", "formula", "escape", "turned", "long"])
def test_hostile_labels_are_inert_in_every_format(label):
    region = bajio.Region(["MX-AGU", "MX-GUA"], code="mine", names=label)
    profile = bajio.profile(region, year=2018, indicators=["area", "gdp"])
    for name in FORMATS:
        content = rendered(document_of(profile), name)
        if name == "xlsx":
            book = CalamineWorkbook.from_filelike(BytesIO(content))
            rows = [
                row for one in book.sheet_names for row in book.get_sheet_by_name(one).to_python()
            ]
            with ZipFile(BytesIO(content)) as parts:
                sheets = [one for one in parts.namelist() if "worksheets/" in one]
                assert not any(b"<f>" in parts.read(one) for one in sheets)  # no formula
            content = " ".join(str(cell) for row in rows for cell in row)
        if isinstance(content, str) and name != "table":  # where the command line marks it
            assert "\x1b" not in content
            assert "\u202e" not in content
        if name in {"html", "markdown"}:
            assert "<script>" not in content


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_workbook_speaks_the_language_and_holds_the_same_figures(answers, language):
    document = document_of(answers["profile"]).shown_in(language)
    book = CalamineWorkbook.from_filelike(BytesIO(rendered(document, "xlsx")))
    header, *rows = book.get_sheet_by_index(0).to_python()
    assert book.sheet_names == ["profile", {"en": "notes", "es": "notas"}[language]]
    value, unit, year, label = {
        "en": ("value", "unit", "year", "label"),
        "es": ("valor", "unidad", "año", "etiqueta"),
    }[language]
    found = [dict(zip(header, row, strict=True)) for row in rows]
    numbers = [one for one in answers["profile"].results if one.point is not None]
    by_code = {row[{"en": "indicator", "es": "indicador"}[language]]: row for row in found}
    for one in numbers:
        row = by_code[one.indicator.code]
        assert row[value] == pytest.approx(one.value, rel=1e-15)
        assert row[unit] == str(one.unit)
        assert row[label] == one.indicator.label.text(language)
        assert row[year] == (one.year or "")


def test_a_workbook_has_a_frozen_header_and_formats_by_what_numbers_are(answers):
    content = rendered(document_of(answers["profile"]), "xlsx")
    with ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    assert 'ySplit="1"' in sheet
    assert 'state="frozen"' in sheet
    assert "<f>" not in sheet
    for kind in ("0.00##%", "#,##0.0", "0.0000####"):
        assert f'formatCode="{kind}"' in styles


def test_csv_for_excel_begins_with_its_mark(tmp_path, capsys):
    path = tmp_path / "rank.csv"
    words = ["rank", "bajio", "area", "--format", "csv"]
    assert main([*words, "--output", str(path), "--excel"]) == 0
    assert main(words) == 0
    assert path.read_bytes() == b"\xef\xbb\xbf" + capsys.readouterr().out.encode()
    assert main(["rank", "bajio", "area", "--excel"]) == 2
    assert "--excel is for csv" in capsys.readouterr().err


def test_every_column_of_a_workbook_has_its_words_in_each_language():
    for schema in answer_schemas().values():
        for name in schema.header(["gdp"]):
            if not name.startswith("gdp"):
                assert f"entry.{name}" in phrasebook("es").phrases, name


FULL = """
import resource, signal, sys
import bajio
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
answer = bajio.evaluate("bajio", "gdp", year=2018)
answer.save(sys.argv[1])
before = open(sys.argv[1], "rb").read()
usual = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, usual[1]))
try:
    bajio.profile("bajio", year=2018).save(sys.argv[1], overwrite=True)
except bajio.BajioError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, usual)  # for what counts statements
assert open(sys.argv[1], "rb").read() == before
"""


@pytest.mark.skipif(os.name != "posix", reason="no limits of files here")
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".svg"])
def test_a_full_disk_leaves_the_old_file(tmp_path, ending):
    path = tmp_path / f"answer{ending}"
    words = [sys.executable, "-B", "-c", FULL, str(path)]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "cannot write" in ended.stdout
    assert [one.name for one in tmp_path.iterdir()] == [path.name]  # nothing is left beside
