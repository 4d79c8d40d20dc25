"""Hypothesis profiles: `dev` explores anew each run, `ci` always takes the same examples."""

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("dev", deadline=None, suppress_health_check=_SLOW)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("BAJIO_HYPOTHESIS_PROFILE", "dev"))
