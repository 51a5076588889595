"""Settings of all tests, and a browser for those that need one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.browser import executable, launched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# How fast a busy machine draws cases says nothing about what is tested.
hypothesis.settings.register_profile(
    "tests", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("tests")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Path]:
    """Yield the path of a browser, unpacked for this run of the tests."""
    with tempfile.TemporaryDirectory(prefix="mipos-browser-") as directory:
        yield executable(Path(directory))


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Yield a running browser."""
    with launched(chromium) as running:
        yield running
