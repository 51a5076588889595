"""Where the platform sends a POS its orders and asks it for its menu."""

import builtins

from ..._runtime.asynchronous import AsyncClient
from ..._runtime.sync import SyncClient
from ...models.create_webhook_request import CreateWebhookRequest
from ...models.delete_webhook_request import DeleteWebhookRequest
from ...models.update_webhook_request import UpdateWebhookRequest
from ...models.webhook import Webhook
from ...models.webhook_created import WebhookCreated
from ...models.webhook_deleted import WebhookDeleted
from ...models.webhook_type import WebhookType
from ...models.webhook_updated import WebhookUpdated
from .create_webhook import CREATE_WEBHOOK
from .delete_webhook import DELETE_WEBHOOK
from .list_webhooks import LIST_WEBHOOKS
from .update_webhook import UPDATE_WEBHOOK

__all__ = ["AsyncWebhooks", "Webhooks"]


class Webhooks:
    """Where the platform sends a POS its orders and asks it for its menu.

    It is what `webhooks` of a `Mipos` gives.
    """

    __slots__ = ("_client",)

    def __init__(self, client: SyncClient) -> None:
        self._client = client

    def create(
        self,
        *,
        url: str,
        type: WebhookType = "ORDER",
    ) -> WebhookCreated:
        """Set up a webhook.

        Registers a URL of the POS. The platform sends new orders to a webhook of type `ORDER`,
        and asks a webhook of type `Menu` for the menu of a store. The answer carries no id and
        no secret; the other operations name a webhook by its URL.

        Args:
            url: URL of the POS that will receive the requests. An absolute http or https
                URL. 8 to 2048 characters (assumption).
            type: What the webhook is for: `ORDER`, new orders are sent to it; `Menu`, it is
                asked for the menu. One page spells the latter `MENU`.

        Returns:
            The webhook was created.

        Raises:
            AuthenticationError: The status is 401. The token is missing or not valid. The
                body is a bare JSON string. Texts: "Unauthorized."
            ConflictError: The status is 409. The request was understood, and the state of
                the account does not allow it. `message` holds what applied. Texts: "User not
                authenticated.", "User not found.", "This webhook already exists", "Unable to
                set up the webhook URL."
            ValidationError: The status is 422. Fields that failed validation, and only
                those. Texts: "The url field is required."
            MiposError: There is no answer, or another one than these: the base of all
                errors.

        Example:
            >>> mipos.webhooks.create(url="https://pos.example/orders")
        """
        return self._client.call(
            CREATE_WEBHOOK,
            CreateWebhookRequest(
                url=url,
                type=type,
            ),
        )

    def update(
        self,
        *,
        current_url: str,
        new_url: str,
    ) -> WebhookUpdated:
        """Change the URL of a webhook.

        Replaces the URL of a webhook by another one. The pages document the content type
        `application/jsonc` for this operation alone; the body is ordinary JSON.

        Args:
            current_url: URL that the webhook has now. An absolute http or https URL. 8 to
                2048 characters (assumption).
            new_url: URL that the webhook is to have. An absolute http or https URL. 8 to
                2048 characters (assumption).

        Returns:
            The webhook has the new URL.

        Raises:
            AuthenticationError: The status is 401. The token is missing or not valid. The
                body is a bare JSON string. Texts: "Unauthorized."
            ConflictError: The status is 409. The request was understood, and the state of
                the account does not allow it. `message` holds what applied. Texts: "User not
                authenticated.", "User not found.", "This webhook does not exist", "This new
                webhook already exists", "Unable to update the webhook URL."
            ValidationError: The status is 422. Fields that failed validation, and only
                those. Texts: "The current url field is required.", "The new url field is
                required."
            MiposError: There is no answer, or another one than these: the base of all
                errors.

        Example:
            >>> mipos.webhooks.update(
            ...     current_url="https://pos.example/orders",
            ...     new_url="https://pos.example/v2/orders",
            ... )
        """
        return self._client.call(
            UPDATE_WEBHOOK,
            UpdateWebhookRequest(
                current_url=current_url,
                new_url=new_url,
            ),
        )

    def delete(
        self,
        *,
        url: str,
    ) -> WebhookDeleted:
        """Delete a webhook.

        Removes the webhook with this URL.

        Args:
            url: URL of the webhook. An absolute http or https URL. 8 to 2048 characters
                (assumption).

        Returns:
            The webhook was removed.

        Raises:
            AuthenticationError: The status is 401. The token is missing or not valid. The
                body is a bare JSON string. Texts: "Unauthorized."
            ConflictError: The status is 409. The request was understood, and the state of
                the account does not allow it. `message` holds what applied. Texts: "User not
                authenticated.", "User not found.", "This webhook does not exist", "Unable to
                remove the webhook URL."
            ValidationError: The status is 422. Fields that failed validation, and only
                those. Texts: "The url field is required."
            MiposError: There is no answer, or another one than these: the base of all
                errors.

        Example:
            >>> mipos.webhooks.delete(url="https://pos.example/orders")
        """
        return self._client.call(
            DELETE_WEBHOOK,
            DeleteWebhookRequest(
                url=url,
            ),
        )

    def list(
        self,
    ) -> builtins.list[Webhook]:
        """List the webhooks of the account.

        Answers a bare array, without an envelope. An item holds the URL alone; the type of a
        webhook is not returned.

        Returns:
            The webhooks of the account. The pages promise no order.

        Raises:
            AuthenticationError: The status is 401. The token is missing or not valid. The
                body is a bare JSON string. Texts: "Unauthorized."
            ConflictError: The status is 409. The account of the token is not usable.
                `message` holds what applied. Texts: "User not authenticated.", "User not
                found."
            MiposError: There is no answer, or another one than these: the base of all
                errors.

        Example:
            >>> mipos.webhooks.list()
        """
        return self._client.call(
            LIST_WEBHOOKS,
        )


