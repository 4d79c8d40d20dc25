"""What if this region were a country? Answered from data, exactly, with its sources.

Everything that users need is here, and each name is loaded on first use:
`import bajio` costs little more than importing attrs and pluggy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bajio.hookspecs import hookimpl
from bajio.version import __version__

if TYPE_CHECKING:
    from bajio.claims.claim import Claim, ClaimSet
    from bajio.composites import Component, Composite
    from bajio.engines.outcome import Refusal
    from bajio.errors import BajioError, Unavailable
    from bajio.facts.areas import Area, Currency
    from bajio.facts.dataset import Dataset
    from bajio.facts.measures import Measure
    from bajio.facts.observations import Observation
    from bajio.facts.regions import Charter, Membership, PeerGroup, Region
    from bajio.facts.sources import Source
    from bajio.indicator import Indicator, IndicatorSet
    from bajio.indicators.practice import (
        best_practice,
        best_practice_change,
        best_practice_total,
    )
    from bajio.questions.audit.auditing import audit
    from bajio.questions.audit.findings import Audit, Finding, Verdict
    from bajio.questions.breakdown import Breakdown
    from bajio.questions.bulk.bulk_results import Bulk, BulkResult, BulkTable
    from bajio.questions.bulk.memberships import Memberships
    from bajio.questions.catalog import (
        list_datasets,
        list_indicators,
        list_measures,
        list_peer_groups,
        list_regions,
        region,
    )
    from bajio.questions.choices import Options
    from bajio.questions.comparison import compare, series
    from bajio.questions.decomposition import Decomposition, decompose
    from bajio.questions.difference import Difference, difference
    from bajio.questions.many import evaluate_chunks, evaluate_many
    from bajio.questions.panel import evaluate_table
    from bajio.questions.profile import Profile, profile
    from bajio.questions.results import Rank, Result
    from bajio.questions.scoring import Scores, composite
    from bajio.questions.search.alliances import search
    from bajio.questions.search.answer import Alliance, Search
    from bajio.questions.sensitivity import Sensitivity, sensitivity
    from bajio.questions.single import break_down, evaluate
    from bajio.questions.specialisation import Specialisations, specialisations
    from bajio.questions.standing import rank, standings
    from bajio.readers.claim_files import read_claims
    from bajio.readers.package_writer import write_package
    from bajio.registry import Registry
    from bajio.registry.own_data import dataset, read_package
    from bajio.rules.axes import Across, By, Categories, Stack
    from bajio.rules.custom import Custom, Member
    from bajio.rules.functions import Absolute, Entropy, Logarithm, Root
    from bajio.rules.members import Average, Best, Worst
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
    from bajio.rules.rule import Rule
    from bajio.rules.spread import (
        Atkinson,
        Decomposable,
        Gini,
        Hoover,
        LogDeviation,
        Ratio,
        TheilL,
        TheilT,
        Variation,
    )

_HOMES = {
    "bajio.claims.claim": ("Claim", "ClaimSet"),
    "bajio.composites": ("Component", "Composite"),
    "bajio.engines.outcome": ("Refusal",),
    "bajio.errors": ("BajioError", "Unavailable"),
    "bajio.facts.areas": ("Area", "Currency"),
    "bajio.facts.dataset": ("Dataset",),
    "bajio.facts.measures": ("Measure",),
    "bajio.facts.observations": ("Observation",),
    "bajio.facts.regions": ("Charter", "Membership", "PeerGroup", "Region"),
    "bajio.facts.sources": ("Source",),
    "bajio.indicator": ("Indicator", "IndicatorSet"),
    "bajio.questions.audit.auditing": ("audit",),
    "bajio.questions.audit.findings": ("Audit", "Finding", "Verdict"),
    "bajio.indicators.practice": (
        "best_practice",
        "best_practice_change",
        "best_practice_total",
    ),
    "bajio.questions.breakdown": ("Breakdown",),
    "bajio.questions.bulk.memberships": ("Memberships",),
    "bajio.questions.bulk.bulk_results": ("Bulk", "BulkResult", "BulkTable"),
    "bajio.questions.catalog": (
        "list_datasets",
        "list_indicators",
        "list_measures",
        "list_peer_groups",
        "list_regions",
        "region",
    ),
    "bajio.questions.many": ("evaluate_chunks", "evaluate_many"),
    "bajio.questions.comparison": ("compare", "series"),
    "bajio.questions.decomposition": ("Decomposition", "decompose"),
    "bajio.questions.difference": ("Difference", "difference"),
    "bajio.questions.choices": ("Options",),
    "bajio.questions.panel": ("evaluate_table",),
    "bajio.questions.profile": ("Profile", "profile"),
    "bajio.questions.single": ("break_down", "evaluate"),
    "bajio.questions.standing": ("rank", "standings"),
    "bajio.questions.results": ("Rank", "Result"),
    "bajio.readers.claim_files": ("read_claims",),
    "bajio.questions.specialisation": ("Specialisations", "specialisations"),
    "bajio.questions.scoring": ("Scores", "composite"),
    "bajio.questions.search.answer": ("Alliance", "Search"),
    "bajio.questions.search.alliances": ("search",),
    "bajio.questions.sensitivity": ("Sensitivity", "sensitivity"),
    "bajio.readers.package_writer": ("write_package",),
    "bajio.registry": ("Registry",),
    "bajio.registry.own_data": ("dataset", "read_package"),
    "bajio.rules.axes": ("Across", "By", "Categories", "Stack"),
    "bajio.rules.functions": ("Absolute", "Entropy", "Logarithm", "Root"),
    "bajio.rules.members": ("Average", "Best", "Worst"),
    "bajio.rules.regression": ("Elasticity", "ElasticityError", "HalfLife"),
    "bajio.rules.spread": (
        "Atkinson",
        "Decomposable",
        "Gini",
        "Hoover",
        "LogDeviation",
        "Ratio",
        "TheilL",
        "TheilT",
        "Variation",
    ),
    "bajio.rules.custom": ("Custom", "Member"),
    "bajio.rules.nodes": (
        "At",
        "Convert",
        "Deflate",
        "Growth",
        "Lag",
        "Maximum",
        "Mean",
        "Minimum",
        "Over",
        "Rule",
        "Share",
        "Sum",
        "WeightedMean",
    ),
    "bajio.rules.promises": ("Trait",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [  # in full, since type checkers read it
    "Absolute",
    "Across",
    "Alliance",
    "Area",
    "At",
    "Atkinson",
    "Audit",
    "Average",
    "BajioError",
    "Best",
    "Breakdown",
    "Bulk",
    "BulkResult",
    "BulkTable",
    "By",
    "Categories",
    "Charter",
    "Claim",
    "ClaimSet",
    "Component",
    "Composite",
    "Convert",
    "Currency",
    "Custom",
    "Dataset",
    "Decomposable",
    "Decomposition",
    "Deflate",
    "Difference",
    "Elasticity",
    "ElasticityError",
    "Entropy",
    "Finding",
    "Gini",
    "Growth",
    "HalfLife",
    "Hoover",
    "Indicator",
    "IndicatorSet",
    "Lag",
    "LogDeviation",
    "Logarithm",
    "Maximum",
    "Mean",
    "Measure",
    "Member",
    "Membership",
    "Memberships",
    "Minimum",
    "Observation",
    "Options",
    "Over",
    "PeerGroup",
    "Profile",
    "Rank",
    "Ratio",
    "Refusal",
    "Region",
    "Registry",
    "Result",
    "Root",
    "Rule",
    "Scores",
    "Search",
    "Sensitivity",
    "Share",
    "Source",
    "Specialisations",
    "Stack",
    "Sum",
    "TheilL",
    "TheilT",
    "Trait",
    "Unavailable",
    "Variation",
    "Verdict",
    "WeightedMean",
    "Worst",
    "__version__",
    "audit",
    "best_practice",
    "best_practice_change",
    "best_practice_total",
    "break_down",
    "compare",
    "composite",
    "dataset",
    "decompose",
    "difference",
    "evaluate",
    "evaluate_chunks",
    "evaluate_many",
    "evaluate_table",
    "hookimpl",
    "list_datasets",
    "list_indicators",
    "list_measures",
    "list_peer_groups",
    "list_regions",
    "profile",
    "rank",
    "read_claims",
    "read_package",
    "region",
    "search",
    "sensitivity",
    "series",
    "specialisations",
    "standings",
    "write_package",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'bajio' has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
