"""The calls that are measured."""

import json
from dataclasses import dataclass
from typing import Final

from benchmarks.http_client import API, TOKEN

BETA: Final = "mock-token-beta"
LISTED: Final = 1_000
"""How many webhooks a list holds."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One call, made over and over.

    Attributes:
        name: What the results call it.
        path: The path.
        status: The documented status of its success.
        answer: The body of that, where no server answers.
        token: The account. The list has one of its own, so that it does not grow.
        calls: How many make one measurement.
        most: How many times raw httpx it may cost.
    """

    name: str
    path: str
    status: int
    answer: bytes
    token: str
    calls: int
    most: float


def webhook_url(number: int) -> str:
    """Returns the URL of a webhook, another one for each number."""
    return f"https://pos.example/{number}"


def order(number: int) -> dict[str, str]:
    """Returns the ids that name an order, another one for each number."""
    return {"delivery_id": "1", "store_id": "4", "order_external_id": f"order-{number}"}


def _compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


CREATE: Final = Operation(
    name="create",
    path=f"{API}/webhook/create",
    status=201,
    answer=_compact({"message": "Webhook successfully created", "data": None}),
    token=BETA,
    calls=100,
    most=1.10,
)
ACCEPT: Final = Operation(
    name="accept",
    path=f"{API}/order/accept",
    status=200,
    answer=_compact({"message": ["Operation completed successfully"], "data": None}),
    token=BETA,
    calls=100,
    most=1.10,
)
LIST: Final = Operation(
    name="list",
    path=f"{API}/webhooks",
    status=200,
    answer=_compact([{"url": webhook_url(number)} for number in range(LISTED)]),
    token=TOKEN,
    calls=20,
    most=1.25,
)
OPERATIONS: Final = (CREATE, ACCEPT, LIST)
