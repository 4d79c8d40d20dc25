"""What answers are: every type that one meets in them, and that is not in `bajio` itself.

`read_text` tells every number of an article.
`portrait` asks all that there is to say of a region, for a report.
`relatedness` tells which activities are near to those that a region has.
`rank_sets` tells which ranks are possible where what is ranked are estimates with standard errors.

Examples:
    >>> import bajio
    >>> def told(result: bajio.answers.Result) -> str:
    ...     return f"{result.value:,} {result.unit}"
    >>> told(bajio.evaluate("bajio", "population", year=2018))
    '12,706,038 person'
"""

from typing import TYPE_CHECKING

from bajio.deferred import deferred

if TYPE_CHECKING:  # an alias of its own name is a name for users, by the rules of type checkers
    from bajio.claims.claim import Part as Part, Reference as Reference
    from bajio.claims.claim_set import Origin as Origin
    from bajio.claims.conventions import Convention as Convention
    from bajio.claims.intervals import Interval as Interval
    from bajio.claims.printed import (
        Digits as Digits,
        Printed as Printed,
        PrintedKind as PrintedKind,
    )
    from bajio.claims.printed_periods import (
        PeriodRole as PeriodRole,
        PrintedPeriod as PrintedPeriod,
    )
    from bajio.claims.relations import About as About, Relation as Relation
    from bajio.claims.review import Review as Review
    from bajio.claims.text_claims import (
        ClaimForm as ClaimForm,
        TextClaim as TextClaim,
    )
    from bajio.claims.text_exemptions import Exemption as Exemption
    from bajio.claims.text_names import NamedPlace as NamedPlace
    from bajio.claims.text_quantities import Unclaimed as Unclaimed
    from bajio.composites import Aggregation as Aggregation, Normalisation as Normalisation
    from bajio.engines.outcome import Coverage as Coverage, Gap as Gap, Refusal as Refusal
    from bajio.facts.areas import Areas as Areas
    from bajio.facts.classifications import Category as Category, Classification as Classification
    from bajio.facts.measures import Kind as Kind, Prices as Prices, Time as Time
    from bajio.facts.outlines import Outline as Outline, Outlines as Outlines
    from bajio.facts.periods import Frequency as Frequency, Period as Period, Season as Season
    from bajio.facts.series import Series as Series
    from bajio.indicator import Better as Better, IndicatorGroup as IndicatorGroup
    from bajio.labels import Label as Label
    from bajio.questions.audit.findings import (
        Aspect as Aspect,
        Audit as Audit,
        Change as Change,
        Choice as Choice,
        Conflict as Conflict,
        Figure as Figure,
        FiguresByYear as FiguresByYear,
        Finding as Finding,
        Grounds as Grounds,
        GroundsOfYear as GroundsOfYear,
        Remark as Remark,
        Slip as Slip,
        Span as Span,
        Verdict as Verdict,
        YearsHeld as YearsHeld,
    )
    from bajio.questions.breakdown import Breakdown as Breakdown, Cell as Cell
    from bajio.questions.bulk.bulk_results import (
        Bulk as Bulk,
        BulkCoverage as BulkCoverage,
        BulkRanks as BulkRanks,
        BulkResult as BulkResult,
        BulkTable as BulkTable,
    )
    from bajio.questions.comparison import Comparison as Comparison, Timeline as Timeline
    from bajio.questions.decomposition import Decomposition as Decomposition, Group as Group
    from bajio.questions.difference import (
        Contribution as Contribution,
        Difference as Difference,
        MemberPart as MemberPart,
    )
    from bajio.questions.explanation import (
        Explanation as Explanation,
        LeafFigures as LeafFigures,
        RateFigure as RateFigure,
    )
    from bajio.questions.flips import Flip as Flip, Flips as Flips, Target as Target
    from bajio.questions.ledger import (
        EntryKind as EntryKind,
        Ledger as Ledger,
        LedgerEntry as LedgerEntry,
        read_text as read_text,
    )
    from bajio.questions.portrait import Portrait as Portrait, portrait as portrait
    from bajio.questions.profile import Profile as Profile
    from bajio.questions.rank_sets import RankSet as RankSet, rank_sets as rank_sets
    from bajio.questions.relatedness import (
        RelatedActivity as RelatedActivity,
        Relatedness as Relatedness,
        relatedness as relatedness,
    )
    from bajio.questions.results import (
        MemberFigure as MemberFigure,
        Missed as Missed,
        Rank as Rank,
        Result as Result,
        SourceUse as SourceUse,
    )
    from bajio.questions.revision import (
        Effect as Effect,
        MeasureRevision as MeasureRevision,
        Revised as Revised,
        Revision as Revision,
    )
    from bajio.questions.scores import Score as Score, Scores as Scores
    from bajio.questions.search.answer import (
        Alliance as Alliance,
        AllianceFigure as AllianceFigure,
        Search as Search,
    )
    from bajio.questions.search.wishes import Amount as Amount, Sense as Sense, Wish as Wish
    from bajio.questions.sensitivity import Sensitivity as Sensitivity, Variant as Variant
    from bajio.questions.specialisation import (
        Specialisation as Specialisation,
        Specialisations as Specialisations,
    )
    from bajio.questions.standing import Standing as Standing
    from bajio.questions.weights import (
        Reweighed as Reweighed,
        WeightSensitivity as WeightSensitivity,
    )
    from bajio.registry.plugins import Failure as Failure, Loaded as Loaded, Plugin as Plugin
    from bajio.units import Unit as Unit
    from bajio.words.quantities import Counted as Counted
    from bajio.words.sentences import Name as Name, Sentence as Sentence

