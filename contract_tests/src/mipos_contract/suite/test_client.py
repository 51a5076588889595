"""The client says what the document says, and understands what the target answers."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from mipos_contract import document, messages
from mipos_contract.oracle import expect_conflict, expect_success
from mipos_contract.secret import Secret
from mipos_contract.suite.recipes import VALID, recipe
from mipos_contract.suite.test_messages import CONFLICTS
from mipos_contract.target import UNKNOWN_CREDENTIALS, bearer

if TYPE_CHECKING:
    from mipos_contract.client_driver import ClientDriver
    from mipos_contract.settings import OrderKey
    from mipos_contract.target import Target

pytestmark = pytest.mark.skipif(
    find_spec("mipos_client") is None, reason="the generated client, mipos-client, is not installed"
)
WITH_A_BODY = [each for each in document.operations().values() if each.body]


def test_the_client_lists_webhooks(client: ClientDriver) -> None:
    """The bare array becomes webhooks with a URL each."""
    exchange = client.request("listWebhooks")

    expect_success(exchange, "the account is usable")


def test_the_client_understands_a_refused_token(client: ClientDriver) -> None:
    """The bare JSON string of a 401 arrives as the message of its error."""
    exchange = client.request("listWebhooks", UNKNOWN_CREDENTIALS)

    assert 401 == exchange.answer.status


@pytest.mark.writes
def test_the_client_leads_a_webhook_through_its_life(target: Target, client: ClientDriver) -> None:
    """Created, updated, deleted and the conflicts on the way arrive as what they are."""
    url, new = (f"{target.confinement.prefix}client/{name}" for name in ("a", "b"))

    expect_success(client.request("createWebhook", url=url, type="Menu"), "the URL is new")
    exchange = client.request("createWebhook", url=url)
    expect_conflict(exchange, "it was created before", messages.WEBHOOK_EXISTS)
    expect_success(client.request("listWebhooks"), "the account is usable")
    exchange = client.request("updateWebhook", current_url=url, new_url=new)
    expect_success(exchange, "the webhook was created, and the new URL is free")
    expect_success(client.request("deleteWebhook", url=new), "the webhook has this URL now")
    exchange = client.request("deleteWebhook", url=new)
    expect_conflict(exchange, "it was deleted before", messages.WEBHOOK_MISSING)


@pytest.mark.writes
def test_the_client_accepts_an_order(client: ClientDriver, pending_order: OrderKey) -> None:
    """An acceptance arrives with its array of one message."""
    exchange = client.accept(pending_order)

    expect_success(exchange, "the order is pending and was not accepted yet")


@pytest.mark.mock_only("elsewhere it would be a call that is complete")
@pytest.mark.parametrize("operation", WITH_A_BODY, ids=lambda each: each.id)
def test_the_client_understands_a_refused_token_everywhere(
    client: ClientDriver, operation: document.Operation
) -> None:
    """Each operation without a valid token raises the error of a 401."""
    exchange = client.request(operation.id, UNKNOWN_CREDENTIALS, **VALID[operation.id])

    assert 401 == exchange.answer.status


@pytest.mark.mock_only("no page says what fields fail that are there")
@pytest.mark.parametrize("operation", WITH_A_BODY, ids=lambda each: each.id)
@pytest.mark.parametrize("value", ["", "\u00e9"], ids=["empty", "wrong"])
def test_the_client_understands_which_fields_fail(
    client: ClientDriver, operation: document.Operation, value: str
) -> None:
    """A 422 names every field that failed, and its error has the message of each."""
    exchange = client.request(operation.id, None, **dict.fromkeys(operation.body, value))

    assert 422 == exchange.answer.status
    assert operation.body.keys() == exchange.value.keys()


@pytest.mark.mock_only("these states cannot be brought about from outside")
@pytest.mark.parametrize(("operation_id", "message"), CONFLICTS)
def test_the_client_understands_every_conflict(
    client: ClientDriver, operation_id: str, message: str
) -> None:
    """Each documented message of a 409 arrives in its error."""
    account, fields = recipe(operation_id, message)
    credentials = bearer(Secret(f"mock-token-{account}"), f"MOCK_TOKEN_OF_{account.upper()}")

    exchange = client.request(operation_id, credentials, **fields)

    expect_conflict(exchange, f"account {account}, {fields}", message)
