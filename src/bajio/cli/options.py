"""Options that commands share, and how their words are checked."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen
from click.core import ParameterSource

from bajio.amounts import read_number
from bajio.cli.answer_output import (
    answers_only,
    ask_language,
    content_of,
    format_of,
    put,
)
from bajio.cli.terminals import progress_shown
from bajio.errors import BajioError, InvalidValue, nearest, shown
from bajio.questions.reported import Reported
from bajio.registry import Registry
from bajio.report.formats import FORMATS
from bajio.words.phrasebook import languages

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: Seconds beyond which nobody waits.
_ENDLESS = Fraction(10**6)
_WHOLE = r"-?[0-9]{1,12}"
_FOUR_DIGITS = r"[0-9]{4}"
_SPAN = r"([0-9]{4})(?:-([0-9]{4}))?"


def _completed(words: Iterable[str], incomplete: str = "") -> "list[CompletionItem]":
    """What a shell is offered of some words, where one of them is begun."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


@frozen(eq=False, repr=False)
class Policy(click.ParamType[str]):
    """One of a few words that questions take; checked by them, as in Python."""

    name: str
    words: Sequence[str]

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return "|".join(self.words)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        return _completed(self.words, incomplete)


class Word(Policy):
    """One of a few words; another is refused with the nearest."""

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        if value not in self.words:
            close = nearest(str(value), self.words)
            words = ", ".join(self.words)
            advice = f"did you mean {close[0]!r}?" if close else f"it can be {words}"
            self.fail(f"unknown {self.name} {value!r}: {advice}")
        return str(value)


@frozen(eq=False, repr=False)
class Known(click.ParamType[str]):
    """A code of the registry's; completed by the shell, checked where it is used."""

    metavar: str
    kinds: Sequence[str]
    name: str = "code"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return self.metavar

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        with answers_only():
            registry = registry_of(ctx)
            codes = [code for kind in self.kinds for code in attrgetter(kind)(registry)]
        return _completed(codes, incomplete)


class Several(Known):
    """Codes joined by commas, of which the shell completes the last."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        before, comma, last = incomplete.rpartition(",")
        items = super().shell_complete(ctx, param, last)
        return _completed(f"{before}{comma}{item.value}" for item in items)


@frozen(eq=False, repr=False)
class FractionType(click.ParamType[Fraction]):
    """A number from a least one on, up to a greatest one where there is one."""

    name: str
    least: int
    most: int | None = None

    def convert(self, value: Any, param: Any, ctx: Any) -> Fraction:
        bounds = (
            f"from {self.least} on" if self.most is None else f"from {self.least} to {self.most}"
        )
        try:
            number = value if isinstance(value, Fraction) else read_number(str(value))
        except BajioError as error:
            self.fail(f"{error}: a {self.name} is a number {bounds}")
        if number < self.least or (self.most is not None and number > self.most):
            self.fail(f"{shown(value)} is no {self.name}: give a number {bounds}")
        return number


class Seconds(FractionType):
    """A number of seconds."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Fraction:
        return min(super().convert(value, param, ctx), _ENDLESS)


#: A share of a whole.
PART = FractionType("share", 0, 1)
SECONDS = Seconds("number of seconds", 0)


@frozen(eq=False, repr=False)
class Whole(click.ParamType[int]):
    """A whole number within bounds, in ASCII digits."""

    least: int
    most: int = 10**9
    name: str = "number"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        text = str(value)
        if not re.fullmatch(_WHOLE, text) or not self.least <= int(text) <= self.most:
            self.fail(f"{shown(value)}: give a whole number from {self.least} to {self.most}")
        return int(text)


class Year(click.ParamType[int]):
    """A year of four digits."""

    name = "year"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        if isinstance(value, int):
            return value
        if not re.fullmatch(_FOUR_DIGITS, str(value)):
            self.fail(f"{value!r} is not a year: give four digits, as 2018")
        return int(value)


class Years(click.ParamType[range]):
    """A span of years, as 2003-2024, or one year."""

    name = "years"

    def convert(self, value: Any, param: Any, ctx: Any) -> range:
        if isinstance(value, range):
            return value
        match = re.fullmatch(_SPAN, str(value))
        if match is None or int(match[2] or match[1]) < int(match[1]):
            self.fail(f"{value!r} is not a span of years: write 2003-2024")
        return range(int(match[1]), int(match[2] or match[1]) + 1)


