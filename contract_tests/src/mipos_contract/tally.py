"""What a run has seen: statuses by operation, and messages of the catalogues."""

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

    def table(self, *, assumptions: bool) -> list[str]:
        """Return the lines of a table: operation, documented status, times seen, messages seen.

        Args:
            assumptions: whether messages that rest on an `x-assumption` are counted.
        """
        lines = [f"{'operation':<16}{'status':>6}{'seen':>9}  messages of the catalogue seen"]
        for operation, status, known in _catalogues(assumptions=assumptions):
            seen = sum(bool(self.texts[operation, status, text]) for text in known)
            share = f"{seen} of {len(known)}" if known else "-"
            count = self.statuses[operation, status]
            lines.append(f"{operation:<16}{status:>6}{count:>9}  {share}")
        return lines

    def unseen_messages(self, *, assumptions: bool) -> list[str]:
        """Return a line for each message of the catalogues that no answer held, with a title."""
        lines = [
            f"  {operation} {status}: {text}"
            for operation, status, known in _catalogues(assumptions=assumptions)
            for text in known
            if not self.texts[operation, status, text]
        ]
        return ["messages not seen:", *lines] if lines else []


def _catalogues(*, assumptions: bool) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    for operation in document.operations().values():
        for status, response in operation.responses.items():
            yield operation.id, status, document.catalogue(response.schema, assumptions=assumptions)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in cast("dict[str, object]", value).values():
            yield from _texts(member)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _texts(item)
