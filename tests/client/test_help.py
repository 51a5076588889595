"""What `help` says of a call: all that the document says, and an example that runs."""

import ast
import asyncio
import doctest
import inspect
import pydoc
import re
from collections.abc import Callable
from typing import Any

import pytest

from mipos_client import AsyncMipos, Mipos
from mipos_client.api.orders import AsyncOrders, Orders
from mipos_client.api.webhooks import AsyncWebhooks, Webhooks
from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.client.support import CALLS, answers, operations, resolved, texts

CLASSES = {401: "AuthenticationError", 409: "ConflictError", 422: "ValidationError"}
ALPHA = "mock-token-alpha"


def method(operation: str, *, awaited: bool = False) -> Callable[..., object]:
    """Return the method that calls an operation."""
    tag, _, name = CALLS[operation][0].partition(".")
    pairs = {"webhooks": (Webhooks, AsyncWebhooks), "orders": (Orders, AsyncOrders)}
    found: Callable[..., object] = getattr(pairs[tag][awaited], name)
    return found


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("awaited", [False, True])
def test_help_says_what_the_document_says(operation: str, *, awaited: bool) -> None:
    """A method's help has each argument, status and documented text, and what it returns."""
    described = operations()[operation]
    listed = answers(operation)
    text = pydoc.plain(pydoc.render_doc(method(operation, awaited=awaited)))
    said = " ".join(text.split())

    assert f"{described['summary']}." in said
    assert " ".join(str(described["description"]).split()) in said
    for status, answer in listed.items():
        assert " ".join(str(answer["description"]).split()) in said
        if status >= 300:
            assert f"{CLASSES[status]}: The status is {status}. {answer['description']}" in said
            for each, assumed in texts(answer["content"]):
                assert (f'"{each}"' in said) is not assumed
    assert {CLASSES[status] for status in listed if status >= 300} | {"MiposError"} == {
        *re.findall(r"(\w+Error):", said)
    }
    for name, property_ in properties(operation).items():
        if "type" != name:
            assert f" {name}: {str(property_['description']).removesuffix('.')}." in said
        assert f" {name}: " in said


def properties(operation: str) -> dict[str, dict[str, Any]]:
    """Return the properties of an operation's body."""
    found: dict[str, dict[str, Any]] = schema(operation).get("properties", {})
    return found


def schema(operation: str) -> dict[str, Any]:
    """Return the schema of an operation's body."""
    contents = operations()[operation].get("requestBody", {}).get("content", {"": {"schema": {}}})
    (content,) = contents.values()
    return resolved(content["schema"])


@pytest.mark.parametrize("operation", CALLS)
def test_a_method_takes_the_properties_of_its_body(operation: str) -> None:
    """Arguments have their names, are given by name, and may be left out if not required."""
    signature = inspect.signature(method(operation))
    arguments = [each for each in signature.parameters.values() if each.name != "self"]

    assert [*properties(operation)] == [each.name for each in arguments]
    assert all(each.kind is each.KEYWORD_ONLY for each in arguments)
    for each in arguments:
        property_ = properties(operation)[each.name]
        required = each.name in schema(operation)["required"]

        assert property_.get("default", each.empty) == each.default
        assert required is (each.default is each.empty)


SEQUENCE = [
    ("createWebhook", "WebhookCreated(message='Webhook successfully created', data=None)"),
    ("listWebhooks", "[Webhook(url='https://pos.example/orders')]"),
    ("updateWebhook", "WebhookUpdated(message='Webhook successfully updated', data=None)"),
    ("createWebhook", "WebhookCreated(message='Webhook successfully created', data=None)"),
    ("deleteWebhook", "WebhookDeleted(message='Webhook successfully removed', data=None)"),
    ("acceptOrder", "OrderAccepted(message=['Operation completed successfully'], data=None)"),
]
"""The operations in an order in which the example of each succeeds, and what it then returns."""


def example(operation: str, *, awaited: bool) -> str:
    """Return the example in the docstring of a method."""
    found = method(operation, awaited=awaited)
    (only,) = doctest.DocTestParser().get_examples(found.__doc__ or "")
    return only.source.strip()


def test_the_examples_of_the_docstrings_run() -> None:
    """Each does what it shows, against the mock."""
    with running(create_app(fresh_state())) as url, Mipos(ALPHA, base_url=url) as mipos:
        for operation, result in SEQUENCE:
            source = example(operation, awaited=False)

            assert result == repr(eval(source, {"mipos": mipos}))  # noqa: S307  our own docstring


def test_the_examples_to_await_run() -> None:
    """Each does what it shows, where `await` stands before it."""

    async def run(url: str) -> None:
        async with AsyncMipos(ALPHA, base_url=url) as mipos:
            for operation, result in SEQUENCE:
                source = example(operation, awaited=True)
                code = compile(source, operation, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)

                assert result == repr(await eval(code, {"mipos": mipos}))  # noqa: S307  our own docstring

    with running(create_app(fresh_state())) as url:
        asyncio.run(run(url))
