"""Laws of composites: what must hold of scores, whatever the indicators that they are made of."""

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, field, frozen
from hypothesis import reject, strategies as st
from hypothesis.strategies import DataObject

from bajio.composites import Composite, Normalisation
from bajio.errors import BajioError, Unavailable
from bajio.facts.observations import Exact
from bajio.indicator import Indicator
from bajio.questions.scores import Scores, composite
from bajio.registry import Registry
from bajio.rules.algebra import Constant
from bajio.rules.plan import Plan
from bajio.rules.traits import scale_degree
from bajio.testing.cases import worlds_of
from bajio.testing.law import Broken, Law, RuleCase, planner_of
from bajio.testing.worlds import YEAR, World

#: What roots and standard deviations, which have 40 digits, may leave between equal scores.
_ROUNDING = Fraction(1, 10**20)
#: Fewer than of other laws, since each asks several indicators for several regions.
_EXAMPLES = 8


@frozen(slots=False)
class CompositeCase(RuleCase):
    """A composite that laws are tried on, with all that its indicators read.

    Attributes:
        composite: what is tried.
        registry: what its indicators and measures are looked up in.
        indicators: those that it is made of, without axes.
        plans: what each comes down to.
        plan: the leaves of all.
    """

    composite: Composite
    registry: Registry = field(repr=False)
    indicators: tuple[Indicator, ...] = field(init=False, repr=False)
    plans: tuple[Plan, ...] = field(init=False, repr=False)
    plan: Plan = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        planner = planner_of(self.registry)
        indicators = [
            component.found(self.registry.indicators) for component in self.composite.components
        ]
        plain = tuple(
            evolve(indicator, rule=planner.plain(indicator.rule)) for indicator in indicators
        )
        plans = tuple(planner.plan(indicator.rule) for indicator in plain)
        leaves = dict.fromkeys(leaf for plan in plans for leaf in plan.leaves)
        every = Plan(tuple(leaves), Constant(Fraction()), additive=False)
        for name, value in (("indicators", plain), ("plans", plans), ("plan", every)):
            object.__setattr__(self, name, value)

    def scores(self, world: World, regions: Sequence[str]) -> Scores:
        """The scores of the parts of a world; an example that has none is left.

        Raises:
            Broken: the composite itself is wrong.
        """
        registry = world.registry(*self.indicators)
        try:
            return composite(
                [[code] for code in regions],
                self.composite,
                registry=registry,
                among="parts",
                year=YEAR,
            )
        except Unavailable:
            reject()
        except BajioError as error:
            raise Broken(str(error), world, world.parts) from None


def _told(scores: Scores) -> dict[str, tuple[int, Exact]]:
    return {code: (score.position, score.exact) for code, score in scores.items()}


def _alike(first: Scores, second: Scores) -> bool:
    ours, theirs = _told(first), _told(second)
    return ours.keys() == theirs.keys() and all(
        ours[code][0] == theirs[code][0]
        and abs(Fraction(ours[code][1] - theirs[code][1])) <= _ROUNDING
        for code in ours
    )


def _order(case: CompositeCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case, least=3))
    turned = data.draw(st.permutations(world.parts))
    other = world.with_observations(world.observations[::-1])
    before, after = case.scores(world, world.parts), case.scores(other, turned)
    if _told(before) != _told(after):
        raise Broken("the scores change with the order of regions or rows", world, world.parts)


def _scale(case: CompositeCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case, least=3))
    measure = data.draw(st.sampled_from(case.measures))
    if any(scale_degree(plan, measure.code) is None for plan in case.plans):
        reject()
    k = data.draw(st.integers(2, 9))
    before = case.scores(world, world.parts)
    after = case.scores(world.scaled({measure.code: k}), world.parts)
    if not _alike(before, after):
        text = f"the scores change where {measure.code} is {k} times as great for all"
        raise Broken(text, world, world.parts)


def _ends(case: CompositeCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case, least=3))
    scores_by_code = case.scores(world, world.parts)
    low, high = case.composite.scale
    scaled = case.composite.normalisation is not Normalisation.Z_SCORE
    scores = [Fraction(case.composite.compared(one.exact)) for one in scores_by_code.values()]
    for one in scores_by_code.values():
        compared = Fraction(case.composite.compared(one.exact))
        if scaled and not low - _ROUNDING <= compared <= high + _ROUNDING:
            raise Broken(f"{float(compared)} is not from {low} to {high}", world, world.parts)
        better = sum(score > compared for score in scores)
        if one.position != better + 1:
            text = f"{one.code} is at {one.position} where {better} are better"
            raise Broken(text, world, world.parts)


def _always(_case: CompositeCase) -> bool:
    return True


def _has_scale(case: CompositeCase) -> bool:
    pairs = [(plan, measure.code) for plan in case.plans for measure in case.measures]
    return any(scale_degree(*pair) is not None for pair in pairs)


COMPOSITE_LAWS = (
    Law(
        "score-order",
        "The order of regions and rows changes no score.",
        "A region's score would hang on who is named first.",
        "Report it: scores are made by bajio.",
        _always,
        _order,
        examples=_EXAMPLES,
    ),
    Law(
        "score-scale",
        "A measure k times as great for all changes no score.",
        "Scores would change with inflation, or with the unit of a table.",
        "Make it of indicators that are sums, ratios or means of their measures.",
        _has_scale,
        _scale,
        examples=_EXAMPLES,
    ),
    Law(
        "score-ends",
        "Scores stay on their scale, and positions count those that are better.",
        "A region would score more than the best there can be.",
        "Report it: scores are made by bajio.",
        _always,
        _ends,
        examples=_EXAMPLES,
    ),
)
