"""Contains all the data models used in inputs/outputs"""

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

__all__ = (
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
)
