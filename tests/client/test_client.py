"""Making a client: its options, and what it sends with them."""

import asyncio
import copy
import json
import pickle
from collections.abc import Callable

import httpx
import pytest

from mipos_client import AsyncMipos, ConfigurationError, Mipos, __version__
from tests.client.support import (
    BASE_URL,
    CALLS,
    DOCUMENT,
    KINDS,
    TOKEN,
    WAYS,
    Exchange,
    Way,
    async_client,
    call,
    operations,
    seconds,
    success,
    sync_client,
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("operation", CALLS)
def test_a_call_sends_what_the_document_describes(way: Way, operation: str) -> None:
    """Method, path, content type and body are those of the operation, and the token goes along."""
    exchange = Exchange(success(operation))
    call(way, operation, exchange)
    (request,) = exchange.requests
    described = operations()[operation]
    path = next(path for path, each in DOCUMENT["paths"].items() if described in each.values())
    defaults = {"type": "ORDER"} if operation == "createWebhook" else {}
    content = described.get("requestBody", {}).get("content", {})

    assert {request.method.lower(): described} == DOCUMENT["paths"][path]
    assert BASE_URL + path == str(request.url)
    assert [*content] == request.headers.get_list("content-type")
    assert CALLS[operation][1] | defaults == json.loads(request.content or "{}")
    assert "application/json" == request.headers["accept"]
    assert f"Bearer {TOKEN}" == request.headers["authorization"]


def test_a_client_speaks_to_production_by_itself(network: Exchange) -> None:
    """Without an address the first server of the document is asked, with default time-outs."""
    with Mipos(TOKEN) as mipos:
        mipos.webhooks.list()
    (request,) = network.requests

    assert DOCUMENT["servers"][0]["url"] == f"{request.url.scheme}://{request.url.host}"
    assert [{"connect": 5, "read": 30, "write": 30, "pool": 30}] == seconds(network)
    assert request.headers["user-agent"].startswith(f"mipos-client/{__version__} (httpx ")


def test_an_async_client_speaks_to_production_by_itself(network: Exchange) -> None:
    """The client to await has the same address, time-outs and name of itself."""

    async def run() -> None:
        async with AsyncMipos(TOKEN) as mipos:
            await mipos.webhooks.list()

    asyncio.run(run())
    (request,) = network.requests

    assert DOCUMENT["servers"][0]["url"] == f"{request.url.scheme}://{request.url.host}"
    assert [{"connect": 5, "read": 30, "write": 30, "pool": 30}] == seconds(network)
    assert request.headers["user-agent"].startswith(f"mipos-client/{__version__} (httpx ")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("https://api.example/", "https://api.example"),
        ("https://api.example:8443/mipos//", "https://api.example:8443/mipos"),
        ("HTTPS://API.example", "https://api.example"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://pos.localhost", "http://pos.localhost"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.9.8.7", "http://127.9.8.7"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_an_address_is_used_without_its_last_slash(way: Way, given: str, shown: str) -> None:
    """Any https address will do, and http on this machine; paths are put below it."""
    exchange = Exchange(success("listWebhooks"))
    call(way, "listWebhooks", exchange, base_url=given)

    assert f"{shown}/api/v1/integration/webhooks" == str(exchange.requests[0].url)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("http://api.example", "unencrypted"),
        ("http://127.0.0.1.example", "unencrypted"),
        ("http://localhost.example", "unencrypted"),
        ("http://notlocalhost", "unencrypted"),
        ("http://10.0.0.1", "unencrypted"),
        ("http://0.0.0.0", "unencrypted"),
        ("http://[::2]", "unencrypted"),
        ("https://user@api.example", "user name"),
        ("https://user:secret@api.example", "user name"),
        ("http://localhost@api.example", "user name"),
        ("https://api.example?a=1", "query"),
        ("https://api.example/#a", "fragment"),
        ("ftp://api.example", "no http or https URL"),
        ("api.example", "no http or https URL"),
        ("https://", "no http or https URL"),
        ("", "no http or https URL"),
        ("https://[::1", "is no URL"),
        ("https://api.example:port", "is no URL"),
        (None, "is no URL"),
    ],
)
@pytest.mark.parametrize("kind", [Mipos, AsyncMipos])
def test_an_address_that_cannot_have_the_token_is_refused(
    kind: Callable[..., object], given: str | None, said: str
) -> None:
    """What is no address, would leak the token, or would lose the path is an error at once."""
    with pytest.raises(ConfigurationError, match=said) as caught:
        kind(TOKEN, base_url=given)

    assert isinstance(caught.value, ValueError)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "is empty"),
        ("Bearer abc", "without the scheme"),
        ("bearer abc", "without the scheme"),
        ("secret\n", "strip it"),
        ("sec ret", "blank"),
        ("s\u00e9cret", "beyond ASCII"),
        ("sec\x00ret", "which a bearer token cannot"),
        (None, "is of type NoneType"),
        (b"secret", "is of type bytes"),
    ],
)
@pytest.mark.parametrize("kind", [Mipos, AsyncMipos])
def test_a_token_that_no_header_can_carry_is_refused(
    kind: Callable[..., object], given: object, said: str
) -> None:
    """The error says what is wrong with a token and does not show it."""
    with pytest.raises(ConfigurationError, match=said) as caught:
        kind(given)

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), httpx.Timeout(5, read=0)])
def test_a_time_out_that_is_not_positive_is_refused(timeout: float | httpx.Timeout) -> None:
    """New clients and copies take no time-out in which nothing can happen."""
    with pytest.raises(ConfigurationError, match="not > 0"):
        Mipos(TOKEN, timeout=timeout)
    with pytest.raises(ConfigurationError, match="not > 0"):
        sync_client(Exchange()).with_options(timeout=timeout)


