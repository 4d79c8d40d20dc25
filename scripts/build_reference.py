"""Write the references of the Python interface and of the command line into docs/.

Run it as `python scripts/build_reference.py` after changing a docstring or an option;
`--check` writes nothing, and exits with 1 where a file is not what the script makes.
"""

import argparse
import inspect
import re
import sys
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import is_typeddict

import click

import bajio
from bajio import answers, errors, rules
from bajio.cli.analyses import sensitivity_command
from bajio.cli.commands import commands
from bajio.cli.region_questions import COMMANDS as QUESTIONS
from bajio.indicators import practice
from bajio.questions import choices

DOCS = Path(__file__).parent.parent / "docs"
GENERATED = "<!-- Made by scripts/build_reference.py from what the code says of itself. -->"

#: Parts of `bajio` by where names live, in the order of the document.
PARTS = {
    "bajio.questions.audit": "Claims and their audit",
    "bajio.claims": "Claims and their audit",
    "bajio.readers.claim_files": "Claims and their audit",
    "bajio.questions.bulk": "Many regions at once",
    "bajio.questions.many": "Many regions at once",
    "bajio.questions.own_frames": "Tables of your own",
    "bajio.questions": "Questions",
    "bajio.facts": "Areas, regions and figures",
    "bajio.indicator": "Indicators",
    "bajio.composites": "Indicators",
    "bajio.rules": "Indicators",
    "bajio.readers": "Data packages",
    "bajio.registry": "Plugins",
    "bajio.errors": "Errors",
}
REST = "The package"
ROOT: ModuleType = bajio
#: Other modules whose names are for users, and what they hold; all of them, or those named.
MODULES: dict[ModuleType, tuple[str, tuple[str, ...]]] = {
    rules: ("Rules: `bajio.rules`", ()),
    answers: ("Types of answers: `bajio.answers`", ()),
    errors: ("Errors: `bajio.errors`", ()),
    choices: (
        "Types of options: `bajio.questions.choices`",
        ("Asked", "Audited", "AskedOverYears", "Unranked"),
    ),
    practice: (
        "Best practice: `bajio.indicators.practice`",
        ("best_practice", "best_practice_change", "best_practice_total"),
    ),
}

#: What has no docstring of bajio's own.
TOLD_HERE = {
    "__version__": "The version of bajio, as text.",
    "hookimpl": "Marks a function of a plugin as the implementation of a hook of that name.",
}

INTRODUCTION = """\
Answers go to stdout, messages to stderr.
The exit status is 0 where something asked was answered, 1 where `audit --strict` found a claim
that is not true, and 2 where nothing was answered, or where the input is wrong.
A table fits the terminal that it is shown on, and says which columns are not shown and what shows
them; written to a file or a pipe, it has all of them.

On a terminal titles, verdicts and the region's own row are in bold or colour, and what takes longer
than a second says on stderr what is being done and for how long. `NO_COLOR` and `TERM=dumb` leave
colours out; `FORCE_COLOR` and `CLICOLOR_FORCE` want them in a pipe as well. Files have none.

The shell completes commands, options and codes after this, which your shell's start-up file
can hold (zsh and fish have `zsh_source` and `fish_source`):

```sh
eval "$(_BAJIO_COMPLETE=bash_source bajio)"
```

```text
bajio [OPTIONS] COMMAND [ARGUMENTS]
```
""".splitlines()

TITLES = {"Args": "Arguments"}
SECTION = re.compile(r"^(Args|Attributes|Returns|Yields|Raises|Examples):\n", re.MULTILINE)
ITEM = re.compile(r"^(?=\S)", re.MULTILINE)


