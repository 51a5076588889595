"""What takes time, for tests that are coroutines."""

from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from mipos_mock.testing.desk import Desk
from mipos_mock.testing.engine import Engine
from mipos_mock.testing.records import Order, Push, Scenario

T = TypeVar("T")

TIMEOUT: Final = 5.0
"""Seconds of real time that a test waits unless it says otherwise."""


class AsyncWaits:
    """What blocks in `MiposMock`, under the same names, to be awaited."""

    def __init__(self, engine: Engine, desk: Desk) -> None:
        """Waits for what happens to the account of a desk."""
        self._engine = engine
        self._desk = desk

    async def wait_accepted(
        self,
        order: Order,
        timeout: float = TIMEOUT,  # noqa: ASYNC109 - as where it blocks
    ) -> Order:
        """Returns an order as it is once accepted; see `MiposMock.wait_accepted`."""
        __tracebackhide__ = True
        return await self._join(self._desk.accepted(order, timeout))

    async def wait_delivered(
        self,
        what: Order | Push,
        timeout: float = TIMEOUT,  # noqa: ASYNC109 - as where it blocks
    ) -> list[Push]:
        """Returns pushes once delivered; see `MiposMock.wait_delivered`."""
        __tracebackhide__ = True
        return await self._join(self._desk.delivered(what, timeout))

    async def advance(self, seconds: float) -> None:
        """Sets the mock's clock ahead; see `MiposMock.advance`."""
        __tracebackhide__ = True
        await self._join(self._desk.advance(seconds))

    async def burst(
        self, count: int, *, per_second: float = 100.0, scenario: Scenario = "simple"
    ) -> list[Order]:
        """Places so many orders, so many a second; see `MiposMock.burst`."""
        __tracebackhide__ = True
        return await self._join(self._desk.burst(count, per_second, scenario))

    async def _join(self, coroutine: Coroutine[Any, Any, T]) -> T:
        __tracebackhide__ = True
        return await self._engine.join(coroutine)
