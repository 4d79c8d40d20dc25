"""One indicator for one region: a number, or a table."""

from typing import TYPE_CHECKING, Unpack

from bajio.errors import BajioError, InvalidValue, Unavailable
from bajio.facts.dataset import Dataset
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.asking import IndicatorLike, asking
from bajio.questions.choices import Asked, Options, RegionLike
from bajio.questions.results import Missed, Result
from bajio.questions.single_answer import try_answer
from bajio.registry import Registry

if TYPE_CHECKING:
    from bajio.questions.breakdown import Breakdown

    Answer = Result | Breakdown


def evaluate(
    region: RegionLike,
    indicator: IndicatorLike,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Unpack[Asked],
) -> Result:
    """One indicator for one region, with its rank among the peers.

    Args:
        region: as in `profile`.
        indicator: a code or an indicator, registered or not, that is a number.
        data: a dataset that is laid over what the registry has.
        registry: what is known; the built-ins and installed plugins, if not given.
        options: as in `profile`.

    Raises:
        Unavailable: it has no value, with the reason.
        InvalidValue: the indicator is a table, as `break_down` answers.

    Examples:
        >>> import bajio
        >>> land = bajio.Indicator(
        ...     "land-per-person", bajio.Sum("area") / bajio.Sum("population"), "km²/person", "Land"
        ... )
        >>> bajio.evaluate("bajio", land, year=2018).exact
        Fraction(36353, 4235346)
    """
    return number_of(*asking(region, indicator, data, registry, options))


def number_of(registry: Registry, indicator: Indicator, region: Region, options: Options) -> Result:
    """The number of an indicator for a region.

    Raises:
        Unavailable: it has none, with the reason.
        InvalidValue: it is a table.
    """
    if indicator.rule.is_table:
        raise InvalidValue(
            f"{indicator.code!r} is a table, and no single number: ask for it by bajio.break_down"
        )
    answer = try_answer(registry, indicator, region, options)
    if isinstance(answer, Missed):
        raise answer.error()
    return answer


def break_down(
    region: RegionLike,
    indicator: IndicatorLike,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Unpack[Asked],
) -> "Breakdown":
    """An indicator that is a small table for one region: by category, by member or by part.

    Args:
        region, data, registry, options: as in `evaluate`; tables are not ranked.
        indicator: a code or an indicator, registered or not, that is a table.

    Raises:
        Unavailable: it has no value at all, with the reason.
        InvalidValue: the indicator is a number, as `evaluate` answers.

    Examples:
        >>> import bajio
        >>> parts = bajio.break_down("bajio", "contribution-gdp-growth", year=2018)
        >>> {code: round(value, 4) for code, value in parts.values.items()}
        {'MX-AGU': 0.0053, 'MX-GUA': 0.002, 'MX-QUE': 0.0078, 'MX-SLP': 0.0069}
    """
    return table_of(*asking(region, indicator, data, registry, options))


def table_of(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> "Breakdown":
    """The table of an indicator for a region.

    Raises:
        Unavailable: it has no value at all, with the reason.
        InvalidValue: it is a number.
    """
    if not indicator.rule.is_table:
        raise InvalidValue(
            f"{indicator.code!r} is a single number, and no table: ask for it by bajio.evaluate"
        )
    from bajio.questions.breakdown import tabulate

    try:
        return tabulate(registry, indicator, region, options)
    except Unavailable:
        raise
    except BajioError as error:  # as where a number is asked for
        raise Unavailable(str(error)) from None


def answer_of(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> "Answer":
    """The number or the table of an indicator for a region.

    Raises:
        Unavailable: it has none, with the reason.
    """
    ask = table_of if indicator.rule.is_table else number_of
    return ask(registry, indicator, region, options)


def try_table(
    registry: Registry, indicator: Indicator, region: Region, options: Options
) -> "Breakdown | Missed":
    """The table of an indicator for a region, or why there is none."""
    try:
        return table_of(registry, indicator, region, options)
    except Unavailable as error:
        return Missed(indicator, error.reason, error.latest_period)
