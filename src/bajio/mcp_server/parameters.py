"""What tools are given: each parameter with its JSON Schema, checked in the words of bajio."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from bajio.brief import Brief
from bajio.errors import InvalidValue, UnknownCode, nearest, shown
from bajio.words.messages import message_text

#: Letters of a text, and entries of a list, that are taken.
LONGEST_TEXT, MOST_ENTRIES = 4000, 40


class ArgumentForm(StrEnum):
    """What a value can be."""

    TEXT = "text"
    TEXTS = "texts"
    WHOLE = "whole"
    FLAG = "flag"
    AMOUNTS = "amounts"


_TYPES: Mapping[ArgumentForm, dict[str, Any]] = {
    ArgumentForm.TEXT: {"type": "string"},
    ArgumentForm.TEXTS: {"type": "array", "items": {"type": "string", "maxLength": LONGEST_TEXT}},
    ArgumentForm.WHOLE: {"type": "integer"},
    ArgumentForm.FLAG: {"type": "boolean"},
    ArgumentForm.AMOUNTS: {
        "type": "object",
        "additionalProperties": {"type": ["string", "number"], "maxLength": LONGEST_TEXT},
    },
}


@frozen(repr=False)
class Parameter(Brief):
    """A parameter of a tool.

    Attributes:
        name: that it is given by.
        told: what it says.
        form: what it can be.
        choices: the texts that it can be, where those are few.
        least, most: of a whole number; `most` also of letters, or of entries.
        required: whether it has to be given.
    """

    name: str
    told: str
    form: ArgumentForm = ArgumentForm.TEXT
    choices: Sequence[str] = field(default=(), kw_only=True)
    least: int = field(default=0, kw_only=True)
    most: int | None = field(default=None, kw_only=True)
    required: bool = field(default=False, kw_only=True)

    @property
    def limit(self) -> int:
        """The most of what it can be."""
        if self.most is not None:
            return self.most
        usual = {ArgumentForm.TEXT: LONGEST_TEXT, ArgumentForm.WHOLE: 10**9}
        return usual.get(self.form, MOST_ENTRIES)

    def schema(self, language: str) -> dict[str, Any]:
        """Its JSON Schema, with what it says in a language."""
        bounds: dict[ArgumentForm, dict[str, Any]] = {
            ArgumentForm.TEXT: {"maxLength": self.limit},
            ArgumentForm.TEXTS: {"maxItems": self.limit},
            ArgumentForm.WHOLE: {"minimum": self.least, "maximum": self.limit},
            ArgumentForm.AMOUNTS: {"maxProperties": self.limit},
        }
        chosen = {"enum": list(self.choices)} if self.choices else bounds.get(self.form, {})
        return {**_TYPES[self.form], **chosen, "description": message_text(self.told, language)}

    def check(self, value: Any) -> Any:
        """The value, if it is one that can be given.

        Raises:
            InvalidValue: it is of another type, or there is too much of it.
            UnknownCode: it is none of the choices.

        Examples:
            >>> Parameter("year", "", ArgumentForm.WHOLE, most=9999).check(2018)
            2018
            >>> Parameter("year", "", ArgumentForm.WHOLE, most=9999).check("2018")
            Traceback (most recent call last):
            ...
            bajio.errors.InvalidValue: year='2018': give a whole number from 0 to 9999
        """
        if not self._fits(value):
            raise InvalidValue(f"{self.name}={shown(value)}: give {self._wanted()}")
        if self.choices and value not in self.choices:
            raise UnknownCode(
                self.name, value, self.choices, f"it can be {', '.join(self.choices)}"
            )
        return value

    def _fits(self, value: Any) -> bool:
        if self.form is ArgumentForm.FLAG:
            return isinstance(value, bool)
        if self.form is ArgumentForm.WHOLE:
            is_whole = isinstance(value, int) and not isinstance(value, bool)
            return is_whole and self.least <= value <= self.limit
        if self.form is ArgumentForm.TEXT:
            return isinstance(value, str) and len(value) <= self.limit
        if self.form is ArgumentForm.TEXTS:
            return isinstance(value, list) and self._few(value) and all(map(_is_text, value))
        return (
            isinstance(value, dict)
            and self._few(value)
            and all(_is_text(amount) or _is_number(amount) for amount in value.values())
        )

    def _few(self, values: Any) -> bool:
        return len(values) <= self.limit

    def _wanted(self) -> str:
        return {
            ArgumentForm.TEXT: f"a text of up to {self.limit} letters",
            ArgumentForm.TEXTS: f"a list of up to {self.limit} texts",
            ArgumentForm.WHOLE: f"a whole number from {self.least} to {self.limit}",
            ArgumentForm.FLAG: "true or false",
            ArgumentForm.AMOUNTS: f"an object of up to {self.limit} indicators with an amount each",
        }[self.form]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def checked(parameters: Iterable[Parameter], arguments: object) -> dict[str, Any]:
    """Arguments as they were given, each checked.

    Raises:
        InvalidValue: one is wrong, or lacking.
        UnknownCode: there is no such parameter.
    """
    if not isinstance(arguments, Mapping):
        raise InvalidValue("the arguments are no object: give each by its name")
    known = {parameter.name: parameter for parameter in parameters}
    for name in arguments:
        if name not in known:
            close = nearest(str(name), known)
            advice = "" if close else f"there are {', '.join(map(repr, known))}"
            raise UnknownCode("parameter", str(name), known, advice)
    for parameter in known.values():
        if parameter.required and arguments.get(parameter.name) is None:
            raise InvalidValue(f"{parameter.name} is lacking: {parameter.told}")
    return {
        name: known[name].check(value) for name, value in arguments.items() if value is not None
    }
