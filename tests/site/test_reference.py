"""The reference shows what the document says."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from scripts.catalogue import body_schema, messages, operations, resolve
from scripts.site import evidence, facts, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.catalogue import Node
    from tests.site.support import Page


def words(text: str) -> str:
    """Return a text without backticks and with single blanks, as a page shows it."""
    return " ".join(text.replace("`", "").split())


def properties(document: Node, schema: Node) -> Iterator[tuple[str, Node]]:
    """Yield each field of a body, those of its parts included."""
    schema = resolve(document, schema)
    for name, prop in schema.get("properties", {}).items():
        yield name, prop
        yield from properties(document, prop)
    if "items" in schema:
        yield from properties(document, schema["items"])


def test_every_operation_is_shown(document: Node, pages: dict[str, Page]) -> None:
    """Its page has method, path, description, each status with its text, and each field."""
    found = list(operations(document))

    assert found
    for path, method, operation in found:
        text = pages[f"{operation['operationId']}.html"].text
        assert f"{method.upper()} {path}" in text
        assert words(operation["description"]) in text
        assert "Authorization: Bearer {access_token}" in text
        body = body_schema(document, operation.get("requestBody", {}))
        for name, prop in properties(document, body):
            assert f"{name}: " in text
            assert words(prop["description"]) in text
        for status, response in operation["responses"].items():
            told = resolve(document, response)
            assert f"{status} " in text
            assert words(told["description"]) in text


def test_every_example_is_shown(document: Node, pages: dict[str, Page]) -> None:
    """Requests, answers and pushes have each example as JSON."""
    for section in ("paths", "webhooks"):
        for _, _, operation in operations(document, section):
            name = operation["operationId"] if section == "paths" else "pushes"
            text = pages[f"{name}.html"].text
            holders = [operation.get("requestBody", {}), *operation["responses"].values()]
            for holder in holders:
                for media in resolve(document, holder).get("content", {}).values():
                    for example in media.get("examples", {}).values():
                        value = resolve(document, example)["value"]
                        shown = json.dumps(value, indent=2, ensure_ascii=False)
                        assert " ".join(shown.split()) in text


def test_every_message_is_shown_where_it_comes(document: Node, pages: dict[str, Page]) -> None:
    """The page of an operation, and the catalogue, have each of its messages."""
    found = messages(document)

    assert len(found) > 40
    for message in found:
        assert message.text in pages["errors.html"].text
        for operation, _ in message.places:
            assert message.text in pages[f"{operation}.html"].text


def test_the_bare_string_of_401_is_shown(document: Node, pages: dict[str, Page]) -> None:
    """Each operation shows the JSON string with its quotes, and says that it is bare."""
    for _, _, operation in operations(document):
        text = pages[f"{operation['operationId']}.html"].text
        assert '"Unauthorized."' in text
        assert "The body is a bare JSON string." in text


def test_every_push_is_shown(document: Node, pages: dict[str, Page]) -> None:
    """The page of the pushes has each with its fields, and that no token is needed."""
    text = pages["pushes.html"].text
    found = list(operations(document, "webhooks"))

    assert len(found) == text.count("Access: no token")
    for _, _, operation in found:
        assert operation["operationId"] in text
        for name, prop in properties(document, body_schema(document, operation["requestBody"])):
            assert f"{name}: " in text
            assert words(prop["description"]) in text
    assert "Header Signature-Webhook, required" in text


def test_every_schema_is_shown(document: Node, pages: dict[str, Page]) -> None:
    """Each has its name as an anchor and its description."""
    for name, schema in document["components"]["schemas"].items():
        assert name.lower() in pages["schemas.html"].ids
        assert words(schema["description"]) in pages["schemas.html"].text


def test_limits_are_shown_and_marked_where_they_are_assumed(document: Node) -> None:
    """Length, form and values stand in words; only what a guess covers is marked."""
    url = list(facts.limits(document, document["components"]["schemas"]["WebhookUrl"]))
    refused = list(facts.limits(document, document["components"]["schemas"]["UrlMessages"]))

    assert f"8 to 2048 characters {facts.MARK}" == url[0]
    assert f"format `uri` {facts.MARK}" == url[1]
    assert ["1 or more elements"] == refused


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"minLength": 2}, ["2 or more characters"]),
        ({"maxLength": 9}, ["at most 9 characters"]),
        ({"minItems": 1, "maxItems": 1}, ["exactly 1 element"]),
        ({"enum": ["A", "B"]}, ["one of `A`, `B`"]),
        ({"default": "A"}, ["if absent, `A`"]),
        ({"additionalProperties": False}, ["other fields do not occur"]),
    ],
)
def test_each_kind_of_limit_has_words(schema: Node, expected: list[str]) -> None:
    """A keyword becomes one line."""
    assert expected == list(facts.limits({}, schema))


def test_a_change_of_the_document_changes_the_page(document: Node) -> None:
    """The page is made from the document alone: another text of it is another text there."""
    changed: Any = copy.deepcopy(document)
    changed["paths"]["/api/v1/integration/webhooks"]["get"]["description"] = "Planted text."

    assert "Planted text." in reference.pages(changed)["listWebhooks"]
    assert "Planted text." not in reference.pages(document)["listWebhooks"]


def test_every_source_and_assumption_is_on_the_evidence_page(
    document: Node, pages: dict[str, Page]
) -> None:
    """Each reason, each page and each section that the document names is there."""
    text = pages["evidence.html"].text
    found = evidence.supported(document)

    assert json.dumps(document).count('"x-source"') == sum("x-source" in x.node for x in found)
    assert json.dumps(document).count('"x-assumption"') == sum(
        "x-assumption" in each.node for each in found
    )
    for each in found:
        for source in facts.sources(document, each.node):
            assert f"{source.title}, section “{source.section}”" in text
        for guess in facts.assumptions(each.node):
            assert words(guess.reason) in text
