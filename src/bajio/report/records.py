"""Records: what an answer is made of, declared once for JSON, its schema, CSV and tables.

A column names the kind of its values, and the kind knows how each format writes them. So the
declaration of an answer's columns gives its data, the JSON Schema of these and the header of CSV
without an answer at hand, whatever an answer happens to hold.

Kinds are plain classes: there is one object of each, made at import, and none is compared.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

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
        registry: what knows the names of areas and regions.
    """

    language: str = "en"
    registry: "Registry | None" = field(default=None, repr=False)

    @property
    def known(self) -> "Registry":
        """The registry, of an answer that has one."""
        assert self.registry is not None
        return self.registry


class ValueKind:
    """How the values of a column are written; by itself: as they are, and as `str` in words.

    What is a number says by `exact` which one it is, whatever its words round it to.

    Attributes:
        right: whether a table sets it right.
    """

    def __init__(
        self,
        schema: Mapping[str, Any],
        data: Callable[[Any, Voice], Any] | None = None,
        words: Callable[[Any, Voice], str] | None = None,
        *,
        right: bool = False,
        exact: Callable[[Any], Any] | None = None,
    ) -> None:
        self._schema = schema
        self.right = right
        self._exact = exact
        self._data = data
        self._words = words

    @property
    def schema(self) -> Mapping[str, Any]:
        """What JSON holds of a value, as JSON Schema."""
        return self._schema

    def data(self, value: Any, voice: Voice) -> Any:
        """A value as JSON holds it; `None` where there is none."""
        return value if value is None or self._data is None else self._data(value, voice)

    def words(self, value: Any, voice: Voice) -> str:
        """A value as a table shows it; what is text already stays, as the word for all rows."""
        return str(value) if self._words is None else self._words(value, voice)

    def exact(self, value: Any) -> Any:
        """The exact number that the words tell, or what has two ends; `None` of what is none."""
        return None if self._exact is None else self._exact(value)

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


class Nullable(ValueKind):
    """Values of a kind, or none."""

    def __init__(self, kind: ValueKind) -> None:
        super().__init__({}, right=kind.right)
        self.kind = kind

    @property
    def schema(self) -> Mapping[str, Any]:
        """That of its kind, or null."""
        one = self.kind.schema
        if isinstance(one.get("type"), str) and not isinstance(self.kind, Record):
            return {**one, "type": [one["type"], "null"]}
        return {"anyOf": [one, {"type": "null"}]}

    def data(self, value: Any, voice: Voice) -> Any:
        """A value as its kind writes it."""
        return None if value is None else self.kind.data(value, voice)

    def words(self, value: Any, voice: Voice) -> str:
        """A value as its kind tells it."""
        return self.kind.words(value, voice)

    def exact(self, value: Any) -> Any:
        """That of its kind."""
        return self.kind.exact(value)

    def header(self, key: str, codes: Sequence[str]) -> list[str]:
        """Those of its kind."""
        return self.kind.header(key, codes)

    def cells(self, key: str, data: Any) -> Iterator[tuple[str, Any]]:
        """Those of its kind, if there is a value."""
        return iter(()) if data is None else self.kind.cells(key, data)


class ListOf(ValueKind):
    """Values of one kind; in CSV joined by `;`, unless they are records, which it leaves out."""

    def __init__(self, item: ValueKind, count: int | None = None) -> None:
        """Declare it: of so many values, if their number is fixed."""
        super().__init__({})
        self.item = item
        self.count = count

    @property
    def schema(self) -> Mapping[str, Any]:
        """An array of them."""
        bounds = {} if self.count is None else {"minItems": self.count, "maxItems": self.count}
        return {"type": "array", "items": self.item.schema, **bounds}

    def data(self, value: Any, voice: Voice) -> Any:
        """Each as JSON holds it."""
        return [self.item.data(one, voice) for one in value]

    def words(self, value: Any, voice: Voice) -> str:
        """Each in words."""
        return ", ".join(self.item.words(one, voice) for one in value)

    def header(self, key: str, codes: Sequence[str]) -> list[str]:
        """One column."""
        del codes
        return [] if isinstance(self.item, Record | OneOf) else [key]

    def cells(self, key: str, data: Any) -> Iterator[tuple[str, Any]]:
        """One cell."""
        if not isinstance(self.item, Record | OneOf):
            yield key, ";".join(map(str, data))


class MappingOf(ValueKind):
    """Values of one kind by code; in CSV `code=value` joined by `;`, or a column a code."""

    def __init__(self, item: ValueKind, column: str = "") -> None:
        """Declare it.

        Args:
            item: the kind of its values.
            column: what CSV calls the column of a code, the code being `{}`.
        """
        super().__init__({})
        self.item = item
        self.column = column

    @property
    def schema(self) -> Mapping[str, Any]:
        """An object whose keys are codes."""
        return {"type": "object", "additionalProperties": self.item.schema}

    def data(self, value: Any, voice: Voice) -> Any:
        """Each as JSON holds it, by code."""
        return {code: self.item.data(one, voice) for code, one in value.items()}

    def words(self, value: Any, voice: Voice) -> str:
        """Each in words, behind its code."""
        return "; ".join(f"{code}: {self.item.words(one, voice)}" for code, one in value.items())

    def header(self, key: str, codes: Sequence[str]) -> list[str]:
        """A column a code, or one."""
        return [self.column.format(code) for code in codes] if self.column else [key]

    def cells(self, key: str, data: Any) -> Iterator[tuple[str, Any]]:
        """A cell a code, or one."""
        if self.column:
            yield from ((self.column.format(code), value) for code, value in data.items())
        else:
            yield key, ";".join(f"{code}={value}" for code, value in data.items())


