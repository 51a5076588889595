"""The bodies of requests, answers and pushes; each module is loaded when it is used."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .accept_order_conflict import AcceptOrderConflict
    from .accept_order_invalid import AcceptOrderInvalid
    from .accept_order_request import AcceptOrderRequest
    from .create_webhook_conflict import CreateWebhookConflict
    from .create_webhook_invalid import CreateWebhookInvalid
    from .create_webhook_request import CreateWebhookRequest
    from .delete_webhook_conflict import DeleteWebhookConflict
    from .delete_webhook_invalid import DeleteWebhookInvalid
    from .delete_webhook_request import DeleteWebhookRequest
    from .list_webhooks_conflict import ListWebhooksConflict
    from .menu_pull import MenuPull
    from .order_accepted import OrderAccepted
    from .order_item import OrderItem
    from .order_modifier import OrderModifier
    from .order_push import OrderPush
    from .update_webhook_conflict import UpdateWebhookConflict
    from .update_webhook_invalid import UpdateWebhookInvalid
    from .update_webhook_request import UpdateWebhookRequest
    from .webhook import Webhook
    from .webhook_created import WebhookCreated
    from .webhook_deleted import WebhookDeleted
    from .webhook_type import WebhookType
    from .webhook_updated import WebhookUpdated

__all__ = [
    "AcceptOrderConflict",
    "AcceptOrderInvalid",
    "AcceptOrderRequest",
    "CreateWebhookConflict",
    "CreateWebhookInvalid",
    "CreateWebhookRequest",
    "DeleteWebhookConflict",
    "DeleteWebhookInvalid",
    "DeleteWebhookRequest",
    "ListWebhooksConflict",
    "MenuPull",
    "OrderAccepted",
    "OrderItem",
    "OrderModifier",
    "OrderPush",
    "UpdateWebhookConflict",
    "UpdateWebhookInvalid",
    "UpdateWebhookRequest",
    "Webhook",
    "WebhookCreated",
    "WebhookDeleted",
    "WebhookType",
    "WebhookUpdated",
]

_MODULES = {
    "AcceptOrderConflict": ".accept_order_conflict",
    "AcceptOrderInvalid": ".accept_order_invalid",
    "AcceptOrderRequest": ".accept_order_request",
    "CreateWebhookConflict": ".create_webhook_conflict",
    "CreateWebhookInvalid": ".create_webhook_invalid",
    "CreateWebhookRequest": ".create_webhook_request",
    "DeleteWebhookConflict": ".delete_webhook_conflict",
    "DeleteWebhookInvalid": ".delete_webhook_invalid",
    "DeleteWebhookRequest": ".delete_webhook_request",
    "ListWebhooksConflict": ".list_webhooks_conflict",
    "MenuPull": ".menu_pull",
    "OrderAccepted": ".order_accepted",
    "OrderItem": ".order_item",
    "OrderModifier": ".order_modifier",
    "OrderPush": ".order_push",
    "UpdateWebhookConflict": ".update_webhook_conflict",
    "UpdateWebhookInvalid": ".update_webhook_invalid",
    "UpdateWebhookRequest": ".update_webhook_request",
    "Webhook": ".webhook",
    "WebhookCreated": ".webhook_created",
    "WebhookDeleted": ".webhook_deleted",
    "WebhookType": ".webhook_type",
    "WebhookUpdated": ".webhook_updated",
}


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return getattr(import_module(_MODULES[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
