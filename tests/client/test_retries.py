"""Which calls are repeated, after what, and how often."""

import ssl
from collections.abc import Callable
from typing import Self

import httpx
import pytest

from mipos_client import (
    ConfigurationError,
    ConflictError,
    Mipos,
    MiposError,
    ResponseDecodeError,
    Retries,
    TransportError,
    UnexpectedStatusError,
)
from mipos_client.types import DEFAULT_RETRIES
from tests.client.support import CALLS, TOKEN, WAYS, Exchange, Way, call, success, sync_client

NOTHING_SENT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError]
PERHAPS_DONE = [
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.RemoteProtocolError,
]
NEVER_REPEATED = [httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.DecodingError]

pytestmark = pytest.mark.usefixtures("clock")


def is_repeated(
    way: Way, operation: str, first: httpx.Response | Exception, retries: int | Retries = 1
) -> bool:
    """Return whether a call is repeated after what comes first, and see that it then succeeds."""
    exchange = Exchange(first, success(operation))
    try:
        call(way, operation, exchange, retries=retries)
    except MiposError:
        assert 1 == len(exchange.requests)
        return False
    assert 2 == len(exchange.requests)
    return True


def called(function: Callable[..., object], **arguments: object) -> object:
    """Call a function as one does without a type checker."""
    return function(**arguments)


def test_a_call_is_repeated_twice_within_a_minute_by_default() -> None:
    """What holds without any option is what the documentation says."""
    exchange = Exchange(*(httpx.Response(503) for _ in range(3)))
    with pytest.raises(UnexpectedStatusError):
        sync_client(exchange).webhooks.list()

    assert 3 == len(exchange.requests)
    assert Retries() == DEFAULT_RETRIES
    assert Retries(limit=2, backoff=0.5, backoff_limit=8, budget=60, unsafe=False) == Retries()


@pytest.mark.parametrize("name", ["limit", "backoff", "backoff_limit", "budget"])
@pytest.mark.parametrize("value", [-1, -0.1, float("nan")])
def test_a_negative_number_is_refused(name: str, value: float) -> None:
    """The error names the option, and is a `ValueError` too."""
    with pytest.raises(ConfigurationError, match=f"^retries: {name} is {value}") as caught:
        called(Retries, **{name: value})

    assert isinstance(caught.value, ValueError)


def test_a_budget_of_nothing_is_refused() -> None:
    """Nothing but the budget must be more than 0."""
    with pytest.raises(ConfigurationError, match="budget"):
        Retries(budget=0)

    assert 0 == Retries(limit=0, backoff=0, backoff_limit=0).limit


def test_a_negative_number_of_repetitions_is_refused_by_clients() -> None:
    """New clients and copies say so at once."""
    with pytest.raises(ConfigurationError, match="limit is -1"):
        Mipos(TOKEN, retries=-1)
    with pytest.raises(ConfigurationError, match="limit is -1"):
        sync_client(Exchange()).with_options(retries=-1)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("error", NOTHING_SENT)
