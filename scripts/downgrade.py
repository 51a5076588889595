"""Write the contract as OpenAPI 3.0, for tools that do not read 3.1.

Usage: python scripts/downgrade.py [DIRECTORY]

Makes `openapi-3.0.yaml` and `openapi-3.0.json` from `openapi.yaml`, by default in `dist/`. They are
never edited and not committed: whoever needs one makes it, or takes it from a release.
"""

from __future__ import annotations

import argparse
import json
import re
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
PUSHES = "#/webhooks"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# Where the schemas are: of each kind of part, the fields that hold further parts. `[x]` is a list
# of them; `{x}` names each, by any name; in `<x>` the names with `x-` are extensions. What no field
# leads to is data, whatever it looks like.
FIELDS: dict[str, dict[str, str]] = {
    "components": {
        "schemas": "{schema}",
        "responses": "{response}",
        "parameters": "{parameter}",
        "examples": "{value}",
        "requestBodies": "{content}",
        "headers": "{parameter}",
        "securitySchemes": "{security}",
        "links": "{value}",
        "callbacks": "{<path>}",
    },
    "path": {"parameters": "[parameter]", **dict.fromkeys(METHODS, "operation")},
    "operation": {
        "parameters": "[parameter]",
        "requestBody": "content",
        "responses": "<response>",
        "callbacks": "{<path>}",
    },
    "response": {"headers": "{parameter}", "content": "{media}", "links": "{value}"},
    "content": {"content": "{media}"},
    # A header is a parameter whose name stands elsewhere.
    "parameter": {"schema": "schema", "content": "{media}", "examples": "{value}"},
    "media": {"schema": "schema", "examples": "{value}", "encoding": "{encoding}"},
    "encoding": {"headers": "{parameter}"},
    "security": {},
    # An example or a link: data, unless it is a reference.
    "value": {},
}


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
            result["x-webhooks"] = _part(value, "{path}", PUSHES)
        elif key == "paths":
            result[key] = _part(value, "<path>", "#/paths")
        elif key == "components":
            if "pathItems" in value:
                raise DowngradeError("#/components/pathItems: 3.0 has none. Write them out.")
            result[key] = _part(value, "components", "#/components")
        else:
            result[key] = value
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
        result |= _const(node, place)
    null = result.items() >= NULL.items() and "not" in rest
    if null:
        # One `not` would take the place of the other.
        del result["type"], result["nullable"], result["not"]
    for key, value in rest.items():
        if key == "enum" and "const" in node:
            raise DowngradeError(f"{place}: has both const and enum. Keep one of them.")
        result |= _keyword(key, value, place)
    if null:
        result["allOf"] = [dict(NULL), *result.get("allOf", [])]
    return result


def _const(node: Node, place: str) -> Node:
    if node["const"] is not None:
        return {"enum": [node["const"]]}
    types = _types(node)
    if types and "null" not in types:
        raise DowngradeError(
            f"{place}: nothing is both null and of type {', '.join(types)}. Add null to type, or "
            "remove const."
        )
    return dict(NULL)


def _types(node: Node) -> list[str]:
    given = node.get("type", [])
    return cast("list[str]", given if isinstance(given, list) else [given])


def _type(node: Node, place: str) -> Node:
    types = _types(node)
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
        case "examples" if not value:
            return {}
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
        result["license"] = _license(info["license"])
    return result


def _license(terms: Node) -> Node:
    """Return a license that is named by an address, since 3.0 has no identifiers."""
    result = {key: value for key, value in terms.items() if key != "identifier"}
    if "identifier" in terms:
        identifier = str(terms["identifier"])
        if not re.fullmatch(r"[\w.+-]+", identifier, re.ASCII):
            raise DowngradeError(
                f"#/info/license/identifier: {identifier!r} has no address. Give a url instead."
            )
        result["url"] = f"https://spdx.org/licenses/{identifier}.html"
    return result


def _part(value: Any, kind: str, place: str) -> Any:  # noqa: ANN401 - of any form
    """Return a part of the document of this kind, with the schemas in it converted.

    Raises:
        DowngradeError: it has something for which no form in 3.0 is known.
    """
    if kind == "schema":
        return schema(value, place)
    if not isinstance(value, list if kind[0] == "[" else dict):
        return value
    if kind[0] == "[":
        items = enumerate(cast("list[object]", value))
        return [_part(each, kind[1:-1], f"{place}/{at}") for at, each in items]
    node = cast("Node", value)
    # A name may be anything, but only a reference has a text here.
    if isinstance(node.get("$ref"), str) and kind != "path":
        return {"$ref": node["$ref"]}
    _check(node, kind, place)
    result: Node = {}
    for key, each in node.items():
        inner = kind[1:-1] if kind[0] in "{<" else FIELDS[kind].get(key)
        if inner is None or (kind[0] != "{" and key.startswith("x-")):
            result[key] = each
        else:
            inside = f"{place}/{key.replace('~', '~0').replace('/', '~1')}"
            result[key] = _part(each, inner, inside)
    return result


def _check(node: Node, kind: str, place: str) -> None:
    if kind == "security" and node.get("type") == "mutualTLS":
        raise DowngradeError(
            f"{place}/type: 3.0 has no mutualTLS. Use http, apiKey, oauth2 or openIdConnect."
        )
    # Pushes become an extension, of which 3.0 demands nothing.
    if kind == "operation" and not node.get("responses") and not place.startswith(PUSHES):
        raise DowngradeError(f"{place}: 3.0 demands responses. Add one, at least default.")


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
