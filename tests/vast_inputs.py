"""What is vast, tried in a process of its own that loads no more than it needs."""

import json
import sys
from pathlib import Path

import bajio
from bajio import Area, BajioError, Indicator, Measure, Membership, Observation, Region, Source, Sum
from bajio.registry import Registry, built_ins

#: Bytes of memory, the interpreter's and its libraries' included.
BYTES = 3 * 2**30

HEAD = 'code = "mine"\ntitle = "Mine"\nsubject = "bajio"\nyear = 2018\n'


def claim(name, **keys):
    lines = {"id": name, "statement": "So it was.", "indicator": "population", **keys}
    return "[[claims]]\n" + "".join(f"{key} = {json.dumps(one)}\n" for key, one in lines.items())


def package(columns="area,period,value", row="MEX,2018,1"):
    """A package whose only table has one row, read again; its hash is not asked for."""
    data = bajio.dataset(
        "own",
        measures=[Measure("beds", "Beds", "1")],
        sources=[Source("own", "Own")],
        observations=[Observation("MEX", 2018, "beds", 1)],
    )
    bajio.write_package(data, "own")
    [table] = Path("own").rglob("*.csv")
    table.write_text(f"{columns}\n{row}\n", "utf-8")
    path = Path("own", "datapackage.json")
    descriptor = json.loads(path.read_text("utf-8"))
    for resource in descriptor["resources"]:
        resource.pop("hash", None)
        resource.pop("bytes", None)
    path.write_text(json.dumps(descriptor), "utf-8")
    list(bajio.read_package("own").observations("beds"))


def descriptor(text):
    Path("own").mkdir()
    Path("own", "datapackage.json").write_text(text, "utf-8")
    bajio.read_package("own")


def audit(text):
    Path("mine.toml").write_text(text, "utf-8")
    bajio.audit(bajio.read_claims("mine.toml"))


def parts():
    own = [claim(f"p{n}", printed="0.2 million") for n in range(28)]
    named = "[" + ", ".join(f'{{ claim = "p{n % 28}" }}' for n in range(64)) + "]"
    sums = [
        claim(f"c{n}", relation="sum-of", printed="12.7 million") + f"parts = {named}\n"
        for n in range(100)
    ]
    audit(HEAD + "".join(own + sums))


def stays():
    years = (1000 + n % 8000 for n in range(10**5))
    found = Region([Membership("MEX", year, year + 1) for year in years]) | Region(["USA"])
    assert found.at(1500).members == ("MEX", "USA")


class Chain:
    @bajio.hookimpl
    def bajio_areas(self):
        inner = (Area(f"A{n}", "A", "state", f"A{n - 1}") for n in range(1, 20_000))
        return [Area("A0", "A"), *inner]


def evaluated(rule, **options):
    return bajio.evaluate("bajio", Indicator("x", rule, "person", "X"), **options)


def doubled():
    rule = Sum("population")
    for _ in range(30):
        rule = rule + rule
    assert hash(rule) == hash(rule)
    assert len(str(rule)) < 10**6
    evaluated(rule)


def deep():
    rule = Sum("population")
    for _ in range(10**4):
        rule = bajio.rules.Absolute(rule)
    evaluated(rule)


def terms():
    rule = Sum("population")
    for _ in range(5_000):
        rule = rule + Sum("population")
    evaluated(rule, year=2018)


def aversion():
    rule = bajio.rules.Atkinson(Sum("population"), epsilon=10**6)
    bajio.evaluate("bajio", Indicator("x", rule, "1", "X"), year=2018)


def wide_frame():
    import numpy as np
    import pandas as pd

    frame = pd.DataFrame(np.ones((1, 20_000)), columns=[f"c{n}" for n in range(20_000)])
    bajio.evaluate_table(frame, "population", regions="bajio")


def all_halves():
    states = bajio.region("mexican-states").members
    bajio.evaluate_many(bajio.Memberships.combinations(states, 16), "population", year=2018)


#: What is vast, and how it ends, where that is settled.
CASES = {
    "a figure of 10^5 digits": (lambda: package(row="MEX,2018," + "9" * 10**5), "refused"),
    "a figure with an exponent of 10^9": (lambda: package(row="MEX,2018,1e999999999"), "refused"),
    "a table of 10^6 columns": (
        lambda: package("area,period,value," + ",".join(f"c{n}" for n in range(10**6))),
        "refused",
    ),
    "a field of 10^6 letters": (lambda: package(row=f'"{"x" * 10**6}",2018,1'), "refused"),
    "a descriptor of 10^5 brackets": (lambda: descriptor("[" * 10**5), "refused"),
    "a descriptor with a number of 10^5 digits": (
        lambda: descriptor(f'{{"referenceYear": {"9" * 10**5}}}'),
        "refused",
    ),
    "a unit of 50,000 blanks": (lambda: Measure("m", "M", f"USD{' ' * 50_000}/person"), ""),
    "a unit with a name of 10^5 letters": (lambda: Measure("m", "M", "x" * 10**5), ""),
    "a printed number of 10^5 digits": (
        lambda: audit(HEAD + claim("big", printed="9" * 10**5)),
        "refused",
    ),
    "a file of claims of 10^4 brackets": (lambda: audit("x = " + "[" * 10**4), "refused"),
    "a file of claims with a key of 10^5 dots": (lambda: audit(f"a{'.a' * 10**5} = 1"), "refused"),
    "100 claims of 64 parts": (parts, ""),
    "a claim about 500 years": (
        lambda: audit(
            HEAD.replace("year = 2018\n", "")
            + claim("long", years=[1519, 2018], printed="1 million")
        ),
        "",
    ),
    "a region of 27,575 codes": (
        lambda: bajio.region([f"X-{n}" for n in range(27_575)]),
        "refused",
    ),
    "a region of 27,575 codes in a text": (
        lambda: bajio.region("+".join(f"X-{n}" for n in range(27_575))),
        "refused",
    ),
    "a region of 10^5 stays": (stays, "answered"),
    "a chain of 20,000 areas": (
        lambda: Registry({**built_ins(), "chain": Chain()}).region("A19999"),
        "",
    ),
    "a rule doubled thirty times": (doubled, ""),
    "a rule 10^4 deep": (deep, "refused"),
    "a sum of 5,000 terms": (terms, ""),
    "a span of 10^4 years": (lambda: bajio.Over(Sum("gdp"), 10**4), "refused"),
    "an aversion of 10^6": (aversion, ""),
    "a threshold with an exponent of 10^9": (
        lambda: bajio.evaluate("bajio", "population", missing="partial", threshold="1e999999999"),
        "refused",
    ),
    "all sets of 16 of 32 states": (all_halves, "refused"),
    "a frame of 20,000 columns": (wide_frame, "refused"),
}


def run(case):
    """Try a case within bounds; how it ended is printed."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    try:
        CASES[case][0]()
    except BajioError as error:
        told = str(error)
        sys.stdout.write("refused: " if len(told) < 4000 else f"in {len(told)} letters: ")
        sys.stdout.write(told[:300])
    else:
        sys.stdout.write("answered")