@pytest.mark.parametrize("way", WAYS)
def test_a_time_out_reaches_the_transport(way: Way) -> None:
    """One number holds for every kind of waiting, an `httpx.Timeout` for each its own."""
    exchange = Exchange(*(success("listWebhooks") for _ in range(3)))
    call(way, "listWebhooks", exchange, timeout=7)
    call(way, "listWebhooks", exchange, timeout=httpx.Timeout(1, connect=2, pool=None))
    call(way, "listWebhooks", exchange, timeout=httpx.Timeout(None))

    assert [
        dict.fromkeys(KINDS, 7),
        {"connect": 2, "read": 1, "write": 1, "pool": None},
        dict.fromkeys(KINDS, None),
    ] == seconds(exchange)


def test_a_copy_has_other_options_and_leaves_the_original_as_it_is() -> None:
    """Options that are not given stay, and address, token and hook are shared."""
    exchange = Exchange(*(success("listWebhooks") for _ in range(3)))
    heard = list[object]()
    mipos = sync_client(exchange, timeout=3, hook=heard.append)
    other = mipos.with_options(timeout=4)
    for each in (other, mipos, other.with_options(retries=0)):
        each.webhooks.list()

    assert [dict.fromkeys(KINDS, each) for each in (4, 3, 4)] == seconds(exchange)
    assert [f"Bearer {TOKEN}"] * 3 == [each.headers["authorization"] for each in exchange.requests]
    assert 3 == len(heard)
    assert type(other) is Mipos
    assert repr(mipos) == repr(other)


def test_an_async_copy_has_other_options() -> None:
    """A client to await is copied like the other one."""
    exchange = Exchange(*(success("listWebhooks") for _ in range(2)))
    mipos = async_client(exchange, timeout=3)

    async def run() -> None:
        await mipos.with_options(timeout=4).webhooks.list()
        await mipos.webhooks.list()

    asyncio.run(run())

    assert [dict.fromkeys(KINDS, 4), dict.fromkeys(KINDS, 3)] == seconds(exchange)


@pytest.mark.parametrize("client", [sync_client(Exchange()), async_client(Exchange())])
def test_a_client_shows_its_address_and_hides_its_token(client: Mipos | AsyncMipos) -> None:
    """Neither the client nor what it holds has a text with the token."""
    name = type(client).__name__

    assert f"{name}(Token(***), base_url='{BASE_URL}')" == repr(client) == str(client)
    assert TOKEN not in repr(vars(client))


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize("client", [sync_client(Exchange()), async_client(Exchange())])
def test_a_client_is_neither_copied_nor_pickled(
    client: Mipos | AsyncMipos, way: Callable[[object], object]
) -> None:
    """What would write the token down is refused, and the error says what to do instead."""
    with pytest.raises(TypeError, match="with_options"):
        way(client)
    with pytest.raises(TypeError, match="is not pickled or copied"):
        way(vars(client)["_options"].token)
