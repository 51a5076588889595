"""Compare what an exchange carries: parameters, headers, bodies by content type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.changes import schemas
from scripts.changes.comparison import moved
from scripts.changes.tree import Node, canonical, follow, shown

if TYPE_CHECKING:
    from scripts.changes.comparison import Comparison, Use
    from scripts.changes.tree import Document

SERIALIZATION = ("style", "explode", "allowReserved", "allowEmptyValue")
JUDGED = frozenset({*SERIALIZATION, "content", "deprecated", "in", "name", "required", "schema"})
# Each where it is named, and where it is described.
Fields = dict[tuple[str, str], tuple[Node, Node]]


def parameters(document: Document, nodes: list[Node]) -> Fields:
    """Return parameters by where they stand and how they are called, later ones over earlier."""
    fields: Fields = {}
    for node in nodes:
        target = follow(document, node)
        children = target.children()
        where, name = (
            str(children[key].value) if key in children else "" for key in ("in", "name")
        )
        is_known = where or name
        key = _key(where, name) if is_known else ("$ref", str(_reference(target)))
        fields[key] = (node, target)
    return fields


def _reference(node: Node) -> object:
    reference = node.children().get("$ref")
    return reference.value if reference else ""


def headers(document: Document, holder: Node | None) -> Fields:
    """Return the headers of an answer as parameters are named."""
    nodes = holder.children() if holder else {}
    return {_key("header", name): (node, follow(document, node)) for name, node in nodes.items()}


def _key(where: str, name: str) -> tuple[str, str]:
    # The names of headers are the same in upper and lower case.
    return where, name.lower() if where == "header" else name


def compare_fields(comparison: Comparison, use: Use, old: Fields, new: Fields) -> None:
    """Record what differs between the parameters, or the headers, of an exchange."""
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        name = f"{key[0]} {shown(key[1])}"
        if before is not None and after is not None:
            _compare_field(comparison, use, key, before[1], after[1])
        elif before is not None:
            comparison.directed("field-removed", use, before[0], None, f"{name} goes.")
        elif after is not None and _is_required(after[1]):
            comparison.directed("required-added", use, None, after[0], f"{name} is required.")
        elif after is not None:
            comparison.directed("field-added", use, None, after[0], f"{name} comes.")


def _compare_field(
    comparison: Comparison, use: Use, key: tuple[str, str], old: Node, new: Node
) -> None:
    one, other = old.children(), new.children()
    if not (one and other):
        comparison.other(use, old, new)
        return
    where, name = key[0], f"{key[0]} {shown(key[1])}"
    compare_required(comparison, use, name, old, new)
    comparison.flag("deprecated", use, one.get("deprecated"), other.get("deprecated"))
    if ("content" in one) != ("content" in other):
        _reformed(comparison, use, old, new, f"{name} has another form.")
    else:
        forms = _form(where, one), _form(where, other)
        for keyword in SERIALIZATION:
            if canonical(forms[0][keyword]) != canonical(forms[1][keyword]):
                nodes = one.get(keyword), other.get(keyword)
                # The way of lists follows from the style, which has said so.
                if any(nodes):
                    _reformed(comparison, use, *nodes, moved(*nodes))
        schemas.compare(
            *(comparison, use),
            one.get("schema", Node({}, (*old.place, "schema"))),
            other.get("schema", Node({}, (*new.place, "schema"))),
        )
        compare_content(comparison, use, one.get("content"), other.get("content"))
    for known in ("in", "name"):
        if known not in one or known not in other:
            comparison.other(use, one.get(known), other.get(known))
    comparison.rest(use, one, other, JUDGED)


def _form(where: str, keywords: dict[str, Node]) -> dict[str, object]:
    """Return how a parameter or header travels, what is not written spelled out."""
    usual = "form" if where in {"cookie", "query"} else "simple"
    style = keywords["style"].value if "style" in keywords else usual
    form: dict[str, object] = dict.fromkeys(SERIALIZATION, False)
    form |= {"style": style, "explode": style == "form"}
    return form | {key: keywords[key].value for key in SERIALIZATION if key in keywords}


def _reformed(
    comparison: Comparison, use: Use, old: Node | None, new: Node | None, message: str
) -> None:
    """Record another form on the wire: who sends it and who reads it have to change together."""
    comparison.record("serialization", use, old, new, message)
    comparison.record("serialization-platform", use, old, new, message)


def compare_required(comparison: Comparison, use: Use, name: str, old: Node, new: Node) -> None:
    """Record whether a parameter, a header or a body is required now, or no longer."""
    before, after = old.children().get("required"), new.children().get("required")
    if any(node is not None and not isinstance(node.value, bool) for node in (before, after)):
        comparison.other(use, before, after)
    elif _is_required(new) and not _is_required(old):
        comparison.directed("required-added", use, before, after, f"{name} is required.")
    elif _is_required(old) and not _is_required(new):
        comparison.directed(
            "required-removed", use, before, after, f"{name} is no longer required."
        )


def _is_required(node: Node) -> bool:
    required = node.children().get("required")
    return required is not None and required.value is True


def compare_content(comparison: Comparison, use: Use, old: Node | None, new: Node | None) -> None:
    """Record what differs between the bodies of an exchange, one for each content type."""
    if any(node is not None and not isinstance(node.value, dict) for node in (old, new)):
        comparison.other(use, old, new)
        return
    before, after = (node.children() if node else {} for node in (old, new))
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        if one is None:
            comparison.directed("content-added", use, one, other, f"{name} comes.")
        elif other is None:
            comparison.directed("content-removed", use, one, other, f"{name} goes.")
        else:
            _compare_media(comparison, use, one, other)


def _compare_media(comparison: Comparison, use: Use, old: Node, new: Node) -> None:
    one, other = old.children(), new.children()
    if not (isinstance(old.value, dict) and isinstance(new.value, dict)):
        comparison.other(use, old, new)
        return
    schemas.compare(
        *(comparison, use),
        one.get("schema", Node({}, (*old.place, "schema"))),
        other.get("schema", Node({}, (*new.place, "schema"))),
    )
    comparison.rest(use, one, other, {"schema"})
