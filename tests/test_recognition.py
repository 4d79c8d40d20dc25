"""Names as people write them: each is what it names, or several; what is nearly one is none."""

from difflib import get_close_matches
from itertools import pairwise
from unicodedata import combining, normalize

import pytest
from babel import Locale
from hypothesis import given, strategies as st

import bajio
from bajio import Area
from bajio.cli import main
from bajio.errors import AmbiguousName, UnknownCode
from bajio.facts.areas import Areas
from bajio.facts.recognition import Named, Recogniser, folded
from bajio.registry import Registry, built_ins
from bajio.registry.table_areas import codes_by_text

REGISTRY = Registry.default()
AREAS = REGISTRY.areas
CODES = sorted(code for code in AREAS if AREAS[code].kind in {"country", "state"})
MUNICIPALITIES = AREAS.children("MEX", "municipality")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bajio", "bajio"),
        ("Bajío", "bajio"),
        ("el Bajío", "bajio"),
        ("South-Southeast (Oaxaca Pact)", "sur-sureste"),
        ("OCDE", "oecd"),
        ("latin america and the caribbean", "latin-america"),
        ("mex", "MEX"),
        ("mx-jal", "MX-JAL"),
        ("MX", "MEX"),
        ("484", "MEX"),
        ("056", "BEL"),
        ("11", "MX-GUA"),
        ("01001", "01001"),
        ("Guanajuato", "MX-GUA"),
        ("queretaro", "MX-QUE"),
        ("QUERÉTARO", "MX-QUE"),
        ("Querétaro de Arteaga", "MX-QUE"),
        ("Gto.", "MX-GUA"),
        ("GTO", "MX-GUA"),
        ("MX-GTO", "MX-GUA"),
        ("Qro.", "MX-QUE"),
        ("QRO", "MX-QUE"),
        ("SLP", "MX-SLP"),
        ("S.L.P.", "MX-SLP"),
        ("Edo. Méx.", "MX-MEX"),
        ("Edo. de México", "MX-MEX"),
        ("EdoMex", "MX-MEX"),
        ("CDMX", "MX-CMX"),
        ("Distrito Federal", "MX-CMX"),
        ("BCS", "MX-BCS"),
        ("Coahuila de Zaragoza", "MX-COA"),
        ("NL", "NLD"),
        ("N.L.", "MX-NLE"),
        ("COL", "COL"),
        ("Col.", "MX-COL"),
        ("UK", "GBR"),
        ("U.K.", "GBR"),
        ("EE. UU.", "USA"),
        ("Holland", "NLD"),
        ("The Netherlands", "NLD"),
        ("los Países Bajos", "NLD"),
        ("DRC", "COD"),
        ("XKX", "UNK"),
        ("Burma", "MMR"),
        ("St. Lucia", "LCA"),
        ("Trinidad & Tobago", "TTO"),
        ("Korea, Rep.", "KOR"),
        ("Georgia", "GEO"),
        ("Guinea", "GIN"),
        ("Celaya", "11007"),
        ("León, Gto.", "11020"),
        ("leon, guanajuato", "11020"),
        ("Juárez, Chihuahua", "08037"),
        ("UE", "eu"),
        ("Unión Europea", "eu"),
        ("América Latina", "latin-america"),
        ("Pacto Oaxaca", "sur-sureste"),
        ("EL", "GRC"),
        ("Cd. de México", "MX-CMX"),
        ("República Mexicana", "MEX"),
        ("Estado de Jalisco", "MX-JAL"),
        ("Jal.", "MX-JAL"),
        ("Edo. de Hidalgo", "MX-HID"),
        ("Veracruz de Ignacio de la Llave", "MX-VER"),
        ("México, Estado de", "MX-MEX"),
        ("Egypt, Arab Rep.", "EGY"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Korea, Republic of", "KOR"),
        ("Korea (South), Republic of", "KOR"),
        ("Congo, República Democrática del", "COD"),
        ("Poland, Republic of", "POL"),
        ("Niger (the)", "NER"),
        ("Salvador, El", "SLV"),
        ("China, P.R.: Mainland", "CHN"),
        ("China, Hong Kong SAR", "HKG"),
        ("14 Jalisco", "MX-JAL"),
        ("14-Jalisco", "MX-JAL"),
        ("1. Aguascalientes", "MX-AGU"),
        ("01001 Aguascalientes", "01001"),
        ("15 México", "MX-MEX"),
        ("484 México", "MEX"),
        ("BE: Belgium", "BEL"),
    ],
)
def test_what_a_text_names_is_taken_at_every_door(text, code):
    assert REGISTRY.code_of(text) == code
    assert bajio.region(text).code == code
    assert bajio.region([text, "JPN"]).areas if code in AREAS else True
    assert REGISTRY.peer_group(text).memberships


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("México", ["MEX", "MX-MEX"]),
        ("mexico", ["MEX", "MX-MEX"]),
        ("Congo", ["COD", "COG"]),
        ("Korea", ["KOR", "PRK"]),
        ("Corea", ["KOR", "PRK"]),
        ("GUA", ["GTM", "MX-GUA"]),
        ("E.U.", ["eu", "USA"]),
        ("La Paz", ["03003", "15070"]),
    ],
)
def test_what_fits_several_is_refused_with_what_to_write(text, candidates):
    for door in (bajio.region, REGISTRY.peer_group, lambda one: bajio.region([one])):
        with pytest.raises(AmbiguousName, match="write ") as caught:
            door(text)
        assert list(caught.value.nearest) == candidates
        assert all(repr(code) in str(caught.value) for code in candidates)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Guanajuatto", ["MX-GUA"]),
        ("Argentinia", ["ARG"]),
        ("bahio", ["bajio"]),
        ("MX-EDO", []),
        ("CDMY", []),
        ("MX-JAK", []),
        ("MEY", []),
        ("XKZ", []),
        ("1", []),
        ("1001", ["01001"]),
        ("León, Jalisco", []),
        ("11 Jalisco", ["MX-GUA", "MX-JAL"]),
        ("11007 León", ["11007", "11020"]),
        ("2018 Jalisco", ["MX-JAL"]),
        ("", []),
        (" ", []),
        ("x" * 10**5, []),
    ],
)
def test_a_near_miss_is_suggested_and_never_taken(text, meant):
    with pytest.raises(UnknownCode) as caught:
        bajio.region(text)

    assert list(caught.value.nearest) == meant
    assert len(str(caught.value)) < 300


