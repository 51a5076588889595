"""The same contract, written otherwise, is no change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.changes.compare import compare
from tests.changes.plants import BASE, GONE, HEAR, MAKE, SCHEMAS, Node, base, edit

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = f"{MAKE}/requestBody/content/application~1json/schema"
NO_SCOPES: list[str] = []
WISH = BASE["components"]["schemas"]["Wish"]


def moved_texts(document: Node) -> None:
    """Move a schema that is no class of generated code to `components`."""
    texts = document["components"]["schemas"]["Reasons"]["properties"]["message"]
    edit(document, f"{SCHEMAS}/Texts", texts)
    edit(document, f"{SCHEMAS}/Reasons/properties/message", {"$ref": f"{SCHEMAS}/Texts"})


def in_one_branch(document: Node) -> None:
    """Refer to a schema by `allOf`, with a text of its own."""
    edit(document, BODY, {"allOf": [{"$ref": f"{SCHEMAS}/Wish"}]})


def in_two_branches(document: Node) -> None:
    """Split a schema over `allOf`."""
    one, other = (
        {"type": "object", "properties": {name: WISH["properties"][name]}, "required": required}
        for name, required in (("name", ["name"]), ("size", []))
    )
    edit(document, f"{SCHEMAS}/Wish", {"allOf": [one, other]})
    edit(document, f"{SCHEMAS}/Wish/properties", {"tags": WISH["properties"]["tags"]})


def shared_answer(document: Node) -> None:
    """Move an answer to `components`."""
    answer = document["paths"]["/things"]["post"]["responses"]["409"]
    edit(document, "#/components/responses", {"Conflict": answer})
    edit(document, f"{MAKE}/responses/409", {"$ref": "#/components/responses/Conflict"})


def shared_webhook(document: Node) -> None:
    """Move a webhook to `components`."""
    edit(document, "#/components/pathItems", {"Made": document["webhooks"]["made"]})
    edit(document, "#/webhooks/made", {"$ref": "#/components/pathItems/Made"})


def renamed_scheme(document: Node) -> None:
    """Call a security scheme otherwise."""
    schemes = document["components"]["securitySchemes"]
    schemes["bearer"] = schemes.pop("token")
    edit(document, f"{MAKE}/security", [{"bearer": NO_SCOPES}])


def parameter_of_operation(document: Node) -> None:
    """Move a parameter from the path to its operation."""
    edit(document, "#/paths/~1things/parameters", GONE)
    edit(document, f"{MAKE}/parameters/-", {"$ref": "#/components/parameters/Trace"})


def header_in_capitals(document: Node) -> None:
    """Write the name of a header in capitals."""
    edit(document, f"{HEAR}/parameters/0/name", "SIGNATURE")


def default_spelled_out(document: Node) -> None:
    """Write what holds anyway."""
    schema = document["components"]["schemas"]["Wish"]
    schema |= {"additionalProperties": True, "uniqueItems": False, "readOnly": False}
    schema["properties"]["size"] |= {"multipleOf": 1, "deprecated": False}
    operation = document["paths"]["/things"]["post"]
    operation["deprecated"] = False
    operation["parameters"][0] |= {"style": "form", "explode": True, "allowReserved": False}
    header = {"style": "simple", "explode": False, "deprecated": False}
    operation["responses"]["201"]["headers"]["Location"] |= header


def scheme_in_capitals(document: Node) -> None:
    """Write the way of HTTP to authenticate in capitals."""
    edit(document, "#/components/securitySchemes/token/scheme", "Bearer")


@pytest.mark.parametrize(
    "rewrite",
    [
        *(moved_texts, in_one_branch, in_two_branches, shared_answer, shared_webhook),
        *(renamed_scheme, parameter_of_operation, header_in_capitals, default_spelled_out),
        scheme_in_capitals,
    ],
)
def test_equal_contract_is_only_rewritten(rewrite: Callable[[Node], None]) -> None:
    """Moving, renaming and spelling out are told as such, and nothing else is."""
    document = base()
    rewrite(document)

    assert {"rewritten"} == {finding.rule for finding in compare(base(), document)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"const": None}, {"const": None, "type": ["string", "null"]}),
        ({"enum": ["a", None], "type": "string"}, {"enum": ["a"], "type": "string"}),
        ({"enum": ["a"]}, {"const": "a"}),
        ({"const": None}, {"type": "null"}),
        ({"enum": [True, False]}, {"type": "boolean"}),
        ({"oneOf": [{"type": "string"}]}, {"type": "string"}),
        ({"anyOf": [{"type": "string"}, {"type": "string"}]}, {"anyOf": [{"type": "string"}]}),
    ],
)
def test_listed_values_count_as_far_as_their_type_lets_them(before: Node, after: Node) -> None:
    """The same values are the same, whichever keywords say so."""
    old, new = base(), base()
    edit(old, f"{SCHEMAS}/Wish/properties/name", before)
    edit(new, f"{SCHEMAS}/Wish/properties/name", after)

    assert ["rewritten"] == [finding.rule for finding in compare(old, new)]


def test_truth_is_no_number() -> None:
    """`true` is no integer, though Python takes it for one."""
    old, new = base(), base()
    edit(old, f"{SCHEMAS}/Wish/properties/size", {"type": "integer"})
    edit(new, f"{SCHEMAS}/Wish/properties/size", {"const": base() == base()})

    assert {"sent-type-narrowed", "sent-type-widened"} == {
        finding.rule for finding in compare(old, new)
    }


def test_number_may_be_written_otherwise() -> None:
    """`1.0` is the value `1`, and a limit that is no number is as it was."""
    old, new = base(), base()
    for document, value in ((old, 1), (new, 1.0)):
        schema = {"enum": [value, 2.5], "maximum": float("nan")}
        edit(document, f"{SCHEMAS}/Wish/properties/size", schema)

    assert [] == compare(old, new)


def test_order_of_keys_is_no_change() -> None:
    """A document whose keys stand in another order is the same one."""
    document = base()
    for name in ("info", "openapi"):
        edit(document, f"#/{name}", document.pop(name))

    assert [] == compare(base(), document)


def test_closed_branch_is_not_merged() -> None:
    """`additionalProperties` of one branch does not see the properties of another."""
    old, new = base(), base()
    parts: list[Node] = [{"properties": {"a": {}}}, {"additionalProperties": False}]
    edit(old, f"{SCHEMAS}/Wish/properties/name", {"allOf": parts})
    edit(new, f"{SCHEMAS}/Wish/properties/name", parts[0] | parts[1])

    assert set() != {finding.rule for finding in compare(old, new)} - {"rewritten"}


def test_difference_that_no_part_shows_is_not_silent() -> None:
    """An address that stands there twice is known by its last words alone."""
    old, new = base(), base()
    for document, words in ((old, "a"), (new, "b")):
        server = {"url": "https://one.example"}
        servers = [server | {"description": text} for text in (words, "b")]
        edit(document, "#/servers", servers)

    assert ["other"] == [finding.rule for finding in compare(old, new)]


def test_property_called_like_a_keyword_counts_in_what_nobody_uses() -> None:
    """Parts that no exchange uses are told apart by their properties too."""
    old, new = base(), base()
    for document, kind in ((old, "string"), (new, "integer")):
        schema = {"properties": {"description": {"type": kind}}}
        edit(document, f"{SCHEMAS}/Unused", schema)

    assert ["rewritten"] == [finding.rule for finding in compare(old, new)]


def test_schema_may_refer_to_itself() -> None:
    """A schema that holds itself is compared once round."""
    old, new = base(), base()
    for document in (old, new):
        edit(document, f"{SCHEMAS}/Wish/properties/parts", {"$ref": f"{SCHEMAS}/Wish"})
        edit(document, f"{SCHEMAS}/Loop", {"$ref": f"{SCHEMAS}/Loop"})
        edit(document, f"{SCHEMAS}/Wish/properties/loop", {"$ref": f"{SCHEMAS}/Loop"})
    edit(new, f"{SCHEMAS}/Wish/properties/name/maxLength", 5)

    assert ["sent-limit-narrowed"] == [finding.rule for finding in compare(old, new)]


def test_shared_change_is_one_finding() -> None:
    """What several exchanges share is told once, with all of them."""
    document = base()
    edit(
        document, f"{MAKE}/responses/422", document["paths"]["/things"]["post"]["responses"]["409"]
    )
    changed = base()
    edit(changed, f"{MAKE}/responses/422", changed["paths"]["/things"]["post"]["responses"]["409"])
    edit(changed, f"{SCHEMAS}/Reasons/properties/message/maxItems", 5)

    (finding,) = compare(document, changed)

    assert ("makeThing 409", "makeThing 422") == finding.uses


def test_property_may_be_called_like_a_keyword() -> None:
    """A property with the name of a text is no text."""
    old, new = base(), base()
    edit(old, f"{SCHEMAS}/Thing/properties/description", {"type": "string"})
    edit(new, f"{SCHEMAS}/Thing/properties/description", {"type": "integer"})

    assert {"received-type-narrowed", "received-type-widened"} == {
        finding.rule for finding in compare(old, new)
    }
