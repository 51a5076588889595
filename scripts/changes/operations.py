"""Compare the operations of `paths` and of `webhooks`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.catalogue import METHODS
from scripts.changes import bodies, security
from scripts.changes.comparison import Use, moved
from scripts.changes.tree import Node, follow, same

if TYPE_CHECKING:
    from scripts.changes.comparison import Comparison
    from scripts.changes.tree import Document

JUDGED = frozenset(
    {
        *("deprecated", "operationId", "parameters", "requestBody", "responses", "security"),
        "servers",
    }
)
Key = tuple[str, str]
# An operation with the item that holds it.
Held = tuple[Node, Node]


def compare_section(comparison: Comparison, section: str) -> None:
    """Record what differs between the operations of `paths`, or of `webhooks`."""
    use = Use(section, "sent", "")
    holders = [
        Node(document, ()).children().get(section) for document in (comparison.old, comparison.new)
    ]
    if any(holder is not None and not isinstance(holder.value, dict) for holder in holders):
        comparison.other(use, *holders)
        return
    before = _items(comparison.old, holders[0])
    after = _items(comparison.new, holders[1])
    raw = [holder.children() if holder else {} for holder in holders]
    for name in sorted(before.keys() | after.keys()):
        if name not in before or name not in after:
            if name.startswith("x-"):
                comparison.other(use, raw[0].get(name), raw[1].get(name))
            continue
        # What stands beside a reference here has no meaning that everybody agrees on.
        if any("$ref" in side[name].children() and len(side[name].children()) > 1 for side in raw):
            comparison.other(use, raw[0][name], raw[1][name])
        one, other = before[name].children(), after[name].children()
        if isinstance(before[name].value, dict) and isinstance(after[name].value, dict):
            comparison.rest(use, one, other, {*METHODS, "parameters", "servers"})
        else:
            comparison.other(use, before[name], after[name])
    for old, new in _pairs(comparison, use, _operations(before), _operations(after)):
        _compare(comparison, section, old, new)


def _items(document: Document, holder: Node | None) -> dict[str, Node]:
    items = holder.children() if holder else {}
    return {name: follow(document, item) for name, item in items.items()}


def _operations(items: dict[str, Node]) -> dict[Key, Held]:
    return {
        (name, method): (item, children[method])
        for name, item in items.items()
        for children in (item.children(),)
        for method in METHODS
        if method in children
    }


def _pairs(
    comparison: Comparison, use: Use, old: dict[Key, Held], new: dict[Key, Held]
) -> list[tuple[Held, Held]]:
    """Return the operations that are on both sides, and record those that are not, or moved."""
    pairs = [(old[key], new[key]) for key in old if key in new]
    gone = {key: held for key, held in old.items() if key not in new}
    come = {key: held for key, held in new.items() if key not in old}
    by_id = {_label(held): key for key, held in come.items() if _label(held)}
    for key, held in gone.items():
        name = f"{key[1].upper()} {key[0]}"
        moved_to = by_id.pop(_label(held), None)
        if moved_to is None:
            comparison.record("operation-removed", use, held[1], None, f"{name} goes.")
            continue
        partner = come.pop(moved_to)
        is_name = use.section == "webhooks" and key[1] == moved_to[1]
        comparison.record(
            *("webhook-renamed" if is_name else "operation-moved", use, held[1], partner[1]),
            f"{name} is now {moved_to[1].upper()} {moved_to[0]}.",
        )
        pairs.append((held, partner))
    for key, held in come.items():
        comparison.record(
            "operation-added", use, None, held[1], f"{key[1].upper()} {key[0]} comes."
        )
    return pairs


def _label(held: Held) -> str:
    identifier = held[1].children().get("operationId")
    return str(identifier.value) if identifier else ""


def _compare(comparison: Comparison, section: str, old: Held, new: Held) -> None:
    (item, before), (other_item, after) = old, new
    label = _label(new) or "/".join(after.place)
    asks = Use(section, "received" if section == "webhooks" else "sent", f"{label} request")
    if not (isinstance(before.value, dict) and isinstance(after.value, dict)):
        comparison.other(asks, before, after)
        return
    one, other = before.children(), after.children()
    whole = replace(asks, label=label)
    comparison.flag("operation-id", whole, one.get("operationId"), other.get("operationId"))
    comparison.flag("deprecated", whole, one.get("deprecated"), other.get("deprecated"))
    if section == "paths":
        _compare_group(comparison, whole, one.get("tags"), other.get("tags"))
    bodies.compare_fields(
        *(comparison, asks),
        bodies.parameters(comparison.old, _listed(item, before)),
        bodies.parameters(comparison.new, _listed(other_item, after)),
    )
    for key in ("parameters", "servers"):
        nodes = one.get(key), other.get(key)
        if key == "servers" or any(node and not isinstance(node.value, list) for node in nodes):
            comparison.other(asks, *nodes)
    _compare_request(comparison, asks, one.get("requestBody"), other.get("requestBody"))
    _compare_answers(comparison, section, label, one.get("responses"), other.get("responses"))
    security.compare(comparison, asks, before, after)
    comparison.rest(asks, one, other, JUDGED)
    if not same(item.children().get("servers"), other_item.children().get("servers")):
        nodes = item.children().get("servers"), other_item.children().get("servers")
        comparison.other(asks, *nodes)


def _compare_group(comparison: Comparison, use: Use, old: Node | None, new: Node | None) -> None:
    """Record another first tag: generated code has the operation elsewhere."""
    first = [node.elements()[:1] if node else [] for node in (old, new)]
    if [tag.value for tag in first[0]] != [tag.value for tag in first[1]]:
        comparison.record("names", use, old, new, moved(old, new))


def _listed(item: Node, operation: Node) -> list[Node]:
    """Return the parameters of an operation after those that it has from its path."""
    return [
        parameter
        for holder in (item, operation)
        for parameter in holder.children().get("parameters", Node([], ())).elements()
    ]


def _compare_request(comparison: Comparison, use: Use, old: Node | None, new: Node | None) -> None:
    if old is None and new is None:
        return
    if old is None or new is None:
        required = follow(comparison.new, new).children().get("required") if new else None
        if old is not None:
            comparison.directed("field-removed", use, old, None, "the body goes.")
        elif required is not None and required.value is True:
            comparison.directed("required-added", use, None, new, "a body is required.")
        else:
            comparison.directed("field-added", use, None, new, "a body comes.")
        return
    before, after = comparison.followed(old, new)
    one, other = before.children(), after.children()
    if not (isinstance(before.value, dict) and isinstance(after.value, dict)):
        comparison.other(use, before, after)
        return
    bodies.compare_required(comparison, use, "the body", before, after)
    bodies.compare_content(comparison, use, one.get("content"), other.get("content"))
    comparison.rest(use, one, other, {"content", "required"})


def _compare_answers(
    comparison: Comparison, section: str, label: str, old: Node | None, new: Node | None
) -> None:
    direction = "sent" if section == "webhooks" else "received"
    before, after = (node.children() if node else {} for node in (old, new))
    if any(node is not None and not isinstance(node.value, dict) for node in (old, new)):
        comparison.other(Use(section, direction, label), old, new)
        return
    for status in sorted(before.keys() | after.keys()):
        use = Use(section, direction, f"{label} {status}")
        one, other = before.get(status), after.get(status)
        kind = "success" if status[:1] in {"1", "2", "3"} else "error"
        if status.startswith("x-"):
            comparison.other(use, one, other)
        elif one is None:
            comparison.directed(f"{kind}-added", use, one, other, f"status {status} comes.")
        elif other is None:
            comparison.directed(f"{kind}-removed", use, one, other, f"status {status} goes.")
        else:
            _compare_answer(comparison, use, *comparison.followed(one, other))


def _compare_answer(comparison: Comparison, use: Use, old: Node, new: Node) -> None:
    one, other = old.children(), new.children()
    if not (isinstance(old.value, dict) and isinstance(new.value, dict)):
        comparison.other(use, old, new)
        return
    pair = one.get("headers"), other.get("headers")
    if any(node is not None and not isinstance(node.value, dict) for node in pair):
        comparison.other(use, *pair)
    else:
        bodies.compare_fields(
            *(comparison, use),
            bodies.headers(comparison.old, pair[0]),
            bodies.headers(comparison.new, pair[1]),
        )
    contents = one.get("content"), other.get("content")
    kept = [node is not None and node.value != {} for node in contents]
    # An answer to a push whose body does not matter, and one whose body is described.
    if use.direction == "sent" and kept == [False, True]:
        comparison.directed("required-added", use, old, contents[1], "a body is described.")
    elif use.direction == "sent" and kept == [True, False]:
        comparison.directed("required-removed", use, contents[0], new, "no body is described.")
    else:
        bodies.compare_content(comparison, use, *contents)
    comparison.rest(use, one, other, {"content", "headers"})
