"""Small tables in layouts of statistical offices and of workbooks that people share.

Headers of two rows, merged cells, months as columns, old and open workbooks, formats of cells, and
the forms in which INEGI, Banco de México, the World Bank, Eurostat, the OECD and Wikipedia hand
figures out. Figures are made up where they are not published ones.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from tables_of_people import AGU, COL, GUA, JAL, NAY, QUE, Case, workbook

Rows = Sequence[Sequence[Any]]


def formatted(
    rows: Rows, formats: Mapping[tuple[int, int], str] = {}, merged: Sequence[str] = ()
) -> bytes:
    """An xlsx file of one sheet with formats of cells and with cells that are merged."""
    from xlsxwriter import Workbook

    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Datos")
        for span in merged:
            sheet.merge_range(span, "")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    code = formats.get((row, column))
                    style = [book.add_format({"num_format": code})] if code else []
                    sheet.write(row, column, cell, *style)
    return target.getvalue()


def old_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """An xls file with the cells of each sheet."""
    from xlwt import Workbook

    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def open_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """An ods file of sheets: "12%" is a percentage, and ("x", 3) spans 3 rows."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for cells in rows:
            row = TableRow()
            for cell in cells:
                row.addElement(_open_cell(cell, TableCell, CoveredTableCell, P))
            table.addElement(row)
        book.spreadsheet.addElement(table)
    target = BytesIO()
    book.write(target)
    return target.getvalue()


def _open_cell(cell: Any, plain: Any, covered: Any, text: Any) -> Any:
    if cell == "<":
        return covered()
    if cell is None:
        return plain()
    if isinstance(cell, str) and cell.endswith("%"):
        share = str(float(cell[:-1]) / 100)
        return plain(valuetype="percentage", value=share)
    if isinstance(cell, tuple):
        found = plain(valuetype="string", numberrowsspanned=str(cell[1]))
        found.addElement(text(text=cell[0]))
        return found
    if isinstance(cell, str):
        found = plain(valuetype="string")
        found.addElement(text(text=cell))
        return found
    return plain(valuetype="float", value=str(cell))


_MONTHS = ("Ene", "Feb", "Mar")
_BY_SEX = {(JAL, "2018"): 2, (JAL, "2019"): 4, (COL, "2018"): 6, (COL, "2019"): 8}
_BY_MONTH = {
    (JAL, "2018-01"): 1,
    (JAL, "2018-02"): 2,
    (JAL, "2019-01"): 3,
    (JAL, "2019-02"): 4,
    (COL, "2018-01"): 5,
    (COL, "2018-02"): 6,
    (COL, "2019-01"): 7,
    (COL, "2019-02"): 8,
}
SEX_BELOW: Rows = [
    ["Población por sexo"],
    ["Entidad", 2018, None, 2019, None],
    [None, "Hombres", "Mujeres", "Hombres", "Mujeres"],
    ["Jalisco", 1, 2, 3, 4],
    ["Colima", 5, 6, 7, 8],
]
_WHERE_WOMEN = {"where": {"Sexo": "Mujeres"}}

