"""Places: UN M49 subregions, English names of states, names and grounds of peer groups."""

#: UN M49 region, subregion (the intermediate one where there is one), ISO codes.
M49 = [
    (
        "Africa",
        "Eastern Africa",
        "IOT BDI COM DJI ERI ETH ATF KEN MDG MWI MUS MYT MOZ REU RWA SYC SOM SSD UGA TZA ZMB ZWE",
    ),
    ("Africa", "Middle Africa", "AGO CMR CAF TCD COG COD GNQ GAB STP"),
    ("Africa", "Northern Africa", "DZA EGY LBY MAR SDN TUN ESH"),
    ("Africa", "Southern Africa", "BWA SWZ LSO NAM ZAF"),
    (
        "Africa",
        "Western Africa",
        "BEN BFA CPV CIV GMB GHA GIN GNB LBR MLI MRT NER NGA SHN SEN SLE TGO",
    ),
    ("Americas", "Northern America", "BMU CAN GRL SPM USA"),
    (
        "Americas",
        "Caribbean",
        (
            "AIA ATG ABW BHS BRB BES VGB CYM CUB CUW DMA DOM GRD GLP HTI JAM MTQ "
            "MSR PRI BLM KNA LCA MAF VCT SXM TTO TCA VIR"
        ),
    ),
    ("Americas", "Central America", "BLZ CRI SLV GTM HND MEX NIC PAN"),
    (
        "Americas",
        "South America",
        "ARG BOL BVT BRA CHL COL ECU FLK GUF GUY PRY PER SGS SUR URY VEN",
    ),
    ("Antarctica", "Antarctica", "ATA"),
    ("Asia", "Central Asia", "KAZ KGZ TJK TKM UZB"),
    ("Asia", "Eastern Asia", "CHN HKG MAC PRK JPN MNG KOR TWN"),
    ("Asia", "South-eastern Asia", "BRN KHM IDN LAO MYS MMR PHL SGP THA TLS VNM"),
    ("Asia", "Southern Asia", "AFG BGD BTN IND IRN MDV NPL PAK LKA"),
    (
        "Asia",
        "Western Asia",
        "ARM AZE BHR CYP GEO IRQ ISR JOR KWT LBN OMN QAT SAU PSE SYR TUR ARE YEM",
    ),
    ("Europe", "Eastern Europe", "BLR BGR CZE HUN POL MDA ROU RUS SVK UKR"),
    (
        "Europe",
        "Northern Europe",
        "ALA DNK EST FRO FIN GGY ISL IRL IMN JEY LVA LTU NOR SJM SWE GBR",
    ),
    (
        "Europe",
        "Southern Europe",
        "ALB AND BIH HRV GIB GRC VAT ITA MLT MNE MKD PRT SMR SRB SVN ESP UNK",
    ),
    ("Europe", "Western Europe", "AUT BEL FRA DEU LIE LUX MCO NLD CHE"),
    ("Oceania", "Australia and New Zealand", "AUS CXR CCK HMD NZL NFK"),
    ("Oceania", "Melanesia", "FJI NCL PNG SLB VUT"),
    ("Oceania", "Micronesia", "GUM KIR MHL FSM NRU MNP PLW UMI"),
    ("Oceania", "Polynesia", "ASM COK PYF NIU PCN WSM TKL TON TUV WLF"),
]
LATIN_AMERICA = ("Caribbean", "Central America", "South America")

#: Names of countries as Mexico writes them, where the list has another spelling.
COUNTRIES_IN_SPANISH = {
    "ALA": "Islas Åland",
    "BHR": "Baréin",
    "BRN": "Brunéi",
    "BWA": "Botsuana",
    "CCK": "Islas Cocos (Keeling)",
    "COD": "República Democrática del Congo",
    "DJI": "Yibuti",
    "FRO": "Islas Feroe",
    "GRD": "Granada",
    "IRN": "Irán",
    "LSO": "Lesoto",
    "MAF": "San Martín",
    "MLI": "Malí",
    "MWI": "Malaui",
    "SAU": "Arabia Saudita",
    "TKL": "Tokelau",
}

#: Names of states that differ in English.
STATES_IN_ENGLISH = {"MX-CMX": "Mexico City", "MX-MEX": "State of Mexico"}
STATES_IN_SPANISH = {"MX-MEX": "Estado de México"}

#: Peer group: English, Spanish, grounds.
PEER_GROUPS = {
    "un-members": ("UN members", "Miembros de la ONU", "Member States of the United Nations"),
    "world": (
        "Countries and territories",
        "Países y territorios",
        "ISO 3166-1 codes, and Kosovo",
    ),
    "latin-america": (
        "Latin America and the Caribbean",
        "América Latina y el Caribe",
        "UN M49: Caribbean, Central America with Mexico, South America",
    ),
    "oecd": ("OECD", "OCDE", "Members of the OECD, by year of accession"),
    "eu": ("European Union", "Unión Europea", "Member States, by year of accession and leaving"),
    "g20": ("G20 countries", "Países del G20", "The nineteen countries of the G20"),
    "central-america": (
        "Central America",
        "Centroamérica",
        "The seven countries of the isthmus",
    ),
    "north-america-trade": (
        "North American trade agreement",
        "Tratado comercial de América del Norte",
        "Parties to NAFTA, then to USMCA",
    ),
    "pacific-alliance": (
        "Pacific Alliance",
        "Alianza del Pacífico",
        "Members of the Pacific Alliance",
    ),
    "mexican-states": ("States of Mexico", "Entidades federativas", "The 32 federal entities"),
    "mexican-regions": (
        "Regions of Mexico",
        "Regiones de México",
        "The alliances and official regionalisations of the catalog",
    ),
}
