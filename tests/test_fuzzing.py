"""Doors, given generated and mutated input: each ends in an answer or in one refusal."""

import json
import os
import sys
import warnings

from drawn import examples
from hypothesis import event, given, strategies as st
from patience import patience

import bajio
from bajio import BajioError, Measure, Observation, Source
from bajio.claims.conventions import Convention
from bajio.claims.numerals import read_printed
from bajio.cli import main
from bajio.registry import Registry

#: What stands in the place of something right.
HOSTILE_TEXTS = st.sampled_from(
    [
        "", " ", "\t", "\0", "\n", "-", "--", "+", ",", ";", "=", "%", "'", '"', "\\", "../x",
        "/dev/null", "a" * 3000, "9" * 3000, "1e999999999", "1" + "0" * 500, "-0", "NaN", "inf",
        "２０１８", "٢٠١٨", "\u202e", "\x1b[31m", "\ufeff", "é", "ñ", "🇲🇽", "<script>", "=1+1",
        "[" * 10_000, "(" * 10_000, "{" * 200, "1,5", "1.234,5", "1/0", "0/1", "1_000", "0x10",
        "2018-Q5", "2018-13", "2018Q1", "2018-2019", "201812", "true", "null", "None", "bajio",
        "MEX", "MX-JAL", "MX-JAL+MX-JAL", "MEX+MX-JAL", "MX-JAL+", "gdp", "population", "none",
        "un-members", "newest", "--year", "-1", "0", "1", "2018", "99999", "0.5", "1.5", "2030",
    ]
)  # fmt: skip
HOSTILE_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | HOSTILE_TEXTS
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def answered(call):
    """What a call gives, or the one refusal that it ends in."""
    with patience():
        try:
            return call()
        except BajioError as error:
            event("refused")
            told = str(error)
            assert told
            assert len(told) < 4000
            return None


# options

REGIONS = st.sampled_from(["bajio", "MX-JAL", "MX-JAL+MX-COL", "MEX", "centro-bajio-occidente"])
COMMANDS = {
    "profile": [REGIONS],
    "rank": [REGIONS, st.sampled_from(["gdp", "population", "gdp-growth", "area"])],
    "compare": [REGIONS, REGIONS],
    "series": [REGIONS, st.sampled_from(["population", "fdi"])],
    "explain": [REGIONS, st.sampled_from(["gdp-per-capita", "population-growth"])],
    "sensitivity": [st.sampled_from(["MX-JAL+MX-COL"]), st.sampled_from(["population"])],
    "difference": [REGIONS, st.sampled_from(["population", "gdp-per-capita"])],
    "specialisations": [REGIONS],
    "near": [REGIONS],
    "decompose": [st.just("mexican-states"), st.just("theil-gdp-per-capita")],
    "composite": [st.just("composite-prosperity"), REGIONS],
    "search": [],
    "audit": [st.just("san-miguel")],
    "regions": [],
    "indicators": [],
    "measures": [],
    "peers": [],
    "claims": [],
    "sources": [],
    "plugins": [],
}
#: Right values of options; of others a hostile one is given.
RIGHT = {
    "--year": ["2018", "2017"],
    "--peers": ["un-members", "latin-america", "none", "MX-JAL+USA", "mexican-regions"],
    "--host": ["keep", "drop", "remainder"],
    "--missing": ["refuse", "partial", "bound"],
    "--threshold": ["0.5"],
    "--membership": ["newest", "as-of"],
    "--edition": ["fdi=2018"],
    "--year-tolerance": ["2"],
    "--against": ["sur-sureste"],
    "--level": ["31-33"],
    "--format": ["json", "csv", "markdown", "table"],
    "--output": ["out.csv", "out.json", "out.md", "out.txt"],
    "--lang": ["en", "es"],
    "--indicators": ["gdp,population", "profile", "spread"],
    "--years": ["2015-2018", "2018"],
    "--near": ["population=BEL", "gdp=1e11"],
    "--max": ["gdp"],
    "--min": ["area"],
    "--at-least": ["population=2000000"],
    "--at-most": ["area=100000"],
    "--size": ["2", "2-3"],
    "--among": ["mexican-states"],
    "--include": ["MX-JAL"],
    "--exclude": ["MX-COL"],
    "--best": ["3"],
    "--partition": ["bajio,rest"],
    "--joining": ["MX-COL"],
    "--top": ["3"],
    "--base": ["MX-JAL"],
}


def options_of(command):
    """The options of a command, and whether each takes a value."""
    from bajio.cli.commands import commands

    found = commands.get_command(None, command)
    return [
        (name, not getattr(option, "is_flag", False))
        for option in found.params
        for name in option.opts
        if name.startswith("--")
    ]