def _editions(
    _ctx: click.Context, _param: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    editions: dict[str, str] = {}
    for value in values:
        measure, separator, edition = value.partition("=")
        if not (measure and separator and edition):
            raise click.BadParameter(f"{value!r}: write MEASURE=EDITION, as fdi=2018")
        if editions.setdefault(measure, edition) != edition:
            raise click.BadParameter(f"two editions of {measure!r}: choose one")
    return tuple(editions.items())


REGION = click.argument("region", type=Known("REGION", ("regions", "areas")))
INDICATOR = click.argument("indicator", type=Known("INDICATOR", ("indicators",)))
FORMAT = click.option(
    "--format",
    "output_format",
    type=Word("format", tuple(FORMATS)),
    default="table",
    show_default=True,
    help="How the answer is written.",
)
_OUTPUT = click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write to a file: .txt, .json, .csv, .md, .html, .xlsx, .parquet, .png, .svg or .pdf "
    "names the format.",
)
LANG = click.option(
    "--lang",
    type=Word("language", languages()),
    expose_value=False,
    callback=ask_language,
    help="The language of the answer; that of BAJIO_LANG, or of the locale, if not given.",
)
_PICTURE = click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write to a file: .png, .svg, .pdf, .json or .html; Vega-Lite on stdout if not given.",
)
_FORCE = click.option("--force", is_flag=True, help="Replace the file if it is there.")
_EXCEL = click.option(
    "--excel",
    is_flag=True,
    help="Of CSV: begin with the mark by which Excel knows UTF-8.",
)
YEAR = click.option("--year", type=Year(), help="The year; the newest with data if not given.")
PERIOD = click.option(
    "--period", metavar="P", help="A year, quarter or month, as 2018, 2018-Q3 or 2019-02."
)
INDICATORS = click.option(
    "--indicators",
    type=Several("A,B", ("indicators", "indicator_sets")),
    help="Codes of indicators, or of sets of them, joined by commas; the usual ones if not given.",
)
_MEMBERSHIP = click.option(
    "--membership",
    type=Policy("membership", ("newest", "as-of")),
    default="newest",
    show_default=True,
    help="Whose figures count in the past: today's members, or those of the time.",
)
AGAINST = click.option(
    "--against",
    type=Known("REGION", ("regions", "areas")),
    help="A region instead of the country in what is compared with it, as location quotients.",
)
LEVEL = click.option(
    "--level",
    metavar="CATEGORY",
    help="The parts of a category instead of the leaves of its classification, as 31-33.",
)
EDITION = click.option(
    "--edition",
    "editions",
    metavar="MEASURE=EDITION",
    multiple=True,
    callback=_editions,
    help="An edition other than the newest; can be repeated.",
)
DATA = click.option(
    "--data",
    type=click.Path(exists=True),
    multiple=True,
    help="A data package of your own, with its areas and regions, or a table, laid over what "
    "there is; can be repeated.",
)
#: What says how an answer is written.
OUTPUT = (FORMAT, LANG, _OUTPUT, _FORCE, _EXCEL)
#: What says how a question is answered that has no peers and needs all members.
_UNRANKED = (_MEMBERSHIP, EDITION, DATA)
#: What says how any other is.
_RANKED = (
    click.option(
        "--peers",
        type=Known("GROUP", ("peer_groups",)),
        default="un-members",
        show_default=True,
        help="Group to rank among, or areas joined by '+', or 'none'.",
    ),
    click.option(
        "--host",
        type=Policy("host policy", ("keep", "drop", "remainder")),
        default="keep",
        show_default=True,
        help="What to do with a peer that contains the region.",
    ),
    click.option(
        "--missing",
        type=Policy("policy for missing data", ("refuse", "partial", "bound")),
        default="refuse",
        show_default=True,
        help="What to do where a member has no figure.",
    ),
    click.option(
        "--threshold",
        type=PART,
        metavar="SHARE",
        help="The least share of the region that --missing partial accepts.",
    ),
    _MEMBERSHIP,
    click.option(
        "--year-tolerance",
        type=Whole(0, 100),
        metavar="YEARS",
        default=0,
        show_default=True,
        help="How many years from the period a peer's figure may be.",
    ),
    AGAINST,
    LEVEL,
    EDITION,
    DATA,
)


