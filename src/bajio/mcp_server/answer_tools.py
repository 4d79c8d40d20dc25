"""The tools: questions and listings, answered by the schemas that `bajio schema` shows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from attrs import field, frozen

from bajio.brief import Brief
from bajio.errors import InvalidValue, UnknownCode, shown
from bajio.mcp_server import asked_questions, listed_things
from bajio.mcp_server.parameters import Parameter, checked
from bajio.registry import Registry
from bajio.report import escapes
from bajio.report.formats import rendered
from bajio.report.json_data import json_text
from bajio.report.reports import Document
from bajio.report.schemas import COLUMNS, json_schema
from bajio.words.phrasebook import ENGLISH, languages, say, usual_language

#: Characters of an answer as JSON, and as text, that are given out.
MOST_DATA, MOST_TEXT = 120_000, 24_000
INSTRUCTIONS = (
    "Official figures of regions, as of the Bajío, were they countries: of sets of Mexican states, "
    "municipalities and countries. Each number comes with its unit, period, status, coverage and "
    "sources: say them with it. Shares and growth are fractions in the data (0.108 is 10.8 %). "
    "What the data cannot answer is refused with the reason and the newest period that has an "
    "answer: ask again as the message says. Codes are found by list_indicators, list_regions, "
    "list_areas and list_peer_groups; REGION is a code or a name, or several joined by '+'."
)
_LANGUAGE = Parameter(
    "language",
    "of the text of the answer, whose data are the same in all; the usual one if not given",
    choices=languages(),
)


@frozen(eq=False, repr=False)
class AnswerTool(Brief):
    """A question that programs ask by its name.

    Attributes:
        name: that it is called by.
        title: what it is called.
        told: what it answers.
        parameters: what it is given, other than the language.
        output: JSON Schema of what it answers.
        ask: gives the answer as a document, and its data, of arguments that are checked.
    """

    name: str
    title: str
    told: str
    parameters: tuple[Parameter, ...]
    output: Mapping[str, Any] = field(repr=False)
    ask: Callable[[dict[str, Any], Registry], tuple[Document, Any]] = field(repr=False)

    def input_schema(self, language: str = ENGLISH) -> dict[str, Any]:
        """The JSON Schema of its arguments, with what they are in a language."""
        every = (*self.parameters, _LANGUAGE)
        return {
            "type": "object",
            "properties": {parameter.name: parameter.schema(language) for parameter in every},
            "required": [parameter.name for parameter in every if parameter.required],
            "additionalProperties": False,
        }


@frozen(eq=False, repr=False)
class ToolAnswer(Brief):
    """What a tool gives out.

    Attributes:
        text: the answer in words and tables, in a language.
        data: the same as JSON holds it.
    """

    text: str
    data: Any = field(repr=False)


@cache
def answer_tools() -> Mapping[str, AnswerTool]:
    """All tools, by name."""
    every = (*_questions(), *_listings())
    return {tool.name: tool for tool in every}


def answered(name: str, arguments: object, registry: Registry) -> ToolAnswer:
    """What a tool answers.

    Args:
        name: of the tool.
        arguments: by name, as JSON has them.
        registry: what is known.

    Raises:
        BajioError: what the command of that name would refuse, an argument that the tool has not,
            or an answer that is too long.

    Examples:
        >>> asked = {"region": "bajio", "indicator": "gdp", "year": 2018}
        >>> found = answered("explain", asked, Registry.default())
        >>> found.data["result"]["value"], found.data["result"]["unit"]
        (136039873662.4381, 'USD')
    """
    tools = answer_tools()
    if name not in tools:
        raise UnknownCode("tool", name, tools)
    tool = tools[name]
    values = checked((*tool.parameters, _LANGUAGE), arguments)
    language = values.pop("language", None) or usual_language()
    document, data = tool.ask(values, registry)
    size = len(json_text(data))
    if size > MOST_DATA:
        raise InvalidValue(
            f"the answer has {size:,} characters, and one of {shown(name)} up to {MOST_DATA:,}: "
            "ask for fewer indicators, years, regions or claims"
        )
    return ToolAnswer(_text(document, data, language), data)


def _text(document: Document, data: Any, language: str) -> str:
    """A document in words and tables, with its sources, and a line on coverage; a long one cut."""
    text = rendered(document.shown_in(language), "markdown")
    assert isinstance(text, str)
    lines = []
    if len(text) > MOST_TEXT:
        text = text[:MOST_TEXT].rsplit("\n", 1)[0]
        lines.append(say("tool.cut", language))
    named = (escapes.markdown(source) for source in dict.fromkeys(_sources(data)))
    untold = [f"- {source}" for source in named if source not in text]
    if untold:
        lines.append("\n".join([f"{say('source.several', language)}:", *untold]))
    if document.schema.name in _COMPLETE:
        lines.append(say("tool.coverage", language))
    return "\n\n".join([text, *lines])


def _sources(data: Any) -> Iterator[str]:
    """All sources that are named in an answer's data."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for value in inner:
        yield from _sources(value)
    named = data.get("sources") if isinstance(data, dict) else None
    if isinstance(named, list):
        yield from (source for source in named if isinstance(source, str))


#: Answers whose text tells of coverage only where it is not full.
_COMPLETE = frozenset({"profile", "rank", "compare", "series", "explain", "search", "audit"})


def _questions() -> Iterable[AnswerTool]:
    for name, (title, description, parameters, ask) in asked_questions.QUESTIONS.items():
        yield AnswerTool(
            name, title, description, parameters, _alone(json_schema(name)), _with_data(ask)
        )


def _with_data(
    ask: Callable[[dict[str, Any], Registry], Document],
) -> Callable[[dict[str, Any], Registry], tuple[Document, Any]]:
    def both(values: dict[str, Any], registry: Registry) -> tuple[Document, Any]:
        document = ask(values, registry)
        return document, document.data()

    return both


def _alone(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of one answer, without what it says of other formats."""
    first = {**schema, **schema["anyOf"][0]} if "anyOf" in schema else schema
    return {key: value for key, value in first.items() if key not in {COLUMNS, "anyOf"}}


def _listings() -> Iterable[AnswerTool]:
    for kind, name in listed_things.NAMES.items():
        rows = json_schema(kind)["items"]
        count = {"type": "integer", "minimum": 0}
        output = {
            "type": "object",
            "properties": {
                "items": {"type": "array", "items": rows, "maxItems": listed_things.MOST},
                "total": count,
                "offset": count,
            },
            "required": ["items", "total", "offset"],
            "additionalProperties": False,
        }
        yield AnswerTool(
            f"list_{name}",
            f"The {name.replace('_', ' ')} that there are",
            f"Lists {name.replace('_', ' ')} with their codes, some at a time: `total` says how "
            "many there are.",
            listed_things.PAGE,
            output,
            listed_things.lister(kind),
        )
    yield AnswerTool(
        "describe",
        "All that is known of one thing",
        "Describes an area, region, indicator (formula, unit, source of its definition), measure, "
        "peer group, claim set or source (terms, citation), by its code.",
        listed_things.DESCRIBED,
        {
            "type": "object",
            "anyOf": [_alone(json_schema(entry)) for entry in listed_things.ENTRIES],
        },
        _with_data(listed_things.described),
    )
