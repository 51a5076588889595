"""Every message the platform documents, verbatim, punctuation included.

The source is the pages "Webhook management" and "Successful order creation" of the MiPOS
public API. Each page shows a catalogue: all the messages that can come. A live answer holds
only what applied.
"""

from typing import Final

UNAUTHORIZED: Final = "Unauthorized."

WEBHOOK_CREATED: Final = "Webhook successfully created"
WEBHOOK_UPDATED: Final = "Webhook successfully updated"
WEBHOOK_REMOVED: Final = "Webhook successfully removed"
ORDER_ACCEPTED: Final = "Operation completed successfully"

USER_NOT_AUTHENTICATED: Final = "User not authenticated."
USER_NOT_FOUND: Final = "User not found."

WEBHOOK_EXISTS: Final = "This webhook already exists"
WEBHOOK_MISSING: Final = "This webhook does not exist"
NEW_WEBHOOK_EXISTS: Final = "This new webhook already exists"
WEBHOOK_NOT_CREATED: Final = "Unable to set up the webhook URL."
WEBHOOK_NOT_UPDATED: Final = "Unable to update the webhook URL."
WEBHOOK_NOT_REMOVED: Final = "Unable to remove the webhook URL."

STORE_NOT_AVAILABLE: Final = "You don't have this store available."
ORDER_NOT_FOUND: Final = "Order not found."
DELIVERY_NOT_CONFIGURED: Final = "Microservice does not have this integration configured."
DELIVERY_WITHOUT_TOKEN: Final = "Unable to get token."  # noqa: S105 - a message, not a secret
DELIVERY_UNREACHABLE: Final = "Error sending the acceptance to the delivery platform."


def field_required(attribute: str) -> str:
    """Returns the documented 422 message of a missing field, e.g. for ``current url``."""
    return f"The {attribute} field is required."