def python_reference() -> str:
    """The reference of every name that is for users."""
    parts: dict[str, list[tuple[ModuleType, str]]] = {part: [] for part in (*PARTS.values(), REST)}
    for name in ROOT.__all__:
        parts[_part_of(name)].append((ROOT, name))
    for module, (part, chosen) in MODULES.items():
        every = chosen or module.__all__
        parts[part] = [(module, name) for name in every if name not in ROOT.__all__]
    parts = {
        part: sorted(names, key=lambda one: one[1].casefold())
        for part, names in parts.items()
        if names
    }
    lines = [
        GENERATED,
        "",
        "# The Python interface",
        "",
        "Every name is loaded on first use. What is named without a module is an attribute of",
        "`bajio`; `bajio.rules`, `bajio.answers` and `bajio.errors` need no import of their own.",
        "The examples have the names of all four:",
        "",
        "```python",
        ">>> from bajio import *",
        ">>> from bajio.rules import *",
        ">>> from bajio.answers import *",
        ">>> from bajio.errors import *",
        "",
        "```",
        "",
    ]
    anchors = _anchors(name for names in parts.values() for _, name in names)
    for part, names in parts.items():
        lines.append(f"- {part}: " + ", ".join(f"[`{n}`](#{anchors[n]})" for _, n in names))
    for part, names in parts.items():
        lines += ["", f"## {part}"]
        for module, name in names:
            lines += ["", *_entry(module, name)]
    return "\n".join(lines) + "\n"


def _anchors(names: Iterable[str]) -> dict[str, str]:
    """Where each name's heading is found: of those that differ by case only, the second has -1."""
    anchors: dict[str, str] = {}
    for name in names:
        anchor = name.casefold()
        anchors[name] = f"{anchor}-1" if anchor in anchors.values() else anchor
    return anchors


def _part_of(name: str) -> str:
    home = getattr(getattr(bajio, name), "__module__", "")
    return next((part for place, part in PARTS.items() if home.startswith(place)), REST)


def _entry(module: ModuleType, name: str) -> list[str]:
    value = getattr(module, name)
    if name in TOLD_HERE:
        return [f"### `{name}`", "", TOLD_HERE[name]]
    lines = [f"### {name}", ""]
    if is_typeddict(value):
        keys = ", ".join(f"`{key}`" for key in sorted(value.__annotations__))
        return [*lines, *_markdown(inspect.getdoc(value) or ""), "", f"Keys: {keys}."]
    if not (inspect.isclass(value) and issubclass(value, Exception | Enum)):
        lines += ["```text", f"{module.__name__}.{name}{_signature(value)}", "```", ""]
    lines += _markdown(inspect.getdoc(value) or "")
    if inspect.isclass(value) and issubclass(value, Enum):
        names = (one.name if isinstance(one, int) else one.value for one in value)
        return [*lines, "", "One of " + ", ".join(f"`{one}`" for one in names) + "."]
    return lines + _methods(value) if inspect.isclass(value) else lines


def _signature(function: object) -> str:
    """Names and defaults of the arguments; what they are, the docstring says."""
    assert callable(function)
    given = inspect.signature(function)
    arguments = [
        one.replace(annotation=one.empty, default=_Shown(one.default))
        if one.default is not one.empty
        else one.replace(annotation=one.empty)
        for one in given.parameters.values()
    ]
    return str(inspect.Signature(arguments))


