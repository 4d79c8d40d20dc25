"""The command that searches alliances, with its progress."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from bajio.cli.answer_output import asked_language
from bajio.cli.options import (
    DATA,
    EDITION,
    PERIOD,
    SECONDS,
    YEAR,
    DocumentCommand,
    Known,
    Whole,
    Word,
    options_of,
)
from bajio.cli.terminals import progress_of, searched
from bajio.words.phrasebook import usual_language

if TYPE_CHECKING:
    from bajio.report.reports import Document


_Option = Callable[[Callable[..., Any]], Callable[..., Any]]


class WishType(click.ParamType[tuple[str, str]]):
    """An indicator and an amount, as gdp=1e11 or population=BEL."""

    name = "wish"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return "INDICATOR=AMOUNT"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, str]:
        indicator, separator, amount = str(value).partition("=")
        if not (indicator.strip() and separator and amount.strip()):
            self.fail(f"{value!r}: write INDICATOR=AMOUNT, as population=11427054 or gdp=BEL")
        return indicator.strip(), amount.strip()


def _wished(name: str, text: str) -> _Option:
    return click.option(name, type=WishType(), multiple=True, help=f"{text}; can be repeated.")


def _areas(name: str, variable: str, text: str) -> _Option:
    known = Known("AREA", ("areas",))
    return click.option(name, variable, type=known, multiple=True, help=f"{text}; can be repeated.")


@click.command(
    "search", DocumentCommand, short_help="The alliances that satisfy constraints, the best first."
)
@click.option(
    "--among",
    type=Known("GROUP", ("peer_groups", "regions")),
    help="The areas to ally: a group, a region, codes joined by '+', a country for its states, a "
    "state for its municipalities; if not given, those whose borders --data brings, or "
    "the Mexican states.",
)
@_wished("--near", "What an indicator is to be near: a number, or a region that has it")
@click.option(
    "--max", "maximum", type=Known("INDICATOR", ("indicators",)), help="As high as can be."
)
@click.option(
    "--min", "minimum", type=Known("INDICATOR", ("indicators",)), help="As low as can be."
)
@_wished("--at-least", "The least that an indicator may be")
@_wished("--at-most", "The most that an indicator may be")
@click.option("--size", metavar="N|N-M", help="How many members; any number if not given.")
@_areas("--with", "include", "An area that has to be a member")
@_areas("--without", "exclude", "An area that may not be a member")
@click.option("--contiguous", is_flag=True, help="Members that are connected by borders only.")
@click.option("--best", type=Whole(1), default=10, show_default=True, help="How many are shown.")
@YEAR
@PERIOD
@click.option(
    "--incomplete",
    type=Word("policy for incomplete ones", ("refuse", "leave-out")),
    default="refuse",
    show_default=True,
    help="What to do with areas that lack a figure.",
)
@click.option(
    "--patience",
    type=SECONDS,
    metavar="SECONDS",
    default=600,
    show_default=True,
    help="What would take longer, by an estimate, is refused.",
)
@EDITION
@DATA
def search_command(**value: Any) -> "Document":
    """The alliances that satisfy constraints, the best first, for certain: all are decided on.

    An AMOUNT is a number in the indicator's unit, with another unit if wanted ("100 billion USD",
    "4%"), or the code of a region for what that has, or a multiple of it ("BEL", "0.5*MEX").
    Of several --near, the greatest distance counts.
    Without --near, --max or --min, alliances with fewer members come first.

    \b
    Examples:
      bajio search --near population=11427054 --size 4 --contiguous --year 2018
      bajio search --near population=BEL --near gdp=BEL --contiguous
      bajio search --at-least gdp=0.5*MEX --best 3
      bajio search --max gdp-per-capita --at-most unemployment-rate=3% --size 2-5 --contiguous
    """
    from bajio.questions.search.alliances import search
    from bajio.report.search_report import search_report

    language = asked_language() or usual_language()
    progress = progress_of(click.get_current_context())

    def tell(examined: int, total: int | None) -> None:
        if progress is not None:
            progress.tell(searched(language, examined, total))

    answer = search(
        **{name: value[name] for name in _PASSED_ON},
        **options_of({name: value[name] for name in ("registry", "year", "period", "editions")}),
        progress=tell if progress is not None else None,
    )
    return search_report(answer, asked_language() or "en")


_PASSED_ON: Sequence[str] = (
    "among",
    "near",
    "maximum",
    "minimum",
    "at_least",
    "at_most",
    "size",
    "include",
    "exclude",
    "contiguous",
    "best",
    "incomplete",
    "patience",
)


COMMANDS = (search_command,)
