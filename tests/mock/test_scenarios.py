"""The made-up orders: their shape, their money, their ids and their repeatability."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mipos_mock import dishes
from mipos_mock.scenarios import (
    SCENARIOS,
    ScenarioError,
    compose,
    documented_example,
    make_external_id,
)

DOCUMENT: dict[str, Any] = yaml.safe_load(Path("openapi.yaml").read_text("utf-8"))
PUSH = jsonschema_rs.Draft202012Validator(
    {"$ref": "#/components/schemas/OrderPush", "components": DOCUMENT["components"]}
)
EXAMPLE: dict[str, Any] = DOCUMENT["webhooks"]["order"]["post"]["requestBody"]["content"][
    "application/json"
]["examples"]["order"]["value"]

NAMES = [
    "simple",
    "big",
    "modifiers",
    "discount",
    "notes",
    "unicode",
    "rtl",
    "long-text",
    "zero-total",
]
ORDER_SHAPE = [
    ("external_id", str),
    ("created_at", str),
    ("total", int),
    ("customer", str),
    ("external_store_id", str),
    ("store_id", str),
    ("order_number", str),
    ("instructions", str),
    ("items", list),
    ("discount_value", int),
    ("delivery_id", int),
]
ITEM_SHAPE = [
    ("external_id", str),
    ("name", str),
    ("quantity", int),
    ("unit_value", int),
    ("total_unit_value", int),
    ("total_value", int),
    ("instructions", str),
    ("modifiers", list),
]
MODIFIER_SHAPE = [
    ("external_id", str),
    ("name", str),
    ("quantity", int),
    ("unit_value", int),
    ("total_value", int),
]
DIGEST = """
import hashlib, json
from mipos_mock.scenarios import SCENARIOS, compose
ids = dict(external_id="x", created_at="t", store_id="3", delivery_id=1)
orders = [compose(name, seed, **ids) for name in SCENARIOS for seed in range(3)]
print(hashlib.sha256(json.dumps(orders).encode()).hexdigest())
"""

scenarios = st.sampled_from(NAMES)
# Every seed is as good as any other; small ones are what people send.
seeds = st.integers(0, 99) | st.integers()


def made(scenario: str, seed: int) -> dict[str, Any]:
    """An order with ids that do not matter."""
    return compose(
        scenario,
        seed,
        external_id="01f1b8ce-a65d-4876-a72f-8f549f3566b7",
        created_at="2020-03-20T04:51:03Z",
        store_id="3",
        delivery_id=1,
    )


def shape(thing: dict[str, Any]) -> list[tuple[str, type]]:
    """The fields of a JSON object in their order, and the types of their values."""
    return [(name, type(value)) for name, value in thing.items()]


def modifiers(order: dict[str, Any]) -> list[dict[str, Any]]:
    """All modifiers of an order."""
    return [modifier for item in order["items"] for modifier in item["modifiers"]]


def test_scenarios_are_those_of_the_interface() -> None:
    """The scenarios have the names that a request may send, and a line of text each."""
    assert NAMES == list(SCENARIOS)
    assert [] == [each.name for each in SCENARIOS.values() if not each.text or "\n" in each.text]


@given(scenario=scenarios, seed=seeds)
@settings(max_examples=60)
def test_order_has_exactly_the_documented_fields(scenario: str, seed: int) -> None:
    """Every object has the documented fields in their order and no others, each of its type."""
    order = made(scenario, seed)

    assert ORDER_SHAPE == shape(order)
    assert all(ITEM_SHAPE == shape(item) for item in order["items"])
    assert all(MODIFIER_SHAPE == shape(modifier) for modifier in modifiers(order))


@given(scenario=scenarios, seed=seeds)
@settings(max_examples=60)
def test_order_obeys_the_contract(scenario: str, seed: int) -> None:
    """Every order, encoded as UTF-8 and read again, is valid against the document's schema."""
    body = json.dumps(made(scenario, seed), ensure_ascii=False).encode()

    assert [] == [error.message for error in PUSH.iter_errors(json.loads(body))]


@given(scenario=scenarios, seed=seeds)
@settings(max_examples=60)
def test_money_adds_up(scenario: str, seed: int) -> None:
    """Totals follow from prices and quantities; the discount is at most the total, and apart."""
    order = made(scenario, seed)

    for modifier in modifiers(order):
        assert modifier["unit_value"] * modifier["quantity"] == modifier["total_value"]
    for item in order["items"]:
        extra = sum(modifier["total_value"] for modifier in item["modifiers"])
        assert item["unit_value"] + extra == item["total_unit_value"]
        assert item["total_unit_value"] * item["quantity"] == item["total_value"]
    assert sum(item["total_value"] for item in order["items"]) == order["total"]
    assert 0 <= order["discount_value"] <= order["total"]


@given(scenario=scenarios, seed=seeds)
@settings(max_examples=60)
def test_ids_quantities_and_prices_are_plausible(scenario: str, seed: int) -> None:
    """Ids are digits, something was ordered at least once, and nothing costs less than nothing."""
    order = made(scenario, seed)
    things = [*order["items"], *modifiers(order)]

    assert order["items"]
    assert all(re.fullmatch("[0-9]{4,5}", thing["external_id"]) for thing in things)
    assert all(1 <= thing["quantity"] < 10 for thing in things)
    assert all(0 <= thing["unit_value"] < 50000 for thing in things)
    assert all(thing["name"].strip() for thing in things)


