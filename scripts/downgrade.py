"""Write the contract as OpenAPI 3.0, for tools that do not read 3.1.

Usage: python scripts/downgrade.py [DIRECTORY]

Makes `openapi-3.0.yaml` and `openapi-3.0.json` from `openapi.yaml`, by default in `dist/`. They are
never edited and not committed: whoever needs one makes it, or takes it from a release.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

Node = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "openapi.yaml"
# The latest one that all tools know; 3.0.4 changed the wording of the specification alone.
VERSION = "3.0.3"
HEADER = "# Made from openapi.yaml by scripts/downgrade.py: change that one.\n"
# In 3.0 `nullable` counts only beside a `type`, whose own values `not` takes away again. An `enum`
# of null alone says the same, and makes openapi-generator write Java that does not compile.
NULL: Node = {"type": "string", "nullable": True, "not": {"type": "string"}}
# What a schema may hold that means the same in both versions.
KEPT = {
    *("title", "description", "format", "default", "deprecated", "readOnly", "writeOnly"),
    *("enum", "required", "pattern", "minLength", "maxLength", "minimum", "maximum"),
    *("multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"),
}
# Values that are data: what looks like a keyword in them is none.
DATA = {"example", "examples", "default", "enum"}


class DowngradeError(Exception):
    """The document says something that has no form in 3.0. The text is one line with a remedy."""


def downgraded(document: Node) -> Node:
    """Return the document as OpenAPI 3.0, its members in the order of the original.

    Raises:
        DowngradeError: it is not OpenAPI 3.1, or has a part for which no form in 3.0 is known.
    """
    if not str(document.get("openapi")).startswith("3.1."):
        raise DowngradeError(f"#/openapi: {document.get('openapi')!r} is no 3.1: give one that is.")
    if "jsonSchemaDialect" in document:
        raise DowngradeError("#/jsonSchemaDialect: 3.0 has one dialect alone. Remove it.")
    result: Node = {}
    for key, value in document.items():
        if key == "openapi":
            result[key] = VERSION
        elif key == "info":
            result[key] = _info(value)
        elif key == "webhooks":
            # As viewers that know 3.0 read them.
            result["x-webhooks"] = _part(value, "#/webhooks")
        elif key == "components":
            result[key] = _components(value)
        else:
            result[key] = _part(value, f"#/{key}") if key == "paths" else value
    # Required in 3.0 alone.
    result.setdefault("paths", {})
    return result


def schema(node: Node | bool, place: str = "#") -> Node:  # noqa: FBT001 - JSON Schema has such schemas
    """Return a schema as OpenAPI 3.0 writes it.

    Raises:
        DowngradeError: it has a keyword for which no form in 3.0 is known.
    """
    if isinstance(node, bool):
        return {} if node else {"not": {}}
    rest = {key: value for key, value in node.items() if key not in {"$ref", "const", "type"}}
    result: Node = {}
    if "$ref" in node:
        if not rest.keys() | {key for key in ("const", "type") if key in node}:
            return {"$ref": node["$ref"]}
        # 3.0 ignores whatever stands beside a reference.
        rest["allOf"] = [{"$ref": node["$ref"]}, *rest.get("allOf", [])]
    result |= _type(node, place)
    if "const" in node:
        result |= NULL if node["const"] is None else {"enum": [node["const"]]}
    for key, value in rest.items():
        if key == "enum" and "const" in node:
            raise DowngradeError(f"{place}: has both const and enum. Keep one of them.")
        result |= _keyword(key, value, place)
    return result


def _type(node: Node, place: str) -> Node:
    given = node.get("type", [])
    types = cast("list[str]", given if isinstance(given, list) else [given])
    named = [name for name in types if name != "null"]
    if len(named) > 1:
        raise DowngradeError(f"{place}/type: 3.0 has one type. Use anyOf with {', '.join(named)}.")
    if not named:
        return dict(NULL) if types else {}
    return {"type": named[0], **({"nullable": True} if "null" in types else {})}


def _keyword(key: str, value: Any, place: str) -> Node:  # noqa: ANN401 - of any keyword
    inside = f"{place}/{key}"
    result: object
    match key:
        case "x-source" | "x-assumption":
            result = _renamed(value)
        case "properties":
            named = cast("dict[str, Node]", value)
            result = {name: schema(each, f"{inside}/{name}") for name, each in named.items()}
        case "allOf" | "anyOf" | "oneOf":
            result = [schema(each, f"{inside}/{at}") for at, each in enumerate(value)]
        case "additionalProperties" if isinstance(value, bool):
            result = value
        case "items" | "not" | "additionalProperties":
            result = schema(value, inside)
        case "examples":
            key, result = "example", value[0]
        case _ if key in KEPT or key.startswith("x-"):
            result = value
        case _:
            raise DowngradeError(
                f"{inside}: no form in 3.0 is known. Say it otherwise, or add one to downgrade.py."
            )
    return {key: result}


def _renamed(entries: Any) -> Any:  # noqa: ANN401 - a text or a list of objects
    """Return a source or an assumption that names keywords as they are called in 3.0."""
    if isinstance(entries, str):
        return entries
    return [
        {**each, "of": ["enum" if name == "const" else name for name in each["of"]]}
        if "of" in each
        else each
        for each in cast("list[Node]", entries)
    ]


def _info(info: Node) -> Node:
    result = {key: value for key, value in info.items() if key != "summary"}
    if "summary" in info:
        # 3.0 has no place for it; the text is not lost.
        result["description"] = f"{info['summary']}\n\n{info.get('description', '')}".strip() + "\n"
    if "license" in info:
        result["license"] = {
            key: value for key, value in info["license"].items() if key != "identifier"
        }
    return result


def _components(components: Node) -> Node:
    if "pathItems" in components:
        raise DowngradeError("#/components/pathItems: 3.0 has none. Write them out.")
    return {
        kind: {
            name: schema(each, f"#/components/schemas/{name}")
            if kind == "schemas"
            else _part(each, f"#/components/{kind}/{name}")
            for name, each in named.items()
        }
        for kind, named in components.items()
    }


def _part(value: Any, place: str) -> Any:  # noqa: ANN401 - of any form
    """Return a part of the document that is no schema, with the schemas in it converted."""
    if isinstance(value, list):
        return [_part(each, place) for each in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    node = cast("Node", value)
    # A path is called `/...`; only a reference has a text here.
    if isinstance(node.get("$ref"), str):
        return {"$ref": node["$ref"]}
    result: Node = {}
    for key, each in node.items():
        inside = f"{place}/{key.replace('~', '~0').replace('/', '~1')}"
        if key == "schema":
            result[key] = schema(each, inside)
        elif key == "examples":
            result[key] = {name: _example(example) for name, example in each.items()}
        else:
            result[key] = each if key in DATA or key.startswith("x-") else _part(each, inside)
    return result


def _example(example: Node) -> Node:
    return {"$ref": example["$ref"]} if "$ref" in example else example


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and no anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - overrides PyYAML's
        return True


def _text(_dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return yaml.ScalarNode(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text.strip() else None
    )


_Dumper.add_representer(str, _text)


def as_yaml(document: Node) -> str:
    """Return the rendition as YAML."""
    dumped = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return f"{HEADER}{dumped}"


def as_json(document: Node) -> str:
    """Return the rendition as JSON."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


FORMS: dict[str, Callable[[Node], str]] = {
    "openapi-3.0.yaml": as_yaml,
    "openapi-3.0.json": as_json,
}


def write(directory: Path, source: Path = DOCUMENT) -> list[Path]:
    """Write both forms of the rendition and return their paths.

    Raises:
        DowngradeError: the document has something that has no form in 3.0.
        OSError: a file cannot be read or written.
        yaml.YAMLError: the document is no YAML.
    """
    rendition = downgraded(yaml.safe_load(source.read_text("utf-8")))
    directory.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, form in FORMS.items():
        (directory / name).write_text(form(rendition), "utf-8", newline="\n")
        written.append(directory / name)
    return written


def main(arguments: list[str]) -> int:
    """Run the command and return the exit status: 0 written, 1 no form in 3.0, 2 unusable file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("directory", nargs="?", type=Path, default=ROOT / "dist")
    directory: Path = parser.parse_args(arguments).directory
    try:
        written = write(directory)
    except DowngradeError as error:
        print(f"downgrade: {DOCUMENT.name}: {error}", file=sys.stderr)
        return 1
    except (OSError, yaml.YAMLError) as error:
        print(f"downgrade: {error}", file=sys.stderr)
        return 2
    print("\n".join(map(str, written)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
