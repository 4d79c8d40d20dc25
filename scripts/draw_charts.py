"""Draw the pictures of README.md and docs/charts.md into docs/pictures/.

Run it as `python scripts/draw_charts.py` after changing data or a chart; `--check` writes nothing,
and exits with 1 where a picture does not tell what the answers say.
"""

import argparse
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import bajio

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
DRAWN: dict[str, Callable[[], Any]] = {
    "rank.svg": lambda: bajio.evaluate("bajio", "gdp", year=2018).plot("rank", language="en"),
    "map.svg": lambda: bajio.evaluate("bajio", "gdp-per-capita", year=2018).plot(
        "map", language="en"
    ),
}


def stale() -> list[str]:
    """The pictures that are not there, or whose words are not those of today's answers."""
    return [
        name
        for name, draw in DRAWN.items()
        if not (PICTURES / name).exists()
        or escape(draw().alt) not in (PICTURES / name).read_text(encoding="utf-8")
    ]


def main(arguments: list[str]) -> int:
    """Draw them, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is stale")
    if not parser.parse_args(arguments).check:
        PICTURES.mkdir(exist_ok=True)
        for name, draw in DRAWN.items():
            draw().save(PICTURES / name, overwrite=True)
            print(f"docs/pictures/{name}")
        return 0
    old = stale()
    for name in old:
        print(f"docs/pictures/{name} is stale: run python scripts/draw_charts.py", file=sys.stderr)
    return int(bool(old))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