@given(scenario=scenarios, seed=seeds)
@settings(max_examples=60)
def test_an_item_has_a_modifier_once(scenario: str, seed: int) -> None:
    """The modifiers of an item differ; more of one is a quantity."""
    for item in made(scenario, seed)["items"]:
        ids = [modifier["external_id"] for modifier in item["modifiers"]]

        assert sorted(set(ids)) == sorted(ids)


@given(scenario=scenarios, seed=seeds)
@settings(max_examples=30)
def test_equal_arguments_give_an_equal_order(scenario: str, seed: int) -> None:
    """An order depends on nothing but the arguments, and two calls share no object."""
    first = made(scenario, seed)
    before = json.dumps(first)
    made(scenario, seed)["items"].clear()

    assert before == json.dumps(first) == json.dumps(made(scenario, seed))


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_another_process_composes_the_same(hash_seed: str) -> None:
    """Orders are the same in a process that hashes text in another way."""
    ids: dict[str, Any] = {
        "external_id": "x",
        "created_at": "t",
        "store_id": "3",
        "delivery_id": 1,
    }
    orders = [compose(name, seed, **ids) for name in NAMES for seed in range(3)]

    done = subprocess.run(  # noqa: S603 - this Python, and a script of this file
        [sys.executable, "-c", DIGEST],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )

    assert hashlib.sha256(json.dumps(orders).encode()).hexdigest() == done.stdout.strip()


def test_every_version_of_python_composes_the_same() -> None:
    """One order is written out here: no version of Python may choose differently."""
    order = made("modifiers", 1)

    assert ("Luis H.", 70120, [("Flan napolitano", 2), ("El Xolo", 2)]) == (
        order["customer"],
        order["total"],
        [(item["name"], item["quantity"]) for item in order["items"]],
    )
    assert "8cf071a3-e984-4c37-bd13-7192aad4d579" == make_external_id(1)


@pytest.mark.parametrize("scenario", NAMES)
def test_another_seed_gives_another_order(scenario: str) -> None:
    """Of twenty seeds, hardly two give the same order."""
    assert 16 <= len({json.dumps(made(scenario, seed)) for seed in range(20)})


@given(seed=seeds, external_id=st.text(), created_at=st.text(), store_id=st.text())
@settings(max_examples=30)
def test_ids_and_time_are_those_given(
    seed: int, external_id: str, created_at: str, store_id: str
) -> None:
    """An order carries the given ids and time, and the store under both of its names."""
    order = compose(
        "simple",
        seed,
        external_id=external_id,
        created_at=created_at,
        store_id=store_id,
        delivery_id=77,
    )

    assert (external_id, created_at, store_id, store_id, 77) == (
        order["external_id"],
        order["created_at"],
        order["external_store_id"],
        order["store_id"],
        order["delivery_id"],
    )


@pytest.mark.parametrize(
    ("number", "external_id"),
    [("566B7", "01f1b8ce-a65d-4876-a72f-8f549f3566b7"), ("OKEN", "oken"), ("GURED", "configured")],
)
def test_order_number_is_the_end_of_the_id(number: str, external_id: str) -> None:
    """The short number is the last five characters of the id in capitals."""
    ids = {"external_id": external_id, "store_id": "3"}

    orders = [
        compose("simple", 1, created_at="", delivery_id=1, **ids),
        documented_example(delivery_id=1, **ids),
    ]

    assert [number, number] == [order["order_number"] for order in orders]


def test_unknown_scenario_is_told_the_choices() -> None:
    """An unknown scenario is named, with the scenarios that there are."""
    with pytest.raises(ScenarioError) as caught:
        made("simpel", 1)

    expected = f"scenario is 'simpel': send one of {', '.join(NAMES)}"
    assert (expected, True) == (str(caught.value), isinstance(caught.value, ValueError))


def test_refused_scenario_is_one_short_line() -> None:
    """However long and odd the name of a scenario is, the message is one short line."""
    with pytest.raises(ScenarioError) as caught:
        made("a\nb\ud800" * 1000, 1)

    assert str(caught.value).isprintable()
    assert 400 > len(str(caught.value))


def test_example_is_the_documented_one() -> None:
    """With its own ids, the example is the document's, field by field and in that order."""
    order = documented_example(external_id=EXAMPLE["external_id"], store_id="3", delivery_id=1)

    assert json.dumps(EXAMPLE) == json.dumps(order)


def test_example_takes_other_ids() -> None:
    """The three ids of the example and the number that follows from them are replaced."""
    order = documented_example(external_id="order-no-token", store_id="10", delivery_id=3)

    assert {
        **EXAMPLE,
        "external_id": "order-no-token",
        "order_number": "TOKEN",
        "external_store_id": "10",
        "delivery_id": 3,
    } == order


@given(seed=seeds)
def test_external_id_has_the_form_of_a_uuid(seed: int) -> None:
    """An id is a random UUID in lower case, the same for the same seed."""
    made_id = make_external_id(seed)

    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", made_id
    )
    assert made_id == make_external_id(seed)


def test_external_ids_differ() -> None:
    """A thousand seeds give a thousand ids."""
    assert 1000 == len({make_external_id(seed) for seed in range(1000)})


def test_ids_name_one_thing() -> None:
    """No two dishes share an id, and an id of a modifier has one name and one price."""
    menus = (
        dishes.DISHES,
        dishes.ACCENTED,
        dishes.CJK,
        dishes.EMOJI,
        dishes.COMBINING,
        dishes.ARABIC,
        dishes.HEBREW,
    )
    every = [dish for menu in menus for dish in menu]
    offered = {modifier for dish in every for modifier in dish.modifiers}

    assert len(every) == len({dish.external_id for dish in every})
    assert len(offered) == len({modifier.external_id for modifier in offered})
