"""The door for tables of the user's own: indicators for each region, or for the parts of one."""

from typing import Unpack

from bajio.facts.dataset import Dataset
from bajio.questions.asking import IndicatorsLike, registry_with
from bajio.questions.panel import NativeFrame, evaluate_panel
from bajio.questions.panel_options import AskedOfTable, PanelOptions
from bajio.questions.panel_parts import split_panel
from bajio.registry import Registry


def evaluate_table(
    frame: NativeFrame,
    indicators: IndicatorsLike,
    data: Dataset | None = None,
    *,
    registry: Registry | None = None,
    **options: Unpack[AskedOfTable],
) -> NativeFrame:
    """Indicators for each region and period of a table of your own.

    Args:
        frame: a frame of polars, pandas, pyarrow, DuckDB or PySpark.
        indicators: codes or indicators, one or more.
        data, registry: as in `evaluate`: whose measures, areas and regions are known.
        regions: a membership table on the table's backend, regions or their codes, or the members
            of each by its name, as `{"west": ["Jalisco", "Colima"]}`.
        by: what results are grouped by: `period`, and columns of the table.
        columns: the table's columns of `area`, `period`, `measure`, `value` and of dimensions,
            where they are not called so.
        region_columns: the membership table's columns of `region`, `area`, `from` and `to`,
            likewise; the last two need not be there.
        wide: the column of each measure, for a table that has one for each; or its columns of
            periods, as a list of names that are periods, or by period.
        period_columns: the columns of periods of a table that has one for each, likewise.
        areas: `names` where the column of areas has names or claves, which are recognised;
            `codes` where it has codes. If not given, names are taken for codes where areas are
            asked for that are not there otherwise, which is told; a lazy table has codes.
        notes: called with each thing that there is to tell, as that areas are left out.
        codes: how the table calls a measure, where not by its code.
        measures: what the figures are of, laid over the measures that are registered.
        units: of the table's figures, where not their measure's own.
        frequency: what periods results are of: `annual`, `quarterly` or `monthly`.
        quarterly, monthly: codes of measures whose periods are quarters, as `2018-Q1`, or months,
            where results are of longer ones.
        nan: what a figure that is not a number means: `refuse` or `missing`.
        missing: `refuse` or `partial`.
        membership: `newest` or `as-of`.
        hosts: the country that areas lie in, one for all or by area; as registered, if not given.
        host_figures: `published`, from rows of the country, or `parts`, the sum of its areas.
        rank: whether regions are ranked among one another, in `CODE_rank` and `CODE_of`.
        peers: what they are ranked among instead, whose figures stand in the table too: a peer
            group or its code, as it is composed now or, with `as-of`, in each period; a region,
            whose members are the peers; or areas, regions or their codes.
        host: `keep`, or `drop` for peers that contain the region that is ranked.
        parts: the groups that the region's spread is split into, as in `decompose`, or by name:
            of one region, and of an indicator that decomposes.

    Returns:
        A frame of the same backend, lazy where the table is: the region, the period and the other
        keys, then for each indicator its value, `CODE_coverage`, and in `CODE_reason` why there
        is no value. With `parts`, a row for each region, period and group, as
        `bajio.decompose` has them: in `CODE` the whole's spread, in `CODE_share` and
        `CODE_ratio` the group's share of the weight and its mean over the whole's, in
        `CODE_own` its own spread, in `CODE_within` and `CODE_between` what it adds to the
        whole's, which is their sum over all groups.

    Raises:
        MissingExtra: narwhals is not installed.
        InvalidValue: a column that is not there, a word that an option does not have.
        InvalidRule, UnitMismatch: a rule or its unit means nothing over the table.
    """
    known, chosen = registry_with(registry, data), PanelOptions.of(options)
    if chosen.parts is not None:
        return split_panel(frame, indicators, known, chosen)
    return evaluate_panel(frame, indicators, known, chosen)
