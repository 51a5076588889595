"""Keywords that see each other, and values that types and lists let through."""

from __future__ import annotations

import pytest

from scripts.changes.compare import compare
from scripts.changes.effective import effective
from scripts.changes.tree import Node as Found
from tests.changes.plants import SCHEMAS, Node, base, edit

STRING: Node = {"type": "string"}
NUMBER: Node = {"type": "integer"}
NULL: Node = {"type": "null"}
# Keywords of two branches that see each other in one.
APART: list[tuple[Node, Node]] = [
    ({"patternProperties": {"^a": {}}}, {"additionalProperties": False}),
    ({"additionalProperties": False}, {"patternProperties": {"^a": {}}}),
    ({"properties": {"a": {}}}, {"additionalProperties": False}),
    ({"prefixItems": [{}]}, {"items": STRING}),
    ({"if": STRING}, {"then": {"maxLength": 1}}),
    ({"if": STRING}, {"else": {"maxLength": 1}}),
    ({"contains": STRING}, {"minContains": 2}),
    ({"contains": STRING}, {"maxContains": 2}),
    ({"oneOf": [STRING, NULL]}, {"discriminator": {"propertyName": "a"}}),
    ({"properties": {"a": {}}}, {"unevaluatedProperties": False}),
    ({"prefixItems": [{}]}, {"unevaluatedItems": False}),
    ({"anyOf": [STRING, NULL]}, {"unevaluatedProperties": False}),
]


def rules(before: object, after: object, place: str = "Wish") -> set[str]:
    """Return the rules of what changed in a property of a schema, without its direction."""
    old, new = base(), base()
    edit(old, f"{SCHEMAS}/{place}/properties/it", before)
    edit(new, f"{SCHEMAS}/{place}/properties/it", after)
    return {
        finding.rule.removeprefix("sent-").removeprefix("received-")
        for finding in compare(old, new)
    }


@pytest.mark.parametrize(("one", "other"), APART)
def test_keywords_that_see_each_other_are_not_merged(one: Node, other: Node) -> None:
    """From two branches of `allOf`, such keywords mean something else than side by side."""
    both = effective({}, Found({"allOf": [one, other]}, ()))

    assert [other] == [branch.value for branch in both.branches]
    assert set() != rules({"allOf": [one, other]}, one | other) - {"rewritten"}


@pytest.mark.parametrize(
    ("expected", "before", "after"),
    [
        ({"type-narrowed", "values-widened"}, {"enum": ["A", None]}, STRING),
        ({"type-narrowed", "values-widened"}, {"enum": ["A", 1]}, STRING),
        ({"values-widened"}, {"enum": ["A", None]}, {"type": ["string", "null"]}),
        ({"type-narrowed", "type-widened"}, {"enum": [1, 2]}, STRING),
        ({"values-widened"}, {"enum": [True]}, {"type": "boolean"}),
        ({"type-narrowed"}, {"enum": [True, False, None]}, {"type": "boolean"}),
        ({"type-narrowed", "values-widened"}, {"enum": [1, 1.5]}, NUMBER),
    ],
)
def test_list_against_types_loses_and_gains(
    expected: set[str], before: object, after: object
) -> None:
    """Both halves of a change from a list of values to types are told, and of the way back."""
    swap = {"narrowed": "widened", "widened": "narrowed"}
    back = {f"{rule.split('-')[0]}-{swap[rule.split('-')[1]]}" for rule in expected}

    assert expected == rules(before, after)
    assert back == rules(after, before)


@pytest.mark.parametrize(
    ("expected", "others", "added"),
    [
        ({"field-added"}, STRING, STRING),
        ({"field-added"}, True, NUMBER),
        ({"field-added", "type-narrowed", "type-widened"}, STRING, NUMBER),
        ({"field-added", "limit-narrowed"}, STRING, {"type": "string", "maxLength": 5}),
        ({"closed-field-added"}, False, NUMBER),
    ],
)
@pytest.mark.parametrize("place", ["Wish", "Thing"])
def test_new_property_is_compared_with_what_others_could_be(
    expected: set[str], others: object, added: object, place: str
) -> None:
    """A property that came had the schema of `additionalProperties` so far."""
    before: Node = {"type": "object", "properties": {"a": {}}, "additionalProperties": others}
    after: Node = {**before, "properties": {"a": {}, "b": added}}

    assert expected == rules(before, after, place)


def test_new_property_beside_patterns_is_looked_at() -> None:
    """Whether a pattern said something else about its name is not compared, so it breaks."""
    before: Node = {"properties": {"a": {}}, "patternProperties": {"^b": STRING}}
    after: Node = {**before, "properties": {"a": {}, "b": NUMBER}}

    assert {"other"} == rules(before, after)


@pytest.mark.parametrize(
    ("expected", "before", "after"),
    [
        ({"type-narrowed", "type-widened"}, [STRING, STRING, NULL], [STRING, NULL]),
        ({"type-narrowed", "type-widened"}, [STRING], [STRING, STRING]),
        ({"type-narrowed", "type-widened"}, [{"type": "number"}], [{"type": "number"}, NUMBER]),
        ({"type-widened"}, [STRING, NULL], [STRING, NULL, NUMBER]),
        ({"type-narrowed"}, [STRING, NULL], [STRING]),
        ({"limit-narrowed"}, [STRING, NULL], [{**STRING, "maxLength": 5}, NULL]),
        (
            {"limit-widened", "type-narrowed", "type-widened"},
            [{"maxLength": 3}, {"minLength": 4}],
            [{"maxLength": 9}, {"minLength": 4}],
        ),
    ],
)
def test_alternatives_that_overlap_are_narrower_too(
    expected: set[str], before: list[Node], after: list[Node]
) -> None:
    """What two branches of `oneOf` let through is refused."""
    assert expected == rules({"oneOf": before}, {"oneOf": after})


def test_alternative_of_another_name_is_told() -> None:
    """A branch that says the same under another name is another class."""
    old, new = base(), base()
    for document in (old, new):
        edit(document, f"{SCHEMAS}/Other", document["components"]["schemas"]["Wish"])
    for document, name in ((old, "Thing"), (new, "Other")):
        branches = [{"$ref": f"{SCHEMAS}/{name}"}, NULL]
        edit(document, f"{SCHEMAS}/Wish/properties/it", {"oneOf": branches})

    assert "names" in {finding.rule for finding in compare(old, new)}


def test_closer_limit_beside_a_reference_is_one_finding() -> None:
    """Of two limits, the one that is felt counts."""
    old, new = base(), base()
    for document in (old, new):
        edit(document, f"{SCHEMAS}/Short", {"type": "string", "maxLength": 10, "minLength": 1})
        branch = {"allOf": [{"$ref": f"{SCHEMAS}/Short"}], "description": "A name."}
        edit(document, f"{SCHEMAS}/Wish/properties/it", branch)
    edit(new, f"{SCHEMAS}/Wish/properties/it/maxLength", 5)

    assert ["sent-limit-narrowed"] == [finding.rule for finding in compare(old, new)]