@st.composite
def command_lines(draw):
    command = draw(st.sampled_from(sorted(COMMANDS)))
    words = [draw(one if draw(st.integers(0, 5)) else HOSTILE_TEXTS) for one in COMMANDS[command]]
    known = options_of(command)
    for _ in range(draw(st.integers(0, 3))):
        name, has_value = draw(st.sampled_from(known))
        words.append(name)
        if has_value:
            right = st.sampled_from(RIGHT.get(name, ["2018"]))
            words.append(draw(right if draw(st.integers(0, 2)) else HOSTILE_TEXTS))
    return [command, *words]


@examples(120)
@given(command_lines())
def test_every_command_line_ends_in_an_answer_or_in_one_line(tmp_path_factory, arguments):
    folder = tmp_path_factory.mktemp("here")
    before = os.getcwd()
    os.chdir(folder)
    out, err = sys.stdout, sys.stderr
    try:
        with (
            open(folder / "out", "w+", encoding="utf-8", errors="replace") as sys.stdout,
            open(folder / "err", "w+", encoding="utf-8", errors="replace") as sys.stderr,
            patience(),
        ):
            status = main(arguments)
    finally:
        sys.stdout, sys.stderr = out, err
        os.chdir(before)
    told = (folder / "err").read_text("utf-8")
    event(f"{arguments[0]} ends in {status}")

    assert status in {0, 1, 2}
    assert "Traceback" not in told
    assert "should not have happened" not in told
    assert "year=" not in told
    if status == 2:
        assert told.strip()
        assert len(told) < 4000


# files of claims

CLAIMS = """\
code = "mine"
title = { en = "Mine", es = "Lo mío" }
subject = "bajio"
locale = "es-MX"
year = 2018

[[claims]]
id = "people"
statement = "Más de 12.4 millones."
indicator = "population"
printed = "más de 12.4 millones"

[[claims]]
id = "share"
statement = "Su parte creció 1.5 puntos desde 2003."
indicator = "gdp-mxn"
relation = "share-of"
since = 2003
printed = "1.5 puntos"

[[claims]]
id = "near"
statement = "Como Bélgica."
indicator = "gdp"
relation = "near"
areas = ["BEL", "GRC"]

[[claims]]
id = "sum"
statement = "Juntos."
indicator = "population"
relation = "sum-of"
printed = "12.7 millones"
parts = [{ area = "MX-AGU" }, { area = "MX-GUA" }]

[[claims]]
id = "top"
statement = "Entre los 100 primeros."
indicator = "area"
relation = "top"
top = 100
"""


@st.composite
def mutated(draw, text):
    """A text with some of its lines changed, doubled, exchanged or taken away."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        key, equals, value = lines[at].partition(" = ")
        way = draw(st.sampled_from(["value", "key", "cut", "double", "remove", "swap", "insert"]))
        if way == "value" and equals:
            hostile = draw(HOSTILE_TEXTS | st.integers(-(10**9), 10**12).map(str))
            quoted = json.dumps(hostile) if draw(st.booleans()) else hostile
            lines[at] = f"{key} = {quoted}"
        elif way == "key" and equals:
            lines[at] = f"{draw(HOSTILE_TEXTS)} = {value}"
        elif way == "cut":
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        elif way == "double":
            lines.insert(at, lines[at])
        elif way == "remove" and len(lines) > 1:
            del lines[at]
        elif way == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines.insert(at, draw(HOSTILE_TEXTS))
    return "\n".join(lines)


@examples(120)
@given(mutated(CLAIMS))
def test_a_mutated_file_of_claims_is_audited_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("claims") / "mine.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    found = answered(lambda: bajio.audit(bajio.read_claims(path)))
    if found is not None:
        event("audited")
        assert found.findings


@examples(300)
@given(
    st.lists(
        st.sampled_from(
            [
                "más de", "casi", "over", "almost", "12", "12.4", "12,4", "1,234", "millones",
                "million", "mil", "%", "por ciento", "puntos", "el doble", "tercio", "entre", "y",
                "de", "a", "-", "−", "–", "3", "0", "veces", "twice", "top", "4th", "primera",
                "9" * 500, "e9", "1e999", "un", "half", "２", " ", "\0",
            ]
        )
        | st.text(max_size=4),
        max_size=6,
    ).map(" ".join),
    st.sampled_from(["en", "es", "es-MX", "es-ES"]),
)  # fmt: skip
def test_a_printed_number_is_read_or_refused(text, locale):
    found = answered(lambda: read_printed(text, Convention(locale)))
    if found is not None:
        event("read")
        assert found.digits.low <= found.digits.high


# packages


def package(folder):
    data = bajio.dataset(
        "mine",
        measures=[Measure("beds", "Beds", "1", time="stock", minimum=0)],
        sources=[Source("mine", "Mine")],
        observations=[
            Observation(area, year, "beds", number * 10 + year)
            for number, area in enumerate(["MX-AGU", "MX-GUA", "MX-QUE", "MX-SLP"])
            for year in (2017, 2018)
        ],
    )
    bajio.write_package(data, folder)
    return data


def places(value, path=()):
    """The paths of all that a descriptor holds."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from places(inner, (*path, at))


