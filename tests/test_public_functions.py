"""Every public function, given anything at all, ends in an answer or in one `BajioError`."""

import inspect
import io
import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from patience import TooLong, patience

import bajio
from bajio import BajioError, Sum


class Hostile:
    """An object that raises whatever is done with it."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    __iter__ = __len__ = __hash__ = __eq__ = __repr__ = __str__ = __bool__ = __getattr__


def endless():
    while True:
        yield "MEX"


#: Given in the place of each argument, one after another. Each is made anew.
POOL = {
    "none": lambda: None,
    "zero": lambda: 0,
    "minus one": lambda: -1,
    "huge": lambda: 10**5000,
    "float": lambda: 0.1,
    "nan": lambda: float("nan"),
    "infinite": lambda: float("inf"),
    "true": lambda: True,
    "decimal nan": lambda: Decimal("NaN"),
    "signalling nan": lambda: Decimal("sNaN"),
    "vast decimal": lambda: Decimal("1E+999999999"),
    "fraction": lambda: Fraction(1, 3),
    "complex": lambda: 1j,
    "numpy integer": lambda: np.int64(5),
    "numpy array": lambda: np.array([1, 2]),
    "empty": lambda: "",
    "blank": lambda: " ",
    "nul": lambda: "a\0b",
    "newline": lambda: "a\nb",
    "escape": lambda: "\x1b[31mred",
    "surrogate": lambda: "\ud800",
    "fullwidth digits": lambda: "２０１８",
    "long": lambda: "a" * 10**5,
    "many digits": lambda: "9" * 10**5,
    "exponent": lambda: "1e999999999",
    "brackets": lambda: "(" * 10**4,
    "unknown": lambda: "no-such-thing",
    "bytes": lambda: b"MEX",
    "no items": list,
    "numbers": lambda: [1, 2],
    "nested": lambda: [["MEX"], ["USA"]],
    "mapping": lambda: {"a": 1},
    "wrong mapping": lambda: {1: None},
    "set": lambda: {"MEX", "USA"},
    "object": object,
    "hostile": Hostile,
    "function": lambda: len,
    "class": lambda: int,
    "module": lambda: inspect,
    "file": io.StringIO,
    "range": lambda: range(3),
    "exception": lambda: ValueError("x"),
}

LABEL = {"en": "Label"}
RULE = Sum("population")


def indicator():
    return bajio.Indicator("mine", RULE, "person", LABEL)


def source():
    return bajio.Source("mine", "Mine")


def measure():
    return bajio.Measure("mine", LABEL, "1")


#: One right call of each public function or class that users call.
CALLS = {
    "Area": {"code": "X", "names": "X", "kind": "country", "within": None, "currency": "USD"},
    "Membership": {"area": "MEX", "joined": 2000, "left": 2010},
    "Region": {"memberships": ["MX-JAL"], "code": "mine", "names": LABEL, "basis": ""},
    "PeerGroup": {"code": "mine", "names": LABEL, "memberships": ["MEX"], "basis": ""},
    "Measure": {
        "code": "mine",
        "label": LABEL,
        "unit": "person",
        "kind": "extensive",
        "weight": None,
        "time": "flow",
        "prices": None,
        "minimum": 0,
        "dimensions": (),
        "classifications": (),
        "description": None,
    },
    "Observation": {
        "area": "MEX",
        "period": "2018",
        "measure": "mine",
        "value": 1,
        "status": "A",
        "note": "",
        "where": (),
    },
    "Source": {"code": "mine", "title": "Mine"},
    "Indicator": {
        "code": "mine",
        "rule": RULE,
        "unit": "person",
        "label": LABEL,
        "better": "higher",
        "description": None,
        "formula_source": "",
        "topic": "general",
        "as_number": False,
        "traits": (),
        "replaces": "",
    },
    "IndicatorSet": {"code": "mine", "label": LABEL, "members": ["gdp"]},
    "Component": {"indicator": "gdp", "weight": 1, "better": "higher"},
    "Composite": {
        "code": "mine",
        "label": LABEL,
        "components": ["gdp", "population"],
        "normalisation": "min-max",
        "aggregation": "arithmetic",
        "scale": (0, 1),
        "among": "",
    },
    "Options": {
        "year": 2018,
        "peers": "oecd",
        "host": "keep",
        "missing": "refuse",
        "membership": "newest",
        "editions": (),
        "threshold": 0,
        "year_tolerance": 0,
        "against": None,
        "level": None,
    },
    "Registry": {"plugins": {}},
    "Sum": {"measure": "population", "where": {}},
    "Mean": {"measure": "population", "where": {}},
    "Minimum": {"measure": "population", "where": {}},
    "Maximum": {"measure": "population", "where": {}},
    "WeightedMean": {"measure": "population", "weight": "population"},
    "Growth": {"rule": RULE, "years": 1, "nominal": False},
    "Lag": {"rule": RULE, "years": 1},
    "Over": {"rule": RULE, "years": 2},
    "Share": {"rule": RULE, "of": "host"},
    "At": {"rule": RULE, "place": "host"},
    "Convert": {"rule": Sum("gdp-mxn"), "to": "USD", "at": "exchange-rate"},
    "Deflate": {"rule": Sum("gdp-mxn"), "base": 2018, "by": "cpi"},
    "Absolute": {"rule": RULE},
    "Logarithm": {"rule": RULE},
    "Root": {"rule": RULE, "degree": 2},
    "Entropy": {"rule": RULE},
    "Best": {"rule": RULE},
    "Worst": {"rule": RULE},
    "Average": {"rule": RULE},
    "Gini": {"value": RULE, "weight": 1},
    "Atkinson": {"value": RULE, "weight": 1, "epsilon": 1},
    "Elasticity": {"response": RULE, "explanatory": RULE},
    "By": {"rule": RULE, "axis": "member", "level": "leaves", "total": None},
    "Across": {"rule": RULE, "dimension": "activity", "level": "leaves"},
    "Stack": {"parts": {"a": RULE}, "total": None},
    "Categories": {"measure": "gva", "dimension": "activity", "level": "leaves"},
    "Custom": {"function": len, "needs": ["population"], "unit": "1"},
    "dataset": {
        "name": "mine",
        "measures": lambda: [measure()],
        "sources": lambda: [source()],
        "observations": lambda: [bajio.Observation("MEX", "2018", "mine", 1)],
        "units": {},
        "reference_year": 2018,
    },
    "region": {"value": "bajio"},
    "profile": {"region": "bajio", "data": None, "indicators": ["area"], "year": 2018},
    "rank": {"region": "bajio", "indicator": "area", "data": None, "peers": "oecd"},
    "standings": {"region": "bajio", "indicator": "area", "data": None, "peers": "oecd"},
    "evaluate": {
        "indicator": "population",
        "region": "bajio",
        "data": None,
        "year": 2018,
        "peers": None,
        "host": "keep",
        "missing": "refuse",
        "membership": "newest",
        "editions": {},
        "threshold": 0,
        "year_tolerance": 0,
        "against": None,
        "level": None,
    },
    "compare": {"regions": ["bajio", "MX-JAL"], "indicators": ["area"]},
    "series": {"region": "bajio", "indicator": "population", "years": [2018]},
    "sensitivity": {
        "region": "MX-JAL",
        "indicator": "area",
        "peers": "oecd",
        "joining": ["MX-COL"],
    },
    "difference": {"region": "bajio", "indicator": "population", "years": (2012, 2018)},
    "decompose": {
        "region": "mexican-states",
        "indicator": "theil-gdp-per-capita",
        "parts": ["bajio", "rest"],
        "year": 2018,
    },
    "specialisations": {"region": "bajio", "top": 3, "least_share": 0, "year": 2018},
    "composite": {"composite": "composite-prosperity", "regions": ["bajio"], "year": 2018},
    "search": {
        "among": "bajio",
        "near": {"population": 5000000},
        "size": 2,
        "include": None,
        "exclude": None,
        "best": 3,
        "year": 2018,
        "patience": 10,
    },
    "audit": {"claims": "san-miguel"},
    "read_claims": {"location": "none.toml"},
    "read_package": {"location": "none"},
}


def right(name):
    """The arguments of a right call."""
    return {
        key: value() if inspect.isfunction(value) and key != "function" else value
        for key, value in CALLS[name].items()
    }


def public(name):
    """A function or constructor, where users find it."""
    return getattr(bajio if hasattr(bajio, name) else bajio.rules, name)


def attempt(name, argument, kind):
    """What is wrong with how a call ends; nothing where it answers or refuses as it should."""
    arguments = {**right(name), argument: POOL[kind]()}
    try:
        with patience():
            answer = public(name)(**arguments)
            if inspect.isgenerator(answer):
                next(answer)
    except BajioError as error:
        told = str(error)
        return "" if len(told) < 1500 and "\n" not in told else f"said in {len(told)} letters"
    except (Exception, TooLong) as error:  # noqa: BLE001  # any other is what is looked for
        return f"{type(error).__name__}: {str(error)[:80]}"
    return ""


def cases():
    for name, arguments in CALLS.items():
        for argument in arguments:
            yield pytest.param(name, argument, id=f"{name}-{argument}")


@pytest.mark.parametrize(("name", "argument"), list(cases()))
def test_a_wrong_argument_is_refused_by_one_line(name, argument, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        told = {kind: attempt(name, argument, kind) for kind in POOL}
    assert {kind: wrong for kind, wrong in told.items() if wrong} == {}


@pytest.mark.parametrize("name", CALLS)
def test_the_call_itself_is_right(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if name.startswith("read_"):
        return
    public(name)(**right(name))
