"""Draw the pictures of README.md and docs/ into docs/pictures/, and write docs/gallery.md.

Run it as `python scripts/draw_charts.py` after changing data or a chart; `--check` writes nothing,
and exits with 1 where a picture does not show what the answers are.
"""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import bajio
from bajio.cli import main as bajio_command
from bajio.report import escapes
from bajio.report.charts.chart import Chart

DOCS = Path(__file__).parent.parent / "docs"
PICTURES = DOCS / "pictures"
#: What each picture was drawn from: the digest of its specification.
DIGESTS = PICTURES / "specifications.json"
GALLERY = DOCS / "gallery.md"
MADE = "<!-- Made by scripts/draw_charts.py from what the commands answer. -->"


class Picture(NamedTuple):
    """A picture of the gallery.

    Attributes:
        title: above it.
        told: what it is good for.
        command: that draws it, without its `--output`.
        ask: gives the answer, where the command is no `bajio plot`.
    """

    title: str
    told: str
    command: str
    ask: Callable[[], Any] | None = None


DRAWN = {
    "profile": Picture(
        "A profile",
        "Where a region stands by each indicator, from the first place to the last.",
        "bajio plot profile bajio --year 2018",
    ),
    "rank": Picture(
        "A rank",
        "All peers along a scale, and the neighbours by name.",
        "bajio plot rank bajio gdp --year 2018",
    ),
    "series": Picture(
        "A series",
        "A region beside its host and others, from a common start.",
        "bajio plot series bajio gdp-mxn --years 2003-2023 --beside MX-JAL,sur-sureste --indexed",
    ),
    "members": Picture(
        "Contributions",
        "What each member adds.",
        "bajio plot members bajio gdp --year 2018",
    ),
    "compare": Picture(
        "Alliances side by side",
        "A panel for each indicator, each on a scale of its own.",
        "bajio plot compare bajio sur-sureste megalopolis --year 2018 "
        "--indicators gdp,gdp-per-capita,gdp-growth,exports-per-capita",
    ),
    "breakdown": Picture(
        "A breakdown",
        "What a region's value added is made of.",
        "bajio plot breakdown bajio activity-shares --year 2018 --level 31-33",
    ),
    "specialisations": Picture(
        "Specialisations",
        "How much more of an activity a region has than its country, by what it weighs in it.",
        "bajio plot specialisations bajio --year 2018",
    ),
    "map": Picture(
        "A map of states",
        "The areas of a country by an indicator, the members outlined.",
        "bajio plot map bajio gdp-per-capita --year 2018",
    ),
    "map-countries": Picture(
        "A map of countries",
        "A region among countries, as one of them.",
        "bajio plot map bajio gdp-per-capita --year 2018 --among latin-america",
    ),
    "spread": Picture(
        "A spread",
        "How alike the members are: the curve that Lorenz drew, and its Gini.",
        "bajio plot spread sur-sureste gdp-per-capita --year 2018",
    ),
    "sensitivity": Picture(
        "What a rank hangs on",
        "The value without each member, and with each area more that changes the rank.",
        "bajio plot sensitivity bajio gdp-per-capita --year 2018",
    ),
    "difference": Picture(
        "A difference",
        "What each member contributes to it.",
        "bajio difference bajio gdp-per-capita --years 2008 2018",
        lambda: bajio.difference("bajio", "gdp-per-capita", years=(2008, 2018)),
    ),
    "decompose": Picture(
        "A spread within and between",
        "Whether alliances differ inside, or from one another.",
        "bajio decompose mexican-states theil-gdp-per-capita --partition bajio,sur-sureste,rest "
        "--year 2018",
        lambda: bajio.decompose(
            "mexican-states", "theil-gdp-per-capita", ["bajio", "sur-sureste", "rest"], year=2018
        ),
    ),
    "composite": Picture(
        "A composite",
        "Scores by several indicators together.",
        "bajio composite composite-prosperity bajio sur-sureste --year 2018",
        lambda: bajio.composite(["bajio", "sur-sureste"], "composite-prosperity", year=2018),
    ),
    "search": Picture(
        "A search",
        "The alliances that come nearest to what was wished for.",
        "bajio search --near population=GRC --near gdp=GRC --contiguous --size 2-5 --year 2018",
        lambda: bajio.search(
            near={"population": "GRC", "gdp": "GRC"}, contiguous=True, size=(2, 5), year=2018
        ),
    ),
    "audit": Picture(
        "An audit",
        "What was printed, as an interval, and the figure of the data.",
        "bajio plot audit san-miguel",
    ),
}


def drawn(name: str) -> Chart:
    """A chart as its command answers it today."""
    picture = DRAWN[name]
    if picture.ask is not None:
        chart: Chart = picture.ask().plot(language="en")
        return chart
    seen = StringIO()
    with redirect_stdout(seen):
        if bajio_command([*picture.command.split()[1:], "--lang", "en"]):
            raise SystemExit(f"{picture.command} has no answer")
    spec = json.loads(seen.getvalue())
    return Chart(spec, spec["description"])


def digest(chart: Chart) -> str:
    """What a chart is drawn from, in short; without the last digits, in which systems differ."""
    text = json.dumps(_settled(chart.spec), sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:16]


def _settled(node: Any) -> Any:
    """Without shapes, and with nine digits of each float: Python 3.12 adds floats otherwise."""
    if isinstance(node, dict):
        return {key: _settled(part) for key, part in node.items() if key != "geometry"}
    if isinstance(node, float):
        return float(f"{node:.9g}")
    return [_settled(part) for part in node] if isinstance(node, list) else node


def stale(charts: dict[str, Chart]) -> list[str]:
    """The files that are not there, or are made from something else than today's answers."""
    kept = json.loads(DIGESTS.read_text(encoding="utf-8")) if DIGESTS.exists() else {}
    old = [
        f"docs/pictures/{name}.svg"
        for name, chart in charts.items()
        if not (PICTURES / f"{name}.svg").exists() or kept.get(name) != digest(chart)
    ]
    if GALLERY.read_text(encoding="utf-8") != gallery(charts):
        old.append("docs/gallery.md")
    return old


def gallery(charts: dict[str, Chart]) -> str:
    """The gallery as a document."""
    lines = [
        MADE,
        "# Gallery",
        "",
        "All that bajio draws, with the commands; [charts](charts.md) tells more.",
    ]
    for name, picture in DRAWN.items():
        command = picture.command.replace(" --indicators", " \\\n    --indicators")
        lines += ["", f"## {picture.title}", "", picture.told, "", "```sh"]
        lines += [f"{command} --output {name}.png", "```", ""]
        lines.append(f"![{escapes.markdown(_short(charts[name].alt))}](pictures/{name}.svg)")
    return "\n".join(lines) + "\n"


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300].rsplit(' ', 1)[0]} …"


def main(arguments: list[str]) -> int:
    """Draw them, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is stale")
    check = parser.parse_args(arguments).check
    charts = {name: drawn(name) for name in DRAWN}
    if check:
        old = stale(charts)
        for name in old:
            print(f"{name} is stale: run python scripts/draw_charts.py", file=sys.stderr)
        return int(bool(old))
    PICTURES.mkdir(exist_ok=True)
    for name, chart in charts.items():
        chart.save(PICTURES / f"{name}.svg", overwrite=True)
        print(f"docs/pictures/{name}.svg")
    digests = {name: digest(chart) for name, chart in charts.items()}
    DIGESTS.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
    GALLERY.write_text(gallery(charts), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
