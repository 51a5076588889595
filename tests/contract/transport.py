"""Faults below the mock's core: change a request on its way in or an answer on its way out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_mock.asgi import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came in: the end of its path, its headers and body."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way out; `value` is its JSON, unless `raw` says other bytes."""

    status: int
    value: Any
    headers: dict[str, str] = field(default_factory=dict[str, str])
    raw: bytes | None = None


def on_request(app: ASGIApp, change: Callable[[Seen], Seen]) -> ASGIApp:
    """Return the application behind a change of each API request."""

    async def changed(scope: Scope, receive: Receive, send: Send) -> None:
        seen = change(await _read(scope, receive))
        headers = [(name.encode(), value.encode()) for name, value in seen.headers.items()]
        await app({**scope, "headers": headers}, _replay(seen.body), send)

    return _api_only(app, changed)


def on_reply(app: ASGIApp, change: Callable[[Seen, Reply], Reply]) -> ASGIApp:
    """Return the application behind a change of each API answer."""

    async def changed(scope: Scope, receive: Receive, send: Send) -> None:
        seen = await _read(scope, receive)
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await app(scope, _replay(seen.body), keep)
        start, content = messages[0], b"".join(each["body"] for each in messages[1:])
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        value = json.loads(content) if content else None
        reply = change(seen, Reply(start["status"], value, headers))
        await send_reply(reply, send)

    return _api_only(app, changed)


async def send_reply(reply: Reply, send: Send) -> None:
    """Send an answer."""
    sent = json.dumps(reply.value).encode() if reply.raw is None else reply.raw
    headers = {**reply.headers, "content-length": str(len(sent))}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": pairs})
    await send({"type": "http.response.body", "body": sent})


def html(status: int) -> Reply:
    """Return the page of a gateway."""
    return Reply(status, None, {"content-type": "text/html"}, b"<html>Bad Gateway</html>")


def empty(status: int) -> Reply:
    """Return an answer without a body."""
    return Reply(status, None, {}, b"")


def with_status(reply: Reply, status: int) -> Reply:
    """Return the answer under another status."""
    return replace(reply, status=status)


def with_value(reply: Reply, value: object) -> Reply:
    """Return the answer with another body."""
    return replace(reply, value=value)


def with_member(reply: Reply, name: str, value: object) -> Reply:
    """Return the answer with another value for one member of its body."""
    return replace(reply, value={**reply.value, name: value})


def with_authorization(seen: Seen, value: str) -> Seen:
    """Return the request with another `Authorization` header, without one if it is empty."""
    others = {name: each for name, each in seen.headers.items() if name != "authorization"}
    return replace(seen, headers={**others, "authorization": value} if value else others)


def with_fields(seen: Seen, change: Callable[[str], str]) -> Seen:
    """Return the request with each text of its JSON object changed; any other body stays."""
    try:
        fields = json.loads(seen.body)
    except (ValueError, RecursionError):
        return seen
    if not isinstance(fields, dict):
        return seen
    members = cast("dict[str, object]", fields)
    changed = {
        name: change(value) if isinstance(value, str) else value for name, value in members.items()
    }
    return replace(seen, body=json.dumps(changed).encode())


def counted(app: ASGIApp, tally: Callable[[bytes], object]) -> ASGIApp:
    """Return the application with a tally that gets `.` at each API request.

    It gets `!` where the application raises an error, which a fault never means to do.
    """

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        tally(b".")
        try:
            await app(scope, receive, send)
        except Exception:
            tally(b"!")
            raise

    return _api_only(app, counting)


def _api_only(app: ASGIApp, changed: ASGIApp) -> ASGIApp:
    async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
        await (app if scope["path"].startswith("/_mock/") else changed)(scope, receive, send)

    return chosen


async def _read(scope: Scope, receive: Receive) -> Seen:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Seen(scope["path"].rpartition("/")[2], headers, body)


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
