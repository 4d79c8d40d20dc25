"""The explorer's page: what can be chosen, and the answers about what is, as HTML.

Nothing is worked out here: questions answer, and reports and charts show their answers.
"""

from collections.abc import Iterable, Iterator, Sequence
from pkgutil import get_data

from attrs import evolve, frozen

from bajio.brief import Brief
from bajio.errors import BajioError
from bajio.explorer.member_map import member_map
from bajio.explorer.views import HOSTS, LETTERS, NO_PEERS, View
from bajio.labels import unaccented
from bajio.questions.comparison import Timeline, compare, series
from bajio.questions.profile import Profile, profile
from bajio.questions.results import Result
from bajio.questions.single import evaluate
from bajio.report.charts.chart import Chart
from bajio.report.charts.told import region_name
from bajio.report.documents import document_of
from bajio.report.escapes import html
from bajio.report.html_page import fragment
from bajio.report.records import said
from bajio.report.reports import Document
from bajio.words.messages import refusal_text
from bajio.words.phrasebook import languages, phrasebook, say

#: The charts of one alliance, in their order; with two, the series has both in one.
KINDS = ("rank", "members", "series", "map")
#: Names of languages, each in itself.
_LANGUAGES = {"en": "English", "es": "Español"}
_MANY = 40
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/explorer.css">
<script src="/explorer.js" defer></script>
</head>
<body data-ended="{ended}">
{content}
</body>
</html>
"""


@frozen(eq=False, repr=False)
class _Words(Brief):
    """Says the explorer's phrases in a language, as HTML."""

    language: str

    def __call__(self, key: str, **parts: object) -> str:
        return html(say(f"explore.{key}", self.language, **parts))


def page(view: View) -> str:
    """The page of a view."""
    words = _Words(view.language)
    content = "\n".join(
        (
            f'<main data-address="{html(view.address())}" lang="{view.language}">',
            f'<form action="/" method="get" id="asked">{_head(view, words)}',
            f'<div class="columns"><div class="choices">{_choices(view, words)}</div>',
            f'<section class="answers" id="answers">{"".join(_answers(view, words))}</section>',
            "</div></form></main>",
        )
    )
    return _framed(content, view.language)


def refused_page(error: BajioError, language: str) -> str:
    """The page that tells why there is no other."""
    words = _Words(language)
    return _framed(
        f'<main data-address="/?lang={language}" lang="{language}"><header><h1>'
        f'{words("title")}</h1></header><p class="refused" role="alert">'
        f'{html(_told(error, language))}</p><p><a href="/?lang={language}">{words("again")}</a>'
        "</p></main>",
        language,
    )


def styles() -> bytes:
    """How pages look."""
    return get_data(__package__, "explorer.css") or b""


def script() -> bytes:
    """What pages do when something is chosen."""
    return get_data(__package__, "explorer.js") or b""


def drawn(view: View, kind: str, place: int) -> str:
    """A chart of one of the alliances, as SVG.

    Raises:
        BajioError: there is none.
    """
    picture = _chart(view, kind, place).drawn(".svg")
    assert isinstance(picture, str)
    return picture


def _framed(content: str, language: str) -> str:
    words = _Words(language)
    return _PAGE.format(
        language=language, title=words("title"), ended=words("ended"), content=content
    )


def _head(view: View, words: _Words) -> str:
    """The title, and the languages."""
    radios = "".join(
        f'<label><input type="radio" name="lang" value="{code}"'
        f"{' checked' if code == view.language else ''}> <span>{_LANGUAGES.get(code, code)}</span>"
        "</label>"
        for code in languages()
    )
    return (
        f'<header><h1>{words("title")}</h1><fieldset class="languages">'
        f'<legend class="unseen">{words("language")}</legend>{radios}</fieldset></header>'
    )


def _choices(view: View, words: _Words) -> str:
    """The members, and how questions are answered."""
    return "\n".join(
        (
            f'<fieldset class="members"><legend>{words("members")}</legend>',
            _alliances(view, words),
            member_map(view),
            f'<div class="how">{_presets(view, words)}</div>',
            _list(view, words),
            "</fieldset>",
            f'<div class="how">{"".join(_selects(view, words))}</div>',
            f'<noscript><button name="step" value="">{words("show")}</button></noscript>',
        )
    )


