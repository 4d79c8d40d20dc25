"""Your own tables: bajio's declared rules against the same by hand, on each library.

The contenders are processes of their own, which read the same files, so that each has the memory
that it needs and no more: `python tables.py CONTENDER FIGURES MEMBERS ROUNDS` is one of them.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tables_by_hand as by_hand
from made_panel import write_panel
from outcomes import Growth, Shown, WrongAnswerError, compared
from stopwatch import output, peak

import bajio
from bajio import Growth as GrowthOf, Indicator, Sum

INDICATORS = (
    Indicator("people", Sum("population"), "person", "People"),
    Indicator("head", Sum("gdp-constant") / Sum("population"), "MXN_2018/person", "Per head"),
    Indicator("growth", GrowthOf(Sum("gdp-constant")), "1", "Growth"),
)
COLUMNS = [code for one in INDICATORS for code in (one.code, f"{one.code}_coverage")]
SMALL, LARGE = 100_000, 10_000_000
SIZES = (100_000, 1_000_000, 10_000_000, 100_000_000)
TIMED_IN_A_PROCESS = 3
TIME_GOAL, MEMORY_GOAL = 1.1, 1.2
CLOSE = 1e-9
Measured = dict[str, Any]


def run_all(*, quick: bool) -> Shown:
    """Run the contests one by one.

    Raises:
        WrongAnswerError: contenders do not agree.
    """
    rows, rounds = (SIZES[1], 1) if quick else (LARGE, 5)
    with TemporaryDirectory() as folder:
        files = write_panel(Path(folder), SMALL)
        for library in libraries():
            check(library, *files)
        files = write_panel(Path(folder), rows)
        for library in libraries():
            yield from contests(library, files, rows, rounds)
        yield growth(Path(folder), SIZES[:2] if quick else SIZES)


def libraries() -> tuple[str, ...]:
    """Polars and DuckDB, and Spark where it is installed."""
    return ("polars", "duckdb", *(("spark",) if find_spec("pyspark") else ()))


def contests(library: str, files: tuple[Path, Path], rows: int, rounds: int) -> Shown:
    """Time and memory of bajio on a library, and of what is written by hand in it, in turns."""
    own: list[Measured] = []
    other: list[Measured] = []
    for _ in range(rounds):
        own.append(measured(f"bajio-{library}", files))
        other.append(measured(library, files))
    name = f"{rows:,} rows, {library}"
    pairs = [[second for one in side for second in one["seconds"]] for side in (own, other)]
    yield compared(f"{name}: time", *pairs, goal=TIME_GOAL)
    if library != "spark":  # whose memory is that of Java, as much as it is allowed
        peaks = [[one["peak"] for one in side] for side in (own, other)]
        yield compared(f"{name}: peak memory", *peaks, goal=MEMORY_GOAL, unit="MiB")


def growth(folder: Path, sizes: tuple[int, ...]) -> Growth:
    """How time and memory grow with the rows, on polars."""
    found = []
    for rows in sizes:
        figures, members = write_panel(folder, rows)
        found.append(measured("bajio-polars", (figures, members)))
        figures.unlink()
    seconds = tuple(min(one["seconds"]) for one in found)
    return Growth("panel on polars", "rows", sizes, seconds, tuple(one["peak"] for one in found))


def measured(contender: str, files: tuple[Path, Path]) -> Measured:
    """What a process of its own tells of a contender."""
    program = (sys.executable, __file__, contender, *map(str, files), str(TIMED_IN_A_PROCESS))
    found: Measured = json.loads(output(*program).splitlines()[-1])
    return found


def check(library: str, figures: Path, members: Path) -> None:
    """Compare bajio with what is written by hand.

    Raises:
        WrongAnswerError: they differ.
    """
    own, other = (
        sorted_rows(rows_of(contender(name, figures, members)))
        for name in (f"bajio-{library}", library)
    )
    if own.keys() != other.keys():
        raise WrongAnswerError(f"{library}: other regions and years")
    for key, values in own.items():
        if not all(map(same, values, other[key])):
            raise WrongAnswerError(f"{library}, {key}: bajio says {values}, by hand {other[key]}")


def same(ours: float | None, theirs: float | None) -> bool:
    """Whether two values are the same within rounding, or both not there."""
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - theirs) <= CLOSE * max(abs(ours), 1)


def sorted_rows(rows: list[dict[str, Any]]) -> dict[tuple[str, int], list[float | None]]:
    """The values of each region and year."""
    return {(row["region"], row["year"]): [row[name] for name in COLUMNS] for row in rows}


def contender(name: str, figures: Path, members: Path) -> Callable[[], Any]:
    """What works the answer out, as a frame of the library."""
    library = name.removeprefix("bajio-")
    if library == name:
        session = (spark(),) if library == "spark" else ()
        write = getattr(by_hand, f"by_{library}")
        return lambda: write(*session, figures, members)
    read = reader(library)
    return lambda: collected(
        bajio.evaluate_table(
            read(str(figures)), INDICATORS, regions=read(str(members)), columns={"period": "year"}
        )
    )


def reader(library: str) -> Callable[[str], Any]:
    """What opens a file of the library, without reading it."""
    if library == "polars":
        import polars as pl

        return pl.scan_parquet
    if library == "duckdb":
        import duckdb

        return duckdb.read_parquet
    return spark().read.parquet


def spark() -> Any:
    """A session of Spark on two processors of this machine."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    return SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()


def collected(frame: Any) -> Any:
    """A frame that has been worked out; one of Spark is worked out by who needs it."""
    if hasattr(frame, "collect") and not hasattr(frame, "toArrow"):
        return frame.collect()
    return frame.to_arrow_table() if hasattr(frame, "to_arrow_table") else frame


def rows_of(run: Callable[[], Any]) -> list[dict[str, Any]]:
    """The rows of an answer as mappings."""
    frame = run()
    if hasattr(frame, "toArrow"):
        frame = frame.toArrow()
    rows: list[dict[str, Any]] = (
        frame.to_dicts() if hasattr(frame, "to_dicts") else frame.to_pylist()
    )
    return rows


def main() -> None:
    """One contender: how long each round took after the first, and the most memory it held."""
    name, figures, members, rounds = sys.argv[1:]
    run = contender(name, Path(figures), Path(members))
    seconds = []
    for _ in range(int(rounds) + 1):
        began = time.perf_counter()
        frame = run()
        if hasattr(frame, "toArrow"):
            frame.write.format("noop").mode("overwrite").save()
        seconds.append(time.perf_counter() - began)
    print(json.dumps({"seconds": seconds[1:], "peak": peak()}))


if __name__ == "__main__":
    main()