def without_accents(text):
    return "".join(one for one in normalize("NFKD", text) if not combining(one))


def written(text):
    """A text in each case, with and without its accents."""
    for one in (text, without_accents(text)):
        yield from (one, one.upper(), one.lower(), one.title(), f" {one} ")


def counts_before(text, area):
    """Whether a text is a code of another area, or what one above a municipality is called."""
    others = (AREAS[code] for code in CODES if code != area.code)
    if area.kind == "municipality":
        return any(folded(text) in map(folded, names_of(other)) for other in others)
    if area.code == "MX-MEX" and text.strip().casefold() == "mex":
        return True
    return "." not in text and any(text.strip().upper() in codes_of(other) for other in others)


def names_of(area):
    return [*area.names.values(), *area.aliases]


def codes_of(area):
    return [area.code, *area.identifiers]


def test_every_name_is_that_of_its_own_area_or_of_several():
    """In each language, in each case, without accents: for all 2,757 areas."""
    find = REGISTRY.recogniser.named
    for code in (*CODES, *MUNICIPALITIES):
        area = AREAS[code]
        for text in (one for name in names_of(area) for one in written(name)):
            found = {thing.code for thing in find(text)}
            assert code in found or counts_before(text, area), (code, text, found)


@pytest.mark.parametrize("language", ["en", "es", "es_MX", "es_419"])
def test_countries_are_known_by_their_names_in_the_locale_repository(language):
    """Of what has another name here: a municipality is called Santa Elena, and Congo is two."""
    letters = {one: code for code in CODES for one in AREAS[code].identifiers if one.isalpha()}
    for letter, name in Locale.parse(language).territories.items():
        if letter in letters and letter != "SH":
            assert letters[letter] in {one.code for one in REGISTRY.recogniser.named(name)}, name


