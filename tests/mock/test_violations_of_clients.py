"""The documented examples, and what the generated client sends, depart from nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from mipos_client import AuthenticatedClient
from mipos_client.api.orders import accept_order
from mipos_client.api.webhooks import create_webhook, delete_webhook, list_webhooks, update_webhook
from mipos_client.models import (
    AcceptOrderRequest,
    CreateWebhookRequest,
    DeleteWebhookRequest,
    UpdateWebhookRequest,
)
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


def test_generated_client_has_no_violation() -> None:
    """All five operations of the client, against a served stand-in, are as the pages state."""
    watched = Watched(create_app(fresh_state()))
    first, second = "https://pos.example/orders", "https://pos.example/menu"
    with (
        running(watched) as url,
        AuthenticatedClient(base_url=url, token=ALPHA.removeprefix("Bearer ")) as client,
    ):
        statuses = [
            create_webhook.sync_detailed(
                client=client, body=CreateWebhookRequest(url=first)
            ).status_code,
            create_webhook.sync_detailed(
                client=client, body=CreateWebhookRequest(url=second, type_="Menu")
            ).status_code,
            update_webhook.sync_detailed(
                client=client, body=UpdateWebhookRequest(current_url=first, new_url=f"{first}/2")
            ).status_code,
            delete_webhook.sync_detailed(
                client=client, body=DeleteWebhookRequest(url=second)
            ).status_code,
            list_webhooks.sync_detailed(client=client).status_code,
            accept_order.sync_detailed(
                client=client,
                body=AcceptOrderRequest(delivery_id="1", store_id="3", order_external_id=ORDER),
            ).status_code,
        ]

    assert [201, 201, 200, 200, 200, 200] == statuses
    assert len(statuses) == len(watched.seen)
    assert [] == [(path, found) for path, found in watched.seen if found]


def test_client_with_another_prefix_is_told() -> None:
    """A client that is set up with a scheme in lower case is told so by what it really sent."""
    watched = Watched(create_app(fresh_state()))
    with (
        running(watched) as url,
        AuthenticatedClient(
            base_url=url, token=ALPHA.removeprefix("Bearer "), prefix="bearer"
        ) as client,
    ):
        list_webhooks.sync_detailed(client=client)

    assert ["wrong-scheme"] == [each.rule for _, found in watched.seen for each in found]
