"""Values that the document lists."""

from typing import Literal

WebhookType = Literal["Menu", "ORDER"]
"""What the webhook is for: `ORDER`, new orders are sent to it; `Menu`, it is asked for the menu.
One page spells the latter `MENU`."""
