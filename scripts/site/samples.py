"""How to call an operation of the mock: a curl line, and the Python client."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.catalogue import Node, operations, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE_URL = "http://127.0.0.1:8080"
TOKEN = "mock-token-alpha"  # noqa: S105 - the mock's tokens are public by design
LINE = 88


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an operation.

    Attributes:
        operation: The operationId.
        method: The HTTP method, in upper case.
        path: The path.
        content_type: That of the body; empty if there is none.
        body: The fields that are sent; None if there is no body.
        token: The access token.
    """

    operation: str
    method: str
    path: str
    content_type: str
    body: Mapping[str, object] | None
    token: str = TOKEN

    def curl(self) -> str:
        """The call for a shell, one option a line."""
        parts = [f"curl -sS -w '\\n' {BASE_URL}{self.path}"]
        parts.append(f"-H 'Authorization: Bearer {self.token}'")
        if self.body is not None:
            parts.append(f"-H 'Content-Type: {self.content_type}'")
            parts.append(f"-d {shlex.quote(json.dumps(self.body, ensure_ascii=False))}")
        return " \\\n  ".join(parts)

    def python(self) -> str:
        """The call with the Python client, as a whole script."""
        body = self.body or {}
        tag, verb = _names(self.operation)
        arguments = [f"{name}={json.dumps(value)}" for name, value in body.items()]
        call = f"    print(mipos.{tag}.{verb}({', '.join(arguments)}))"
        if len(call) > LINE:
            inner = "".join(f"            {each},\n" for each in arguments)
            call = f"    print(\n        mipos.{tag}.{verb}(\n{inner}        )\n    )"
        return (
            "from mipos_client import Mipos\n\n"
            f'with Mipos("{self.token}", base_url="{BASE_URL}") as mipos:\n{call}\n'
        )


def calls(document: Node) -> dict[str, Call]:
    """Return a call of each operation with the first example of its body, by operationId."""
    return {
        operation["operationId"]: _call(document, path, method, operation)
        for path, method, operation in operations(document)
    }


def _call(document: Node, path: str, method: str, operation: Node) -> Call:
    content = resolve(document, operation.get("requestBody", {})).get("content", {})
    media, described = next(iter(content.items()), ("", None))
    body: Mapping[str, object] | None = None
    if described is not None:
        example: Node = next(iter(described["examples"].values()))
        body = resolve(document, example)["value"]
    return Call(operation["operationId"], method.upper(), path, media, body)


def _names(operation: str) -> tuple[str, str]:
    """Return the resource and the method of the client: `webhooks` and `create`."""
    verb, noun = re.findall(r"^[a-z]+|[A-Z][a-z]+", operation)
    return f"{noun.lower().removesuffix('s')}s", verb
