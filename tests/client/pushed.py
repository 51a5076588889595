"""Pushes to read: the documented ones, and any that the document allows."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, cast

import msgspec
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Container

DOCUMENTED: dict[str, Any] = {
    "external_id": "01f1b8ce-a65d-4876-a72f-8f549f3566b7",
    "created_at": "2020-03-20T04:51:03Z",
    "total": 25800,
    "customer": "Brenda E.",
    "external_store_id": "3",
    "order_number": "566B7",
    "instructions": "",
    "items": [
        {
            "external_id": "13753",
            "name": "El Xolo",
            "quantity": 2,
            "unit_value": 10900,
            "total_unit_value": 12900,
            "total_value": 25800,
            "instructions": "",
            "modifiers": [
                {
                    "external_id": "3006",
                    "name": "Elige Tus  Papas",
                    "quantity": 1,
                    "unit_value": 0,
                    "total_value": 0,
                },
                {
                    "external_id": "3012",
                    "name": "Elige tu salchicha",
                    "quantity": 1,
                    "unit_value": 2000,
                    "total_value": 2000,
                },
            ],
        }
    ],
    "discount_value": 800,
    "delivery_id": 1,
}

MISSING = object()

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_integers = st.integers() | st.integers(-(10**60), 10**60)
values: st.SearchStrategy[object] = st.recursive(
    st.none()
    | st.booleans()
    | _integers
    | st.floats(allow_nan=False, allow_infinity=False)
    | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=5,
)


def _both(some: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    return {**others, **some}


def _objects(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw objects with these fields, and with some that no page names."""
    unknown = st.dictionaries(_texts.map("x-{}".format) | st.just("raw"), values, max_size=2)
    return st.builds(_both, st.fixed_dictionaries(fields), unknown)


_modifiers = _objects(
    {
        "external_id": _texts,
        "name": _texts,
        "quantity": _integers,
        "unit_value": _integers,
        "total_value": _integers,
    }
)
_items = _objects(
    {
        "external_id": _texts,
        "name": _texts,
        "quantity": _integers,
        "unit_value": _integers,
        "total_unit_value": _integers,
        "total_value": _integers,
        "instructions": _texts,
        "modifiers": st.lists(_modifiers, max_size=3),
    }
)
orders = st.builds(
    _both,
    _objects(
        {
            "external_id": _texts,
            "created_at": _texts,
            "total": _integers,
            "customer": _texts,
            "order_number": _texts,
            "instructions": _texts,
            "items": st.lists(_items, max_size=3),
            "discount_value": _integers,
            "delivery_id": _integers,
        }
    ),
    st.fixed_dictionaries(
        {}, optional={"store_id": st.none() | _texts, "external_store_id": st.none() | _texts}
    ),
)


def _damage(whole: bytes) -> st.SearchStrategy[bytes]:
    """Draw what a slip on the way makes of JSON."""
    return st.sampled_from(
        [
            whole,
            whole[: len(whole) // 2],
            whole.replace(b":", b",", 1),
            whole.replace(b"[", b"", 1),
            whole.replace(b'"', b"", 1),
            whole.replace(b"total", b"\xff", 1),
        ]
    )


def encoded(value: object) -> bytes:
    """Return a value as JSON."""
    return json.dumps(value).encode()


damaged = orders.map(encoded).flatmap(_damage)


def changed(value: dict[str, Any], path: tuple[str | int, ...], new: object) -> dict[str, Any]:
    """Return a copy with another value at a path, or without that property."""
    whole = copy.deepcopy(value)
    target: Any = whole
    *parents, last = path
    for each in parents:
        target = target[each]
    if new is MISSING:
        del target[last]
    else:
        target[last] = new
    return whole


def fields_of(model: object) -> dict[str, Any]:
    """Return a model and all that is in it as plain values, without `raw`."""
    plain = cast("dict[str, Any]", msgspec.to_builtins(model))
    del plain["raw"]
    return plain


def known_of(order: dict[str, Any]) -> dict[str, Any]:
    """Return an order without the properties that the document does not describe."""
    known = _among(order, {*DOCUMENTED, "store_id"})
    item: dict[str, Any] = DOCUMENTED["items"][0]
    known["items"] = [_among(each, item) for each in order["items"]]
    for each in known["items"]:
        each["modifiers"] = [_among(one, item["modifiers"][0]) for one in each["modifiers"]]
    return known


def _among(value: dict[str, Any], names: Container[str]) -> dict[str, Any]:
    return {name: each for name, each in value.items() if name in names}
