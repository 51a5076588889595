"""At the end of a run on the mock: nothing that the document lists went unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mipos_contract.target import Target

pytestmark = pytest.mark.mock_only("what a deployment shows depends on its state")


def test_every_documented_status_was_seen(target: Target) -> None:
    """Each operation answered with each of its documented statuses at least once."""
    # Until the entry is removed or expires.
    if target.deviated:
        pytest.skip("a known deviation may stand in for a documented status")
    unseen = target.tally.unseen()

    assert unseen == [], f"documented and never answered: {unseen}; run the whole suite for this"
