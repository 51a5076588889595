"""The models: what the document describes, read from its own examples."""

import copy
import json
from collections.abc import Callable
from typing import Any, cast, get_args, get_type_hints

import attrs
import httpx
import msgspec
import pytest

from mipos_client import models, pushes
from mipos_client._runtime.operations import encoded
from tests.client.support import (
    CALLS,
    DOCUMENT,
    WAYS,
    Exchange,
    Way,
    answers,
    call,
    examples,
    operations,
    pickled,
    resolved,
)


def schema_name(body: dict[str, Any]) -> str:
    """Return the name of the schema of a body."""
    (content,) = body["content"].values()
    return str(content["schema"]["$ref"]).rpartition("/")[2]


SCHEMAS: dict[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]
OBJECTS = [name for name, schema in SCHEMAS.items() if "properties" in schema]
REFUSALS = [
    (operation, status)
    for operation in CALLS
    for status, answer in answers(operation).items()
    if status >= 300 and schema_name(answer) in OBJECTS
]
REQUESTS = [operation for operation in CALLS if "requestBody" in operations()[operation]]
PUSHES: list[tuple[str, Callable[[bytes], object]]] = [
    ("order", pushes.parse_order),
    ("menu", pushes.parse_menu),
]


def model(name: str) -> Callable[..., object]:
    """Return a model by its name."""
    found: Callable[..., object] = getattr(models, name)
    return found


def plain(value: Any) -> Any:  # noqa: ANN401  JSON
    """Return what a value stands for in JSON, without what the document does not describe."""
    if isinstance(value, list):
        return [plain(each) for each in listed(cast("object", value))]
    return attrs.asdict(value, filter=lambda attribute, _value: attribute.name != "raw")


def listed(value: object) -> list[Any]:
    """Return a value as a list, if it is none."""
    return cast("list[object]", value) if isinstance(value, list) else [value]


def given(value: dict[str, Any]) -> dict[str, Any]:
    """Return the properties that are not left out."""
    return {name: each for name, each in value.items() if each is not None}


def pushed(name: str) -> dict[str, Any]:
    """Return the body of a documented push."""
    body: dict[str, Any] = DOCUMENT["webhooks"][name]["post"]["requestBody"]
    return body


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("operation", CALLS)
def test_a_documented_success_becomes_its_model(way: Way, operation: str) -> None:
    """Every property of every example arrives, and nothing else does."""
    ((status, answer),) = ((each, what) for each, what in answers(operation).items() if each < 300)
    for example in examples(answer):
        value: object = call(way, operation, Exchange(httpx.Response(status, json=example)))
        name = schema_name(answer).replace("WebhookList", "Webhook")

        assert example == plain(value)
        assert [model(name)(**each) for each in listed(example)] == listed(value)


@pytest.mark.parametrize(("operation", "status"), REFUSALS)
def test_a_documented_refusal_becomes_its_model(operation: str, status: int) -> None:
    """Whoever wants the body of an error as a model gets all that it holds."""
    answer = answers(operation)[status]
    kind: Any = model(schema_name(answer))
    for example in examples(answer):
        value: object = msgspec.convert(example, kind)

        assert kind(**example) == value
        assert given(example) == given(plain(value))


@pytest.mark.parametrize("operation", REQUESTS)
def test_a_documented_request_can_be_written_as_its_model(operation: str) -> None:
    """The model of a body takes the properties of each example by name."""
    body = operations()[operation]["requestBody"]
    for example in examples(body):
        value = model(schema_name(body))(**example)

        assert example == {name: getattr(value, name) for name in example}


@pytest.mark.parametrize(("name", "parse"), PUSHES)
def test_a_documented_push_becomes_its_model(name: str, parse: Callable[[bytes], Any]) -> None:
    """Every property of every example arrives, down to the modifiers of items."""
    body = pushed(name)
    for example in examples(body):
        value = parse(json.dumps(example).encode())

        assert type(value) is model(schema_name(body))
        assert example == given(plain(value))
        assert example == value.raw


@pytest.mark.parametrize("operation", CALLS)
def test_an_unknown_property_of_an_answer_is_dropped(operation: str) -> None:
    """A platform that says more than the document does is understood all the same."""
    ((status, answer),) = ((each, what) for each, what in answers(operation).items() if each < 300)
    example = examples(answer)[0]
    larger = [{"first": [1], **each, "new": {"deep": 1}} for each in listed(example)]
    more: object = larger if isinstance(example, list) else larger[0]
    value = call("sync", operation, Exchange(httpx.Response(status, json=more)))

    assert example == plain(value)


