"""Labels: what a thing is called, by language."""

from collections.abc import Iterator, Mapping
from unicodedata import normalize

from bajio.arguments import as_pairs, as_text
from bajio.errors import InvalidValue, shown


class Label(Mapping[str, str]):
    """An immutable mapping of language code to text, English being the fallback.

    Examples:
        >>> name = Label({"en": "Mexico City", "es": "Ciudad de México"})
        >>> name["es"], name.text("fr"), str(name)
        ('Ciudad de México', 'Mexico City', 'Mexico City')
        >>> Label("Area") == Label({"en": "Area"})
        True
    """

    __slots__ = ("_texts",)
    _texts: tuple[tuple[str, str], ...]

    def __init__(self, texts: Mapping[str, str] | str) -> None:
        pairs = {"en": texts} if isinstance(texts, str) else as_pairs(texts, "texts by language")
        if not pairs or not all(as_text(text, "a label") for text in pairs.values()):
            raise InvalidValue(f"a label needs a text in each of its languages, not {shown(texts)}")
        object.__setattr__(self, "_texts", tuple(sorted(pairs.items())))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a label is immutable: cannot set {name!r}")

    def __reduce__(self) -> tuple[type["Label"], tuple[dict[str, str]]]:
        return Label, (dict(self._texts),)

    def __getitem__(self, language: str) -> str:
        for known, text in self._texts:
            if known == language:
                return text
        raise KeyError(language)

    def __iter__(self) -> Iterator[str]:
        return (language for language, _ in self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(self._texts)

    def __str__(self) -> str:
        return self.text("en")

    def __repr__(self) -> str:
        return f"Label({dict(self._texts)!r})"

    def text(self, language: str) -> str:
        """The text in a language; in English, or else in any, where it has none."""
        texts = dict(self._texts)
        return texts.get(language) or texts.get("en") or self._texts[0][1]


def as_label(value: Label | Mapping[str, str] | str) -> Label:
    """The label itself, or one made of texts by language or of an English text."""
    return value if isinstance(value, Label) else Label(value)


def unaccented(name: str) -> str:
    """A name as it is sorted and looked for: without accents and capitals.

    Examples:
        >>> unaccented("Querétaro")
        'queretaro'
    """
    return normalize("NFD", name).encode("ascii", "ignore").decode().casefold()
