"""Classifications: what a measure is broken down by, as categories that nest."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from bajio.brief import Brief
from bajio.errors import InvalidData, UnknownCode, shown
from bajio.labels import Label, as_label

LEAVES = "leaves"


class InvalidCategory(InvalidData):
    """A category that cannot be right, and where it stands among those of its classification."""

    def __init__(
        self, classification: str, problem: str, position: int, column: str = "code"
    ) -> None:
        super().__init__(f"{classification}: {problem}")
        self.at = position
        self.of_column = column


@frozen(repr=False)
class Category(Brief):
    """One category of a classification.

    Attributes:
        code: as the observations have it.
        label: what it is called, by language.
        parent: code of the category that it is part of; empty for one of the highest.
    """

    code: str
    label: Label = field(converter=as_label)
    parent: str = ""


def _categories(values: Iterable[Category]) -> tuple[Category, ...]:
    return tuple(values)


@frozen(repr=False)
class Classification(Brief):
    """Categories that nest, as those of an industry classification.

    Attributes:
        code: kebab-case name.
        categories: in the order in which they are shown.
        total: the category that the leaves add up to, where figures have one; what lies beside
            it, as taxes beside value added, is no leaf.

    Examples:
        >>> goods, services = Category("1", "Goods", "all"), Category("2", "Services", "all")
        >>> crops, mines = Category("11", "Crops", "1"), Category("12", "Mines", "1")
        >>> every = [Category("all", "All"), goods, crops, mines, services]
        >>> sectors = Classification("sectors", every, "all")
        >>> sectors.level("leaves"), sectors.level("all"), sectors.above("12")
        (('11', '12', '2'), ('1', '2'), ('1', 'all'))
    """

    code: str
    categories: tuple[Category, ...] = field(converter=_categories)
    total: str = ""
    _by_code: Mapping[str, Category] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        by_code = {category.code: category for category in self.categories}
        object.__setattr__(self, "_by_code", by_code)
        seen: set[str] = set()
        for position, one in enumerate(self.categories):
            if one.code in seen:
                raise InvalidCategory(self.code, f"{shown(one.code)} is given twice", position)
            if one.parent and one.parent not in by_code:
                problem = f"the parent {shown(one.parent)} is no category"
                raise InvalidCategory(self.code, problem, position, "parent")
            seen.add(one.code)
        self._check_nested()
        if self.total and self.total not in by_code:
            raise InvalidData(f"{self.code}: the total {self.total!r} is no category")

    def _check_nested(self) -> None:
        """Refuse categories that are parts of themselves."""
        sound: set[str] = {""}
        for position, category in enumerate(self.categories):
            line: dict[str, None] = {}
            code = category.code
            while code not in sound:
                if code in line:
                    problem = f"{shown(code)} is part of itself"
                    raise InvalidCategory(self.code, problem, position, "parent")
                line[code] = None
                code = self._by_code[code].parent
            sound.update(line)

    def __getitem__(self, code: str) -> Category:
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownCode(f"category of {self.code}", code, self._by_code) from None

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def level(self, name: str) -> tuple[str, ...]:
        """The categories of a level, which do not overlap: `leaves`, or a category's children.

        Raises:
            UnknownCode: neither.
        """
        if name == LEAVES:
            parents = {category.parent for category in self.categories}
            leaves = [category.code for category in self.categories if category.code not in parents]
            return tuple(
                code for code in leaves if not self.total or self.total in self.above(code)
            )
        self[name]
        return tuple(category.code for category in self.categories if category.parent == name)

    def above(self, code: str) -> tuple[str, ...]:
        """The categories that one is part of, the nearest first.

        Raises:
            UnknownCode: it is none.
        """
        result: list[str] = []
        while parent := self[code].parent:
            result.append(parent)
            code = parent
        return tuple(result)
