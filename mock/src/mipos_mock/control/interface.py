"""The control interface over ASGI."""

import json
from inspect import isawaitable
from typing import Any, Final
from urllib.parse import quote, unquote

from mipos_mock import __version__
from mipos_mock.access import Access
from mipos_mock.asgi import (
    BODY_MAX,
    ASGIApp,
    Disconnected,
    Headers,
    Receive,
    Scope,
    Send,
    TooLarge,
    header,
    read_body,
    respond,
)
from mipos_mock.body import read_object
from mipos_mock.control import console, events, reference
from mipos_mock.control.arguments import read
from mipos_mock.control.routes import ROUTES, Route
from mipos_mock.exchange import Answer
from mipos_mock.refusal import Refused, shorten
from mipos_mock.sandbox import Sandbox
from mipos_mock.store import StoreError

MARK: Final = (b"x-mipos-mock", b"control")
"""Stands in every answer, so that nobody takes it for one of the platform."""

_JSON: Final = (b"content-type", b"application/json")


def interface(sandbox: Sandbox, access: Access | None = None) -> ASGIApp:
    """Returns the control interface of a sandbox.

    Args:
        sandbox: What it shows and changes.
        access: Who may use it; by default whoever comes to a loopback address.
    """
    guard = access or Access()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"]
        try:
            if await console.serve(scope, send, guard) or await reference.serve(scope, send, guard):
                return
            guard.check(scope["headers"])
            if (method, path) == ("GET", events.PATH):
                await events.serve(sandbox, scope, receive, send)
                return
            answer, extra = await _answer(sandbox, scope, receive)
        except Disconnected:
            return
        except TooLarge:
            answer, extra = _error(413, f"the body has over {BODY_MAX} bytes: send less")
        except Refused as refused:
            answer, extra = _error(refused.status, str(refused))
        except StoreError as error:
            answer, extra = _error(500, str(error))
        content = json.dumps(answer.body, separators=(",", ":")).encode()
        await respond(send, answer.status, content, [_JSON, MARK, *extra])

    return app


async def _answer(sandbox: Sandbox, scope: Scope, receive: Receive) -> tuple[Answer, Headers]:
    method, path = scope["method"], scope["path"]
    body = await read_body(receive)
    parts = _parts(scope)
    found = [(route, match) for route in ROUTES if (match := route.match(parts)) is not None]
    wanted = "GET" if method == "HEAD" else method
    for route, match in found:
        if route.method == wanted:
            values = read(route.arguments, match, scope["query_string"], _body(route, scope, body))
            answer = route.run(sandbox, values)
            return (await answer if isawaitable(answer) else answer), []
    methods = [each for route, _ in found for each in _methods(route)]
    if path == events.PATH:
        methods = ["GET"]
    if methods:
        allow = ", ".join(methods)
        answer, _ = _error(405, f"{method} is not allowed at {shorten(path)}: use {allow}.")
        return answer, [(b"allow", allow.encode())]
    raise Refused(f"Nothing is at {method} {shorten(path)}: {_remedy(path)}.", 404)


def _parts(scope: Scope) -> list[str]:
    """Returns what stands between the slashes of the path, decoded.

    A slash within, such as one in an order's id, is sent as ``%2F``, which only the raw path
    tells from the others.
    """
    raw = scope.get("raw_path")
    path = quote(scope["path"]) if raw is None else raw.decode("latin-1")
    return [unquote(part) for part in path.split("/")]


def _body(route: Route, scope: Scope, body: bytes) -> dict[str, Any]:
    """Returns the values in a body; a POST of another content type than JSON is refused.

    A web page of another origin cannot send ``application/json`` without asking first, and
    is not allowed to when it asks.
    """
    kind = (header(scope["headers"], b"content-type") or "").partition(";")[0].strip().lower()
    if route.method == "POST" and kind != "application/json":
        raise Refused(f"the Content-Type is {shorten(kind)!r}: send application/json")
    if not body:
        return {}
    values = read_object(body, integers=True)
    if values is None:
        raise Refused("the body is no JSON object: send one, {} for nothing")
    return values


def _methods(route: Route) -> tuple[str, ...]:
    return ("GET", "HEAD") if route.method == "GET" else (route.method,)


def _remedy(path: str) -> str:
    if path == "/_mock":
        return "add a slash at its end, use GET /_mock/"
    slashless = path.rstrip("/")
    parts = slashless.split("/")
    if slashless == events.PATH or any(route.match(parts) is not None for route in ROUTES):
        return "leave out the slash at its end"
    return f"GET /_mock/ lists what there is (version {__version__})"


def _error(status: int, text: str) -> tuple[Answer, Headers]:
    return Answer(status, {"error": text}), []
