"""Fixtures of the tests of the console, which name this module in `pytest_plugins`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.mock.console_page import Mock

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The address of a mock, which the tests of a module share."""
    with running(create_app(fresh_state())) as url:
        yield url


@pytest.fixture
def mock(served: str) -> Mock:
    """The shared mock, as a fresh one."""
    found = Mock(served)
    found.control("POST", "reset", {})
    return found
