"""The candidates of a ledger as a file of claims: drafts that a person confirms or corrects."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from attrs import evolve, frozen

from bajio.claims.conventions import Convention
from bajio.claims.numerals import read_printed
from bajio.claims.printed import Printed, PrintedKind
from bajio.claims.printed_periods import times_of
from bajio.claims.relations import Relation
from bajio.claims.text_claims import ClaimForm, TextClaim
from bajio.claims.vocabulary import vocabulary
from bajio.errors import BajioError
from bajio.questions.audit.claimed_codes import check_codes
from bajio.questions.ledger import Ledger, LedgerEntry
from bajio.readers.claim_files import parse_claims
from bajio.readers.claim_keys import MOST_TEXT
from bajio.words.messages import message_text
from bajio.words.phrasebook import say
from bajio.words.sentences import Sentence, sentence

_GROWTH = "-growth"


@frozen
class Draft:
    """A claim that a candidate makes.

    Attributes:
        entry: whose it is.
        keys: the claim by the keys of a file.
        assumed: what the text does not say.
        problem: why the keys make no claim yet.
    """

    entry: LedgerEntry
    keys: Mapping[str, Any]
    assumed: tuple[Sentence, ...]
    problem: BajioError | None = None


def drafts_of(ledger: Ledger) -> Iterator[Draft]:
    """The drafts of a ledger's candidates, in the order of the text."""
    for entry in ledger.candidates:
        if entry.candidate is not None:
            keys, assumed = _Drafting(entry, entry.candidate, ledger).made()
            draft = Draft(entry, keys, tuple(assumed))
            yield evolve(draft, problem=_problem(draft, ledger))


def drafts_text(ledger: Ledger, language: str) -> str:
    """A file of claims, in TOML, with a draft for each candidate of a text.

    What a draft lacks to be a claim is said, and it is left as comments; so is what was assumed.

    Examples:
        >>> from bajio.questions.ledger import read_text
        >>> ledger = read_text("The region has over 12 million people.", "bajio")
        >>> print(drafts_text(ledger, "en").partition("[[claims]]")[2])  # doctest: +ELLIPSIS
        <BLANKLINE>
        # assumed: the region is Bajío Alliance: the sentence names none
        # assumed: the newest year, or that above the claims: the sentence names none
        id = "n1-population"
        status = "draft"
        ...
    """
    drafts = list(drafts_of(ledger))
    said = partial(say, language=language)
    lines = [f"# {said('ledger.drafts-head')}", *_head(ledger)]
    if all(draft.problem for draft in drafts):
        lines += ["", f"# {said('ledger.drafts-none')}"]
    for draft in drafts:
        lines += ["", *_block(draft, language)]
    return "\n".join(lines)


def _head(ledger: Ledger) -> Iterator[str]:
    head: dict[str, Any] = {
        "code": "drafts",
        "title": {"en": "Drafts of claims", "es": "Borradores de afirmaciones"},
        "locale": ledger.convention.locale,
    }
    if ledger.convention.scale:
        head["scale"] = ledger.convention.scale
    yield from (f"{key} = {_toml(value)}" for key, value in head.items())
    if ledger.published:
        yield f"published = {ledger.published.isoformat()}"


def _block(draft: Draft, language: str) -> Iterator[str]:
    mark = "" if draft.problem is None else "# "
    yield f"{mark}[[claims]]"
    if draft.entry.quoted:
        yield f"# {say('ledger.quoted', language)}"
    for assumed in draft.assumed:
        text = assumed.text(language)
        yield f"# {say('ledger.assumed', language, what=text)}"
    if draft.problem is not None:
        text = " ".join(message_text(str(draft.problem), language).split())
        yield f"# {say('ledger.incomplete', language, why=text)}"
    yield from (f"{mark}{key} = {_toml(value)}" for key, value in draft.keys.items())


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_toml(item)}' for key, item in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _problem(draft: Draft, ledger: Ledger) -> BajioError | None:
    """What keeps a draft from being a claim, if anything."""
    text = "\n".join(
        (
            *_head(ledger),
            "[[claims]]",
            *(f"{key} = {_toml(one)}" for key, one in draft.keys.items()),
        )
    )
    try:
        check_codes(ledger.registry, parse_claims(text))
    except BajioError as error:
        return error
    return None


def _without_unit(text: str, printed: Printed, convention: Convention) -> str | None:
    """A printed number without the words of its unit: "over 61,000 dollars" as "over 61,000"."""
    signs = sorted(vocabulary(convention.language)["currencies"], key=len, reverse=True)
    sign = re.compile("|".join(map(re.escape, signs)), re.IGNORECASE)
    words = sign.sub(lambda match: f" {match[0]} ", text).split()
    for count in range(1, len(words)):
        for start in range(len(words) - count, -1, -1):
            rest = " ".join((*words[:start], *words[start + count :]))
            try:
                alone = read_printed(rest, convention)
            except BajioError:
                continue
            if evolve(alone, texts=printed.texts) == evolve(printed, unit=None):
                return rest
    return None


