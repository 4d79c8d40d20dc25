"""Shift-share: what a region's change owes to the country, to its activities, and to itself."""

from attrs import frozen

from bajio.indicator import Better, Indicator
from bajio.rules.axes import Across, By, Stack
from bajio.rules.nodes import At, Growth, Lag, Sum
from bajio.rules.plan import HOST
from bajio.rules.promises import Trait
from bajio.rules.rule import Rule

TOPIC = "dynamics"
DUNN = (
    "E. S. Dunn, A statistical and analytical technique for regional analysis, "
    "Papers of the Regional Science Association 6 (1960)"
)
ACTIVITY = "activity"
YEARS = 5
GVA = Sum("gva-constant")


@frozen
class ShiftShare:
    """The shift-share analysis of a measure by category, as rules.

    Attributes:
        rule: what changes, for one category, as `Sum("jobs")`.
        dimension: whose categories are gone through, as `sector`.
        years: from the start to the period.

    Examples:
        >>> print(ShiftShare(Sum("jobs"), "sector", 1).expected)
        (Σ jobs) 1 year before × (growth over 1 year of (Σ jobs) of the host)
    """

    rule: Rule
    dimension: str
    years: int

    @property
    def start(self) -> Rule:
        """What all categories were together."""
        return Across(Lag(self.rule, self.years), self.dimension)

    @property
    def whole(self) -> Rule:
        """What all categories are together."""
        return Across(self.rule, self.dimension)

    @property
    def expected(self) -> Rule:
        """The change of a category, had it grown as the same category did in the host."""
        return Lag(self.rule, self.years) * At(Growth(self.rule, self.years), HOST)

    @property
    def national(self) -> Rule:
        """The change, had all categories grown as the host did."""
        return self.start * At(Growth(self.whole, self.years), HOST)

    @property
    def mix(self) -> Rule:
        """What the region's mixture of categories adds, each growing as it did in the host."""
        return Across(self.expected, self.dimension) - self.national

    @property
    def regional(self) -> Rule:
        """What the region's own growth in each category adds."""
        return self.whole - self.start - Across(self.expected, self.dimension)

    @property
    def parts(self) -> dict[str, Rule]:
        """The three effects by name."""
        return {"national": self.national, "mix": self.mix, "regional": self.regional}

    def mix_by_category(self) -> By:
        """Each category's part in the mix."""
        national = Lag(self.rule, self.years) * At(Growth(self.whole, self.years), HOST)
        return By(self.expected - national, self.dimension, total=self.mix)

    def regional_by_category(self) -> By:
        """Each category's part in the regional effect."""
        regional_growth = self.rule - Lag(self.rule, self.years) - self.expected
        return By(regional_growth, self.dimension, total=self.regional)


GVA_CHANGE = ShiftShare(GVA, ACTIVITY, YEARS)
INDICATORS = (
    Indicator(
        "shift-share",
        Stack(GVA_CHANGE.parts, total=GVA_CHANGE.whole - GVA_CHANGE.start),
        "MXN_2018",
        {"en": "Shift-share", "es": "Cambio y participación (shift-share)"},
        better=Better.HIGHER,
        description={
            "en": "The change of real value added over 5 years in three parts that add up: what it "
            "would be, had all grown as the country did (national); what the region's activities "
            "add, each growing as it did in the country (mix); what the region's own growth in "
            "each of the 35 activities adds (regional). Refused where an activity starts from "
            "nothing in the country.",
            "es": "El cambio del valor agregado real en 5 años en tres partes que se suman: lo que "
            "sería si todo hubiera crecido como el país (national); lo que agregan las actividades "
            "de la región, cada una creciendo como en el país (mix); lo que agrega el crecimiento "
            "propio de la región en cada una de las 35 actividades (regional). No se da si una "
            "actividad parte de cero en el país.",
        },
        formula_source=DUNN,
        topic=TOPIC,
        traits={Trait.ADDITIVE},
    ),
    Indicator(
        "shift-share-rates",
        Stack(
            {name: part / GVA_CHANGE.start for name, part in GVA_CHANGE.parts.items()},
            total=Growth(GVA_CHANGE.whole, YEARS),
        ),
        "1",
        {"en": "Shift-share, of the start", "es": "Cambio y participación, del inicio"},
        better=Better.HIGHER,
        description={
            "en": "The parts of the shift-share over the real value added of 5 years before: they "
            "add up to its growth.",
            "es": "Las partes del análisis de cambio y participación entre el valor agregado real "
            "de hace 5 años: suman su crecimiento.",
        },
        formula_source=DUNN,
        topic=TOPIC,
    ),
    Indicator(
        "shift-share-mix",
        GVA_CHANGE.mix_by_category(),
        "MXN_2018",
        {"en": "Shift-share: mix by activity", "es": "Cambio y participación: estructura"},
        better=Better.HIGHER,
        description={
            "en": "Each activity's part in the mix: the real value added of 5 years before times "
            "by how much the activity grew faster in the country than all activities did.",
            "es": "Parte de cada actividad en el efecto de la estructura: el valor agregado real "
            "de hace 5 años por cuánto creció más en el país que el conjunto.",
        },
        formula_source=DUNN,
        topic=TOPIC,
    ),
    Indicator(
        "shift-share-regional",
        GVA_CHANGE.regional_by_category(),
        "MXN_2018",
        {"en": "Shift-share: regional by activity", "es": "Cambio y participación: regional"},
        better=Better.HIGHER,
        description={
            "en": "Each activity's part in the regional effect: its change over 5 years, less what "
            "it would be had it grown as in the country.",
            "es": "Parte de cada actividad en el efecto regional: su cambio en 5 años, menos lo "
            "que sería si hubiera crecido como en el país.",
        },
        formula_source=DUNN,
        topic=TOPIC,
        traits={Trait.ADDITIVE},
    ),
)
