"""Why a push failed, and how long it may take."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class SendError(Exception):
    """What came between a push and its answer, in one plain line."""


class Deadline:
    """The moment at which an attempt ends, whatever it is at. Needs a running loop."""

    def __init__(self, seconds: float) -> None:
        """Begins now, and ends after so many seconds of real time."""
        self._seconds = seconds
        self._at = asyncio.get_running_loop().time() + seconds

    @asynccontextmanager
    async def bounding(self, missing: str) -> AsyncGenerator[None, None]:
        """Ends what runs in the block at the deadline.

        Args:
            missing: What there is none of until the block ends, as a noun.

        Raises:
            SendError: The deadline passed; it tells what was missing.
        """
        scope = asyncio.timeout_at(self._at)
        try:
            async with scope:
                yield
        except TimeoutError:
            if not scope.expired():
                raise
            raise SendError(f"no {missing} within {self._seconds:g} s") from None
