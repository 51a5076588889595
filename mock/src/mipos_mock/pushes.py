"""What is sent to a webhook: one push, and each try to send it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

RETRY_AFTER: Final = (5.0, 15.0, 60.0, 180.0, 300.0)
"""Seconds from a failed try to the next one (assumption).

No page documents retries. These end within the ten minutes for which the pages let an order be
retrieved that was neither accepted nor denied.
"""


class PushStatus(StrEnum):
    """How far a push has come."""

    QUEUED = "queued"
    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    GIVEN_UP = "given up"
    CANCELLED = "cancelled"


ENDED: Final = frozenset({PushStatus.DELIVERED, PushStatus.GIVEN_UP, PushStatus.CANCELLED})
"""After these nothing more is sent."""


@dataclass(slots=True)
class Try:
    """One request to a receiver and what came back.

    Attributes:
        at: When it was sent, in seconds since 1970 of the stand-in's clock.
        status: The receiver's HTTP status, None without an answer.
        error: What went wrong, None when an answer came.
        milliseconds: From the start of the connection to the end of the answer.
        answer: The beginning of the answer's body.
        faults: The kinds of the faults that were put into it.
    """

    at: float
    status: int | None
    error: str | None
    milliseconds: float
    answer: str = ""
    faults: list[str] = field(default_factory=list[str])

    @property
    def delivered(self) -> bool:
        """Whether the receiver took the push over: any 2xx (assumption)."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - 2xx


@dataclass(slots=True)
class Push:
    """One body for one webhook.

    Attributes:
        id: The stand-in's number for it.
        account: The name of the webhook's account.
        kind: The webhook's type, ``ORDER`` or ``Menu``.
        place: The webhook's place among those of its account.
        url: Where the webhook pointed to when the push was last looked at.
        store_id: The store that it is about.
        body: The exact bytes, as text.
        order_id: The stand-in's number of the order, None for a Menu push.
        status: How far it has come.
        due_at: When the next try is due, None when none is.
        tries: What was tried so far.
        replay_of: The push that it repeats, None for a first one.
    """

    id: int
    account: str
    kind: str
    place: int
    url: str
    store_id: str
    body: str
    order_id: int | None = None
    status: PushStatus = PushStatus.QUEUED
    due_at: float | None = None
    tries: list[Try] = field(default_factory=list[Try])
    replay_of: int | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more is sent."""
        return self.status in ENDED
