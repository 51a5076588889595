"""Known differences between a deployment and the document, which do not fail a run."""

from __future__ import annotations

import datetime as dt
import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import yaml

from mipos_contract import document, lines
from mipos_contract.violation import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from mipos_contract.violation import ContractError

_REQUIRED = ("operation", "status", "differs", "reason", "since", "expires")
_KEYS = (*_REQUIRED, "contains")
_STATUSES = range(100, 600)


class DeviationsError(Exception):
    """The file is wrong. The text is one line with file, line number and remedy."""


@dataclass(slots=True)
class Entry:
    """One known deviation.

    Attributes:
        operation: the `operationId`.
        status: of the answers that differ.
        differs: what differs: the rule that a failure names.
        contains: a text that the failure's first line must have as well; empty for any.
        reason: why it is put up with.
        since: when it was first seen.
        expires: the last day on which it is put up with.
        line: where the entry begins in its file, counted from 1.
        met: how many violations it matched.
    """

    operation: str
    status: int
    differs: str
    contains: str
    reason: str
    since: dt.date
    expires: dt.date
    line: int
    met: int = 0

    def matches(self, violation: ContractError) -> bool:
        """Return whether this is the deviation that a violation shows."""
        exchange = violation.exchange
        return (
            self.operation == exchange.call.operation.id
            and self.status == exchange.answer.status
            and self.differs == violation.rule
            and self.contains in violation.headline
        )


@dataclass(slots=True)
class Deviations:
    """The entries of a file.

    Attributes:
        file: as it was given; empty without a file.
        entries: in the file's order.
        today: decides which entries have expired.
    """

    file: str
    entries: list[Entry] = field(default_factory=list[Entry])
    today: dt.date = field(default_factory=dt.date.today)

    @property
    def met(self) -> int:
        """How many violations were put up with so far."""
        return sum(entry.met for entry in self.entries)

    def tolerates(self, violation: ContractError) -> bool:
        """Return whether a violation is a known deviation that has not expired, and count it."""
        for entry in self.entries:
            if entry.expires >= self.today and entry.matches(violation):
                entry.met += 1
                return True
        return False

    def problem(self, entry: Entry, *, judged: bool) -> str:
        """Return why an entry fails the run; empty if it does not.

        Args:
            entry: one of the file's.
            judged: whether the run was one that would have met it.
        """
        if entry.expires < self.today:
            return f"expired on {entry.expires}: see whether it still occurs, and decide anew"
        if judged and not entry.met:
            return "no longer occurs: remove the entry"
        return ""


def load(path: Path, today: dt.date | None = None) -> Deviations:
    """Read the entries of a file.

    Args:
        path: the file.
        today: decides which entries have expired; by default the machine's date.

    Raises:
        DeviationsError: it cannot be read, or an entry is wrong.
    """
    try:
        text = path.read_text("utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        values: object = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as error:
        raise DeviationsError(f"{path}: cannot be read: {error}") from None
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        line = mark.line + 1 if mark else 1
        problem = " ".join(str(error).split())
        raise DeviationsError(f"{path}:{line}: {problem}: expected a list of entries") from None
    found = Deviations(str(path), today=today or dt.datetime.now(dt.UTC).date())
    if root is None:
        return found
    if not isinstance(root, yaml.SequenceNode) or not isinstance(values, list):
        raise DeviationsError(f"{path}:1: expected a list of entries, each beginning with `- `")
    nodes: list[yaml.Node] = root.value
    for node, value in zip(nodes, cast("list[object]", values), strict=True):
        entry = _Reader(path, node).entry(value)
        twin = next((each for each in found.entries if _key(each) == _key(entry)), None)
        if twin is not None:
            raise DeviationsError(
                f"{path}:{entry.line}: the same as line {twin.line}: remove one of the two"
            )
        found.entries.append(entry)
    return found


def _key(entry: Entry) -> tuple[object, ...]:
    return entry.operation, entry.status, entry.differs, entry.contains


class _Reader:
    """Reads one entry, and knows on which line each part of it stands."""

    def __init__(self, path: Path, node: yaml.Node) -> None:
        self._path = path
        self._line: int = node.start_mark.line + 1
        keys = [key for key, _ in lines.members(node)]
        self._keys = [str(key.value) for key in keys]
        self._lines = {str(key.value): key.start_mark.line + 1 for key in keys}

    def entry(self, value: object) -> Entry:
        if not isinstance(value, dict):
            raise self._error("", f"expected the fields {', '.join(_REQUIRED)}")
        fields = cast("dict[str, Any]", value)
        for name in self._keys:
            if name not in _KEYS:
                near = difflib.get_close_matches(name, _KEYS, n=1)
                meant = f": did you mean {near[0]}?" if near else f": use {', '.join(_KEYS)}"
                raise self._error(name, f"{name!r} is not a field{meant}")
            if self._keys.count(name) > 1:
                raise self._error(name, f"{name} stands there twice: remove one of the two")
        for name in _REQUIRED:
            if fields.get(name) is None:
                raise self._error("", f"{name} is missing: add it to the entry")
        operation = self._text(fields, "operation")
        self._one_of("operation", operation, document.operations())
        differs = self._text(fields, "differs")
        self._one_of("differs", differs, RULES)
        since, expires = self._date(fields, "since"), self._date(fields, "expires")
        if expires < since:
            raise self._error("expires", f"{expires} is before since, {since}: give a later day")
        return Entry(
            operation=operation,
            status=self._status(fields["status"]),
            differs=differs,
            contains=self._text(fields, "contains") if "contains" in fields else "",
            reason=self._text(fields, "reason"),
            since=since,
            expires=expires,
            line=self._line,
        )

    def _error(self, name: str, text: str) -> DeviationsError:
        return DeviationsError(f"{self._path}:{self._lines.get(name, self._line)}: {text}")

    def _one_of(self, name: str, value: str, known: dict[str, Any]) -> None:
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            meant = f"did you mean {near[0]}?" if near else f"use one of {', '.join(known)}"
            raise self._error(name, f"{name} is {value!r}: {meant}")

    def _text(self, fields: dict[str, Any], name: str) -> str:
        value = fields[name]
        if not isinstance(value, str) or not value.strip():
            raise self._error(name, f"{name} is {value!r}: expected a text")
        return value

    def _status(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value not in _STATUSES:
            raise self._error("status", f"status is {value!r}: expected a number such as 409")
        return value

    def _date(self, fields: dict[str, Any], name: str) -> dt.date:
        value = fields[name]
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            text = f"{name} is {str(value)!r}: expected a day such as 2026-11-30"
            raise self._error(name, text) from None
