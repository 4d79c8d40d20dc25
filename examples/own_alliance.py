"""What would an alliance of your own design be, and what do figures of your own add to it?

Suppose that the states on the road from the ports of Manzanillo and Lázaro Cárdenas to the plants
of the Bajío joined forces. How large would they be among the members of the OECD, beside what is
left of Mexico, and how many containers would they handle for each inhabitant?
"""

import bajio

YEAR = 2018

CORRIDOR = bajio.Region(
    [*bajio.region("bajio").members, "MX-COL", "MX-JAL", "MX-MIC"],
    code="pacific-corridor",
    names={"en": "Pacific corridor", "es": "Corredor del Pacífico"},
)

CONTAINERS = bajio.Measure(
    "containers",
    {"en": "Containers handled", "es": "Contenedores operados"},
    "1",
    kind="extensive",
    time="flow",
    minimum=0,
    description="Containers of twenty feet, or what amounts to them, through the state's ports.",
)

#: In round figures, for the example: put those of your source here. The states without a port
#: handle none, which is a figure; states that are left out would be missing.
HANDLED = {
    "MX-AGU": 0,
    "MX-COL": 3_100_000,
    "MX-GUA": 0,
    "MX-JAL": 0,
    "MX-MIC": 1_300_000,
    "MX-QUE": 0,
    "MX-SLP": 0,
}

PORTS = bajio.dataset(
    "ports",
    measures=[CONTAINERS],
    sources=[bajio.Source("round-figures", "Round figures for the example")],
    observations=[
        bajio.Observation(area, YEAR, "containers", number) for area, number in HANDLED.items()
    ],
)

CONTAINERS_PER_HEAD = bajio.Indicator(
    "containers-per-head",
    bajio.Sum("containers") / bajio.Sum("population"),
    "1/person",
    {"en": "Containers per head", "es": "Contenedores por habitante"},
    better="higher",
)


def main() -> None:
    """Print the corridor's place in the OECD, and what its ports handle."""
    profile = bajio.profile(
        CORRIDOR,
        PORTS,
        indicators=["population", "gdp", "gdp-per-capita", CONTAINERS_PER_HEAD],
        year=YEAR,
        peers="oecd",
        host="remainder",
    )
    areas = profile.registry.areas
    print(f"{CORRIDOR}, {YEAR}: {', '.join(str(areas[code].names) for code in CORRIDOR.members)}")
    for result in profile.values():
        where = result.rank_reason
        if result.rank:
            below = " and ".join(str(areas[code].names) for code in result.rank.below)
            where = f"{result.rank} in the OECD, next above {below}"
        digits = 0 if result.value > 100 else 3
        print(f"  {result.indicator.label}: {result.value:,.{digits}f} {result.unit} ({where})")

    print()
    print(profile["containers-per-head"].explain())

    print()
    larger = CORRIDOR | bajio.Region(["MX-NAY"])
    try:
        bajio.evaluate(larger, CONTAINERS_PER_HEAD, PORTS, year=YEAR)
    except bajio.Unavailable as error:
        print(f"With Nayarit there is no number: {error.reason}.")


if __name__ == "__main__":
    main()
