"""Menus: what a POS answers when the platform asks for the menu of a store."""

import json
from math import isfinite
from typing import Final

from mipos_mock.pushes import Push
from mipos_mock.state import Menu, State
from mipos_mock.wire import encode

DEPTH_MAX: Final = 100
"""How deep the lists and objects of a menu may be nested to count as JSON."""


def question(store_id: str) -> str:
    """Returns the body that asks for the menu of a store: the documented ``store_id``."""
    return encode({"store_id": store_id})


def keep(state: State, push: Push, answer: bytes) -> None:
    """Keeps what a POS answered as the store's menu at that URL.

    No page shows the form of the answer, so any is kept as it is.
    """
    text = answer.decode("utf-8", "replace")
    kept = Menu(push.account, push.store_id, push.url, state.clock.now(), push.id, text)
    state.menus[push.store_id, push.url] = kept
    state.keeper.save(kept)


def content(menu: Menu) -> object:
    """Returns the JSON value of a menu, or its text when it is no JSON or nested too deep."""
    try:
        value: object = json.loads(menu.text, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError):
        return menu.text
    level: list[object] = [value]
    for _ in range(DEPTH_MAX):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return value
    return menu.text


def _finite(number: str) -> float:
    value = float(number)
    if not isfinite(value):
        raise ValueError(number)  # JSON has no NaN and no infinity to show it by
    return value


def _inside(value: object) -> list[object]:
    match value:
        case dict():
            return list(value.values())  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - any JSON
        case list():
            return value  # pyright: ignore[reportUnknownVariableType] - any JSON
        case _:
            return []
