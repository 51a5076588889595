"""What happens, as it happens: server-sent events."""

import asyncio
import json
from typing import Final

from mipos_mock import accounts
from mipos_mock.asgi import Receive, Scope, Send, header
from mipos_mock.control import views
from mipos_mock.control.arguments import Argument, read
from mipos_mock.journal import Entry
from mipos_mock.sandbox import Sandbox

PATH: Final = "/_mock/events"
"""Where they are."""

SUMMARY: Final = "what happens, as it happens (server-sent events)"
"""What they are for, in one line."""

PING: Final = 15.0
"""Seconds of silence after which a comment is sent."""

_HEADERS: Final = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-mipos-mock", b"control"),
]
_LAST: Final = Argument(
    "Last-Event-ID", "as after, and before it; a browser sends it by itself", "integer", "header"
)
ARGUMENTS: Final = (
    Argument("account", "name of an account; by default all", place="query"),
    Argument("after", "first those with a higher number", "integer", "query"),
    _LAST,
)


async def serve(sandbox: Sandbox, scope: Scope, receive: Receive, send: Send) -> None:
    """Sends each entry of the journal as an event until the client goes away.

    With ``after``, or the header ``Last-Event-ID`` of a client that comes again, those that it
    has missed come first. The answer also ends once a client is so far behind that entries are
    lost to it: coming again, it gets those that are still there.

    Raises:
        Refused: A value is none that there can be.
    """
    values = read(ARGUMENTS, {}, scope["query_string"], {})
    last = header(scope["headers"], b"last-event-id")
    if last is not None:
        values.update(after=_LAST.check(last))
    name, after = values["account"], values["after"]
    if name is not None:
        accounts.find(sandbox.state, name)
    gone = asyncio.ensure_future(_gone(receive))

    async def tell(entry: Entry) -> None:
        if name in {None, entry.account}:
            await _send(send, _event(views.entry(entry)))

    try:
        with sandbox.journal.watch() as queue:
            newest = sandbox.journal.last
            missed = [each for each in sandbox.journal if after is not None and each.id > after]
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await _send(send, ": open\n\n")
            for entry in missed:
                await tell(entry)
            while not gone.done():
                new = await _next(queue, gone)
                if new is None:
                    await _send(send, ": ping\n\n")
                elif new.id == newest + 1:
                    newest = new.id
                    await tell(new)
                else:
                    break
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()


async def _next(queue: "asyncio.Queue[Entry]", gone: "asyncio.Future[None]") -> Entry | None:
    """Returns the next entry, None when the client is gone or nothing happens for a while."""
    getting = asyncio.ensure_future(queue.get())
    try:
        await asyncio.wait((getting, gone), timeout=PING, return_when=asyncio.FIRST_COMPLETED)
        return getting.result() if getting.done() else None
    finally:
        getting.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _event(view: views.View) -> str:
    return f"id: {view['id']}\ndata: {json.dumps(view, separators=(',', ':'))}\n\n"
