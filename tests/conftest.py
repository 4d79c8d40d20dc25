"""Hypothesis profiles.

`dev` explores anew each run. `ci` always takes the same examples, and few of them: it is for the
minutes before a commit. `thorough` takes the same ones each time as well, as many as `dev`.
`mutation` does so and shrinks none, since it asks only whether something fails.
"""

import os

from hypothesis import HealthCheck, Phase, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("dev", deadline=None, suppress_health_check=_SLOW)
settings.register_profile("thorough", settings.get_profile("dev"), derandomize=True)
settings.register_profile("ci", settings.get_profile("thorough"), max_examples=30)
settings.register_profile(
    "mutation",
    settings.get_profile("thorough"),
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("BAJIO_HYPOTHESIS_PROFILE", "dev"))
