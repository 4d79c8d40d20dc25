"""What a search answers: alliances, the best first, and how many were looked at."""

from fractions import Fraction

from attrs import field, frozen

from bajio.brief import Brief
from bajio.facts.observations import Exact
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.reported import Dated, Reported
from bajio.questions.results import SourceUse, plain
from bajio.questions.search.wishes import Wish
from bajio.registry import Registry


@frozen(repr=False)
class AllianceFigure(Brief):
    """An indicator's value for an alliance.

    Attributes:
        indicator: of what.
        exact: the value.
        status: weakest SDMX status of what it is made from.
        distance: from what it is to be near, relative to that; from zero in the indicator's unit;
            `None` where it is to be near nothing.
        from_zero: whether that is the distance from zero.
    """

    indicator: Indicator = field(repr=lambda indicator: repr(indicator.code))
    exact: Exact
    status: str
    distance: Fraction | None = None
    from_zero: bool = False

    @property
    def value(self) -> float:
        """The value as an int or a float."""
        return plain(self.exact)


@frozen(repr=False)
class Alliance(Brief):
    """One alliance that a search found.

    Attributes:
        members: codes of its areas, sorted.
        figures: of each indicator that was wished for, in that order.
        distance: from what it is to be near: the greatest of its figures', by which it was chosen;
            `None` where nothing was to be near.
    """

    members: tuple[str, ...]
    figures: tuple[AllianceFigure, ...] = ()
    distance: Fraction | None = None

    @property
    def farthest(self) -> AllianceFigure | None:
        """The figure whose distance is the alliance's."""
        distant = [figure for figure in self.figures if figure.distance is not None]
        return next((figure for figure in distant if figure.distance == self.distance), None)

    @property
    def region(self) -> Region:
        """The alliance as a region, for any other question."""
        return Region(self.members)


@frozen(repr=False)
class Search(Dated, Reported):
    """What a search found.

    Attributes:
        results: the best alliances, the best first.
        examined: how many sets of areas were decided on.
        optimal: whether these are for certain the best: all that there are were decided on.
        period: in SDMX notation; `None` for what has none.
        areas: codes of those that alliances are made of.
        wishes: what was asked for, with amounts in the indicators' units.
        size: the least and the greatest.
        contiguous: whether members had to border on one another.
        include, exclude: codes of areas that had to be in, and out.
        left_out: areas without a figure that is needed, and why.
        without_borders: codes of areas of which no border is known, where members had to border on
            one another: they are in no alliance of several.
        sources: what the figures come from.
        seconds: how long it took.
        registry: what is known.

    Examples:
        >>> import bajio
        >>> found = bajio.search(near={"population": 11427054}, size=4, contiguous=True, year=2018)
        >>> found.results[0].members, found.examined, found.optimal
        (('MX-COL', 'MX-GRO', 'MX-MIC', 'MX-QUE'), 612, True)
    """

    results: tuple[Alliance, ...]
    examined: int
    optimal: bool
    period: str | None
    areas: tuple[str, ...]
    wishes: tuple[Wish, ...]
    size: tuple[int, int]
    contiguous: bool
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    without_borders: tuple[str, ...]
    sources: tuple[SourceUse, ...] = field(repr=False)
    seconds: float = field(eq=False, repr=False)
    registry: Registry = field(eq=False, repr=False)
