"""What leads the mock to each message that the document lists for an error."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from mipos_client import AuthenticationError, ConflictError, ResponseError, ValidationError
from tests.client.support import answers, operations, resolved

ALPHA = "mock-token-alpha"
READ_ONLY = "mock-token-read-only"
KNOWN = "https://pos.example/read-only"
FREE = "https://pos.example/free"
ERRORS: dict[int, type[ResponseError]] = {
    401: AuthenticationError,
    409: ConflictError,
    422: ValidationError,
}


class Message(NamedTuple):
    """A text of the document: of which operation and status, and of which field if of one."""

    operation: str
    status: int
    field: str
    text: str


class Cause(NamedTuple):
    """Whose token leads to a message, with which arguments in place of those that can be used."""

    token: str
    changes: Mapping[str, object] = MappingProxyType({})


def order(delivery_id: str, name: str) -> dict[str, object]:
    """Return the arguments that accept an order of store 3."""
    return {"delivery_id": delivery_id, "store_id": "3", "order_external_id": name}


# As the mock's page says.
CONFLICTS: dict[str, Cause] = {
    "User not authenticated.": Cause("mock-token-signed-out"),
    "User not found.": Cause("mock-token-deleted"),
    "This webhook already exists": Cause(READ_ONLY, {"url": KNOWN}),
    "Unable to set up the webhook URL.": Cause(READ_ONLY, {"url": FREE}),
    "This webhook does not exist": Cause(READ_ONLY),
    "This new webhook already exists": Cause(READ_ONLY, {"current_url": KNOWN, "new_url": KNOWN}),
    "Unable to update the webhook URL.": Cause(READ_ONLY, {"current_url": KNOWN, "new_url": FREE}),
    "Unable to remove the webhook URL.": Cause(READ_ONLY, {"url": KNOWN}),
    "You don't have this store available.": Cause(ALPHA, {"store_id": "4"}),
    "Order not found.": Cause(ALPHA, {"order_external_id": "unknown"}),
    "Microservice does not have this integration configured.": Cause(
        ALPHA, order("2", "order-not-configured")
    ),
    "Unable to get token.": Cause(ALPHA, order("3", "order-no-token")),
    "Error sending the acceptance to the delivery platform.": Cause(
        ALPHA, order("4", "order-unreachable")
    ),
}
# From the end of a message of a 422 to a value that leads to it.
INVALID: dict[str, object] = {
    "field is required.": "",
    "must be a string.": 1,
    "may not be greater than 2048 characters.": "https://pos.example/".ljust(2049, "x"),
    "may not be greater than 255 characters.": "x" * 256,
    "format is invalid.": "\u00e9",
    "is invalid.": "other",
}


def texts(node: Any) -> list[str]:  # noqa: ANN401  a schema
    """Return the texts that a schema lists for a string, or for the items of an array."""
    node = resolved(node)
    parts = [node.get("items"), node.get("properties", {}).get("message"), *node.get("allOf", ())]
    found = [text for part in parts if part for text in texts(part)]
    return [*node.get("x-extensible-enum", ()), *found]


def listed() -> Iterator[Message]:
    """Yield every text that the document lists for an answer that is no success."""
    for operation in operations():
        for status, answer in answers(operation).items():
            schema = resolved(answer["content"]["application/json"]["schema"])
            if status == 422:
                for field, part in schema["properties"].items():
                    yield from (Message(operation, status, field, text) for text in texts(part))
            elif status in ERRORS:
                yield from (Message(operation, status, "", text) for text in texts(schema))


def cause(message: Message) -> Cause:
    """Return what leads to a message.

    Raises:
        LookupError: The document has a message that nobody has found a way to provoke.
    """
    if message.status == 401:
        return Cause("mock-token-unknown")
    if message.status == 409:
        return CONFLICTS[message.text]
    ends = [end for end in INVALID if message.text.endswith(end)]
    return Cause(ALPHA, {message.field: INVALID[ends[0]]})


def enums(node: object) -> Iterator[str]:
    """Yield every text that stands in a list of texts, wherever below a node."""
    if isinstance(node, dict):
        members = cast("dict[str, Any]", node)
        yield from members.get("x-extensible-enum", ())
        for member in members.values():
            yield from enums(member)
    elif isinstance(node, list):
        for item in cast("list[object]", node):
            yield from enums(item)


MESSAGES = list(listed())
