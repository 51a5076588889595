"""A network that answers by itself, and time that passes by itself."""

import anyio
import httpx
import pytest

from tests.client.support import Exchange, success
from tests.client.waiting import Clock


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Exchange:
    """Answer four requests that clients send through connections of their own."""
    exchange = Exchange(*(success("listWebhooks") for _ in range(4)))

    def send(_transport: object, request: httpx.Request) -> httpx.Response:
        return exchange.handle_request(request)

    async def send_async(_transport: object, request: httpx.Request) -> httpx.Response:
        return await exchange.handle_async_request(request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", send)
    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", send_async)
    return exchange


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of all that sleeps in this test."""
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock.monotonic)
    monkeypatch.setattr("time.sleep", clock.sleep)
    monkeypatch.setattr(anyio, "sleep", clock.sleep_async)
    return clock


@pytest.fixture
def longest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the longest pause each time."""
    monkeypatch.setattr("mipos_client._runtime.retries.uniform", max)


@pytest.fixture
def shortest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the shortest pause each time."""
    monkeypatch.setattr("mipos_client._runtime.retries.uniform", min)
