"""Writes the reference of the control interface: ``nox -s mock_pages``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mipos_mock.control import document
from tests.mock.support import JSON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = dict[str, Any]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "mock-control.md"
MARK = "<!-- From here on written by `nox -s mock_pages`. -->\n"


def whole(page: str) -> str:
    """The page with the reference as it has to be."""
    prose, _, _ = page.partition(MARK)
    return f"{prose}{MARK}\n{reference(document.build())}"


def reference(described: Node) -> str:
    """Rules, routes and answers of the interface."""
    _, _, rules = described["info"]["description"].partition("\n\n")
    statuses = [*errors(described)]
    parts = ["## Rules", rules.strip(), table(("status", "meaning"), statuses), "## Routes"]
    for tag in described["tags"]:
        parts += [f"### {tag['name']}", tag["description"]]
        for path, item in described["paths"].items():
            for method, operation in item.items():
                if tag["name"] in operation["tags"]:
                    parts += route(method.upper(), path, operation)
    parts += ["## Answers"]
    for name, schema in described["components"]["schemas"].items():
        parts += [f"### Schema {name}", sentence(schema["description"])]
        fields = [*rows(schema.get("properties", {}), schema.get("required", ()))]
        parts += [table(("field", "type", "meaning"), fields)] if fields else []
    return "\n\n".join(parts) + "\n"


def errors(described: Node) -> Iterator[tuple[str, ...]]:
    """Gives what each status of failure means."""
    texts = {
        response["$ref"].rpartition("/")[2]: status
        for item in described["paths"].values()
        for operation in item.values()
        for status, response in operation["responses"].items()
        if "$ref" in response
    }
    for name, response in described["components"]["responses"].items():
        yield texts[name], response["description"]


def route(method: str, path: str, operation: Node) -> Iterator[str]:
    """Gives the section of one route."""
    yield f"#### {method} `{path}`"
    yield " ".join([operation["summary"], *filter(None, [operation.get("description")])])
    arguments = [*parameters(operation), *fields(operation)]
    if arguments:
        yield table(("argument", "in", "type", "default", "meaning"), arguments)
    success, *errors = operation["responses"]
    yield f"{success}: {answer(operation['responses'][success])}. Else {', '.join(errors)}."


def answer(response: Node) -> str:
    """What a success holds, with a link to it."""
    content = response["content"]
    if JSON not in content:
        return f"`{next(iter(content))}`, each `data` {link('Entry')}"
    name = content[JSON]["schema"]["$ref"].rpartition("/")[2]
    return link(name) + (", or the console for a browser" if "text/html" in content else "")


def parameters(operation: Node) -> Iterator[tuple[str, ...]]:
    """Gives the arguments in path, query and headers."""
    for each in operation["parameters"]:
        yield argument(each["name"], each["in"], each["schema"], each["description"])


def fields(operation: Node) -> Iterator[tuple[str, ...]]:
    """Gives the arguments in the body."""
    content = operation.get("requestBody", {}).get("content", {JSON: {"schema": {}}})
    body = content[JSON]["schema"]
    for name, schema in body.get("properties", {}).items():
        text = schema["description"] + ("; required" if name in body["required"] else "")
        yield argument(name, "body", schema, text)


def argument(name: str, place: str, schema: Node, text: str) -> tuple[str, ...]:
    """One row of a table of arguments."""
    default = schema.get("default")
    shown = "" if default is None else f"`{str(default).lower()}`"
    limits = [f"from {schema['minimum']}"] if "minimum" in schema else []
    limits += [f"to {schema['maximum']}"] if "maximum" in schema else []
    told = f"{text} ({' '.join(limits)})" if limits else text
    return f"`{name}`", place, type_of(schema), shown, told + values(schema)


def rows(properties: Node, required: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Gives the rows of a table of fields."""
    for name, schema in properties.items():
        text = schema.get("description", "") + values(schema)
        absent = "" if name in required else "; may be missing"
        yield f"`{name}`", type_of(schema), text + absent


def type_of(schema: Node) -> str:
    """The type of a value, with a link where it is described on its own."""
    if "$ref" in schema:
        return link(schema["$ref"].rpartition("/")[2])
    if "oneOf" in schema:
        return " or ".join(map(type_of, schema["oneOf"]))
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {type_of(schema['items'])}"
    return str(kind) if isinstance(kind, str) else " or ".join(kind)


def values(schema: Node) -> str:
    """The only values that there are, if there are few."""
    listed = [f"`{each}`" for each in schema.get("enum", ()) if each is not None]
    return f": {', '.join(listed)}" if listed else ""


def link(name: str) -> str:
    """A link to the section of a schema."""
    return f"[{name}](#schema-{name.lower()})"


def sentence(text: str) -> str:
    """A text as a sentence."""
    return f"{text[0].upper()}{text[1:]}."


def table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    head = list(head)
    ruled = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in ruled)


if __name__ == "__main__":
    PAGE.write_text(whole(PAGE.read_text("utf-8")), "utf-8")
