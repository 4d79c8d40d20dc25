"""Derivations of numbers as documents."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bajio.questions.explanation import Explanation
from bajio.report import column_widths, escapes
from bajio.report.kinds import CODE, NUMBER, PERIOD, REGION, RESULT, TEXT, with_members
from bajio.report.records import Column, ListOf, MappingOf, OneOf, Record
from bajio.report.reports import AnswerSchema, Document

_SUM = Record(
    Column("name", TEXT),
    Column("unit", TEXT),
    Column("total", NUMBER | None),
    Column(
        "figures",
        MappingOf(NUMBER | None),
        lambda leaf: {area: figure for area, figure, _ in leaf.figures},
    ),
)
_RATE = Record(
    Column("measure", CODE),
    Column("area", CODE, lambda rate: rate.country),
    Column("period", TEXT),
    Column("value", NUMBER),
    Column("unit", TEXT),
    Column("source", TEXT),
)
_EXPLANATION = Record(
    Column(
        "region",
        REGION,
        lambda one: with_members(one.result.region, one.result.composition or None),
    ),
    Column("formula", TEXT),
    Column("result", RESULT),
    Column("sums", ListOf(_SUM), lambda explanation: explanation.leaves),
    Column("rates", ListOf(_RATE)),
)
#: A row of CSV: of which result, what was read, of which area, and its value, unit and note.
_FIGURE_ROW = Record(
    Column("region", CODE, lambda row: row[0].region.code),
    Column("indicator", CODE, lambda row: row[0].indicator.code),
    Column("period", PERIOD, lambda row: row[0].period),
    Column("what", TEXT, lambda row: row[1]),
    Column("area", CODE, lambda row: row[2]),
    Column("value", NUMBER | None, lambda row: row[3]),
    Column("unit", TEXT, lambda row: row[4]),
    Column("note", TEXT, lambda row: row[5]),
)
#: One derivation; of a table, one a key.
EXPLANATION = AnswerSchema(
    "explain",
    "How a number came about",
    OneOf({"Explanation": _EXPLANATION, "tuple": ListOf(_EXPLANATION)}),
    (_FIGURE_ROW,),
)


def explanation_report(answer: "Explanation | Mapping[str, Explanation]") -> Document:
    """A derivation, or those of a table by key, as a document."""
    alone = isinstance(answer, Explanation)
    every = (answer,) if isinstance(answer, Explanation) else tuple(answer.values())

    def text(language: str) -> str:
        return "\n\n".join(explanation.text(language) for explanation in every)

    return Document(
        EXPLANATION,
        answer if alone else every,
        [(_FIGURE_ROW, row) for explanation in every for row in _rows(explanation)],
        written={
            "table": lambda width, language: column_widths.fitted_text(text(language), width),
            "markdown": lambda _, language: escapes.fenced(text(language)),
        },
    )


def _rows(explanation: Explanation) -> Iterator[Sequence[Any]]:
    """Each member's figure in each sum, then the rates."""
    result = explanation.result
    for leaf in explanation.leaves:
        for area, figure, reason in leaf.figures:
            yield result, leaf.name, area, figure, leaf.unit, reason
    for rate in explanation.rates:
        what = f"{rate.measure}, {rate.period}"
        yield result, what, rate.country, rate.value, rate.unit, rate.source