def test_there_is_a_model_for_each_object_of_the_document() -> None:
    """And one for each list of values; texts and arrays need none."""
    listed = [name for name, schema in SCHEMAS.items() if "enum" in schema]

    assert sorted([*OBJECTS, *listed]) == models.__all__
    assert ["WebhookType"] == listed
    assert sorted(SCHEMAS["WebhookType"]["enum"]) == sorted(get_args(models.WebhookType))


def expected_type(schema: dict[str, Any]) -> object:
    """Return the type of a property in Python."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name in OBJECTS or "enum" in resolved(schema):
        return getattr(models, name)
    schema = resolved(schema)
    if "allOf" in schema:
        return expected_type(schema["allOf"][0])
    if schema.get("type") == "array":
        return list.__class_getitem__(expected_type(schema["items"]))
    return {"string": str, "integer": int, None: Any}[schema.get("type")]


@pytest.mark.parametrize("name", OBJECTS)
def test_a_model_has_an_attribute_for_each_property(name: str) -> None:
    """Names and types are those of the document, and what is not required may be left out."""
    kind: Any = model(name)
    schema = SCHEMAS[name]
    required = schema.get("required", [])
    fields = {each.name: each for each in attrs.fields(kind) if each.name != "raw"}
    hints = {each: hint for each, hint in get_type_hints(kind).items() if each != "raw"}

    assert {*schema["properties"]} == {*fields}
    assert {*required} == {each for each, field in fields.items() if field.default is attrs.NOTHING}
    for each, property_ in schema["properties"].items():
        optional = each not in required and "default" not in property_
        wanted: Any = expected_type(property_)

        assert (wanted | None if optional else wanted) == hints[each]
        assert each in required or property_.get("default") == fields[each].default


def test_only_pushes_keep_what_they_were_read_from() -> None:
    """The models of the two pushes have `raw`, and no other has."""
    kinds: dict[str, Any] = {name: model(name) for name in OBJECTS}

    assert {"OrderPush", "MenuPull"} == {
        name for name, kind in kinds.items() if "raw" in attrs.fields_dict(kind)
    }


ORDER = examples(pushed("order"))[0]
VALUES: list[Any] = [
    models.Webhook(url="https://pos.example/orders"),
    models.OrderAccepted(message=["One"], data=None),
    models.CreateWebhookRequest(url="https://pos.example/orders", type="Menu"),
    models.AcceptOrderInvalid(store_id=["One"]),
    pushes.parse_order(json.dumps(ORDER).encode()),
    pushes.parse_menu(b'{"store_id": "3", "new": 1}'),
]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("way", [pickled, copy.copy, copy.deepcopy])
def test_a_model_can_be_copied_and_pickled(value: object, way: Callable[[object], object]) -> None:
    """What comes back is equal, with what was received, and is another object."""
    other = way(value)

    assert other is not value
    assert value == other
    assert getattr(value, "raw", None) == getattr(other, "raw", None)


@pytest.mark.parametrize("value", VALUES)
def test_a_model_is_what_it_holds(value: Any) -> None:  # noqa: ANN401  any model
    """A change of one attribute makes a model unequal, and so does another type."""
    name = attrs.fields(cast("Any", type(value)))[0].name
    other = attrs.evolve(value, **{name: "other"})

    assert value != other
    assert value != plain(value)
    assert f"{type(value).__name__}({name}='other'" in repr(other)


def test_what_was_received_does_not_count_when_orders_are_compared() -> None:
    """Properties that the document does not describe tell no order from another."""
    order = pushes.parse_order(json.dumps(ORDER).encode())
    other = pushes.parse_order(json.dumps({**ORDER, "new": 1}).encode())

    assert order == other
    assert order.raw != other.raw
    assert "raw" not in repr(order)


@pytest.mark.parametrize(
    ("name", "store"),
    [("external_store_id", ("3", None)), ("store_id", (None, "3"))],
)
def test_what_is_optional_is_none_where_it_is_left_out(
    name: str, store: tuple[str | None, str | None]
) -> None:
    """An order names its store in one of two ways, and the other one is None."""
    without = {each: value for each, value in ORDER.items() if each != "external_store_id"}
    order = pushes.parse_order(json.dumps({**without, name: "3"}).encode())

    assert store == (order.external_store_id, order.store_id)
    assert models.CreateWebhookInvalid() == models.CreateWebhookInvalid(url=None, type=None)


def test_a_property_that_is_none_is_not_sent() -> None:
    """An argument that was left out is no null."""

    @attrs.define
    class Body:
        name: str
        kind: str | None = None

    assert b'{"name":"a"}' == encoded(Body("a"))
    assert b'{"name":"a","kind":""}' == encoded(Body("a", ""))
