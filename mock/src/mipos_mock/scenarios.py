"""Scenarios: made-up orders that each try one thing of a POS, the same for the same seed."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final, TypeVar

from mipos_mock import dishes
from mipos_mock.dishes import Dish, Modifier

Json = dict[str, Any]
"""A JSON object."""

_T = TypeVar("_T")

_BIG = 100  # items
_LONG = 3000  # characters
_SHOWN = 60  # characters of a refused name that an error repeats


class ScenarioError(ValueError):
    """There is no scenario of that name; the message lists those that there are."""


@dataclass(frozen=True, slots=True)
class Cart:
    """What a scenario decides about an order.

    Attributes:
        customer: Name of the customer.
        items: The lines, which may lack what `complete_item` adds.
        instructions: Instructions for the whole order.
        discount_percent: From 0 to 100, of the total.
    """

    customer: str
    items: Sequence[Json]
    instructions: str = ""
    discount_percent: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of order.

    Attributes:
        name: What a request calls it.
        text: What it is for, in one line.
        fill: From a source of chance to what is ordered.
    """

    name: str
    text: str
    fill: Callable[[Random], Cart]


def compose(  # noqa: PLR0913 - ids and time are no scenario's to decide
    scenario: str,
    seed: int,
    *,
    external_id: str,
    created_at: str,
    store_id: str,
    delivery_id: int,
) -> dict[str, object]:
    """Returns the JSON object of an order push; equal arguments give an equal order.

    Fields, their order and the arithmetic are those of the pages "Webhook content" and "Retrieve
    delivery orders": `discount_value` is not subtracted from `total`, and `order_number` is the
    end of `external_id`. The pages disagree on the name of the store, so an order carries it both
    as `external_store_id` and as `store_id` (assumption).

    Args:
        scenario: A name of `SCENARIOS`.
        seed: Any integer; another one gives another order of the same kind.
        external_id: The id of the order on the delivery platform.
        created_at: When it was placed there, such as ``2020-03-20T04:51:03Z``.
        store_id: The id of the store on the platform.
        delivery_id: The id of the delivery platform.

    Raises:
        ScenarioError: If there is no such scenario.
    """
    if scenario not in SCENARIOS:
        raise ScenarioError(
            f"scenario is {scenario[:_SHOWN]!r}: send one of {', '.join(SCENARIOS)}"
        )
    # Text seeds by its SHA-512: the same in every process and on every platform.
    cart = SCENARIOS[scenario].fill(Random(f"{scenario} {seed}"))  # noqa: S311 - orders, not secrets
    items = [complete_item(item) for item in cart.items]
    total = sum(item["total_value"] for item in items)
    return {
        "external_id": external_id,
        "created_at": created_at,
        "total": total,
        "customer": cart.customer,
        "external_store_id": store_id,
        "store_id": store_id,
        "order_number": _order_number(external_id),
        "instructions": cart.instructions,
        "items": items,
        "discount_value": total * cart.discount_percent // 100,
        "delivery_id": delivery_id,
    }


def documented_example(*, external_id: str, store_id: str, delivery_id: int) -> dict[str, object]:
    """Returns the order of the page "Retrieve delivery orders" with ids of your own.

    The store is called `external_store_id` alone, as in the example of the page "Webhook content".
    """
    return {
        "external_id": external_id,
        "created_at": "2020-03-20T04:51:03Z",
        "total": 25800,
        "customer": "Brenda E.",
        "external_store_id": store_id,
        "order_number": _order_number(external_id),
        "instructions": "",
        "items": [complete_item(_line(dishes.EL_XOLO, 2, _each(dishes.EL_XOLO.modifiers[:2])))],
        "discount_value": 800,
        "delivery_id": delivery_id,
    }


def make_external_id(seed: int) -> str:
    """Returns an id in the form of a random UUID, the same for the same seed."""
    bits = Random(f"external id {seed}").getrandbits(128)  # noqa: S311 - an id, not a secret
    return str(uuid.UUID(int=bits, version=4))


def complete_item(item: Mapping[str, Any]) -> Json:
    """Returns an item with all its fields, in documented order.

    What it has stays. A missing quantity is 1, a missing price 0; missing totals are derived.

    Args:
        item: An item with at least `external_id` and `name`, and modifiers with at least these.
    """
    modifiers = [_complete_modifier(modifier) for modifier in item.get("modifiers", ())]
    unit_value, quantity = item.get("unit_value", 0), item.get("quantity", 1)
    extra = sum(modifier["total_value"] for modifier in modifiers)
    total_unit_value = item.get("total_unit_value", unit_value + extra)
    return {
        "external_id": item["external_id"],
        "name": item["name"],
        "quantity": quantity,
        "unit_value": unit_value,
        "total_unit_value": total_unit_value,
        "total_value": item.get("total_value", total_unit_value * quantity),
        "instructions": item.get("instructions", ""),
        "modifiers": modifiers,
    }


def _complete_modifier(modifier: Mapping[str, Any]) -> Json:
    unit_value, quantity = modifier.get("unit_value", 0), modifier.get("quantity", 1)
    return {
        "external_id": modifier["external_id"],
        "name": modifier["name"],
        "quantity": quantity,
        "unit_value": unit_value,
        "total_value": modifier.get("total_value", unit_value * quantity),
    }


def _order_number(external_id: str) -> str:
    """Returns the short number: the example of the page shows the end of the id in capitals."""
    return external_id[-5:].upper()


def _simple(random: Random) -> Cart:
    picked = _some(random, dishes.DISHES, 1, 3)
    return Cart(
        random.choice(dishes.CUSTOMERS),
        [_line(dish, random.randrange(1, 3)) for dish in picked],
    )


