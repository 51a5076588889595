"""A POS for the tests of the plugin, as small as can be, in each form that it may have."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx

from mipos_mock.asgi import read_body
from tests.mock.support import ACCEPT, LIST

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mipos_mock.asgi import Message, Receive, Scope, Send
    from mipos_mock.testing import MiposMock, Try
    from tests.mock.receiver import Connection, Received, Script

ORIGIN = "http://pos.test"
HOOK = f"{ORIGIN}/orders"


def acceptance(pushed: bytes) -> dict[str, str]:
    """What a POS posts to accept what it was pushed."""
    order = json.loads(pushed)
    return {
        "delivery_id": str(order["delivery_id"]),
        "store_id": order["store_id"],
        "order_external_id": order["external_id"],
    }


def bearer(mock: MiposMock) -> dict[str, str]:
    """The header that speaks for a mock's account."""
    return {"Authorization": f"Bearer {mock.token}"}


def client(mock: MiposMock) -> httpx.AsyncClient:
    """A client of the platform that opens no socket."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(mock.app), base_url="http://mipos", headers=bearer(mock)
    )


def post(mock: MiposMock, path: str, values: object) -> httpx.Response:
    """Posts to the platform over a socket."""
    return httpx.post(f"{mock.base_url}{path}", json=values, headers=bearer(mock))


class Pos:
    """An ASGI application.

    Attributes:
        pushed: The bodies that came, as far as they came.
        scopes: The scopes of the requests that brought them.
        loops: The event loops in which they came.
    """

    def __init__(self, on_push: Callable[[bytes], Awaitable[object]] | None = None) -> None:
        """Answers 200, after it has done something with what it was pushed."""
        self.pushed: list[bytes] = []
        self.scopes: list[Scope] = []
        self.loops: list[asyncio.AbstractEventLoop] = []
        self._on_push = on_push

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a push; it knows nothing of ASGI's lifespan."""
        assert scope["type"] == "http"
        self.scopes.append(scope)
        self.loops.append(asyncio.get_running_loop())
        body = await read_body(receive)
        self.pushed.append(body)
        if self._on_push is not None:
            await self._on_push(body)
        await answer(send)


async def answer(send: Send, status: int = 200, body: bytes = b'{"message":"stored"}') -> None:
    """Sends a whole answer."""
    start: Message = {"type": "http.response.start", "status": status, "headers": []}
    await send(start)
    await send({"type": "http.response.body", "body": body})


def accepting(mock: MiposMock) -> Pos:
    """A POS in this process that accepts each order before it answers the push."""

    async def accept(body: bytes) -> None:
        async with client(mock) as api:
            await api.post(ACCEPT, json=acceptance(body))

    return Pos(accept)


def accepting_script(mock: MiposMock) -> Script:
    """What a POS behind a socket does that accepts each order before it answers the push."""

    def script(connection: Connection, received: Received) -> None:
        post(mock, ACCEPT, acceptance(received.body))
        connection.answer()

    return script


def environ_of(seen: list[dict[str, Any]]) -> Callable[..., list[bytes]]:
    """A WSGI application that answers 200 and keeps what it is called with."""

    def app(environ: dict[str, Any], start_response: Callable[..., object]) -> list[bytes]:
        seen.append({**environ, "body": environ["wsgi.input"].read()})
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"message":', b'"stored"}']

    return app


def list_webhooks(mock: MiposMock) -> httpx.Response:
    """Lists the webhooks over a socket."""
    return httpx.get(f"{mock.base_url}{LIST}", headers=bearer(mock))


def first_try(mock: MiposMock, app: Callable[..., Any], *, wsgi: bool = False) -> Try:
    """The first try of a push to an application."""
    if wsgi:
        mock.mount_wsgi(ORIGIN, app)
    else:
        mock.mount(ORIGIN, app)
    mock.add_webhook(HOOK)
    mock.place_order()
    mock.advance(1)  # returns when the push waits for its next try, or has ended
    return mock.pushes[0].tries[0]
