"""What a POS answers to an order that it received."""

from ..._runtime.asynchronous import AsyncClient
from ..._runtime.sync import SyncClient
from ...models.accept_order_request import AcceptOrderRequest
from ...models.order_accepted import OrderAccepted
from .accept_order import ACCEPT_ORDER

__all__ = ["AsyncOrders", "Orders"]


class Orders:
    """What a POS answers to an order that it received.

    It is what `orders` of a `Mipos` gives.
    """

    __slots__ = ("_client",)

    def __init__(self, client: SyncClient) -> None:
        self._client = client

    def accept(
        self,
        *,
        delivery_id: str,
        store_id: str,
        order_external_id: str,
    ) -> OrderAccepted:
        """Accept an order.

        Reports that the POS has stored an order that was pushed to it. The platform passes the
        acceptance on to the delivery app. The pages state no rule for accepting twice. An order
        that could not be stored is reported by a call of its own, `order/deny`, which this
        document does not describe.

        Args:
            delivery_id: Id of the delivery on the platform; the `delivery_id` of the order,
                as text. One of the three ids that together name an order. 1 to 255 characters
                (assumption).
            store_id: Id of the store on the platform. One of the three ids that together
                name an order. 1 to 255 characters (assumption).
            order_external_id: The `external_id` of the order that was pushed. One of the
                three ids that together name an order. 1 to 255 characters (assumption).

        Returns:
            The order was accepted. Unlike the webhook operations, `message` is an array of one
            string.

        Raises:
            AuthenticationError: The status is 401. The token is missing or not valid. The
                body is a bare JSON string. Texts: "Unauthorized."
            ConflictError: The status is 409. The request was understood, and the order
                cannot be accepted. `message` holds what applied. Texts: "User not
                authenticated.", "User not found.", "You don't have this store available.",
                "Order not found.", "Microservice does not have this integration configured.",
                "Unable to get token.", "Error sending the acceptance to the delivery platform."
            ValidationError: The status is 422. Fields that failed validation, and only
                those. Texts: "The delivery id field is required.", "The store id field is
                required.", "The order external id field is required."
            MiposError: There is no answer, or another one than these: the base of all
                errors.

        Example:
            >>> mipos.orders.accept(
            ...     delivery_id="1",
            ...     store_id="3",
            ...     order_external_id="01f1b8ce-a65d-4876-a72f-8f549f3566b7",
            ... )
        """
        return self._client.call(
            ACCEPT_ORDER,
            AcceptOrderRequest(
                delivery_id=delivery_id,
                store_id=store_id,
                order_external_id=order_external_id,
            ),
        )


class AsyncOrders:
    """What a POS answers to an order that it received.

    It is what `orders` of an `AsyncMipos` gives.
    """

    __slots__ = ("_client",)

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def accept(
        self,
        *,
        delivery_id: str,
        store_id: str,
        order_external_id: str,
    ) -> OrderAccepted:
        """Accept an order.

        Reports that the POS has stored an order that was pushed to it. The platform passes the
        acceptance on to the delivery app. The pages state no rule for accepting twice. An order
        that could not be stored is reported by a call of its own, `order/deny`, which this
        document does not describe.

        Args:
            delivery_id: Id of the delivery on the platform; the `delivery_id` of the order,
                as text. One of the three ids that together name an order. 1 to 255 characters
                (assumption).
            store_id: Id of the store on the platform. One of the three ids that together
                name an order. 1 to 255 characters (assumption).
            order_external_id: The `external_id` of the order that was pushed. One of the
                three ids that together name an order. 1 to 255 characters (assumption).

        Returns:
            The order was accepted. Unlike the webhook operations, `message` is an array of one
            string.

        Raises:
            AuthenticationError: The status is 401. The token is missing or not valid. The
                body is a bare JSON string. Texts: "Unauthorized."
            ConflictError: The status is 409. The request was understood, and the order
                cannot be accepted. `message` holds what applied. Texts: "User not
                authenticated.", "User not found.", "You don't have this store available.",
                "Order not found.", "Microservice does not have this integration configured.",
                "Unable to get token.", "Error sending the acceptance to the delivery platform."
            ValidationError: The status is 422. Fields that failed validation, and only
                those. Texts: "The delivery id field is required.", "The store id field is
                required.", "The order external id field is required."
            MiposError: There is no answer, or another one than these: the base of all
                errors.

        Example:
            >>> await mipos.orders.accept(
            ...     delivery_id="1",
            ...     store_id="3",
            ...     order_external_id="01f1b8ce-a65d-4876-a72f-8f549f3566b7",
            ... )
        """
        return await self._client.call(
            ACCEPT_ORDER,
            AcceptOrderRequest(
                delivery_id=delivery_id,
                store_id=store_id,
                order_external_id=order_external_id,
            ),
        )
