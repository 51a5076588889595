"""The human texts that the document knows, to compare answers with.

    if messages.ORDER_NOT_FOUND in error.messages: ...

The platform may word them differently one day, and such texts arrive all the same.
"""

from typing import Final

__all__ = [
    "ERROR_SENDING_THE_ACCEPTANCE_TO_THE_DELIVERY_PLATFORM",
    "MICROSERVICE_DOES_NOT_HAVE_THIS_INTEGRATION_CONFIGURED",
    "OPERATION_COMPLETED_SUCCESSFULLY",
    "ORDER_NOT_FOUND",
    "THE_CURRENT_URL_FIELD_IS_REQUIRED",
    "THE_CURRENT_URL_FORMAT_IS_INVALID",
    "THE_CURRENT_URL_MAY_NOT_BE_GREATER_THAN_2048_CHARACTERS",
    "THE_CURRENT_URL_MUST_BE_A_STRING",
    "THE_DELIVERY_ID_FIELD_IS_REQUIRED",
    "THE_DELIVERY_ID_FORMAT_IS_INVALID",
    "THE_DELIVERY_ID_MAY_NOT_BE_GREATER_THAN_255_CHARACTERS",
    "THE_DELIVERY_ID_MUST_BE_A_STRING",
    "THE_NEW_URL_FIELD_IS_REQUIRED",
    "THE_NEW_URL_FORMAT_IS_INVALID",
    "THE_NEW_URL_MAY_NOT_BE_GREATER_THAN_2048_CHARACTERS",
    "THE_NEW_URL_MUST_BE_A_STRING",
    "THE_ORDER_EXTERNAL_ID_FIELD_IS_REQUIRED",
    "THE_ORDER_EXTERNAL_ID_FORMAT_IS_INVALID",
    "THE_ORDER_EXTERNAL_ID_MAY_NOT_BE_GREATER_THAN_255_CHARACTERS",
    "THE_ORDER_EXTERNAL_ID_MUST_BE_A_STRING",
    "THE_SELECTED_TYPE_IS_INVALID",
    "THE_STORE_ID_FIELD_IS_REQUIRED",
    "THE_STORE_ID_FORMAT_IS_INVALID",
    "THE_STORE_ID_MAY_NOT_BE_GREATER_THAN_255_CHARACTERS",
    "THE_STORE_ID_MUST_BE_A_STRING",
    "THE_URL_FIELD_IS_REQUIRED",
    "THE_URL_FORMAT_IS_INVALID",
    "THE_URL_MAY_NOT_BE_GREATER_THAN_2048_CHARACTERS",
    "THE_URL_MUST_BE_A_STRING",
    "THIS_NEW_WEBHOOK_ALREADY_EXISTS",
    "THIS_WEBHOOK_ALREADY_EXISTS",
    "THIS_WEBHOOK_DOES_NOT_EXIST",
    "UNABLE_TO_GET_TOKEN",
    "UNABLE_TO_REMOVE_THE_WEBHOOK_URL",
    "UNABLE_TO_SET_UP_THE_WEBHOOK_URL",
    "UNABLE_TO_UPDATE_THE_WEBHOOK_URL",
    "UNAUTHORIZED",
    "USER_NOT_AUTHENTICATED",
    "USER_NOT_FOUND",
    "WEBHOOK_SUCCESSFULLY_CREATED",
    "WEBHOOK_SUCCESSFULLY_REMOVED",
    "WEBHOOK_SUCCESSFULLY_UPDATED",
    "YOU_DONT_HAVE_THIS_STORE_AVAILABLE",
]

