"""The questions that tools ask, as their commands do, with what each is given."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bajio.errors import BajioError, InvalidValue, Unavailable, shown
from bajio.mcp_server.parameters import ArgumentForm, Parameter
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.report.reports import Document

_Ask = Callable[[dict[str, Any], Registry], "Document"]
#: Seconds that a search may take, alliances that it may show, and standings beside the region's.
_PATIENCE, _BEST, _AROUND = 60, 50, 5
_REGION = Parameter(
    "region",
    "a code or name of a region, or of areas joined by '+', as MX-JAL+MX-COL",
    required=True,
)
_INDICATOR = Parameter("indicator", "the code of an indicator, as gdp-per-capita", required=True)
_INDICATORS = Parameter(
    "indicators",
    "codes of indicators, or of sets of them; the usual ones if not given",
    ArgumentForm.TEXTS,
)
_PERIOD = (
    Parameter("year", "the year; the newest with data if not given", ArgumentForm.WHOLE, most=9999),
    Parameter("period", "a year, quarter or month instead, as 2018, 2018-Q3 or 2019-02", most=20),
)
_MISSING = Parameter(
    "missing",
    "where a member has no figure: refuse the answer, give the part that there is, or bound it",
    choices=("refuse", "partial", "bound"),
)
_MEMBERSHIP = Parameter(
    "membership",
    "whose figures count in the past: today's members, or those of the time",
    choices=("newest", "as-of"),
)
_PEERS = (
    Parameter(
        "peers", "the group to rank among, areas joined by '+', or 'none'; un-members if not given"
    ),
    Parameter(
        "host",
        "what to do with a peer that contains the region",
        choices=("keep", "drop", "remainder"),
    ),
)
_RANKED = (*_PERIOD, *_PEERS, _MISSING, _MEMBERSHIP)
_AMOUNTS = "; an amount is a number in the indicator's unit, another with its unit, or a region"


def _options(fields: dict[str, Any], registry: Registry) -> dict[str, Any]:
    """Keyword arguments of a question, of what is left of those given.

    Raises:
        InvalidValue: a list of indicators has none.
    """
    if fields.get("indicators") == []:
        raise InvalidValue("indicators is empty: name some, or leave it out for the usual ones")
    options = {**fields, "registry": registry}
    if options.get("peers") == "none":
        options["peers"] = None
    return options


def _profile(fields: dict[str, Any], registry: Registry) -> "Document":
    from bajio.questions.profile import profile
    from bajio.report.profile_report import profile_report

    answer = profile(fields.pop("region"), **_options(fields, registry))
    if not answer.answers:
        first = answer.unavailable[0]
        raise Unavailable(f"{first.indicator.code}: {first.error()}")
    return profile_report(answer)


def _rank(fields: dict[str, Any], registry: Registry) -> "Document":
    from bajio.questions.standing import standings
    from bajio.report.rank_report import rank_report

    every, region, indicator = (fields.pop(name, None) for name in ("all", "region", "indicator"))
    result, lines = standings(region, indicator, **_options(fields, registry))
    position = next(place for place, line in enumerate(lines) if line.code == result.region.code)
    near = lines if every else lines[max(position - _AROUND, 0) : position + _AROUND + 1]
    return rank_report(result, near, registry, every=True)


def _explain(fields: dict[str, Any], registry: Registry) -> "Document":
    from bajio.questions.asking import asking
    from bajio.questions.results import Result
    from bajio.questions.single import answer_of
    from bajio.report.explanation_report import explanation_report

    region, indicator = fields.pop("region"), fields.pop("indicator")
    options = _options(fields, registry)
    result = answer_of(*asking(region, indicator, None, options.pop("registry"), options))
    if not isinstance(result, Result):
        raise InvalidValue(f"{shown(indicator)} is a table, and no single number: ask for profile")
    return explanation_report(result.explain())


def _compare(fields: dict[str, Any], registry: Registry) -> "Document":
    from bajio.questions.comparison import compare
    from bajio.report.comparison_report import comparison_report

    comparison = compare(fields.pop("regions"), **_options(fields, registry))
    if not any(shown_profile.answers for shown_profile in comparison.profiles):
        raise Unavailable("none of the regions has any of the indicators")
    return comparison_report(comparison)


def _series(fields: dict[str, Any], registry: Registry) -> "Document":
    from bajio.questions.comparison import series
    from bajio.report.comparison_report import series_report

    first, last = fields.pop("first", None), fields.pop("last", None)
    if (first is None) != (last is None):
        raise InvalidValue("first and last go together: give both years, or neither for all")
    years = None if first is None or last is None else range(first, last + 1)
    if years is not None and not years:
        raise InvalidValue(f"first={first} is after last={last}: give the earlier year first")
    region, indicator = fields.pop("region"), fields.pop("indicator")
    options = {"peers": None, **_options(fields, registry)}
    timeline = series(region, indicator, years=years, **options)
    if not timeline.results:
        raise timeline.unavailable[-1][1].error()
    return series_report(timeline)


def _search(fields: dict[str, Any], registry: Registry) -> "Document":
    from bajio.questions.search.alliances import search
    from bajio.report.search_report import search_report

    for name in ("near", "at_least", "at_most"):
        fields[name] = {code: str(amount) for code, amount in fields.pop(name, {}).items()} or None
    options = {"patience": _PATIENCE // 3, **{key: value for key, value in fields.items() if value}}
    return search_report(search(registry=registry, **options))


def _audit(fields: dict[str, Any], registry: Registry) -> "Document":
    from bajio.questions.audit.auditing import audit
    from bajio.readers.claim_files import read_claims
    from bajio.report.audit_report import audit_report

    code, written = fields.pop("claims", None), fields.pop("toml", None)
    if (code is None) == (written is None):
        raise InvalidValue("give claims, the code of a set, or toml, claims of your own: one")
    if code is not None and code not in registry.claim_sets:  # which might be a path
        raise InvalidValue(
            f"no set of claims {shown(code)}: list_claim_sets names them, or give toml"
        )
    options = {**fields, "registry": registry}
    if written is None:
        return audit_report(audit(code, **options))
    with TemporaryDirectory() as folder:
        path = Path(folder, "claims.toml")
        path.write_text(written, "utf-8", errors="replace")
        try:
            return audit_report(audit(read_claims(path), **options))
        except BajioError as error:  # which names the file
            raise InvalidValue(str(error).replace(str(path), "toml")) from None


#: Each question by the name of its command: title, what it answers, what it is given.
QUESTIONS: Mapping[str, tuple[str, str, tuple[Parameter, ...], _Ask]] = MappingProxyType(
    {
        "profile": (
            "A region among its peers",
            (
                "What a region is, by many indicators: value, unit, year, share of its country, "
                "rank among a group of countries or states, coverage, sources."
            ),
            (_REGION, _INDICATORS, *_RANKED),
            _profile,
        ),
        "rank": (
            "Where a region stands by one indicator",
            "A region's place among its peers by one indicator, with its neighbours.",
            (
                _REGION,
                _INDICATOR,
                *_RANKED,
                Parameter("all", "every peer, not only the nearest", ArgumentForm.FLAG),
            ),
            _rank,
        ),
        "explain": (
            "How a number came about",
            (
                "The formula of an indicator filled in for a region: each member's figure, rates, "
                "sources."
            ),
            (_REGION, _INDICATOR, *_RANKED),
            _explain,
        ),
        "compare": (
            "Regions side by side",
            "Several regions, or countries, by the same indicators.",
            (
                Parameter("regions", "codes or names", ArgumentForm.TEXTS, most=8, required=True),
                _INDICATORS,
                *_RANKED,
            ),
            _compare,
        ),
        "series": (
            "An indicator over the years",
            "One indicator of a region, year by year.",
            (
                _REGION,
                _INDICATOR,
                Parameter("first", "the first year", ArgumentForm.WHOLE, most=9999),
                Parameter("last", "the last year", ArgumentForm.WHOLE, most=9999),
                _PEERS[0],
                _MISSING,
                _MEMBERSHIP,
            ),
            _series,
        ),
        "search": (
            "The alliances that satisfy wishes",
            (
                "The sets of areas that come nearest to what is wished, for certain: all are "
                "decided on. Areas that lack a figure are refused or left out by name."
            ),
            (
                Parameter(
                    "near", f"what indicators are to be near{_AMOUNTS}", ArgumentForm.AMOUNTS
                ),
                Parameter(
                    "at_least", f"the least that they may be{_AMOUNTS}", ArgumentForm.AMOUNTS
                ),
                Parameter("at_most", f"the most that they may be{_AMOUNTS}", ArgumentForm.AMOUNTS),
                Parameter("maximum", "an indicator that is to be as high as can be"),
                Parameter("minimum", "an indicator that is to be as low as can be"),
                Parameter(
                    "among",
                    "the areas to ally: a group, a region, codes joined by '+', a country for its "
                    "states, a state for its municipalities; the Mexican states if not given",
                ),
                Parameter("size", "how many members, as 4 or 2-5", most=20),
                Parameter("include", "areas that have to be members", ArgumentForm.TEXTS),
                Parameter("exclude", "areas that may not be members", ArgumentForm.TEXTS),
                Parameter("contiguous", "members connected by borders only", ArgumentForm.FLAG),
                Parameter("best", "how many are given", ArgumentForm.WHOLE, least=1, most=_BEST),
                Parameter(
                    "incomplete", "areas that lack a figure", choices=("refuse", "leave-out")
                ),
                Parameter(
                    "patience",
                    "seconds; what would take longer, by an estimate, is refused",
                    ArgumentForm.WHOLE,
                    least=1,
                    most=_PATIENCE,
                ),
                *_PERIOD,
            ),
            _search,
        ),
        "audit": (
            "Whether claims are true",
            (
                "Checks printed statements about regions against the data and one another: "
                "verdict, figure, margin, years in which it would hold, sources. Figures are of "
                "all members."
            ),
            (
                Parameter("claims", "the code of a set of claims, as list_claim_sets names them"),
                Parameter(
                    "toml", "claims of your own, as a file of claims holds them", most=40_000
                ),
                *_PERIOD,
                _PEERS[0],
            ),
            _audit,
        ),
    }
)
