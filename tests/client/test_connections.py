"""Whose connections a client uses and closes, and what of a client of one's own holds."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from mipos_client import (
    AsyncMipos,
    ConfigurationError,
    Mipos,
    TransportError,
    UnexpectedStatusError,
)
from tests.client.support import BASE_URL, KINDS, TOKEN, WAYS, Exchange, Way, seconds, success


def test_the_end_of_the_block_closes_the_connections(network: Exchange) -> None:
    """A client is closed when its block ends, by an error too, and nothing is sent afterwards."""
    mipos = Mipos(TOKEN)
    # The first call breaks, and leaves the block.
    network.left[0] = httpx.ReadError("broken")
    with pytest.raises(TransportError), mipos as entered:
        entered.orders.accept(delivery_id="1", store_id="3", order_external_id="1")
    with pytest.raises(ConfigurationError, match="the client is closed; make another one"):
        mipos.webhooks.list()

    assert 1 == len(network.requests)


def test_the_end_of_the_async_block_closes_the_connections(network: Exchange) -> None:
    """The same holds for a client to await."""
    mipos = AsyncMipos(TOKEN)

    async def run() -> None:
        async with mipos as entered:
            assert entered is mipos
        await mipos.webhooks.list()

    with pytest.raises(ConfigurationError, match="the client is closed; make another one"):
        asyncio.run(run())

    assert [] == network.requests


def test_closing_a_copy_closes_nothing(network: Exchange) -> None:
    """The connections belong to the original, and go when it is closed."""
    mipos = Mipos(TOKEN)
    other = mipos.with_options(timeout=1)
    other.close()
    mipos.webhooks.list()
    other.webhooks.list()
    mipos.close()
    with pytest.raises(ConfigurationError, match="the client is closed; make another one"):
        other.webhooks.list()

    assert 2 == len(network.requests)


def test_closing_an_async_copy_closes_nothing(network: Exchange) -> None:
    """The same holds for a copy to await."""

    async def run() -> None:
        async with AsyncMipos(TOKEN) as mipos:
            await mipos.with_options(timeout=1).close()
            await mipos.webhooks.list()

    asyncio.run(run())

    assert 1 == len(network.requests)


def test_a_cookie_is_not_kept(network: Exchange) -> None:
    """What one answer sets the next request does not carry."""
    network.left[0] = httpx.Response(200, json=[], headers={"Set-Cookie": "session=1; Path=/"})
    with Mipos(TOKEN) as mipos:
        mipos.webhooks.list()
        mipos.webhooks.list()

    assert ["cookie" in request.headers for request in network.requests] == [False, False]


def own(exchange: Exchange, way: Way, **settings: Any) -> None:  # noqa: ANN401  whatever httpx takes
    """List webhooks through a client of httpx with these settings, and see it left open."""
    if way == "sync":
        http = httpx.Client(transport=exchange, **settings)
        with Mipos(TOKEN, base_url=BASE_URL, http_client=http) as mipos:
            mipos.webhooks.list()
        assert not http.is_closed
        return

    async def run() -> None:
        http = httpx.AsyncClient(transport=exchange, **settings)
        async with AsyncMipos(TOKEN, base_url=BASE_URL, http_client=http) as mipos:
            await mipos.webhooks.list()
        assert not http.is_closed

    asyncio.run(run())


@pytest.mark.parametrize("way", WAYS)
def test_what_a_client_of_ones_own_says_holds(way: Way) -> None:
    """Its headers, parameters and time-outs are sent, and it stays open."""
    exchange = Exchange(success("listWebhooks"))
    own(
        exchange,
        way,
        headers={"X-Branch": "3", "User-Agent": "pos/1"},
        params={"trace": "on"},
        timeout=9,
    )
    (request,) = exchange.requests

    assert ("3", "pos/1") == (request.headers["x-branch"], request.headers["user-agent"])
    assert b"trace=on" == request.url.query
    assert [dict.fromkeys(KINDS, 9)] == seconds(exchange)


@pytest.mark.parametrize("way", WAYS)
def test_the_token_is_sent_whatever_a_client_of_ones_own_authenticates_with(way: Way) -> None:
    """Neither `auth` nor a default header takes the token's place."""
    exchange = Exchange(success("listWebhooks"))
    own(exchange, way, auth=("user", "word"), headers={"Authorization": "Basic other"})

    assert [f"Bearer {TOKEN}"] == exchange.requests[0].headers.get_list("authorization")


def test_the_proxy_of_a_client_of_ones_own_is_used() -> None:
    """A transport that is mounted for the address gets the request."""
    direct, proxy = Exchange(), Exchange(success("listWebhooks"))
    own(direct, "sync", mounts={BASE_URL: proxy})

    assert (0, 1) == (len(direct.requests), len(proxy.requests))


def test_the_event_hooks_of_a_client_of_ones_own_are_called() -> None:
    """They see the request and may change it, and they see the answer."""
    exchange, seen = Exchange(success("listWebhooks")), list[int]()

    def mark(request: httpx.Request) -> None:
        request.headers["X-Trace"] = "1"

    def look(response: httpx.Response) -> None:
        seen.append(response.status_code)

    own(exchange, "sync", event_hooks={"request": [mark], "response": [look]})

    assert "1" == exchange.requests[0].headers["x-trace"]
    assert [200] == seen


@pytest.mark.parametrize("way", WAYS)
def test_a_redirect_is_not_followed(way: Way) -> None:
    """Even if a client of one's own would follow it, the token stays with its host."""
    away = httpx.Response(302, headers={"Location": "https://other.example/"})
    exchange = Exchange(away)
    with pytest.raises(UnexpectedStatusError, match=r"a redirect to https://other\.example/"):
        own(exchange, way, follow_redirects=True)

    assert 1 == len(exchange.requests)


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        (Mipos, httpx.AsyncClient(), "AsyncClient; Mipos needs an httpx.Client"),
        (AsyncMipos, httpx.Client(), "Client; AsyncMipos needs an httpx.AsyncClient"),
        (Mipos, "http://127.0.0.1", "str; Mipos needs an httpx.Client"),
    ],
)
def test_a_client_of_the_other_kind_is_refused(
    kind: Callable[..., object], given: object, said: str
) -> None:
    """A client that blocks does not take one to await, nor the other way round."""
    with pytest.raises(ConfigurationError, match=f"http_client is of type {said}$"):
        kind(TOKEN, http_client=given)
