"""What holds for any two documents: nothing is silent, and nothing is made up."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml
from hypothesis import given
from hypothesis import strategies as st

from scripts.changes.compare import compare
from scripts.changes.rules import Change
from scripts.changes.table import RULES
from scripts.changes.tree import canonical
from tests.changes.plants import PLANTS, Plant, base

if TYPE_CHECKING:
    from scripts.changes.tree import Document

REAL: Document = yaml.safe_load(Path("openapi.yaml").read_text("utf-8"))
KEYS = st.sampled_from(
    [
        *("$ref", "additionalProperties", "allOf", "anyOf", "const", "content", "default"),
        *("description", "enum", "examples", "get", "headers", "items", "maxLength", "name"),
        *("not", "oneOf", "parameters", "properties", "required", "responses", "schema"),
        *("security", "servers", "type", "x-extensible-enum", "x-source", "x-y", "é/~"),
    ]
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.sampled_from(
        [*("", "string", "object", "null", "ORDER", "#/components/schemas/Webhook", "#/nowhere")]
    ),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def changed(draw: st.DrawFn, document: Document) -> Document:
    """Return a document in which some places were changed, taken away, or added to."""
    result = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        node: Any = result
        # Down to somewhere, most often not to the very bottom.
        for _ in range(draw(st.integers(0, 12))):
            inner = [child for child in children(node) if children(child)]
            if not inner:
                break
            node = draw(st.sampled_from(inner))
        if isinstance(node, dict):
            mapping = cast("Document", node)
            key = draw(KEYS | st.sampled_from([*mapping] or ["type"]))
            if draw(st.booleans()):
                mapping.pop(key, None)
            else:
                mapping[key] = draw(VALUES)
        elif isinstance(node, list):
            values = cast("list[object]", node)
            values[draw(st.integers(0, len(values) - 1)) :] = draw(st.lists(VALUES, max_size=2))
    return result


def children(node: object) -> list[object]:
    """Return what a mapping or a list holds."""
    if isinstance(node, dict):
        return [*cast("Document", node).values()]
    return [*cast("list[object]", node)] if isinstance(node, list) else []


@given(changed(base()) | changed(REAL))
def test_document_has_no_change_from_itself(document: Document) -> None:
    """Compared with itself, no document differs, however odd it is."""
    assert [] == compare(document, copy.deepcopy(document))


@given(st.sampled_from([base(), REAL]).flatmap(lambda one: st.tuples(st.just(one), changed(one))))
def test_no_difference_is_silent(documents: tuple[Document, Document]) -> None:
    """Documents that differ have a finding in both directions, and no others have one."""
    old, new = documents
    differ = canonical(old) != canonical(new)

    assert (differ, differ) == (bool(compare(old, new)), bool(compare(new, old)))


@given(st.sampled_from(PLANTS))
def test_addition_is_a_removal_seen_from_the_other_side(planted: Plant) -> None:
    """With the sides swapped, each finding has its counterpart among the reverse rules."""
    old, new = planted.documents()
    there, back = (
        {finding.rule for finding in compare(*pair)} for pair in ((old, new), (new, old))
    )

    for rules, others in ((there, back), (back, there)):
        assert [] == [rule for rule in rules if others.isdisjoint(RULES[rule].reverse or (rule,))]


@given(st.sampled_from([planted for planted in PLANTS if planted.change is Change.ADDITIVE]))
def test_additions_do_not_break_and_their_removal_does(planted: Plant) -> None:
    """What only adds is additive; taking it away breaks, unless the table says it does not."""
    old, new = planted.documents()
    breaking = {Change.CLIENTS, Change.SERVERS}

    back = {finding.change for finding in compare(new, old)}

    assert {Change.ADDITIVE} == {finding.change for finding in compare(old, new)}
    assert ("deprecated" == planted.rule) != (not breaking.isdisjoint(back))
