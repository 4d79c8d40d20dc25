"""`bajio report`: all that there is to say of a region, in one file."""

import shlex
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from bajio.cli.answer_output import asked_language
from bajio.cli.audits import Claims, claims_named
from bajio.cli.options import PERIOD, REGION, YEAR, QuestionCommand, options_of
from bajio.words.phrasebook import usual_language

if TYPE_CHECKING:
    from bajio.report.reports import Document


@click.command(
    "report", QuestionCommand, short_help="All that there is to say of a region, in one file."
)
@REGION
@YEAR
@PERIOD
@click.option(
    "--claims",
    type=Claims(),
    multiple=True,
    help="Claims to be checked beside those that are known: a set, or a file; can be repeated.",
)
def report_command(region: str, claims: tuple[str, ...], **value: Any) -> "Document":
    """What REGION is, in sentences, tables and charts, with the method, the sources and the claims.

    With --output FILE.html it is one page that loads nothing, for screen, phone and paper; with
    FILE.pdf Chromium prints that page, with FILE.md it is text.

    \b
    Examples:
      bajio report bajio --output bajio.html
      bajio report bajio --lang es --output bajio.pdf
      bajio report great-lakes --data examples/packs/united-states --year 2018 --output lakes.md
    """
    from bajio.questions.portrait import portrait
    from bajio.report.portrait_report import portrait_report

    sets = list(map(claims_named, claims))
    return portrait_report(portrait(region, claims=sets, **options_of(value)), _typed())


def _typed() -> str:
    """The command as it was typed, save for what replaces a file; in the language of the answer."""
    ctx = click.get_current_context()
    words = ["bajio"]
    for file in ctx.find_root().params.get("plugin", ()):
        words += ["--plugin", file]
    words.append("report")
    for param in ctx.command.params:
        name, value = param.name or "", ctx.params.get(param.name or "")
        if isinstance(param, click.Argument):
            words.append(str(value))
        elif name not in {"force", "excel", "editions", "lang"}:
            is_typed = ctx.get_parameter_source(name) not in {None, ParameterSource.DEFAULT}
            for word in (value if isinstance(value, tuple) else (value,)) if is_typed else ():
                words += [param.opts[0], str(word)]
    for measure, edition in ctx.params["editions"]:
        words += ["--edition", f"{measure}={edition}"]
    return shlex.join([*words, "--lang", asked_language() or usual_language()])


COMMANDS = (report_command,)