def read_all(folder):
    data = bajio.read_package(folder)
    rows = {code: list(data.observations(code)) for code in data.measures}
    asked = bajio.profile("bajio", data, indicators=["population"], year=2018, peers=None)
    return rows, asked


@examples(120)
@given(st.data())
def test_a_mutated_descriptor_is_read_or_refused(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("package") / "own"
    package(folder)
    [file] = folder.glob("*.json")
    whole = json.loads(file.read_text("utf-8"))
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from([path for path in places(whole) if path]))
        holder = whole
        for step in path[:-1]:
            holder = holder[step]
        if data.draw(st.booleans()) or isinstance(holder, list):
            holder[path[-1]] = data.draw(HOSTILE_JSON)
        else:
            del holder[path[-1]]
        event(f"{'.'.join(map(str, path))[:40]}")
    file.write_text(json.dumps(whole), "utf-8")
    answered(lambda: read_all(folder))


@examples(80)
@given(st.data())
def test_a_mutated_table_is_refused(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("package") / "own"
    package(folder)
    [table] = folder.rglob("*.csv")
    text = data.draw(mutated(table.read_text("utf-8")))
    changed = text.encode("utf-8", "surrogatepass")
    untouched = table.read_bytes() == changed
    table.write_bytes(changed)
    found = answered(lambda: read_all(folder))
    assert found is None or untouched  # what is loaded is what was hashed


# plugins

WHAT = st.sampled_from(
    [
        "None", "7", "'x'", "[None]", "[7]", "['x']", "{}", "{'x': 1}", "{'gdp': 'a:b'}", "[[]]",
        "iter([1])", "(x for x in [1/0])", "object()", "[object()]", "[Exception]", "1/0",
        "[bajio.Region([])]", "[bajio.Region(['NO-WHERE'], code='x')]", "[bajio.Area('', '')]",
        "[bajio.Area('X', 'X', within='X')]", "[bajio.Area('MEX', 'Other')]", "[('A', 'B', 'C')]",
        "[bajio.PeerGroup('un-members', 'U', ['MEX'])]", "[bajio.PeerGroup('g', 'G', ['gone'])]",
        "[bajio.Indicator('gdp', bajio.Sum('gdp'), 'USD', 'G')]",
        "[bajio.Indicator('gdp', bajio.Sum('gone'), 'USD', 'G', replaces='gdp')]",
        "[bajio.Indicator('x', bajio.Sum('population'), 'km²', 'G')]",
        "[bajio.Indicator('x', bajio.rules.Custom(lambda m: 1/0, ['population']), '1', 'G')]",
        "[bajio.Indicator('x', bajio.rules.Custom(lambda m: 'x', ['population']), '1', 'G')]",
        "[bajio.dataset('d', measures=[], sources=[], observations=[])]",
        "[bajio.IndicatorSet('profile', 'P', ['gone'], replaces='profile')]",
        "[bajio.Region(['MEX', 'MX-JAL'], code='x')]", "range(3)", "print('noise') or []",
        "__import__('sys').exit(1)", "exec('raise GeneratorExit')", "exec('raise MemoryError')",
    ]
)  # fmt: skip
HOOKS = st.sampled_from(
    [
        "bajio_areas", "bajio_borders", "bajio_datasets", "bajio_regions", "bajio_peer_groups",
        "bajio_indicators", "bajio_indicator_sets", "bajio_claims", "bajio_composites",
        "bajio_nonsense",
    ]
)  # fmt: skip


@examples(60)
@given(st.lists(st.tuples(HOOKS, WHAT), min_size=1, max_size=3, unique_by=lambda pair: pair[0]))
def test_a_plugin_that_returns_anything_takes_nothing_with_it(tmp_path_factory, hooks):
    file = tmp_path_factory.mktemp("plugin") / "mine.py"
    body = "".join(f"@bajio.hookimpl\ndef {hook}():\n    return {what}\n\n" for hook, what in hooks)
    file.write_text(f"import bajio\n\n{body}", "utf-8")
    with patience(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        registry = Registry.load(str(file))
        found = bajio.profile("bajio", registry=registry, year=2018, peers="oecd")
        codes = set(registry.indicators)
        plugins = registry.plugins
    event("set aside" if caught else "taken")

    assert found["population"].value == 12_706_038
    assert "gdp" in codes
    assert len(plugins) > 1
