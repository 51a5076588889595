"""Overrides: which values are taken, what is derived again, and what is refused."""

import json
from typing import Any

import pytest

from mipos_mock.overrides import OverrideError, apply
from mipos_mock.scenarios import documented_example

ORDER_FIELDS = "created_at, total, customer, order_number, instructions, items, discount_value"
ITEM_FIELDS = (
    "external_id, name, quantity, unit_value, "
    "total_unit_value, total_value, instructions, modifiers"
)
MODIFIER_FIELDS = "external_id, name, quantity, unit_value, total_value"
REFUSALS: list[tuple[dict[str, object], str]] = [
    ({"totl": 1}, f"'totl' is no field of an order: send one of {ORDER_FIELDS}"),
    ({"": 1}, f"'' is no field of an order: send one of {ORDER_FIELDS}"),
    ({"a\nb": 1}, f"'a\\nb' is no field of an order: send one of {ORDER_FIELDS}"),
    ({"Total": 1}, f"'Total' is no field of an order: send one of {ORDER_FIELDS}"),
    (
        {"items.0.nme": "x"},
        f"'items.0.nme' is no field of an item: send one of {ITEM_FIELDS}",
    ),
    (
        {"items.0.modifiers.0.instructions": "x"},
        (
            "'items.0.modifiers.0.instructions' is no field of a modifier: "
            f"send one of {MODIFIER_FIELDS}"
        ),
    ),
    (
        {"items": [{"external_id": "1", "name": "x", "price": 1}]},
        f"'items.0.price' is no field of an item: send one of {ITEM_FIELDS}",
    ),
    (
        {"items": [{"external_id": "1", "name": "x", "a.b": 1}]},
        f"'items.0.a.b' is no field of an item: send one of {ITEM_FIELDS}",
    ),
    ({"items.1.name": "x"}, "'items.1.name' leads nowhere: send an index below 1"),
    ({"items.-1.name": "x"}, "'items.-1.name' leads nowhere: send an index below 1"),
    ({"items.00.name": "x"}, "'items.00.name' leads nowhere: send an index below 1"),
    ({"items.\u0660.name": "x"}, "'items.\u0660.name' leads nowhere: send an index below 1"),
    ({"items.name": "x"}, "'items.name' leads nowhere: send an index below 1"),
    ({"items.": "x"}, "'items.' leads nowhere: send an index below 1"),
    (
        {"items.0.modifiers.2.name": "x"},
        "'items.0.modifiers.2.name' leads nowhere: send an index below 2",
    ),
    (
        {"items": [], "items.0.name": "x"},
        "'items.0.name' leads nowhere: send items as a list",
    ),
    (
        {"items": [{"external_id": "1", "name": "x"}], "items.0.modifiers.0.name": "x"},
        "'items.0.modifiers.0.name' leads nowhere: send items.0.modifiers as a list",
    ),
    (
        {f"items.{'9' * 5000}.name": "x"},
        f"'items.{'9' * 54}...' leads nowhere: send an index below 1",
    ),
    (
        {"customer.name": "x"},
        "'customer.name' leads nowhere: send customer, which has no fields",
    ),
    (
        {"items.0.name.0": "x"},
        "'items.0.name.0' leads nowhere: send items.0.name, which has no fields",
    ),
    ({"total": "x"}, "total is 'x': send an integer"),
    ({"total": None}, "total is null: send an integer"),
    ({"total": True}, "total is true: send an integer"),
    ({"total": 1.0}, "total is 1.0: send an integer"),
    ({"total": float("inf")}, "total is a number: send an integer"),
    ({"total": []}, "total is a list: send an integer"),
    ({"total": {}}, "total is an object: send an integer"),
    (
        {"total": 2**53},
        "total is too far from 0: send an integer within 9007199254740991 of it",
    ),
    (
        {"items.0.quantity": -(2**53)},
        "items.0.quantity is too far from 0: send an integer within 9007199254740991 of it",
    ),
    ({"customer": None}, "customer is null: send a string"),
    ({"customer": False}, "customer is false: send a string"),
    ({"customer": 5}, "customer is 5: send a string"),
    ({"customer": 10**5000}, "customer is a number: send a string"),
    ({"customer": "\ud83d"}, "customer is '\\ud83d': send text without lone surrogates"),
    ({"created_at": 0}, "created_at is 0: send a string"),
    ({"items": None}, "items is null: send a list of objects"),
    ({"items": {}}, "items is an object: send a list of objects"),
    ({"items": "x"}, "items is 'x': send a list of objects"),
    ({"items": [None]}, "items.0 is null: send an object"),
    ({"items.0": "x"}, "items.0 is 'x': send an object"),
    ({"items": [{"name": "x"}]}, "items.0.external_id is missing: send a string"),
    ({"items": [{"external_id": "1"}]}, "items.0.name is missing: send a string"),
    (
        {"items.0.modifiers": [{"external_id": "1", "name": 2}]},
        "items.0.modifiers.0.name is 2: send a string",
    ),
    (
        {"items": [{"external_id": "1", "name": "x", "modifiers": [{}]}]},
        "items.0.modifiers.0.external_id is missing: send a string",
    ),
    (
        {"external_id": "x"},
        (
            "external_id names the order and is no override: "
            "send order_external_id beside the overrides"
        ),
    ),
    (
        {"store_id": "3"},
        "store_id names the order and is no override: send store_id beside the overrides",
    ),
    (
        {"external_store_id": "3"},
        (
            "external_store_id names the order and is no override: "
            "send store_id beside the overrides"
        ),
    ),
    (
        {"delivery_id": 1},
        "delivery_id names the order and is no override: send delivery_id beside the overrides",
    ),
]


