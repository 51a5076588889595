"""Settings of all tests."""

from __future__ import annotations

import hypothesis

# How fast a busy machine draws cases says nothing about what is tested.
hypothesis.settings.register_profile(
    "tests", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("tests")
