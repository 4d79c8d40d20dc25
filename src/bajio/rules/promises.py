"""The traits that a rule can have, and an indicator's author can promise."""

from enum import StrEnum


class Trait(StrEnum):
    """What a rule is like; most follow from its nodes, a custom rule's author promises them."""

    ADDITIVE = "additive"
    """Values of disjoint regions add up to that of their union."""
    OF_TOTALS = "of-totals"
    """It depends on the members' totals only: dividing a member changes nothing."""
    INTERNAL = "internal"
    """It lies between the least and the greatest of its members' own values."""
    REPLICATION_INVARIANT = "replication-invariant"
    """Copies of all members leave it as it was."""
    SCALE_INVARIANT = "scale-invariant"
    """Multiplying the figures of one measure everywhere leaves it as it was."""
    MONOTONE = "monotone"
    """Adding a member never lowers it."""
    SHARE = "share"
    """Over a partition of the host, its values add up to one."""
    SPREAD = "spread"
    """It says how much members differ: zero where they are alike, of no scale, the same for copies
    of all members, and no greater where a richer member gives to a poorer one."""
    FRACTION = "fraction"
    """It lies between zero and one, whatever the figures are."""
    NOMINAL = "nominal"
    """It grows with prices, and says so."""


#: What a trait brings with it.
IMPLIED = {Trait.SPREAD: frozenset({Trait.REPLICATION_INVARIANT, Trait.SCALE_INVARIANT})}