def _alliances(view: View, words: _Words) -> str:
    """Which alliance is being chosen, where there are two, and a button for another or for none."""
    if len(view.alliances) == 1:
        button = f'<button name="step" value="second">{words("second")}</button>'
        return f'<p class="alliances">{button}</p>'
    radios = "".join(
        f'<label class="{letter}"><input type="radio" name="pick" value="{letter}"'
        f"{' checked' if place == view.picked else ''}> "
        f"<span>{words('alliance', letter=letter.upper())}</span></label>"
        for place, letter in enumerate(LETTERS)
    )
    other = 1 - view.picked
    held = f'<input type="hidden" name="{LETTERS[other]}" value="{_value(view.alliances[other])}">'
    button = f'<button name="step" value="single">{words("single")}</button>'
    return f'<p class="alliances">{radios}{button}</p>{held}'


def _value(members: Sequence[str]) -> str:
    return html(" ".join(members))


def _presets(view: View, words: _Words) -> str:
    """The regions of the catalog to begin with, and none at all."""
    registry, language = view.ground.registry, view.language
    named = ((f"region:{code}", registry.name_of(code, language)) for code in view.ground.presets())
    choices = [
        ("", say("explore.catalog", language)),
        *named,
        ("clear", say("explore.clear", language)),
    ]
    return _select("begin", words("begin"), "", choices)


def _list(view: View, words: _Words) -> str:
    """All areas, to be ticked, by name; an empty field says that there is an alliance."""
    registry, letter = view.ground.registry, LETTERS[view.picked]
    chosen = set(view.alliances[view.picked])
    named = sorted(
        ((registry.name_of(code, view.language), code) for code in view.ground.areas),
        key=lambda pair: (unaccented(pair[0]), pair[1]),
    )
    boxes = "".join(
        f'<label><input type="checkbox" name="{letter}" value="{html(code)}" '
        f'id="area-{html(code)}"{" checked" if code in chosen else ""}> {html(name)}</label>'
        for name, code in named
    )
    narrowed = (
        f'<input type="search" id="narrow" placeholder="{words("narrow")}" '
        f'aria-label="{words("narrow")}">'
        if len(named) > _MANY
        else ""
    )
    summary = words("list", count=len(chosen), of=len(named))
    return (
        f'<details id="list" open><summary>{summary}</summary>{narrowed}'
        f'<input type="hidden" name="{letter}" value="">'
        f'<div class="areas" id="areas">{boxes}</div></details>'
    )


def _selects(view: View, words: _Words) -> Iterator[str]:
    registry, language = view.ground.registry, view.language
    indicators = (
        (code, registry.indicator(code).label.text(language)) for code in view.ground.indicators()
    )
    yield _select("indicator", words("indicator"), view.indicator, indicators)
    years = [
        ("", say("explore.newest", language)),
        *((str(year), str(year)) for year in _years(view)),
    ]
    yield _select("year", words("year"), "" if view.year is None else str(view.year), years)
    groups = (
        (code, registry.peer_group(code).names.text(language)) for code in view.ground.groups()
    )
    none = NO_PEERS, say("explore.unranked", language)
    yield _select("peers", words("peers"), view.peers, [*groups, none])
    hosts = ((code, say(f"explore.{code}", language)) for code in HOSTS)
    yield _select("host", words("host"), view.host, hosts, off=view.peers == NO_PEERS)


def _select(
    name: str, label: str, chosen: str, choices: Iterable[tuple[str, str]], *, off: bool = False
) -> str:
    options = "".join(
        f'<option value="{html(value)}"{" selected" if value == chosen else ""}>{html(text)}'
        "</option>"
        for value, text in choices
    )
    shut = " disabled" if off else ""
    return f'<label>{label}<select name="{name}" id="{name}"{shut}>{options}</select></label>'


def _years(view: View) -> list[int]:
    """The years that the indicator has figures of, the newest first, with the one asked for."""
    years = {view.year} if view.year else set()
    for place in range(len(view.asked)):
        try:
            years |= {result.year for result in _timeline(view, place).results if result.year}
        except BajioError:  # the charts tell why
            continue
    return sorted(years, reverse=True)


def _answers(view: View, words: _Words) -> Iterator[str]:
    """The profile of one alliance, or two side by side, then the charts."""
    if not view.asked:
        yield f'<p class="hint">{words("empty")}</p>'
        return
    try:
        yield from _profiles(view, words)
    except BajioError as error:
        yield _refusal(error, view)
    label = view.ground.registry.indicator(view.indicator).label
    yield f"<h2>{html(label.text(view.language))}</h2>"
    yield f'<div class="charts of-{len(view.asked)}">'
    refused: set[str] = set()
    for kind in KINDS:
        for place in range(len(view.asked)) if kind != "series" else range(1):
            try:
                yield _figure(view, kind, place, words)
            except BajioError as error:
                refusal = _refusal(error, view)
                if refusal not in refused:  # one reason for all is told once
                    yield f'<figure class="{kind} both">{refusal}</figure>'
                refused.add(refusal)
    yield "</div>"