@frozen(slots=False)
class _Drafting:
    """Makes a claim of one candidate."""

    entry: LedgerEntry
    candidate: TextClaim
    ledger: Ledger

    def made(self) -> tuple[dict[str, Any], list[Sentence]]:
        """The claim by its keys, and what was assumed."""
        entry, candidate = self.entry, self.candidate
        assumed: list[Sentence] = []
        indicator = self._indicator(assumed)
        keys: dict[str, Any] = {
            "id": f"n{entry.number}-{indicator}",
            "status": "draft",
            "statement": {self.ledger.convention.language: entry.sentence[:MOST_TEXT]},
            "subject": self._subject(assumed),
            "indicator": indicator,
        }
        if candidate.form is ClaimForm.RANK:
            printed = entry.printed
            key = "rank" if printed and printed.hedge is Relation.EQUALS else "top"
            keys |= {"relation": "top", key: int(printed.last.value)}  # type: ignore[union-attr]
            keys |= self._peers(keys["subject"], assumed)
        else:
            keys["printed"] = entry.text
            keys |= self._ratio(indicator)
        if candidate.form is ClaimForm.SHARE:
            keys["relation"] = "share-of"
        if candidate.form is ClaimForm.MULTIPLE and candidate.others:
            keys |= {"relation": "times", "areas": [candidate.others[0].codes[0]]}
        if entry.printed is not None and entry.printed.unit == "$":
            money = self._money(indicator)
            keys.setdefault("unit", money)
            assumed.append(sentence("ledger.assumed-currency", code=money))
        keys |= self._times(indicator, assumed)
        return keys, assumed

    def _ratio(self, indicator: str) -> dict[str, str]:
        """How a figure per head or per km² is printed: its number alone, and the unit beside it."""
        printed = self.entry.printed
        _, slash, base = str(self.ledger.registry.indicator(indicator).unit).partition("/")
        if printed is None or printed.unit is None or not slash:
            return {}
        number = _without_unit(self.entry.text, printed, self.ledger.convention)
        top = self._money(indicator) if printed.unit == "$" else printed.unit
        return {} if number is None else {"printed": number, "unit": f"{top}/{base}"}

    def _money(self, indicator: str) -> str:
        """What "$" is: dollars in English, of an indicator in dollars; else pesos."""
        unit = str(self.ledger.registry.indicator(indicator).unit)
        is_dollar = self.ledger.convention.language == "en" and unit.startswith("USD")
        return "USD" if is_dollar else "MXN"

    def _indicator(self, assumed: list[Sentence]) -> str:
        code = self.candidate.measures[0]
        if len(self.candidate.measures) > 1:
            others = ", ".join(self.candidate.measures[1:])
            assumed.append(sentence("ledger.assumed-indicator", code=code, others=others))
        printed, growth = self.entry.printed, f"{code}{_GROWTH}"
        is_percent = printed is not None and printed.kind is PrintedKind.PERCENT
        is_yearly = self.candidate.period is None or not self._span()
        changes = self.candidate.form is ClaimForm.CHANGE and is_percent and is_yearly
        if changes and growth in self.ledger.registry.indicators:
            assumed.append(sentence("ledger.assumed-growth", code=growth))
            return growth
        return code

    def _span(self) -> bool:
        period = self.candidate.period
        return period is not None and (period.is_span or period.role.value == "since")

    def _subject(self, assumed: list[Sentence]) -> str:
        place = self.candidate.place
        if place is None:
            region = self.ledger.region
            assumed.append(sentence("ledger.assumed-region", region=region.names or region.code))
            code = region.code if region.code in self.ledger.registry.regions else ""
            return code or "+".join(region.members)
        if len(place.codes) > 1:
            others = ", ".join(place.codes[1:])
            parts = {"name": place.text, "code": place.codes[0], "others": others}
            assumed.append(sentence("ledger.assumed-place", **parts))
        return place.codes[0]

    def _peers(self, subject: str, assumed: list[Sentence]) -> dict[str, str]:
        """The group to rank among: of the parts of the country, where all of the group are some."""
        registry = self.ledger.registry
        if self.candidate.peers in registry.peer_groups:
            return {"peers": str(self.candidate.peers)}
        region = registry.region(subject)
        hosts = {registry.areas.host(code) for code in region.members if code in registry.areas}
        host = next(iter(hosts)) if len(hosts) == 1 else None
        if host is None:
            return {}
        for code, group in registry.peer_groups.items():
            members = {stay.area for stay in group.memberships}
            if members and all(
                member in registry.areas and registry.areas[member].within == host
                for member in members
            ):
                assumed.append(sentence("ledger.assumed-peers", group=code))
                return {"peers": code}
        return {}

    def _times(self, indicator: str, assumed: list[Sentence]) -> dict[str, Any]:
        period, form = self.candidate.period, self.candidate.form
        if period is None:
            assumed.append(sentence("ledger.assumed-period"))
            return {}
        is_change = form in {ClaimForm.CHANGE, ClaimForm.MULTIPLE}
        try:
            times = dict(times_of(period, is_change=is_change))
        except BajioError as error:
            assumed.append(sentence("ledger.no-period", why=str(error)))
            return {}
        if "since" in times and not is_change:
            assumed.append(sentence("ledger.assumed-period"))
            return {}
        if form is ClaimForm.CHANGE and "since" not in times and not indicator.endswith(_GROWTH):
            year = times.get("year") or int(str(times.get("period", "0"))[:4])
            if year:
                times["since"] = year - 1
                assumed.append(sentence("ledger.assumed-since", year=str(year - 1)))
        return times