_HOMES = {
    "bajio.claims.claim": ("Part", "Reference"),
    "bajio.claims.claim_set": ("Origin",),
    "bajio.claims.conventions": ("Convention",),
    "bajio.claims.intervals": ("Interval",),
    "bajio.claims.printed": ("Digits", "Printed", "PrintedKind"),
    "bajio.claims.printed_periods": ("PeriodRole", "PrintedPeriod"),
    "bajio.claims.relations": ("About", "Relation"),
    "bajio.claims.review": ("Review",),
    "bajio.claims.text_claims": ("ClaimForm", "TextClaim"),
    "bajio.claims.text_exemptions": ("Exemption",),
    "bajio.claims.text_names": ("NamedPlace",),
    "bajio.claims.text_quantities": ("Unclaimed",),
    "bajio.composites": ("Aggregation", "Normalisation"),
    "bajio.engines.outcome": ("Coverage", "Gap", "Refusal"),
    "bajio.facts.areas": ("Areas",),
    "bajio.facts.classifications": ("Category", "Classification"),
    "bajio.facts.measures": ("Kind", "Prices", "Time"),
    "bajio.facts.outlines": ("Outline", "Outlines"),
    "bajio.facts.periods": ("Frequency", "Period", "Season"),
    "bajio.facts.series": ("Series",),
    "bajio.indicator": ("Better", "IndicatorGroup"),
    "bajio.labels": ("Label",),
    "bajio.questions.audit.findings": (
        "Aspect",
        "Audit",
        "Change",
        "Choice",
        "Conflict",
        "Figure",
        "FiguresByYear",
        "Finding",
        "Grounds",
        "GroundsOfYear",
        "Remark",
        "Slip",
        "Span",
        "Verdict",
        "YearsHeld",
    ),
    "bajio.questions.breakdown": ("Breakdown", "Cell"),
    "bajio.questions.bulk.bulk_results": (
        "Bulk",
        "BulkCoverage",
        "BulkRanks",
        "BulkResult",
        "BulkTable",
    ),
    "bajio.questions.comparison": ("Comparison", "Timeline"),
    "bajio.questions.decomposition": ("Decomposition", "Group"),
    "bajio.questions.difference": ("Contribution", "Difference", "MemberPart"),
    "bajio.questions.explanation": ("Explanation", "LeafFigures", "RateFigure"),
    "bajio.questions.flips": ("Flip", "Flips", "Target"),
    "bajio.questions.ledger": ("EntryKind", "Ledger", "LedgerEntry", "read_text"),
    "bajio.questions.portrait": ("Portrait", "portrait"),
    "bajio.questions.profile": ("Profile",),
    "bajio.questions.rank_sets": ("RankSet", "rank_sets"),
    "bajio.questions.relatedness": ("RelatedActivity", "Relatedness", "relatedness"),
    "bajio.questions.results": ("MemberFigure", "Missed", "Rank", "Result", "SourceUse"),
    "bajio.questions.revision": ("Effect", "MeasureRevision", "Revised", "Revision"),
    "bajio.questions.scores": ("Score", "Scores"),
    "bajio.questions.search.answer": ("Alliance", "AllianceFigure", "Search"),
    "bajio.questions.search.wishes": ("Amount", "Sense", "Wish"),
    "bajio.questions.sensitivity": ("Sensitivity", "Variant"),
    "bajio.questions.specialisation": ("Specialisation", "Specialisations"),
    "bajio.questions.standing": ("Standing",),
    "bajio.questions.weights": ("Reweighed", "WeightSensitivity"),
    "bajio.registry.plugins": ("Failure", "Loaded", "Plugin"),
    "bajio.units": ("Unit",),
    "bajio.words.quantities": ("Counted",),
    "bajio.words.sentences": ("Name", "Sentence"),
}

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = deferred(
        __name__, {name: home for home, names in _HOMES.items() for name in names}
    )
