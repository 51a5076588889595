"""How to bring about what the mock can be brought to say; its page documents these accounts."""

from __future__ import annotations

from typing import NamedTuple

_HERE = "suite/recipes.py"
KNOWN = "https://pos.example/read-only"
FREE = "https://pos.example/free"


class Recipe(NamedTuple):
    """Whose token to send, and what; the mock's README documents these accounts and orders."""

    account: str
    fields: dict[str, str]


def order(delivery_id: str, name: str, store_id: str = "3") -> dict[str, str]:
    """Return the fields that accept an order of the mock."""
    return {"delivery_id": delivery_id, "store_id": store_id, "order_external_id": name}


VALID = {
    "createWebhook": {"url": FREE},
    "updateWebhook": {"current_url": KNOWN, "new_url": FREE},
    "deleteWebhook": {"url": KNOWN},
    "listWebhooks": {},
    "acceptOrder": order("1", "unknown"),
}
BY_STATE = {
    "This webhook already exists": Recipe("read-only", {"url": KNOWN}),
    "Unable to set up the webhook URL.": Recipe("read-only", {"url": FREE}),
    "This new webhook already exists": Recipe(
        "read-only", {"current_url": KNOWN, "new_url": KNOWN}
    ),
    "Unable to update the webhook URL.": Recipe("read-only", VALID["updateWebhook"]),
    "Unable to remove the webhook URL.": Recipe("read-only", VALID["deleteWebhook"]),
    "You don't have this store available.": Recipe("alpha", order("1", "unknown", "unknown")),
    "Order not found.": Recipe("alpha", VALID["acceptOrder"]),
    "Microservice does not have this integration configured.": Recipe(
        "alpha", order("2", "order-not-configured")
    ),
    "Unable to get token.": Recipe("alpha", order("3", "order-no-token")),
    "Error sending the acceptance to the delivery platform.": Recipe(
        "alpha", order("4", "order-unreachable")
    ),
}


def recipe(operation_id: str, message: str) -> Recipe:
    """Return what provokes a message.

    Raises:
        LookupError: the document has an operation or a message that is not known here.
    """
    if operation_id not in VALID:
        raise LookupError(f"{operation_id} has no recipe: add it to VALID in {_HERE}")
    if message == "This webhook does not exist":
        field = {"updateWebhook": "current_url", "deleteWebhook": "url"}[operation_id]
        return Recipe("read-only", {**VALID[operation_id], field: "https://pos.example/unknown"})
    account = {"User not authenticated.": "signed-out", "User not found.": "deleted"}.get(message)
    if account:
        return Recipe(account, VALID[operation_id])
    if message not in BY_STATE:
        raise LookupError(f"{message!r} has no recipe: add it to BY_STATE in {_HERE}")
    return BY_STATE[message]