def example() -> dict[str, Any]:
    """The documented order: twice (10900 + 0 + 2000), 25800 in all."""
    return documented_example(external_id="x", store_id="3", delivery_id=1)


def changed(order: dict[str, Any], overrides: dict[str, Any]) -> dict[str, Any]:
    """An order with overrides, as a value that a test can look into."""
    return apply(order, overrides)


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({"items.0.quantity": 3}, [2000, 12900, 38700, 38700]),
        ({"items.0.unit_value": 1000}, [2000, 3000, 6000, 6000]),
        ({"items.0.modifiers.1.quantity": 3}, [6000, 16900, 33800, 33800]),
        ({"items.0.modifiers.1.unit_value": 5}, [5, 10905, 21810, 21810]),
        ({"items.0.modifiers.1.total_value": 1}, [1, 10901, 21802, 21802]),
        ({"items.0.total_unit_value": 7}, [2000, 7, 14, 14]),
        ({"items.0.total_value": 9}, [2000, 12900, 9, 9]),
        ({"total": 1}, [2000, 12900, 25800, 1]),
        ({"discount_value": 999}, [2000, 12900, 25800, 25800]),
        ({"items.0.quantity": 3, "items.0.total_unit_value": 7}, [2000, 7, 21, 21]),
        ({"items.0.quantity": 0, "total": 5}, [2000, 12900, 0, 5]),
    ],
    ids=json.dumps,
)
def test_totals_follow(overrides: dict[str, object], expected: list[int]) -> None:
    """From the value that was overridden upwards, the totals of the documented order follow."""
    order = changed(example(), overrides)

    item = order["items"][0]
    assert expected == [
        item["modifiers"][1]["total_value"],
        item["total_unit_value"],
        item["total_value"],
        order["total"],
    ]


def test_new_item_has_defaults() -> None:
    """An item of nothing but id and name is there once and free, without a modifier."""
    order = changed(example(), {"items": [{"external_id": "1", "name": "Uno"}]})

    item: dict[str, object] = {
        "external_id": "1",
        "name": "Uno",
        "quantity": 1,
        "unit_value": 0,
        "total_unit_value": 0,
        "total_value": 0,
        "instructions": "",
        "modifiers": [],
    }
    assert {**example(), "items": [item], "total": 0} == order


def test_new_modifier_has_defaults() -> None:
    """A modifier of nothing but id and name is there once and free."""
    order = changed(example(), {"items.0.modifiers": [{"external_id": "1", "name": "Uno"}]})

    modifier = {
        "external_id": "1",
        "name": "Uno",
        "quantity": 1,
        "unit_value": 0,
        "total_value": 0,
    }
    assert ([modifier], 21800) == (order["items"][0]["modifiers"], order["total"])


def test_new_item_has_derived_totals() -> None:
    """The totals of a new item and its modifiers follow from prices and quantities."""
    item = {
        "external_id": "1",
        "name": "Uno",
        "quantity": 2,
        "unit_value": 100,
        "modifiers": [{"external_id": "2", "name": "Dos", "quantity": 3, "unit_value": 10}],
    }

    order = changed(example(), {"items": [item]})

    made = order["items"][0]
    assert (30, 130, 260, 260) == (
        made["modifiers"][0]["total_value"],
        made["total_unit_value"],
        made["total_value"],
        order["total"],
    )


def test_one_member_is_replaced() -> None:
    """An index at the end of a path stands for the whole object."""
    order = changed(
        example(),
        {"items.0.modifiers.1": {"external_id": "9", "name": "Nueve", "unit_value": 50}},
    )

    names = [modifier["name"] for modifier in order["items"][0]["modifiers"]]
    assert (["Elige Tus  Papas", "Nueve"], 21900) == (names, order["total"])


@pytest.mark.parametrize(
    ("overrides", "message"), REFUSALS, ids=[ascii(message)[:60] for _, message in REFUSALS]
)
def test_refusal_names_value_place_and_remedy(overrides: dict[str, object], message: str) -> None:
    """What does not fit is refused with its value, its place and what to send instead."""
    with pytest.raises(OverrideError) as caught:
        changed(example(), overrides)

    assert (message, True) == (str(caught.value), isinstance(caught.value, ValueError))


@pytest.mark.parametrize("value", [2**53 - 1, 1 - 2**53])
def test_integers_that_every_reader_takes_pass(value: int) -> None:
    """The integers farthest from zero that are read exactly everywhere are taken."""
    assert value == changed(example(), {"total": value})["total"]
