"""A panel of figures in Parquet, and regions that overlap: what tables are measured on.

A row for each year, area and measure, in this order, with holes; two of the measures are
asked about.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

MEASURES = 20
ASKED = ("population", "gdp-constant")
YEARS = range(1991, 2025)
REGIONS = 1_000
MEMBERS = (2, 40)
HOLES = 0.001
SEED = 2018
ROWS_IN_A_GROUP = 300_000


def write_panel(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write about so many rows of figures, and who belongs to which region.

    Returns:
        The file of figures (area, year, measure, value), and that of members (region, area).
    """
    draw = np.random.default_rng(SEED)
    measures = [*ASKED, *(f"other-{number:02d}" for number in range(MEASURES - len(ASKED)))]
    areas = max(rows // (len(measures) * len(YEARS)), 50)
    figures, members = folder / f"figures-{rows}.parquet", folder / f"members-{rows}.parquet"
    schema = pa.schema(
        [("area", pa.string()), ("year", pa.int64()), ("measure", pa.string()), ("value", "double")]
    )
    codes = np.array([f"A{number:06d}" for number in range(areas)])
    count = areas * len(measures)
    of_areas, of_measures = np.repeat(codes, len(measures)), np.tile(measures, areas)
    with pq.ParquetWriter(figures, schema) as file:
        for year in YEARS:
            values = draw.integers(1_000, 1_000_000, count).astype(float)
            holes = draw.random(count) < HOLES
            columns = (
                pa.array(of_areas),
                pa.array(np.full(count, year)),
                pa.array(of_measures),
                pa.array(values, mask=holes),
            )
            file.write_table(pa.table(columns, schema=schema), row_group_size=ROWS_IN_A_GROUP)
    sizes = draw.integers(*MEMBERS, REGIONS)
    chosen = [draw.choice(codes, size=size, replace=False) for size in sizes]
    regions = np.repeat([f"R{number:04d}" for number in range(REGIONS)], sizes)
    pq.write_table(pa.table({"region": regions, "area": np.concatenate(chosen)}), members)
    return figures, members
