"""httpx transports that repeat what is safe to repeat.

A client uses them by itself. They also stand alone, below a client of httpx:
`httpx.Client(transport=RetryTransport(httpx.HTTPTransport()))`.
"""

import time
from collections.abc import Callable
from typing import Final

import httpx
from attrs import frozen

from .requests import SentRequest, sent_request
from .retries import DEFAULT_RETRIES, NOTHING_SENT, Retries, Schedule

BROKEN: Final = "mipos_client.broken"
"""Extension of a response: why its body did not arrive whole, as a text."""
DEADLINE: Final = "mipos_client.deadline"
"""Extension of a request: when to give up, by `time.monotonic`."""
RETRIES: Final = "mipos_client.retries"
"""Extension of a request: the `Retries` that hold for it."""


@frozen
class Attempt:
    """One try of a call, for a log. It holds no token.

    Attributes:
        request: What was sent.
        number: 1 for the first try.
        seconds: How long it took.
        status: The status of the answer; None if there was none.
        error: Why there was no answer, or why its body is not whole; None otherwise.
        pause: Seconds until the call is repeated; None if it is not.
    """

    request: SentRequest
    number: int
    seconds: float
    status: int | None
    error: str | None
    pause: float | None


Hook = Callable[[Attempt], None]
"""Is called after each try. What it raises comes out of the call."""


class _Tries:
    """The tries of one request: what follows from each, and what the hook hears of it."""

    def __init__(self, request: httpx.Request, retries: Retries, hook: Hook | None) -> None:
        self._request = request
        self._schedule = Schedule(request.extensions.get(RETRIES, retries), request.method)
        self._hook = hook
        self._number = 0
        # A stream of the caller's is used up by the first try that sends it.
        self._replayable = isinstance(request.stream, httpx.ByteStream)
        request.extensions[DEADLINE] = self._schedule.deadline

    def begin(self) -> None:
        self._number += 1
        self._began = time.monotonic()

    def failed(self, error: Exception) -> float | None:
        usable = self._replayable or isinstance(error, NOTHING_SENT)
        pause = self._schedule.after_error(error) if usable else None
        self._tell(None, str(error) or type(error).__name__, pause)
        return pause

    def answered(self, response: httpx.Response) -> float | None:
        broken: str | None = response.extensions.get(BROKEN)
        pause = None
        if self._replayable:
            pause = self._schedule.after_answer(
                response.status_code, response.headers, broken=broken is not None
            )
        self._tell(response.status_code, broken, pause)
        return pause

    def _tell(self, status: int | None, error: str | None, pause: float | None) -> None:
        if self._hook is not None:
            seconds = time.monotonic() - self._began
            sent = sent_request(self._request)
            self._hook(Attempt(sent, self._number, seconds, status, error, pause))


class RetryTransport(httpx.BaseTransport):
    """Repeats a request through another transport where that is safe.

    Args:
        transport: Sends each try.
        retries: What holds where the request does not say otherwise.
        hook: Hears of each try, after it. What it raises comes out of the call.
    """

    def __init__(
        self,
        transport: httpx.BaseTransport,
        retries: Retries = DEFAULT_RETRIES,
        hook: Hook | None = None,
    ) -> None:
        self._transport = transport
        self._retries = retries
        self._hook = hook

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request until there is an answer to return.

        Raises:
            httpx.TransportError: There is none, and no further try.
        """
        tries = _Tries(request, self._retries, self._hook)
        while True:
            tries.begin()
            try:
                response = self._transport.handle_request(request)
            except httpx.TransportError as error:
                pause = tries.failed(error)
                if pause is None:
                    raise
            else:
                try:
                    pause = tries.answered(response)
                except BaseException:
                    response.close()
                    raise
                if pause is None:
                    return response
                response.close()
            time.sleep(pause)

    def close(self) -> None:
        """Close the transport that sends."""
        self._transport.close()


class AsyncRetryTransport(httpx.AsyncBaseTransport):
    """Repeats a request through another transport where that is safe.

    Args:
        transport: Sends each try.
        retries: What holds where the request does not say otherwise.
        hook: Hears of each try, after it. What it raises comes out of the call.
    """

    def __init__(
        self,
        transport: httpx.AsyncBaseTransport,
        retries: Retries = DEFAULT_RETRIES,
        hook: Hook | None = None,
    ) -> None:
        self._transport = transport
        self._retries = retries
        self._hook = hook

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request until there is an answer to return.

        Raises:
            httpx.TransportError: There is none, and no further try.
        """
        tries = _Tries(request, self._retries, self._hook)
        while True:
            tries.begin()
            try:
                response = await self._transport.handle_async_request(request)
            except httpx.TransportError as error:
                pause = tries.failed(error)
                if pause is None:
                    raise
            else:
                try:
                    pause = tries.answered(response)
                except BaseException:
                    await response.aclose()
                    raise
                if pause is None:
                    return response
                await response.aclose()
            # With httpx anyway, but loaded when something is awaited only.
            import anyio  # noqa: PLC0415

            await anyio.sleep(pause)

    async def aclose(self) -> None:
        """Close the transport that sends."""
        await self._transport.aclose()
