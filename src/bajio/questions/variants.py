"""Variants of an indicator: held against another region than the host, or at another level."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from attrs import evolve

from bajio.errors import BajioError, InvalidValue, shown
from bajio.indicator import Indicator
from bajio.labels import Label, as_label
from bajio.questions.choices import Options
from bajio.questions.question import WEIGHT
from bajio.registry import Registry
from bajio.rules.plan import Revalue
from bajio.rules.rule import Rule
from bajio.words.phrasebook import ENGLISH, languages, say


def as_asked(
    registry: Registry, indicators: Sequence[Indicator], options: Options
) -> tuple[Indicator, ...]:
    """The indicators as the options ask for them: against another region, at another level.

    Those that compare with no host, or run over no classification, stay as they are.

    Raises:
        UnknownCode: what they are to be held against names no region.
        InvalidValue: none of them has what an option is about, or reads the measure of an edition.
    """
    asked = tuple(indicators)
    if options.editions:
        check_editions(registry, asked, options)
    if options.against is not None:
        against = options.against
        place = registry.region(against)
        rules = [indicator.rule.rewrite(lambda rule: rule.against(against)) for indicator in asked]
        lacking = f"nothing to hold against {options.against!r}: no rule compares with the host"
        asked = _changed(asked, rules, "against", place.names or place.code, lacking)
    if options.level is not None:
        level = options.level
        rules = [indicator.rule.rewrite(lambda rule: rule.at_level(level)) for indicator in asked]
        lacking = f"no level {options.level!r}: no rule runs over the leaves of a classification"
        asked = _changed(asked, rules, "within", options.level, lacking)
    return asked


def check_editions(registry: Registry, indicators: Iterable[Indicator], options: Options) -> None:
    """Refuse an edition of a measure that none of the indicators reads.

    That of the population is always of use: coverage is weighed by it.

    Raises:
        InvalidValue: naming the measure.
    """
    if not options.editions:
        return
    asked = list(indicators)
    read = editions_read(registry, asked, options)
    for measure, _ in options.editions:
        if measure not in read:
            codes = ", ".join(indicator.code for indicator in asked[:4]) or "what is asked for"
            raise InvalidValue(
                f"an edition of {shown(measure)} changes nothing: {codes} reads none"
            )


def editions_read(
    registry: Registry, indicators: Iterable[Indicator], options: Options
) -> dict[str, str]:
    """Those of the editions asked for that some indicators read, by measure."""
    if not options.editions:
        return {}
    read = {WEIGHT} | {code for indicator in indicators for code in _measures(registry, indicator)}
    return {measure: edition for measure, edition in options.editions if measure in read}


def _measures(registry: Registry, indicator: Indicator) -> Iterator[str]:
    """The measures that an indicator reads, rates among them."""
    with suppress(BajioError):  # which is told where the indicator is answered
        for rule in registry.planner.samples(indicator.rule):
            plan = registry.plan(rule)
            yield from plan.measures
            for leaf in plan.leaves:
                for step in leaf.conversions:
                    yield step.by if isinstance(step, Revalue) else step.at


def _changed(
    values: Sequence[Indicator],
    rules: Sequence[Rule],
    how: str,
    name: Label | str,
    lacking: str,
) -> tuple[Indicator, ...]:
    """The indicators with changed rules, which say so in their labels."""
    if all(one.rule == rule for one, rule in zip(values, rules, strict=True)):
        raise InvalidValue(f"{lacking} ({', '.join(one.code for one in values[:4])})")
    named = as_label(name)

    def label(indicator: Indicator) -> Label:
        return Label(
            {
                key: say(
                    f"indicator.{how}",
                    key if key in languages() else ENGLISH,
                    indicator=text,
                    other=named.text(key),
                )
                for key, text in indicator.label.items()
            }
        )

    return tuple(
        one if one.rule == rule else evolve(one, rule=rule, label=label(one))
        for one, rule in zip(values, rules, strict=True)
    )
