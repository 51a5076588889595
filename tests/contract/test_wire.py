"""Requests on the wire: one more try where it is safe, never after an answer, bounded answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from mipos_contract import document, wire
from mipos_contract.exchange import Call, Credentials
from mipos_contract.pace import Pace
from mipos_contract.violation import NoAnswerError
from mipos_contract.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mipos_contract.exchange import Exchange

ACCOUNT = Credentials("Bearer hush", "Bearer $X", valid=True)
BASE_URL = "http://target.invalid"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second try come at once."""
    monkeypatch.setattr(wire, "_PAUSE", 0.0)


def call(operation_id: str) -> Call:
    """Return a complete call of an operation."""
    operation = document.operations()[operation_id]
    if operation.content_type is None:
        return Call(operation, ACCOUNT)
    body = json.dumps(dict.fromkeys(operation.required, "x")).encode()
    return Call(operation, ACCOUNT, body, operation.content_type)


def hide(text: str) -> str:
    """Take the token out."""
    return text.replace("hush", "***")


class Server:
    """Answers in memory, after failing in some ways."""

    def __init__(self, *failures: Callable[[httpx.Request], Exception]) -> None:
        self.failures = list(failures)
        self.received = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Fail, or answer with an empty list."""
        self.received += 1
        if self.failures:
            raise self.failures.pop(0)(request)
        return httpx.Response(200, json=[])


def refused(request: httpx.Request) -> Exception:
    """Return the failure of a connection that cannot be made."""
    return httpx.ConnectError("refused", request=request)


def broken(request: httpx.Request) -> Exception:
    """Return the failure of a connection that breaks under a request."""
    return httpx.RemoteProtocolError("Server disconnected", request=request)


def send(server: Callable[[httpx.Request], httpx.Response], operation_id: str) -> Exchange:
    """Send one call to a server in memory."""
    connections = Wire(
        BASE_URL, Pace(None, None), 1.0, trust_env=False, transport=httpx.MockTransport(server)
    )
    return connections.send(call(operation_id), hide)


@pytest.mark.parametrize(
    ("operation_id", "failure"),
    [("createWebhook", refused), ("acceptOrder", refused), ("listWebhooks", broken)],
)
def test_what_cannot_have_had_an_effect_is_sent_again(
    operation_id: str, failure: Callable[[httpx.Request], Exception]
) -> None:
    """Nothing was sent, or it changes nothing."""
    server = Server(failure)

    assert 200 == send(server, operation_id).answer.status
    assert 2 == server.received


def test_there_is_no_third_try() -> None:
    """Twice refused is no answer, and the target counts as gone."""
    server = Server(refused, refused)

    with pytest.raises(NoAnswerError) as caught:
        send(server, "listWebhooks")
    assert 2 == server.received
    assert caught.value.gone


@pytest.mark.parametrize("operation_id", ["createWebhook", "deleteWebhook", "acceptOrder"])
def test_a_change_that_may_have_happened_is_not_sent_again(operation_id: str) -> None:
    """The connection broke after the request went out."""
    server = Server(broken)

    with pytest.raises(NoAnswerError) as caught:
        send(server, operation_id)
    assert 1 == server.received
    assert not caught.value.gone


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_answer_is_never_asked_for_again(status: int) -> None:
    """Whatever it is, it is the target's answer."""
    received = list[int]()

    def answer(_request: httpx.Request) -> httpx.Response:
        received.append(status)
        return httpx.Response(status)

    assert status == send(answer, "listWebhooks").answer.status
    assert [status] == received


def test_tries_are_counted() -> None:
    """Each one is a request, and the second ones are told apart."""
    pace = Pace(None, None)
    server = httpx.MockTransport(Server(refused))
    connections = Wire(BASE_URL, pace, 1.0, trust_env=False, transport=server)

    connections.send(call("listWebhooks"), hide)

    assert (2, 1) == (pace.sent, connections.retried)


def test_a_body_without_end_is_no_answer() -> None:
    """It is cut off where no documented answer could still go on."""

    def endless() -> Iterator[bytes]:
        while True:
            yield b"[" * 1_000_000

    with pytest.raises(NoAnswerError, match="the body has more than 10,000,000 bytes"):
        send(lambda _request: httpx.Response(200, content=endless()), "listWebhooks")


def test_a_body_that_trickles_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece in time does not make the whole one."""
    clock = iter(range(100))
    monkeypatch.setattr("mipos_contract.wire.time.monotonic", lambda: next(clock))

    def trickle() -> Iterator[bytes]:
        while True:
            yield b"["

    with pytest.raises(NoAnswerError, match="the body is not there after 1 seconds"):
        send(lambda _request: httpx.Response(200, content=trickle()), "listWebhooks")


def test_an_error_that_repeats_the_token_is_hidden() -> None:
    """Nor does the text hold what the server said of it."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError(f"bad header {request.headers['authorization']}", request=request)

    with pytest.raises(NoAnswerError) as caught:
        send(fail, "createWebhook")
    assert "Bearer ***" in str(caught.value)
    assert "hush" not in str(caught.value)


def test_a_cookie_is_not_sent_back() -> None:
    """It would sign in the calls that must come without a token."""
    cookies = list[str | None]()

    def answer(request: httpx.Request) -> httpx.Response:
        cookies.append(request.headers.get("cookie"))
        return httpx.Response(200, json=[], headers={"set-cookie": "session=1"})

    transport = httpx.MockTransport(answer)
    connections = Wire(BASE_URL, Pace(None, None), 1.0, trust_env=False, transport=transport)
    for _ in range(2):
        connections.send(call("listWebhooks"), hide)

    assert [None, None] == cookies
