"""The little of ASGI that the stand-in needs: types, reading a body, sending an answer."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

BODY_MAX: Final = 1024 * 1024
"""Bytes that the body of a request may have."""

ABORT: Final = "mipos_mock.abort"
"""The ASGI extension whose ``end``, a function without arguments, ends the connection at once."""


class Disconnected(Exception):  # noqa: N818 - nobody is left to whom it would be an error
    """The client went away before its request was complete."""


class TooLarge(Exception):  # noqa: N818 - the client's mistake, answered as such
    """The body has more than ``BODY_MAX`` bytes."""


async def read_body(receive: Receive) -> bytes:
    """Returns the whole body of a request.

    Raises:
        Disconnected: The client went away.
        TooLarge: There is too much of it.
    """
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Disconnected
    body: bytes = message.get("body", b"")
    if len(body) > BODY_MAX:
        raise TooLarge
    if not message.get("more_body"):
        return body
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > BODY_MAX:
            raise TooLarge
    return b"".join(parts)


def header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str | None:
    """Returns the first value of a header, None without one.

    Args:
        headers: Names in lower case, and values.
        name: In lower case.
    """
    for key, value in headers:
        if key == name:
            return value.decode("latin-1")
    return None


async def respond(send: Send, status: int, body: bytes, headers: Headers) -> None:
    """Sends a whole answer.

    Args:
        send: Where to.
        status: The HTTP status.
        body: The body.
        headers: All but the length.
    """
    length = (b"content-length", b"%d" % len(body))
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
