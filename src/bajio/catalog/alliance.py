"""What the Bajío Alliance says of itself."""

from bajio.facts.regions import Charter
from bajio.labels import Label


def _labels(*pairs: tuple[str, str]) -> tuple[Label, ...]:
    return tuple(Label({"en": english, "es": spanish}) for english, spanish in pairs)


CHARTER = Charter(
    agreement=Label({"en": "San Miguel Agreement", "es": "Acuerdo de San Miguel"}),
    signed="2018-11",
    pillars=_labels(
        ("investment", "inversión"),
        ("production", "producción"),
        ("logistics", "logística"),
        ("exports", "exportaciones"),
        ("education", "educación"),
        ("sustainability", "sustentabilidad"),
        ("security", "seguridad"),
    ),
    sectors=_labels(
        ("automotive", "automotriz"),
        ("aerospace", "aeroespacial"),
        ("healthcare", "salud"),
        ("agribusiness", "agroindustria"),
        ("information technologies", "tecnologías de la información"),
        ("plastics", "plásticos"),
        ("logistics", "logística"),
        ("energy", "energía"),
    ),
    agenda=_labels(
        (
            "one legal framework: the same conditions for every firm in all four states",
            "un solo marco legal: las mismas condiciones para toda empresa en los cuatro estados",
        ),
        ("a stronger labour ecosystem", "un ecosistema laboral más fuerte"),
        ("a more diverse economy", "una economía más diversa"),
        (
            "sharing the best practices of each state",
            "compartir las mejores prácticas de cada estado",
        ),
    ),
    workshops=Label(
        {
            "en": "three workshops with academia and firms, with the Public Policy Laboratory "
            "of CIDE, led by Eduardo Sojo",
            "es": "tres talleres con academia y empresas, con el Laboratorio de "
            "Políticas Públicas del CIDE, dirigido por Eduardo Sojo",
        }
    ),
    anchor_firms=(
        ("MX-AGU", ("Nissan", "COMPAS")),
        ("MX-GUA", ("General Motors", "Mazda")),
        ("MX-QUE", ("Boeing", "Bombardier")),
        ("MX-SLP", ("BMW", "Cisco Systems")),
    ),
    governance=Label(
        {
            "en": "the four governors, with the secretaries of economic development and of "
            "planning",
            "es": "los cuatro gobernadores, con los secretarios de desarrollo económico y de "
            "planeación",
        }
    ),
    horizon=25,
    aim=Label(
        {
            "en": "a model that other regions can reproduce, up to all thirty-two states; "
            "the first alliance of its kind in the interior of Mexico",
            "es": "un modelo que otras regiones puedan reproducir, hasta los treinta y dos "
            "estados; la primera alianza de su tipo en el interior de México",
        }
    ),
)
