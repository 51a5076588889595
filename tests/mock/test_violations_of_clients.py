"""The documented examples, and what the client sends, depart from nothing."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import yaml

from mipos_client import AsyncMipos, AuthenticationError, Mipos
from mipos_mock.app import create_app
from mipos_mock.operations import OPERATIONS
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from mipos_mock.violations import Violation, find
from tests.mock.support import ALPHA

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp, Message, Receive, Scope, Send

DOCUMENT = Path(__file__).parents[2] / "openapi.yaml"
AT = {(each.method, each.path): each for each in OPERATIONS.values()}
TOKEN = ALPHA.removeprefix("Bearer ")
ORDER = "01f1b8ce-a65d-4876-a72f-8f549f3566b7"


def documented_calls() -> Iterator[Any]:
    """Method, path, content type and body of every example of a request in the document."""
    document: Any = yaml.safe_load(DOCUMENT.read_text("utf-8"))
    for path, item in document["paths"].items():
        for method, operation in item.items():
            content: Any = operation.get("requestBody", {"content": {"": {}}})["content"]
            for kind, media in content.items():
                for name, example in media.get("examples", {"none": None}).items():
                    body = json.dumps(example["value"]).encode() if example else b""
                    yield pytest.param(
                        method.upper(), path, kind, body, id=f"{operation['operationId']}-{name}"
                    )


@pytest.mark.parametrize(("method", "path", "kind", "body"), list(documented_calls()))
def test_documented_examples_have_no_violation(
    method: str, path: str, kind: str, body: bytes
) -> None:
    """Every example of a request in the document is as the pages state."""
    headers = [(b"authorization", ALPHA.encode())]
    if kind:
        headers.append((b"content-type", kind.encode()))

    assert [] == find(method, path, b"", headers, body, AT[method, path])


class Watched:
    """An application that looks for violations in what another one is sent."""

    def __init__(self, app: "ASGIApp") -> None:
        """Watches an application."""
        self.app = app
        self.seen: list[tuple[str, list[Violation]]] = []

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Passes a request on, and looks at it once it was answered."""
        body = bytearray()

        async def listen() -> "Message":
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        await self.app(scope, listen, send)
        method, path = scope["method"], scope["path"]
        violations = find(
            method,
            path,
            scope["query_string"],
            scope["headers"],
            bytes(body),
            AT.get((method, path)),
        )
        self.seen.append((path, violations))


def test_the_client_has_no_violation() -> None:
    """All five operations of the client, against a served stand-in, are as the pages state."""
    watched = Watched(create_app(fresh_state()))
    first, second = "https://pos.example/orders", "https://pos.example/menu"
    with running(watched) as url, Mipos(TOKEN, base_url=url) as mipos:
        mipos.webhooks.create(url=first)
        mipos.webhooks.create(url=second, type="Menu")
        mipos.webhooks.update(current_url=first, new_url=f"{first}/2")
        mipos.webhooks.delete(url=second)
        mipos.webhooks.list()
        mipos.orders.accept(delivery_id="1", store_id="3", order_external_id=ORDER)

    assert 6 == len(watched.seen)
    assert [] == [(path, found) for path, found in watched.seen if found]


def test_the_client_that_is_awaited_has_no_violation() -> None:
    """The same of the other client."""
    watched = Watched(create_app(fresh_state()))
    first, second = "https://pos.example/orders", "https://pos.example/menu"

    async def use(url: str) -> None:
        async with AsyncMipos(TOKEN, base_url=url) as mipos:
            await mipos.webhooks.create(url=first)
            await mipos.webhooks.create(url=second, type="Menu")
            await mipos.webhooks.update(current_url=first, new_url=f"{first}/2")
            await mipos.webhooks.delete(url=second)
            await mipos.webhooks.list()
            await mipos.orders.accept(delivery_id="1", store_id="3", order_external_id=ORDER)

    with running(watched) as url:
        asyncio.run(use(url))

    assert 6 == len(watched.seen)
    assert [] == [(path, found) for path, found in watched.seen if found]


def test_a_client_that_spells_the_scheme_otherwise_is_told() -> None:
    """What a client of one's own makes of a request is looked at as it was really sent."""
    watched = Watched(create_app(fresh_state()))

    def misspell(request: httpx.Request) -> None:
        request.headers["Authorization"] = f"bearer {TOKEN}"

    hooks = {"request": [misspell]}
    with (
        running(watched) as url,
        httpx.Client(event_hooks=hooks, trust_env=False) as http_client,
        pytest.raises(AuthenticationError),
    ):
        Mipos(TOKEN, base_url=url, http_client=http_client).webhooks.list()

    assert ["wrong-scheme"] == [each.rule for _, found in watched.seen for each in found]
