"""Suggestions are made by names and other names, never by the letters of areas' codes."""

from difflib import get_close_matches

import pytest
from hypothesis import given, strategies as st

import bajio
from bajio import Area
from bajio.errors import UnknownCode
from bajio.facts.areas import Areas
from bajio.facts.suggestions import folded
from bajio.registry import Registry

AREAS = Registry.default().areas
CODES = sorted(code for code in AREAS if AREAS[code].kind in {"country", "state"})


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("UK", ["GBR"]),
        ("U.K.", ["GBR"]),
        ("DRC", ["COD"]),
        ("MX-GTO", ["MX-GUA"]),
        ("GTO", ["MX-GUA"]),
        ("Gto", ["MX-GUA"]),
        ("QRO", ["MX-QUE"]),
        ("Qro.", ["MX-QUE"]),
        ("MX-QRO", ["MX-QUE"]),
        ("MX-AGS", ["MX-AGU"]),
        ("Ags.", ["MX-AGU"]),
        ("CDMX", ["MX-CMX"]),
        ("Edomex", ["MX-MEX"]),
        ("S.L.P.", ["MX-SLP"]),
        ("N.L.", ["MX-NLE"]),
        ("NL", ["MX-NLE"]),
        ("Holland", ["NLD"]),
        ("Holanda", ["NLD"]),
        ("EUA", ["USA"]),
        ("EE. UU.", ["USA"]),
        ("Great Britain", ["GBR"]),
        ("Burma", ["MMR"]),
        ("GER", ["DEU"]),
        ("queretaro", ["MX-QUE"]),
        ("QUERÉTARO", ["MX-QUE"]),
        ("Guanajuato", ["MX-GUA"]),
        ("Guanajuatto", ["MX-GUA"]),
        ("Argentinia", ["ARG"]),
        ("México", ["MEX", "MX-MEX"]),
        ("bahio", ["bajio"]),
        ("South-Southeast (Oaxaca Pact)", ["sur-sureste"]),
        ("Congo", ["COD", "COG"]),
        ("Korea", ["KOR", "PRK"]),
        ("Corea", ["KOR", "PRK"]),
        ("U.S.A.", ["USA"]),
        ("MX-EDO", []),
        ("CDMY", []),
        ("MX-JAK", []),
        ("MEY", []),
        ("XKZ", []),
        ("", []),
        ("x" * 10**5, []),
    ],
)
def test_a_near_miss_is_suggested_and_never_taken(text, meant):
    with pytest.raises(UnknownCode) as caught:
        bajio.region(text)

    assert list(caught.value.nearest) == meant
    assert len(str(caught.value)) < 300


@given(st.sampled_from(CODES), st.integers(0, 5), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_no_letter_of_a_code_leads_to_another_area(code, at, letter):
    at = min(at, len(code) - 1)
    wrong = code[:at] + letter + code[at + 1 :]
    if wrong in AREAS:
        return
    with pytest.raises(UnknownCode) as caught:
        AREAS[wrong]
    for found in caught.value.nearest:
        called = [*AREAS[found].names.values(), *AREAS[found].aliases]
        assert get_close_matches(folded(wrong), map(folded, called), n=1, cutoff=0.75)


@pytest.mark.parametrize("code", CODES)
def test_every_other_name_suggests_its_own_area(code):
    for alias in AREAS[code].aliases:
        assert alias in AREAS or code in AREAS.meant(alias)


def test_areas_of_one_s_own_have_other_names_as_well():
    areas = Areas([Area("NEW", "Newland", aliases=["Terra Nova"]), Area("OLD", "Oldland")])

    assert areas.meant("terra nova") == {"NEW": "Newland"}
    assert "Terra Nova" not in areas
    assert Area("NEW", "Newland", aliases=["N."]) == Area("NEW", "Newland")


def test_an_edit_of_a_plain_text_is_no_code():
    for door in (bajio.region, Registry.default().peer_group):
        with pytest.raises(UnknownCode, match="did you mean 'MX-GUA'"):
            door("MX-GTO")


def test_that_there_is_no_such_area_is_told_without_reading_the_municipalities():
    areas = bajio.Registry().areas
    known = len(areas)

    assert "XYZ" not in areas
    assert "MX-XXX" not in areas
    assert len(areas) == known
    assert "99999" not in areas
    assert "01001" in areas
    assert len(areas) > known + 2000
