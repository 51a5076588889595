"""Every message of the document, provoked in the mock, arrives as the error of its status."""

import asyncio
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import httpx
import pytest

from mipos_client import (
    AsyncMipos,
    Mipos,
    ResponseError,
    TransportError,
    UnexpectedStatusError,
    ValidationError,
)
from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.client.provoking import ALPHA, ERRORS, MESSAGES, Message, cause, enums, order
from tests.client.support import CALLS, DOCUMENT, WAYS, Way, answers, operations

ORDER = "01f1b8ce-a65d-4876-a72f-8f549f3566b7"
# In the control interface operations have names of Python.
NAMES = {
    "createWebhook": "create_webhook",
    "updateWebhook": "update_webhook",
    "deleteWebhook": "delete_webhook",
    "listWebhooks": "list_webhooks",
    "acceptOrder": "accept_order",
}


DOCUMENTED_ERRORS = [each for each in MESSAGES if not each.field or "required" in each.text]
every_way = pytest.mark.parametrize("way", WAYS)


def named(message: Message) -> str:
    """Return what a test with this message is called."""
    return f"{message.operation}-{message.text.rstrip('.')}"


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    """Serve a mock, whose state no refusal changes, and return its address."""
    with running(create_app(fresh_state())) as base_url:
        yield base_url


def call(way: Way, base_url: str, token: str, operation: str, **changes: object) -> object:
    """Call an operation once, with arguments that can be used but for the changes."""
    name, usable = CALLS[operation]
    arguments = {**usable, **changes}
    if way == "sync":
        with Mipos(token, base_url=base_url, retries=0) as mipos:
            return attrgetter(name)(mipos)(**arguments)

    async def run() -> object:
        async with AsyncMipos(token, base_url=base_url, retries=0) as mipos:
            return await attrgetter(name)(mipos)(**arguments)

    return asyncio.run(run())


def refused(
    way: Way, base_url: str, token: str, operation: str, **changes: object
) -> ResponseError:
    """Return the error of a call."""
    with pytest.raises(ResponseError) as caught:
        call(way, base_url, token, operation, **changes)
    return caught.value


def plant(base_url: str, **fault: object) -> None:
    """Have the mock fail alpha's next call on purpose."""
    body = {"account": "alpha", "times": 1, **fault}
    httpx.post(f"{base_url}/_mock/faults", json=body, trust_env=False).raise_for_status()


def said(error: ResponseError) -> tuple[object, ...]:
    """Return what callers look at."""
    errors = error.errors if isinstance(error, ValidationError) else None
    return type(error), error.operation, error.status, error.messages, errors


def expected(message: Message) -> tuple[object, ...]:
    """Return what callers shall see of a message."""
    errors = {message.field: [message.text]} if message.field else None
    kind = ERRORS[message.status]
    return kind, message.operation, message.status, [message.text], errors


@every_way
@pytest.mark.parametrize("message", MESSAGES, ids=named)
def test_a_message_arrives_in_the_error_of_its_status(
    mock: str, way: Way, message: Message
) -> None:
    """Class, operation, status, the message alone, and the field that it is about."""
    token, changes = cause(message)

    error = refused(way, mock, token, message.operation, **changes)

    assert expected(message) == said(error)
    assert message.text in str(error)


@every_way
@pytest.mark.parametrize("message", DOCUMENTED_ERRORS, ids=named)
def test_a_message_that_comes_on_purpose_arrives_likewise(
    mock: str, way: Way, message: Message
) -> None:
    """A fault of the mock answers a call that would have succeeded or met something else."""
    operation = NAMES[message.operation]
    plant(mock, kind="error", operation=operation, status=message.status, message=message.text)

    error = refused(way, mock, ALPHA, message.operation)

    assert expected(message) == said(error)


@every_way
@pytest.mark.parametrize("operation", [each for each in CALLS if each != "listWebhooks"])
def test_every_field_that_failed_arrives(mock: str, way: Way, operation: str) -> None:
    """Several messages arrive in the order of the answer, each with its field."""
    fields = list(CALLS[operation][1])
    told = {name: [f"The {name.replace('_', ' ')} field is required."] for name in fields}

    error = refused(way, mock, ALPHA, operation, **dict.fromkeys(fields, ""))

    assert [text for (text,) in told.values()] == error.messages
    assert isinstance(error, ValidationError)
    assert told == error.errors


@every_way
def test_the_text_of_each_success_arrives(way: Way) -> None:
    """Created, updated, removed and accepted are said in the words of the document."""
    url, new = "https://pos.example/orders", "https://pos.example/v2"
    with running(create_app(fresh_state())) as base_url:
        answered: list[Any] = [
            call(way, base_url, ALPHA, operation, **changes)
            for operation, changes in (
                ("createWebhook", {"url": url}),
                ("updateWebhook", {"current_url": url, "new_url": new}),
                ("deleteWebhook", {"url": new}),
                ("acceptOrder", order("1", ORDER)),
            )
        ]

    assert [
        "Webhook successfully created",
        "Webhook successfully updated",
        "Webhook successfully removed",
        ["Operation completed successfully"],
    ] == [each.message for each in answered]


@every_way
@pytest.mark.parametrize("operation", CALLS)
def test_a_status_that_is_not_listed_arrives_as_such(mock: str, way: Way, operation: str) -> None:
    """The page of a proxy is an error with the status and the body, without messages."""
    plant(mock, kind="bad-gateway")

    error = refused(way, mock, ALPHA, operation)

    assert (UnexpectedStatusError, operation, 502, [], None) == said(error)
    assert b"<html" in error.body.lower()


@every_way
@pytest.mark.parametrize("operation", CALLS)
def test_a_lost_answer_is_no_answer(mock: str, way: Way, operation: str) -> None:
    """A connection that ends without an answer is told as such."""
    plant(mock, kind="drop")

    with pytest.raises(TransportError) as caught:
        call(way, mock, ALPHA, operation)

    assert operation == caught.value.operation


def test_no_message_of_the_document_is_left_out() -> None:
    """Wherever a text of a refusal stands in the document, it is among those provoked here."""
    schemas: dict[str, Any] = DOCUMENT["components"]["schemas"]
    successes = ("WebhookCreated", "WebhookUpdated", "WebhookDeleted", "OrderAccepted")
    written = {text for name in schemas.keys() - {*successes} for text in enums(schemas[name])}

    assert written == {message.text for message in MESSAGES}
    assert set(ERRORS) == {status for each in CALLS for status in answers(each) if status >= 300}
    assert set(CALLS) == set(operations()) == {message.operation for message in MESSAGES}


def test_what_the_mock_can_answer_on_purpose_is_what_is_planted_here(mock: str) -> None:
    """Its control interface lists the same errors."""
    known = httpx.get(f"{mock}/_mock/faults/kinds", trust_env=False).json()["errors"]

    assert {
        (each["operation"], each["status"], text) for each in known for text in each["messages"]
    } == {(NAMES[each.operation], each.status, each.text) for each in DOCUMENTED_ERRORS}
