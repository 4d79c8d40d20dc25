"""Small tables in the forms that people have, each with what is to be read of it, or why not.

They are made after real ones: exports of statistical offices and banks, workbooks of offices,
tables of encyclopaedias. Figures are made up where they are not those of the census.
"""

from io import BytesIO
from typing import Any, NamedTuple

AGU, BCN, QUE, GUA, SLP, JAL, COL, NAY = (
    "MX-AGU",
    "MX-BCN",
    "MX-QUE",
    "MX-GUA",
    "MX-SLP",
    "MX-JAL",
    "MX-COL",
    "MX-NAY",
)
Expected = dict[tuple[str, str], Any]


class Case(NamedTuple):
    """A table: its file's name and content, what is said of it, and what it holds or lacks.

    `expected` are figures by area and period, `None` for what is not available; a text is a part
    of what is told where the table is refused.
    """

    name: str
    content: str | bytes
    said: dict[str, Any]
    expected: Expected | str


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """An xlsx file with the cells of each sheet."""
    from xlsxwriter import Workbook

    target = BytesIO()
    with Workbook(target, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write(row, column, cell)
    return target.getvalue()


def _utf16(text: str) -> bytes:
    return text.encode("utf-16")


CASES = [
    # years in columns
    Case(
        "plain.csv",
        "Estado,2018,2019\nAguascalientes,10,11\nQuerétaro,20,21\n",
        {},
        {(AGU, "2018"): 10, (AGU, "2019"): 11, (QUE, "2018"): 20, (QUE, "2019"): 21},
    ),
    Case(
        "titles.csv",
        "Camas censables\nSecretaría de Salud, 2018\n\nEntidad federativa,2018\nTotal,30\n"
        "Aguascalientes,10\nQuerétaro,20\n\nFuente: registros.\n1/ Provisional.\n",
        {},
        {(AGU, "2018"): 10, (QUE, "2018"): 20},
    ),
    Case(
        "semicolons.csv",
        "Entidad;2018\nJalisco;1.512,5\nColima;12,25\n",
        {},
        {(JAL, "2018"): 1512.5, (COL, "2018"): 12.25},
    ),
    Case(
        "mexican.csv",
        'Entidad,2018\nJalisco,"1,512.5"\nColima,"2,300"\n',
        {},
        {(JAL, "2018"): 1512.5, (COL, "2018"): 2300},
    ),
    Case("two-ways.csv", 'Entidad,2018\nJalisco,"1,512"\nColima,"2,300"\n', {}, "numbers"),
    Case(
        "said-mx.csv",
        'Entidad,2018\nJalisco,"1,512"\nColima,"2,300"\n',
        {"numbers": "mx"},
        {(JAL, "2018"): 1512, (COL, "2018"): 2300},
    ),
    Case(
        "said-eu.csv",
        "Entidad;2018\nJalisco;1.512\nColima;2.300\n",
        {"numbers": "eu"},
        {(JAL, "2018"): 1512, (COL, "2018"): 2300},
    ),
    Case(
        "total-decides.csv",
        'Entidad,2018\nJalisco,"1,512"\nColima,900\nTotal,"2,412"\n',
        {},
        {(JAL, "2018"): 1512, (COL, "2018"): 900},
    ),
    Case(
        "total-decides-comma.csv",
        "Entidad;2018\nJalisco;1,512\nColima;900\nTotal;901,512\n",
        {},
        {(JAL, "2018"): 1.512, (COL, "2018"): 900},
    ),
    Case(
        "both-marks.csv",
        'Entidad,2018\nJalisco,"1,512.5"\nColima,"1.512,5"\n',
        {},
        "is no number as 1,234.5 is",
    ),
    Case(
        "spaces.csv",
        "Entidad;2018\nJalisco;1\u00a0512\nColima;12\u202f300,5\n",
        {},
        {(JAL, "2018"): 1512, (COL, "2018"): 12300.5},
    ),
    Case("money.csv", 'Entidad,2018\nJalisco,"$1,512.00"\nColima,"-$12.50"\n', {}, "is no number"),
    Case(
        "dollars.csv",
        'Entidad,2018\nJalisco,"$1,512.00"\nColima,$12.50\n',
        {},
        {(JAL, "2018"): 1512, (COL, "2018"): 12.5},
    ),
    Case(
        "negative.csv",
        "Entidad,2018\nJalisco,-5.5\nColima,\u22123\n",
        {},
        {(JAL, "2018"): -5.5, (COL, "2018"): -3},
    ),
    Case(
        "missing.csv",
        "Entidad,2018,2019\nJalisco,n.d.,-\nColima,ND,\u2026\nNayarit,5,N/D\n",
        {},
        {
            (JAL, "2018"): None,
            (JAL, "2019"): None,
            (COL, "2018"): None,
            (COL, "2019"): None,
            (NAY, "2018"): 5,
            (NAY, "2019"): None,
        },
    ),
    Case(
        "marks.csv",
        "Entidad,2018 p/,2019\nJalisco,5 p/,6*\nColima,7 1/,8 (2)\nNayarit,9\u00b9,10 r\n",
        {},
        {
            (JAL, "2018"): 5,
            (JAL, "2019"): 6,
            (COL, "2018"): 7,
            (COL, "2019"): 8,
            (NAY, "2018"): 9,
            (NAY, "2019"): 10,
        },
    ),
    Case("millions.csv", "Entidad,2018\nJalisco,12 m\nColima,7\n", {}, "is no number"),
    Case("unknown.csv", "Entidad,2018\nJalizco,12\nColima,7\nNayarit,8\n", {}, "Jalizco"),
    Case("twice.csv", "Entidad,2018\nJalisco,12\nColima,7\nJalisco,13\n", {}, "again"),
    Case(
        "two-months.csv",
        "Entidad,Ene 2018,Feb 2018\nJalisco,1,2\nColima,3,4\n",
        {},
        {(JAL, "2018-01"): 1, (JAL, "2018-02"): 2, (COL, "2018-01"): 3, (COL, "2018-02"): 4},
    ),
    Case(
        "quarters.csv",
        "Entidad,2018-I,2018-II\nJalisco,1,2\nColima,3,4\n",
        {},
        {(JAL, "2018-Q1"): 1, (JAL, "2018-Q2"): 2, (COL, "2018-Q1"): 3, (COL, "2018-Q2"): 4},
    ),
    Case("mixed.csv", "Entidad,2018,2018-I\nJalisco,1,2\nColima,3,4\n", {}, "beside"),
    Case(
        "same-year-twice.csv",
        "Entidad,2018,2018\nJalisco,1,2\nColima,3,4\n",
        {},
        "2018 stands in columns",
    ),
    # one figure a row
    Case(
        "long.csv",
        "estado,anio,valor\nJalisco,2018,1.5\nJalisco,2019,2\nColima,2018,3\n",
        {},
        {(JAL, "2018"): 1.5, (JAL, "2019"): 2, (COL, "2018"): 3},
    ),
    Case(
        "sexes.csv",
        "Estado,Año,Sexo,Valor\nJalisco,2018,H,10\nJalisco,2018,M,12\n"
        "Colima,2018,H,1.5\nColima,2018,M,2\n",
        {},
        "where",
    ),
    Case(
        "one-sex.csv",
        "Estado,Año,Sexo,Valor\nJalisco,2018,H,10\nJalisco,2018,M,12\n"
        "Colima,2018,H,1.5\nColima,2018,M,2\n",
        {"where": {"Sexo": "M"}},
        {(JAL, "2018"): 12, (COL, "2018"): 2},
    ),
    Case(
        "several-figures.csv",
        "Estado,Camas,Médicos\nJalisco,10,2\nColima,5,1\n",
        {"period": "2018"},
        "say which",
    ),
    Case(
        "one-of-several.csv",
        "Estado,Camas,Médicos\nJalisco,10,2\nColima,5,1\n",
        {"period": "2018", "values": "médicos"},
        {(JAL, "2018"): 2, (COL, "2018"): 1},
    ),
    Case("no-year.csv", "Estado,Camas\nJalisco,10\nColima,5\n", {}, "say period"),
    Case(
        "months-beside.csv",
        "entidad,año,mes,valor\nJalisco,2018,enero,1\nJalisco,2018,febrero,2\n"
        "Colima,2018,enero,3\n",
        {},
        {(JAL, "2018-01"): 1, (JAL, "2018-02"): 2, (COL, "2018-01"): 3},
    ),
    Case(
        "records.json",
        '[{"estado": "Jalisco", "2018": 1512}, {"estado": "Colima", "2018": 1.5}]',
        {},
        {(JAL, "2018"): 1512, (COL, "2018"): 1.5},
    ),
    Case(
        "data.json",
        '{"meta": 1, "data": [{"geo": "Jalisco", "year": 2018, "value": "n.d."},'
        ' {"geo": "Colima", "year": 2018, "value": 2}]}',
        {},
        {(JAL, "2018"): None, (COL, "2018"): 2},
    ),
    # areas in columns
    Case(
        "banxico.csv",
        "Remesas\nFecha,Jalisco,Colima\n01/01/2018,1,2\n01/04/2018,3,4\n"
        "01/07/2018,5,6\n01/10/2018,7,8\n",
        {},
        {
            (JAL, "2018-Q1"): 1,
            (COL, "2018-Q1"): 2,
            (JAL, "2018-Q2"): 3,
            (COL, "2018-Q2"): 4,
            (JAL, "2018-Q3"): 5,
            (COL, "2018-Q3"): 6,
            (JAL, "2018-Q4"): 7,
            (COL, "2018-Q4"): 8,
        },
    ),
    Case("one-day.csv", "Fecha,Jalisco,Colima\n01/01/2018,1,2\n", {}, "frequency"),
    Case(
        "days-of-years.csv",
        "Fecha,Jalisco,Colima\n31/12/2018,1,2\n31/12/2019,3,4\n",
        {},
        {(JAL, "2018"): 1, (COL, "2018"): 2, (JAL, "2019"): 3, (COL, "2019"): 4},
    ),
    Case(
        "years-down.tsv",
        "Año\tJalisco\tColima\tTotal\n2018\t1\t2\t3\n2019\t3\t4\t7\n",
        {},
        {(JAL, "2018"): 1, (COL, "2018"): 2, (JAL, "2019"): 3, (COL, "2019"): 4},
    ),
    # statistical offices
    Case(
        "world-bank.csv",
        '\ufeff"Data Source","World Development Indicators",\n\n'
        '"Last Updated Date","2026-07-01",\n\n'
        '"Country Name","Country Code","Indicator Name","Indicator Code","2017","2018",\n'
        '"Mexico","MEX","Population, total","SP.POP.TOTL","124041731","",\n'
        '"Belgium","BEL","Population, total","SP.POP.TOTL","11375158","11427054",\n',
        {},
        {("MEX", "2017"): 124041731, ("BEL", "2017"): 11375158, ("BEL", "2018"): 11427054},
    ),
    Case(
        "world-bank-bank.csv",
        "Country Name,Country Code,2017 [YR2017],2018 [YR2018]\n"
        "Mexico,MEX,1.5,..\nBelgium,BEL,3,4\n",
        {},
        {("MEX", "2017"): 1.5, ("MEX", "2018"): None, ("BEL", "2017"): 3, ("BEL", "2018"): 4},
    ),
    Case(
        "eurostat-wide.tsv",
        "country\t2017\t2018\nBelgium\t12.5 p\t: c\nFrance\t13.5 b\t: \n",
        {},
        {
            ("BEL", "2017"): 12.5,
            ("BEL", "2018"): None,
            ("FRA", "2017"): 13.5,
            ("FRA", "2018"): None,
        },
    ),
    Case(
        "inegi.csv",
        "Instituto Nacional de Estadística\nPoblación total por entidad federativa\n\n"
        'Entidad federativa,2010,2020\nEstados Unidos Mexicanos,"3,000,000","3,600,000"\n'
        'Aguascalientes,"1,000,000","1,400,000"\nQuerétaro,"2,000,000","2,200,000"\n'
        "Nota: cifras al 15 de marzo.\n",
        {},
        {
            ("MEX", "2010"): 3000000,
            ("MEX", "2020"): 3600000,
            (AGU, "2010"): 1000000,
            (AGU, "2020"): 1400000,
            (QUE, "2010"): 2000000,
            (QUE, "2020"): 2200000,
        },
    ),
    Case(
        "wikipedia.csv",
        "Rank,State,Population (2018)\n1,Jalisco,8 197 483[1]\n2,Colima,747 801\n",
        {"period": "2018"},
        {(JAL, "2018"): 8197483, (COL, "2018"): 747801},
    ),
    # workbooks
    Case(
        "office.xlsx",
        workbook(
            {
                "Camas": [
                    ["Camas censables por entidad"],
                    [],
                    ["Entidad", 2018, 2019],
                    ["Total", 30, 32],
                    ["Aguascalientes", 10, 11],
                    ["Querétaro", 20, 21],
                    [],
                    ["Fuente: Salud"],
                ]
            }
        ),
        {},
        {(AGU, "2018"): 10, (AGU, "2019"): 11, (QUE, "2018"): 20, (QUE, "2019"): 21},
    ),
    Case(
        "years.xlsx",
        workbook(
            {
                "2018": [["Estado", "Camas"], ["Jalisco", 1.5], ["Colima", 2]],
                "2019": [["Estado", "Camas"], ["Jalisco", 3], ["Colima", 4]],
            }
        ),
        {},
        {(JAL, "2018"): 1.5, (COL, "2018"): 2, (JAL, "2019"): 3, (COL, "2019"): 4},
    ),
    Case(
        "two-sheets.xlsx",
        workbook(
            {
                "Hombres": [["Estado", 2018], ["Jalisco", 1], ["Colima", 2]],
                "Mujeres": [["Estado", 2018], ["Jalisco", 3], ["Colima", 4]],
            }
        ),
        {},
        "sheet",
    ),
    Case(
        "one-sheet.xlsx",
        workbook(
            {
                "Hombres": [["Estado", 2018], ["Jalisco", 1], ["Colima", 2]],
                "Mujeres": [["Estado", 2018], ["Jalisco", 3], ["Colima", 4]],
            }
        ),
        {"sheet": "Mujeres"},
        {(JAL, "2018"): 3, (COL, "2018"): 4},
    ),
    Case(
        "notes.xlsx",
        workbook(
            {
                "Léeme": [["Este libro contiene camas"]],
                "Datos": [["Estado", 2018], ["Jalisco", 1], ["Colima", 2]],
            }
        ),
        {},
        {(JAL, "2018"): 1, (COL, "2018"): 2},
    ),
    Case(
        "off-corner.xlsx",
        workbook(
            {
                "Hoja1": [
                    [],
                    [],
                    [None, None, "Entidad", 2018],
                    [None, None, "Jalisco", 1],
                    [None, None, "Colima", 2],
                ]
            }
        ),
        {},
        {(JAL, "2018"): 1, (COL, "2018"): 2},
    ),
    # texts
    Case(
        "latin1.csv",
        "Entidad,2018\nQuerétaro,1.5\nMichoacán,2\n".encode("cp1252"),
        {},
        {(QUE, "2018"): 1.5, ("MX-MIC", "2018"): 2},
    ),
    Case(
        "utf16.csv",
        _utf16("Entidad\t2018\nQuerétaro\t1.5\nColima\t2\n"),
        {},
        {(QUE, "2018"): 1.5, (COL, "2018"): 2},
    ),
    Case(
        "line-ends.csv",
        "Entidad,2018\r\nQuerétaro,1.5\rColima,2\nNayarit,3\r\n",
        {},
        {(QUE, "2018"): 1.5, (COL, "2018"): 2, (NAY, "2018"): 3},
    ),
    Case(
        "municipalities.csv",
        "Entidad,Municipio,2018\nAguascalientes,Calvillo,5\n"
        "Chihuahua,Juárez,6\nNuevo León,Juárez,7\n",
        {},
        {("01003", "2018"): 5, ("08037", "2018"): 6, ("19031", "2018"): 7},
    ),
    # what is not in the columns that it seems to be in
    Case(
        "merged-years.csv",
        "Entidad,2018,,2019,\nJalisco,1,2,3,4\nColima,5,6,7,8\n",
        {},
        "C2 is a figure in a column without a name",
    ),
    Case(
        "cut-numbers.csv",
        "Entidad,2018,2019\nJalisco,1,512,1,600\nColima,2,300,2,400\n",
        {},
        "D2 is a figure in a column without a name",
    ),
    Case(
        "cut-decimals.csv",
        "Entidad,2018\nJalisco,1,5\nColima,2,5\n",
        {},
        "C2 is a figure in a column without a name",
    ),
    Case(
        "cut-before-others.csv",
        "Estado,Año,Camas,Médicos\nJalisco,2018,1,512,3\nColima,2018,2,300,4\n",
        {"values": "Camas"},
        "E2 is a figure in a column without a name",
    ),
    Case(
        "cut-across.csv",
        "Fecha,Jalisco,Colima\n2018,1,512,2,300\n2019,1,512,2,300\n",
        {},
        "D2 is a figure in a column without a name",
    ),
    Case(
        "trailing.csv",
        "Entidad,2018,\nJalisco,1,ver nota\nColima,2,\n",
        {},
        {(JAL, "2018"): 1, (COL, "2018"): 2},
    ),
    Case(
        "index.csv",
        ",Entidad,2018\n0,Jalisco,1\n1,Colima,2\n",
        {},
        {(JAL, "2018"): 1, (COL, "2018"): 2},
    ),
    Case(
        "no-year-across.csv",
        "Fecha,Jalisco,Colima\n2018,1,2\n2O19,3,4\n2020,5,6\n",
        {},
        "'2O19' is no year",
    ),
    Case("unnamed.csv", "Estado,2018\nJalisco,2\nColima,2\n,3\n", {}, "figures without an area"),
    # areas that are others than they seem
    Case(
        "beside.csv",
        "Entidad,2018,,Entidad,2019\nJalisco,1,,Colima,3\nColima,2,,Jalisco,4\n",
        {},
        "A2 is 'Jalisco' and D2 is 'Colima'",
    ),
    Case(
        "beside-alike.csv",
        "Entidad,2018,,Entidad,2019\nJalisco,1,,Jalisco,3\nColima,2,,Colima,4\n",
        {},
        {(JAL, "2018"): 1, (JAL, "2019"): 3, (COL, "2018"): 2, (COL, "2019"): 4},
    ),
    Case("from-to.csv", "De,A,2018\nJalisco,Colima,5\nColima,Jalisco,4\n", {}, "say areas"),
    Case(
        "from.csv",
        "De,A,2018\nJalisco,Colima,5\nColima,Jalisco,4\n",
        {"areas": "De"},
        {(JAL, "2018"): 5, (COL, "2018"): 4},
    ),
    Case(
        "capitals.csv",
        "Estado,Capital,2018\nJalisco,Guadalajara,5\nNayarit,Tepic,4\n",
        {},
        {(JAL, "2018"): 5, (NAY, "2018"): 4},
    ),
    Case(
        "two-claves.csv",
        "CVE_ENT,CVE_MUN,2018\n1,1,5\n2,2,6\n",
        {},
        {("01001", "2018"): 5, ("02002", "2018"): 6},
    ),
    Case(
        "named-claves.csv",
        "CVE_ENT,NOM_ENT,CVE_MUN,NOM_MUN,2018\n00,Nacional,000,Total,18\n"
        "01,Aguascalientes,000,Total,11\n01,Aguascalientes,001,Aguascalientes,5\n"
        "02,Baja California,001,Ensenada,7\n",
        {},
        {(AGU, "2018"): 11, ("01001", "2018"): 5, ("02001", "2018"): 7},
    ),
    Case("two-codes.csv", "geo,2018\nNL,1\nCOL,2\n", {}, "'NL' is MX-NLE, NLD"),
    Case("two-numbers.csv", "code,2018\n4,1\n8,2\n12,3\n", {}, "'8' is ALB, MX-CHH"),
    Case(
        "claves.csv",
        "cve_ent,2018\n4,1\n8,2\n12,3\n",
        {},
        {("MX-CAM", "2018"): 1, ("MX-CHH", "2018"): 2, ("MX-GRO", "2018"): 3},
    ),
    Case(
        "towns.csv",
        "Municipio,2018\nPuebla,1\nDurango,2\n",
        {},
        {("21114", "2018"): 1, ("10005", "2018"): 2},
    ),
    Case("nation.csv", "Entidad,2018\nMéxico,50\nJalisco,30\nColima,20\n", {}, "'México' is"),
    Case(
        "by-rank.csv",
        "Entidad,2018\nMéxico,17\nJalisco,8\nVeracruz,8\nPuebla,6\n",
        {},
        {
            ("MX-MEX", "2018"): 17,
            (JAL, "2018"): 8,
            ("MX-VER", "2018"): 8,
            ("MX-PUE", "2018"): 6,
        },
    ),
    # of what size figures are
    Case(
        "thousands.csv",
        "Población (miles de personas)\nEntidad,2018\nJalisco,1.5\nColima,3\n",
        {},
        "'Población (miles de personas)' stands in the table",
    ),
    Case(
        "thousands-said.csv",
        "Población (miles de personas)\nEntidad,2018\nJalisco,1.5\nColima,3\n",
        {"scale": "thousand"},
        {(JAL, "2018"): 1500, (COL, "2018"): 3000},
    ),
    Case(
        "millions-below.csv",
        "Entidad,2018\nJalisco,1.5\nColima,3\n\nNota: cifras en millones de pesos.\n",
        {},
        "say scale",
    ),
    Case(
        "per-million.csv",
        "Accidentes por cada 100 mil, deaths per million\nEntidad,2018\nJalisco,1.5\nColima,3\n",
        {},
        {(JAL, "2018"): 1.5, (COL, "2018"): 3},
    ),
    Case("percent.csv", "Entidad,2018\nJalisco,12%\nColima,13.5%\n", {}, "12% is in percent"),
    Case(
        "shares.csv",
        "Entidad,2018\nJalisco,12%\nColima,13.5%\n",
        {"scale": "0.01"},
        {(JAL, "2018"): 0.12, (COL, "2018"): 0.135},
    ),
    Case(
        "some-percent.csv",
        "Entidad,2018\nJalisco,12%\nColima,13.5\n",
        {"scale": "0.01"},
        "'13.5' beside '12%'",
    ),
    Case(
        "two-currencies.csv",
        "Entidad,2018\nJalisco,$7\nColima,€8\n",
        {},
        "'€8' beside '$7'",
    ),
    Case(
        "below-one.csv",
        "Entidad,2018\nJalisco,0.135\nColima,7\n",
        {},
        {(JAL, "2018"): 0.135, (COL, "2018"): 7},
    ),
    # rows that are no areas
    Case(
        "footnotes-of-names.csv",
        "Entidad,2018\nJalisco 1/,1\nMéxico 2/,2\nVeracruz*,3\nSonora (1),5\nColima¹,6\n",
        {},
        {
            (JAL, "2018"): 1,
            ("MX-MEX", "2018"): 2,
            ("MX-VER", "2018"): 3,
            ("MX-SON", "2018"): 5,
            (COL, "2018"): 6,
        },
    ),
    Case(
        "subtotals.csv",
        'Entidad,2018\nOccidente\nJalisco,"1,512"\nColima,900\nSubtotal,"2,412"\n'
        'Centro\nQuerétaro,10\nSubtotal,10\nNota: sin extranjeros\nTotal,"2,422"\n',
        {},
        {(JAL, "2018"): 1512, (COL, "2018"): 900, (QUE, "2018"): 10},
    ),
    # periods that may be others
    Case(
        "school-years.csv",
        "Entidad,2010-11,2011-12\nJalisco,1,2\nColima,3,4\n",
        {},
        "2010-11 and 2011-12 could be months",
    ),
    Case(
        "novembers.csv",
        "Entidad,2010-11,2011-12\nJalisco,1,2\nColima,3,4\n",
        {"frequency": "M"},
        {(JAL, "2010-11"): 1, (JAL, "2011-12"): 2, (COL, "2010-11"): 3, (COL, "2011-12"): 4},
    ),
    Case(
        "two-currencies-long.csv",
        "Entidad,Año,Valor\nJalisco,2018,$7\nColima,2018,€8\n",
        {},
        "'€8' beside '$7'",
    ),
    # names of areas that say where they lie, or that are codes of others
    Case(
        "towns-and-states.csv",
        'Lugar,2018\n"Guadalajara, Jalisco",1\n"León, Gto.",2\n"Juárez, Chihuahua",3\n',
        {},
        {("14039", "2018"): 1, ("11020", "2018"): 2, ("08037", "2018"): 3},
    ),
    Case(
        "a-country-among-codes.csv",
        "area,2018\nMX-JAL,1\nMX-COL,2\nMEX,3\nFRA,4\n",
        {},
        {(JAL, "2018"): 1, (COL, "2018"): 2, ("MEX", "2018"): 3, ("FRA", "2018"): 4},
    ),
    Case(
        "a-code-of-two.csv",
        "area,2018\nMEX,3\nJalisco,1\nColima,2\n",
        {},
        "'MEX' is MX-MEX, MEX: write its name in full, or another code",
    ),
    Case("near-miss.csv", "Estado,2018\nGuanajato,1\nColima,2\n", {}, "did you mean 'MX-GUA'"),
]
