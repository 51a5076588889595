"""Differences that stand where no rule looks, or that a reference leads to."""

from __future__ import annotations

import pytest

from scripts.changes.compare import compare
from tests.changes.plants import MAKE, SCHEMAS, Node, base, edit

STRING: Node = {"type": "string"}
NUMBER: Node = {"type": "integer"}
EXTRA: Node = {"$ref": f"{SCHEMAS}/Extra"}
NAME = f"{SCHEMAS}/Wish/properties/name"
OTHER = ("other", "breaking for clients")
WORDS = ("words", "text")
# Places that no rule judges, with a reference to a schema.
PLACES: list[tuple[str, object]] = [
    (f"{NAME}/patternProperties", {"^a": EXTRA}),
    (f"{NAME}/not", EXTRA),
    (f"{NAME}/not", {"allOf": [{"properties": {"not": EXTRA}}]}),
    (f"{NAME}/if", EXTRA),
    (f"{NAME}/contains", EXTRA),
    (f"{NAME}/prefixItems", [STRING, EXTRA]),
    (f"{NAME}/propertyNames", EXTRA),
    (f"{NAME}/dependentSchemas", {"a": EXTRA}),
    (f"{NAME}/unevaluatedProperties", EXTRA),
    (f"{NAME}/unevaluatedItems", EXTRA),
    (f"{NAME}/contentSchema", EXTRA),
    (f"{NAME}/discriminator", {"propertyName": "a", "mapping": {"a": f"{SCHEMAS}/Extra"}}),
    (f"{NAME}/discriminator", {"propertyName": "a", "mapping": {"a": "Extra"}}),
    (f"{MAKE}/responses/201/links", {"next": {"x-schema": 1, "schema": EXTRA}}),
    (f"{MAKE}/callbacks", {"again": {"/": {"get": {"requestBody": {"schema": EXTRA}}}}}),
    (
        f"{MAKE}/requestBody/content/application~1json/encoding",
        {"name": {"headers": {"A": {"schema": EXTRA}}}},
    ),
]


def found(old: Node, new: Node) -> list[tuple[str, str]]:
    """Return the rules and classes of what changed."""
    return [(finding.rule, finding.change.value) for finding in compare(old, new)]


def documents(place: str, holder: object, old: object, new: object) -> tuple[Node, Node]:
    """Return two documents with the same at a place, and with two schemas `Extra`."""
    both = base(), base()
    for document, extra in zip(both, (old, new), strict=True):
        edit(document, place, holder)
        edit(document, f"{SCHEMAS}/Extra", extra)
    return both


@pytest.mark.parametrize(("place", "holder"), PLACES, ids=str)
def test_reference_is_followed_where_no_rule_judges(place: str, holder: object) -> None:
    """A schema that changes breaks, wherever a reference to it stands."""
    assert [OTHER, ("rewritten", "text")] == found(*documents(place, holder, STRING, NUMBER))


@pytest.mark.parametrize(("place", "holder"), PLACES, ids=str)
def test_words_below_what_no_rule_judges_are_words(place: str, holder: object) -> None:
    """A description is text there too."""
    one, other = ({**STRING, "description": text} for text in ("One.", "Other."))

    assert [WORDS] == found(*documents(place, holder, one, other))


@pytest.mark.parametrize("name", ["title", "description", "summary", "tags", "example", "examples"])
@pytest.mark.parametrize("key", ["oneOf", "anyOf", "allOf", "not"])
def test_property_called_like_a_word_counts_in_each_branch(key: str, name: str) -> None:
    """A property is one, whatever it is called, in what is compared as a whole."""
    old, new = base(), base()
    for document, kind in ((old, STRING), (new, NUMBER)):
        branch = {"properties": {name: kind}, "additionalProperties": False}
        branches = [branch, {"properties": {"a": STRING}, "additionalProperties": False}]
        edit(document, NAME, {"not": branch} if key == "not" else {key: branches})

    assert [] != [change for _, change in found(old, new) if change != "text"]


@pytest.mark.parametrize("key", ["oneOf", "anyOf"])
def test_value_called_like_a_word_counts_in_an_alternative(key: str) -> None:
    """A key of a constant is data."""
    old, new = base(), base()
    for document, title in ((old, "a"), (new, "b")):
        edit(document, NAME, {key: [{"const": {"title": title}}, {"type": "null"}]})

    assert {"sent-values-narrowed", "sent-values-widened"} == {rule for rule, _ in found(old, new)}


