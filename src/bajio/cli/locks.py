"""`bajio lock` and `bajio replay`: a published figure with its question, confirmed later."""

import json
import os
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any

import click

from bajio.cli.answer_output import said
from bajio.cli.options import LANG
from bajio.errors import InvalidData, InvalidValue, shown
from bajio.files import read_file, write_file
from bajio.report.escapes import terminal
from bajio.report.json_data import json_text
from bajio.version import __version__

#: The commands whose answers can be locked: those that ask, and write nothing else.
_ASKING = frozenset(
    {
        *("profile", "rank", "compare", "series", "explain", "sensitivity", "difference"),
        *("composite", "specialisations", "near", "decompose", "search", "audit", "diff", "cite"),
    }
)
_MOST_TOLD = 20
_KEYS = {"bajio", "data", "command", "answer"}


@click.command(
    "lock",
    short_help="Keep a question with its answer, to be confirmed later.",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@LANG
@click.argument("file")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def lock_command(file: str, command: tuple[str, ...]) -> None:
    """Write FILE with a question, its answer, and the version and data that it comes from.

    COMMAND is what is asked, as on the command line.

    \b
    Examples:
      bajio lock gdp.lock.json rank bajio gdp --year 2018
      bajio replay gdp.lock.json
    """
    answer = _answer(command)
    kept = {
        "bajio": __version__,
        "data": _digest(),
        "command": list(command),
        "answer": answer,
    }
    write_file(file, f"{json_text(kept)}\n", overwrite=False)
    kept_in = terminal(file)
    click.echo(said(f"Kept the answer in {kept_in}: bajio replay {kept_in} confirms it"))


@click.command("replay", short_help="Ask a kept question again: is the answer the same?")
@LANG
@click.argument("file", type=click.Path(exists=True))
def replay_command(file: str) -> int:
    """Ask the question of FILE again, and tell whether its answer is still the same.

    The exit status is 1 where it is not.
    """
    kept = _kept(file)
    now = _answer(tuple(kept["command"]))
    answer = list(_differences(kept["answer"], now))
    asked = " ".join(kept["command"])
    same_data = kept["data"] == _digest()
    about = f"bajio {kept['bajio']}, {'the same data' if same_data else 'other data'}"
    if not answer:
        click.echo(terminal(said(f"The same: {asked} ({about})")))
        return 0
    click.echo(terminal(said(f"Not the same: {asked} ({about})")))
    for line in answer[:_MOST_TOLD]:
        click.echo(terminal(f"  {said(line)}"))
    if len(answer) > _MOST_TOLD:
        click.echo(f"  {said(f'and {len(answer) - _MOST_TOLD} more')}")
    return 1


def _kept(file: str) -> dict[str, Any]:
    try:
        kept = json.loads(read_file(file))
    except (ValueError, RecursionError) as error:
        raise InvalidData(f"it keeps no answer: {str(error)[:200]}", file=file) from None
    words = kept.get("command") if isinstance(kept, dict) else None
    if not (
        isinstance(kept, dict)
        and set(kept) == _KEYS
        and isinstance(words, list)
        and all(isinstance(word, str) for word in words)
    ):
        raise InvalidData("it keeps no answer: bajio lock writes one", file=file)
    return kept


def _answer(command: tuple[str, ...]) -> Any:
    """What a command answers, as JSON holds it.

    Raises:
        InvalidValue: it is none that asks, or says itself where the answer goes.
    """
    from bajio.cli.commands import commands

    if not command or command[0] not in _ASKING:
        known = ", ".join(sorted(_ASKING))
        raise InvalidValue(f"{shown(' '.join(command[:1]))} is no question: give one of {known}")
    for word in command:
        if word.partition("=")[0] in {"--output", "--format", "--force"}:
            raise InvalidValue(f"leave {word.partition('=')[0]} out: the answer goes into the file")
    with TemporaryDirectory() as folder:
        path = os.path.join(folder, "answer.json")
        commands.main(args=[*command, "--output", path], prog_name="bajio", standalone_mode=False)
        return json.loads(read_file(path))


def _digest() -> str:
    from bajio.registry import Registry

    return Registry.default().dataset.digest


def _differences(before: Any, now: Any, path: str = "") -> Iterator[str]:
    """Where two answers differ, each place with both values."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*before, *now)):
            inner = f"{path}.{key}" if path else key
            yield from _differences(before.get(key), now.get(key), inner)
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for position, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from _differences(old, new, f"{path}[{position}]")
    elif before != now or type(before) is not type(now):
        yield f"{path}: {shown(before)}, now {shown(now)}"


COMMANDS = (lock_command, replay_command)
