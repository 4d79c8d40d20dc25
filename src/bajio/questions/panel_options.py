"""What the options of a question about a table can be, each checked as it is given."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Required, TypedDict, cast

from attrs import field, fields_dict, frozen

from bajio.arguments import (
    as_instances,
    as_items,
    as_pairs,
    as_text,
    as_texts,
    as_texts_by_name,
    as_word,
)
from bajio.engines.outcome import Missing
from bajio.errors import InvalidValue, UnknownCode, shown
from bajio.facts.measures import Measure
from bajio.facts.periods import Frequency, Period, as_frequency, whole
from bajio.questions import choices
from bajio.questions.choices import FrequencyWord, MembershipPolicy, PeersLike
from bajio.units import Unit, as_unit

NANS = ("refuse", "missing")


def _columns(values: Mapping[str, str]) -> Mapping[str, str]:
    return dict(as_texts_by_name(values, "columns"))


def _by_code(values: Iterable[Measure] | Mapping[str, Measure]) -> Mapping[str, Measure]:
    things = values.values() if isinstance(values, Mapping) else values
    return {instance.code: instance for instance in as_instances(things, Measure, "measures")}


def _units(values: Mapping[str, Unit | str]) -> Mapping[str, Unit]:
    return {code: as_unit(unit) for code, unit in as_pairs(values, "units").items()}


def _codes(values: Mapping[str, str | int]) -> Mapping[str, str]:
    made = as_pairs(values, "codes")
    for measure, code in made.items():
        if not isinstance(code, str) and whole(code) is None:
            raise InvalidValue(f"the code of {measure!r} is a text or a number, not {shown(code)}")
    return {measure: str(code) for measure, code in made.items()}


def _rank(value: bool) -> bool:  # noqa: FBT001  # it is an option's own value
    if not isinstance(value, bool):
        raise InvalidValue(f"rank is True or False, not {shown(value)}")
    return value


def _wide(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        measure: as_text(columns, f"wide of {measure}")
        if isinstance(columns, str)
        else _years(columns)
        for measure, columns in as_pairs(fields, "wide").items()
    }


def _years(value: Any) -> Mapping[str, Any]:
    """The column of each period, in SDMX notation, in the order in which they are given."""
    pairs = list(value.items()) if isinstance(value, Mapping) else None
    pairs = pairs or [(item, item) for item in as_items(value, "columns of periods")]
    made = {str(Period.parse(_as_given(period))): column for period, column in pairs}
    if len(made) < len(pairs):
        raise InvalidValue("two columns are of one period: name one of them")
    return made


def _as_given(period: Any) -> Any:
    """A period as it may head a column: a whole number of any kind, or a text."""
    number = whole(period)
    return period if number is None else number


def _areas(text: str | None) -> str | None:
    return None if text is None else as_word(text, ("names", "codes"), "way to call areas")


def _notes(value: Any) -> Any:
    if value is not None and not callable(value):
        raise InvalidValue(f"notes={shown(value)} cannot be called with a text")
    return value


def _nan(text: str) -> str:
    return as_word(text, NANS, "meaning of NaN")


def _host_figures(text: str) -> str:
    return as_word(text, ("published", "parts"), "way to host figures")


def _host(text: str) -> str:
    if choices.host_policy(text) == "remainder":
        raise InvalidValue("a table has no remainders: host can be keep or drop")
    return text


def _missing(text: str) -> str:
    if choices.missing(text) == Missing.BOUND:
        raise InvalidValue("a table has no bounds: missing can be refuse or partial")
    return text


def _names(values: str | Iterable[str]) -> tuple[str, ...]:
    made = (
        (values,) if isinstance(values, str) else as_texts(values, "names of columns or measures")
    )
    for name in made:
        if made.count(name) > 1:
            raise InvalidValue(f"{shown(name)} is given twice")
    return made


def _set(values: str | Iterable[str]) -> frozenset[str]:
    return frozenset(_names(values))


def _frequency(value: FrequencyWord | Frequency) -> Frequency:
    return value if isinstance(value, Frequency) else as_frequency(value)


def _hosts_of(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    return dict(as_texts_by_name(value, "hosts"))


@frozen(kw_only=True, eq=False)
class PanelOptions:
    """How a table is to be read and evaluated: what `evaluate_table` takes, checked."""

    regions: Any
    by: tuple[str, ...] = field(default=("period",), converter=_names)
    columns: Mapping[str, str] = field(default=(), converter=_columns)
    region_columns: Mapping[str, str] = field(default=(), converter=_columns)
    wide: Mapping[str, Any] = field(default=(), converter=_wide)
    period_columns: Mapping[str, Any] = field(default=(), converter=_years)
    areas: str | None = field(default=None, converter=_areas)
    notes: Callable[[str], object] | None = field(default=None, converter=_notes)
    codes: Mapping[str, str] = field(default=(), converter=_codes)
    measures: Mapping[str, Measure] = field(default=(), converter=_by_code)
    units: Mapping[str, Unit] = field(default=(), converter=_units)
    frequency: Frequency = field(default=Frequency.ANNUAL, converter=_frequency)
    quarterly: frozenset[str] = field(default=frozenset(), converter=_set)
    monthly: frozenset[str] = field(default=frozenset(), converter=_set)
    nan: str = field(default="refuse", converter=_nan)
    missing: str = field(default="refuse", converter=_missing)
    membership: str = field(default="newest", converter=choices.membership)
    hosts: str | Mapping[str, str] | None = field(default=None, converter=_hosts_of)
    host_figures: str = field(default="published", converter=_host_figures)
    rank: bool = field(default=False, converter=_rank)
    peers: PeersLike = None
    host: str = field(default="keep", converter=_host)
    parts: Any = None

    @property
    def shorter(self) -> Mapping[str, Frequency]:
        """How often measures are given that are given more often than results are shown.

        Raises:
            InvalidValue: one is in both lists, or is given less often.
        """
        both = self.quarterly & self.monthly
        if both:
            raise InvalidValue(f"{min(both)!r} is quarterly and monthly: leave it out of one")
        if self.quarterly and self.frequency is Frequency.MONTHLY:
            raise InvalidValue(f"{min(self.quarterly)!r} is quarterly: it has no months")
        return {
            code: often
            for often, codes in (
                (Frequency.QUARTERLY, self.quarterly),
                (Frequency.MONTHLY, self.monthly),
            )
            for code in codes
        }

    @classmethod
    def of(cls, options: Mapping[str, object]) -> "PanelOptions":
        """Options from keyword arguments.

        Raises:
            UnknownCode: an option that is not known.
            InvalidValue: no regions, or a value that an option does not have.
        """
        known = fields_dict(cls)
        for name in options:
            if name not in known:
                raise UnknownCode("option for a table", name, known, f"it has {', '.join(known)}")
        if options.get("regions") is None:
            raise InvalidValue("a table has areas: say which regions they make up, as regions=...")
        return cls(**cast("dict[str, Any]", options))


class AskedOfTable(TypedDict, total=False):
    """The options of a question about a table, in its keyword arguments."""

    regions: Required[Any]
    by: str | Iterable[str]
    columns: Mapping[str, str]
    region_columns: Mapping[str, str]
    wide: Mapping[str, str | Iterable[str | int] | Mapping[str | int, str]]
    period_columns: Iterable[str | int] | Mapping[str | int, str]
    areas: Literal["names", "codes"] | None
    notes: Callable[[str], object] | None
    codes: Mapping[str, str | int]
    measures: Iterable[Measure] | Mapping[str, Measure]
    units: Mapping[str, Unit | str]
    frequency: FrequencyWord
    quarterly: str | Iterable[str]
    monthly: str | Iterable[str]
    nan: Literal["refuse", "missing"]
    missing: Literal["refuse", "partial"]
    membership: MembershipPolicy
    hosts: str | Mapping[str, str] | None
    host_figures: Literal["published", "parts"]
    rank: bool
    peers: PeersLike
    host: Literal["keep", "drop"]
    parts: Any
