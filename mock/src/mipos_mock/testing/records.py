"""What a test sees of the mock: values as they are at the moment, which do not change later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from mipos_mock.body import read_object
from mipos_mock.violations import Violation

Scenario = Literal[
    "simple",
    "big",
    "modifiers",
    "discount",
    "notes",
    "unicode",
    "rtl",
    "long-text",
    "zero-total",
]
"""What an order can be composed from."""

OperationName = Literal[
    "create_webhook", "update_webhook", "delete_webhook", "list_webhooks", "accept_order"
]
"""The operations of the platform's API."""

FaultKind = Literal[
    "latency",
    "bad-gateway",
    "drop",
    "duplicate",
    "late",
    "truncated",
    "wrong-signature",
    "out-of-order",
]
"""What can go wrong beside a documented error: with calls the first three, with pushes the rest."""

WebhookType = Literal["ORDER", "Menu"]
"""What is pushed to a webhook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order that the platform has for a store.

    Attributes:
        id: The mock's number for it.
        delivery_id: The delivery platform.
        store_id: The store.
        order_external_id: Its id at the delivery platform, `external_id` in the push.
        status: Whether the POS has accepted it.
        scenario: What it was composed from.
        total: Its cost, two decimals folded in: 1150 is 11.50.
        customer: The customer's name.
        payload: What a push of it holds.
        placed_at: When it was placed, by the mock's clock.
        accepted_at: When it was accepted, None before.
    """

    id: int
    delivery_id: str
    store_id: str
    order_external_id: str
    status: Literal["pending", "accepted"]
    scenario: str
    total: int
    customer: str
    payload: Mapping[str, Any] = field(repr=False, hash=False)
    placed_at: datetime
    accepted_at: datetime | None

    @property
    def accept_body(self) -> dict[str, str]:
        """What a POS posts to accept it."""
        return {
            "delivery_id": self.delivery_id,
            "store_id": self.store_id,
            "order_external_id": self.order_external_id,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One request to a webhook and what came back.

    Attributes:
        at: When it was sent, by the mock's clock.
        status: The receiver's HTTP status, None without an answer.
        error: What went wrong, in one line; None when nothing did.
        milliseconds: From the start of the connection to the end of the answer.
        headers: What was sent, the signature included; empty once thousands of things have
            happened since.
        answer: The beginning of the answer's body.
        faults: The kinds of the faults that struck.
    """

    at: datetime
    status: int | None
    error: str | None
    milliseconds: float
    headers: Mapping[str, str] = field(repr=False, hash=False)
    answer: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One body for one webhook.

    Attributes:
        id: The mock's number for it.
        kind: The webhook's type.
        url: Where the webhook points to.
        store_id: The store that it is about.
        order_id: The mock's number of the order, None for a Menu push.
        status: How far it has come.
        due_at: When the next try is due, by the mock's clock; None when none is.
        body: The exact bytes, which the signature is over.
        tries: What was tried so far.
        replay_of: The number of the push that it repeats, None for a first one.
    """

    id: int
    kind: WebhookType
    url: str
    store_id: str
    order_id: int | None
    status: Literal["queued", "waiting", "sending", "delivered", "given up", "cancelled"]
    due_at: datetime | None
    body: bytes = field(repr=False)
    tries: tuple[Try, ...]
    replay_of: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request to the platform's API and its answer.

    Attributes:
        at: When it was answered, by the mock's clock.
        method: The HTTP method.
        path: The path.
        query: The query string as it was sent.
        headers: Names in lower case, and values; nothing that proves who the client is.
        body: The body, its first 16 KiB.
        operation: The name of the operation that was reached, None for none.
        status: The HTTP status of the answer, None when a fault ended the connection instead.
        answer: The answer's body, its first 16 KiB.
        milliseconds: How long the answer took.
        faults: The kinds of the faults that struck.
        violations: Where it departs from the published pages, however tolerant the mock is.
    """

    at: datetime
    method: str
    path: str
    query: str
    headers: Mapping[str, str] = field(repr=False, hash=False)
    body: bytes
    operation: str | None
    status: int | None
    answer: bytes
    milliseconds: float
    faults: tuple[str, ...]
    violations: tuple[Violation, ...]

    @property
    def json(self) -> dict[str, Any] | None:
        """The body as a JSON object, None when it is none."""
        return read_object(self.body, integers=True)


@dataclass(frozen=True, slots=True)
class Webhook:
    """A URL that pushes go to.

    Attributes:
        url: The URL.
        type: What is pushed.
    """

    url: str
    type: WebhookType


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The last menu that a POS answered for a store at one webhook.

    Attributes:
        store_id: The store.
        url: The webhook that answered.
        at: When, by the mock's clock.
        menu: The answer: any JSON value, or its text when it is no JSON.
    """

    store_id: str
    url: str
    at: datetime
    menu: Any = field(hash=False)
