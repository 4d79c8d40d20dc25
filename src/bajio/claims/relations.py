"""Relations: how a claim binds a printed number, or other areas, to what it is about."""

from enum import StrEnum


class Relation(StrEnum):
    """How a claim binds its subject to a number, to other areas, or its own numbers together.

    The first nine open a printed number ("over 12.4 million"), the others compare.
    """

    EQUALS = "equals"
    ABOUT = "about"
    OVER = "over"
    A_LITTLE_OVER = "a-little-over"
    AT_LEAST = "at-least"
    UNDER = "under"
    ALMOST = "almost"
    AT_MOST = "at-most"
    BETWEEN = "between"
    EXCEEDS = "exceeds"
    NEAR = "near"
    TOP = "top"
    SHARE_OF = "share-of"
    SUM_OF = "sum-of"
    MEAN_OF = "mean-of"
    TIMES = "times"


class About(StrEnum):
    """What a number tells of a quantity: how much it is, or how it changed since a year."""

    LEVEL = "level"
    ABSOLUTE = "absolute"
    PERCENT = "percent"
    POINTS = "points"
    MULTIPLE = "multiple"


#: Relations of the subject's figure to one printed number.
OF_A_NUMBER = frozenset(
    {
        Relation.EQUALS,
        Relation.ABOUT,
        Relation.OVER,
        Relation.A_LITTLE_OVER,
        Relation.AT_LEAST,
        Relation.UNDER,
        Relation.ALMOST,
        Relation.AT_MOST,
        Relation.BETWEEN,
    }
)
