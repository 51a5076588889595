"""Check that the workflow in `docs/arazzo.yaml` says nothing that `openapi.yaml` does not.

Usage: python scripts/check_arazzo.py [FILE]

Looked at are the operation of each step, its parameters, the type and the fields of its body, and
the status and the texts that it expects. `redocly lint` looks at the form of the file.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = ROOT / "docs" / "arazzo.yaml"
DOCUMENT = ROOT / "openapi.yaml"
STATUS = re.compile(r"\$statusCode == ([0-9]{3})")
TEXT = re.compile(r'\$response\.body(?:#(?P<pointer>/[^ ]*))? == "(?P<text>[^"]*)"')
INPUT = re.compile(r"\$inputs\.([A-Za-z0-9_]+)")


def findings(workflows: Node, document: Node) -> Iterator[str]:
    """Yield a line for each thing in the workflows that the document does not have."""
    known = {each["operationId"]: each for _, _, each in catalogue.operations(document)}
    for workflow in workflows["workflows"]:
        inputs = workflow.get("inputs", {}).get("properties", {})
        for step in workflow["steps"]:
            place = f"{workflow['workflowId']}/{step['stepId']}"
            named = step.get("operationId")
            if named not in known:
                yield f"{place}: no operation is called {named!r}: {', '.join(known)}"
                continue
            for name in sorted({*INPUT.findall(str(step))} - inputs.keys()):
                yield f"{place}: no input is called {name!r}: {', '.join(inputs)}"
            yield from (
                f"{place}: {finding}"
                for check in (_parameters, _body, _criteria)
                for finding in check(step, known[named], document)
            )


def _parameters(step: Node, operation: Node, document: Node) -> Iterator[str]:
    allowed = {
        (each["name"], each["in"])
        for given in operation.get("parameters", ())
        for each in [catalogue.resolve(document, given)]
    }
    # A bearer token is a header that is described as a scheme.
    if operation["security"]:
        allowed.add(("Authorization", "header"))
    given = {(each["name"], each["in"]) for each in step.get("parameters", ())}
    for name, where in sorted(given - allowed):
        yield f"{operation['operationId']} has no parameter {name!r} in {where}"
    for name, where in sorted(allowed - given):
        yield f"the parameter {name!r} in {where} is missing"


def _body(step: Node, operation: Node, document: Node) -> Iterator[str]:
    if "requestBody" not in operation:
        if "requestBody" in step:
            yield f"{operation['operationId']} takes no body"
        return
    content = operation["requestBody"]["content"]
    body = step.get("requestBody", {})
    if body.get("contentType") not in content:
        yield f"the body is {body.get('contentType')!r}, not {' or '.join(content)}"
    schema = catalogue.body_schema(document, operation["requestBody"])
    payload = body.get("payload", {})
    for name in sorted(payload.keys() - schema["properties"].keys()):
        yield f"the body has no field {name!r}: {', '.join(schema['properties'])}"
    for name in sorted(set(schema["required"]) - payload.keys()):
        yield f"the field {name!r} of the body is missing"


def _criteria(step: Node, operation: Node, document: Node) -> Iterator[str]:
    conditions = [str(each["condition"]) for each in step.get("successCriteria", ())]
    statuses = [found[1] for each in conditions if (found := STATUS.fullmatch(each))]
    if len(statuses) != 1:
        yield f"expects {len(statuses)} statuses, not one: write `$statusCode == 200`"
        return
    (status,) = statuses
    if status not in operation["responses"]:
        yield f"no answer {status}: {', '.join(operation['responses'])}"
        return
    schema = catalogue.body_schema(document, operation["responses"][status])
    for found in filter(None, map(TEXT.fullmatch, conditions)):
        target = _at(document, schema, found["pointer"] or "")
        if target is None:
            yield f"an answer {status} has nothing at {found['pointer']}"
        elif found["text"] not in [text for text, _ in catalogue.texts(document, target)]:
            yield f"{found['text']!r} is no text of {status} at {found['pointer'] or 'its body'}"


def _at(document: Node, schema: Node, pointer: str) -> Node | None:
    """Return the schema of what a pointer leads to in a body, or None if there is no such thing."""
    for part in pointer.split("/")[1:]:
        schema = catalogue.resolve(document, schema)
        inside = schema.get("items") if part.isdigit() else schema.get("properties", {}).get(part)
        if inside is None:
            return None
        schema = inside
    return schema


def main(arguments: list[str]) -> int:
    """Run the check and return the exit status: 0 nothing found, 1 findings, 2 unreadable file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=WORKFLOWS)
    path: Path = parser.parse_args(arguments).file
    try:
        workflows, document = (yaml.safe_load(each.read_text("utf-8")) for each in (path, DOCUMENT))
        found = list(findings(workflows, document))
    except (OSError, yaml.YAMLError) as error:
        print(f"check_arazzo: {path}: {error}", file=sys.stderr)
        return 2
    except (KeyError, TypeError) as error:
        print(f"check_arazzo: {path}: no Arazzo workflows: {error} is missing", file=sys.stderr)
        return 2
    if found:
        print("\n".join(f"{path.name}: {each}" for each in found))
        print(f"\n{len(found)} findings. Repair: mend {path.name} to say what openapi.yaml says.")
        return 1
    print(f"{path.name}: no findings.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
