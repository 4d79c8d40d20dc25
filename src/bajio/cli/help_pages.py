"""Help pages in the language that is asked for; click writes them in English."""

import re
from collections.abc import Iterable

import click

from bajio.words.messages import message_text, noun_text
from bajio.words.phrasebook import ENGLISH

#: What click writes behind an option's help: its default, and whether it is needed.
_EXTRA = re.compile(r"(.*?)(?:(?:^|  )\[([^\[\]]*)\])?", re.DOTALL)


class HelpPage(click.HelpFormatter):
    """A help page whose headings, texts and rows are in a language."""

    def __init__(self, language: str | None, width: int | None, max_width: int | None) -> None:
        super().__init__(width=width, max_width=max_width)
        self.language = language or ENGLISH

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        args = args.replace("[OPTIONS]", f"[{self._told('Options').upper()}]")
        super().write_usage(prog, args, f"{self._told('Usage:')} ")

    def write_heading(self, heading: str) -> None:
        """Write what stands above a section."""
        super().write_heading(self._told(heading))

    def write_text(self, text: str) -> None:
        """Write what a command does."""
        super().write_text(self._told(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options, or commands, with what each is."""
        super().write_dl([(name, self._row(text)) for name, text in rows], col_max, col_spacing)

    def _row(self, text: str) -> str:
        match = _EXTRA.fullmatch(text)
        if match is None or match[2] is None:
            return self._told(text)
        extra = "; ".join(
            noun_text(self._told(note), self.language) for note in match[2].split("; ")
        )
        return f"{self._told(match[1])}  [{extra}]".strip()

    def _told(self, text: str) -> str:
        return message_text(text, self.language)
