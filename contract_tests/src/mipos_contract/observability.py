"""What a target that the suite did not start cannot show, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mipos_contract import messages

if TYPE_CHECKING:
    from mipos_contract.target import Target

_NO_WRITES = "needs MIPOS_ALLOW_WRITES=1"
_NO_ORDER = "needs an order in MIPOS_PENDING_ORDERS"
_FAILING_PLATFORM = "needs a platform that fails at the change"
_DELIVERY = "needs an order of a delivery platform that is set up wrong or out of reach"

# States that cannot be brought about from outside, by the message that speaks of them.
_STATES = {
    "User not authenticated.": "needs an account whose session has ended, though its token lives",
    "User not found.": "needs an account that was deleted, though its token lives",
    messages.WEBHOOK_NOT_CREATED: _FAILING_PLATFORM,
    "Unable to update the webhook URL.": _FAILING_PLATFORM,
    "Unable to remove the webhook URL.": _FAILING_PLATFORM,
    "Microservice does not have this integration configured.": _DELIVERY,
    "Unable to get token.": _DELIVERY,
    "Error sending the acceptance to the delivery platform.": _DELIVERY,
}


def of_status(target: Target, operation_id: str, status: int) -> str:
    """Return why a documented status cannot be seen on the target; empty if it can."""
    if target.is_mock or status in {401, 422}:
        return ""
    if operation_id == "listWebhooks":
        return "needs an account that cannot be used" if status == 409 else ""
    if not target.confinement.allow_writes:
        return _NO_WRITES
    if operation_id == "acceptOrder" and status == 200 and not target.pending_orders:
        return _NO_ORDER
    return ""


def of_message(target: Target, operation_id: str, status: int, text: str) -> str:
    """Return why a message of a catalogue cannot be seen on the target; empty if it can."""
    if target.is_mock:
        return ""
    return _STATES.get(text) or of_status(target, operation_id, status)
