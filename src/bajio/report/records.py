"""Records: what an answer is made of, declared once for JSON, its schema, CSV and tables.

A column names the kind of its values, and the kind knows how each format writes them. So the
declaration of an answer's columns gives its data, the JSON Schema of these and the header of CSV
without an answer at hand, whatever an answer happens to hold.

Kinds are plain classes: there is one object of each, made at import, and none is compared.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self

from attrs import field, frozen

from bajio.brief import Brief
from bajio.words.phrasebook import phrasebook, say

if TYPE_CHECKING:
    from bajio.registry import Registry

#: A text, or what words it in a language.
Text = str | Callable[[str], str]
#: What a column gives in the place of a value whose key is to be left out of JSON.
ABSENT = object()


def said(text: Text, language: str) -> str:
    """A text in a language.

    Examples:
        >>> said("Km", "es"), said(str.upper, "es")
        ('Km', 'ES')
    """
    return text if isinstance(text, str) else text(language)


def key_name(key: str, language: str) -> str:
    """What a key of an answer is called in a language; as it is where there are no words of it."""
    phrase = f"entry.{key}"
    words = say(phrase, language) if phrase in phrasebook(language).phrases else key
    return words.replace("_", " ")


@frozen(eq=False, repr=False)
class Voice(Brief):
    """How values are told: in which language, and by which names.

    Attributes:
        language: `en` or `es`.
        registry: what knows the names of areas and regions, for an answer that has some.
    """

    language: str = "en"
    registry: "Registry | Any" = field(default=None, repr=False)


class ValueKind:
    """How the values of a column are written; by itself: as they are, and as `str` in words.

    What is a number says by `exact` which one it is, whatever its words round it to. A kind
    `| None` is that of values of which there may be none.

    Attributes:
        of: what it is made of: the JSON Schema of its values, or other kinds.
        words: a value as a table shows it.
        right: whether a table sets it right.
        exact: the exact number that its words tell, or what has two ends; `None` of what is none.
        may_lack: whether there may be none.
    """

    may_lack = False

    def __init__(
        self,
        of: Any,
        data: Callable[[Any, Voice], Any] | None = None,
        words: Callable[[Any, Voice], str] | None = None,
        *,
        right: bool = False,
        exact: Callable[[Any], Any] | None = None,
    ) -> None:
        self.of = of
        self.words = words or self._in_words
        self.right = right
        self.exact = exact
        self._data = data

    def __or__(self, other: None) -> Self:
        kind = object.__new__(type(self))
        vars(kind).update(vars(self), may_lack=True)
        return kind

    @property
    def schema(self) -> Mapping[str, Any]:
        """What JSON holds of a value, as JSON Schema."""
        result = self._schema()
        if not self.may_lack:
            return result
        if isinstance(result.get("type"), str) and not isinstance(self, Record):
            return {**result, "type": [result["type"], "null"]}
        return {"anyOf": [result, {"type": "null"}]}

    def data(self, value: Any, voice: Voice) -> Any:
        """A value as JSON holds it; `None` where there is none."""
        return None if value is None else self._written(value, voice)

    def header(self, key: str, codes: Sequence[str]) -> list[str]:
        """The columns that CSV has of a value.

        Args:
            key: its name.
            codes: those of the indicators that were asked for, where columns are named by them.
        """
        del codes
        return [key]

    def cells(self, key: str, data: Any) -> Iterator[tuple[str, Any]]:
        """The cells that CSV has of a value, by column, from what JSON holds."""
        yield key, data

    def _schema(self) -> Mapping[str, Any]:
        schema: Mapping[str, Any] = self.of
        return schema

    def _written(self, value: Any, voice: Voice) -> Any:
        return value if self._data is None else self._data(value, voice)

    def _in_words(self, value: Any, voice: Voice) -> str:
        del voice
        return str(value)


class WordOf(ValueKind):
    """One of a few words."""

    def _schema(self) -> Mapping[str, Any]:
        return {"enum": [str(word) for word in self.of]}

    def _written(self, value: Any, voice: Voice) -> Any:
        del voice
        return str(value)


class ListOf(ValueKind):
    """Values of one kind; in CSV joined by `;`, unless they are records, which it leaves out."""

    def _schema(self) -> Mapping[str, Any]:
        return {"type": "array", "items": self.of.schema}

    def _written(self, value: Any, voice: Voice) -> Any:
        return [self.of.data(one, voice) for one in value]

    def _in_words(self, value: Any, voice: Voice) -> str:
        return ", ".join(self.of.words(one, voice) for one in value)

    def header(self, key: str, codes: Sequence[str]) -> list[str]:
        """One column."""
        del codes
        return [] if isinstance(self.of, Record | OneOf) else [key]

    def cells(self, key: str, data: Any) -> Iterator[tuple[str, Any]]:
        """One cell."""
        if not isinstance(self.of, Record | OneOf):
            yield key, ";".join(map(str, data))


class PairOf(ListOf):
    """Two values of one kind."""

    def _schema(self) -> Mapping[str, Any]:
        return {**super()._schema(), "minItems": 2, "maxItems": 2}


class MappingOf(ValueKind):
    """Values of one kind by code; in CSV `code=value` joined by `;`."""

    def _schema(self) -> Mapping[str, Any]:
        return {"type": "object", "additionalProperties": self.of.schema}

    def _written(self, value: Any, voice: Voice) -> Any:
        return {code: self.of.data(one, voice) for code, one in value.items()}

    def _in_words(self, value: Any, voice: Voice) -> str:
        return "; ".join(f"{code}: {self.of.words(one, voice)}" for code, one in value.items())

    def cells(self, key: str, data: Any) -> Iterator[tuple[str, Any]]:
        """One cell."""
        yield key, ";".join(f"{code}={value}" for code, value in data.items())


class ColumnsOf(MappingOf):
    """Values of one kind by code; in CSV a column a code."""

    def __init__(self, of: ValueKind, name: str = "{}") -> None:
        """Declare it.

        Args:
            of: the kind of its values.
            name: what CSV calls the column of a code, the code being `{}`.
        """
        super().__init__(of)
        self._name = name

    def header(self, key: str, codes: Sequence[str]) -> list[str]:
        """A column a code."""
        del key
        return [self._name.format(code) for code in codes]

    def cells(self, key: str, data: Any) -> Iterator[tuple[str, Any]]:
        """A cell a code."""
        del key
        yield from ((self._name.format(code), value) for code, value in data.items())


class Inline(ValueKind):
    """A value that lies among the others of its record, in one of several ways.

    Each way is a mapping of the keys that go together then, with their kinds.
    """

    @property
    def parts(self) -> Mapping[str, ValueKind]:
        """All of its keys, with their kinds."""
        return {key: kind for way in self.of for key, kind in way.items()}

    @property
    def alternatives(self) -> list[dict[str, Any]]:
        """Each way as JSON Schema: its keys, and none of the others."""
        return [
            {
                "required": list(way),
                "properties": {key: False for key in self.parts if key not in way},
            }
            for way in self.of
        ]

    def data(self, value: Any, voice: Voice) -> Any:
        """Its keys with their values, also where there is none."""
        return self._written(value, voice)

    def header(self, key: str, codes: Sequence[str]) -> list[str]:
        """A column a key."""
        del key, codes
        return list(self.parts)

    def cells(self, key: str, data: Any) -> Iterator[tuple[str, Any]]:
        """A cell a key, from the record that it lies in."""
        del key
        yield from ((name, data.get(name)) for name in self.parts)


class OneOf(ValueKind):
    """Values of several kinds, told apart by the names of their classes, which stay unloaded."""

    def _schema(self) -> Mapping[str, Any]:
        return {"anyOf": [kind.schema for kind in self.of.values()]}

    def _written(self, value: Any, voice: Voice) -> Any:
        return self.of[type(value).__name__].data(value, voice)


class Column:
    """One thing that is told of each row.

    Attributes:
        key: what JSON and CSV call it.
        label: what stands above it in a table, by default that of its heading, a word of the
            phrase books; what is in no table has none.
        kind: what its values are.
        value: what a row has of it; the attribute of that name, if not given.
        absent: what a table shows where there is none.
        optional: whether JSON has the key only where it was asked for.
    """

    def __init__(
        self,
        key: str,
        kind: ValueKind,
        value: Callable[[Any], Any] | None = None,
        label: Text = "",
        *,
        heading: str = "",
        absent: str = "",
        optional: bool = False,
    ) -> None:
        self.key = key
        self.kind = kind
        self.value = attrgetter(key) if value is None else value
        self.label = partial(say, f"column.{heading}") if heading else label
        self.absent = absent
        self.optional = optional

    def labelled(self, label: Text) -> "Column":
        """The same under another label."""
        return Column(self.key, self.kind, self.value, label, absent=self.absent)

    def through(self, part: Callable[[Any], Any]) -> "Column":
        """The same of a row that has what it is told of as a part."""
        own_value = self.value
        return Column(
            self.key,
            self.kind,
            lambda row: own_value(part(row)),
            self.label,
            absent=self.absent,
            optional=self.optional,
        )

    def words(self, value: Any, voice: Voice) -> str:
        """A value of it in words."""
        if value is None:
            return self.absent
        return value if isinstance(value, str) else self.kind.words(value, voice)

    def exact(self, value: Any) -> Any:
        """The exact number that its words tell, or what has two ends; `None` of what is none."""
        told = self.kind.exact
        return None if told is None or value is None or isinstance(value, str) else told(value)


class Record(ValueKind):
    """Values by name: an object of JSON; a row of CSV, or some columns of one.

    In words it is the first of them, with the others in brackets, unless it is told how.
    """

    def __init__(
        self,
        *columns: Column,
        words: Callable[[Any, Voice], str] | None = None,
        exact: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__(columns, words=words, exact=exact)
        self.columns = columns

    def _schema(self) -> Mapping[str, Any]:
        spread = [column.kind for column in self.columns if isinstance(column.kind, Inline)]
        ways = [kind.alternatives for kind in spread]
        plain = [column for column in self.columns if not isinstance(column.kind, Inline)]
        properties = {one.key: one.kind.schema for one in plain}
        return {
            "type": "object",
            "properties": {
                **properties,
                **{key: part.schema for kind in spread for key, part in kind.parts.items()},
            },
            "required": [one.key for one in plain if not one.optional],
            "additionalProperties": False,
            **({"allOf": [{"oneOf": way} for way in ways]} if ways else {}),
        }

    def _written(self, value: Any, voice: Voice) -> Any:
        data: dict[str, Any] = {}
        for column in self.columns:
            own = column.value(value)
            if isinstance(column.kind, Inline):
                data |= column.kind.data(own, voice)
            elif own is not ABSENT:
                data[column.key] = column.kind.data(own, voice)
        return data

    def _in_words(self, value: Any, voice: Voice) -> str:
        (_, first), *others = self.data(value, voice).items()
        details = ", ".join(
            f"{key_name(key, voice.language)} {other}" for key, other in others if other is not None
        )
        return f"{first} ({details})" if details else str(first)

    def header(self, key: str, codes: Sequence[str]) -> list[str]:
        """The columns of each of its values, after its own name if it has one."""
        names = [name for column in self.columns for name in column.kind.header(column.key, codes)]
        return [f"{key}_{name}" if key else name for name in names]

    def cells(self, key: str, data: Any) -> Iterator[tuple[str, Any]]:
        """The cells of each of its values."""
        for column in self.columns:
            cell_data = data if isinstance(column.kind, Inline) else data.get(column.key)
            if cell_data is not None:
                for name, cell in column.kind.cells(column.key, cell_data):
                    yield (f"{key}_{name}" if key else name), cell

    def row(self, value: Any, voice: Voice) -> dict[str, Any]:
        """A value as a row of CSV."""
        return dict(self.cells("", self.data(value, voice)))

    def only(self, *keys: str) -> tuple[Column, ...]:
        """Some of its columns, in that order."""
        by_key = {column.key: column for column in self.columns}
        return tuple(by_key[key] for key in keys)
