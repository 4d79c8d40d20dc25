"""Three small countries, one of them of three states, and what an audit finds in them.

All figures of 2003, 2010 and 2018 are below: the region of the first two states has 518 heads of
2,000 in 2018 where it had 200 of 1,000 in 2003.
"""

from fractions import Fraction

import bajio
from bajio import Area, Indicator, Measure, Observation, PeerGroup, Registry, Source, Sum, hookimpl
from bajio.facts.regions import Membership
from bajio.readers.claim_files import parse_claims

YEARS = (2003, 2010, 2018)
FIGURES = {
    "heads": {
        "XA-1": (100, 150, 300),
        "XA-2": (100, 120, 218),
        "XA-3": (800, 930, 1482),
        "XAA": (1000, 1200, 2000),
        "XBB": (400, 600, 800),
        "XCC": (50, 80, 150),
    },
    "output": {
        "XA-1": (200, 300, 400),
        "XA-2": (200, 300, 400),
        "XA-3": (1200, 1900, 2200),
        "XAA": (1600, 2500, 3000),
        "XBB": (500, 700, 900),
        "XCC": (100, 120, 150),
    },
    "balance": {
        "XA-1": (-10, 20, Fraction("-29.56")),
        "XA-2": (-10, 10, -30),
        "XA-3": (5, 5, 20),
        "XAA": (-15, 35, Fraction("-39.56")),
        "XBB": (5, 7, 9),
        "XCC": (-5, -6, -15),
    },
}
LAND = {"XA-1": 40, "XA-2": 60, "XA-3": 300, "XAA": 400, "XBB": 200, "XCC": 50}


class World:
    @hookimpl
    def bajio_areas(self):
        states = [Area(f"XA-{number}", f"State {number}", "state", "XAA") for number in (1, 2, 3)]
        return [*states, *(Area(code, code) for code in ("XAA", "XBB", "XCC"))]

    @hookimpl
    def bajio_datasets(self):
        seen = [
            Observation(area, str(year), measure, value)
            for measure, areas in FIGURES.items()
            for area, values in areas.items()
            for year, value in zip(YEARS, values, strict=True)
        ]
        seen += [Observation(area, "", "land", value) for area, value in LAND.items()]
        measures = [
            Measure("heads", "Heads", "person", time="stock", minimum=0),
            Measure("output", "Output", "USD", prices="current", minimum=0),
            Measure("balance", "Balance", "USD", prices="current"),
            Measure("land", "Land", "km²", time="timeless", minimum=0),
        ]
        sources = [Source("own", "Own")]
        return [bajio.dataset("own", measures=measures, sources=sources, observations=seen)]

    @hookimpl
    def bajio_indicators(self):
        return [
            Indicator("heads", Sum("heads"), "person", "Heads", better="higher"),
            Indicator("balance", Sum("balance"), "USD", "Balance"),
            Indicator("land", Sum("land"), "km²", "Land"),
            Indicator("saving", Sum("balance") / Sum("output"), "1", "Saving", better="higher"),
        ]

    @hookimpl
    def bajio_peer_groups(self):
        return [PeerGroup("trio", "Trio", [Membership(code) for code in ("XAA", "XBB", "XCC")])]


REGISTRY = Registry({"world": World()})
HEAD = 'code = "c"\ntitle = "C"\nsubject = "XA-1+XA-2"\nyear = 2018\npeers = "trio"\n'


def found(claim, registry=REGISTRY):
    """What is found of a claim in TOML, its lines parted by semicolons."""
    text = claim.replace("; ", "\n")
    head = f'{HEAD}[[claims]]\nid = "c"\nstatement = "Claimed."\n'
    return bajio.audit(parse_claims(head + text), registry=registry)["c"]
