"""The generated client reads what the target answers."""

from __future__ import annotations

from dataclasses import asdict
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING or find_spec("mipos_client"):
    from mipos_client import AuthenticatedClient, models
    from mipos_client.api.orders import accept_order
    from mipos_client.api.webhooks import (
        create_webhook,
        delete_webhook,
        list_webhooks,
        update_webhook,
    )

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mipos_contract.settings import OrderKey
    from mipos_contract.target import Target

pytestmark = pytest.mark.skipif(
    find_spec("mipos_client") is None, reason="the generated client, mipos-client, is not installed"
)


@pytest.fixture
def client(target: Target, request: pytest.FixtureRequest) -> Iterator[AuthenticatedClient]:
    """Return the generated client, with the token of the run's account."""
    if request.session.testsfailed:
        pytest.skip("the client stumbles over what failed before, and explains it less well")
    # Until the deployment does as the document says, and the entry is removed or expires.
    if target.deviated:
        pytest.skip("the client is made for the document, from which this target deviates")
    token = str(target.account.header).removeprefix("Bearer ")
    client = AuthenticatedClient(
        base_url=target.base_url, token=token, httpx_args=target.wire.client_arguments
    )
    with client:
        yield client


def test_the_client_reads_the_list(client: AuthenticatedClient) -> None:
    """The bare array becomes webhooks with a URL each."""
    webhooks = list_webhooks.sync(client=client)

    assert isinstance(webhooks, list)
    assert all(isinstance(webhook, models.Webhook) for webhook in webhooks)


def test_the_client_reads_a_refused_token(client: AuthenticatedClient) -> None:
    """The bare JSON string of a 401 arrives as a text."""
    client.get_httpx_client().headers["Authorization"] = "Bearer mipos-contract-unknown"

    answer = list_webhooks.sync_detailed(client=client)

    assert answer.status_code == 401
    assert answer.parsed == "Unauthorized."


@pytest.mark.writes
def test_the_client_reads_every_answer_of_a_webhooks_life(
    target: Target, client: AuthenticatedClient
) -> None:
    """Created, updated, deleted and both conflicts arrive as their models."""
    url, new = (f"{target.confinement.prefix}client/{name}" for name in ("a", "b"))
    target.touched.setdefault(target.account.account, {}).update({url: None, new: None})
    create = models.CreateWebhookRequest(url=url)
    update = models.UpdateWebhookRequest(current_url=url, new_url=new)
    delete = models.DeleteWebhookRequest(url=new)

    answers = [
        create_webhook.sync(client=client, body=create),
        create_webhook.sync(client=client, body=create),
        update_webhook.sync(client=client, body=update),
        delete_webhook.sync(client=client, body=delete),
        delete_webhook.sync(client=client, body=delete),
    ]

    # Not compared as wholes: a deployment may add fields.
    assert [
        (models.WebhookCreated, "Webhook successfully created"),
        (models.CreateWebhookConflict, ["This webhook already exists"]),
        (models.WebhookUpdated, "Webhook successfully updated"),
        (models.WebhookDeleted, "Webhook successfully removed"),
        (models.DeleteWebhookConflict, ["This webhook does not exist"]),
    ] == [(type(answer), getattr(answer, "message", None)) for answer in answers]


@pytest.mark.writes
def test_the_client_accepts_an_order(client: AuthenticatedClient, pending_order: OrderKey) -> None:
    """An acceptance arrives as its model, with its array of one message."""
    body = models.AcceptOrderRequest(**asdict(pending_order))

    answer = accept_order.sync(client=client, body=body)

    assert isinstance(answer, models.OrderAccepted)
    assert ["Operation completed successfully"] == answer.message
