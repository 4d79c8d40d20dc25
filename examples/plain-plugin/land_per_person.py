"""A whole plugin of bajio in a plain file: `bajio --plugin land_per_person.py ...`."""

import bajio
from bajio import Indicator, Sum


@bajio.hookimpl
def bajio_indicators() -> list[Indicator]:
    """How much land there is for each resident."""
    return [
        Indicator(
            "land-per-person",
            Sum("area") / Sum("population"),
            "km²/person",
            {"en": "Land per person", "es": "Superficie por persona"},
        ),
    ]
