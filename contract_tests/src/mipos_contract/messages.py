"""The documented messages that decide a test, as the document's catalogues have them."""

from __future__ import annotations

from typing import Final

WEBHOOK_EXISTS: Final = "This webhook already exists"
NEW_WEBHOOK_EXISTS: Final = "This new webhook already exists"
WEBHOOK_MISSING: Final = "This webhook does not exist"
WEBHOOK_NOT_CREATED: Final = "Unable to set up the webhook URL."
STORE_NOT_AVAILABLE: Final = "You don't have this store available."
ORDER_NOT_FOUND: Final = "Order not found."
