"""What a rule is: a change, whom it can break, and the class that follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Change(StrEnum):
    """The class of a change, the gravest first."""

    CLIENTS = "breaking for clients"
    SERVERS = "breaking for servers"
    ADDITIVE = "additive"
    TEXT = "text"


BREAKING = frozenset({Change.CLIENTS, Change.SERVERS})


class Effect(Enum):
    """Whom a change can break, as its class in `paths` and in `webhooks`.

    A POS is the client of `paths`; of `webhooks` it is the server, and the platform the client.
    """

    POS = (Change.CLIENTS, Change.SERVERS)
    PLATFORM = (Change.SERVERS, Change.CLIENTS)
    NOBODY = (Change.ADDITIVE, Change.ADDITIVE)
    NOTHING = (Change.TEXT, Change.TEXT)


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of change.

    Attributes:
        what: The change, in words.
        effect: Whom it can break.
        example: A change of this document that falls under it.
        reverse: The ids of the rules that the way back can fall under; none means the same rule.
    """

    what: str
    effect: Effect
    example: str
    reverse: tuple[str, ...] = ()

    def change(self, section: str) -> Change:
        """Return the class in a section, `paths` or `webhooks`."""
        return self.effect.value[section == "webhooks"]
