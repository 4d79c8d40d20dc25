"""Hypothesis profiles.

`dev` explores anew each run, `ci` always takes the same examples, half as many where a test does
not say how many it needs, `mutation` does as well and shrinks none, since it asks only whether
something fails.
"""

import os

from hypothesis import HealthCheck, Phase, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("dev", deadline=None, suppress_health_check=_SLOW)
settings.register_profile(
    "ci", max_examples=50, deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile(
    "mutation",
    settings.get_profile("ci"),
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("BAJIO_HYPOTHESIS_PROFILE", "dev"))
