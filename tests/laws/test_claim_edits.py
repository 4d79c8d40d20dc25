"""Editing one claim changes the finding on no other, unless that uses its number."""

from drawn import examples
from hypothesis import given, strategies as st

from bajio import audit
from bajio.readers.claim_files import parse_claims

HEAD = 'code = "mine"\ntitle = "Mine"\nsubject = "bajio"\nyear = 2018\n'
#: Claims with two ways to print each, of which one is true and the other is not.
CLAIMS = (
    ('indicator = "population"', "over 12 million", "under 2 million"),
    ('indicator = "population"\nrelation = "share-of"', "over 10 %", "over 40 %"),
    ('indicator = "population"\neach = "members"', "over 1 million", "over 3 million"),
    ('indicator = "population"\npeers = "un-members"', "top 80", "4th largest"),
    ('indicator = "exports"', "about 88 billion dollars", "about 88 million dollars"),
    ('indicator = "population"\nsince = 2010', "grew by over 5 %", "fell by 5 %"),
    (
        'indicator = "population"\nrelation = "times"\nareas = ["MX-COL"]',
        "more than ten times",
        "double",
    ),
    ('quantity = "cars"', "100", "200"),
    (
        'quantity = "cars"\nrelation = "share-of"\npart = "10"\nwhole = { claim = "c7" }',
        "10 %",
        "30 %",
    ),
)


def findings(chosen):
    claims = parse_claims(
        HEAD
        + "".join(
            f'[[claims]]\nid = "c{at}"\nstatement = "S"\n{keys}\nprinted = "{printed[which]}"\n'
            for at, ((keys, *printed), which) in enumerate(zip(CLAIMS, chosen, strict=True))
        )
    )
    return audit(claims)


@given(st.lists(st.booleans(), min_size=len(CLAIMS), max_size=len(CLAIMS)), st.data())
@examples(30)
def test_editing_a_claim_changes_no_other_unless_it_uses_its_number(chosen, data):
    edited = data.draw(st.integers(0, len(CLAIMS) - 1))
    after = [which is not (at == edited) for at, which in enumerate(chosen)]
    first, second = findings(chosen), findings(after)

    for at in range(len(CLAIMS)):
        uses = edited == 7 and at == 8
        is_used = edited == 8 and at == 7  # a number that no data decide: by those that use it
        if at != edited and not uses and not is_used:
            assert first[f"c{at}"] == second[f"c{at}"]