def _big(random: Random) -> Cart:
    return Cart(random.choice(dishes.CUSTOMERS), [_any_line(random) for _ in range(_BIG)])


def _modifiers(random: Random) -> Cart:
    def line(dish: Dish) -> Json:
        free = [each for each in dish.modifiers if each.unit_value == 0]
        paid = [each for each in dish.modifiers if each.unit_value > 0]
        chosen = [
            *((each, random.randrange(1, 3)) for each in _some(random, free, 1, 2)),
            *((each, random.randrange(2, 5)) for each in _some(random, paid, 1, 2)),
        ]
        return _line(dish, random.randrange(1, 4), chosen)

    picked = _some(random, dishes.DISHES, 2, 4)
    return Cart(random.choice(dishes.CUSTOMERS), [line(dish) for dish in picked])


def _discount(random: Random) -> Cart:
    return Cart(
        random.choice(dishes.CUSTOMERS),
        [_any_line(random) for _ in range(random.randrange(1, 4))],
        discount_percent=random.choice((5, 10, 15, 25, 50, 100)),
    )


def _notes(random: Random) -> Cart:
    return Cart(
        random.choice(dishes.CUSTOMERS),
        [
            _line(dish, random.randrange(1, 3), instructions=random.choice(dishes.ITEM_NOTES))
            for dish in _some(random, dishes.DISHES, 1, 3)
        ],
        instructions=random.choice(dishes.ORDER_NOTES),
    )


def _unicode(random: Random) -> Cart:
    kinds = (dishes.ACCENTED, dishes.CJK, dishes.EMOJI, dishes.COMBINING)
    return _in_scripts(random, kinds, dishes.UNICODE_CUSTOMERS, dishes.UNICODE_NOTES)


def _rtl(random: Random) -> Cart:
    scripts = (dishes.ARABIC, dishes.HEBREW)
    return _in_scripts(random, scripts, dishes.RTL_CUSTOMERS, dishes.RTL_NOTES)


def _long_text(random: Random) -> Cart:
    dish = random.choice(dishes.DISHES)
    modifier = Modifier("3901", _prose(random), random.choice(dish.modifiers).unit_value)
    item = Dish("19001", _prose(random), dish.unit_value, (modifier,))
    return Cart(
        _prose(random),
        [_line(item, random.randrange(1, 4), _each(item.modifiers), _prose(random))],
        instructions=_prose(random),
    )


def _zero_total(random: Random) -> Cart:
    def free(dish: Dish) -> Dish:
        modifiers = tuple(each._replace(unit_value=0) for each in dish.modifiers)
        return dish._replace(unit_value=0, modifiers=modifiers)

    menu = [free(dish) for dish in dishes.DISHES]
    items = [_any_line(random, menu) for _ in range(random.randrange(1, 4))]
    return Cart(random.choice(dishes.CUSTOMERS), items)


SCENARIOS: Final[Mapping[str, Scenario]] = {
    scenario.name: scenario
    for scenario in (
        Scenario("simple", "one to three items, no modifiers, no instructions", _simple),
        Scenario("big", f"{_BIG} items", _big),
        Scenario(
            "modifiers", "several modifiers an item, some free, some more than once", _modifiers
        ),
        Scenario("discount", "a discount, at most the total", _discount),
        Scenario("notes", "instructions with line breaks, quotes and markup", _notes),
        Scenario("unicode", "accents, CJK, joined emoji and combining marks", _unicode),
        Scenario("rtl", "Arabic and Hebrew names, which are read from right to left", _rtl),
        Scenario("long-text", "names and instructions of thousands of characters", _long_text),
        Scenario("zero-total", "everything is free: the total is 0", _zero_total),
    )
}
"""The scenarios by name."""


def _line(
    dish: Dish, quantity: int, chosen: Iterable[tuple[Modifier, int]] = (), instructions: str = ""
) -> Json:
    """Returns an item without its totals.

    Args:
        dish: What is ordered.
        quantity: How many of it.
        chosen: Modifiers, and how many of each.
        instructions: Instructions for the item.
    """
    return {
        "external_id": dish.external_id,
        "name": dish.name,
        "quantity": quantity,
        "unit_value": dish.unit_value,
        "instructions": instructions,
        "modifiers": [{**modifier._asdict(), "quantity": count} for modifier, count in chosen],
    }


def _each(modifiers: Iterable[Modifier]) -> list[tuple[Modifier, int]]:
    return [(modifier, 1) for modifier in modifiers]


def _any_line(random: Random, menu: Sequence[Dish] = dishes.DISHES) -> Json:
    dish = random.choice(menu)
    return _line(dish, random.randrange(1, 4), _each(_some(random, dish.modifiers, 0, 2)))


def _in_scripts(
    random: Random,
    menus: Iterable[Sequence[Dish]],
    customers: Sequence[str],
    notes: Sequence[str],
) -> Cart:
    """Returns a cart with one dish of each menu."""
    picked = [random.choice(menu) for menu in menus]
    items = [
        _line(dish, random.randrange(1, 3), _each(_some(random, dish.modifiers, 1, 2)))
        for dish in picked
    ]
    return Cart(random.choice(customers), items, instructions=random.choice(notes))


def _some(random: Random, pool: Sequence[_T], least: int, most: int) -> list[_T]:
    """Returns different members, as many as chance decides."""
    left = list(pool)
    return [left.pop(random.randrange(len(left))) for _ in range(random.randrange(least, most + 1))]


def _prose(random: Random) -> str:
    """Returns words without a line break, `_LONG` characters of them or slightly more."""
    words: list[str] = []
    while len(" ".join(words)) < _LONG:
        words.append(random.choice(dishes.DISHES).name)
    return " ".join(words)
