"""Schema-driven: every case that Schemathesis derives from the document gets a documented answer.

Schemathesis makes the cases (examples, coverage, fuzzing; valid and invalid). Each is sent with a
token and judged by `oracle`, which derives what may come back from the request that was sent.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import schemathesis
from schemathesis.core import NotSet

from mipos_contract import document
from mipos_contract.exchange import Call
from mipos_contract.generation import schemathesis_config

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_contract.target import Target


Case = schemathesis.Case[Any]


@schemathesis.serializer("application/jsonc")
def serialize_jsonc(_context: schemathesis.SerializationContext, value: object) -> bytes:
    """Write a body of the type that `updateWebhook` documents, which is ordinary JSON."""
    return json.dumps(value).encode()


SCHEMA = schemathesis.openapi.from_dict(document.load(), config=schemathesis_config())
# The token is the suite's business: a generated one would only provoke 401, over and over.
SCHEMA.config.generation.update(with_security_parameters=False)


# Schemathesis leaves types open here.
parametrize = cast(
    "Callable[[Callable[..., None]], Callable[..., None]]",
    SCHEMA.parametrize(),  # pyright: ignore[reportUnknownMemberType] - see above
)


@parametrize
def test_a_generated_request_gets_a_documented_answer(case: Case, target: Target) -> None:
    """Status, content type, shape, messages and failed fields are those of the document."""
    target.send(call_for(case, target))


def call_for(case: Case, target: Target) -> Call:
    """Return the case as the bytes to send, with the token of the run's account."""
    method, path = case.operation.method.upper(), case.operation.path
    operation = next(
        operation
        for operation in document.operations().values()
        if (operation.method, operation.path) == (method, path)
    )
    body: object = case.body
    if isinstance(body, NotSet):
        content = None
    else:
        # Schemathesis writes bodies that are no JSON as bytes.
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = cast("dict[str, str]", dict(cast("Any", case).headers or {}))
    content_type = headers.get("Content-Type", case.media_type)
    return Call(operation, target.account, content, content_type, case.method.upper())