def test_every_call_is_repeated_if_nothing_was_sent(
    way: Way, operation: str, error: type[Exception]
) -> None:
    """Without a connection nothing can have been done."""
    assert is_repeated(way, operation, error("no way"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("error", PERHAPS_DONE)
def test_only_a_list_is_repeated_if_the_connection_broke(
    way: Way, operation: str, error: type[Exception]
) -> None:
    """What may have taken effect is not done a second time, unless one wants it."""
    assert is_repeated(way, operation, error("broken")) == (operation == "listWebhooks")
    assert is_repeated(way, operation, error("broken"), Retries(unsafe=True))


@pytest.mark.parametrize("operation", ["createWebhook", "listWebhooks"])
@pytest.mark.parametrize("error", NEVER_REPEATED)
def test_what_would_fail_again_is_not_repeated(operation: str, error: type[Exception]) -> None:
    """A request that cannot be sent, or an answer that cannot be read, stays so."""
    assert not is_repeated("sync", operation, error("hopeless"), Retries(unsafe=True))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("operation", ["createWebhook", "listWebhooks"])
def test_a_certificate_that_is_not_trusted_is_not_tried_again(way: Way, operation: str) -> None:
    """It is found however deep it lies below the error of the connection."""
    error = httpx.ConnectError("unknown authority")
    error.__context__ = OSError("handshake")
    error.__context__.__cause__ = ssl.SSLCertVerificationError("unknown authority")

    assert not is_repeated(way, operation, error, Retries(unsafe=True))


def test_a_handshake_that_broke_is_tried_again() -> None:
    """Of TLS only the certificate stays what it is."""
    error = httpx.ConnectError("broken off")
    error.__cause__ = ssl.SSLError("broken off")

    assert is_repeated("sync", "createWebhook", error)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("operation", CALLS)
def test_every_call_is_repeated_if_there_were_too_many(way: Way, operation: str) -> None:
    """A 429 says that nothing was done."""
    assert is_repeated(way, operation, httpx.Response(429))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("status", [502, 503, 504])
def test_only_a_list_is_repeated_if_a_gateway_fails(way: Way, operation: str, status: int) -> None:
    """What is behind the gateway may have done what was asked, unless one accepts that."""
    assert is_repeated(way, operation, httpx.Response(status)) == (operation == "listWebhooks")
    assert is_repeated(way, operation, httpx.Response(status), Retries(unsafe=True))


@pytest.mark.parametrize("status", [302, 400, 401, 404, 408, 409, 422, 425, 500, 501, 505, 520])
@pytest.mark.parametrize("operation", ["createWebhook", "listWebhooks"])
def test_another_status_is_final(operation: str, status: int) -> None:
    """Nothing else is repeated, even if one accepts that calls are done twice."""
    assert not is_repeated("sync", operation, httpx.Response(status), Retries(unsafe=True))


class Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks off."""

    def __iter__(self) -> Self:
        """Return the body."""
        return self

    def __next__(self) -> bytes:
        """Break off.

        Raises:
            httpx.ReadError: Always.
        """
        raise httpx.ReadError("cut")

    def __aiter__(self) -> Self:
        """Return the body."""
        return self

    async def __anext__(self) -> bytes:
        """Break off."""
        return next(self)


@pytest.mark.parametrize("way", WAYS)
def test_a_success_that_broke_off_is_read_again_if_that_is_safe(way: Way) -> None:
    """A list can be fetched once more; what was created has been."""
    assert is_repeated(way, "listWebhooks", httpx.Response(200, stream=Broken()))
    with pytest.raises(ResponseDecodeError, match=r"the body broke off \(cut\)"):
        call(way, "createWebhook", Exchange(httpx.Response(201, stream=Broken())))


def test_a_refusal_that_broke_off_is_final() -> None:
    """The status has said it all."""
    with pytest.raises(ConflictError, match=r"the body broke off \(cut\)"):
        call("sync", "listWebhooks", Exchange(httpx.Response(409, stream=Broken())))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("limit", [0, 1, 3])
def test_a_call_is_repeated_as_often_as_one_wants(way: Way, limit: int) -> None:
    """The last answer is what the call fails with."""
    exchange = Exchange(*(httpx.Response(503, text=str(each)) for each in range(limit + 1)))
    with pytest.raises(UnexpectedStatusError, match=f"503: .*: {limit} "):
        call(way, "listWebhooks", exchange, retries=limit)

    assert limit + 1 == len(exchange.requests)


@pytest.mark.parametrize("way", WAYS)
def test_the_last_error_is_what_a_call_fails_with(way: Way) -> None:
    """Where no try had an answer, the error of the last one is the cause."""
    last = httpx.ConnectError("second")
    with pytest.raises(TransportError, match=r"nothing was sent \(second\)") as caught:
        call(way, "createWebhook", Exchange(httpx.ConnectError("first"), last), retries=1)

    assert last is caught.value.__cause__
