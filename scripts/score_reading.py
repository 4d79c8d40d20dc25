"""Tell how well numbers and claims are read out of sentences whose right reading is known.

    python scripts/score_reading.py [--list] [FILE ...]

Files are those of `tests/gold`, if none are named; the language is that of the name's ending
(`es.txt`, `blind_en.txt`). Each line is `SENTENCE || NUMBERS || CLAIMS`; `tests/gold/README.md`
tells the format. `--list` shows each miss.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from attrs import evolve, field, frozen

from bajio.answers import LedgerEntry, read_text
from bajio.claims.printed import Printed, PrintedKind
from bajio.registry import Registry

GOLD = Path(__file__).parent.parent / "tests" / "gold"
#: The words of the format, by what a hedge of bajio's can be.
HEDGES = {
    "equals": {"-"},
    "between": {"-"},
    "over": {"over"},
    "a-little-over": {"over", "about"},
    "almost": {"under", "about"},
    "about": {"about"},
    "at-least": {"from"},
    "at-most": {"upto"},
    "under": {"under"},
}
UNITS = {"km²": "km2"}
MONEY = {"MXN", "USD", "EUR", "$"}
READ_UNITS = {"person", "USD", "MXN", "EUR", "km2", "ha", "job", "household"}
ALIKE = {"home": "household", "people": "person", "jobs": "job"}
GROWTH = "-growth"


@frozen
class GoldNumber:
    """A number as it should be read."""

    text: str
    kind: str
    low: Fraction | None = None
    high: Fraction | None = None
    hedge: str = "-"
    unit: str = "-"


@frozen
class GoldClaim:
    """A claim as it should be read."""

    subject: str
    measure: str
    relation: str
    period: str
    number: int


@frozen
class GoldSentence:
    """A line of the corpus."""

    text: str
    numbers: Sequence[GoldNumber]
    claims: Sequence[GoldClaim]


@frozen
class Score:
    """What was counted in one file, and what was missed."""

    counts: Counter[str] = field(factory=Counter)
    misses: list[str] = field(factory=list)

    def share(self, right: str, *of: str) -> float:
        """A share of some counts, in percent."""
        whole = sum(self.counts[name] for name in of)
        return 100 * self.counts[right] / whole if whole else 100.0

    @property
    def precision(self) -> float:
        """Of the numbers that were read, those that were read right."""
        return self.share("right", "right", "misread")

    @property
    def recall(self) -> float:
        """Of all numbers, those that were read right."""
        return self.share("right", "right", "misread", "missed")

    @property
    def claims_precision(self) -> float:
        """Of the candidates, those that are right in all."""
        return self.share("claims right", "candidates")

    @property
    def claims_recall(self) -> float:
        """Of the claims, those that became a candidate that is right in all."""
        return self.share("claims right", "claims")

    @property
    def told(self) -> str:
        """All in one line."""
        return (
            f"{self.counts['sentences']} sentences; numbers: precision {self.precision:.1f} %, "
            f"recall {self.recall:.1f} % of {self.counts['numbers']} "
            f"({self.counts['misread']} misread, {self.counts['missed']} not read); "
            f"candidates: precision {self.claims_precision:.1f} % of {self.counts['candidates']}, "
            f"recall {self.claims_recall:.1f} % of {self.counts['claims']}; measure and relation "
            f"alone: {self.share('measures right', 'candidates'):.1f} %, "
            f"{self.share('measures right', 'claims'):.1f} %"
        )


def sentences(path: Path) -> Iterator[GoldSentence]:
    """The sentences of a file."""
    for line in path.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        text, numbers, claims = (*(part.strip() for part in line.split("||")), "", "")[:3]
        yield GoldSentence(
            text,
            [_number(one) for one in numbers.split(";") if one.strip()],
            [_claim(one) for one in claims.split(";") if one.strip() not in {"", "-"}],
        )


def _number(text: str) -> GoldNumber:
    printed, _, told = text.strip().rpartition(" = ")
    words = told.split()
    if "exempt" in words:
        return GoldNumber(printed, "exempt")
    low, _, high = words[0].partition("..")
    ends = [Fraction(one.replace(",", "")) for one in (low, high or low)]
    hedge, unit = (*words[2:4], "-", "-")[:2]
    return GoldNumber(printed, words[1], ends[0], ends[1], hedge, ALIKE.get(unit, unit))


def _claim(text: str) -> GoldClaim:
    subject, measure, relation, period, number = text.strip().rsplit("/", 4)
    return GoldClaim(subject, measure, relation, period, int(number))


def score(path: Path, language: str) -> Score:
    """What is counted in a file."""
    found = Score()
    for sentence in sentences(path):
        found.counts["sentences"] += 1
        entries = tuple(read_text(sentence.text, "bajio", language=language))
        matched = list(_matched(sentence, entries))
        for number, entry in zip(sentence.numbers, matched, strict=True):
            verdict, why = _verdict(number, entry)
            found.counts["numbers"] += 1
            found.counts[verdict] += 1
            if verdict != "right":
                found.misses.append(f"{verdict}: {number.text!r} {why} | {sentence.text}")
        _score_claims(sentence, entries, matched, found)
    return found


def _matched(
    sentence: GoldSentence, entries: Sequence[LedgerEntry]
) -> Iterator[LedgerEntry | None]:
    """The entry of each number of a sentence."""
    position = 0
    for number in sentence.numbers:
        start = sentence.text.find(number.text, position)
        if start < 0:
            raise ValueError(f"{number.text!r} is not in {sentence.text!r}")
        end = position = start + len(number.text)
        within = [one for one in entries if one.start < end and one.end > start]
        yield max(within, key=lambda one: min(one.end, end) - max(one.start, start), default=None)


def _verdict(gold: GoldNumber, entry: LedgerEntry | None) -> tuple[str, str]:
    if entry is None:
        return "missed", "in no entry"
    if gold.kind == "exempt":
        if entry.kind == "exempt":
            return "right", ""
        is_read = entry.printed is not None
        return ("misread" if is_read else "missed"), f"is exempt, not {entry.kind}"
    if entry.printed is None:
        return "missed", f"{entry.kind}: {entry.exemption or entry.unclaimed}"
    if gold.unit.partition("/")[0] == "person" and entry.candidate is not None:
        # of a density the indicator says what it is for each of
        gold = evolve(gold, unit="person")
    problem = _difference(gold, entry.printed)
    if problem == "unit not read":
        return "missed", problem
    return ("misread", problem) if problem else ("right", "")


def _difference(gold: GoldNumber, printed: Printed) -> str:
    """How a number was read otherwise than it should be."""
    scale = 100 if printed.kind is PrintedKind.POINTS else 1
    ends = [abs(one.value * scale) for one in (printed.first, printed.last)]
    wanted = [abs(one) for one in (gold.low, gold.high) if one is not None]
    near = Fraction(1, 200) if printed.kind is PrintedKind.TIMES and ends[0] < 1 else Fraction(0)
    if any(abs(end - one) > near for end, one in zip(sorted(ends), sorted(wanted), strict=True)):
        return f"read as {ends[0]}..{ends[1]}"
    is_part = printed.kind is PrintedKind.TIMES and ends[0] < 1
    if _kind(printed) != gold.kind and not (is_part and gold.kind == "multiple"):
        return f"read as {_kind(printed)}"
    if gold.kind != "rank" and gold.hedge not in HEDGES[printed.hedge.value]:
        return f"hedge read as {printed.hedge.value}"
    if gold.kind != "amount":
        return ""
    unit = UNITS.get(printed.unit or "", printed.unit or "-")
    if unit == "-" and gold.unit in READ_UNITS:
        return "unit not read"
    is_alike = unit == gold.unit or (unit == "$" and gold.unit in {*MONEY, "-"})
    return "" if is_alike or (unit == "-" and gold.unit not in READ_UNITS) else f"unit {unit}"


def _kind(printed: Printed) -> str:
    if printed.kind is PrintedKind.TIMES:
        return "share" if printed.first.value < 1 else "multiple"
    return {"number": "amount", "percent": "share", "points": "points", "rank": "rank"}[
        printed.kind.value
    ]


def _score_claims(
    sentence: GoldSentence,
    entries: Sequence[LedgerEntry],
    matched: Sequence[LedgerEntry | None],
    found: Score,
) -> None:
    expected = [one for one in sentence.claims if one.measure != "?"]
    candidates = [one for one in entries if one.candidate is not None]
    found.counts["claims"] += len(expected)
    found.counts["candidates"] += len(candidates)
    seen: set[int] = set()
    for claim in expected:
        entry = matched[claim.number - 1]
        if entry is None or entry.candidate is None:
            why = entry and (entry.unclaimed or entry.exemption)
            found.misses.append(f"no candidate: {claim} {why} | {sentence.text}")
            continue
        seen.add(entry.number)
        wrong = list(_wrong(claim, entry))
        found.counts["measures right"] += not {"measure", "relation"} & set(wrong)
        found.counts["claims right"] += not wrong
        if wrong:
            told = f"{claim} not {entry.candidate}"
            found.misses.append(f"claim {'+'.join(wrong)}: {told} | {sentence.text}")
    found.misses.extend(
        f"no claim: {one.text!r} {one.candidate} | {sentence.text}"
        for one in candidates
        if one.number not in seen
    )


def _wrong(claim: GoldClaim, entry: LedgerEntry) -> Iterator[str]:
    candidate = entry.candidate
    if candidate is None:
        return
    measure, relation = _normal(claim.measure, claim.relation)
    read = {_normal(code, candidate.form.value) for code in candidate.measures}
    read |= {("jobs", form) for code, form in read if code in {"insured-jobs", "employment"}}
    read |= {("gdp", form) for code, form in read if code == "gdp-mxn"}
    # what is a multiple of no other place is one of what it was: a change
    read |= {(code, "change") for code, form in read if form == "multiple" and not candidate.others}
    if measure not in {code for code, _ in read}:
        yield "measure"
    if relation not in {form for _, form in read}:
        yield "relation"
    codes = set(candidate.place.codes) if candidate.place else {"bajio"}
    if not codes & _codes(claim.subject):
        yield "subject"
    period = candidate.period
    ends = {"-"} if period is None else {str(period.first), f"{period.first}..{period.last}"}
    if period is not None and period.is_span:
        ends.remove(str(period.first))
    if period is not None:  # the format knows no quarters
        ends |= {str(one.year) for one in (period.first,) if "-Q" in str(one)}
    if claim.period.removesuffix("..") not in ends:
        yield "period"


def _normal(measure: str, relation: str) -> tuple[str, str]:
    """A growth is the change of what grows."""
    measure = {"density": "population-density"}.get(measure, measure)
    if measure.endswith(GROWTH):
        return measure.removesuffix(GROWTH), "change"
    return measure, relation


def _codes(subject: str) -> set[str]:
    """What a subject names, joined places too; what names nothing is said by the text around."""
    if "+" in subject:
        return {"+".join(min(_codes(part)) for part in subject.split("+"))}
    named = Registry.default().recogniser.named(subject) if subject != "*" else ()
    if not named and subject.split(" ", 1)[0].casefold() in {"la", "el", "los", "las", "the"}:
        named = Registry.default().recogniser.named(subject.split(" ", 1)[-1])
    return {one.code for one in named} or {"bajio"}


def main(arguments: list[str]) -> int:
    """Print the score of each file."""
    paths = [Path(one) for one in arguments if not one.startswith("--")]
    for path in paths or sorted(GOLD.glob("*.txt")):
        found = score(path, path.stem[-2:])
        print(f"{path.name}: {found.told}")
        if "--list" in arguments:
            print(*(f"  {miss}" for miss in found.misses), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
