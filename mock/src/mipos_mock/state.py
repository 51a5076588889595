"""What the stand-in remembers: accounts, webhooks, orders, pushes, faults and menus."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from mipos_mock.clock import Clock
from mipos_mock.hooks import Webhooks
from mipos_mock.pushes import Push

ORDERS_KEPT: Final = 10_000
"""Accepted orders that are remembered. One that is forgotten is not found, as before."""

PUSHES_KEPT: Final = 2_000
"""Pushes that are remembered after they ended."""


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
        secret: What its pushes are signed with (assumption). Kept out of the repr.
        status: Whether the token still speaks for a user.
        stores: The ids of its stores.
        webhooks: Type (``ORDER`` or ``Menu``) by URL, in order of creation.
        read_only: Whether the platform fails to change its webhooks.
    """

    name: str
    token: str = field(repr=False)
    secret: str = field(default="", repr=False)
    status: AccountStatus = AccountStatus.ACTIVE
    stores: tuple[str, ...] = ()
    webhooks: Webhooks = field(default_factory=Webhooks)
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
    """One order that the platform has for a store.

    Attributes:
        key: The ids that name it.
        status: Whether the POS has reported it as stored.
        id: The stand-in's own number for it.
        scenario: What it was composed from.
        body: What a push of it holds: JSON.
        placed_at: Seconds since 1970 of the stand-in's clock.
        accepted_at: As ``placed_at``, None while it is pending.
    """

    key: OrderKey
    status: OrderStatus = OrderStatus.PENDING
    id: int = 0
    scenario: str = ""
    body: str = ""
    placed_at: float = 0.0
    accepted_at: float | None = None


@dataclass(slots=True)
class Fault:
    """Something that is to go wrong on purpose for one account.

    Attributes:
        id: The stand-in's number for it.
        kind: What goes wrong, one of the names in ``faults.KINDS``.
        account: The name of the account that it is for.
        times: How often it strikes yet, None until it is removed.
        operation: The name of the only operation that it strikes, None for any.
        status: The HTTP status of an error.
        message: The documented message of an error.
        seconds: How long something takes.
    """

    id: int
    kind: str
    account: str
    times: int | None = 1
    operation: str | None = None
    status: int | None = None
    message: str | None = None
    seconds: float | None = None


@dataclass(slots=True)
class Menu:
    """The last menu that a POS answered for a store at one URL.

    Attributes:
        account: The name of the store's account.
        store_id: The store.
        url: The webhook that answered.
        at: Seconds since 1970 of the stand-in's clock.
        push_id: The push that asked for it.
        text: The answer as it came.
    """

    account: str
    store_id: str
    url: str
    at: float
    push_id: int
    text: str


Item = Account | Delivery | Order | Push | Fault | Menu
"""What is saved and dropped by itself. A webhook is saved by its account and place."""


class Keeper:
    """Is told of every change. This one keeps nothing: the state lasts as long as the process."""

    def save(self, item: Item) -> None:
        """Notes that something is new or has changed."""

    def drop(self, item: Item) -> None:
        """Notes that something is gone."""

    def save_webhook(self, account: Account, place: int) -> None:
        """Notes that the webhook at a place is new, has changed or is gone."""

    def save_clock(self, ahead: float) -> None:
        """Notes by how many seconds the clock is ahead."""

    def begin_anew(self, state: "State") -> None:
        """Forgets all that was kept and keeps a state instead, at once."""

    def commit(self) -> None:
        """Keeps what was noted since the last time, all of it or nothing."""


@dataclass(slots=True)
class State:
    """Everything that the stand-in remembers.

    Attributes:
        accounts: By name.
        deliveries: By id. A platform that is not among them is ready (assumption).
        orders: By their ids, in order of arrival.
        pushes: By number.
        faults: By number, in order of setting.
        menus: By store and URL.
        clock: The time that it is.
        keeper: Is told of every change.
        on_accept: Is told of every order that is accepted.
    """

    accounts: dict[str, Account] = field(default_factory=dict[str, Account])
    deliveries: dict[str, Delivery] = field(default_factory=dict[str, Delivery])
    orders: dict[OrderKey, Order] = field(default_factory=dict[OrderKey, Order])
    pushes: dict[int, Push] = field(default_factory=dict[int, Push])
    faults: dict[int, Fault] = field(default_factory=dict[int, Fault])
    menus: dict[tuple[str, str], Menu] = field(default_factory=dict[tuple[str, str], Menu])
    clock: Clock = field(default_factory=Clock, repr=False, compare=False)
    keeper: Keeper = field(default_factory=Keeper, repr=False, compare=False)
    on_accept: Callable[[Order], object] = field(default=id, repr=False, compare=False)
    _numbers: dict[str, int] = field(default_factory=dict[str, int], repr=False, compare=False)
    _accepted: deque[OrderKey] = field(default_factory=deque[OrderKey], repr=False, compare=False)
    _ended: deque[int] = field(default_factory=deque[int], repr=False, compare=False)

    def account_of(self, token: str) -> Account | None:
        """Returns the account that a token speaks for, None for an unknown token."""
        for account in self.accounts.values():
            if account.token == token:
                return account
        return None

    def owner_of(self, store_id: str) -> Account | None:
        """Returns the account that a store belongs to, None for an unknown store."""
        return next((each for each in self.accounts.values() if store_id in each.stores), None)

    def pending(self, key: OrderKey) -> Order | None:
        """Returns the pending order with exactly these ids, None without one."""
        order = self.orders.get(key)
        return order if order is not None and order.status is OrderStatus.PENDING else None

    def accept(self, order: Order, at: float) -> None:
        """Marks an order as accepted, and forgets the one that was accepted longest ago."""
        order.status, order.accepted_at = OrderStatus.ACCEPTED, at
        self.keeper.save(order)
        self.on_accept(order)
        self._accepted.append(order.key)
        while len(self._accepted) > ORDERS_KEPT:
            old = self.orders.get(self._accepted.popleft())
            if old is not None and old.status is OrderStatus.ACCEPTED:
                del self.orders[old.key]
                self.keeper.drop(old)

    def number(self, kind: str) -> int:
        """Returns the next number for an ``order``, a ``push``, a ``fault`` or an ``account``."""
        self._numbers[kind] = number = self._numbers.get(kind, 0) + 1
        return number

    def recall(self) -> None:
        """Brings what is derived in line with what was put in from outside."""
        self._numbers = {
            "order": max((each.id for each in self.orders.values()), default=0),
            "push": max(self.pushes, default=0),
            "fault": max(self.faults, default=0),
            "account": len(self.accounts),
        }
        self._accepted = deque(
            key for key, each in self.orders.items() if each.status is OrderStatus.ACCEPTED
        )
        self._ended = deque(each.id for each in self.pushes.values() if each.ended)

    def add(self, push: Push) -> None:
        """Adds a push that is to be sent."""
        self.pushes[push.id] = push
        self.keeper.save(push)

    def end(self, push: Push) -> None:
        """Takes note that a push has ended, and forgets the one that ended longest ago."""
        self.keeper.save(push)
        self._ended.append(push.id)
        while len(self._ended) > PUSHES_KEPT:
            old = self.pushes.pop(self._ended.popleft(), None)
            if old is not None:
                self.keeper.drop(old)