def test_scope_may_be_called_like_a_word() -> None:
    """The names of scopes count, and what they are described as does not."""
    old, new, reworded = base(), base(), base()
    for document, scopes in (
        (old, {"title": "One.", "all": "All."}),
        (new, {"all": "All."}),
        (reworded, {"title": "Two.", "all": "All."}),
    ):
        flows = {"clientCredentials": {"tokenUrl": "https://one.example", "scopes": scopes}}
        edit(document, "#/components/securitySchemes/token", {"type": "oauth2", "flows": flows})

    assert [("security-scheme", "breaking for clients")] == found(old, new)
    assert [("rewritten", "text")] == found(old, reworded)


def test_name_in_a_mapping_may_be_like_a_word() -> None:
    """A value of a discriminator is no keyword."""
    old, new = base(), base()
    for document, value in ((old, "title"), (new, "summary")):
        holder = {"propertyName": "a", "mapping": {value: f"{SCHEMAS}/Wish"}}
        edit(document, f"{NAME}/discriminator", holder)

    assert [OTHER] == found(old, new)


@pytest.mark.parametrize(
    "reference",
    [
        f"{SCHEMAS}/Extra/allOf/0",
        f"{SCHEMAS}/%45xtra",
        f"{SCHEMAS}/Extra/properties/with%20space/items",
    ],
)
def test_pointer_is_followed_as_it_is_written(reference: str) -> None:
    """A pointer may name an element of a list, and have escapes of URLs."""
    old, new = base(), base()
    for document, kind in ((old, STRING), (new, NUMBER)):
        extra = {**kind, "allOf": [kind], "properties": {"with space": {"items": kind}}}
        edit(document, f"{SCHEMAS}/Extra", extra)
        edit(document, NAME, {"$ref": reference})

    assert {"sent-type-narrowed", "sent-type-widened"} <= {rule for rule, _ in found(old, new)}


@pytest.mark.parametrize("reference", ["#extra", "openapi.yaml#/components/schemas/Extra"])
def test_what_an_odd_reference_may_mean_breaks(reference: str) -> None:
    """Where a reference is not followed, no change below `components` is called harmless."""
    holder = {"$ref": reference}
    one, other = ({"$anchor": "extra", **kind} for kind in (STRING, NUMBER))

    assert [OTHER] == found(*documents(NAME, holder, one, other))


def test_reference_that_leads_somewhere_now_is_told() -> None:
    """A reference that could not be followed before is another one."""
    old, new = documents(NAME, EXTRA, STRING, STRING)
    del old["components"]["schemas"]["Extra"]

    assert OTHER in found(old, new)


def test_parameters_of_other_files_are_kept_apart() -> None:
    """Two references that are not followed are two parameters."""
    old, new = base(), base()
    for document, names in ((old, "ab"), (new, "cb")):
        parameters = [{"$ref": f"other.yaml#/{name}"} for name in names]
        edit(document, f"{MAKE}/parameters", parameters)

    rules = {rule for rule, _ in found(old, new)}

    assert {"sent-field-added", "sent-field-removed"} <= rules


def test_what_stands_beside_the_reference_of_a_path_is_told() -> None:
    """An operation beside a reference is not merged, and not lost."""
    old, new = base(), base()
    for document in (old, new):
        edit(document, "#/components/pathItems", {"Made": document["webhooks"]["made"]})
        edit(document, "#/webhooks/made", {"$ref": "#/components/pathItems/Made", "put": {}})
    edit(new, "#/webhooks/made/put/operationId", "again")

    assert ("other", "breaking for servers") in found(old, new)


def test_schemas_that_many_refer_to_are_compared_once() -> None:
    """Levels that each refer to the next one twice take no time that doubles with each."""
    old, new = base(), base()
    for document in (old, new):
        for level in range(30):
            deeper = {"$ref": f"{SCHEMAS}/L{level + 1}"}
            schema = {
                "properties": {"a": deeper, "b": deeper},
                "allOf": [deeper, deeper],
                "not": {"items": [deeper, deeper]},
            }
            edit(document, f"{SCHEMAS}/L{level}", schema)
        edit(document, f"{SCHEMAS}/L30", {"type": "string"})
        edit(document, f"{SCHEMAS}/Wish/properties/deep", {"$ref": f"{SCHEMAS}/L0"})
    edit(new, f"{SCHEMAS}/L30/maxLength", 5)

    assert "sent-limit-narrowed" in {rule for rule, _ in found(old, new)}
