"""Places: which areas make up each region, and what regions are compared with."""

from attrs import field, frozen

from bajio.engines.frame.backend import Frame
from bajio.rules.plan import HOST

GROUP, JOINED, LEFT, MEMBERS, MEMBER = "_group", "_joined", "_left", "_members", "_member"
#: What the names of places begin with that are hosts as the sum of their parts and of what is
#: allocated to none of them, where the table has figures of that.
EVERYTHING = "\x1feverything"


def is_host(place: str) -> bool:
    """Whether a place is the host, its own figures or the sum of what it has."""
    return place == HOST or place.startswith(EVERYTHING)


@frozen(eq=False)
class Place:
    """A place of each region: the region itself, its host, another region.

    Attributes:
        stays: the areas of each group: columns `_group` and `_area`.
        links: columns `_region` and `_group`; `None` where regions are the groups.
        dated: all stays, with columns `_joined` and `_left`, where each period has the
            composition of its own; `None` where it has not.
    """

    stays: Frame = field(repr=False)
    links: Frame | None = field(default=None, repr=False)
    dated: Frame | None = field(default=None, repr=False)

    def dated_groups(self) -> Frame:
        """The groups of dated stays."""
        assert self.dated is not None
        return self.dated.select(GROUP).unique()
