"""The command that writes a plugin's project, from the files in `template/`."""

import os
import pkgutil
import re
import shlex
from string import Template

import click

from bajio.cli.answer_output import said
from bajio.cli.options import LANG
from bajio.errors import InvalidValue, shown
from bajio.files import write_folder
from bajio.hookspecs import PROJECT
from bajio.version import __version__

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PREFIX = f"{PROJECT}-"
#: Where each file of the template goes; `$module` and `$name` are filled in.
FILES = {
    "gitignore": ".gitignore",
    "README.md": "README.md",
    "pyproject.toml": "pyproject.toml",
    "module.py": "src/$module/__init__.py",
    "test_module.py": "tests/test_$module.py",
}


@click.command("new-plugin", short_help="Write the project of a new plugin.")
@click.argument("name")
@click.option(
    "--directory",
    metavar="DIR",
    type=click.Path(),
    help="The project's folder; bajio-NAME here, if not given.",
)
@LANG
def new_plugin_command(name: str, directory: str | None) -> None:
    """Write the project of a plugin called NAME, whose tests pass at once.

    NAME is in kebab-case; the distribution is bajio-NAME. Nothing that is there is overwritten.

    \b
    Examples:
      bajio new-plugin rain
      bajio new-plugin water-use --directory plugins/water
    """
    words = _words(name)
    folder = directory if directory is not None else words["distribution"]
    written = write_project(folder, words)
    click.echo("\n  ".join([said(f"Wrote {folder}:"), *written]))
    command = f"cd {shlex.quote(folder)} && pip install -e '.[test]' && pytest"
    click.echo(said(f"\nNext: {command}"))


def _words(name: str) -> dict[str, str]:
    """What is filled in for a plugin's name.

    Examples:
        >>> _words("water-use")["module"], _words("bajio-rain")["distribution"]
        ('bajio_water_use', 'bajio-rain')
    """
    suffix = name.removeprefix(_PREFIX)
    if not _NAME.fullmatch(suffix):
        plain = "-".join(re.findall(r"[a-z0-9]+", suffix.casefold())).lstrip("0123456789-")
        advice = f"did you mean {plain!r}?" if plain else "write it in kebab-case, as 'water-use'"
        raise InvalidValue(f"{shown(name)} is no name for a plugin: {advice}")
    if suffix == PROJECT:
        raise InvalidValue(f"{name!r} is taken by bajio itself: name the plugin for what it brings")
    distribution = _PREFIX + suffix
    return {
        "name": suffix,
        "distribution": distribution,
        "module": distribution.replace("-", "_"),
        "version": __version__,
    }


def write_project(folder: str, words: dict[str, str]) -> list[str]:
    """Write the template's files.

    Args:
        folder: made if it is not there.
        words: what is filled in.

    Returns:
        Their paths in the folder.

    Raises:
        InvalidValue: one of them is there already, or cannot be written.
    """
    texts = {_filled(place, words): _template(file, words) for file, place in FILES.items()}
    there = [place for place in texts if os.path.lexists(os.path.join(folder, place))]
    if there:
        raise InvalidValue(
            f"nothing was written: {shown(folder)} has {', '.join(there)} already; "
            "choose another name, or --directory"
        )
    write_folder(folder, texts)
    return list(texts)


def _template(file: str, words: dict[str, str]) -> str:
    content = pkgutil.get_data(__package__, f"template/{file}.template")
    assert content is not None
    return _filled(content.decode("utf-8"), words)


def _filled(text: str, words: dict[str, str]) -> str:
    return Template(text).substitute(words)


COMMANDS = (new_plugin_command,)
