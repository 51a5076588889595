"""What a caller brings along, a hook or a client of httpx, is neither hidden nor trusted."""

from __future__ import annotations

import httpx
import pytest

from mipos_client import (
    Attempt,
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    Mipos,
    MiposError,
    ResponseDecodeError,
    RetryTransport,
    UnexpectedStatusError,
)

LOCAL = "http://127.0.0.1:8080"
TOKEN = "mock-token-alpha"


def answering(status: int, body: bytes = b"[]") -> httpx.MockTransport:
    """Return a transport that gives one answer to everything."""
    return httpx.MockTransport(lambda _: httpx.Response(status, content=body))


@pytest.mark.parametrize("error", [ValueError, OSError, EOFError, KeyError, httpx.InvalidURL])
def test_what_a_hook_raises_comes_out_as_it_is(error: type[Exception]) -> None:
    """It is not taken for a call without an answer."""

    def hook(_attempt: Attempt) -> None:
        raise error("mine")

    http_client = httpx.Client(transport=answering(200))
    mipos = Mipos(TOKEN, base_url=LOCAL, http_client=http_client, hook=hook)

    with pytest.raises(error, match="mine") as raised:
        mipos.webhooks.list()

    assert not isinstance(raised.value, MiposError)


@pytest.mark.parametrize(
    ("status", "expected"),
    [(401, AuthenticationError), (409, ConflictError), (500, UnexpectedStatusError)],
)
def test_a_client_that_raises_for_statuses_changes_no_class(
    status: int, expected: type[MiposError]
) -> None:
    """An event hook with `raise_for_status` costs the body, and shows no token."""
    http_client = httpx.Client(
        transport=answering(status, b'"Unauthorized."'),
        event_hooks={"response": [httpx.Response.raise_for_status]},
    )

    with pytest.raises(expected) as raised:
        Mipos(TOKEN, base_url=LOCAL, http_client=http_client).webhooks.list()

    assert TOKEN not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize("base_url", [f"{LOCAL}?", f"{LOCAL}#", f"{LOCAL}/?a=b", f"{LOCAL}#c"])
def test_an_address_with_a_query_or_a_fragment_is_refused(base_url: str) -> None:
    """Also with an empty one, which would take the place of the path."""
    with pytest.raises(ConfigurationError, match="query or a fragment"):
        Mipos(TOKEN, base_url=base_url)


@pytest.mark.parametrize(
    ("option", "value"),
    [("timeout", "5"), ("timeout", True), ("timeout", [1]), ("retries", "2"), ("retries", True)],
)
def test_an_option_of_a_wrong_kind_is_named(option: str, value: object) -> None:
    """The message shows the value and what to give instead."""
    with pytest.raises(ConfigurationError, match=rf"^{option} is .*; give "):
        Mipos(TOKEN, base_url=LOCAL, **{option: value})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  what is tested


class Unread(httpx.BaseTransport):
    """Gives one answer to everything, and leaves the request's body alone."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:  # noqa: ARG002  the name that callers may use
        """Answer."""
        return httpx.Response(429)


def test_a_streamed_request_is_not_repeated_once_sent() -> None:
    """A transport that stands alone returns the first answer, and its hook hears of it."""
    heard = list[Attempt]()
    transport = RetryTransport(Unread(), hook=heard.append)

    with httpx.Client(transport=transport) as client:
        answer = client.post(LOCAL, content=iter([b"a", b"b"]))

    assert 429 == answer.status_code
    assert [(1, b"", None)] == [(each.number, each.request.body, each.pause) for each in heard]


def test_an_answer_is_closed_when_the_hook_raises() -> None:
    """Nothing keeps its connection."""
    answers = list[httpx.Response]()

    def handler(_request: httpx.Request) -> httpx.Response:
        answers.append(httpx.Response(200, content=iter([b"[]"])))
        return answers[0]

    def hook(_attempt: Attempt) -> None:
        raise KeyError("mine")

    transport = RetryTransport(httpx.MockTransport(handler), hook=hook)
    with pytest.raises(KeyError, match="mine"):
        transport.handle_request(httpx.Request("GET", LOCAL))

    assert answers[0].is_closed


@pytest.mark.parametrize("url", ["\ud800", b"\xff".decode("utf-8", "surrogateescape")])
def test_an_argument_that_is_no_text_is_refused(url: str) -> None:
    """The message names the operation, and nothing is sent."""
    sent = list[httpx.Request]()
    http_client = httpx.Client(transport=httpx.MockTransport(sent.append))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  never called

    with pytest.raises(ConfigurationError, match="createWebhook: an argument is no JSON"):
        Mipos(TOKEN, base_url=LOCAL, http_client=http_client).webhooks.create(url=url)

    assert [] == sent


def test_an_unreadable_success_leaves_no_context() -> None:
    """Else the bytes that a decoder holds on to would show the token."""
    body = b"\xff" + TOKEN.encode()

    with pytest.raises(ResponseDecodeError) as raised:
        Mipos(
            TOKEN, base_url=LOCAL, http_client=httpx.Client(transport=answering(200, body))
        ).webhooks.list()

    assert b"\xff***" == raised.value.body
    assert raised.value.__context__ is None
