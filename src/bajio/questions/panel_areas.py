"""Names of areas in a table of one's own: found in its column, in regions and in memberships."""

import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from bajio.arguments import as_items, as_pairs
from bajio.errors import InvalidValue, UnknownCode, shown, some
from bajio.facts.periods import whole
from bajio.facts.regions import Membership, Region
from bajio.registry.table_areas import codes_by_text

if TYPE_CHECKING:
    from bajio.engines.frame.layout import Observations
    from bajio.registry import Registry

NAMES, CODES = "names", "codes"
_MOST_TOLD = 6


class AreasRecognised(UserWarning):
    """Names of areas in a table have been taken for codes, without having been asked to."""


@frozen
class TableAreas:
    """How a table calls areas.

    Attributes:
        registry: whose areas there are.
        called: `names`, `codes`, or `None` where that is to be found.
        lazy: whether the table is a plan that has not run.
        tell: takes what has been found, where somebody listens.
    """

    registry: "Registry"
    called: str | None
    lazy: bool
    tell: Callable[[str], object] | None = None

    def regions(self, fields: Mapping[str, Any]) -> Iterator[Region]:
        """Regions by their names, each with the areas that are its members.

        Raises:
            InvalidValue: a member is no text, or a lazy table does not say how areas are called.
            AmbiguousName: a member is one of several.
        """
        for name, members in as_pairs(fields, "regions").items():
            if isinstance(members, Region):
                yield Region(members.memberships, code=name, names=members.names)
                continue
            listed = [members] if isinstance(members, str) else as_items(members, shown(name))
            if not listed:
                raise InvalidValue(f"region {shown(name)} has no members: name some")
            yield Region(list(dict.fromkeys(map(self._member, listed))), code=name)

    def _member(self, value: object) -> str | Membership:
        if isinstance(value, Membership):
            return value
        number = whole(value)
        if not isinstance(value, str) and number is None:
            raise InvalidValue(f"{shown(value)} is no area: give its name or code")
        return self.code(value if isinstance(value, str) else str(number))

    def code(self, text: str) -> str:
        """The code of what names an area; what names none is one that the table alone knows."""
        if self.called == CODES or text in self.registry.areas:
            return text
        code = self.registry.recogniser.code(text)
        if code is None or code not in self.registry.areas:
            return text
        if self.lazy and self.called is None:
            raise InvalidValue(
                f"{shown(text)} names {code}, and a lazy table is not looked at: say how it calls "
                "areas, as areas='names' or areas='codes'"
            )
        return code

    def in_column(self, table: "Observations", wanted: Collection[str]) -> Mapping[str, str]:
        """The code of each name in a table's column; none where it has codes, or is lazy.

        Where the table is said to have names, what names no area stands for itself.

        Args:
            table: the user's.
            wanted: codes of the areas that are asked for, as far as they are known.

        Raises:
            AmbiguousName: a name of an area that is asked for may be that of another one.
        """
        if self.called == CODES or (self.lazy and self.called is None):
            return {}
        texts = table.areas()
        if self.called == NAMES:
            return {text: text for text in texts} | self._named(texts, wanted)
        areas = self.registry.areas
        absent = [code for code in set(wanted) - set(texts) if code in areas]
        if not absent or all(text in areas or text in wanted for text in texts):
            return {}
        codes = {text: code for text, code in self._named(texts, wanted).items() if text != code}
        codes = {text: code for text, code in codes.items() if text not in wanted}
        if not set(codes.values()) & set(absent):
            return {}
        pairs = [f"{shown(text)} is {code}" for text, code in sorted(codes.items())]
        self._note(f"areas were recognised by name: {some(pairs, _MOST_TOLD)} (areas='names')")
        return codes

    def codes_of(self, texts: Collection[str]) -> dict[str, str]:
        """The code of each area that texts name, where they are names."""
        return self._named(texts, set())

    def _named(self, texts: Collection[str], wanted: Collection[str]) -> dict[str, str]:
        return codes_by_text(texts, self.registry.areas, wanted)

    def _note(self, text: str) -> None:
        if self.tell is not None:
            self.tell(text)
        else:
            warnings.warn(text, AreasRecognised, stacklevel=6)


def region_of(value: Any, registry: "Registry") -> Region:
    """A region; one that is made of areas of the table alone stays as it is."""
    try:
        return registry.region(value)
    except UnknownCode:
        if isinstance(value, Region):
            return value
        raise
