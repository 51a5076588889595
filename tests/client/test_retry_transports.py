"""The transports that repeat, standing alone below a client of httpx."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from mipos_client import AsyncRetryTransport, Attempt, Retries, RetryTransport
from tests.client.support import BASE_URL, WAYS, Exchange, Way
from tests.client.waiting import Clock

pytestmark = pytest.mark.usefixtures("clock", "longest")


class Streamed(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that is read as it comes, and knows whether it was closed."""

    def __init__(self, *chunks: bytes) -> None:
        self.chunks = list(chunks)
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield what is there."""
        while self.chunks:
            yield self.chunks.pop(0)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield what is there."""
        for chunk in self:
            yield chunk

    def close(self) -> None:
        """Note that nothing more is wanted."""
        self.closed = True

    async def aclose(self) -> None:
        """Note that nothing more is wanted."""
        self.closed = True


class Closing(Exchange):
    """An exchange that knows whether it was closed."""

    closed = False

    def close(self) -> None:
        """Note it."""
        self.closed = True

    async def aclose(self) -> None:
        """Note it."""
        self.closed = True


def send(
    way: Way,
    exchange: Exchange,
    method: str = "GET",
    retries: Retries | None = None,
    heard: list[Attempt] | None = None,
) -> tuple[int, bytes]:
    """Return status and body of an answer that is read as it comes."""
    options = {} if retries is None else {"retries": retries}
    hook = None if heard is None else heard.append
    if way == "sync":
        blocking = RetryTransport(exchange, hook=hook, **options)
        with (
            httpx.Client(transport=blocking) as client,
            client.stream(method, BASE_URL) as response,
        ):
            return response.status_code, response.read()

    async def run() -> tuple[int, bytes]:
        awaited = AsyncRetryTransport(exchange, hook=hook, **options)
        async with (
            httpx.AsyncClient(transport=awaited) as client,
            client.stream(method, BASE_URL) as response,
        ):
            return response.status_code, await response.aread()

    return asyncio.run(run())


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_is_closed_before_its_request_is_repeated(way: Way, clock: Clock) -> None:
    """The connection of a refusal is free again, its body is not read, and the next one is."""
    refused, last = Streamed(b"busy"), Streamed(b"o", b"k")
    exchange = Exchange(httpx.Response(503, stream=refused), httpx.Response(200, stream=last))
    answer = send(way, exchange)

    assert (200, b"ok") == answer
    assert refused.closed
    assert [b"busy"] == refused.chunks
    assert [0.5] == clock.slept[way]


@pytest.mark.parametrize("way", WAYS)
def test_the_last_refusal_can_be_read(way: Way) -> None:
    """Where no try is left, the answer is handed on as it came."""
    refusals = [httpx.Response(429, stream=Streamed(each)) for each in (b"1", b"2", b"3")]

    assert (429, b"3") == send(way, Exchange(*refusals))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_method_that_changes_nothing_is_repeated(way: Way, method: str) -> None:
    """Reading is safe whatever went wrong."""
    exchange = Exchange(httpx.ReadTimeout("slow"), httpx.Response(502), httpx.Response(204))

    assert (204, b"") == send(way, exchange, method)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_changes_something_is_not_repeated(way: Way, method: str) -> None:
    """An error after sending comes through as it is, and so does an answer of a gateway."""
    error = httpx.ReadTimeout("slow")
    with pytest.raises(httpx.ReadTimeout) as caught:
        send(way, Exchange(error), method)

    assert error is caught.value
    assert (502, b"") == send(way, Exchange(httpx.Response(502)), method)
    assert (204, b"") == send(way, Exchange(httpx.Response(429), httpx.Response(204)), method)


@pytest.mark.parametrize("way", WAYS)
def test_a_transport_has_retries_of_its_own(way: Way) -> None:
    """Limit and safety are those that it was made with."""
    with pytest.raises(httpx.ConnectError):
        send(way, Exchange(httpx.ConnectError("no way")), retries=Retries(limit=0))

    unsafe = Exchange(httpx.ReadError("broken"), httpx.Response(201))

    assert (201, b"") == send(way, unsafe, "POST", Retries(unsafe=True))


@pytest.mark.parametrize("way", WAYS)
def test_a_transport_tells_its_hook(way: Way) -> None:
    """An attempt holds the same as below a client of the platform."""
    heard = list[Attempt]()
    send(way, Exchange(httpx.ConnectError("no way"), httpx.Response(200)), heard=heard)

    assert [(1, None, "no way", 0.5), (2, 200, None, None)] == [
        (each.number, each.status, each.error, each.pause) for each in heard
    ]
    assert [f"GET {BASE_URL}"] * 2 == [str(each.request) for each in heard]


@pytest.mark.parametrize("way", WAYS)
def test_each_request_has_a_count_of_its_own(way: Way) -> None:
    """What one request used up the next one has again."""
    exchange = Exchange(*(httpx.Response(status) for status in (503, 503, 200, 503, 503, 200)))

    assert [(200, b"")] * 2 == [send(way, exchange) for _ in range(2)]


@pytest.mark.parametrize("way", WAYS)
def test_closing_the_client_closes_the_transport_that_sends(way: Way) -> None:
    """The transport that repeats hands closing on."""
    exchange = Closing(httpx.Response(200))
    send(way, exchange)

    assert exchange.closed


def test_an_attempt_says_how_long_it_took(clock: Clock) -> None:
    """The time of each try is its own, without the pause before it."""
    heard = list[Attempt]()

    def answer(_request: httpx.Request) -> httpx.Response:
        clock.now += 3
        if not heard:
            raise httpx.ConnectTimeout("slow")
        return httpx.Response(200)

    transport = RetryTransport(httpx.MockTransport(answer), hook=heard.append)
    transport.handle_request(httpx.Request("GET", BASE_URL))

    assert [3, 3] == [each.seconds for each in heard]
