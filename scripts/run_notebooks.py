"""Run the notebooks of docs/notebooks/ and keep what their cells show.

Run it as `python scripts/run_notebooks.py` after changing a cell; `--check` writes nothing, and
exits with 1 where a notebook does not show what it would today. What is kept is the same on each
run: no counts, no times, of a picture its lines alone.
"""

import argparse
import json
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbformat import reads, validate

ROOT = Path(__file__).parent.parent
NOTEBOOKS = {
    ROOT / "docs" / "notebooks" / "tutorial.ipynb": "en",
    ROOT / "docs" / "notebooks" / "cuaderno.ipynb": "es",
}
#: What a cell shows that is kept; of a picture its lines, and not what they are drawn from.
KEPT = ("image/svg+xml", "text/html", "text/plain")
_PATIENCE = 120


def run(path: Path, language: str) -> dict[str, Any]:
    """A notebook as it is after a run from top to bottom, without what differs between runs."""
    notebook = _read(path.read_text(encoding="utf-8"))
    environment = {"BAJIO_LANG": language, "PYTHONPATH": str(ROOT / "src")}
    with TemporaryDirectory() as folder:
        # they speak by files where they can, and not over the network
        by_files = {"transport": "ipc", "ip": f"{folder}/kernel"} if os.name == "posix" else {}
        manager = KernelManager(kernel_name="python3", **by_files)
        manager.start_kernel(env={**os.environ, **environment})
        try:
            NotebookClient(notebook, km=manager, timeout=_PATIENCE).execute()
        finally:
            manager.shutdown_kernel(now=True)
    return cleaned(notebook)


def cleaned(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook with what its cells are and show, and nothing of the run."""
    cells = []
    for number, cell in enumerate(notebook["cells"], 1):
        kept: dict[str, Any] = {
            "cell_type": cell["cell_type"],
            "id": f"cell-{number}",
            "metadata": {},
            "source": cell["source"],
        }
        if cell["cell_type"] == "code":
            kept |= {"execution_count": None, "outputs": [_output(one) for one in cell["outputs"]]}
        cells.append(kept)
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _output(output: dict[str, Any]) -> dict[str, Any]:
    if output["output_type"] == "stream":
        return {"name": output["name"], "output_type": "stream", "text": output["text"]}
    data = {kind: output["data"][kind] for kind in KEPT if kind in output["data"]}
    kind = output["output_type"]
    count = {"execution_count": None} if kind == "execute_result" else {}
    return {"data": data, "metadata": {}, "output_type": kind, **count}


def shown(notebook: dict[str, Any]) -> list[Any]:
    """What is compared: all texts and tables, and the words of pictures, whatever draws them."""
    found = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = dict(output.get("data", {"text/plain": output.get("text")}))
            picture = data.pop("image/svg+xml", "")
            words = re.search(r"<title>(.*?)</title>", picture, re.DOTALL)
            found.append((data, words and words[1]))
    return found


def text_of(notebook: dict[str, Any]) -> str:
    """A notebook as its file holds it."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    validate(_read(text))
    return text


def _read(text: str) -> Any:
    return reads(text, as_version=4)  # type: ignore[no-untyped-call]  # the library says none


def main(arguments: list[str]) -> int:
    """Run them all, and write them or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is stale")
    parser.add_argument("names", nargs="*", help="of notebooks; all, if none is named")
    asked = parser.parse_args(arguments)
    stale = 0
    for path, language in NOTEBOOKS.items():
        if asked.names and path.stem not in asked.names:
            continue
        before = json.loads(path.read_text(encoding="utf-8"))
        after = run(path, language)
        name = path.relative_to(ROOT)
        if not asked.check:
            path.write_text(text_of(after), encoding="utf-8")
            print(name)
        elif shown(after) != shown(before):
            print(f"{name} is stale: run python scripts/run_notebooks.py", file=sys.stderr)
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
