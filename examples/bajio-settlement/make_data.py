"""Make the plugin's data from the municipal population that comes with bajio.

Run it as `python make_data.py`; it writes the same bytes each time.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

import bajio
from bajio import Dataset, Measure, Observation, Registry

COUNTED_FROM = "conapo-municipal"
COUNTRY = "MEX"
LARGE = 100_000
RANKS = 4
DATA = Path(__file__).parent / "src" / "bajio_settlement" / "data"

MEASURES = (
    Measure(
        "municipalities",
        {"en": "Municipalities", "es": "Municipios"},
        "1",
        time="stock",
        minimum=0,
        description={
            "en": "Municipalities, and boroughs of Mexico City, that have a population figure.",
            "es": "Municipios, y demarcaciones de la Ciudad de México, con dato de población.",
        },
    ),
    Measure(
        "large-municipality-population",
        {"en": "People in large municipalities", "es": "Población en municipios grandes"},
        "person",
        time="stock",
        minimum=0,
        description={
            "en": f"Population at mid-year of the municipalities of {LARGE:,} people or more.",
            "es": f"Población a mitad del año de los municipios de {LARGE:,} o más habitantes.",
        },
    ),
    Measure(
        "municipality-size",
        {"en": "Size of the largest municipalities", "es": "Tamaño de los mayores municipios"},
        "person",
        kind="intensive",
        time="stock",
        minimum=0,
        dimensions=("rank",),
        description={
            "en": "Population at mid-year of the largest municipality, of the second, and so on.",
            "es": "Población a mitad del año del municipio mayor, del segundo, y así en adelante.",
        },
    ),
)


def municipal_population(registry: Registry) -> dict[tuple[str, str, str], list[int]]:
    """Populations of the municipalities by the area that they lie in, year and status."""
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for seen in registry.dataset.observations("population"):
        area = registry.areas[seen.area]
        if area.kind == "municipality" and isinstance(seen.value, int) and area.within:
            for place in (area.within, COUNTRY):
                found[place, seen.period, seen.status].append(seen.value)
    return found


def observations(registry: Registry) -> Iterator[Observation]:
    """What the plugin needs to know of each state, and of Mexico, in each year."""
    for (area, year, status), people in municipal_population(registry).items():
        large = sum(one for one in people if one >= LARGE)
        yield Observation(area, year, "municipalities", len(people), status)
        yield Observation(area, year, "large-municipality-population", large, status)
        for rank, size in enumerate(sorted(people, reverse=True)[:RANKS], start=1):
            yield Observation(area, year, "municipality-size", size, status, "", (str(rank),))


def settlement() -> Dataset:
    """The plugin's dataset, from the figures that come with bajio."""
    with Registry() as registry:  # bajio's own plugins alone
        source = evolve(
            registry.dataset.sources[COUNTED_FROM],
            code="conapo-settlement",
            title="Population projections of the municipalities 1990-2040, counted by state",
        )
        return bajio.dataset(
            "settlement",
            measures=MEASURES,
            sources=[source],
            observations=list(observations(registry)),
            edition="2023",
        )


if __name__ == "__main__":
    print(bajio.write_package(settlement(), DATA).name)
