"""What the tests of the mock share: building requests, and calling an application directly."""

import asyncio
import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mipos_mock.exchange import Answer
from mipos_mock.operations import OPERATIONS, authenticate, handle
from mipos_mock.state import State

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp, Message

ALPHA = "Bearer mock-token-alpha"
BETA = "Bearer mock-token-beta"
SIGNED_OUT = "Bearer mock-token-signed-out"
DELETED = "Bearer mock-token-deleted"
READ_ONLY = "Bearer mock-token-read-only"

CREATE = "/api/v1/integration/webhook/create"
UPDATE = "/api/v1/integration/webhook/update"
DELETE = "/api/v1/integration/webhook/delete"
LIST = "/api/v1/integration/webhooks"
ACCEPT = "/api/v1/integration/order/accept"

JSON = "application/json"


def run(
    state: State, operation: str, values: Mapping[str, object], authorization: str | None = ALPHA
) -> Answer:
    """Runs an operation of the core on a JSON object."""
    account = authenticate(state, authorization)
    return handle(OPERATIONS[operation], state, account, JSON, json.dumps(values).encode())


def conflict(message: str) -> Answer:
    """The documented 409 with one message."""
    return Answer(409, {"message": [message], "data": None})


@dataclass(frozen=True)
class Reply:
    """One HTTP answer; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - a JSON value can be anything
        """The body as JSON."""
        return json.loads(self.body)


def call(
    app: "ASGIApp",
    method: str,
    path: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Sends one request to an application in this process."""
    sent: list[Message] = []

    async def receive() -> "Message":
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: "Message") -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in (headers or {}).items()
        ],
        "query_string": b"",
    }

    async def exchange() -> None:
        await app(scope, receive, send)

    asyncio.run(exchange())
    start, *rest = sent
    return Reply(
        start["status"],
        {name.decode(): value.decode() for name, value in start["headers"]},
        b"".join(message["body"] for message in rest),
    )


def post(
    app: "ASGIApp", path: str, values: Mapping[str, object], authorization: str = ALPHA
) -> Reply:
    """Posts a JSON object to an application in this process."""
    headers = {"Authorization": authorization, "Content-Type": JSON}
    return call(app, "POST", path, json.dumps(values).encode(), headers)


def fetch(
    base_url: str, method: str, path: str, body: bytes = b"", authorization: str = ALPHA
) -> Reply:
    """Sends one request over HTTP."""
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=10)
    headers = {"Authorization": authorization, "Content-Type": JSON, "Connection": "close"}
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        sent = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, sent, response.read())
    finally:
        connection.close()
