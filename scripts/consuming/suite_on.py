"""Run the contract suite on another form of the document than the one that its package holds.

Usage: python -m scripts.consuming.suite_on DOCUMENT ARGUMENT...

The arguments are those of `mipos-contract`. A document of OpenAPI 3.0 is read by the rules of 3.0:
what it calls `nullable` may be null. This is for proving renditions; targets are tested with
`mipos-contract` itself.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import patch

import jsonschema_rs

from mipos_contract import cli, document

Node = dict[str, Any]


def as_json_schema(schema: object) -> object:
    """Return what a schema of OpenAPI 3.0 says as JSON Schema of 2020-12."""
    if isinstance(schema, list):
        return [as_json_schema(each) for each in cast("list[object]", schema)]
    if not isinstance(schema, dict):
        return schema
    node = cast("Node", schema)
    result = {key: as_json_schema(value) for key, value in node.items() if key != "nullable"}
    if node.get("nullable") is True and "type" in node:
        result["type"] = [node["type"], "null"]
    return result


def validator(root: Node) -> jsonschema_rs.Validator:
    """Return the validator of a schema of OpenAPI 3.0."""
    return jsonschema_rs.Draft202012Validator(cast("Node", as_json_schema(root)))


def main(path: Path, arguments: list[str]) -> int:
    """Run the suite and return its exit status."""
    with patch.object(document, "PATH", path):
        if not str(document.load()["openapi"]).startswith("3.0."):
            return cli.main(arguments)
        with patch.object(
            document, "jsonschema_rs", SimpleNamespace(Draft202012Validator=validator)
        ):
            return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
