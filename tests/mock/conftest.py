"""Fixtures of the tests of the mock."""

from collections.abc import Iterator

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from mipos_mock.state import State


@pytest.fixture
def state() -> State:
    """What a fresh server holds."""
    return fresh_state()


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The address of a real server; its state is shared, so its tests must not change it."""
    with running(create_app(fresh_state())) as url:
        yield url
