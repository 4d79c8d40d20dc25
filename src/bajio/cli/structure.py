"""Commands about what a region is made of, and how far apart its members are."""

from typing import Any

import click

from bajio.cli.options import (
    INDICATOR,
    REGION,
    YEAR,
    options_of,
    split,
    unranked_options,
    write,
)


@click.command("decompose", short_help="How much of a spread is within groups, and between them.")
@REGION
@INDICATOR
@click.option(
    "--partition",
    metavar="A,B,...",
    required=True,
    help="Groups of the members: regions joined by commas; 'rest' has all others.",
)
@YEAR
@unranked_options
def decompose_command(
    region: str,
    indicator: str,
    partition: str,
    output_format: str,
    output: str | None,
    **given: Any,
) -> None:
    """How much of INDICATOR of REGION is within groups of its members, and between the groups.

    INDICATOR is theil-gdp-per-capita, theil-l-gdp-per-capita, or another that splits exactly.

    \b
    Examples:
      bajio decompose mexican-states theil-gdp-per-capita --partition bajio,sur-sureste,rest
      bajio decompose bajio theil-l-gdp-per-capita --partition MX-AGU+MX-SLP,rest --year 2018
    """
    from bajio.questions.decomposition import decompose
    from bajio.report import decompositions, render

    groups = split(partition, "--partition") or []
    found = decompose(indicator, region, groups, **options_of(given))
    if output_format == "json":
        text = render.json_text(decompositions.decomposition_data(found, given["registry"]))
    elif output_format == "csv":
        text = render.csv_text(decompositions.decomposition_rows(found))
    else:
        sheet = decompositions.decomposition_sheet(found)
        text = render.markdown(sheet) if output_format == "markdown" else render.table(sheet)
    write(text, output)


STRUCTURE = (decompose_command,)
