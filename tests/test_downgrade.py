"""The rendition in OpenAPI 3.0 says what the document says, to validators and to the suite."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs
import pytest
import yaml
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator

from scripts import catalogue, downgrade
from scripts.consuming.suite_on import as_json_schema
from tests.contract.suite import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, Any]

DOCUMENT: Node = yaml.safe_load(Path("openapi.yaml").read_text("utf-8"))
RENDITION = downgrade.downgraded(DOCUMENT)
SCHEMAS: Node = RENDITION["components"]["schemas"]
JUNK = [
    None,
    True,
    0,
    1.5,
    "",
    " ",
    "ORDER",
    "https://pos.example/a",
    [],
    [""],
    [None],
    {},
    {"a": 1},
]
CONSTRAINTS = {
    *("additionalProperties", "enum", "maxItems", "maxLength", "minItems", "minLength"),
    *("minProperties", "not", "nullable", "pattern", "required", "type", "allOf", "items"),
}


def mutants(value: object) -> Iterator[object]:
    """Yield values that differ from this one in one place."""
    yield from JUNK
    if isinstance(value, str):
        yield from (f"{value}{'x' * 3_000}", f" {value}")
    if isinstance(value, list):
        items = cast("list[object]", value)
        yield [*items, *items]
        for at, item in enumerate(items):
            yield from ([*items[:at], each, *items[at + 1 :]] for each in mutants(item))
    if isinstance(value, dict):
        members = cast("Node", value)
        # The second is a field of pushes that no example shows.
        yield from ({**members, name: 1} for name in ("unknown", "store_id"))
        for name, member in members.items():
            yield {key: each for key, each in members.items() if key != name}
            yield from ({**members, name: each} for each in mutants(member))


def parts(value: object) -> Iterator[object]:
    """Yield a value and everything in it."""
    yield value
    children: list[object] = []
    if isinstance(value, dict):
        children = list(cast("Node", value).values())
    elif isinstance(value, list):
        children = cast("list[object]", value)
    for child in children:
        yield from parts(child)


def example_values(node: object) -> Iterator[object]:
    """Yield the value of every example in a document."""
    if isinstance(node, dict):
        for key, value in cast("Node", node).items():
            if key == "examples":
                yield from (each["value"] for each in value.values() if "value" in each)
            yield from example_values(value)
    elif isinstance(node, list):
        for value in cast("list[object]", node):
            yield from example_values(value)


def instances() -> list[object]:
    """Return every value of the examples and every value in them, and each of those changed."""
    # By a validator 1 and 1.0 are the same, and to json 1 and true are not.
    found = dict[str, object]()
    for example in example_values(DOCUMENT):
        for part in parts(example):
            for value in (part, *mutants(part)):
                found.setdefault(json.dumps(value, sort_keys=True), value)
    return list(found.values())


INSTANCES = instances()


def root(document: Node, name: str) -> Node:
    """Return the schema of this name with what it refers to."""
    schemas = document["components"]["schemas"]
    return {
        "allOf": [{"$ref": f"#/components/schemas/{name}"}],
        "components": {"schemas": schemas},
    }


def verdicts(document: Node, name: str) -> list[bool]:
    """Return by jsonschema-rs which instances are valid."""
    schema = root(document, name)
    if document["openapi"].startswith("3.0"):
        schema = cast("Node", as_json_schema(schema))
    validator = jsonschema_rs.Draft202012Validator(schema)
    return [validator.is_valid(each) for each in INSTANCES]


ORIGINAL = {name: verdicts(DOCUMENT, name) for name in SCHEMAS}


def constraints(node: Node) -> Iterator[tuple[Node, str]]:
    """Yield each constraint in a schema as the object that holds it and the keyword."""
    # A list of values says their type, a pattern their least length, and True is the default.
    implied = {"minLength"} | ({"type"} if "enum" in node else set[str]())
    for key in sorted(node.keys() & CONSTRAINTS - implied):
        if node[key] is not True or key == "nullable":
            yield node, key
    children = [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]
    for child in children:
        yield from constraints(child)


def planted() -> list[tuple[str, int]]:
    """Return the schemas with the numbers of their constraints."""
    return [
        (name, number)
        for name, schema in SCHEMAS.items()
        for number, _ in enumerate(constraints(schema))
    ]


def test_the_rendition_is_valid() -> None:
    """The validator of OpenAPI 3.0 has nothing to say, and finds what 3.0 does not know."""
    broken = copy.deepcopy(RENDITION)
    broken["info"]["license"]["identifier"] = "MIT"

    assert [] == list(OpenAPIV30SpecValidator(RENDITION).iter_errors())
    assert [] != list(OpenAPIV30SpecValidator(broken).iter_errors())


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_means_the_same(name: str) -> None:
    """A validator that knows 3.0 by itself agrees on each value with one of 2020-12."""
    validator = OAS30Validator(root(RENDITION, name))

    found = [validator.is_valid(each) for each in INSTANCES]

    assert ORIGINAL[name] == found
    assert ORIGINAL[name] == verdicts(RENDITION, name)
    assert {True, False} == set(found)


@pytest.mark.parametrize(("name", "number"), planted())
def test_a_dropped_constraint_is_noticed(name: str, number: int) -> None:
    """A rendition that lacks one constraint judges some value differently."""
    broken = copy.deepcopy(RENDITION)
    holder, keyword = list(constraints(broken["components"]["schemas"][name]))[number]
    del holder[keyword]

    assert ORIGINAL[name] != verdicts(broken, name), keyword


def test_nothing_but_schemas_is_different() -> None:
    """Operations, statuses, media types, examples, security and pushes are the document's."""
    for section, renamed in (("paths", "paths"), ("webhooks", "x-webhooks")):
        before = list(catalogue.operations(DOCUMENT, section))
        after = list(catalogue.operations(RENDITION, renamed))

        # These refer to their schemas, which stand elsewhere.
        assert before == after
    assert list(example_values(DOCUMENT)) == list(example_values(RENDITION))
    assert catalogue.messages(DOCUMENT) == catalogue.messages(RENDITION)


