"""Make the record of a run from what the run has gathered."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mipos_contract import document, lines, observability
from mipos_contract.record import KnownDeviation, Message, NotVerified, Record, Row

if TYPE_CHECKING:
    from mipos_contract.cleanup import Cleanup
    from mipos_contract.deviations import Deviations
    from mipos_contract.options import Options
    from mipos_contract.target import Target
    from mipos_contract.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run went.

    Attributes:
        started: when it began, in UTC.
        outcome: `passed`, `failed` or `interrupted`.
        counts: tests by `passed`, `failed` and `known`.
        not_run: for each test that did not run, why.
        cleanup: what became of its webhooks, None if there was nothing to remove.
    """

    started: dt.datetime
    outcome: str
    counts: Counter[str]
    not_run: list[str]
    cleanup: Cleanup | None


def rows(target: Target) -> tuple[Row, ...]:
    """Return every documented answer with how often it was seen, messages included.

    Of a deployment only documented messages are counted, not those that are assumed.
    """
    found: list[Row] = []
    for operation in document.operations().values():
        for status, response in operation.responses.items():
            known = document.catalogue(response.schema, assumptions=target.is_mock)
            messages = tuple(
                Message(
                    text,
                    target.tally.texts[operation.id, status, text],
                    observability.of_message(target, operation.id, status, text),
                )
                for text in known
            )
            found.append(
                Row(
                    operation=operation.id,
                    method=operation.method,
                    path=operation.path,
                    status=status,
                    line=lines.of_answer(operation.id, status),
                    seen=target.tally.statuses[operation.id, status],
                    note=observability.of_status(target, operation.id, status),
                    messages=messages,
                )
            )
    return tuple(found)


def known_deviations(
    deviations: Deviations, target: Target, *, complete: bool
) -> tuple[KnownDeviation, ...]:
    """Return the entries of the file with what became of them.

    Args:
        deviations: the file.
        target: the server under test.
        complete: whether the run was a whole one, so that what was not met no longer occurs.
    """
    writes = target.is_mock or target.confinement.allow_writes
    return tuple(
        KnownDeviation(
            operation=entry.operation,
            status=entry.status,
            differs=" ".join(filter(None, (entry.differs, entry.contains))),
            reason=entry.reason,
            since=entry.since.isoformat(),
            expires=entry.expires.isoformat(),
            file=deviations.file,
            line=entry.line,
            met=entry.met,
            # Without writes only refusals and lists are seen.
            problem=deviations.problem(
                entry,
                judged=complete
                and (writes or entry.status in {401, 422} or entry.operation == "listWebhooks"),
            ),
        )
        for entry in deviations.entries
    )


def record(
    options: Options,
    target: Target,
    verdict: Verdict,
    deviations: tuple[KnownDeviation, ...],
    ending: Ending,
) -> Record:
    """Return the record of a finished run.

    Args:
        options: what was asked for.
        target: the server under test.
        verdict: what failed.
        deviations: the known ones, with what became of them.
        ending: how it went.
    """
    pace, counts, cleanup = target.wire.pace, ending.counts, ending.cleanup
    reasons = Counter(ending.not_run) + verdict.stopped_at
    return Record(
        target=target.base_url,
        is_mock=target.is_mock,
        writes=target.is_mock or target.confinement.allow_writes,
        version=importlib.metadata.version("mipos-contract"),
        document_version=str(document.load()["info"]["version"]),
        document_sha256=hashlib.sha256(document.PATH.read_bytes()).hexdigest(),
        started=ending.started,
        seconds=(dt.datetime.now(dt.UTC) - ending.started).total_seconds(),
        seed=options.seed,
        examples=options.examples,
        requests=pace.sent,
        retried=target.wire.retried,
        rate=pace.rate,
        budget=pace.budget,
        outcome=ending.outcome,
        stopped=verdict.stopped,
        passed=counts["passed"],
        failed=counts["failed"],
        known=counts["known"],
        rows=rows(target),
        failures=verdict.failures,
        deviations=deviations,
        not_verified=tuple(NotVerified(*each) for each in reasons.most_common()),
        cleanup=tuple(cleanup.lines(target.confinement.prefix)) if cleanup else (),
        left=len(cleanup.left) + len(cleanup.unsure) if cleanup else 0,
    )
