from typing import Literal

WebhookType = Literal["Menu", "ORDER"]

WEBHOOK_TYPE_VALUES: set[WebhookType] = {
    "Menu",
    "ORDER",
}


def check_webhook_type(value: str) -> WebhookType:
    if value in WEBHOOK_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WEBHOOK_TYPE_VALUES!r}")
