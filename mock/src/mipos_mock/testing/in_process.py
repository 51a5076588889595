"""The platform's API as an ASGI application that any asyncio loop may call."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

from mipos_mock.asgi import ASGIApp, Message, Receive, Scope, Send

Submit = Callable[[Coroutine[Any, Any, list[Message]]], Future[list[Message]]]
"""Runs a coroutine in the loop that the API belongs to."""


def bridge(api: ASGIApp, submit: Submit) -> ASGIApp:
    """Returns an application that reads and answers in its caller's loop.

    Only the API itself runs in the loop that it belongs to. Where a fault ends the connection,
    the application raises `ConnectionResetError`, since there is no connection.

    Args:
        api: The API.
        submit: Runs a coroutine in the loop of the API.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        body = await _read(receive)
        if body is None:
            return
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            raise RuntimeError("the mock's app needs asyncio: run this test on it") from None
        for message in await asyncio.wrap_future(submit(_exchange(api, scope, body))):
            await send(message)

    return app


async def _read(receive: Receive) -> bytes | None:
    """Returns the whole body, None when the client went away."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _exchange(api: ASGIApp, scope: Scope, body: bytes) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    async def send(message: Message) -> None:
        sent.append(message)

    request = {
        "type": "http",
        "method": scope["method"],
        "path": scope["path"],
        "query_string": scope["query_string"],
        "headers": [(name.lower(), value) for name, value in scope["headers"]],
    }
    await api(request, receive, send)
    return sent


async def _live(receive: Receive, send: Send) -> None:
    """Takes part in the life of a caller that begins and ends what it calls."""
    while True:
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
