"""What the control interface's own document says of its answers."""

from functools import cache
from typing import Any

import jsonschema_rs

from mipos_mock.control import document
from tests.mock.support import JSON, Reply

Node = dict[str, Any]

DOCUMENT: Node = document.build()
OPERATIONS: dict[str, tuple[str, str, Node]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}
"""Method, path and operation by ``operationId``."""


@cache
def schema(name: str) -> jsonschema_rs.Draft202012Validator:
    """The validator of a named schema."""
    root = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    return jsonschema_rs.Draft202012Validator(root, validate_formats=True)


def operation_at(method: str, path: str) -> Node | None:
    """The operation that a request reaches, None for none. The path is not decoded."""
    parts = path.split("/")
    for known, template, operation in OPERATIONS.values():
        own = template.split("/")
        same = [
            bool(part) if name.startswith("{") else part == name
            for name, part in zip(own, parts, strict=False)
        ]
        if (
            known == ("GET" if method == "HEAD" else method)
            and len(own) == len(parts)
            and all(same)
        ):
            return operation
    return None


def content_of(operation: Node, status: int) -> Node:
    """The content that an operation documents for a status."""
    responses = operation["responses"]
    assert str(status) in responses, f"{operation['operationId']} documents no {status}"
    response: Node = responses[str(status)]
    if "$ref" in response:
        response = DOCUMENT["components"]["responses"][response["$ref"].rpartition("/")[2]]
    content: Node = response["content"]
    return content


def check(method: str, path: str, reply: Reply) -> None:
    """Holds an answer against the document: mark, status, content type and schema."""
    assert "control" == reply.headers["x-mipos-mock"]
    operation = operation_at(method, path)
    if operation is None or reply.status == 405:
        if JSON == reply.headers["content-type"]:  # else it is a file of the console
            assert reply.status in {401, 403, 404, 405, 413}
            assert [] == list(schema("Error").iter_errors(reply.json))
        return
    content = content_of(operation, reply.status)
    assert reply.headers["content-type"].partition(";")[0] in content
    if JSON == reply.headers["content-type"]:
        name = content[JSON]["schema"]["$ref"].rpartition("/")[2]
        errors = [
            f"{each.instance_path}: {each.message}" for each in schema(name).iter_errors(reply.json)
        ]
        assert [] == errors
