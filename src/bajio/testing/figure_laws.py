"""Laws of figures: units, scales, prices, and what is missing."""

from fractions import Fraction
from itertools import islice

from attrs import evolve
from hypothesis import Phase, find, reject, settings, strategies as st
from hypothesis.errors import NoSuchExample
from hypothesis.strategies import DataObject

from bajio.errors import BajioError, Unavailable
from bajio.facts.measures import Kind, Time
from bajio.facts.observations import Exact, Observation
from bajio.facts.periods import Frequency, year_of
from bajio.rules.nodes import Over
from bajio.rules.notation import from_data, is_data, to_data
from bajio.rules.plan import SELF
from bajio.rules.promises import Trait
from bajio.rules.traits import scale_degree
from bajio.testing.aggregation_laws import value_of
from bajio.testing.cases import some_members, worlds_of
from bajio.testing.law import Broken, IndicatorCase, Law
from bajio.testing.worlds import YEAR, World
from bajio.units import Unit, in_plain_symbols

_YEARS_TRIED = 3


def _always(_case: IndicatorCase) -> bool:
    return True


def _total(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    try:
        case.value(world, members)
    except Unavailable:
        reject()
    except BajioError as error:
        raise Broken(str(error), world, members) from None


def _scaled(world: World, case: IndicatorCase, factors: dict[str, Exact]) -> World:
    names = {thing.code for thing in (*case.measures, *case.rates)}
    return world.scaled({code: factor for code, factor in factors.items() if code in names})


def _units(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    measure = data.draw(st.sampled_from(case.measures))
    thousand = str(Unit.parse("thousand") * measure.unit)
    other = _scaled(world, case, {measure.code: Fraction(1, 1000)})
    other = evolve(other, units=(*world.units, (measure.code, thousand)))
    before, after = value_of(case, world, members), value_of(case, other, members)
    if not case.same(before, after):
        text = f"{before} becomes {after} where {measure.code} is given in {thousand}"
        raise Broken(text, world, members)


def _unit(case: IndicatorCase, data: DataObject) -> None:
    """Were a base unit k times smaller, a figure would be k to its power times greater."""
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    units = {thing.code: thing.unit for thing in (*case.measures, *case.rates)}
    units |= {code: Unit.parse(unit) for code, unit in world.units}
    plain = [in_plain_symbols(unit)[1] for unit in units.values()]
    symbols = sorted({_symbol(name) for unit in plain for name, _ in unit.powers})
    if not symbols:
        reject()
    symbol = data.draw(st.sampled_from(symbols))
    k = data.draw(st.integers(2, 9))
    factors = {code: Fraction(k) ** _power(unit, symbol) for code, unit in units.items()}
    before = value_of(case, world, members)
    after = value_of(case, _scaled(world, case, dict(factors)), members)
    expected = before * Fraction(k) ** _power(case.indicator.unit, symbol)
    if not case.same(after, expected):
        text = (
            f"with {symbol} {k} times smaller, {before} {case.indicator.unit} should read "
            f"{expected} and reads {after}: it is not in {case.indicator.unit}"
        )
        raise Broken(text, world, members)


def _symbol(name: str) -> str:
    """A base unit's symbol; a currency without its price basis, which inflation does not change."""
    return name.partition("_")[0] if not name.startswith("int_") else name[:7]


def _power(unit: Unit, symbol: str) -> int:
    _, plain = in_plain_symbols(unit)
    return sum(power for name, power in plain.powers if _symbol(name) == symbol)


def _homogeneity(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    measure = data.draw(st.sampled_from(case.measures))
    invariant = Trait.SCALE_INVARIANT in case.traits
    degree = 0 if invariant else scale_degree(case.plan, measure.code)
    if degree is None or (measure.kind is Kind.INTENSIVE and not invariant):
        reject()
    k = Fraction(data.draw(st.integers(2, 9)), data.draw(st.sampled_from((1, 2, 5))))
    before = value_of(case, world, members)
    after = value_of(case, _scaled(world, case, {measure.code: k}), members)
    if not case.same(after, before * k**degree):
        text = f"{before} becomes {after}, not {before * k**degree}, where {measure.code} is × {k}"
        raise Broken(text, world, members)


def _scales(case: IndicatorCase) -> bool:
    degrees = [scale_degree(case.plan, measure.code) for measure in case.measures]
    return Trait.SCALE_INVARIANT in case.traits or any(degree is not None for degree in degrees)


def _prices(case: IndicatorCase, data: DataObject) -> None:
    """Let prices double from each year to the next: what is no money stays as it was."""
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    current = {
        cell.measure for leaf in case.plan.leaves if case.current_money(leaf) for cell in leaf.cells
    }

    def inflate(seen: Observation) -> Observation:
        if seen.value is None or seen.measure not in current or not seen.period:
            return seen
        return evolve(
            seen, value=Fraction(seen.value) * Fraction(2) ** (year_of(seen.period) - YEAR)
        )

    before = value_of(case, world, members)
    after = value_of(case, world.with_observations(map(inflate, world.observations)), members)
    if not case.same(before, after):
        text = f"{before} becomes {after} where prices double from year to year and nothing else"
        raise Broken(text, world, members)


def _compares_years(case: IndicatorCase) -> bool:
    lags = {leaf.lag for leaf in case.plan.leaves if case.current_money(leaf)}
    span = any(isinstance(rule, Over) for rule in case.rule.walk())
    return len(lags) > 1 and not span and Trait.NOMINAL not in case.traits


def _counts(case: IndicatorCase, seen: Observation) -> bool:
    """Whether a year is made of a figure: of a stock that is taken at the end, of the last."""
    measure = case.registry.dataset.measures[seen.measure]
    last = Frequency.of(seen.period).periods(year_of(seen.period))[-1] if seen.period else ""
    return measure.time is not Time.END or seen.period == last


def _coverage(case: IndicatorCase, data: DataObject) -> None:
    world = data.draw(worlds_of(case))
    members = data.draw(some_members(world))
    value_of(case, world, members)
    needed = {
        (cell.measure, cell.key, str(YEAR - leaf.lag))
        for leaf in case.plan.leaves
        for cell in leaf.cells
        if leaf.place == SELF
    }
    timeless = {(measure, key) for measure, key, _ in needed}
    observations = [
        seen
        for seen in world.observations
        if seen.area in members
        and _counts(case, seen)
        and (
            (seen.measure, seen.where, seen.period and str(year_of(seen.period))) in needed
            or (not seen.period and (seen.measure, seen.where) in timeless)
        )
    ]
    gone = data.draw(st.sampled_from(observations))
    without = world.with_observations(seen for seen in world.observations if seen is not gone)
    what = f"{gone.measure} of {gone.area}"
    try:
        value = case.value(without, members)
    except BajioError as error:
        if gone.area in str(error):
            return
        raise Broken(f"the refusal does not name {what}: {error}", world, members) from None
    raise Broken(f"without {what} there is still a number, {value}", world, members)


def _notation(case: IndicatorCase) -> None:
    read_again = from_data(to_data(case.rule))
    if read_again != case.rule:
        raise Broken(f"'{case.rule}' is read again as '{read_again}'")


def _is_declared(case: IndicatorCase) -> bool:
    return is_data(case.rule)


def _figures(case: IndicatorCase) -> None:
    """Look for two worlds in which it differs, for three members, as a regression needs."""
    seen: set[Exact] = set()

    def differs(world: World) -> bool:
        try:
            seen.add(case.value(world, world.parts[:3]))
        except BajioError:
            return False
        return len(seen) > 1

    quiet = settings(
        database=None, derandomize=True, deadline=None, max_examples=50, phases=[Phase.generate]
    )
    try:
        find(worlds_of(case, least=3), differs, settings=quiet)
    except NoSuchExample:
        raise Broken("it has one and the same value, whatever the figures are") from None


def _answers(case: IndicatorCase) -> None:
    """Ask for every region of the catalog, in its newest years: a number or a reason."""
    from bajio.questions.choices import Options
    from bajio.questions.question import ask

    plain = case.registry.planner.samples(case.indicator.rule)[0]
    indicator = evolve(case.indicator, rule=plain)
    for region in case.registry.regions.values():
        try:
            question = ask(case.registry, indicator, region, Options(peers=None))
            for year in islice(question.years(), _YEARS_TRIED):
                question.outcome(year)
        except Unavailable:
            continue
        except BajioError as error:
            raise Broken(f"{region}: {error}") from None


LAWS = (
    Law(
        "total",
        "Complete figures give a finite number, or a reason why there is none.",
        "A profile would lack the indicator, or show an error of the program.",
        "Return an int, Fraction, Decimal or finite float from a custom rule, for any members.",
        _always,
        _total,
    ),
    Law(
        "units",
        "Figures given in other units give the same quantity.",
        "The number would depend on whether a table is in persons or in thousands of them.",
        "Leave the unit of figures to bajio: a rule reads them in the measure's own.",
        _always,
        _units,
    ),
    Law(
        "unit",
        "The value is in the unit that the indicator declares.",
        "A number of people would be shown as money, or pesos as dollars.",
        "Declare the unit that the rule gives: the same in Custom(..., unit=) and in Indicator.",
        _always,
        _unit,
    ),
    Law(
        "homogeneity",
        "A measure k times as great makes a sum k times as great, and leaves what has no scale.",
        "Shares, ranks or concentration would change with the size of the economy alone.",
        "Leave out the promise 'scale-invariant', or divide by what grows with the measure.",
        _scales,
        _homogeneity,
    ),
    Law(
        "prices",
        "Prices alone change nothing that is not said to be nominal.",
        "Inflation would be sold as growth.",
        "Take figures at constant prices, deflate them, or promise the trait 'nominal'.",
        _compares_years,
        _prices,
    ),
    Law(
        "coverage",
        "Without a figure that the rule needs there is no number, and the refusal names it.",
        "A missing state would count as nothing.",
        "Name in `needs` all that the function reads, and read nothing from elsewhere.",
        _always,
        _coverage,
    ),
    Law(
        "figures",
        "The value follows the figures: others give another value.",
        "A number typed into the program would be shown as one from the sources.",
        "Compute from the members' figures, and provide those of your own as a dataset.",
        _always,
        _figures,
        generated=False,
    ),
    Law(
        "notation",
        "A declared rule survives being written and read again.",
        "A saved indicator would come back as another one.",
        "Build rules of bajio's own constructors.",
        _is_declared,
        _notation,
        generated=False,
    ),
    Law(
        "answers",
        "Every region of the catalog gets a number, or the figure that is missing is named.",
        "`bajio profile` would show an error of the program where a number should be.",
        "Let a custom rule work with any number of members, and with the figures that there are.",
        _always,
        _answers,
        generated=False,
    ),
)
