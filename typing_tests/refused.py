"""What type checkers refuse: an `ignore` without a mistake is a mistake itself."""

import polars as pl

import bajio

MANY = bajio.Memberships.combinations(["MX-AGU", "MX-JAL"], 2)
TABLE = pl.DataFrame()


def misspelt() -> None:
    """No question has an option `yaer`."""
    bajio.profile("bajio", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.evaluate("bajio", "gdp", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.break_down("bajio", "activity-shares", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.rank("bajio", "gdp", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.standings("bajio", "gdp", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.compare(["bajio", "FRA"], yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.series("bajio", "gdp", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.sensitivity("bajio", "gdp", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.difference("bajio", "gdp", base="FRA", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.decompose("bajio", "theil-gdp-per-capita", ["rest"], yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.composite("bajio", "composite-prosperity", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.specialisations("bajio", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.evaluate_many(MANY, "gdp", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.evaluate_chunks(MANY, "gdp", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.search(maximum="gdp", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.audit("san-miguel", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.evaluate_table(TABLE, "gdp", regions="bajio", yaer=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def not_taken() -> None:
    """Each question has the options that can change its answer, and no others."""
    bajio.series("bajio", "gdp", year=2018)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.difference("bajio", "gdp", base="FRA", peers="oecd")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.audit("san-miguel", level="31-33")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.evaluate("bajio", "gdp", chunk=10)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bajio.evaluate_table(TABLE, "gdp")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def of_another_kind() -> None:
    """Values of options have types, and words are few."""
    bajio.profile("bajio", year="2018")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    bajio.rank("bajio", "gdp", host="kepp")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    bajio.evaluate("bajio", "gdp", missing="some")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    bajio.evaluate("bajio", "gdp", membership="then")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    bajio.evaluate_table(
        TABLE,
        "gdp",
        regions="bajio",
        host="remainder",  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    )
    bajio.evaluate(
        MANY,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "gdp",
    )
    bajio.evaluate_many(
        "bajio",  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "gdp",
    )


def not_there() -> None:
    """Names that there are not, and what may be nothing."""
    bajio.evalaute  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    bajio.rules.Gigi  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    rank = bajio.evaluate("bajio", "gdp").rank
    rank.position  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    found = bajio.break_down("bajio", "activity-shares")
    found.value  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
