"""Fixtures of the tests of the mock."""

from collections.abc import Iterator

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from mipos_mock.state import State
from mipos_mock.testing import MiposMock
from tests.mock.cli_support import closed_loop, mock
from tests.mock.plugin_support import HOOK, ORIGIN, Pos
from tests.mock.receiver import Receiver


@pytest.fixture
def state() -> State:
    """What a fresh server holds."""
    return fresh_state()


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The address of a real server; its state is shared, so its tests must not change it."""
    with running(create_app(fresh_state())) as url:
        yield url


@pytest.fixture
def url() -> Iterator[str]:
    """The address of a fresh mock."""
    with mock() as address:
        yield address


@pytest.fixture
def loop() -> Iterator[tuple[str, Receiver]]:
    """The address of a fresh mock, and the POS that it pushes to."""
    with closed_loop() as both:
        yield both


@pytest.fixture
def pos(mipos_mock: MiposMock) -> Pos:
    """A POS that takes every push and accepts nothing, with an ORDER webhook."""
    pos = Pos()
    mipos_mock.mount(ORIGIN, pos)
    mipos_mock.add_webhook(HOOK)
    return pos