CASES = [
    # headers of two rows
    Case("sex-below.xlsx", workbook({"A": SEX_BELOW}), {"values": "Mujeres"}, _BY_SEX),
    Case("sex-below-unsaid.xlsx", workbook({"A": SEX_BELOW}), {}, "'Hombres', 'Mujeres' all"),
    Case(
        "sex-merged.xlsx",
        formatted(SEX_BELOW, merged=["A1:E1", "A2:A3", "B2:C2", "D2:E2"]),
        {"values": "mujeres"},
        _BY_SEX,
    ),
    Case(
        "years-below.csv",
        "Entidad,Hombres,,Mujeres,\n,2018,2019,2018,2019\nJalisco,1,3,2,4\nColima,5,7,6,8\n",
        {"values": "Mujeres"},
        _BY_SEX,
    ),
    Case(
        "years-below-unsaid.csv",
        "Entidad,Hombres,,Mujeres,\n,2018,2019,2018,2019\nJalisco,1,3,2,4\nColima,5,7,6,8\n",
        {},
        "say values",
    ),
    Case(
        "repeated-headings.csv",
        "Entidad,2018,2018,2019,2019\n,Hombres,Mujeres,Hombres,Mujeres\n"
        "Jalisco,1,2,3,4\nColima,5,6,7,8\n",
        {"values": "Mujeres"},
        _BY_SEX,
    ),
    Case(
        "headings-centred.csv",
        "Entidad,,2018,,,2019,\n,Total,Hombres,Mujeres,Total,Hombres,Mujeres\n"
        "Jalisco,3,1,2,7,3,4\nColima,11,5,6,15,7,8\n",
        {"values": "Hombres"},
        "cannot be told",
    ),
    Case(
        "heading-centred-once.csv",
        "Entidad,,2018,\n,Total,Hombres,Mujeres\nJalisco,3,1,2\nColima,11,5,6\n",
        {"values": "Hombres"},
        "cannot be told",
    ),
    Case(
        "uneven-headings.csv",
        "Entidad,2018,,2019\n,Hombres,Mujeres,Hombres\nJalisco,1,2,3\nColima,5,6,7\n",
        {"values": "Hombres"},
        "cannot be told",
    ),
    Case(
        "months-below.xlsx",
        workbook(
            {
                "A": [
                    ["Entidad", 2018, None, 2019, None],
                    [None, "Ene", "Feb", "Ene", "Feb"],
                    ["Jalisco", 1, 2, 3, 4],
                    ["Colima", 5, 6, 7, 8],
                ]
            }
        ),
        {},
        _BY_MONTH,
    ),
    Case(
        "months-and-total-below.csv",
        "Entidad,2018,,,2019,\n,Enero,Febrero,Total,Enero,Febrero\n"
        "Jalisco,1,2,3,3,4\nColima,5,6,11,7,8\n",
        {},
        _BY_MONTH,
    ),
    Case(
        "months-shifted.csv",
        "Entidad,,2018,,2019\n,Ene,Feb,Ene,Feb\nJalisco,1,2,3,4\nColima,5,6,7,8\n",
        {},
        "without a name",
    ),
    Case(
        "quarters-below.csv",
        "Entidad,2018,,2019\n,I,II,I\nJalisco,1,2,3\nColima,5,6,7\n",
        {},
        {
            (JAL, "2018-Q1"): 1,
            (JAL, "2018-Q2"): 2,
            (JAL, "2019-Q1"): 3,
            (COL, "2018-Q1"): 5,
            (COL, "2018-Q2"): 6,
            (COL, "2019-Q1"): 7,
        },
    ),
    Case(
        "units-below.csv",
        "Entidad,2018,2019\n,(personas),(personas)\nJalisco,2,4\nColima,6,8\n",
        {},
        _BY_SEX,
    ),
    Case(
        "states-above-sexes.csv",
        "Año,Jalisco,,Colima,\n,Hombres,Mujeres,Hombres,Mujeres\n2018,1,2,5,6\n2019,3,4,7,8\n",
        {"values": "Mujeres"},
        _BY_SEX,
    ),
    Case(
        "thousands-in-heading.csv",
        "Entidad,Población (miles),,Hogares,\n,2018,2019,2018,2019\n"
        "Jalisco,2,4,1,1\nColima,6,8,1,1\n",
        {"values": "Población (miles)"},
        "say scale",
    ),
    Case(
        "percent-beside.csv",
        "Entidad,2018,,2019,\n,Absoluto,%,Absoluto,%\nJalisco,2,25%,4,33%\nColima,6,75%,8,67%\n",
        {"values": "Absoluto"},
        _BY_SEX,
    ),
    Case(
        "two-tables-beside.csv",
        ",Camas,,Médicos,\nEntidad,2018,2019,2018,2019\nJalisco,2,4,1,1\nColima,6,8,1,1\n",
        {"values": "camas"},
        _BY_SEX,
    ),
    Case(
        "title-over-years.csv",
        ",Camas,\nEntidad,2018,2019\nJalisco,2,4\nColima,6,8\n",
        {},
        _BY_SEX,
    ),
    Case(
        "figures-like-years.csv",
        "Entidad,2018,2019\nJalisco,1990,2005\nColima,1991,2006\n",
        {},
        {(JAL, "2018"): 1990, (JAL, "2019"): 2005, (COL, "2018"): 1991, (COL, "2019"): 2006},
    ),
    Case(
        "three-rows-of-headings.csv",
        "Entidad,2018,,,\n,Hombres,,Mujeres,\n,Urbano,Rural,Urbano,Rural\n"
        "Jalisco,1,2,3,4\nColima,1,2,3,4\n",
        {},
        "a column without a name",
    ),
    Case(
        "ordinal-quarters.csv",
        "Entidad,2018 1er trimestre,2T 2018\nJalisco,1,2\nColima,5,6\n",
        {},
        {(JAL, "2018-Q1"): 1, (JAL, "2018-Q2"): 2, (COL, "2018-Q1"): 5, (COL, "2018-Q2"): 6},
    ),
    # months as columns
    Case(
        "months-of-years.csv",
        "Entidad,Año,Ene,Feb\nJalisco,2018,1,2\nJalisco,2019,3,4\nColima,2018,5,6\n"
        "Colima,2019,7,8\n",
        {},
        _BY_MONTH,
    ),
    Case(
        "months-of-one-year.csv",
        "Entidad,Enero,Febrero\nJalisco,1,2\nColima,5,6\n",
        {"period": "2018"},
        {key: value for key, value in _BY_MONTH.items() if key[1].startswith("2018")},
    ),
    Case("months-of-no-year.csv", "Entidad,Enero,Febrero\nJalisco,1,2\nColima,5,6\n", {}, "say"),
    Case(
        "quarters-of-years.csv",
        "Entidad,Año,T1,T2,Total\nJalisco,2018,1,2,3\nColima,2018,5,6,11\n",
        {},
        {(JAL, "2018-Q1"): 1, (JAL, "2018-Q2"): 2, (COL, "2018-Q1"): 5, (COL, "2018-Q2"): 6},
    ),
    Case(
        "month-beside-across.csv",
        "Año,Mes,Jalisco,Colima\n2018,Enero,1,5\n,Febrero,2,6\n2019,Enero,3,7\n,Febrero,4,8\n",
        {},
        _BY_MONTH,
    ),
    # what is written once
    Case(
        "states-once.csv",
        "Entidad,Año,Camas\nJalisco,2018,2\n,2019,4\nColima,2018,6\n,2019,8\n",
        {},
        _BY_SEX,
    ),
    Case(
        "states-once-apart.csv",
        "Entidad,Año,Camas\nJalisco,2018,2\n,2019,4\n,,\nColima,2018,6\n,2019,8\n",
        {},
        _BY_SEX,
    ),
    Case(
        "years-once.csv",
        "Año,Entidad,Camas\n2018,Jalisco,2\n,Colima,6\n2019,Jalisco,4\n,Colima,8\n",
        {},
        _BY_SEX,
    ),
    Case(
        "indicators-below-states.csv",
        "Entidad,Indicador,2018,2019\nJalisco,Camas,2,4\n,Médicos,3,4\nColima,Camas,6,8\n"
        ",Médicos,7,8\n",
        {"where": {"Indicador": "Camas"}},
        _BY_SEX,
    ),
    Case(
        "states-once-uneven.csv",
        "Entidad,Año,Camas\nJalisco,2018,2\n,2019,4\nColima,2018,6\n",
        {},
        "figures without an area",
    ),
    Case(
        "states-once-merged.xlsx",
        formatted(
            [
                ["Entidad", "Año", "Camas"],
                ["Jalisco", 2018, 2],
                [None, 2019, 4],
                ["Colima", 2018, 6],
                [None, 2019, 8],
                ["Nayarit", 2018, 1],
            ],
            merged=["A2:A3", "A4:A5"],
        ),
        {},
        {**_BY_SEX, (NAY, "2018"): 1},
    ),
    Case(
        "states-once-by-sex.csv",
        "Entidad,Sexo,2018,2019\nTotal,Hombres,6,10\n,Mujeres,8,12\n"
        "Jalisco,Hombres,1,3\n,Mujeres,2,4\nColima,Hombres,5,7\n,Mujeres,6,8\n",
        _WHERE_WOMEN,
        _BY_SEX,
    ),
    Case(
        "sexes-once.csv",
        "Sexo,Entidad,2018,2019\nHombres,Jalisco,1,3\n,Colima,5,7\nMujeres,Jalisco,2,4\n"
        ",Colima,6,8\n",
        _WHERE_WOMEN,
        _BY_SEX,
    ),
    Case(
        "sexes-once-uneven.csv",
        "Sexo,Entidad,2018,2019\nHombres,Jalisco,1,3\nMujeres,Jalisco,2,4\n,Colima,6,8\n",
        _WHERE_WOMEN,
        "is blank",
    ),
    Case(
        "towns-once.csv",
        "Entidad,Municipio,2018\nChihuahua,Juárez,5\n,Cuauhtémoc,6\nNuevo León,Juárez,7\n"
        ",Apodaca,8\n",
        {},
        {("08037", "2018"): 5, ("08017", "2018"): 6, ("19031", "2018"): 7, ("19006", "2018"): 8},
    ),
    Case(
        "merged-figure.xlsx",
        formatted([["Entidad", 2018], ["Jalisco", 3], ["Colima", None]], merged=["B2:B3"]),
        {},
        "3 in merged cells",
    ),
    Case(
        "merged.ods",
        open_workbook(
            {
                "A": [
                    ["Entidad", "Año", "Camas"],
                    [("Jalisco", 2), 2018, 2],
                    ["<", 2019, 4],
                    [("Colima", 2), 2018, 6],
                    ["<", 2019, 8],
                ]
            }
        ),
        {},
        _BY_SEX,
    ),
    # old and open workbooks
    *(
        Case(
            f"camas.{ending}",
            write(
                {
                    "Camas": [
                        ["Camas censables por entidad"],
                        [],
                        ["Entidad", 2018, 2019],
                        ["Total", 8, 12],
                        ["Jalisco", 2, 4],
                        ["Colima", 6, 8],
                        [],
                        ["Fuente: Salud"],
                    ],
                    "Notas": [["1/ Cifras preliminares"]],
                }
            ),
            {},
            _BY_SEX,
        )
        for ending, write in (("xls", old_workbook), ("ods", open_workbook), ("xlsx", workbook))
    ),
    # formats of cells
    Case(
        "percent-format.xlsx",
        formatted(
            [["Entidad", 2018], ["Jalisco", 0.105], ["Colima", 1.2]],
            {(1, 1): "0.0%", (2, 1): "0%"},
        ),
        {},
        "10.5% is in percent",
    ),
    Case(
        "shares-format.xlsx",
        formatted(
            [["Entidad", 2018], ["Jalisco", 0.105], ["Colima", 1.2]],
            {(1, 1): "0.0%", (2, 1): "0%"},
        ),
        {"scale": "0.01"},
        {(JAL, "2018"): 0.105, (COL, "2018"): 1.2},
    ),
    Case(
        "percent-sign-only.xlsx",
        formatted(
            [["Entidad", 2018], ["Jalisco", 10.5], ["Colima", 12]],
            {(1, 1): '0.0"%"', (2, 1): "0.0\\%"},
        ),
        {"scale": "0.01"},
        {(JAL, "2018"): 0.105, (COL, "2018"): 0.12},
    ),
    Case(
        "some-percent.xlsx",
        formatted([["Entidad", 2018], ["Jalisco", 0.105], ["Colima", 12]], {(1, 1): "0.0%"}),
        {"scale": "0.01"},
        "'12' beside '10.5%'",
    ),
    Case(
        "percent.ods",
        open_workbook({"A": [["Entidad", 2018], ["Jalisco", "10.5%"], ["Colima", "12%"]]}),
        {},
        "10.5% is in percent",
    ),
    Case(
        "money-format.xlsx",
        formatted(
            [["Entidad", 2018], ["Jalisco", 1512], ["Colima", 12.5]],
            {(1, 1): '"$"#,##0.00', (2, 1): "[$€-407] #,##0.00"},
        ),
        {},
        "'€12.5' beside '$1512'",
    ),
    Case(
        "shown-in-thousands.xlsx",
        formatted([["Entidad", 2018], ["Jalisco", 1512000], ["Colima", 7]], {(1, 1): "#,##0,"}),
        {},
        "B2, which holds 1512000, is shown in thousands",
    ),
    # statistical offices
    Case(
        "inegi-indicadores.csv",
        "\ufeffInstituto Nacional de Estadística y Geografía,,,\nBanco de Indicadores,,,\n,,,\n"
        "Clave,Entidad federativa,Municipio,2010,2020\n"
        "01,Aguascalientes,Total,1184996,1425607\n22,Querétaro,Total,1827937,2368467\n,,,\n"
        "Fuente: INEGI. Censos de Población y Vivienda.,,,\n",
        {},
        {
            (AGU, "2010"): 1184996,
            (AGU, "2020"): 1425607,
            (QUE, "2010"): 1827937,
            (QUE, "2020"): 2368467,
        },
    ),
    Case(
        "inegi-tabulado.xlsx",
        formatted(
            [
                ["Instituto Nacional de Estadística y Geografía (INEGI)"],
                ["Población total por entidad federativa según sexo"],
                ["2020"],
                [],
                ["Entidad federativa", "Población total", "Sexo", None],
                [None, None, "Hombres", "Mujeres"],
                ["Estados Unidos Mexicanos", 3794074, 1848617, 1945457],
                ["Aguascalientes", 1425607, 696683, 728924],
                ["Querétaro", 2368467, 1151934, 1216533],
                [],
                ["Nota: Incluye una estimación de población."],
                ["Fuente: INEGI. Censo de Población y Vivienda 2020."],
            ],
            merged=["A1:D1", "A2:D2", "A5:A6", "B5:B6", "C5:D5"],
        ),
        {"values": "Mujeres", "period": "2020"},
        {("MEX", "2020"): 1945457, (AGU, "2020"): 728924, (QUE, "2020"): 1216533},
    ),
    Case(
        "enoe.xlsx",
        workbook(
            {
                "Trim": [
                    ["Población ocupada por entidad y sexo"],
                    ["Entidad", "Sexo", "2018-I", "2018-II"],
                    ["Jalisco", "Total", 3, 7],
                    [None, "Hombres", 1, 3],
                    [None, "Mujeres", 2, 4],
                    ["Colima", "Total", 11, 15],
                    [None, "Hombres", 5, 7],
                    [None, "Mujeres", 6, 8],
                ]
            }
        ),
        {"where": {"Sexo": "Total"}},
        {(JAL, "2018-Q1"): 3, (JAL, "2018-Q2"): 7, (COL, "2018-Q1"): 11, (COL, "2018-Q2"): 15},
    ),
    Case(
        "banxico-sie.csv",
        '"Banco de México"\n\n"Ingresos por Remesas, Distribución por Entidad Federativa"\n\n'
        '"Fecha de consulta","27/11/2026 10:11:12"\n"Título","Jalisco","Colima"\n'
        '"Periodo disponible","Ene-Mar 2003 - Jul-Sep 2026","Ene-Mar 2003 - Jul-Sep 2026"\n'
        '"Periodicidad","Trimestral","Trimestral"\n"Cifra","Flujos","Flujos"\n'
        '"Unidad","Dólares","Dólares"\n"Base","",""\n"Fecha","SE29670","SE29671"\n'
        '"01/01/2018","1.5","2.5"\n"01/04/2018","N/E","3.5"\n"01/07/2018","4.5","5.5"\n',
        {},
        {
            (JAL, "2018-Q1"): 1.5,
            (COL, "2018-Q1"): 2.5,
            (JAL, "2018-Q2"): None,
            (COL, "2018-Q2"): 3.5,
            (JAL, "2018-Q3"): 4.5,
            (COL, "2018-Q3"): 5.5,
        },
    ),
    Case(
        "world-bank.xls",
        old_workbook(
            {
                "Data": [
                    ["Data Source", "World Development Indicators"],
                    ["Last Updated Date", "2026-07-01"],
                    [],
                    ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2018"],
                    ["Mexico", "MEX", "Population, total", "SP.POP.TOTL", 124013861],
                    ["Belgium", "BEL", "Population, total", "SP.POP.TOTL", None],
                    ["Arab World", "ARB", "Population, total", "SP.POP.TOTL", 419790588],
                ],
                "Metadata - Countries": [
                    ["Country Code", "Region", "IncomeGroup"],
                    ["MEX", "Latin America & Caribbean", "Upper middle income"],
                ],
            }
        ),
        {},
        "unknown area 'Arab World'",
    ),
    Case(
        "eurostat.tsv",
        "freq,unit,geo\\TIME_PERIOD\t2017 \t2018 \nA,PC,BE\t12.5 p\t: c\nA,PC,FR\t13.5 e\t: \n",
        {},
        {
            ("BEL", "2017"): 12.5,
            ("BEL", "2018"): None,
            ("FRA", "2017"): 13.5,
            ("FRA", "2018"): None,
        },
    ),
    Case(
        "eurostat-two-units.tsv",
        "freq,unit,geo\\TIME_PERIOD\t2017 \nA,PC,BE\t12.5 \nA,NR,BE\t7 \n"
        "A,PC,FR\t1 \nA,NR,FR\t2 \n",
        {},
        "again",
    ),
    Case(
        "eurostat-one-unit.tsv",
        "freq,unit,geo\\TIME_PERIOD\t2017 \nA,PC,BE\t12.5 \nA,NR,BE\t7 \n"
        "A,PC,FR\t1 \nA,NR,FR\t2 \n",
        {"where": {"unit": "NR"}},
        {("BEL", "2017"): 7, ("FRA", "2017"): 2},
    ),
    Case(
        "oecd.csv",
        "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,Reference area,FREQ,Frequency,MEASURE,"
        "TIME_PERIOD,Time period,OBS_VALUE,Observation value,OBS_STATUS,UNIT_MULT,DECIMALS\n"
        "DATAFLOW,OECD:DF(1.0),I,MEX,Mexico,A,Annual,POP,2018,,126.5,,A,6,1\n"
        "DATAFLOW,OECD:DF(1.0),I,BEL,Belgium,A,Annual,POP,2018,,11.4,,P,6,1\n",
        {"values": "OBS_VALUE", "scale": "million"},
        {("MEX", "2018"): 126500000, ("BEL", "2018"): 11400000},
    ),
    Case(
        "oecd-multiple.csv",
        "REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nMEX,2018,126.5,6\nBEL,2018,11.4,6\n",
        {"values": "OBS_VALUE"},
        "'UNIT_MULT 6: in millions' stands in the table",
    ),
    Case(
        "mixed-units.csv",
        "Estado,Año,Unidad,Valor\nJalisco,2018,Pesos,2\nColima,2018,Dólares,6\n",
        {},
        "D3: 'Dólares' beside 'Pesos'",
    ),
    Case(
        "mixed-prices.csv",
        "Estado,Año,Precios,Valor\nJalisco,2018,Corrientes,2\nJalisco,2019,Corrientes,4\n"
        "Colima,2018,Constantes,6\nColima,2019,Constantes,8\n",
        {},
        "D4: 'Constantes' beside 'Corrientes'",
    ),
    Case(
        "unit-in-thousands.csv",
        "Estado,Año,Unidad,Valor\nJalisco,2018,Miles de pesos,2\nColima,2018,Miles de pesos,6\n",
        {},
        "'Miles de pesos' stands in the table",
    ),
    Case(
        "unit-asked-for.csv",
        "Estado,Año,Unidad,Valor\nJalisco,2018,Pesos,2\nJalisco,2018,Dólares,6\n"
        "Colima,2018,Pesos,6\nColima,2018,Dólares,1\n",
        {"where": {"Unidad": "pesos"}},
        {(JAL, "2018"): 2, (COL, "2018"): 6},
    ),
    Case(
        "wikipedia-copy.tsv",
        "Pos.\tEntidad federativa\tPoblación (2020)[1]\tPorcentaje[nota 1]\n"
        "1\tJalisco\t8 348 151[2]\t6.62 %\n2\tGuanajuato[a]\t6 166 934\t4.89 %\n",
        {"values": "Población (2020)[1]", "period": "2020"},
        {(JAL, "2020"): 8348151, (GUA, "2020"): 6166934},
    ),
    Case(
        "sheets-by-year.ods",
        open_workbook(
            {
                "2018": [["Estado", "Camas"], ["Jalisco", 2], ["Colima", 6]],
                "2019": [["Estado", "Camas"], ["Jalisco", 4], ["Colima", 8]],
                "Notas": [["Sin notas"]],
            }
        ),
        {},
        _BY_SEX,
    ),
]
