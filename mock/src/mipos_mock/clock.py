"""The stand-in's own time, which can be set ahead of the machine's."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

AHEAD_MAX: Final = 10 * 366 * 24 * 3600.0
"""Seconds that the clock may be ahead of the machine's."""


class Clock:
    """Seconds since 1970, as the machine has them, plus what the clock was set ahead.

    Attributes:
        ahead: Seconds that it is ahead of the machine's clock.
    """

    def __init__(self, ahead: float = 0.0) -> None:
        """Starts so many seconds ahead."""
        self.ahead = ahead
        self._sleepers: dict[asyncio.Future[None], float] = {}

    def now(self) -> float:
        """Returns the seconds since 1970 of this clock."""
        return time.time() + self.ahead

    async def sleep_until(self, due: float, unless: Callable[[], bool] = lambda: False) -> None:
        """Returns once the clock shows a time, by itself or because it was set ahead.

        Args:
            due: The time, in seconds since 1970 of this clock.
            unless: Returns earlier when this is true; it is asked at each `nudge`.
        """
        loop = asyncio.get_running_loop()
        while (seconds := due - self.now()) > 0 and not unless():
            woken: asyncio.Future[None] = loop.create_future()
            alarm = loop.call_later(seconds, _wake, woken)
            self._sleepers[woken] = due
            try:
                await woken
            finally:
                alarm.cancel()
                del self._sleepers[woken]

    def next_due(self) -> float | None:
        """Returns the earliest time that somebody sleeps until, None when nobody does."""
        return min(self._sleepers.values(), default=None)

    def advance_to(self, moment: float) -> None:
        """Sets the clock ahead to a time and wakes who slept until then; it is never set back."""
        self.ahead = max(self.ahead, moment - time.time())
        self.nudge()  # also those that sleep on: their alarms are too late now

    def nudge(self) -> None:
        """Lets every sleeper look whether it still has to sleep."""
        for woken in self._sleepers:
            _wake(woken)


def iso(moment: float) -> str:
    """Returns seconds since 1970 as a text in UTC, such as ``2026-01-31T12:00:00.000Z``."""
    text = datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def _wake(woken: "asyncio.Future[None]") -> None:
    if not woken.done():
        woken.set_result(None)
