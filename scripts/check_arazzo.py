"""Check that the workflow in `docs/arazzo.yaml` says nothing that `openapi.yaml` does not.

Usage: python scripts/check_arazzo.py [FILE]

Looked at are the operation of each step, its parameters, the type and the values of its body, and
the status, the texts and the values that it expects. What is written in a way that is not looked at
is a finding. `redocly lint` looks at the rest: ids that stand twice, inputs that are not there.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import catalogue, check_document, reading
from scripts.document_form import validator_for

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, Any]

WORKFLOWS = Path(__file__).resolve().parents[1] / "docs" / "arazzo.yaml"
STATUS = re.compile(r"\$statusCode == ([0-9]{3})")
BODY = r"\$response\.body(?:#(?P<pointer>/[^ ]*))?"
TEXT = re.compile(BODY + r""" == (?P<quote>["'])(?P<text>.*)(?P=quote)""")
PRESENT = re.compile(BODY + r" != null")
FORMS = (
    '`$statusCode == 200`, `$response.body#/message == "TEXT"` and `$response.body#/url != null`'
)
EXPRESSION = re.compile(r"^\$.*|\{\$[^}]*\}")
INPUT = re.compile(r"\{?\$inputs\.([A-Za-z0-9_]+)\}?")
BEARER = re.compile(r"Bearer \{\$inputs\.[A-Za-z0-9_]+\}")

REMEDY = "Write what scripts/check_arazzo.py reads, or teach it more."

# What is read here, and nothing else: of what is not, nobody would see that it is wrong.
_TEXT = {"type": "string"}


def _record(optional: Node, **required: Node) -> Node:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


def _many(items: Node) -> Node:
    return {"type": "array", "minItems": 1, "items": items}


_STEP = _record(
    {
        "description": _TEXT,
        "parameters": {
            "type": "array",
            "items": _record({}, name=_TEXT, value={}, **{"in": _TEXT}),
        },
        "requestBody": _record({}, contentType=_TEXT, payload={"type": "object"}),
    },
    stepId=_TEXT,
    operationId=_TEXT,
    successCriteria=_many(_record({}, condition=_TEXT)),
)
_WORKFLOW = _record(
    {
        "summary": _TEXT,
        "description": _TEXT,
        "inputs": {"type": "object", "properties": {"properties": {"type": "object"}}},
    },
    workflowId=_TEXT,
    steps=_many(_STEP),
)
_SOURCE = _record({}, name=_TEXT, url={"const": "../openapi.yaml"}, type={"const": "openapi"})
FORM = jsonschema_rs.Draft202012Validator(
    _record(
        {},
        arazzo=_TEXT,
        info={"type": "object"},
        sourceDescriptions={**_many(_SOURCE), "maxItems": 1},
        workflows=_many(_WORKFLOW),
    )
)


def findings(workflows: Node, document: Node) -> Iterator[str]:
    """Yield a line for each thing in the workflows that the document does not have."""
    wrong = [
        f"#/{'/'.join(map(str, error.instance_path))}: {error.message}. {REMEDY}"
        for error in FORM.iter_errors(workflows)
    ]
    if wrong:
        yield from wrong
        return
    known = {str(each.get("operationId")): each for _, _, each in catalogue.operations(document)}
    for workflow in workflows["workflows"]:
        inputs = workflow.get("inputs", {}).get("properties", {})
        for step in workflow["steps"]:
            place = f"{workflow['workflowId']}/{step['stepId']}"
            named = step["operationId"]
            if named not in known:
                yield f"{place}: no operation is called {named!r}: {', '.join(known)}"
                continue
            for expression in _expressions([step.get("parameters"), step.get("requestBody")]):
                found = INPUT.fullmatch(expression)
                if found is None:
                    yield f"{place}: {expression!r} is no input: write `$inputs.NAME`"
                elif found[1] not in inputs:
                    yield f"{place}: no input is called {found[1]!r}: {', '.join(inputs)}"
            yield from (
                f"{place}: {finding}"
                for check in (_parameters, _body, _criteria)
                for finding in check(step, known[named], document)
            )


def _expressions(value: object) -> list[str]:
    """Return what stands in the texts of a value for something else."""
    if isinstance(value, str):
        return EXPRESSION.findall(value)
    if isinstance(value, dict):
        value = list(cast("Node", value).values())
    inside = cast("list[object]", value) if isinstance(value, list) else []
    return [expression for each in inside for expression in _expressions(each)]


def _parameters(step: Node, operation: Node, document: Node) -> Iterator[str]:
    allowed = {
        (each["name"], each["in"])
        for given in operation.get("parameters", ())
        for each in [catalogue.resolve(document, given)]
    }
    # A bearer token is a header that is described as a scheme.
    token = ("Authorization", "header")
    if operation["security"]:
        allowed.add(token)
    given = {(each["name"], each["in"]): each["value"] for each in step.get("parameters", ())}
    for name, where in sorted(given.keys() - allowed):
        yield f"{operation['operationId']} has no parameter {name!r} in {where}"
    for name, where in sorted(allowed - given.keys()):
        yield f"the parameter {name!r} in {where} is missing"
    if token in given and not BEARER.fullmatch(str(given[token])):
        yield f"the token is {given[token]!r}: write `Bearer {{$inputs.token}}`"


def _body(step: Node, operation: Node, document: Node) -> Iterator[str]:
    if "requestBody" not in operation:
        if "requestBody" in step:
            yield f"{operation['operationId']} takes no body"
        return
    content = operation["requestBody"]["content"]
    body = step.get("requestBody", {"contentType": None, "payload": {}})
    if body["contentType"] not in content:
        yield f"the body is {body['contentType']!r}, not {' or '.join(content)}"
    schema = catalogue.body_schema(document, operation["requestBody"])
    fields = schema.get("properties", {})
    for name in sorted(body["payload"].keys() - fields.keys()):
        yield f"the body has no field {name!r}: {', '.join(fields)}"
    for error in validator_for(document, schema).iter_errors(body["payload"]):
        # An input has no value yet.
        if not isinstance(error.instance, str) or not _expressions(error.instance):
            where = "/".join(map(str, error.instance_path))
            yield f"the body is wrong at /{where}: {error.message}"


def _criteria(step: Node, operation: Node, document: Node) -> Iterator[str]:
    conditions = [each["condition"] for each in step["successCriteria"]]
    statuses = [found[1] for each in conditions if (found := STATUS.fullmatch(each))]
    if len(statuses) != 1:
        yield f"expects {len(statuses)} statuses, not one: write `$statusCode == 200`"
        return
    (status,) = statuses
    if status not in operation["responses"]:
        yield f"no answer {status}: {', '.join(operation['responses'])}"
        return
    schema = catalogue.body_schema(document, operation["responses"][status])
    for condition in conditions:
        if STATUS.fullmatch(condition):
            continue
        found = TEXT.fullmatch(condition) or PRESENT.fullmatch(condition)
        if found is None:
            yield f"the condition {condition!r} is not one of {FORMS}"
            continue
        where = found["pointer"] or ""
        target = _at(document, schema, where)
        if target is None:
            yield f"an answer {status} has nothing at {where}"
            continue
        texts = catalogue.resolve(document, target).get("x-extensible-enum", ())
        if found.re is TEXT and found["text"] not in texts:
            yield f"{found['text']!r} is no text of {status} at {where or 'its body'}"


def _at(document: Node, schema: Node, pointer: str) -> Node | None:
    """Return the schema of what a pointer leads to in a body, or None if there is no such thing."""
    for part in pointer.split("/")[1:]:
        schema = catalogue.resolve(document, schema)
        inside = schema.get("items") if part.isdigit() else schema.get("properties", {}).get(part)
        if not isinstance(inside, dict):
            return None
        schema = cast("Node", inside)
    return schema


def main(arguments: list[str]) -> int:
    """Run the check and return the exit status: 0 nothing found, 1 findings, 2 unreadable file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=WORKFLOWS)
    path: Path = parser.parse_args(arguments).file
    try:
        workflows, _ = reading.read(path)
        document, _ = reading.read(check_document.DOCUMENT)
    except reading.UnreadableError as error:
        print(f"check_arazzo: {error}", file=sys.stderr)
        return 2
    # What is wrong in the document itself would be told as a fault of the workflow.
    if check_document.found(document):
        print("check_arazzo: run `python scripts/check_document.py` first.", file=sys.stderr)
        return 2
    found = list(findings(workflows, document))
    if found:
        print("\n".join(f"{path.name}: {each}" for each in found))
        print(f"\n{len(found)} findings. Repair: mend {path.name} to say what openapi.yaml says.")
        return 1
    print(f"{path.name}: no findings.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