def registry_of(ctx: click.Context, data: Sequence[str] = ()) -> Registry:
    """The registry of the process, with what `--plugin` names.

    Args:
        ctx: of the command.
        data: packages, and tables, laid over it, the last one uppermost.
    """
    files: tuple[str, ...] = ctx.find_root().params.get("plugin", ())
    registry = Registry.load(*files) if files else Registry.default()
    if data:
        from bajio.registry.own_tables import read_own

        for path in data:
            registry = registry.with_data(read_own(path, registry))
    return registry


class DocumentCommand(click.Command):
    """A command whose answer is written as its options say; one with a status returns both.

    It returns the answer, or a document that it makes of it by itself. Where data can be laid over
    what there is, it is given the registry, as `registry`.
    """

    #: Options that follow its own.
    shared: Sequence[Callable[..., Any]] = OUTPUT

    def invoke(self, ctx: click.Context) -> Any:
        assert self.callback is not None
        given = dict(ctx.params)
        output, force, excel = given.pop("output"), given.pop("force"), given.pop("excel")
        named, by = given.pop("output_format"), ctx.get_parameter_source("output_format")
        asked = None if by is ParameterSource.DEFAULT else named
        output_format = format_of(output, asked, excel=excel)
        with progress_shown(ctx, f"bajio {ctx.info_name}"):
            with answers_only():
                if "data" in given:
                    given["registry"] = registry_of(ctx, given.pop("data"))
                answer = ctx.invoke(self.callback, **given)
                found, status = answer if isinstance(answer, tuple) else (answer, None)
                if isinstance(found, Reported):
                    from bajio.report.documents import document_of

                    found = document_of(found)
            content = content_of(found, output_format, output, excel=excel)
        put(content, output, overwrite=force)
        return status


class QuestionCommand(DocumentCommand):
    """One that answers a question by the figures of a region and its peers."""

    shared = (*_RANKED, *OUTPUT)


class UnrankedCommand(DocumentCommand):
    """One that answers a question that has no peers and needs all members."""

    shared = (*_UNRANKED, *OUTPUT)


class ChartCommand(click.Command):
    """A command whose chart is written where its options say."""

    shared = (*_RANKED, LANG, _PICTURE, _FORCE)

    def invoke(self, ctx: click.Context) -> None:
        from bajio.report import escapes
        from bajio.report.charts.chart import ending_of

        assert self.callback is not None
        given = dict(ctx.params)
        output, force = given.pop("output"), given.pop("force")
        if output is not None:
            ending_of(output)  # refused before anything is worked out
        with progress_shown(ctx, f"bajio {ctx.info_name}"), answers_only():
            given["registry"] = registry_of(ctx, given.pop("data"))
            chart = ctx.invoke(self.callback, **given)
            if output is not None:
                chart.save(output, overwrite=force)
                return
        put(escapes.json(chart.to_json()))


def refuse_idle(names: Sequence[str], why: str) -> None:
    """Refuse options that were given although they change nothing here.

    Raises:
        InvalidValue: one was.
    """
    ctx = click.get_current_context()
    for name in names:
        if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT:
            raise InvalidValue(f"--{name.replace('_', '-')} changes nothing here: {why}")


def options_of(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The keyword arguments of the Python functions that options of the command line stand for.

    Raises:
        InvalidValue: options that contradict one another.
    """
    options = {
        name: arguments[name]
        for name in (
            "registry",
            "year",
            "period",
            "peers",
            "host",
            "missing",
            "membership",
            "editions",
            "year_tolerance",
            "against",
            "level",
        )
        if name in arguments
    }
    if options.get("peers") == "none":
        options["peers"] = None
        if options["host"] != "keep":
            raise InvalidValue(f"--host {options['host']} says how to rank, --peers none not to")
        if options.get("year_tolerance"):
            raise InvalidValue("--year-tolerance says how to rank, --peers none not to")
    if arguments.get("threshold") is not None:
        if options["missing"] != "partial":
            raise InvalidValue("--threshold goes with --missing partial only")
        options["threshold"] = arguments["threshold"]
    return options


def split(codes: str | None, option: str = "--indicators") -> list[str] | None:
    """Codes joined by commas, as a list; `None` where none are given."""
    if codes is None:
        return None
    names = [code.strip() for code in codes.split(",")]
    if not all(names):
        raise InvalidValue(f"{option} {codes!r} has an empty part: write A,B")
    return names
