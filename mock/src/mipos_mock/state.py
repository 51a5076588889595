"""What the stand-in remembers: accounts, webhooks, orders and delivery platforms."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class AccountStatus(StrEnum):
    """Whether a known token still speaks for a user."""

    ACTIVE = "active"
    SIGNED_OUT = "signed out"
    DELETED = "deleted"


class DeliveryStatus(StrEnum):
    """How a delivery platform takes the acceptance of an order."""

    READY = "ready"
    NOT_CONFIGURED = "not configured"
    NO_TOKEN = "no token"  # noqa: S105 - a state, not a secret
    UNREACHABLE = "unreachable"


class OrderStatus(StrEnum):
    """Whether the POS has reported an order as stored."""

    PENDING = "pending"
    ACCEPTED = "accepted"


@dataclass(slots=True)
class Account:
    """One user of the platform.

    Attributes:
        name: What the stand-in calls the account.
        token: The bearer token that speaks for it. Kept out of the repr.
        status: Whether the token still speaks for a user.
        stores: The ids of its stores.
        webhooks: Type (``ORDER`` or ``Menu``) by URL, in order of creation.
        read_only: Whether the platform fails to change its webhooks.
    """

    name: str
    token: str = field(repr=False)
    status: AccountStatus = AccountStatus.ACTIVE
    stores: tuple[str, ...] = ()
    webhooks: dict[str, str] = field(default_factory=dict[str, str])
    read_only: bool = False


@dataclass(slots=True)
class Delivery:
    """One delivery platform, such as a courier's ordering app."""

    id: str
    status: DeliveryStatus = DeliveryStatus.READY


class OrderKey(NamedTuple):
    """The three ids that together name an order."""

    delivery_id: str
    store_id: str
    order_external_id: str


@dataclass(slots=True)
class Order:
    """One order that the platform has for a store."""

    key: OrderKey
    status: OrderStatus = OrderStatus.PENDING


@dataclass(slots=True)
class State:
    """Everything that the stand-in remembers.

    Attributes:
        accounts: By name.
        deliveries: By id. A platform that is not among them is ready (assumption).
        orders: By their ids, in order of arrival.
    """

    accounts: dict[str, Account] = field(default_factory=dict[str, Account])
    deliveries: dict[str, Delivery] = field(default_factory=dict[str, Delivery])
    orders: dict[OrderKey, Order] = field(default_factory=dict[OrderKey, Order])

    def account_of(self, token: str) -> Account | None:
        """Returns the account that a token speaks for, None for an unknown token."""
        return next((each for each in self.accounts.values() if each.token == token), None)

    def pending(self, key: OrderKey) -> Order | None:
        """Returns the pending order with exactly these ids, None without one."""
        order = self.orders.get(key)
        return order if order is not None and order.status is OrderStatus.PENDING else None
