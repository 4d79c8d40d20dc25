"""Europe's NUTS 2 regions: two alliances across borders, GDP and population."""

from dataset.raw import Layout, Raw, Refused

from bajio import Area, Charter, Dataset, Gazetteer, PeerGroup, Region, Source, dataset
from packs.raw_figures import joined, observed

LAYOUTS = {
    "eu_nuts2_gdp_population.csv": Layout(
        "area year million_eur_current population_1_january", "area year"
    ),
    "eu_nuts2_names.csv": Layout("nuts country name", "nuts"),
}
KIND = "nuts-2"
#: Countries by the two letters that codes of NUTS begin with.
_COUNTRIES = """
AL ALB, AT AUT, BE BEL, BG BGR, CH CHE, CY CYP, CZ CZE, DE DEU, DK DNK, EE EST, EL GRC, ES ESP,
FI FIN, FR FRA, HR HRV, HU HUN, IE IRL, IS ISL, IT ITA, LI LIE, LT LTU, LU LUX, LV LVA, ME MNE,
MK MKD, MT MLT, NL NLD, NO NOR, PL POL, PT PRT, RO ROU, RS SRB, SE SWE, SI SVN, SK SVK, TR TUR,
UK GBR
"""
COUNTRIES = {letters: code for pair in _COUNTRIES.split(",") for letters, code in [pair.split()]}
#: English and Spanish names of members, where Eurostat has those of the place.
_TRANSLATED = {
    "BE10": ("Brussels", "Bruselas"),
    "BE21": ("Antwerp", "Amberes"),
    "BE22": ("Limburg (Belgium)", "Limburgo (Bélgica)"),
    "BE23": ("East Flanders", "Flandes Oriental"),
    "BE24": ("Flemish Brabant", "Brabante Flamenco"),
    "BE25": ("West Flanders", "Flandes Occidental"),
    "BE31": ("Walloon Brabant", "Brabante Valón"),
    "BE32": ("Hainaut", "Henao"),
    "BE33": ("Liège", "Lieja"),
    "BE34": ("Luxembourg (Belgium)", "Luxemburgo (Bélgica)"),
    "BE35": ("Namur", "Namur"),
    "DEB1": ("Koblenz", "Coblenza"),
    "DEB2": ("Trier", "Tréveris"),
    "DEB3": ("Rhenish Hesse-Palatinate", "Hesse Renano-Palatinado"),
    "DEC0": ("Saarland", "Sarre"),
    "FRF3": ("Lorraine", "Lorena"),
    "LU00": ("Grand Duchy of Luxembourg", "Gran Ducado de Luxemburgo"),
    "NL11": ("Groningen", "Groninga"),
    "NL12": ("Friesland", "Frisia"),
    "NL13": ("Drenthe", "Drente"),
    "NL21": ("Overijssel", "Overijssel"),
    "NL22": ("Gelderland", "Güeldres"),
    "NL23": ("Flevoland", "Flevolanda"),
    "NL31": ("Utrecht", "Utrecht"),
    "NL32": ("North Holland", "Holanda Septentrional"),
    "NL33": ("South Holland", "Holanda Meridional"),
    "NL34": ("Zeeland", "Zelanda"),
    "NL41": ("North Brabant", "Brabante Septentrional"),
    "NL42": ("Limburg (Netherlands)", "Limburgo (Países Bajos)"),
}
BENELUX_COUNTRIES = ("BE", "LU", "NL")
WALLONIA = ("BE31", "BE32", "BE33", "BE34", "BE35")
GREATER_REGION = (*WALLONIA, "DEB1", "DEB2", "DEB3", "DEC0", "FRF3", "LU00")
TREATY = Charter(
    agreement={"en": "Benelux Treaty, revised", "es": "Tratado Benelux, revisado"},
    signed="2008-06-17",
    pillars=[
        {"en": "internal market and economic union", "es": "mercado interior y unión económica"},
        {"en": "sustainability", "es": "sustentabilidad"},
        {"en": "justice and internal affairs", "es": "justicia y asuntos internos"},
    ],
)
_TERMS = "Reuse free, citing the source"
OUTPUT = Source(
    "eurostat-gdp-nuts2",
    "Regional GDP by NUTS 2 region (tgs00003)",
    publisher="Eurostat",
    terms=_TERMS,
    citation="Eurostat, Regional gross domestic product by NUTS 2 regions, tgs00003",
    path="https://ec.europa.eu/eurostat/databrowser/view/tgs00003",
)
PEOPLE = Source(
    "eurostat-population-nuts2",
    "Population on 1 January by NUTS 2 region (tgs00096)",
    publisher="Eurostat",
    terms=_TERMS,
    citation="Eurostat, Population on 1 January by NUTS 2 region, tgs00096",
    path="https://ec.europa.eu/eurostat/databrowser/view/tgs00096",
)


def made(raw: Raw) -> Dataset:
    """The dataset with its gazetteer.

    Raises:
        Refused: the raw files are not as expected.
    """
    file = "eu_nuts2_gdp_population.csv"
    parts = [
        dataset(
            "gdp",
            sources=[OUTPUT],
            observations=observed(raw, file, "million_eur_current", "gdp"),
            edition="undated",
            units={"gdp": "million EUR"},
        ),
        dataset(
            "population",
            sources=[PEOPLE],
            observations=observed(raw, file, "population_1_january", "population"),
            edition="undated",
        ),
    ]
    return joined("europe-nuts2", parts, _gazetteer(raw), reference_year=2018)


def _gazetteer(raw: Raw) -> Gazetteer:
    areas = []
    for row in raw.rows("eu_nuts2_names.csv"):
        code, own = row["nuts"], row["name"].strip()
        if row["country"] not in COUNTRIES or not code.startswith(row["country"]):
            raise row.refused(f"{row['country']!r} is no country of {code}")
        english, spanish = _TRANSLATED.get(code, ("", ""))
        names = {"en": english, "es": spanish} if english else {"en": own}
        aliases = () if own == english or not english else (own,)
        areas.append(Area(code, names, KIND, COUNTRIES[row["country"]], aliases=aliases))
    codes = [area.code for area in areas]
    lacking = {*_TRANSLATED} - {*codes}
    if lacking:
        raise Refused(f"there is no NUTS 2 region {min(lacking)}")
    return Gazetteer(
        areas=areas,
        regions=[
            Region(
                [code for code in codes if code.startswith(BENELUX_COUNTRIES)],
                code="benelux",
                names="Benelux",
                basis="The NUTS 2 regions of Belgium, the Netherlands and Luxembourg",
                charter=TREATY,
            ),
            Region(
                GREATER_REGION,
                code="greater-region",
                names={"en": "Greater Region", "es": "Gran Región"},
                basis="Luxembourg, Lorraine, Saarland, Rhineland-Palatinate and Wallonia",
            ),
        ],
        peer_groups=[
            PeerGroup(
                "nuts-2-regions",
                {"en": "NUTS 2 regions", "es": "Regiones NUTS 2"},
                codes,
                "Regions of NUTS 2 as Eurostat has them: European Union, EFTA and candidates",
            )
        ],
    )
