"""A million rows of a file of one's own, read and checked: by bajio, and by polars by hand."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import polars as pl
from outcomes import Shown, WrongAnswerError, contest

import bajio
from bajio.registry import Registry

MONTHS, QUICK_MONTHS, GOAL = 404, 12, 2.0
ABOUT = {"unit": "1", "kind": "extensive", "time": "stock", "source": "Made for a benchmark"}


def run_all(*, quick: bool) -> Shown:
    """The contest, once the answers have been compared."""
    months = QUICK_MONTHS if quick else MONTHS
    areas = Registry.default().areas
    areas.load("municipality")
    codes = [code for code in areas if areas[code].kind == "municipality"]
    with TemporaryDirectory() as folder:
        path = Path(folder, "beds.csv")
        written(path, codes, months)
        check(path, codes)
        yield contest(
            f"A CSV of {len(codes) * months:,} rows, read and checked",
            lambda: bajio.read_table(path, "beds", **ABOUT),
            lambda: by_hand(path, codes),
            goal=GOAL,
            rounds=3 if quick else 9,
        )


def written(path: Path, codes: list[str], months: int) -> None:
    """A file with a row for each municipality and month."""
    random = Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write("cve_mun,periodo,camas\n")
        for code in codes:
            file.writelines(
                f"{code},{1990 + at // 12}-{at % 12 + 1:02},{random.randrange(10**6)}\n"
                for at in range(months)
            )


def by_hand(path: Path, codes: list[str]) -> pl.DataFrame:
    """What one would write without bajio: known areas, months, no gap, nothing twice."""
    frame = pl.read_csv(path, schema_overrides={"cve_mun": pl.String})
    months = frame["periodo"].unique()
    years = months.str.slice(0, 4).cast(pl.Int64)
    good = (
        frame["cve_mun"].is_in(codes).all(),
        months.str.contains(r"^\d{4}-(0[1-9]|1[0-2])$").all(),
        years.is_between(1700, 2150).all(),
        frame["camas"].null_count() == 0,
        (frame["camas"] >= 0).all(),
        frame.select("cve_mun", "periodo").n_unique() == len(frame),
    )
    if not all(good):
        raise ValueError("the file is faulty")
    return frame


def check(path: Path, codes: list[str]) -> None:
    """Compare the answers.

    Raises:
        WrongAnswerError: they differ.
    """
    data = bajio.read_table(path, "beds", **ABOUT)
    own = {(one.area, one.period): one.value for one in data.observations("beds")}
    other = {(area, month): value for area, month, value in by_hand(path, codes).iter_rows()}
    if own != other:
        raise WrongAnswerError("figures of a file are not what stands in it")
