"""Time that passes only when somebody sleeps."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.client.support import Way


class Clock:
    """A clock that stands still but for sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: dict[Way, list[float]] = {"sync": [], "async": []}

    def monotonic(self) -> float:
        """Return what the clock shows."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Sleep by letting time pass."""
        self.slept["sync"].append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds: float) -> None:
        """Sleep like this when awaited."""
        self.slept["async"].append(seconds)
        self.now += seconds
