"""What an audit says would make a claim true, is so: by the audit of each such region."""

import re
from itertools import combinations

from hypothesis import event, given, strategies as st

import bajio
from bajio import Area, Indicator, Measure, Observation, PeerGroup, Registry, Source, Sum, hookimpl
from bajio.facts.regions import Membership
from bajio.questions.audit.findings import Aspect
from bajio.readers.claim_files import parse_claims

STATES = [f"XA-{number}" for number in range(1, 6)]
COUNTRIES = ["XAA", "XBB", "XCC", "XDD"]


class World:
    """Five states of a country, and three other countries; those without a figure lack it."""

    def __init__(self, figures):
        self.figures = figures

    @hookimpl
    def bajio_areas(self):
        return [
            *(Area(code, code, "state", "XAA") for code in STATES),
            *(Area(code, code) for code in COUNTRIES),
        ]

    @hookimpl
    def bajio_datasets(self):
        seen = [
            Observation(area, year, "heads", 1 if value is None else value)
            for area, value in self.figures.items()
            for year in ("2017", "2018")
            if year == "2017" or value is not None
        ]
        measures = [Measure("heads", "Heads", "person", time="stock", minimum=0)]
        return [
            bajio.dataset(
                "own", measures=measures, sources=[Source("own", "Own")], observations=seen
            )
        ]

    @hookimpl
    def bajio_indicators(self):
        return [Indicator("heads", Sum("heads"), "person", "Heads", better="higher")]

    @hookimpl
    def bajio_peer_groups(self):
        return [
            PeerGroup("world", "World", [Membership(code) for code in COUNTRIES]),
            PeerGroup("mixed", "Mixed", [Membership(code) for code in (*STATES, *COUNTRIES)]),
        ]


def audited(registry, members, claim, host):
    text = (
        f'code = "c"\ntitle = "C"\nsubject = "{"+".join(members)}"\nyear = 2018\n'
        f'[[claims]]\nid = "c"\nstatement = "Claimed."\nindicator = "heads"\n{claim}\n'
    )
    return bajio.audit(parse_claims(text), registry=registry, host=host)["c"]


SIZES = st.integers(1, 9)
FIGURES = st.fixed_dictionaries(
    dict.fromkeys(STATES, SIZES) | dict.fromkeys(COUNTRIES, st.integers(1, 30) | st.none())
)
CLAIMS = st.one_of(
    st.builds(
        'relation = "top"\ntop = {}\npeers = "{}"'.format,
        st.integers(1, 5),
        st.sampled_from(["world", "mixed"]),
    ),
    st.builds('printed = "over {}"'.format, st.integers(1, 50)),
    st.builds('relation = "exceeds"\nareas = ["{}"]'.format, st.sampled_from(COUNTRIES[1:])),
    st.builds('relation = "near"\nareas = ["{}"]'.format, st.sampled_from(COUNTRIES[1:])),
)


@given(
    FIGURES,
    CLAIMS,
    st.sets(st.sampled_from(STATES), min_size=1, max_size=4),
    st.sampled_from(["keep", "drop", "remainder"]),
)
def test_what_would_make_a_claim_true_does(figures, claim, members, host):
    registry = Registry({"world": World(figures)})
    finding = audited(registry, members, claim, host)
    told = " ".join(str(remark.text) for remark in finding.about(Aspect.INVERSE))
    event("told" if told else "silent")
    if not told:
        return
    for size in (1, 2):
        verdicts = {}
        for changed in combinations(STATES, size):
            asked = set(members) ^ set(changed)
            if asked:
                verdicts[changed] = audited(registry, asked, claim, host).verdict.value
        holding = [changed for changed, verdict in verdicts.items() if verdict == "holds"]
        event(f"{size} changed, {'some' if holding else 'none'} hold")
        if holding:
            assert told.startswith("It would hold")
            more = re.search(r"or (another|\d+ other) change", told)
            others = 0 if more is None else int(more[1].split()[0].replace("another", "1"))
            assert told.count("(") + others == len(holding)
            return
        undecided = "undecided" in verdicts.values() or "not-checkable" in verdicts.values()
        event("undecided" if undecided else "decided")
        assert not told.startswith("It would hold") or size == 1
        if size == 2:
            assert ("for certain" in told) or not undecided
