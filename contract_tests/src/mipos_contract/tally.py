"""What a run has seen: statuses by operation, and texts in the answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from mipos_contract import document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mipos_contract.exchange import Exchange


@dataclass(slots=True)
class Tally:
    """Counts of answers, by operation id and status, and of texts seen in them."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    texts: Counter[tuple[str, int, str]] = field(default_factory=Counter[tuple[str, int, str]])

    def add(self, exchange: Exchange) -> None:
        """Count an answer."""
        key = exchange.call.operation.id, exchange.answer.status
        self.statuses[key] += 1
        try:
            value = exchange.value
        except (ValueError, RecursionError):
            return
        for text in set(_texts(value)):
            self.texts[*key, text] += 1

    def unseen(self) -> list[tuple[str, int]]:
        """Return the documented statuses that no answer had."""
        return [
            (operation.id, status)
            for operation in document.operations().values()
            for status in operation.responses
            if not self.statuses[operation.id, status]
        ]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in cast("dict[str, object]", value).values():
            yield from _texts(member)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _texts(item)
