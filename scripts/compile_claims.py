"""Make the claim sets that come with bajio, and what is generated about claims.

`san-miguel.json` is `san-miguel.toml` with its printed numbers read, so that auditing it needs
neither Babel nor a TOML reader; `claims.schema.json` is for editors; `docs/audits/` has the audit,
and those of the articles there.

    python scripts/compile_claims.py [--check]
"""

import json
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path

from bajio.claims.claim_data import to_data
from bajio.cli import main as bajio
from bajio.readers.claim_files import read_claims
from bajio.readers.claim_keys import schema

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "bajio"
CLAIMS = PACKAGE / "catalog" / "claim_sets"
AUDITS = ROOT / "docs" / "audits"
#: The articles that the documents audit, with the options of each.
ARTICLES = {
    "bajio-alliance": (),
    "centro-norte": ("--lang", "es"),
    "great-lakes": ("--data", "examples/packs/united-states"),
    "peninsula": ("--lang", "es"),
    "south-southeast": (),
}


def made() -> Iterator[tuple[Path, str]]:
    """Each generated file with what it should hold, those first that others are made from."""
    yield PACKAGE / "readers" / "claims.schema.json", _json(schema())
    for source in sorted(CLAIMS.glob("*.toml")):
        yield source.with_suffix(".json"), _json(to_data(read_claims(source)))
    for source in sorted(CLAIMS.glob("*.toml")):
        yield AUDITS / f"{source.stem}.md", page(source.stem)
    for name, options in ARTICLES.items():
        place = f"{AUDITS.relative_to(ROOT).as_posix()}/{name}.toml"
        yield AUDITS / f"{name}.md", page(place, *options)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def page(claims: str, *options: str) -> str:
    """The published audit of a claim set, as the command line prints it."""
    printed = StringIO()
    words = ["audit", claims, *options, "--format", "markdown"]
    with chdir(ROOT), redirect_stdout(printed):
        bajio(words)
    command = f"bajio {' '.join(words)}"
    note = f"<!-- Made by scripts/compile_claims.py: {command} -->"
    return f"{note}\n\n{printed.getvalue().rstrip()}\n"


def main(arguments: list[str]) -> int:
    """Write what differs, or only name it: status 1 where something did."""
    check = "--check" in arguments
    stale = []
    for path, content in made():
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(path)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    for path in stale:
        print(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