class Inline(ValueKind):
    """A value that lies among the others of its record, under keys of its own.

    Attributes:
        parts: the schemas of its keys.
        ways: the keys that go together.
    """

    def __init__(
        self,
        parts: Mapping[str, Mapping[str, Any]],
        ways: Sequence[Sequence[str]],
        data: Callable[[Any, Voice], Mapping[str, Any]],
        words: Callable[[Any, Voice], str],
    ) -> None:
        super().__init__({}, data, words, right=True, exact=lambda value: value)
        self.parts = parts
        self.ways = ways

    @property
    def alternatives(self) -> list[dict[str, Any]]:
        """Each way as JSON Schema: its keys, and none of the others."""
        return [
            {
                "required": list(keys),
                "properties": {key: False for key in self.parts if key not in keys},
            }
            for keys in self.ways
        ]

    def data(self, value: Any, voice: Voice) -> Any:
        """Its keys with their values, also where there is none."""
        assert self._data is not None
        return self._data(value, voice)

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

    def __init__(self, kinds: Mapping[str, ValueKind]) -> None:
        super().__init__({})
        self.kinds = kinds

    @property
    def schema(self) -> Mapping[str, Any]:
        """Any of them."""
        return {"anyOf": [kind.schema for kind in self.kinds.values()]}

    def data(self, value: Any, voice: Voice) -> Any:
        """A value as its kind writes it."""
        return self.kinds[type(value).__name__].data(value, voice)


class Column:
    """One thing that is told of each row.

    Attributes:
        key: what JSON and CSV call it.
        label: what stands above it in a table; what is in no table has none.
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
        absent: str = "",
        optional: bool = False,
    ) -> None:
        self.key = key
        self.kind = kind
        self.value = attrgetter(key) if value is None else value
        self.label = label
        self.absent = absent
        self.optional = optional

    def labelled(self, label: Text) -> "Column":
        """The same under another label."""
        return Column(self.key, self.kind, self.value, label, absent=self.absent)

    def through(self, part: Callable[[Any], Any]) -> "Column":
        """The same of a row that has what it is told of as a part."""
        own = self.value
        return Column(
            self.key,
            self.kind,
            lambda row: own(part(row)),
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
        return None if value is None or isinstance(value, str) else self.kind.exact(value)


class Record(ValueKind):
    """Values by name: an object of JSON; a row of CSV, or some columns of one."""

    def __init__(
        self,
        *columns: Column,
        words: Callable[[Any, Voice], str] | None = None,
        exact: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__({}, words=words, exact=exact)
        self.columns = columns

    @property
    def schema(self) -> Mapping[str, Any]:
        """An object with its keys and no others."""
        spread = [one.kind for one in self.columns if isinstance(one.kind, Inline)]
        ways = [kind.alternatives for kind in spread]
        plain = [one for one in self.columns if not isinstance(one.kind, Inline)]
        properties = {one.key: one.kind.schema for one in plain}
        return {
            "type": "object",
            "properties": {
                **properties,
                **{k: v for kind in spread for k, v in kind.parts.items()},
            },
            "required": [one.key for one in plain if not one.optional],
            "additionalProperties": False,
            **({"allOf": [{"oneOf": way} for way in ways]} if ways else {}),
        }

    def data(self, value: Any, voice: Voice) -> Any:
        """Its values by key."""
        data: dict[str, Any] = {}
        for column in self.columns:
            own = column.value(value)
            if isinstance(column.kind, Inline):
                data |= column.kind.data(own, voice)
            elif own is not ABSENT:
                data[column.key] = column.kind.data(own, voice)
        return data

    def words(self, value: Any, voice: Voice) -> str:
        """As its own way has it, or the first of its values with the others in brackets."""
        if self._words is not None:
            return self._words(value, voice)
        (_, first), *others = self.data(value, voice).items()
        details = ", ".join(
            f"{key_name(key, voice.language)} {other}" for key, other in others if other is not None
        )
        return f"{first} ({details})" if details else str(first)

    def header(self, key: str, codes: Sequence[str]) -> list[str]:
        """The columns of each of its values, after its own name if it has one."""
        names = [name for one in self.columns for name in one.kind.header(one.key, codes)]
        return [f"{key}_{name}" if key else name for name in names]

    def cells(self, key: str, data: Any) -> Iterator[tuple[str, Any]]:
        """The cells of each of its values."""
        for column in self.columns:
            spread = isinstance(column.kind, Inline)
            if spread or column.key in data:
                own = data if spread else data[column.key]
                for name, cell in column.kind.cells(column.key, own):
                    yield (f"{key}_{name}" if key else name), cell

    def row(self, value: Any, voice: Voice) -> dict[str, Any]:
        """A value as a row of CSV."""
        return dict(self.cells("", self.data(value, voice)))

    def only(self, *keys: str) -> tuple[Column, ...]:
        """Some of its columns, in that order."""
        by_key = {column.key: column for column in self.columns}
        return tuple(by_key[key] for key in keys)