def counts(*document: str) -> tuple[str, str, int]:
    """Return how many tests passed, how many requests were sent, and the exit status of a run."""
    done = subprocess.run(  # noqa: S603 - the command is ours
        [
            *(sys.executable, "-m", "scripts.consuming.suite_on", *document),
            *("run", "--examples", "2"),
        ],
        capture_output=True,
        text=True,
        check=False,
        env=environment({}),
    )
    passed = re.search(r"[0-9]+ passed|[0-9]+ failed", done.stdout)
    sent = re.search(r"sent: [0-9]+", done.stdout)

    assert passed is not None, done.stdout + done.stderr
    assert sent is not None, done.stdout

    return passed[0], sent[0], done.returncode


def test_the_suite_passes_on_both(tmp_path: Path) -> None:
    """The contract suite runs the same tests with as many requests, and the mock passes both."""
    written, _ = downgrade.write(tmp_path)

    before, after = counts("openapi.yaml"), counts(str(written))

    assert before == after
    assert 0 == after[2]


def test_the_suite_notices_another_document(tmp_path: Path) -> None:
    """The document that is given is the one that is tested: a mock that says otherwise fails."""
    broken = copy.deepcopy(RENDITION)
    broken["components"]["schemas"]["Webhook"]["properties"]["url"]["type"] = "integer"
    path = tmp_path / "openapi-3.0.json"
    path.write_text(downgrade.as_json(broken), "utf-8")

    assert 1 == counts(str(path))[2]


