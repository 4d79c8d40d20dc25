"""The chart of any answer, by what the answer is and what is to be seen of it."""

from importlib import import_module
from types import MappingProxyType
from typing import Any

from bajio.errors import InvalidValue, nearest, shown
from bajio.report.charts.chart import Chart
from bajio.words.phrasebook import phrasebook, usual_language

#: The kinds of charts: the module and the function of each, and the answers that it shows.
KINDS = MappingProxyType(
    {
        "rank": ("rank_strip", "rank_chart", ("Result",)),
        "series": ("series_lines", "series_chart", ("Timeline",)),
        "members": ("member_bars", "members_chart", ("Result",)),
        "compare": ("region_panels", "comparison_chart", ("Comparison",)),
        "specialisations": ("quotient_scatter", "specialisations_chart", ("Specialisations",)),
        "spread": ("lorenz_curve", "spread_chart", ("Result",)),
        "sensitivity": ("variant_bars", "sensitivity_chart", ("Sensitivity",)),
        "audit": ("claim_intervals", "audit_chart", ("Audit",)),
        "map": ("area_map", "map_chart", ("Result",)),
        "profile": ("rank_tracks", "profile_chart", ("Profile",)),
        "breakdown": ("category_bars", "breakdown_chart", ("Breakdown",)),
        "difference": ("contribution_bars", "difference_chart", ("Difference",)),
        "decompose": ("group_bars", "decomposition_chart", ("Decomposition",)),
        "composite": ("score_bars", "scores_chart", ("Scores",)),
        "search": ("alliance_front", "search_chart", ("Search",)),
    }
)
#: What is drawn as an answer that it holds is.
_MORE = ("", "", ("Explanation",))


def chart_of(
    answer: Any, kind: str | None = None, language: str | None = None, **choices: Any
) -> Chart:
    """An answer as a chart.

    Args:
        answer: any that has one.
        kind: which, of an answer that has several; the first, if not given.
        language: of its words; the usual one, if not given.
        choices: of the kind.

    Raises:
        InvalidValue: the answer has no such chart, or none at all.
    """
    name = type(answer).__name__
    if name == "Explanation":
        answer, kind, name = answer.result, kind or "members", "Result"
    known = [one for one, (*_, answers) in KINDS.items() if name in answers]
    if not known:
        raise InvalidValue(f"{name} has no chart: plot {_others()}")
    chosen = kind or (known[0] if name != "Result" or answer.rank else "members")
    if chosen not in known:
        close = nearest(str(kind), known)
        advice = f"did you mean {close[0]!r}?" if close else f"it can be {', '.join(known)}"
        raise InvalidValue(f"{name} has no chart {shown(kind)}: {advice}")
    spoken = usual_language() if language is None else phrasebook(language).code
    module, function, _ = KINDS[chosen]
    draw = getattr(import_module(f"bajio.report.charts.{module}"), function)
    chart: Chart = draw(answer, spoken, **choices)
    return chart


def drawn(name: str, subject: Any, language: str, ending: str) -> str | bytes:
    """The picture of what a document tells.

    Args:
        name: of the document.
        subject: an answer, or one with more about it.
        language: of the words.
        ending: of the file, as `.png`.

    Raises:
        InvalidValue: it has no chart.
    """
    answer = subject[0] if isinstance(subject, tuple) and subject else subject
    if not any(type(answer).__name__ in answers for *_, answers in (*KINDS.values(), _MORE)):
        raise InvalidValue(f"{shown(name)} has no chart: plot {_others()}")
    return chart_of(answer, language=language).drawn(ending)


def _others() -> str:
    """The answers that have charts."""
    return ", ".join(dict.fromkeys(answer for *_, answers in KINDS.values() for answer in answers))
