"""The document's examples, sent as they stand there, are answered as it shows.

An example of a request goes with the one of its success. An example of a refusal goes with the
request that leads to it: the fields that it names are left out or wrong, or the state is the one
that its message speaks of.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pytest

from mipos_contract import document
from mipos_contract.confinement import URL_FIELDS
from mipos_contract.oracle import expect_success
from mipos_contract.secret import Secret
from mipos_contract.settings import OrderKey
from mipos_contract.suite.recipes import recipe
from mipos_contract.suite.values import good_value
from mipos_contract.target import NO_CREDENTIALS, bearer
from mipos_contract.violation import ContractError

if TYPE_CHECKING:
    from mipos_contract.document import Operation
    from mipos_contract.exchange import Exchange
    from mipos_contract.target import Target


class Example(NamedTuple):
    """An answer that the document shows."""

    operation: Operation
    status: int
    name: str
    value: Any


REQUESTS = [
    (operation, name)
    for operation in document.operations().values()
    for name in operation.examples
    if operation.body.keys() & URL_FIELDS
]
ANSWERS = [
    Example(operation, status, name, value)
    for operation in document.operations().values()
    for status, response in operation.responses.items()
    for name, value in response.examples.items()
]
# What makes a field fail in the way that a message says, where leaving it out does not.
WRONG = {"format is invalid.": "no URL", "is invalid.": "unknown"}


def ids(examples: list[Example]) -> list[str]:
    """Return the names that the examples have in a report."""
    return [f"{each.operation.id}-{each.status}-{each.name}" for each in examples]


def of_status(status: int) -> list[Example]:
    """Return the examples of a status."""
    return [each for each in ANSWERS if each.status == status]


def successes(operation_id: str) -> list[Example]:
    """Return the examples of an operation's success."""
    operation = document.operations()[operation_id]
    return [each for each in of_status(operation.success) if each.operation == operation]


def own_url(target: Target, url: str) -> str:
    """Return the URL as it stands, or below the run's own elsewhere than on the mock."""
    return url if target.is_mock else target.confinement.prefix + url


def expect_example(target: Target, exchange: Exchange, example: Example) -> None:
    """Check that an answer is the example's; a deployment may add fields."""
    if exchange.deviates:
        return
    value: Any = exchange.value if exchange.answer.status == example.status else None
    expected: Any = example.value
    if not target.is_mock and isinstance(value, dict) and isinstance(expected, dict):
        names = cast("dict[str, Any]", expected)
        value = {
            name: each for name, each in cast("dict[str, Any]", value).items() if name in names
        }
    if exchange.answer.status != example.status or value != expected:
        raise ContractError(
            "example",
            f"the documented example {example.name!r} is answered otherwise.",
            f"{example.status} {json.dumps(example.value)}.",
            exchange,
        )


@pytest.mark.writes
@pytest.mark.parametrize(
    ("operation", "name"), REQUESTS, ids=[f"{each.id}-{name}" for each, name in REQUESTS]
)
def test_a_webhook_example_succeeds(target: Target, operation: Operation, name: str) -> None:
    """Each documented request about a webhook gets the documented success."""
    fields = {
        key: own_url(target, value) if key.endswith("url") else value
        for key, value in operation.examples[name].items()
    }
    first = fields.get("current_url", fields["url"] if operation.id == "deleteWebhook" else None)
    try:
        if first:
            expect_success(target.request("createWebhook", url=first), "the URL is new")

        exchange = target.request(operation.id, None, **fields)

        (example,) = successes(operation.id)
        expect_example(target, exchange, example)
    finally:
        # Another example may have the same URL.
        for url in {fields[each] for each in fields.keys() & URL_FIELDS}:
            target.deliver(target.call("deleteWebhook", url=url))


@pytest.mark.mock_only("the example's order is nobody's")
def test_the_order_example_succeeds(target: Target) -> None:
    """The documented order is accepted, once the platform has it."""
    operation = document.operations()["acceptOrder"]
    (name,) = operation.examples
    order = OrderKey(**operation.examples[name])
    # A fresh mock has it waiting.
    target.pending_orders = (*target.pending_orders, order)

    exchange = target.accept_pending(order)

    (example,) = successes(operation.id)
    expect_example(target, exchange, example)


@pytest.mark.parametrize("example", of_status(401), ids=ids(of_status(401)))
def test_a_refused_token_is_answered_as_shown(target: Target, example: Example) -> None:
    """Each operation's 401 is the documented one, word for word."""
    operation = example.operation
    exchange = target.request(operation.id, NO_CREDENTIALS)
    if exchange.answer.status != 422 or target.is_mock:
        expect_example(target, exchange, example)


@pytest.mark.parametrize("example", of_status(422), ids=ids(of_status(422)))
def test_a_refused_field_is_answered_as_shown(target: Target, example: Example) -> None:
    """The fields that the example names, absent or wrong, get the texts that it shows."""
    fields: dict[str, str] = {}
    for name in example.operation.body:
        texts = example.value.get(name, [])
        ends = (end for end in WRONG if texts and texts[0].endswith(end))
        wrong = WRONG.get(next(ends, ""), "")
        # Until a page says it.
        if wrong and not target.is_mock:
            pytest.skip("what a 422 says of a field that is present is an assumption")
        if wrong or not texts:
            fields[name] = wrong or good_value(target, name)

    exchange = target.request(example.operation.id, None, **fields)

    expect_example(target, exchange, example)


@pytest.mark.parametrize("example", of_status(409), ids=ids(of_status(409)))
@pytest.mark.mock_only("these states cannot be brought about from outside")
def test_a_conflict_is_answered_as_shown(target: Target, example: Example) -> None:
    """Each message of the example comes alone, in the documented shape, from its state."""
    for message in example.value["message"]:
        account, fields = recipe(example.operation.id, message)
        credentials = bearer(Secret(f"mock-token-{account}"), f"MOCK_TOKEN_OF_{account.upper()}")

        exchange = target.request(example.operation.id, credentials, **fields)

        alone = example._replace(value={"message": [message], "data": None})
        expect_example(target, exchange, alone)


@pytest.mark.writes
@pytest.mark.parametrize("example", successes("listWebhooks"), ids=ids(successes("listWebhooks")))
def test_a_list_is_answered_as_shown(target: Target, example: Example) -> None:
    """The webhooks of the example, once registered, are listed in its form."""
    urls = [own_url(target, item["url"]) for item in example.value]
    for url in urls:
        expect_success(target.request("createWebhook", url=url), "the URL is new")

    exchange = target.request("listWebhooks")

    expect_success(exchange, "the account is usable")
    listed = [item for item in exchange.value if item["url"] in urls]
    fields = {name for item in listed for name in item}
    has_more_fields = target.is_mock and fields - {"url"}
    if sorted(item["url"] for item in listed) != sorted(urls) or has_more_fields:
        raise ContractError(
            "example",
            f"the documented example {example.name!r} is listed otherwise.",
            f"{json.dumps([{'url': url} for url in urls])}, in any order.",
            exchange,
        )
    for url in urls:
        expect_success(target.request("deleteWebhook", url=url), "it is there")