def test_the_files_are_the_same_each_time(tmp_path: Path) -> None:
    """Both forms are made byte for byte again, and say the same."""
    first, second = (downgrade.write(tmp_path / each) for each in ("a", "b"))

    assert [each.read_bytes() for each in first] == [each.read_bytes() for each in second]
    assert RENDITION == yaml.safe_load(first[0].read_text("utf-8"))
    assert RENDITION == json.loads(first[1].read_text("utf-8"))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"const": "a"}, {"enum": ["a"]}),
        ({"const": None}, downgrade.NULL),
        ({"type": "null"}, downgrade.NULL),
        ({"type": ["string", "null"], "const": None}, downgrade.NULL),
        ({"type": ["integer", "null"]}, {"type": "integer", "nullable": True}),
        ({"type": "null", "not": {"const": 3}}, {"not": {"enum": [3]}, "allOf": [downgrade.NULL]}),
        (
            {"const": None, "not": {"const": 3}, "allOf": [{"$ref": "#/a"}]},
            {"not": {"enum": [3]}, "allOf": [downgrade.NULL, {"$ref": "#/a"}]},
        ),
        ({"examples": [1, 2]}, {"example": 1}),
        ({"type": "string", "examples": []}, {"type": "string"}),
        ({"$ref": "#/a"}, {"$ref": "#/a"}),
        ({"$ref": "#/a", "description": "b"}, {"allOf": [{"$ref": "#/a"}], "description": "b"}),
        ({"items": True}, {"items": {}}),
        ({"not": False}, {"not": {"not": {}}}),
        (
            {"const": "a", "x-assumption": [{"of": ["const"], "reason": "b"}]},
            {"enum": ["a"], "x-assumption": [{"of": ["enum"], "reason": "b"}]},
        ),
    ],
    ids=lambda value: json.dumps(value)[:40],
)
def test_a_keyword_of_3_1_has_its_form(schema: Node, expected: Node) -> None:
    """What 3.0 does not know is said in its own words."""
    assert expected == downgrade.schema(schema)


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"properties": {"a": {"patternProperties": {}}}}, "#/properties/a/patternProperties"),
        ({"type": ["string", "integer"]}, "#/type"),
        ({"const": 1, "enum": [1, 2]}, "both const and enum"),
        ({"prefixItems": []}, "#/prefixItems"),
        ({"const": None, "type": "string"}, "nothing is both null and of type string. Add null"),
        ({"const": None, "type": ["string"]}, "nothing is both null and of type string"),
    ],
    ids=lambda value: json.dumps(value)[:40],
)
def test_what_has_no_form_is_refused(schema: Node, place: str) -> None:
    """Nothing is dropped in silence: the place is named."""
    with pytest.raises(downgrade.DowngradeError, match=re.escape(place)):
        downgrade.schema(schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"const": None, "not": {"const": 3}},
        {"type": "null", "not": {"type": "integer"}},
        {"type": "null", "not": {"type": "null"}},
        {"type": ["string", "null"], "const": None, "not": {"const": "a"}},
        {"const": "a", "type": "null"},
        {"const": None, "minLength": 9, "description": "b"},
    ],
    ids=lambda value: json.dumps(value)[:60],
)
def test_null_beside_another_keyword_means_the_same(schema: Node) -> None:
    """What only null fits, or nothing, lets no text through in 3.0."""
    original = jsonschema_rs.Draft202012Validator(schema)
    rendition = OAS30Validator(downgrade.schema(schema))

    assert [original.is_valid(each) for each in JUNK] == [rendition.is_valid(each) for each in JUNK]


def document(**parts: Node) -> Node:
    """Return a small document that has these parts."""
    return {"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": {}, **parts}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            {"components": {"securitySchemes": {"a": {"type": "mutualTLS"}}}},
            "#/components/securitySchemes/a/type: 3.0 has no mutualTLS. Use",
        ),
        (
            {"paths": {"/a": {"get": {"operationId": "a"}}}},
            "#/paths/~1a/get: 3.0 demands responses. Add",
        ),
        (
            {"paths": {"/a": {"get": {"responses": {}}}}},
            "#/paths/~1a/get: 3.0 demands responses. Add",
        ),
        (
            {"components": {"callbacks": {"a": {"b": {"put": {}}}}}},
            "#/components/callbacks/a/b/put: 3.0 demands responses. Add",
        ),
    ],
    ids=["mutualTLS", "no responses", "empty responses", "callback"],
)
def test_what_would_be_invalid_is_refused(parts: Node, said: str) -> None:
    """A part that 3.1 allows and 3.0 does not is named, with what to write instead."""
    with pytest.raises(downgrade.DowngradeError, match=re.escape(said)):
        downgrade.downgraded(document(**parts))