def test_no_code_is_that_of_another_area():
    find = REGISTRY.recogniser.named
    owners = {}
    for code in CODES:
        for one in codes_of(AREAS[code]):
            assert owners.setdefault(one.casefold(), code) == code
            for text in (one, one.lower(), f" {one} "):
                assert [thing.code for thing in find(text)] == [code]
    assert not owners.keys() & {code.casefold() for code in MUNICIPALITIES}
    assert all(REGISTRY.code_of(code) == code for code in MUNICIPALITIES)


def test_each_municipality_is_named_by_its_state():
    find = REGISTRY.recogniser.named
    for code in MUNICIPALITIES:
        area, state = AREAS[code], AREAS[AREAS[code].within]
        for name in state.names.values():
            found = {thing.code for thing in find(f"{area.names}, {name}")}
            alike = {one for one in found if str(AREAS[one].names) != str(area.names)}
            assert code in found
            assert {AREAS[one].within for one in found} == {state.code}
            assert not {folded(str(AREAS[one].names)) for one in alike} - {folded(str(area.names))}


@given(st.sampled_from(CODES), st.data())
def test_a_name_with_another_letter_is_no_area_that_is_not_called_so(code, data):
    name = data.draw(st.sampled_from(names_of(AREAS[code])))
    at = data.draw(st.integers(0, len(name) - 1))
    text = name[:at] + data.draw(st.sampled_from("abcxyzñÁ ")) + name[at + 1 :]
    for thing in REGISTRY.recogniser.named(text):
        own = {folded(one) for one in (*thing.names, *thing.identifiers, thing.code)}
        articles = {folded(one.split(" ", 1)[-1]) for one in (text, *thing.names)}
        outer = {folded(text.rpartition(",")[0])} if thing.within else set()
        assert ({folded(text)} | articles | outer) & (own | articles)