WEBHOOK_SUCCESSFULLY_CREATED: Final = "Webhook successfully created"
"""201 of createWebhook."""
UNAUTHORIZED: Final = "Unauthorized."
"""401 of createWebhook, updateWebhook, deleteWebhook, listWebhooks, acceptOrder."""
USER_NOT_AUTHENTICATED: Final = "User not authenticated."
"""409 of createWebhook, updateWebhook, deleteWebhook, listWebhooks, acceptOrder."""
USER_NOT_FOUND: Final = "User not found."
"""409 of createWebhook, updateWebhook, deleteWebhook, listWebhooks, acceptOrder."""
THIS_WEBHOOK_ALREADY_EXISTS: Final = "This webhook already exists"
"""409 of createWebhook."""
UNABLE_TO_SET_UP_THE_WEBHOOK_URL: Final = "Unable to set up the webhook URL."
"""409 of createWebhook."""
THE_URL_FIELD_IS_REQUIRED: Final = "The url field is required."
"""422 of createWebhook, deleteWebhook."""
THE_URL_MUST_BE_A_STRING: Final = "The url must be a string."
"""422 of createWebhook, deleteWebhook (assumption)."""
THE_URL_MAY_NOT_BE_GREATER_THAN_2048_CHARACTERS: Final = (
    "The url may not be greater than 2048 characters."
)
"""422 of createWebhook, deleteWebhook (assumption)."""
THE_URL_FORMAT_IS_INVALID: Final = "The url format is invalid."
"""422 of createWebhook, deleteWebhook (assumption)."""
THE_SELECTED_TYPE_IS_INVALID: Final = "The selected type is invalid."
"""422 of createWebhook (assumption)."""
WEBHOOK_SUCCESSFULLY_UPDATED: Final = "Webhook successfully updated"
"""200 of updateWebhook."""
THIS_WEBHOOK_DOES_NOT_EXIST: Final = "This webhook does not exist"
"""409 of updateWebhook, deleteWebhook."""
THIS_NEW_WEBHOOK_ALREADY_EXISTS: Final = "This new webhook already exists"
"""409 of updateWebhook."""
UNABLE_TO_UPDATE_THE_WEBHOOK_URL: Final = "Unable to update the webhook URL."
"""409 of updateWebhook."""
THE_CURRENT_URL_FIELD_IS_REQUIRED: Final = "The current url field is required."
"""422 of updateWebhook."""
THE_CURRENT_URL_MUST_BE_A_STRING: Final = "The current url must be a string."
"""422 of updateWebhook (assumption)."""
THE_CURRENT_URL_MAY_NOT_BE_GREATER_THAN_2048_CHARACTERS: Final = (
    "The current url may not be greater than 2048 characters."
)
"""422 of updateWebhook (assumption)."""
THE_CURRENT_URL_FORMAT_IS_INVALID: Final = "The current url format is invalid."
"""422 of updateWebhook (assumption)."""
THE_NEW_URL_FIELD_IS_REQUIRED: Final = "The new url field is required."
"""422 of updateWebhook."""
THE_NEW_URL_MUST_BE_A_STRING: Final = "The new url must be a string."
"""422 of updateWebhook (assumption)."""
THE_NEW_URL_MAY_NOT_BE_GREATER_THAN_2048_CHARACTERS: Final = (
    "The new url may not be greater than 2048 characters."
)
"""422 of updateWebhook (assumption)."""
THE_NEW_URL_FORMAT_IS_INVALID: Final = "The new url format is invalid."
"""422 of updateWebhook (assumption)."""
WEBHOOK_SUCCESSFULLY_REMOVED: Final = "Webhook successfully removed"
"""200 of deleteWebhook."""
UNABLE_TO_REMOVE_THE_WEBHOOK_URL: Final = "Unable to remove the webhook URL."
"""409 of deleteWebhook."""
OPERATION_COMPLETED_SUCCESSFULLY: Final = "Operation completed successfully"
"""200 of acceptOrder."""
YOU_DONT_HAVE_THIS_STORE_AVAILABLE: Final = "You don't have this store available."
"""409 of acceptOrder."""
ORDER_NOT_FOUND: Final = "Order not found."
"""409 of acceptOrder."""
MICROSERVICE_DOES_NOT_HAVE_THIS_INTEGRATION_CONFIGURED: Final = (
    "Microservice does not have this integration configured."
)
"""409 of acceptOrder."""
UNABLE_TO_GET_TOKEN: Final = "Unable to get token."
"""409 of acceptOrder."""
ERROR_SENDING_THE_ACCEPTANCE_TO_THE_DELIVERY_PLATFORM: Final = (
    "Error sending the acceptance to the delivery platform."
)
"""409 of acceptOrder."""
THE_DELIVERY_ID_FIELD_IS_REQUIRED: Final = "The delivery id field is required."
"""422 of acceptOrder."""
THE_DELIVERY_ID_MUST_BE_A_STRING: Final = "The delivery id must be a string."
"""422 of acceptOrder (assumption)."""
THE_DELIVERY_ID_MAY_NOT_BE_GREATER_THAN_255_CHARACTERS: Final = (
    "The delivery id may not be greater than 255 characters."
)
"""422 of acceptOrder (assumption)."""
THE_DELIVERY_ID_FORMAT_IS_INVALID: Final = "The delivery id format is invalid."
"""422 of acceptOrder (assumption)."""
THE_STORE_ID_FIELD_IS_REQUIRED: Final = "The store id field is required."
"""422 of acceptOrder."""
THE_STORE_ID_MUST_BE_A_STRING: Final = "The store id must be a string."
"""422 of acceptOrder (assumption)."""
THE_STORE_ID_MAY_NOT_BE_GREATER_THAN_255_CHARACTERS: Final = (
    "The store id may not be greater than 255 characters."
)
"""422 of acceptOrder (assumption)."""
THE_STORE_ID_FORMAT_IS_INVALID: Final = "The store id format is invalid."
"""422 of acceptOrder (assumption)."""
THE_ORDER_EXTERNAL_ID_FIELD_IS_REQUIRED: Final = "The order external id field is required."
"""422 of acceptOrder."""
THE_ORDER_EXTERNAL_ID_MUST_BE_A_STRING: Final = "The order external id must be a string."
"""422 of acceptOrder (assumption)."""
THE_ORDER_EXTERNAL_ID_MAY_NOT_BE_GREATER_THAN_255_CHARACTERS: Final = (
    "The order external id may not be greater than 255 characters."
)
"""422 of acceptOrder (assumption)."""
THE_ORDER_EXTERNAL_ID_FORMAT_IS_INVALID: Final = "The order external id format is invalid."
"""422 of acceptOrder (assumption)."""
