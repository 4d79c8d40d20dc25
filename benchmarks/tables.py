"""Your own tables: bajio's declared rules against the same by hand, on each library.

Beside that, a hundred million rows in little memory: in a process that may hold 2 GiB of its own,
and no more.

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
BOUNDED = ("polars", "duckdb")
SIZES = (100_000, 1_000_000, 10_000_000, 100_000_000)
#: What a process may hold of its own, where it has a limit, and what DuckDB is told to hold of it.
BOUND, OF_DUCKDB = 2**31, "1500MiB"
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
        sizes = SIZES[:2] if quick else SIZES
        yield from growths(Path(folder), sizes)


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


def growths(folder: Path, sizes: tuple[int, ...]) -> Shown:
    """How time and memory grow with the rows, in processes that may hold no more than `BOUND`.

    Raises:
        WrongAnswerError: polars and DuckDB do not agree on the most rows.
        CalledProcessError: one of them needs more memory.
    """
    found: dict[str, list[Measured]] = {name: [] for name in BOUNDED}
    for rows in sizes:
        files = write_panel(folder, rows)
        for name, told in found.items():
            told.append(measured(f"bounded-{name}", files, rounds=1))
        files[0].unlink()
    answers = [told[-1]["answer"] for told in found.values()]
    if not all(map(same, *answers)):
        raise WrongAnswerError(f"{sizes[-1]:,} rows: {' and '.join(BOUNDED)} say {answers}")
    for name, told in found.items():
        seconds = tuple(min(one["seconds"]) for one in told)
        peaks = tuple(one["peak"] for one in told)
        yield Growth(f"panel on {name}, 2 GiB", "rows", sizes, seconds, peaks)


def measured(
    contender: str, files: tuple[Path, Path], rounds: int = TIMED_IN_A_PROCESS
) -> Measured:
    """What a process of its own tells of a contender."""
    program = (sys.executable, __file__, contender, *map(str, files), str(rounds))
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
    return lambda: collected(evaluated(read, figures, members))


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


def bounded(library: str, figures: Path, members: Path) -> Callable[[], Any]:
    """What works the answer out in a process that may hold no more than `BOUND` of its own."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (BOUND, BOUND))
    if library == "polars":
        read = reader(library)
        return lambda: evaluated(read, figures, members).collect(engine="streaming")
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{OF_DUCKDB}'")
    connection.execute(f"SET temp_directory = '{figures.parent / 'spilled'}'")
    return lambda: evaluated(connection.read_parquet, figures, members).to_arrow_table()


def evaluated(read: Callable[[str], Any], figures: Path, members: Path) -> Any:
    """The answer as a plan of the library."""
    regions = read(str(members))
    return bajio.evaluate_table(
        read(str(figures)), INDICATORS, regions=regions, columns={"period": "year"}
    )


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


def summed(frame: Any) -> list[float]:
    """How many rows an answer has, and the sum of each column's values."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = frame.to_arrow() if hasattr(frame, "to_arrow") else pa.table(frame)
    return [float(table.num_rows), *(pc.sum(table[name]).as_py() for name in COLUMNS)]


def main() -> None:
    """One contender: how long each round took after the first, and the most memory it held."""
    name, figures, members, rounds = sys.argv[1:]
    library = name.removeprefix("bounded-")
    make = contender if library == name else bounded
    run = make(library, Path(figures), Path(members))
    seconds = []
    for _ in range(int(rounds) + 1):
        began = time.perf_counter()
        frame = run()
        if hasattr(frame, "toArrow"):
            frame.write.format("noop").mode("overwrite").save()
        seconds.append(time.perf_counter() - began)
    told = {"seconds": seconds[1:], "peak": peak()}
    if make is bounded:
        told["answer"] = summed(frame)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
