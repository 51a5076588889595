"""Properties of overrides: on orders of all scenarios, and with whatever is sent."""

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mipos_mock.overrides import OverrideError
from mipos_mock.scenarios import SCENARIOS, compose
from tests.mock.test_overrides import (
    ITEM_FIELDS,
    MODIFIER_FIELDS,
    ORDER_FIELDS,
    changed,
    example,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

DOCUMENT: dict[str, Any] = yaml.safe_load(Path("openapi.yaml").read_text("utf-8"))
PUSH = jsonschema_rs.Draft202012Validator(
    {"$ref": "#/components/schemas/OrderPush", "components": DOCUMENT["components"]}
)

TEXTS = {"created_at", "customer", "order_number", "instructions", "external_id", "name"}
TOTALS = {"total", "total_unit_value", "total_value"}

numbers = st.integers(-3, 100_000)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def value_for(field: str) -> st.SearchStrategy[Any]:
    """Values of a field that holds no list."""
    return texts if field in TEXTS else numbers


def things(*optional: str, **lists: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists of objects that may leave out all but their id and name."""
    return st.lists(
        st.fixed_dictionaries(
            {"external_id": texts, "name": texts},
            optional={**{name: value_for(name) for name in optional}, **lists},
        ),
        max_size=2,
    )


new_modifiers = things("quantity", "unit_value", "total_value")
new_items = things(
    "quantity",
    "unit_value",
    "total_unit_value",
    "total_value",
    "instructions",
    modifiers=new_modifiers,
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """An order, and overrides that fit it, in any order."""
    # The two orders of many items or characters add time, but no kind of object.
    scenario = draw(
        st.sampled_from([name for name in SCENARIOS if name not in {"big", "long-text"}])
    )
    order: dict[str, Any] = compose(
        scenario,
        draw(st.integers(0, 9)),
        external_id="x",
        created_at="t",
        store_id="3",
        delivery_id=1,
    )
    overrides: dict[str, Any] = {}

    def add(above: str, fields: str) -> None:
        for field in draw(st.sets(st.sampled_from(fields.split(", ")), max_size=2)):
            if field not in {"items", "modifiers"}:
                overrides[above + field] = draw(value_for(field))

    add("", ORDER_FIELDS)
    if draw(st.booleans()):
        overrides["items"] = draw(new_items)
    for index, item in enumerate(overrides.get("items", order["items"])):
        add(f"items.{index}.", ITEM_FIELDS)
        modifiers = item.get("modifiers", [])
        if draw(st.booleans()):
            modifiers = overrides[f"items.{index}.modifiers"] = draw(new_modifiers)
        for below in range(len(modifiers)):
            add(f"items.{index}.modifiers.{below}.", MODIFIER_FIELDS)
    return order, {name: overrides[name] for name in draw(st.permutations(list(overrides)))}


def leaves(value: object, path: str = "") -> dict[str, Any]:
    """All values in a JSON value that are neither object nor list, by their paths."""
    inner: Iterable[tuple[object, object]]
    if isinstance(value, dict):
        inner = cast("dict[object, object]", value).items()
    elif isinstance(value, list):
        inner = enumerate(cast("list[object]", value))
    else:
        return {path: value}
    found: dict[str, Any] = {}
    for name, each in inner:
        found |= leaves(each, f"{path}.{name}" if path else str(name))
    return found


def wanted(overrides: dict[str, Any]) -> dict[str, Any]:
    """All values that overrides ask for, by their paths."""
    found: dict[str, Any] = {}
    for path in sorted(overrides, key=lambda path: path.count(".")):
        found = {each: value for each, value in found.items() if not each.startswith(f"{path}.")}
        found |= leaves(overrides[path], path)
    return found


def derived(order: dict[str, Any]) -> dict[str, int]:
    """What each total of an order should be, to judge by the values that it is derived from."""
    found = {"total": sum(item["total_value"] for item in order["items"])}
    for index, item in enumerate(order["items"]):
        place = f"items.{index}"
        extra = sum(modifier["total_value"] for modifier in item["modifiers"])
        found[f"{place}.total_unit_value"] = item["unit_value"] + extra
        found[f"{place}.total_value"] = item["total_unit_value"] * item["quantity"]
        for below, modifier in enumerate(item["modifiers"]):
            found[f"{place}.modifiers.{below}.total_value"] = (
                modifier["unit_value"] * modifier["quantity"]
            )
    return found


@given(case=cases())
@settings(max_examples=60)
def test_overridden_values_are_there(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Each value that was asked for, also inside a list, stands at its place."""
    order, overrides = case

    found = leaves(changed(order, overrides))

    assert wanted(overrides) == {path: found[path] for path in wanted(overrides)}


@given(case=cases())
@settings(max_examples=60)
def test_money_adds_up_where_it_is_not_overridden(
    case: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    """Every total follows from what is below it, unless it was asked for itself."""
    order, overrides = case

    result = changed(order, overrides)

    found, asked = leaves(result), wanted(overrides)
    assert {path: total for path, total in derived(result).items() if path not in asked} == {
        path: found[path] for path in derived(result) if path not in asked
    }


@given(case=cases())
@settings(max_examples=60)
def test_changed_order_obeys_the_contract(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """A changed order has its fields in documented order, and is valid against the document."""
    order, overrides = case

    result = changed(order, overrides)

    assert [] == [error.message for error in PUSH.iter_errors(result)]
    assert list(order) == list(result)
    assert all(ITEM_FIELDS == ", ".join(item) for item in result["items"])
    assert all(
        MODIFIER_FIELDS == ", ".join(modifier)
        for item in result["items"]
        for modifier in item["modifiers"]
    )


@given(case=cases())
@settings(max_examples=60)
def test_everything_else_stays(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """What was neither asked for nor is derived is as it was."""
    order, overrides = case
    # Lists apart: what lies in them need not be in the order.
    scalars = {path: overrides[path] for path in leaves(order) if path in overrides}

    found = leaves(changed(order, scalars))

    kept = {
        path: value
        for path, value in leaves(order).items()
        if path not in scalars and path.rpartition(".")[2] not in TOTALS
    }
    assert kept == {path: found[path] for path in kept}


@given(case=cases())
@settings(max_examples=40)
def test_arguments_are_left_alone(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Neither the order nor the overrides change, also when the result is changed later."""
    order, overrides = case
    before = copy.deepcopy(case)

    result = changed(order, overrides)
    for item in result["items"]:
        for modifier in item["modifiers"]:
            modifier.clear()
        item["modifiers"].clear()
        item.clear()
    result["items"].clear()

    assert before == case


@given(case=cases())
@settings(max_examples=40)
def test_order_of_overrides_does_not_matter(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """A list is replaced before what lies inside it, wherever the two stand."""
    order, overrides = case
    reverse = dict(reversed(overrides.items()))

    assert changed(order, overrides) == changed(order, reverse)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_overrides_change_nothing(scenario: str) -> None:
    """Without overrides an order comes back equal, its fields in the same order."""
    ids: dict[str, Any] = {"external_id": "x", "created_at": "t", "store_id": "3"}
    order = compose(scenario, 1, delivery_id=1, **ids)

    assert json.dumps(order) == json.dumps(changed(order, {}))


parts = st.sampled_from(["items", "modifiers", "0", "1", "9" * 5000, "name", "total", "quantity"])
names = st.lists(parts | st.text(), max_size=6).map(".".join) | st.sampled_from(
    ["customer", "total", "items", "items.0", "items.0.name", "items.0.modifiers.1.quantity"]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800")
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(parts | st.just("external_id") | st.text(), inner, max_size=4)
    ),
    max_leaves=6,
)


def outcome(overrides: dict[str, object]) -> dict[str, Any] | str:
    """The changed example, or why the overrides were refused."""
    try:
        return changed(example(), overrides)
    except OverrideError as error:
        return str(error)


@given(overrides=st.dictionaries(names, values, max_size=3))
@settings(max_examples=150)
def test_whatever_is_sent_is_applied_or_refused(overrides: dict[str, object]) -> None:
    """Any JSON object gives an order that can be sent, or one short line that says why not."""
    result = outcome(overrides)

    if isinstance(result, str):
        assert result.isprintable()
        assert 500 > len(result)
    else:
        sent = json.dumps(result, ensure_ascii=False).encode()
        assert PUSH.is_valid(json.loads(sent))
