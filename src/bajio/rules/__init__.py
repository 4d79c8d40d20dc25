"""The constructors of rules, and what one needs to write a constructor of one's own.

Each name is loaded when it is first asked for. A constructor is a class that says of itself what
there is to say (see `bajio.rules.rule`), and one line here.
"""

from typing import TYPE_CHECKING

from bajio.deferred import deferred

if TYPE_CHECKING:
    from bajio.rules.axes import Across, By, Categories, Stack
    from bajio.rules.custom import Custom, Member
    from bajio.rules.functions import Absolute, Entropy, Logarithm, Root
    from bajio.rules.members import Average, Best, OverMembers, Worst
    from bajio.rules.nodes import (
        At,
        Convert,
        Deflate,
        Growth,
        Lag,
        Maximum,
        Mean,
        Minimum,
        Over,
        Share,
        Sum,
        WeightedMean,
    )
    from bajio.rules.promises import Trait
    from bajio.rules.regression import Elasticity, ElasticityError, HalfLife
    from bajio.rules.rule import Arithmetic, Number, Rule
    from bajio.rules.spread import (
        Atkinson,
        Decomposable,
        Gini,
        Hoover,
        LogDeviation,
        Ratio,
        Spread,
        TheilL,
        TheilT,
        Variation,
    )

#: The constructors that rules are written with, as code and as data, with the module of each.
CONSTRUCTORS = {
    "Number": "rule",
    "Arithmetic": "rule",
    "Sum": "nodes",
    "WeightedMean": "nodes",
    "Mean": "nodes",
    "Minimum": "nodes",
    "Maximum": "nodes",
    "Lag": "nodes",
    "Over": "nodes",
    "Growth": "nodes",
    "Share": "nodes",
    "Convert": "nodes",
    "Deflate": "nodes",
    "At": "nodes",
    "Across": "axes",
    "By": "axes",
    "Stack": "axes",
    "Categories": "axes",
    "Absolute": "functions",
    "Logarithm": "functions",
    "Entropy": "functions",
    "Root": "functions",
    "Best": "members",
    "Worst": "members",
    "Average": "members",
    "Elasticity": "regression",
    "ElasticityError": "regression",
    "HalfLife": "regression",
    "Gini": "spread",
    "TheilT": "spread",
    "TheilL": "spread",
    "Atkinson": "spread",
    "Variation": "spread",
    "Hoover": "spread",
    "LogDeviation": "spread",
    "Ratio": "spread",
}
#: What else there is: code, the roots of constructors of one's own, and what they promise.
_OTHERS = {
    "Custom": "custom",
    "Member": "custom",
    "Rule": "rule",
    "OverMembers": "members",
    "Spread": "spread",
    "Decomposable": "spread",
    "Trait": "promises",
}
_HOMES = CONSTRUCTORS | _OTHERS

__all__ = [  # in full, since type checkers read it
    "Absolute",
    "Across",
    "Arithmetic",
    "At",
    "Atkinson",
    "Average",
    "Best",
    "By",
    "Categories",
    "Convert",
    "Custom",
    "Decomposable",
    "Deflate",
    "Elasticity",
    "ElasticityError",
    "Entropy",
    "Gini",
    "Growth",
    "HalfLife",
    "Hoover",
    "Lag",
    "LogDeviation",
    "Logarithm",
    "Maximum",
    "Mean",
    "Member",
    "Minimum",
    "Number",
    "Over",
    "OverMembers",
    "Ratio",
    "Root",
    "Rule",
    "Share",
    "Spread",
    "Stack",
    "Sum",
    "TheilL",
    "TheilT",
    "Trait",
    "Variation",
    "WeightedMean",
    "Worst",
]


if not TYPE_CHECKING:  # else a type checker would take any name for one that is here
    __getattr__, __dir__, _ = deferred(
        __name__, {name: f"{__name__}.{home}" for name, home in _HOMES.items()}
    )
