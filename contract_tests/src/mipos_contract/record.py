"""What is worth knowing of a finished run, for every form that the report takes.

A record holds no secret: whoever makes one hides the tokens first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a catalogue.

    Attributes:
        text: as the document has it.
        seen: in how many answers it stood.
        note: why it cannot be seen on this target; empty where it can.
    """

    text: str
    seen: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One documented answer: an operation and a status.

    Attributes:
        operation: the `operationId`.
        method: upper case.
        path: below the base URL.
        status: the documented status.
        line: where `openapi.yaml` documents it, counted from 1.
        seen: how many answers had it.
        note: why it cannot be seen on this target; empty where it can.
        messages: its catalogue, in the document's order; empty if it has none.
    """

    operation: str
    method: str
    path: str
    status: int
    line: int
    seen: int
    note: str
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not hold, once, however many tests met it.

    Attributes:
        rule: what kind of defect it is, a short name in kebab case, such as `undocumented-status`.
        headline: what is wrong, in one line that begins with the operation.
        says: what the document says; empty if it is no violation of the document.
        seen: the answer, shortened; empty if there was none.
        request: a curl line that repeats it, the token in a variable; empty if there was none.
        operation: the `operationId`, None where none is concerned.
        status: of the answer, None if there was none.
        line: the line of `openapi.yaml` that it speaks against, counted from 1.
        steps: the calls that led there, where there were several.
        tests: the tests that met it, the first one first.
        detail: the whole text, where it has none of the parts above.
    """

    rule: str
    headline: str
    says: str
    seen: str
    request: str
    operation: str | None
    status: int | None
    line: int
    steps: tuple[str, ...]
    tests: tuple[str, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class KnownDeviation:
    """An entry of `deviations.yaml` and how often it was met.

    Attributes:
        operation: the `operationId`.
        status: of the answers that differ.
        differs: what differs, as the entry says it.
        reason: why it is put up with.
        since: when it was first seen, as an ISO date.
        expires: the last day on which it is put up with, as an ISO date.
        file: the file that the entry stands in, as it was given.
        line: of the entry in that file.
        met: how many answers or tests differed in this way.
        problem: why the entry fails the run (expired, or no longer met); empty if it does not.
    """

    operation: str
    status: int
    differs: str
    reason: str
    since: str
    expires: str
    file: str
    line: int
    met: int
    problem: str


@dataclass(frozen=True, slots=True)
class NotVerified:
    """Why some tests did not run.

    Attributes:
        reason: in the words of the suite.
        tests: how many.
    """

    reason: str
    tests: int


@dataclass(frozen=True, slots=True)
class Record:
    """A finished run.

    Attributes:
        target: base URL.
        is_mock: whether the run started the mock itself.
        writes: whether the run was allowed to change the target.
        version: of this package.
        document_version: `info.version` of the document.
        document_sha256: of the bytes of `openapi.yaml`.
        started: in UTC.
        seconds: how long it took.
        seed: of the run.
        examples: generated cases a property.
        requests: how many were sent, cleaning up included.
        retried: how many of them were sent again after a broken connection.
        rate: requests a second at most, None without a limit.
        budget: requests at most, None without a limit.
        outcome: `passed`, `failed` or `interrupted`.
        stopped: why the run ended early; empty if it did not.
        passed: tests that held.
        failed: tests that did not.
        known: tests that met only known deviations.
        rows: in the document's order.
        failures: in the order of their first test.
        deviations: in the file's order.
        not_verified: the largest first.
        cleanup: lines of what was removed and left; empty if there was nothing to remove.
        left: how many webhooks of the run are, or may be, left on the target.
    """

    target: str
    is_mock: bool
    writes: bool
    version: str
    document_version: str
    document_sha256: str
    started: datetime
    seconds: float
    seed: int
    examples: int
    requests: int
    retried: int
    rate: float | None
    budget: int | None
    outcome: str
    stopped: str
    passed: int
    failed: int
    known: int
    rows: tuple[Row, ...] = ()
    failures: tuple[Failure, ...] = ()
    deviations: tuple[KnownDeviation, ...] = ()
    not_verified: tuple[NotVerified, ...] = ()
    cleanup: tuple[str, ...] = field(default=())
    left: int = 0
