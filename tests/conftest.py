"""What holds for all tests."""

import os

from hypothesis import HealthCheck, settings

# Nothing depends on how long something takes: machines are noisy. HYPOTHESIS_PROFILE=thorough looks further.
settings.register_profile(
    "quick",
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
