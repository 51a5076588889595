"""The control interface's own OpenAPI document: valid, complete, and true."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from mipos_mock import __version__
from mipos_mock.access import SECRET_HEADER
from mipos_mock.control import document, events
from mipos_mock.control.arguments import Argument
from mipos_mock.control.examples import ERRORS, EXAMPLES
from mipos_mock.control.routes import ROUTES, Route
from mipos_mock.control.schemas import SCHEMAS
from scripts.document_rules import walk
from tests.mock.control_answers import DOCUMENT, OPERATIONS, schema
from tests.mock.control_client import Client, Json, play
from tests.mock.control_reference import MARK, PAGE, reference, whole
from tests.mock.support import JSON

ROOT = Path(__file__).resolve().parents[2]
TYPES = {"strings": "array"}
SUCCESSES = {
    name: next(status for status in operation["responses"] if status < "300")
    for name, (_, _, operation) in OPERATIONS.items()
}


def test_document_is_served() -> None:
    """What is served is what is built, with this version."""

    async def run(client: Client) -> Json:
        served: Json = (await client.get("openapi.json")).json
        return served

    served = play(run)

    assert document.build() == served
    assert __version__ == served["info"]["version"]


def test_document_is_valid() -> None:
    """It is a valid OpenAPI 3.1 document, its schemas and examples included."""
    assert [] == [str(each) for each in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()]


def test_linter_has_nothing_to_say(tmp_path: Path) -> None:
    """Redocly's strict rules hold, but for the slash at the end of the console's address."""
    file = tmp_path / "control.json"
    file.write_text(json.dumps(DOCUMENT), "utf-8")
    node = shutil.which("node")
    assert node is not None, "no node on PATH: nox -s tests installs one"

    finished = subprocess.run(  # noqa: S603 - our own tools
        [
            node,
            *("node_modules/@redocly/cli/bin/cli.js", "lint", str(file), "--config=redocly.yaml"),
            # The console's own files are relative to it.
            "--skip-rule=no-path-trailing-slash",
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "REDOCLY_TELEMETRY": "off",
            "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == finished.returncode, finished.stdout + finished.stderr


def test_every_route_is_in_it_and_nothing_else() -> None:
    """Its operations are the routes and the events, under their names."""
    expected = [(route.name, route.method, route.path) for route in ROUTES]

    assert sorted([*expected, ("listenToEvents", "GET", events.PATH)]) == sorted(
        (name, method, path) for name, (method, path, _) in OPERATIONS.items()
    )
    assert len(expected) + 1 == len(OPERATIONS)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_arguments_are_those_of_the_route(route: Route) -> None:
    """Each has its place, type, default, limits and values; no name besides is allowed."""
    _, _, operation = OPERATIONS[route.name]
    declared = {
        (each["in"], each["name"]): (each["schema"], each["required"])
        for each in operation["parameters"]
    }
    if "requestBody" in operation:
        body = operation["requestBody"]["content"][JSON]["schema"]
        assert body["additionalProperties"] is False
        declared |= {
            ("body", name): (value, name in body["required"])
            for name, value in body["properties"].items()
        }

    assert {(each.place, each.name) for each in route.arguments} == set(declared)
    for each in route.arguments:
        found, required = declared[each.place, each.name]
        assert (each.required or each.place == "path") == required
        assert facts(each) == {
            name: found.get(name)
            for name in ("type", "enum", "default", "minimum", "maximum", "items")
        }


def facts(argument: Argument) -> Json:
    """What the document has to say of an argument."""
    kind = TYPES.get(argument.type, argument.type)
    return {
        "type": [kind, "null"] if argument.nullable else kind,
        "enum": list(argument.choices) or None,
        "default": argument.default,
        "minimum": argument.least,
        "maximum": argument.most,
        "items": {"type": "string"} if argument.type == "strings" else None,
    }


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_says_what_it_is(operation: str) -> None:
    """It has a sentence, a known tag, and every argument and answer a text."""
    _, _, node = OPERATIONS[operation]
    tags = {each["name"] for each in DOCUMENT["tags"]}

    assert node["summary"].endswith(".")
    assert set(node["tags"]) <= tags
    assert all(each["description"] for each in node["parameters"])
    assert {"400", "401", "403"} < node["responses"].keys()


def records() -> list[tuple[str, Json]]:
    """Every object that a schema describes, with the name of the schema."""
    return [
        (name, inner)
        for name, outer in SCHEMAS.items()
        for _, inner in walk(outer)
        if inner.get("type") == "object"
    ]


def test_schemas_are_strict() -> None:
    """No object may have more than is listed, and all that is listed has to be there."""
    loose = {name for name, node in records() if node.get("additionalProperties") is not False}
    partial = {
        (name, field)
        for name, node in records()
        for field in node.get("properties", {})
        if field not in node["required"]
    }

    assert {"Index", "Document"} == loose  # a map of routes, and what OpenAPI describes itself
    assert {("PushedOrder", "store_id")} == partial


def test_every_field_is_described() -> None:
    """Each says what it means, or refers to a schema that does."""
    bare = [
        (name, field)
        for name, node in records()
        for field, value in node.get("properties", {}).items()
        if "description" not in value and "$ref" not in value
    ]

    assert [] == bare


def test_every_schema_is_used() -> None:
    """Nothing is described that no answer holds."""
    used = {
        each.rpartition("/")[2]
        for each in json.dumps(DOCUMENT).split('"')
        if each.startswith("#/components/schemas/")
    }

    assert used == set(SCHEMAS)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_as_described(name: str) -> None:
    """Each example is valid by its schema."""
    assert [] == [each.message for each in schema(name).iter_errors(EXAMPLES[name])]


@pytest.mark.parametrize("name", SUCCESSES)
def test_every_success_has_an_example(name: str) -> None:
    """A reader sees what comes back."""
    content = OPERATIONS[name][2]["responses"][SUCCESSES[name]]["content"]

    assert "example" in next(iter(content.values()))


def test_every_error_is_one_that_the_mock_sends() -> None:
    """The examples of errors are not made up: each is what such a request is answered."""

    async def run(client: Client) -> dict[int, str]:
        await client.order(order_external_id="one")
        large = b"x" * (1024 * 1024 + 1)
        replies = [
            await client.get("orders?limit=0"),
            await client.send("GET", "/_mock/state", headers={"Host": "pos.example"}),
            await client.delete("accounts/gamma"),
            await client.post("orders", {"order_external_id": "one"}),
            await client.send("POST", "/_mock/reset", large, {"Content-Type": JSON}),
        ]
        return {reply.status: reply.json["error"] for reply in replies}

    sent = play(run)

    assert {status: ERRORS[status] for status in sent} == sent
    assert {400, 403, 404, 409, 413} == set(sent)


def test_events_are_described() -> None:
    """They are a stream, whose data is an entry; the example is one event."""
    content = OPERATIONS["listenToEvents"][2]["responses"]["200"]["content"]["text/event-stream"]
    number, data, *end = content["example"].split("\n")

    assert "#/components/schemas/Entry" == content["schema"]["x-event-data"]["$ref"]
    assert [] == list(schema("Entry").iter_errors(json.loads(data.removeprefix("data: "))))
    assert ("id: 5", ["", ""]) == (number, end)


def test_introduction_tells_the_rules() -> None:
    """The shape of errors, the secret, and who is kept out are told before all else."""
    text = DOCUMENT["info"]["description"]
    scheme = DOCUMENT["components"]["securitySchemes"]["secret"]

    for each in ('{"error": "..."}', SECRET_HEADER, "`Host`", "`Origin`", "application/json"):
        assert each in text
    assert (SECRET_HEADER, "header", "apiKey") == (scheme["name"], scheme["in"], scheme["type"])
    assert [{}, {"secret": []}] == DOCUMENT["security"]
    assert "/" == DOCUMENT["servers"][0]["url"]


def test_schemas_notice_a_change() -> None:
    """An answer with a field more, a field less or another type is not valid."""
    validator = schema("Fault")
    example = EXAMPLES["Fault"]
    less = {name: value for name, value in example.items() if name != "times"}

    assert isinstance(validator, jsonschema_rs.Draft202012Validator)
    assert validator.is_valid(example)
    for other in ({**example, "more": 1}, less, {**example, "id": "1"}, {**example, "kind": "x"}):
        assert not validator.is_valid(other)


def test_page_says_what_the_document_says() -> None:
    """`nox -s mock_pages` writes docs/mock-control.md again."""
    page = PAGE.read_text("utf-8")

    assert 1 == page.count(MARK)
    assert whole(page) == page


def test_page_follows_a_change_of_the_document() -> None:
    """What is added to the document, or worded anew, is in the reference."""
    changed = document.build()
    operation = changed["paths"]["/_mock/clock"]["get"]
    operation["summary"] = "Another sentence."
    operation["parameters"] = [
        {"name": "zone", "in": "query", "description": "a zone", "schema": {"type": "string"}}
    ]

    added = set(reference(changed).splitlines()) - set(reference(DOCUMENT).splitlines())

    assert {"Another sentence.", "| `zone` | query | string | | a zone |"} == added


def test_links_of_the_page_lead_somewhere() -> None:
    """Each link within it has a heading, and each to a file a file."""
    page = PAGE.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    anchors = {
        f"#{re.sub('[^a-z0-9 _-]', '', each.lower()).replace(' ', '-')}" for each in headings
    }
    links = set(re.findall(r"\]\(([^)]+)\)", page))

    assert {each for each in links if each.startswith("#")} <= anchors
    assert all((PAGE.parent / each).exists() for each in links if not each.startswith("#"))
