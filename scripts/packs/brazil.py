"""Brazil: its 27 units with their borders, the alliance of the north-east, GDP."""

from dataset.raw import Layout, Raw, Refused

from bajio import Area, Charter, Dataset, Gazetteer, Membership, PeerGroup, Region, Source, dataset
from packs.raw_figures import joined, observed

LAYOUTS = {"br_gdp.csv": Layout("area year thousand_brl_current", "area year")}
NATION = "BRA"
_UNITS = """
AC Acre
AL Alagoas
AM Amazonas
AP Amapá
BA Bahia, Bahía
CE Ceará
DF Federal District, Distrito Federal
ES Espírito Santo
GO Goiás
MA Maranhão, Marañón
MG Minas Gerais
MS Mato Grosso do Sul
MT Mato Grosso
PA Pará
PB Paraíba
PE Pernambuco
PI Piauí
PR Paraná
RJ Rio de Janeiro, Río de Janeiro
RN Rio Grande do Norte, Río Grande del Norte
RO Rondônia, Rondonia
RR Roraima
RS Rio Grande do Sul, Río Grande del Sur
SC Santa Catarina
SE Sergipe
SP São Paulo
TO Tocantins
"""
#: Each unit with those that it borders on and that come after it in the alphabet of codes.
_BORDERS = """
AC: AM RO
AL: BA PE SE
AM: MT PA RO RR
AP: PA
BA: ES GO MG PE PI SE TO
CE: PB PE PI RN
DF: GO MG
ES: MG RJ
GO: MG MS MT TO
MA: PA PI TO
MG: MS RJ SP
MS: MT PR SP
MT: PA RO TO
PA: RR TO
PB: PE RN
PE: PI
PI: TO
PR: SC SP
RJ: SP
RS: SC
"""
#: Of each unit its code, and its names in English and Spanish.
UNITS = [
    (f"BR-{code}", {"en": english, "es": spanish or english})
    for code, names in (line.split(" ", 1) for line in _UNITS.strip().splitlines())
    for english, _, spanish in (names.partition(", "),)
]
BORDERS = [
    (f"BR-{code}", f"BR-{other}")
    for code, others in (line.split(": ") for line in _BORDERS.strip().splitlines())
    for other in others.split()
]
NORTH_EAST = ("AL", "BA", "CE", "MA", "PB", "PE", "PI", "RN", "SE")
CONSORTIUM = Charter(
    agreement={
        "en": "Protocol of intentions of the Consortium of the North-East",
        "es": "Protocolo de intenciones del Consorcio Nordeste",
        "pt": "Protocolo de Intenções do Consórcio Nordeste",
    },
    signed="2019-03-14",
    governance={
        "en": "an assembly of the nine governors, one of whom presides",
        "es": "una asamblea de los nueve gobernadores, uno de los cuales preside",
    },
    aim={
        "en": "sustainable development of the north-east, and buying together",
        "es": "el desarrollo sostenible del Nordeste, y las compras conjuntas",
    },
)
IBGE = Source(
    "ibge-contas-regionais",
    "Contas Regionais 2002-2021",
    publisher="IBGE",
    terms="Free use, citing the source",
    citation="Instituto Brasileiro de Geografia e Estatística (IBGE), Sistema de Contas Regionais",
    path="https://www.ibge.gov.br/estatisticas/economicas/contas-nacionais/9054-contas-regionais-do-brasil.html",
)


def made(raw: Raw) -> Dataset:
    """The dataset with its gazetteer.

    Raises:
        Refused: the raw files are not as expected.
    """
    gdp = list(observed(raw, "br_gdp.csv", "thousand_brl_current", "gdp"))
    lacking = {code for code, _ in UNITS} ^ {one.area for one in gdp}
    if lacking:
        raise Refused(f"units and figures differ by {sorted(lacking)}")
    figures = dataset(
        "gdp", sources=[IBGE], observations=gdp, edition="2021", units={"gdp": "thousand BRL"}
    )
    return joined("brazil", [figures], GAZETTEER, reference_year=2021)


GAZETTEER = Gazetteer(
    areas=[Area(code, names, "state", NATION) for code, names in UNITS],
    borders=BORDERS,
    regions=[
        Region(
            [Membership(f"BR-{code}", joined=2019) for code in NORTH_EAST],
            code="consorcio-nordeste",
            names={
                "en": "Consortium of the North-East",
                "es": "Consorcio Nordeste",
                "pt": "Consórcio Nordeste",
            },
            basis="Public consortium of the nine states of the north-east, since 2019",
            charter=CONSORTIUM,
        )
    ],
    peer_groups=[
        PeerGroup(
            "brazilian-states",
            {"en": "States of Brazil", "es": "Estados de Brasil", "pt": "Unidades federativas"},
            [code for code, _ in UNITS],
            "The 26 states and the Federal District",
        )
    ],
)