def test_a_push_needs_no_responses() -> None:
    """Pushes stand in an extension, which 3.0 says nothing about."""
    pushes = {"a": {"post": {"operationId": "a"}}}

    assert pushes == downgrade.downgraded(document(webhooks=pushes))["x-webhooks"]


@pytest.mark.parametrize("name", ["schema", "examples", "example", "default", "x-rate", "type"])
def test_a_name_is_no_keyword(name: str) -> None:
    """A header, a response or a media type may be called like a keyword."""
    before = {"schema": {"const": "a"}}
    after = {"schema": {"enum": ["a"]}}
    answer = {"description": "b", "headers": {name: before}, "content": {name: before}}
    components = {"headers": {name: before}, "responses": {name: answer}}

    found = downgrade.downgraded(document(components=components))["components"]

    assert {
        "headers": {name: after},
        "responses": {
            name: {"description": "b", "headers": {name: after}, "content": {name: after}}
        },
    } == found


VALUE: Node = {
    "schema": {"const": 1, "prefixItems": []},
    "examples": [1, 2],
    "$ref": "a",
    "type": "mutualTLS",
    "get": {},
}


@pytest.mark.parametrize(
    "components",
    [
        {"examples": {"a": {"value": VALUE}}},
        {"links": {"a": {"operationId": "b", "requestBody": VALUE, "parameters": VALUE}}},
        {"responses": {"a": {"description": "b", "links": {"c": {"requestBody": VALUE}}}}},
        {"parameters": {"a": {"name": "b", "in": "query", "example": VALUE}}},
        {"parameters": {"a": {"name": "b", "in": "query", "examples": {"c": {"value": VALUE}}}}},
        {"schemas": {"a": {"default": VALUE, "enum": [VALUE], "x-a": VALUE}}},
        {"callbacks": {"a": {"x-a": VALUE}}},
    ],
    ids=json.dumps,
)
def test_a_value_is_no_document(components: Node) -> None:
    """What looks like a part of a document inside a value or an extension is left alone."""
    given = copy.deepcopy(components)

    assert given == downgrade.downgraded(document(components=components))["components"]


def test_what_stands_beside_a_reference_is_dropped() -> None:
    """3.0 ignores it; only a path may have operations beside its reference."""
    reference = {"$ref": "#/a"}
    beside = {**reference, "summary": "b", "description": "c"}
    path = {**reference, "get": {"responses": {"200": beside}}}

    found = downgrade.downgraded(
        document(paths={"/a": path}, components={"examples": {"a": beside}, "links": {"a": beside}})
    )

    assert {"/a": {**reference, "get": {"responses": {"200": reference}}}} == found["paths"]
    assert {"examples": {"a": reference}, "links": {"a": reference}} == found["components"]


def test_the_license_leads_somewhere() -> None:
    """3.0 has no identifiers of licences, and linters demand an address in their place."""
    terms = {"name": "MIT", "identifier": "MIT"}

    found = downgrade.downgraded(document(info={"title": "a", "version": "1", "license": terms}))

    assert {
        "name": "MIT",
        "url": "https://spdx.org/licenses/MIT.html",
    } == found["info"]["license"]


def test_a_word_that_is_no_directory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A misspelt option is no name of a directory."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit):
        downgrade.main(["--halp"])

    assert [] == list(tmp_path.iterdir())


def test_another_version_is_refused() -> None:
    """A document that is 3.0 already is not converted once more."""
    with pytest.raises(downgrade.DowngradeError, match=r"'3\.0\.3' is no 3\.1"):
        downgrade.downgraded(RENDITION)
