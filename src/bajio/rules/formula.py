"""Rules written as text: as formulas show them, or in plain letters, `sum(gdp) / sum(population)`.

In plain letters each constructor is called by its name in lower case, with its arguments in order
or by name: `growth(sum(gdp-constant), years=1)`, `share(sum(gdp), of=host)`,
`theil_t(sum(gdp) / sum(population), sum(population))`, `sum(gva[activity=31-33])`.
A minus between two rules has blanks around it, since codes have hyphens.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any, NoReturn, cast

from attrs import NOTHING, fields

from bajio.errors import BajioError, InvalidRule, nearest, shown
from bajio.facts.classifications import LEAVES
from bajio.rules.algebra import Operator
from bajio.rules.axes import Across, By, Categories, Stack
from bajio.rules.functions import Absolute, Entropy, Logarithm, Root
from bajio.rules.members import OverMembers
from bajio.rules.nodes import (
    At,
    Convert,
    Deflate,
    Growth,
    Lag,
    Maximum,
    Mean,
    Minimum,
    OfMeasure,
    Over,
    Share,
    Sum,
    WeightedMean,
)
from bajio.rules.notation import constructors
from bajio.rules.rule import MOST_DEPTH, Arithmetic, Number, Rule

_MOST_TEXT = 100_000
_CODE = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_DECIMAL = r"[0-9]+(?:\.[0-9]+)?"
_NUMBER = r"[0-9]+(?:\.[0-9]+|/[0-9]+)?"
#: A place, a category, a currency: anything up to what ends an argument.
_WORD = r"[^\s\[\](){};,=|\"]+"
_QUOTED = r'"[^"]*"'
_SUMS = {"+": Operator.PLUS, "-": Operator.MINUS, "\u2212": Operator.MINUS}
_PRODUCTS = {
    **dict.fromkeys("*\u00d7\u00b7", Operator.TIMES),
    **dict.fromkeys("/\u00f7", Operator.OVER),
}
_FOLDS: Mapping[str, type[OfMeasure]] = {
    "\u03a3": Sum,
    "plain mean of": Mean,
    "min": Minimum,
    "max": Maximum,
}
_FUNCTIONS: Mapping[str, Callable[[Rule], Rule]] = {
    "ln": Logarithm,
    "xlnx": Entropy,
    "\u221a": Root,
    "\u221b": lambda rule: Root(rule, 3),
}


def read_rule(text: str) -> Rule:
    """The rule that a text writes, as formulas show it or in plain letters.

    Args:
        text: the formula.

    Raises:
        InvalidRule: it is no formula; the message says where, and what could stand there.

    Examples:
        >>> print(read_rule("sum(gdp) / sum(population)"))
        Σ gdp ÷ Σ population
        >>> read_rule("Σ gdp ÷ Σ population") == read_rule("sum(gdp) / sum(population)")
        True
        >>> read_rule("sum(gdp) / average(population)")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidRule: 'population' at 20 is no rule: write sum(population), ...
    """
    if not isinstance(text, str):
        raise InvalidRule(f"{shown(text)} is no formula: give a text")
    if len(text) > _MOST_TEXT:
        raise InvalidRule(f"a formula has at most {_MOST_TEXT:,} characters")
    return _FormulaReader(text).whole()


def write_rule(rule: Rule) -> str:
    """A rule in plain letters, with all that it is made of; `read_rule` gives an equal one.

    Raises:
        InvalidRule: it is code, or of a class that is not bajio's own.

    Examples:
        >>> from bajio.rules import Growth, Sum
        >>> write_rule(Growth(Sum("gdp-constant"), years=2))
        'growth(sum(gdp-constant), years=2)'
    """
    if isinstance(rule, Number):
        plain = rule.value >= 0 and rule.value.denominator == 1
        return str(rule.value) if plain else f"({rule.value})"
    if isinstance(rule, Arithmetic):
        sign = {"\u2212": "-", "\u00d7": "*", "\u00f7": "/"}.get(str(rule.operator), "+")
        return f"({write_rule(rule.left)} {sign} {write_rule(rule.right)})"
    names = {kind: name for name, kind in _by_name().items()}
    if type(rule) not in names:
        raise InvalidRule(f"'{rule}' is code: it cannot be written as a formula")
    return f"{names[type(rule)]}({', '.join(_arguments(rule))})"


def _arguments(rule: Rule) -> Iterator[str]:
    """The arguments of a constructor, those that it has by itself left out."""
    in_order = True
    for attribute in fields(cast("Any", type(rule))):
        value = getattr(rule, attribute.name)
        if attribute.name == "where" or value == attribute.default:
            in_order = False
            continue
        written = _written(rule, attribute.name, value)
        in_order = in_order and not attribute.kw_only and isinstance(value, Rule | str | tuple)
        yield written if in_order else f"{attribute.name}={written}"


def _written(rule: Rule, name: str, value: Any) -> str:
    if isinstance(value, Rule):
        return write_rule(value)
    if isinstance(value, tuple):  # rules by name
        return f"{{{', '.join(f'{_word(key)}: {write_rule(text)}' for key, text in value)}}}"
    if isinstance(value, bool):
        return str(value).lower()
    cells = rule.where if name == "measure" and isinstance(rule, OfMeasure) else ()
    categories = "".join(f"[{key}={_word(category)}]" for key, category in cells)
    return f"{_word(str(value))}{categories}"


def _word(text: str) -> str:
    return text if re.fullmatch(_WORD, text) else f'"{text}"'


@cache
def _by_name() -> dict[str, Any]:
    """The constructors that are called by name, in lower case."""
    every = (kind for kind in constructors() if kind not in {Number, Arithmetic})
    return {re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind for kind in every}


@cache
def _by_phrase() -> dict[str, Any]:
    """The constructors over members by the name that formulas have for them, the longest first."""
    every = {kind.name: kind for kind in constructors(OverMembers)}
    return dict(sorted(every.items(), key=lambda item: -len(item[0])))


class _FormulaReader:
    """Reads one formula from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def whole(self) -> Rule:
        """The rule that the whole text writes."""
        try:
            rule = self._table()
        except RecursionError:
            raise InvalidRule(f"rules nest at most {MOST_DEPTH} deep") from None
        if self.at < len(self.text):
            self._fail("an operator, or the end")
        return rule

    # what stands at the top only

    def _table(self) -> Rule:
        if self._take(r"by\s+(?=\S)"):
            axis, level = self._level()
            self._need(":")
            return self._made(By, self._rule(), axis, level)
        if self._sees(rf"(?:{_WORD}|{_QUOTED})\s*:"):
            parts: dict[str, Rule] = {}
            while True:
                name = self._name()
                self._need(":")
                parts[name] = self._rule()
                if not self._take(";"):
                    return self._made(Stack, parts)
        return self._rule()

    # arithmetic

    def _rule(self) -> Rule:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise InvalidRule(f"rules nest at most {MOST_DEPTH} deep: name less in one another")
        rule = self._product()
        while sign := self._take("[+\u2212-]"):
            rule = self._joined(_SUMS[sign], rule, self._product())
        self.depth -= 1
        return rule

    def _product(self) -> Rule:
        rule = self._factor()
        while sign := self._take("[*\u00d7\u00b7/\u00f7]"):
            operator = _PRODUCTS[sign]
            right = (self._divisor() if operator is Operator.OVER else None) or self._factor()
            rule = self._joined(operator, rule, right)
        return rule

    def _divisor(self) -> Rule | None:
        """A number that divides, up to the next sign: "x / 2/3" is divided by 2, then by 3."""
        number = rf"{_DECIMAL}(?![\w.]|th root of)"
        if self._sees(number):
            return Number(self._number(_DECIMAL))
        if self._take(rf"[\u2212-](?=\s*{number})"):
            return Number(-self._number(_DECIMAL))
        return None

    def _joined(self, operator: Operator, left: Rule, right: Rule) -> Rule:
        return self._made(Arithmetic, operator, left, right)

    def _factor(self) -> Rule:
        if sign := self._take(rf"[\u2212-](?=\s*{_NUMBER}(?![.\w]))"):
            del sign
            return Number(-self._number())
        if self._sees(rf"{_NUMBER}th root of"):
            degree = int(self._number())
            self._need("th root of")
            return self._made(Root, self._bracketed(), degree)
        if self._sees(_NUMBER):
            return Number(self._number())
        if self._take(r"\|"):
            rule = self._rule()
            self._need(r"\|")
            return self._made(Absolute, rule)
        if self._take(r"\("):
            return self._inside()
        return self._phrase() or self._called() or self._stray()

    def _number(self, pattern: str = _NUMBER) -> Fraction:
        text = self._take(pattern)
        assert text is not None
        try:
            return Fraction(text)
        except ZeroDivisionError:
            raise InvalidRule(f"{text} divides by zero") from None

    # as formulas show it

    def _inside(self) -> Rule:
        """What stands in brackets, and what is said behind them."""
        if self._take(r"\u03a3 over "):
            dimension, level = self._level()
            self._need("of ")
            rule = self._made(Across, self._rule(), dimension, level)
            self._need(r"\)")
            return rule
        rule = self._rule()
        if self._take("of the "):
            rule = self._made(At, rule, self._name())
            self._need(r"\)")
            return rule
        self._need(r"\)")
        return self._behind(rule)

    def _behind(self, rule: Rule) -> Rule:
        if match := self._match(r"(\d+) years? before\b"):
            return self._made(Lag, rule, int(match[1]))
        if match := self._match(r"over (\d+) years?\b"):
            return self._made(Over, rule, int(match[1]))
        if match := self._match(rf"at prices of (\d+) by ({_CODE})"):
            return self._made(Deflate, rule, int(match[1]), match[2])
        if match := self._match(rf"in ({_WORD}) by ({_CODE})"):
            return self._made(Convert, rule, match[1], match[2])
        return rule

    def _phrase(self) -> Rule | None:
        if match := self._match(r"(nominal )?growth over (\d+) years? of\s*(?=\()"):
            rule = self._bracketed()
            return self._made(Growth, rule, int(match[2]), nominal=bool(match[1]))
        if match := self._match(rf"share of the ({_WORD}) in\s*(?=\()"):
            return self._made(Share, self._bracketed(), match[1])
        if self._take("number of "):
            dimension, level = self._level()
            self._need("of ")
            return self._made(Categories, self._code(), dimension, level)
        return self._of_sign()

    def _of_sign(self) -> Rule | None:
        """What a sign, or a name, stands before."""
        for sign, function in _FUNCTIONS.items():
            if self._take(rf"{sign}\s*(?=\()"):
                return self._made(function, self._bracketed())
        for name, kind in _by_phrase().items():
            if self._take(rf"{re.escape(name)}\s*\("):
                return self._over_members(kind)
        for sign, fold in _FOLDS.items():
            if self._take(rf"{sign}(?:\s+|(?<=\u03a3))(?={_CODE})"):
                return self._fold(fold)
        return None

    def _over_members(self, kind: Any) -> Rule:
        inner = [self._rule()]
        while self._take("[;,]"):
            inner.append(self._rule())
        self._need(r"\)")
        return self._made(kind, *inner)

    def _fold(self, kind: type[OfMeasure]) -> Rule:
        code, where = self._code(), self._categories()
        if kind is Sum:
            weighed = rf"[*\u00d7]\s*({_CODE}|its weight)\s*[/\u00f7]\s*\u03a3\s*(?:\1)(?![\w\[-])"
            if match := self._match(weighed):
                weight = None if match[1] == "its weight" else match[1]
                return self._made(WeightedMean, code, weight, where)
        return self._made(kind, code, where)

    def _level(self) -> tuple[str, str]:
        dimension = self._name()
        return dimension, self._name() if self._take("within ") else LEAVES

    # in plain letters

    def _called(self) -> Rule | None:
        match = self._match(r"([a-zA-Z_]+)\s*\(")
        if match is None:
            return None
        kind = _by_name().get(match[1].lower())
        if kind is None:
            close = nearest(match[1].lower(), _by_name())
            advice = f"did you mean {close[0]}?" if close else f"there is {', '.join(_by_name())}"
            raise InvalidRule(f"{match[1]!r} at {match.start() + 1} is no constructor: {advice}")
        order = [field for field in fields(kind) if not field.kw_only and field.init]
        arguments: dict[str, Any] = {}
        while not self._take(r"\)"):
            named = self._match(r"([a-z_]+)\s*=(?!=)")
            if named is None and len(arguments) >= len(order):
                self._fail("a closing bracket")
            name = named[1] if named else order[len(arguments)].name
            if name in arguments or name not in {field.name for field in fields(kind)}:
                raise InvalidRule(f"{match[1]} takes no {name!r}, or takes it once")
            arguments |= self._argument(kind, name)
            if not self._take(",") and not self._sees(r"\)"):
                self._fail("a comma, or a closing bracket")
        lacking = [
            one.name for one in order if one.default is NOTHING and one.name not in arguments
        ]
        if lacking:
            raise InvalidRule(f"{match[1]} at {match.start() + 1} lacks its {lacking[0]!r}")
        return self._made(kind, **arguments)

    def _argument(self, kind: Any, name: str) -> dict[str, Any]:
        if name == "parts":
            return {name: self._named_rules()}
        if name in kind.children or name == "total":
            return {name: self._rule()}
        if text := self._take(rf"(?:true|false)\b|{_NUMBER}(?![\w-])"):
            literal = {"true": True, "false": False}.get(text)
            number = Fraction(text) if literal is None else Fraction(0)
            plain = int(number) if number.denominator == 1 else number
            return {name: plain if literal is None else literal}
        word = self._name()
        if name in {"measure", "weight"} and not re.fullmatch(_CODE, word):
            raise InvalidRule(f"{shown(word)} is no code of a measure, as gdp or gdp-constant")
        where = self._categories() if name == "measure" else {}
        return {name: word, **({"where": where} if where else {})}

    def _named_rules(self) -> dict[str, Rule]:
        self._need(r"\{")
        parts: dict[str, Rule] = {}
        while not self._take(r"\}"):
            name = self._name()
            self._need(":")
            parts[name] = self._rule()
            if not self._take(",") and not self._sees(r"\}"):
                self._fail("a comma, or a closing brace")
        return parts

    def _categories(self) -> dict[str, str]:
        result: dict[str, str] = {}
        while self._take(r"\["):
            name = self._name()
            self._need("=")
            result[name] = self._name()
            self._need(r"\]")
        return result

    # letters

    def _bracketed(self) -> Rule:
        self._need(r"\(")
        rule = self._rule()
        self._need(r"\)")
        return rule

    def _code(self) -> str:
        code = self._take(_CODE)
        if code is None:
            self._fail("the code of a measure")
        return code

    def _name(self) -> str:
        text = self._take(_QUOTED)
        if text is not None:
            return text[1:-1]
        text = self._take(rf"{_WORD}?(?=\s*:)|{_WORD}")
        if text is None:
            self._fail("a name")
        return text

    def _stray(self) -> NoReturn:
        if code := self._take(_CODE):
            place = self.at - len(code) + 1
            raise InvalidRule(f"{code!r} at {place} is no rule: write sum({code}), ...")
        self._fail("a rule")

    def _made(self, kind: Callable[..., Rule], *arguments: Any, **by_name: Any) -> Rule:
        try:
            return kind(*arguments, **by_name)
        except TypeError as error:
            raise InvalidRule(f"up to {self.at} in the formula: {error}") from None
        except BajioError as error:
            raise InvalidRule(f"up to {self.at} in the formula: {error}") from None

    def _match(self, pattern: str) -> "re.Match[str] | None":
        """What matches here, blanks before and after it passed over."""
        blanks = re.compile(r"\s*")
        start = blanks.match(self.text, self.at)
        assert start is not None
        match = re.compile(pattern).match(self.text, start.end())
        if match is not None:
            end = blanks.match(self.text, match.end())
            assert end is not None
            self.at = end.end()
        return match

    def _take(self, pattern: str) -> str | None:
        match = self._match(pattern)
        return None if match is None else match[0]

    def _sees(self, pattern: str) -> bool:
        before = self.at
        seen = self._match(pattern) is not None
        self.at = before
        return seen

    def _need(self, pattern: str) -> None:
        if self._match(pattern) is None:
            self._fail(f"{pattern.replace(chr(92), '').strip()!r}")

    def _fail(self, expected: str) -> NoReturn:
        there = self.text[self.at : self.at + 30]
        stray = f"{shown(there)} at {self.at + 1}" if there else "the end"
        raise InvalidRule(f"a formula has {expected} where {shown(self.text)} has {stray}")