@given(st.sampled_from(CODES), st.integers(0, 5), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_no_letter_of_a_code_leads_to_another_area(code, at, letter):
    at = min(at, len(code) - 1)
    wrong = code[:at] + letter + code[at + 1 :]
    if wrong in AREAS:
        return
    with pytest.raises(UnknownCode) as caught:
        AREAS[wrong]
    for found in caught.value.nearest:
        called = [*names_of(AREAS[found]), *AREAS[found].identifiers]
        assert get_close_matches(folded(wrong), map(folded, called), n=1, cutoff=0.75)


def test_areas_of_one_s_own_have_other_names_as_well():
    areas = Areas([Area("NEW", "Newland", aliases=["Terra Nova"]), Area("OLD", "Oldland")])

    assert areas.meant("terra nova") == {"NEW": "Newland"}
    assert areas.recogniser().code("terra nova") == "NEW"
    assert "Terra Nova" not in areas
    assert Area("NEW", "Newland", aliases=["N."]) == Area("NEW", "Newland")


class Other:
    """A plugin with an area that is called as another is, and with other names of its own."""

    @bajio.hookimpl
    def bajio_areas(self):
        return [bajio.Area("US-GA", "Georgia", "state", "USA", aliases=["Peach State"])]


def test_a_plugin_adds_names_and_what_then_fits_two_is_refused():
    registry = Registry({**built_ins(), "other": Other()})

    assert registry.code_of("peach state") == "US-GA"
    with pytest.raises(AmbiguousName, match=r"write 'GEO' \(Georgia\) or 'US-GA' \(Georgia\)"):
        registry.region("Georgia")


def test_names_are_taken_wherever_python_takes_areas():
    named, coded = ["Jalisco", "Edo. Méx."], ["MX-JAL", "MX-MEX"]
    for names in (named, coded):
        whole = bajio.evaluate(bajio.Region(names), "population", year=2018)
        assert (whole.value, whole.region.code) == (25_331_338, "MX-JAL+MX-MEX")
        both = bajio.Region(names) | bajio.Region(["Colima"])
        assert bajio.region(both).members == ("MX-COL", "MX-JAL", "MX-MEX")
        for peers in (names, bajio.Region(names), bajio.PeerGroup("two", "Two", names)):
            assert bajio.rank("Gto.", "population", peers=peers, year=2018).of == 3
    seen = [bajio.Observation(one, 2018, "population", 5) for one in named]
    own = bajio.dataset("own", sources=[bajio.Source("own", "Own")], observations=seen)
    assert bajio.evaluate(coded, "population", data=own, year=2018).value == 10


def test_names_join_and_list_members():
    assert bajio.region("Jalisco + Colima").members == ("MX-COL", "MX-JAL")
    assert bajio.region(["Jalisco", "Gto."]).members == ("MX-GUA", "MX-JAL")
    with pytest.raises(bajio.errors.InvalidRegion, match="'MX-JAL' is named twice"):
        bajio.region("Jalisco+MX-JAL")


NAMED = {"subject": "Gto.", "peers": "Latin America", "area": "Uruguay", "part": "Querétaro"}
CODED = {"subject": "MX-GUA", "peers": "latin-america", "area": "URY", "part": "MX-QUE"}
CLAIMS = """
code = "mine"
title = "Mine"
subject = "bajio"
year = 2018
[[claims]]
id = "people"
statement = "Over 5 million."
subject = "{subject}"
indicator = "population"
printed = "over 5 million"
[[claims]]
id = "more"
statement = "More than another."
indicator = "population"
relation = "exceeds"
areas = ["{area}"]
[[claims]]
id = "rank"
statement = "Among the first ten."
indicator = "gdp"
relation = "top"
top = 10
peers = "{peers}"
[[claims]]
id = "sum"
statement = "Together 8.2 million."
indicator = "population"
relation = "sum-of"
printed = "8.2 million"
parts = {{ MX-GUA = "6.2 million", "{part}" = "2.0 million" }}
"""


def test_claims_take_names(tmp_path):
    told = []
    for words in (NAMED, CODED):
        path = tmp_path / "mine.toml"
        path.write_text(CLAIMS.format(**words), encoding="utf-8")
        told.append(bajio.audit(str(path)))
    assert told[0].to_dict()["claims"] == told[1].to_dict()["claims"]


def test_the_command_line_takes_names(capsys):
    assert main(["rank", "Guanajuato", "area", "--peers", "Pacific Alliance"]) == 0
    assert "Guanajuato is" in capsys.readouterr().out
    assert main(["regions", "Guanajuato", "--format", "json"]) == 0
    assert '"code": "MX-GUA"' in capsys.readouterr().out
    assert main(["peers", "OCDE", "--format", "json"]) == 0
    assert '"code": "oecd"' in capsys.readouterr().out
    assert main(["profile", "México"]) == 2
    assert "write 'MEX' (Mexico) or 'MX-MEX' (State of Mexico)" in capsys.readouterr().err


def test_areas_are_listed_and_found(capsys):
    assert main(["areas", "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(CODES) + 1
    assert main(["areas", "Juárez", "--format", "csv"]) == 0
    assert "08037" in capsys.readouterr().out
    assert main(["areas", "Guanajuatto"]) == 2
    assert "did you mean 'MX-GUA' (Guanajuato)?" in capsys.readouterr().err


def test_areas_are_found_by_parts_of_names_and_by_kinds(capsys):
    def codes(text):
        assert main(["areas", text, "--format", "csv"]) == 0
        return [line.split(",")[0] for line in capsys.readouterr().out.splitlines()[1:]]

    assert codes("Guana") == ["MX-GUA", "10009", "11015"]
    assert codes("virgin isl") == ["VGB", "VIR"]
    assert codes("estados") == codes("state") == [one for one in CODES if one.startswith("MX-")]
    assert len(codes("municipios")) == len(MUNICIPALITIES)
    assert len(codes("país")) == len([one for one in CODES if AREAS[one].kind == "country"])
    assert main(["areas", "xx"]) == 2


def test_areas_that_are_listed_by_commas_are_refused_with_what_to_write():
    for door in (bajio.region, REGISTRY.peer_group):
        for text in ("Jalisco,Colima", "jal.; MX-COL", "Jalisco, Colima"):
            with pytest.raises(UnknownCode, match=r"write MX-JAL\+MX-COL"):
                door(text)
    with pytest.raises(UnknownCode, match="unknown region 'León, Jalisco'"):
        bajio.region("León, Jalisco")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Acapulco", "12001"),
        ("Tlaquepaque", "14098"),
        ("garza garcia", "19019"),
        ("1001", "01001"),
        ("9002", "09002"),
    ],
)
def test_a_part_of_a_name_and_a_clave_without_its_zeros_are_suggested(text, code):
    with pytest.raises(UnknownCode, match=f"did you mean '{code}'"):
        bajio.region(text)


def test_a_word_of_many_names_suggests_none_of_them():
    with pytest.raises(UnknownCode, match="bajio regions"):
        bajio.region("tepec")


def test_municipalities_of_one_name_are_told_with_their_states_where_a_table_has_it():
    with pytest.raises(AmbiguousName, match=r"'08037' \(Juárez, Chihuahua\)"):
        codes_by_text(["Juárez", "Colima"], AREAS, ["08037"])


def test_a_column_tells_which_of_its_bearers_is_meant():
    known = AREAS.recogniser()
    codes = {text: {one.code for one in known.bearers(text)} for text in ("1", "32", "1001", "NL")}

    assert codes == {"1": {"MX-AGU"}, "32": {"MX-ZAC", "ARG"}, "1001": {"01001"}} | {
        "NL": {"NLD", "MX-NLE"}
    }
    assert {"MX-GUA", "11015"} <= {one.code for one in known.bearers("Guanajuato")}


def test_each_area_is_named_by_its_code_and_its_name_where_they_agree():
    known = REGISTRY.recogniser
    states = [code for code in CODES if AREAS[code].kind == "state"]
    for code, other in pairwise(states):
        clave, name = AREAS[code].identifiers[0], AREAS[code].names.text("es")
        for text in (f"{clave} {name}", f"{int(clave)}-{name.upper()}", f"{code}: {name}"):
            assert [thing.code for thing in known.named(text)] == [code]
            assert [thing.code for thing in known.bearers(text)] == [code]
        assert not known.named(f"{AREAS[other].identifiers[0]} {name}")
    for code in MUNICIPALITIES:
        assert [thing.code for thing in known.named(f"{code} {AREAS[code].names}")] == [code]


@given(st.sampled_from(CODES))
def test_a_long_form_names_an_area_whichever_way_round_it_is(code):
    for name in names_of(AREAS[code]):
        beginning, link, end = name.partition(" of ")
        if link and not end.startswith("the "):
            named = {thing.code for thing in REGISTRY.recogniser.named(f"{end}, {beginning} of")}
            assert code in named


def test_things_of_thousands_count_where_nothing_above_is_called_so():
    towns = [Named("1", ("North",), within="A"), Named("2", ("Aa",), within="B")]
    known = Recogniser([Named("A", ("Aa",)), Named("B", ("Bb",))], lambda: towns)

    assert [known.code(text) for text in ("aa", "north", "Aa, B")] == ["A", "1", None]


def test_that_there_is_no_such_area_is_told_without_reading_the_municipalities():
    areas = bajio.Registry().areas
    known = len(areas)

    assert "XYZ" not in areas
    assert "MX-XXX" not in areas
    assert len(areas) == known
    assert "99999" not in areas
    assert "01001" in areas
    assert len(areas) > known + 2000


@pytest.mark.parametrize(
    "text", ["Guanajuato\0", "Guana\x07juato", "MX-GUA\x1f", "\x9bBajío", "11\0"]
)
def test_what_has_control_characters_names_nothing(text):
    with pytest.raises(UnknownCode, match="unknown"):
        REGISTRY.region(text)
    assert REGISTRY.recogniser.bearers(text) == ()
    assert REGISTRY.recogniser.bearers("Estado de\nMéxico")
