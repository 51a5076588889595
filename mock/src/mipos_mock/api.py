"""The platform's API over ASGI: from a request to the core, and back with what went wrong."""

import asyncio
import json
from collections.abc import Mapping
from time import perf_counter
from typing import Final, NamedTuple

from mipos_mock import faults, journal, violations
from mipos_mock.asgi import (
    ABORT,
    BODY_MAX,
    Disconnected,
    Headers,
    Receive,
    Scope,
    Send,
    TooLarge,
    read_body,
    respond,
)
from mipos_mock.operations import Operation, authenticate, handle
from mipos_mock.refusal import shorten
from mipos_mock.sandbox import Sandbox
from mipos_mock.state import Account, Fault
from mipos_mock.store import StoreError

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))
_JSON: Final = [(b"content-type", b"application/json")]
_HTML: Final = [(b"content-type", b"text/html")]
_OF_BODIES: Final = (b"content-length", b"transfer-encoding")
_BAD_GATEWAY: Final = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
    b"<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


class _Reply(NamedTuple):
    """What goes back: without a status, the connection ends instead."""

    status: int | None
    content: bytes
    headers: Headers
    struck: tuple[str, ...] = ()


class Api:
    """Answers requests to the platform's API, and notes each in the journal."""

    def __init__(self, sandbox: Sandbox, operations: Mapping[str, Operation]) -> None:
        """Serves operations over a sandbox."""
        self._sandbox = sandbox
        self._operations = operations
        self._routes = {
            (method, each.path): each
            for each in operations.values()
            for method in ((each.method, "HEAD") if each.method == "GET" else (each.method,))
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        start = perf_counter()
        method, path, headers = scope["method"], scope["path"], scope["headers"]
        authorization, content_type, has_body = _skim(headers)
        account = authenticate(self._sandbox.state, authorization)
        operation = self._routes.get((method, path))
        body = b""
        try:
            if has_body or method != "GET":
                body = await read_body(receive)
        except Disconnected:
            return
        except TooLarge:
            reply = _told(413, f"The body has over {BODY_MAX} bytes: send less.")
        else:
            if operation is None:
                reply = self._unrouted(method, path)
            elif self._sandbox.state.faults and account is not None:
                reply = await self._strike(operation, account, content_type, body)
            else:
                reply = self._reply(operation, account, content_type, body)
        call = journal.Call(
            method,
            path,
            scope["query_string"],
            headers,
            body[: journal.BODY_MAX],
            operation.name if operation else None,
            reply.status,
            reply.content[: journal.BODY_MAX],
            (perf_counter() - start) * 1000,
            reply.struck,
        )
        if len(body) > journal.BODY_MAX:  # what is wrong with it could not be seen later
            call.violations = violations.find(method, path, call.query, headers, body, operation)
        self._sandbox.journal.add(account.name if account else None, call)
        if reply.status is None:
            _abort(scope)
        else:
            await respond(send, reply.status, reply.content, reply.headers)

    def _reply(
        self, operation: Operation, account: Account | None, content_type: str | None, body: bytes
    ) -> _Reply:
        """Does what is asked for, and keeps it before it is answered."""
        # It may be gone since the request began, and its token speaks for nobody then.
        if account is not None and self._sandbox.state.accounts.get(account.name) is not account:
            account = None
        answer = handle(operation, self._sandbox.state, account, content_type, body)
        return self._kept(_Reply(answer.status, _encoded(answer.body), _JSON))

    def _kept(self, reply: _Reply) -> _Reply:
        try:
            self._sandbox.commit()
        except StoreError as error:
            return _told(500, str(error))
        return reply

    async def _strike(
        self, operation: Operation, account: Account, content_type: str | None, body: bytes
    ) -> _Reply:
        """Lets the account's faults strike; where none decides the answer, it is as always."""
        struck = faults.take(self._sandbox.state, account.name, "call", operation.name)
        kinds = tuple(fault.kind for fault in struck)
        for fault in struck:
            if fault.kind == "latency":
                await asyncio.sleep(fault.seconds or 0)
        for fault in struck:
            if fault.kind != "latency":
                reply = self._kept(_of_fault(fault, operation))
                break
        else:
            reply = self._reply(operation, account, content_type, body)
        return reply._replace(struck=kinds)

    def _unrouted(self, method: str, path: str) -> _Reply:
        """Answers a path that is not there (404) or has another method (405, with ``Allow``).

        The JSON shape is what the framework that the pages point to sends to a client that asks
        for JSON; that every client gets it, and the text, are assumptions.
        """
        methods = [each for each, at in self._routes if at == path]
        if methods:
            allow = ", ".join(methods)
            text = f"{method} is not allowed at {path}: use {allow}."
            return _told(405, text, [(b"allow", allow.encode())])
        slashless = path.rstrip("/")
        known = [f"{each.method} {each.path}" for each in self._operations.values()]
        near = [each for each in known if each.endswith(f" {slashless}")]
        remedy = (
            f"leave out the slash at its end, use {near[0]}"
            if near
            else f"there are {', '.join(known)}"
        )
        return _told(404, f"Nothing is at {method} {shorten(path)}: {remedy}.")


def _told(status: int, text: str, headers: Headers | None = None) -> _Reply:
    return _Reply(status, _encoded({"message": text}), [*_JSON, *(headers or [])])


def _of_fault(fault: Fault, operation: Operation) -> _Reply:
    if fault.kind == "error":
        answer = faults.answer(fault, operation)
        return _Reply(answer.status, _encoded(answer.body), _JSON)
    if fault.kind == "drop":
        return _Reply(None, b"", [])
    return _Reply(502, _BAD_GATEWAY, _HTML)


def _skim(headers: Headers) -> tuple[str | None, str | None, bool]:
    """Returns the first ``Authorization`` and ``Content-Type``, and whether a body follows."""
    authorization = content_type = None
    has_body = False
    for name, value in headers:
        if name == b"authorization" and authorization is None:
            authorization = value.decode("latin-1")
        elif name == b"content-type" and content_type is None:
            content_type = value.decode("latin-1")
        elif name in _OF_BODIES:
            has_body = True
    return authorization, content_type, has_body


def _encoded(value: object) -> bytes:
    return _ENCODER.encode(value).encode()


def _abort(scope: Scope) -> None:
    """Ends the connection without an answer.

    Raises:
        ConnectionResetError: There is no connection: the application is called in process.
    """
    extension = scope.get("extensions", {}).get(ABORT)
    if extension is None:
        raise ConnectionResetError("the connection was ended on purpose, by a fault of kind drop")
    extension["end"]()