class AsyncWebhooks:
    """Where the platform sends a POS its orders and asks it for its menu.

    It is what `webhooks` of an `AsyncMipos` gives.
    """

    __slots__ = ("_client",)

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def create(
        self,
        *,
        url: str,
        type: WebhookType = "ORDER",
    ) -> WebhookCreated:
        """Set up a webhook.

        Registers a URL of the POS. The platform sends new orders to a webhook of type `ORDER`,
        and asks a webhook of type `Menu` for the menu of a store. The answer carries no id and
        no secret; the other operations name a webhook by its URL.

        Args:
            url: URL of the POS that will receive the requests. An absolute http or https
                URL. 8 to 2048 characters (assumption).
            type: What the webhook is for: `ORDER`, new orders are sent to it; `Menu`, it is
                asked for the menu. One page spells the latter `MENU`.

        Returns:
            The webhook was created.

        Raises:
            AuthenticationError: The status is 401. The token is missing or not valid. The
                body is a bare JSON string. Texts: "Unauthorized."
            ConflictError: The status is 409. The request was understood, and the state of
                the account does not allow it. `message` holds what applied. Texts: "User not
                authenticated.", "User not found.", "This webhook already exists", "Unable to
                set up the webhook URL."
            ValidationError: The status is 422. Fields that failed validation, and only
                those. Texts: "The url field is required."
            MiposError: There is no answer, or another one than these: the base of all
                errors.

        Example:
            >>> await mipos.webhooks.create(url="https://pos.example/orders")
        """
        return await self._client.call(
            CREATE_WEBHOOK,
            CreateWebhookRequest(
                url=url,
                type=type,
            ),
        )

    async def update(
        self,
        *,
        current_url: str,
        new_url: str,
    ) -> WebhookUpdated:
        """Change the URL of a webhook.

        Replaces the URL of a webhook by another one. The pages document the content type
        `application/jsonc` for this operation alone; the body is ordinary JSON.

        Args:
            current_url: URL that the webhook has now. An absolute http or https URL. 8 to
                2048 characters (assumption).
            new_url: URL that the webhook is to have. An absolute http or https URL. 8 to
                2048 characters (assumption).

        Returns:
            The webhook has the new URL.

        Raises:
            AuthenticationError: The status is 401. The token is missing or not valid. The
                body is a bare JSON string. Texts: "Unauthorized."
            ConflictError: The status is 409. The request was understood, and the state of
                the account does not allow it. `message` holds what applied. Texts: "User not
                authenticated.", "User not found.", "This webhook does not exist", "This new
                webhook already exists", "Unable to update the webhook URL."
            ValidationError: The status is 422. Fields that failed validation, and only
                those. Texts: "The current url field is required.", "The new url field is
                required."
            MiposError: There is no answer, or another one than these: the base of all
                errors.

        Example:
            >>> await mipos.webhooks.update(
            ...     current_url="https://pos.example/orders",
            ...     new_url="https://pos.example/v2/orders",
            ... )
        """
        return await self._client.call(
            UPDATE_WEBHOOK,
            UpdateWebhookRequest(
                current_url=current_url,
                new_url=new_url,
            ),
        )

    async def delete(
        self,
        *,
        url: str,
    ) -> WebhookDeleted:
        """Delete a webhook.

        Removes the webhook with this URL.

        Args:
            url: URL of the webhook. An absolute http or https URL. 8 to 2048 characters
                (assumption).

        Returns:
            The webhook was removed.

        Raises:
            AuthenticationError: The status is 401. The token is missing or not valid. The
                body is a bare JSON string. Texts: "Unauthorized."
            ConflictError: The status is 409. The request was understood, and the state of
                the account does not allow it. `message` holds what applied. Texts: "User not
                authenticated.", "User not found.", "This webhook does not exist", "Unable to
                remove the webhook URL."
            ValidationError: The status is 422. Fields that failed validation, and only
                those. Texts: "The url field is required."
            MiposError: There is no answer, or another one than these: the base of all
                errors.

        Example:
            >>> await mipos.webhooks.delete(url="https://pos.example/orders")
        """
        return await self._client.call(
            DELETE_WEBHOOK,
            DeleteWebhookRequest(
                url=url,
            ),
        )

    async def list(
        self,
    ) -> builtins.list[Webhook]:
        """List the webhooks of the account.

        Answers a bare array, without an envelope. An item holds the URL alone; the type of a
        webhook is not returned.

        Returns:
            The webhooks of the account. The pages promise no order.

        Raises:
            AuthenticationError: The status is 401. The token is missing or not valid. The
                body is a bare JSON string. Texts: "Unauthorized."
            ConflictError: The status is 409. The account of the token is not usable.
                `message` holds what applied. Texts: "User not authenticated.", "User not
                found."
            MiposError: There is no answer, or another one than these: the base of all
                errors.

        Example:
            >>> await mipos.webhooks.list()
        """
        return await self._client.call(
            LIST_WEBHOOKS,
        )
