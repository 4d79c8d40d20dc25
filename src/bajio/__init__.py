"""What if this region were a country? Answered from data, exactly, with its sources.

What users ask and what they make is here; `bajio.answers` has the types of answers,
`bajio.rules` what indicators are made of, and `bajio.errors` what can be wrong.
Each name is loaded on first use: `import bajio` costs little more than importing attrs and pluggy.
"""

from typing import TYPE_CHECKING

from bajio.deferred import deferred
from bajio.hookspecs import hookimpl as hookimpl
from bajio.version import __version__ as __version__

if TYPE_CHECKING:  # an alias of its own name is a name for users, by the rules of type checkers
    from bajio import answers as answers, errors as errors, rules as rules
    from bajio.claims.claim import Claim as Claim
    from bajio.claims.claim_set import ClaimSet as ClaimSet
    from bajio.composites import Component as Component, Composite as Composite
    from bajio.errors import BajioError as BajioError, Unavailable as Unavailable
    from bajio.facts.areas import Area as Area
    from bajio.facts.currencies import Currency as Currency
    from bajio.facts.dataset import Dataset as Dataset
    from bajio.facts.gazetteer import Gazetteer as Gazetteer
    from bajio.facts.measures import Measure as Measure
    from bajio.facts.observations import Observation as Observation
    from bajio.facts.regions import (
        Charter as Charter,
        Membership as Membership,
        PeerGroup as PeerGroup,
        Region as Region,
    )
    from bajio.facts.sources import Source as Source
    from bajio.indicator import Indicator as Indicator, IndicatorSet as IndicatorSet
    from bajio.questions.audit.auditing import audit as audit
    from bajio.questions.bulk.memberships import Memberships as Memberships
    from bajio.questions.choices import Options as Options
    from bajio.questions.comparison import compare as compare, series as series
    from bajio.questions.decomposition import decompose as decompose
    from bajio.questions.difference import difference as difference
    from bajio.questions.inventory import (
        list_datasets as list_datasets,
        list_indicators as list_indicators,
        list_measures as list_measures,
        list_peer_groups as list_peer_groups,
        list_regions as list_regions,
        region as region,
    )
    from bajio.questions.many import (
        evaluate_chunks as evaluate_chunks,
        evaluate_many as evaluate_many,
    )
    from bajio.questions.own_frames import evaluate_table as evaluate_table
    from bajio.questions.profile import profile as profile
    from bajio.questions.revision import diff as diff
    from bajio.questions.scores import composite as composite
    from bajio.questions.search.alliances import search as search
    from bajio.questions.sensitivity import sensitivity as sensitivity
    from bajio.questions.single import break_down as break_down, evaluate as evaluate
    from bajio.questions.specialisation import specialisations as specialisations
    from bajio.questions.standing import rank as rank, standings as standings
    from bajio.readers.claim_files import read_claims as read_claims
    from bajio.readers.package_writer import write_package as write_package
    from bajio.registry import Registry as Registry
    from bajio.registry.own_data import dataset as dataset, read_package as read_package
    from bajio.registry.own_tables import read_table as read_table
    from bajio.rules.nodes import (
        Growth as Growth,
        Mean as Mean,
        Over as Over,
        Share as Share,
        Sum as Sum,
        WeightedMean as WeightedMean,
    )
    from bajio.rules.spread import TheilT as TheilT

_HOMES = {
    "bajio.claims.claim": ("Claim",),
    "bajio.claims.claim_set": ("ClaimSet",),
    "bajio.composites": ("Component", "Composite"),
    "bajio.errors": ("BajioError", "Unavailable"),
    "bajio.facts.areas": ("Area",),
    "bajio.facts.currencies": ("Currency",),
    "bajio.facts.dataset": ("Dataset",),
    "bajio.facts.gazetteer": ("Gazetteer",),
    "bajio.facts.measures": ("Measure",),
    "bajio.facts.observations": ("Observation",),
    "bajio.facts.regions": ("Charter", "Membership", "PeerGroup", "Region"),
    "bajio.facts.sources": ("Source",),
    "bajio.indicator": ("Indicator", "IndicatorSet"),
    "bajio.questions.audit.auditing": ("audit",),
    "bajio.questions.bulk.memberships": ("Memberships",),
    "bajio.questions.inventory": (
        "list_datasets",
        "list_indicators",
        "list_measures",
        "list_peer_groups",
        "list_regions",
        "region",
    ),
    "bajio.questions.choices": ("Options",),
    "bajio.questions.comparison": ("compare", "series"),
    "bajio.questions.decomposition": ("decompose",),
    "bajio.questions.difference": ("difference",),
    "bajio.questions.many": ("evaluate_chunks", "evaluate_many"),
    "bajio.questions.own_frames": ("evaluate_table",),
    "bajio.questions.profile": ("profile",),
    "bajio.questions.revision": ("diff",),
    "bajio.questions.scores": ("composite",),
    "bajio.questions.search.alliances": ("search",),
    "bajio.questions.sensitivity": ("sensitivity",),
    "bajio.questions.single": ("break_down", "evaluate"),
    "bajio.questions.specialisation": ("specialisations",),
    "bajio.questions.standing": ("rank", "standings"),
    "bajio.readers.claim_files": ("read_claims",),
    "bajio.readers.package_writer": ("write_package",),
    "bajio.registry": ("Registry",),
    "bajio.registry.own_data": ("dataset", "read_package"),
    "bajio.registry.own_tables": ("read_table",),
    "bajio.rules.nodes": ("Growth", "Mean", "Over", "Share", "Sum", "WeightedMean"),
    "bajio.rules.spread": ("TheilT",),
}

if not TYPE_CHECKING:  # else every name would be one that a type checker knows
    __getattr__, __dir__, __all__ = deferred(
        __name__,
        {name: home for home, names in _HOMES.items() for name in names},
        own=("__version__", "hookimpl"),
        modules=("answers", "errors", "rules"),
    )
