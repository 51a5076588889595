"""What the tests of a run share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mipos_contract import recording
from mipos_contract.plugin import TARGET
from mipos_contract.settings import OrderKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mipos_contract.client_driver import ClientDriver
    from mipos_contract.target import Target


@pytest.fixture(scope="session")
def target(pytestconfig: pytest.Config) -> Target:
    """Return the server under test."""
    return pytestconfig.stash[TARGET]


@pytest.fixture
def pending_order(target: Target) -> OrderKey:
    """Return an order that this test alone may accept."""
    if target.is_mock:
        name = f"{target.confinement.run}-{len(target.pending_orders)}"
        placed = OrderKey("1", target.store_id, name)
        target.place_order(placed)
        return placed
    order = next((each for each in target.pending_orders if each not in target.used_orders), None)
    if order is None:
        pytest.skip("MIPOS_PENDING_ORDERS names no further order")
    target.used_orders.append(order)
    return order


@pytest.fixture(params=["sync", "async"])
def client(target: Target, request: pytest.FixtureRequest) -> Iterator[ClientDriver]:
    """Return what sends calls through the client, in each of its two forms."""
    # Not everybody who runs the suite has installed it.
    from mipos_client import ConfigurationError  # noqa: PLC0415 - see above
    from mipos_contract.client_driver import ClientDriver  # noqa: PLC0415 - see above

    if request.session.testsfailed:
        pytest.skip("the client stumbles over what failed before, and explains it less well")
    try:
        driver = ClientDriver(target, awaited=request.param == "async")
    except ConfigurationError as error:
        pytest.skip(f"the client cannot be used with this target: {error}")
    with driver:
        yield driver


@pytest.fixture(scope="session", autouse=True)
def facts(
    target: Target, record_testsuite_property: Callable[[str, object], None]
) -> Iterator[None]:
    """Put into the JUnit report which target it was, how much it was sent, and what it answered."""
    record_testsuite_property("target", target.base_url)
    yield
    record_testsuite_property("requests", target.wire.pace.sent)
    for row in recording.rows(target):
        record_testsuite_property(f"{row.operation} {row.status}", row.note or row.seen)
