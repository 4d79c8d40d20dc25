"""The codes that claims speak of, checked before anything is looked up."""

from collections.abc import Callable, Iterator

from bajio.claims.claim import MEMBERS, Claim
from bajio.claims.claim_faults import joined
from bajio.claims.claim_set import ClaimSet
from bajio.claims.printed import Printed
from bajio.claims.relations import Relation
from bajio.errors import BajioError, InvalidClaim, UnknownCode, shown
from bajio.facts.regions import Region
from bajio.indicator import Indicator
from bajio.questions.audit.figures import in_unit
from bajio.registry import Registry
from bajio.units import Unit

_Fault = tuple[str, str]


def check_codes(registry: Registry, claims: ClaimSet) -> None:
    """Refuse a set that speaks of what nobody knows, naming each with its place.

    Raises:
        InvalidClaim: with all that is unknown.
    """
    faults: dict[str, InvalidClaim] = {}
    if _asks_peers(claims):
        for key, problem in _unknown(registry, "peers", registry.peer_group, claims.peers):
            _add(faults, claims, "", key, problem)
    for claim in claims.claims:
        for key, problem in _of_claim(registry, claim):
            _add(faults, claims, claim.id, key, problem)
    if faults:
        raise joined(list(faults.values()))


def with_unknown(registry: Registry, error: InvalidClaim) -> InvalidClaim:
    """What is wrong with a file, and beside it the codes in it that nobody knows."""
    looked_up: dict[str, Callable[[str], object]] = {
        "subject": registry.region,
        "areas": registry.region,
        "each": lambda code: code == MEMBERS or registry.region(code),
        "peers": registry.peer_group,
    }
    faults = {str(one): one for one in error.faults or (error,)}
    indicators = {claim: code for claim, key, _, code in error.mentions if key == "indicator"}
    for claim, key, line, code in error.mentions:
        known = looked_up.get(key, registry.indicator)
        found = (
            _odd_unit(registry, indicators.get(claim), code)
            if key == "unit"
            else _unknown(registry, key, known, code)
        )
        for _, problem in found:
            fault = InvalidClaim(problem, file=error.file, claim=claim, key=key, line=line)
            faults.setdefault(str(fault), fault)
    return joined(sorted(faults.values(), key=lambda fault: fault.line or 0))


def _asks_peers(claims: ClaimSet) -> bool:
    """Whether the peers of the set were written down, or are a claim's own."""
    written = claims.origin is not None and ("", "peers") in claims.origin.lines
    return written or any(
        claim.relation is Relation.TOP and claim.peers is None for claim in claims.claims
    )


def _add(
    faults: dict[str, InvalidClaim], claims: ClaimSet, claim: str, key: str, problem: str
) -> None:
    fault = InvalidClaim(problem, claim=claim, key=key)
    if claims.origin is not None:
        fault = claims.origin.fault(claim, key, problem)
    faults.setdefault(str(fault), fault)


def _of_claim(registry: Registry, claim: Claim) -> Iterator[_Fault]:
    yield from _unknown(registry, "subject", registry.region, claim.subject)
    indicators = [("indicator", claim.indicator), ("weights", claim.weights)]
    indicators += [("related", code) for code in claim.related]
    for key, named in indicators:
        if named is not None:
            yield from _unknown(registry, key, registry.indicator, named)
    if claim.peers is not None:
        yield from _unknown(registry, "peers", registry.peer_group, claim.peers)
    yield from _places(registry, claim)
    yield from _outside(registry, claim)
    if claim.is_share_of_area and claim.indicator in registry.indicators:
        yield from _no_share(registry, claim)
    if claim.unit is not None:
        yield from _odd_unit(registry, claim.indicator, claim.unit)
    if claim.indicator is not None and claim.indicator in registry.indicators:
        yield from _odd_nouns(registry, registry.indicator(claim.indicator), claim)


def _odd_unit(registry: Registry, indicator: str | None, unit: Unit | str) -> Iterator[_Fault]:
    """What is wrong with a unit, where the indicator is known."""
    if indicator is not None and indicator in registry.indicators:
        try:
            read = unit if isinstance(unit, Unit) else Unit.parse(unit)
            in_unit(registry.indicator(indicator), read)
        except BajioError as error:
            yield "unit", str(error)


def _odd_nouns(registry: Registry, indicator: Indicator, claim: Claim) -> Iterator[_Fault]:
    """Shares that are printed as of something else than what the indicator is made of."""
    measures = registry.planner.plan(indicator.rule).measures
    for key, number in (("printed", claim.printed), ("parts", _first_part(claim))):
        nouns = () if number is None or number.of is None else number.of.split("|")
        if number is not None and nouns and not set(nouns) & set(measures):
            text = f"{str(number.texts)!r} is of {nouns[0]}, and {indicator.code} is made of"
            yield key, f"{text} {', '.join(sorted(measures))}: name the indicator that is meant"


def _first_part(claim: Claim) -> Printed | None:
    return claim.parts[0].printed if claim.parts else None


def _places(registry: Registry, claim: Claim) -> Iterator[_Fault]:
    """Areas that are unknown, or named twice by different names."""
    looked_up = claim.indicator is not None or claim.weights is not None
    parts = [part.area for part in claim.parts] if looked_up else []
    each = () if claim.each == (MEMBERS,) else claim.each
    for key, codes in (("areas", claim.areas), ("each", each), ("parts", parts)):
        seen: dict[tuple[str, ...], str] = {}
        for code in codes:
            unknown = list(_unknown(registry, key, registry.region, code))
            yield from unknown
            if unknown:
                continue
            members = tuple(sorted(registry.region(code).members))
            if members in seen:
                yield key, f"{shown(seen[members])} and {shown(code)} are the same"
            seen[members] = code


def _no_share(registry: Registry, claim: Claim) -> Iterator[_Fault]:
    """What forbids a share of an area: it does not add up, or the subject lies outside."""
    assert claim.indicator is not None
    if not registry.planner.plan(registry.indicator(claim.indicator).rule).additive:
        yield "relation", f"{claim.indicator} does not add up: it has no shares"
    try:
        whole = set(registry.region(claim.areas[0]).members)
        subjects = (claim.subject,) if claim.each in {(), (MEMBERS,)} else claim.each
        for subject in subjects:
            members = registry.region(subject).members
            if not all(whole & {code, *registry.areas.ancestors(code)} for code in members):
                yield "areas", f"{shown(subject)} is no part of {shown(claim.areas[0])}"
    except UnknownCode:
        return  # it is told already


def _outside(registry: Registry, claim: Claim) -> Iterator[_Fault]:
    """Parts that are none of the subject's, or that overlap."""
    if claim.indicator is None or not claim.parts:
        return
    try:
        subject = {stay.area for stay in registry.region(claim.subject).memberships}
        for part in claim.parts:
            members = registry.region(part.area).members
            if not all(subject & {code, *registry.areas.ancestors(code)} for code in members):
                yield "parts", f"{shown(part.area)} is no part of {shown(claim.subject)}"
        every = [code for part in claim.parts for code in registry.region(part.area).members]
        Region(every)
        if len(set(every)) < len(every):
            yield "parts", "an area lies in two of them"
    except UnknownCode:
        return  # it is told already
    except BajioError as error:
        yield "parts", str(error)


def _unknown(
    registry: Registry, key: str, known: Callable[[str], object], code: str
) -> Iterator[_Fault]:
    """What is wrong with a code, if anything."""

    def problem() -> str:
        try:
            known(code)
        except BajioError as error:
            return str(error)
        return ""

    failure = registry.keep(("audit code", key, code), problem)
    if failure:
        yield key, failure
