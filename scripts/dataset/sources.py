"""Sources of the bundled dataset, with the terms on which each may be used."""

_INEGI = "INEGI"
_INEGI_LONG = "Instituto Nacional de Estadística y Geografía (INEGI)"
_INEGI_TERMS = "INEGI's terms of free use: cite INEGI as the source"
_OPEN = "Open data of the Mexican government (Libre Uso MX): cite the source"


def _source(
    name: str, publisher: str, title: str, terms: str, citation: str, path: str = ""
) -> dict[str, str]:
    entry = {
        "name": name,
        "title": title,
        "publisher": publisher,
        "terms": terms,
        "citation": citation,
    }
    return {**entry, "path": path} if path else entry


def _world_bank(suffix: str, title: str, series: str) -> dict[str, str]:
    """A source of the World Bank's series, or of what is derived from them."""
    return _source(
        f"world-bank{suffix}",
        "World Bank",
        title,
        "Creative Commons Attribution 4.0 (CC BY 4.0)",
        f"World Bank, World Development Indicators: {series}",
        "https://databank.worldbank.org/source/world-development-indicators",
    )


SOURCES = [
    _source(
        "conapo",
        "CONAPO",
        "Conciliación demográfica 1950-2019 y proyecciones 2020-2070, revision of 2023",
        _OPEN,
        "Consejo Nacional de Población (CONAPO), Conciliación demográfica de México 1950-2019 y "
        "proyecciones de la población 2020-2070 (2023)",
        "https://www.gob.mx/conapo",
    ),
    _source(
        "conapo-municipal",
        "CONAPO",
        "Population projections of the municipalities 1990-2040",
        _OPEN,
        "Consejo Nacional de Población (CONAPO), Reconstrucción y proyecciones de la población "
        "de los municipios de México 1990-2040",
        "https://www.gob.mx/conapo",
    ),
    _source(
        "inegi-census-2020",
        _INEGI,
        "Census of Population and Housing 2020",
        _INEGI_TERMS,
        f"{_INEGI_LONG}, Censo de Población y Vivienda 2020",
        "https://www.inegi.org.mx/programas/ccpv/2020/",
    ),
    _source(
        "inegi-censuses",
        _INEGI,
        "Censuses of 1990 to 2020, counts of 1995 and 2005, Intercensal Survey of 2015",
        _INEGI_TERMS,
        f"{_INEGI_LONG}, Censos de Población y Vivienda, Conteos de Población y Vivienda, "
        "Encuesta Intercensal 2015: características educativas de la población",
        "https://www.inegi.org.mx/temas/educacion/",
    ),
    _source(
        "conapo-marginalisation",
        "CONAPO",
        "Índices de marginación 2020",
        _OPEN,
        "Consejo Nacional de Población (CONAPO), Índices de marginación 2020",
        "https://www.gob.mx/conapo/documentos/indices-de-marginacion-2020-284372",
    ),
    _source(
        "sesnsp",
        "SESNSP",
        "Victims of crimes of the common jurisdiction, by month",
        _OPEN,
        "Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública (SESNSP), Víctimas de "
        "delitos del fuero común, retrieved in 2025",
        "https://www.gob.mx/sesnsp/acciones-y-programas/datos-abiertos-de-incidencia-delictiva",
    ),
    _source(
        "inegi-territory",
        _INEGI,
        "Información por entidad, territorial area",
        _INEGI_TERMS,
        f"{_INEGI_LONG}, Información por entidad",
    ),
    _source(
        "country-areas",
        "Compilation",
        "Areas of countries and territories, by ISO 3166-1 code",
        "Facts, free of rights",
        "Areas of countries and territories by ISO 3166-1 code, compiled from public references",
    ),
    _source(
        "inegi-pibe",
        _INEGI,
        "PIB por Entidad Federativa, base 2018, release of 2024",
        _INEGI_TERMS,
        f"{_INEGI_LONG}, Producto Interno Bruto por Entidad Federativa (PIBE), base 2018",
        "https://www.inegi.org.mx/programas/pibent/2018/",
    ),
    _world_bank(
        "",
        "World Development Indicators",
        "NY.GDP.MKTP.CD, NY.GDP.MKTP.KD.ZG, SP.POP.TOTL, BX.KLT.DINV.CD.WD, BX.TRF.PWKR.CD.DT, "
        "TX.VAL.MRCH.CD.WT, SL.TLF.TOTL.IN, SL.UEM.TOTL.ZS, SP.DYN.LE00.IN, PA.NUS.FCRF, "
        "AG.LND.TOTL.K2",
    ),
    _world_bank(
        "-ppp",
        "World Development Indicators, derived: GDP at PPP",
        "GDP at PPP derived as NY.GDP.PCAP.PP.CD × NY.GDP.MKTP.CD ÷ NY.GDP.PCAP.CD; factors as "
        "PA.NUS.FCRF × NY.GDP.MKTP.CD over it, or PA.NUS.PPP",
    ),
    _world_bank(
        "-volume",
        "World Development Indicators, derived: GDP in USD of 2015",
        "NY.GDP.MKTP.CD of 2015 chained with NY.GDP.MKTP.KD.ZG",
    ),
    _world_bank(
        "-employment",
        "World Development Indicators, derived: employed persons",
        "SL.TLF.TOTL.IN × (1 − SL.UEM.TOTL.ZS ÷ 100)",
    ),
    _world_bank(
        "-homicide",
        "World Development Indicators, derived: victims of homicide",
        "VC.IHR.PSRC.P5 (UNODC) × SP.POP.TOTL ÷ 100,000",
    ),
    _source(
        "economia-fdi",
        "Secretaría de Economía",
        "Foreign direct investment by state",
        _OPEN,
        "Secretaría de Economía, Registro Nacional de Inversiones Extranjeras; later edition "
        "through DataMéxico",
        "https://www.economia.gob.mx/datamexico/",
    ),
    _source(
        "banxico-remittances",
        "Banco de México",
        "Remittances by state, SIE table CE100",
        "Free use, citing Banco de México",
        "Banco de México, Sistema de Información Económica, CE100",
        "https://www.banxico.org.mx/SieInternet/",
    ),
    _source(
        "inegi-exports",
        _INEGI,
        "Exportaciones Anuales por Entidad Federativa",
        _INEGI_TERMS,
        f"{_INEGI_LONG}, Exportaciones Anuales por Entidad Federativa, March 2026",
        "https://www.inegi.org.mx/temas/exportacionesef/",
    ),
    _source(
        "inegi-enoe",
        _INEGI,
        "Encuesta Nacional de Ocupación y Empleo (ENOE)",
        _INEGI_TERMS,
        f"{_INEGI_LONG}, ENOE; through Secretaría de Economía, DataMéxico, October 2025",
        "https://www.inegi.org.mx/programas/enoe/15ymas/",
    ),
    _source(
        "imss",
        "IMSS",
        "Jobs insured with IMSS (puestos de trabajo asegurados)",
        _OPEN,
        "Instituto Mexicano del Seguro Social (IMSS), puestos de trabajo asegurados: to September "
        "2021 through México, ¿cómo vamos? (October 2021), later months from IMSS's open data "
        "(May 2026)",
        "https://datos.imss.gob.mx/",
    ),
    _source(
        "banxico-fix",
        "Banco de México",
        "Exchange rate FIX",
        "Free use, citing Banco de México",
        "Banco de México, Sistema de Información Económica, tipo de cambio FIX",
        "https://www.banxico.org.mx/SieInternet/",
    ),
    _source(
        "inegi-inpc",
        _INEGI,
        "Índice Nacional de Precios al Consumidor (INPC)",
        _INEGI_TERMS,
        f"{_INEGI_LONG}, Índice Nacional de Precios al Consumidor",
        "https://www.inegi.org.mx/temas/inpc/",
    ),
    _source(
        "cia-factbook",
        "CIA",
        "The World Factbook",
        "Public domain",
        "Central Intelligence Agency, The World Factbook 2025",
    ),
    _source(
        "inegi-boundaries",
        _INEGI,
        "Cartografía Geoestadística, boundaries of 2015",
        _INEGI_TERMS,
        f"{_INEGI_LONG}, Cartografía Geoestadística 2015; simplified",
        "https://www.inegi.org.mx/temas/mg/",
    ),
    _source(
        "natural-earth",
        "Natural Earth",
        "Countries, 1:50 million",
        "Public domain",
        "Natural Earth, Admin 0 countries, 1:50 million; simplified",
        "https://www.naturalearthdata.com/",
    ),
]