def _profiles(view: View, words: _Words) -> Iterator[str]:
    options = view.options()
    if len(view.asked) == 1:
        answer = profile(view.asked[0], **options)
        yield _alone(view, answer, words)
        return
    comparison = compare(view.asked, **options)
    names = [region_name(answered.region, view.language) for answered in comparison.profiles]
    yield _document(_named(document_of(comparison), names), view, words)
    yield _command(view.command("compare", *view.asked), words)
    yield '<div class="pair">'
    for answered, letter, name in zip(comparison.profiles, view.letters, names, strict=True):
        yield f'<details class="{letter}"><summary>{words("ranks", letter=letter.upper())}'
        yield f": {html(name)}</summary>{_alone(view, answered, words)}</details>"
    yield "</div>"


def _named(document: Document, names: Sequence[str]) -> Document:
    """Regions side by side, each called as charts call it: by its members where it has no name."""
    [report] = document.reports
    first, *others = report.columns
    columns = (column.labelled(name) for column, name in zip(others, names, strict=True))
    named = evolve(report, title=" · ".join(names), columns=(first, *columns))
    return evolve(document, reports=(named,))


def _alone(view: View, answer: Profile, words: _Words) -> str:
    command = _command(view.command("profile", view.region(answer.region.members)), words)
    if not answer.answers:
        missed = (
            f"{gap.indicator.code}: {_told(gap.error(), view.language)}"
            for gap in answer.unavailable[:3]
        )
        return f'{command}<p class="refused">{html("; ".join(missed))}</p>'
    return _document(document_of(answer), view, words) + command


def _document(document: Document, view: View, words: _Words) -> str:
    """A title, and tables with what could not be answered; notes and sources are folded below."""
    first, *others = document.reports
    title, *lines = said(first.title, view.language).splitlines()
    bare = [
        evolve(report, notes=(), sources=(), peer_sources=())
        for report in (evolve(first, title=""), *others)
    ]
    below = [
        evolve(report, title="", columns=(), rows=(), lacking=()) for report in document.reports
    ]
    tables, notes = (
        fragment(evolve(document, reports=tuple(reports)).shown_in(view.language))
        for reports in (bare, below)
    )
    lines_below = "".join(f"<p>{html(line)}</p>" for line in lines)
    folded = f'<details class="notes"><summary>{words("notes")}</summary>{notes}</details>'
    return f"<h2>{html(title)}</h2>{lines_below}{tables}{folded}"


def _figure(view: View, kind: str, place: int, words: _Words) -> str:
    """A chart with its words, and the command that draws it.

    Raises:
        BajioError: there is none.
    """
    region = view.asked[place]
    arguments = [kind, region, view.indicator]
    if kind == "series" and len(view.asked) > 1:
        arguments += ["--beside", view.asked[1]]
    command = view.command(
        "plot",
        *arguments,
        "--output",
        f"{kind}.png",
        ranks=kind != "series",
        years=kind != "series",
    )
    mark = view.letters[place] if len(view.asked) > 1 and kind != "series" else "both"
    chart = _chart(view, kind, place)
    return (
        f'<figure class="{kind} {mark}"><div class="scroll" tabindex="0">'
        f'<img src="{html(view.chart_address(kind, place))}" alt="{html(chart.alt)}" '
        f'loading="lazy"></div><figcaption>{_command(command, words)}</figcaption></figure>'
    )


def _chart(view: View, kind: str, place: int) -> Chart:
    if kind == "series":
        others = [_timeline(view, other) for other in range(1, len(view.asked))]
        first = _timeline(view, 0)
        if not first.results and first.unavailable:
            raise first.unavailable[-1][1].error()
        chart: Chart = first.plot(language=view.language, beside=others)
        return chart
    drawing: Chart = _result(view, place).plot(kind, language=view.language)
    return drawing


def _result(view: View, place: int) -> Result:
    return evaluate(view.asked[place], view.indicator, **view.options())


def _timeline(view: View, place: int) -> Timeline:
    return series(view.asked[place], view.indicator, registry=view.ground.registry, peers=None)


def _command(command: str, words: _Words) -> str:
    return (
        f'<div class="command"><code>{html(command)}</code>'
        f'<button type="button" data-copied="{words("copied")}">{words("copy")}</button></div>'
    )


def _refusal(error: BajioError, view: View) -> str:
    return f'<p class="refused">{html(_told(error, view.language))}</p>'


def _told(error: BajioError, language: str) -> str:
    return refusal_text(error, phrasebook(language).code)
