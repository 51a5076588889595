"""How generated cases are drawn: seeded, without a memory of earlier runs."""

from __future__ import annotations

import hypothesis
import schemathesis

_PROFILE = "contract"
# Schemathesis draws while test modules are imported, which no fixture can reach.
_seeds: list[int] = []


def configure(*, seed: int, examples: int, shrink: bool) -> None:
    """Set what Hypothesis and Schemathesis do in this process, before tests are imported.

    Args:
        seed: the same seed gives the same cases.
        examples: cases a property.
        shrink: whether a failing case is made smaller, which takes further requests.
    """
    _seeds.append(seed)
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    if shrink:
        phases.append(hypothesis.Phase.shrink)
    hypothesis.settings.register_profile(
        _PROFILE,
        max_examples=examples,
        # A remote server's pace says nothing about the contract.
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
        # A stored counterexample would make one run depend on the last one.
        database=None,
        phases=phases,
        print_blob=False,
        # One failure a test: the first is reported at once, and a second is mostly the same one.
        report_multiple_bugs=False,
    )
    hypothesis.settings.load_profile(_PROFILE)


def schemathesis_config() -> schemathesis.Config:
    """Return the configuration that makes Schemathesis draw by the run's seed.

    Raises:
        IndexError: `configure` was not called.
    """
    return schemathesis.Config(seed=_seeds[-1])