class _Shown:
    """A default that is shown as a reader would write it."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __repr__(self) -> str:
        value = self.value.value if isinstance(self.value, Enum) else self.value
        plain = value is None or isinstance(value, bool | int | str | tuple)
        return repr(value) if plain else "..."


def _methods(kind: type) -> list[str]:
    """The public methods and properties of a class, each with its first sentence.

    What a class of bajio's above it has is told there, where that is public.
    """
    own = [base for base in kind.__mro__ if base.__module__.startswith("bajio")]
    above = [base for base in own[1:] if not base.__name__.startswith("_")]
    members = {
        name: value
        for base in reversed(own)
        if base not in above
        for name, value in vars(base).items()
    }
    lines = []
    for name, value in sorted(members.items()):
        if any(name in vars(base) for base in above):
            continue
        plain = value.__func__ if isinstance(value, classmethod) else value
        documented = inspect.isfunction(plain) or isinstance(plain, property)
        if name.startswith("_") or not documented or not plain.__doc__:
            continue
        call = "" if isinstance(plain, property) else _signature(plain).replace("(self, ", "(")
        call = call.replace("(self)", "()").replace("(cls, ", "(")
        lines.append(f"- `{name}{call}`: {_first_paragraph(plain.__doc__)}")
    return ["", "**Methods and properties**", "", *lines] if lines else []


def _first_paragraph(text: str) -> str:
    return " ".join(inspect.cleandoc(text).split("\n\n")[0].split())


def _markdown(docstring: str) -> list[str]:
    """A docstring in Google's style as Markdown."""
    text, *sections = SECTION.split(docstring)
    lines = [text.strip()]
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        inner = dedent(body).strip("\n")
        lines += ["", f"**{TITLES.get(title, title)}**", ""]
        if title == "Examples":
            lines += ["```python", inner, "", "```"]
        elif title == "Returns":
            lines += [inner]
        else:
            lines += [_item(item) for item in ITEM.split(inner) if item.strip()]
    return lines


def _item(text: str) -> str:
    """`names: what they are` as an item of a list; a continued one comes indented already."""
    names, colon, told = " ".join(text.split()).partition(": ")
    return f"- `{names}`: {told}" if colon else f"- {names}"


def command_line_reference() -> str:
    """The reference of all commands and options."""
    context = click.Context(commands)
    known = {name: commands.get_command(context, name) for name in commands.list_commands(context)}
    shared = set.intersection(*({one.name for one in _options(c)} for c in QUESTIONS))
    lines = [
        GENERATED,
        "",
        "# The command line",
        "",
        *INTRODUCTION,
        "",
        *_table(one for one in _options(commands)),
    ]
    for name, command in known.items():
        assert command is not None
        lines += ["", f"## bajio {name}", "", *_command(name, command)]
        own = _options(command)
        asks = command in {*QUESTIONS, sensitivity_command}
        if asks:
            own = [one for one in own if one.name not in shared]
        if own:
            lines += ["", *_table(own)]
        if asks:
            lines += ["", "and the [options of all questions](#options-of-all-questions)."]
    common = [one for one in _options(QUESTIONS[0]) if one.name in shared]
    lines += ["", "## Options of all questions", "", *_table(common)]
    return "\n".join(lines) + "\n"


def _options(command: click.Command) -> list[click.Option]:
    return [one for one in command.params if isinstance(one, click.Option)]


def _command(name: str, command: click.Command) -> list[str]:
    """What a command is for, how it is called, and its examples."""
    context = click.Context(command, info_name=f"bajio {name}")
    told, _, examples = inspect.cleandoc(command.help or "").partition("\n\n\b\nExamples:\n")
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [told, "", "```text", f"bajio {name} {usage}", "```"]
    return [*lines, "", "```sh", dedent(examples).strip(), "```"] if examples else lines


def _table(options: Iterable[click.Option]) -> list[str]:
    lines = ["| Option | What it does |", "| --- | --- |"]
    for option in options:
        context = click.Context(commands)
        value = "" if option.is_flag else f" {option.make_metavar(context)}"
        names = ", ".join(f"`{name}{value}`".replace("|", "\\|") for name in option.opts)
        default = option.get_default(context)
        shown = f" Default: `{default}`." if option.show_default and default is not None else ""
        lines.append(f"| {names} | {option.help}{shown} |")
    return lines


DOCUMENTS = {"reference.md": python_reference, "command-line.md": command_line_reference}


def main() -> int:
    """Write the documents, or compare them with what would be written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    check = parser.parse_args().check
    stale = []
    for name, make in DOCUMENTS.items():
        path, text = DOCS / name, make()
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(name)
        elif not check:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/{name} is stale: run python scripts/build_reference.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
