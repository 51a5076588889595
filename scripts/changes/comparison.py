"""The two documents under comparison, and what was found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scripts.changes.likeness import alike
from scripts.changes.rules import Change
from scripts.changes.table import RULES
from scripts.changes.tree import (
    Document,
    Node,
    Place,
    canonical,
    difference,
    follow,
    pointer,
    printable,
    shown,
)
from scripts.changes.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Use:
    """Where in an exchange something stands.

    Attributes:
        section: `paths` or `webhooks`.
        direction: `sent` by a POS or `received` by it.
        label: The operation, and its request or the status of its answer.
    """

    section: str
    direction: str
    label: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One change: its rule, its class, its place, what it is, and the exchanges that it touches."""

    rule: str
    change: Change
    place: Place
    message: str
    uses: tuple[str, ...]

    def __str__(self) -> str:
        """Return the finding as one line, the rule first."""
        uses = f" ({', '.join(self.uses)})" if self.uses else ""
        return printable(f"{self.rule} {pointer(self.place)}: {self.message}{uses}")


@dataclass(slots=True)
class Comparison:
    """Two documents, and the findings so far; one that several exchanges share is one finding."""

    old: Document
    new: Document
    uses: dict[tuple[str, Change, Place, str], list[str]] = field(
        default_factory=dict[tuple[str, Change, Place, str], list[str]]
    )
    touched: set[Place] = field(default_factory=set[Place])
    # Schemas that were compared, so that what many refer to is looked at once for each use.
    compared: set[tuple[Place, Place, Use]] = field(default_factory=set[tuple[Place, Place, Use]])

    def record(self, rule: str, use: Use, old: Node | None, new: Node | None, message: str) -> None:
        """Record a change at the new node, or at the old one where there is no new one."""
        nodes = [node for node in (new, old) if node is not None]
        self.touched |= {node.place for node in nodes}
        found = (rule, RULES[rule].change(use.section), nodes[0].place, message)
        labels = self.uses.setdefault(found, [])
        if use.label and use.label not in labels:
            labels.append(use.label)

    def directed(
        self, rule: str, use: Use, old: Node | None, new: Node | None, message: str
    ) -> None:
        """Record a change by the rule of the direction of its use."""
        self.record(f"{use.direction}-{rule}", use, old, new, message)

    def other(self, use: Use, old: Node | None, new: Node | None) -> None:
        """Record a change that no rule judges, if there is one."""
        if not alike((self.old, self.new), old, new):
            self.record("other", use, old, new, moved(old, new))

    def flag(
        self, rule: str, use: Use, old: Node | None, new: Node | None, *, usual: object = False
    ) -> None:
        """Record a change of a value that is there even where it is not written."""
        values = (node.value if node else usual for node in (old, new))
        if len({canonical(value) for value in values}) > 1:
            self.record(rule, use, old, new, moved(old, new))

    def rest(
        self, use: Use, old: dict[str, Node], new: dict[str, Node], judged: Collection[str]
    ) -> None:
        """Record every difference between two mappings outside of the keys that were judged."""
        for key in sorted((old.keys() | new.keys()) - WORDS.keys() - set(judged)):
            self.other(use, old.get(key), new.get(key))

    def followed(self, old: Node, new: Node) -> tuple[Node, Node]:
        """Return what two nodes refer to, each in its document."""
        return follow(self.old, old), follow(self.new, new)

    def findings(self) -> list[Finding]:
        """Return what was found, the gravest class first, then by place."""
        order = list(Change)
        found = [Finding(*key, tuple(labels)) for key, labels in self.uses.items()]
        return sorted(
            found, key=lambda one: (order.index(one.change), one.place, one.rule, one.message)
        )


def moved(old: Node | None, new: Node | None) -> str:
    """Return what became of a value, as a message says it."""
    key = ((new or old or Node(None, ())).place or ("document",))[-1]
    if old is None and new is not None:
        return f"{key} added: {shown(new.value)}."
    if new is None and old is not None:
        return f"{key} removed: {shown(old.value)}."
    if old is not None and new is not None:
        before, after = difference(old.value, new.value)
        return f"{key} was {before}, is {after}."
    return f"{key} changed."
