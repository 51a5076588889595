"""The report as SARIF 2.1.0, for what shows findings beside the lines that they speak of."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from mipos_contract.reports.visible import shortened, visible
from mipos_contract.violation import RULES

if TYPE_CHECKING:
    from mipos_contract.record import Failure, KnownDeviation, Record

Node = dict[str, Any]

KNOWN = "known-deviation"
ENTRY = "deviations-entry"
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_DOCUMENT = "openapi.yaml"
_ROOT = "%SRCROOT%"
_MAX_PART = 4000
# What is another in each run: the name that the run gives its webhooks and orders.
_RUN = re.compile(r"mipos-contract-[0-9a-f]+")
_DESCRIPTIONS = {
    KNOWN: "A difference from the document that is put up with for a time.",
    ENTRY: "An entry of the deviations file that has expired or is no longer met.",
}


def render(record: Record) -> str:
    """Return the log: an error for each failure, a suppressed note for each known deviation."""
    results = [
        *(_failure(each) for each in record.failures),
        *(_deviation(each, record) for each in record.deviations),
    ]
    ids = sorted({str(result["ruleId"]) for result in results})
    for result in results:
        result["ruleIndex"] = ids.index(result["ruleId"])
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(record, ids, results)]}
    return json.dumps(log, indent=2) + "\n"


def _run(record: Record, ids: list[str], results: list[Node]) -> Node:
    started = record.started.astimezone(UTC)
    ended = started + timedelta(seconds=record.seconds)
    invocation: Node = {
        "executionSuccessful": record.outcome != "interrupted",
        "startTimeUtc": _time(started.isoformat(timespec="milliseconds")),
        "endTimeUtc": _time(ended.isoformat(timespec="milliseconds")),
    }
    if record.stopped:
        notification = {"level": "warning", "message": _message(record.stopped)}
        invocation["toolExecutionNotifications"] = [notification]
    return {
        "tool": {
            "driver": {
                "name": "mipos-contract",
                "version": record.version,
                "rules": [_rule(each) for each in ids],
            }
        },
        # Results of one target do not close those of another.
        "automationDetails": {"id": f"mipos-contract/{_category(record)}/"},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "Where openapi.yaml lies."}}},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }


def _category(record: Record) -> str:
    return "mock" if record.is_mock else quote(visible(urlsplit(record.target).netloc), safe=":")


def _rule(rule: str) -> Node:
    text = _DESCRIPTIONS.get(rule) or f"{RULES.get(rule, visible(rule))}."
    return {
        "id": visible(rule),
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": "What the document says stands at the line of the result."},
        "defaultConfiguration": {"level": "note" if rule == KNOWN else "error"},
    }


def _failure(failure: Failure) -> Node:
    parts = {
        "The document says": failure.says,
        "The answer": failure.seen,
        "To repeat it": failure.request,
        "Details": failure.detail,
    }
    text = [
        failure.headline,
        *(f"{name}: {shortened(part, _MAX_PART)}" for name, part in parts.items() if part),
    ]
    properties = {
        "operation": failure.operation and visible(failure.operation),
        "status": failure.status,
        "tests": [visible(test) for test in failure.tests],
        "steps": [visible(step) for step in failure.steps],
    }
    return {
        "ruleId": visible(failure.rule),
        "level": "error",
        "message": _message("\n".join(text)),
        "locations": [_in_document(failure.line)],
        "partialFingerprints": _fingerprints(
            failure.rule, failure.operation, failure.status, failure.headline
        ),
        "properties": properties,
    }


def _deviation(deviation: KnownDeviation, record: Record) -> Node:
    rule = ENTRY if deviation.problem else KNOWN
    entry = _in_file(deviation.file, deviation.line)
    what = f"{deviation.operation} {deviation.status}: {deviation.differs}"
    result: Node = {
        "ruleId": rule,
        "partialFingerprints": _fingerprints(
            rule, deviation.operation, deviation.status, deviation.differs
        ),
    }
    if deviation.problem:
        text = f"{what}\nThis entry fails the run: {deviation.problem}"
        return {**result, "level": "error", "message": _message(text), "locations": [entry]}
    text = f"{what}\nPut up with until {deviation.expires}: {deviation.reason}"
    justification = visible(deviation.reason)
    return {
        **result,
        "level": "note",
        "message": _message(text),
        "locations": [_in_document(_line(deviation, record))],
        "relatedLocations": [entry],
        "suppressions": [
            {"kind": "external", "status": "accepted", "justification": justification}
        ],
    }


def _line(deviation: KnownDeviation, record: Record) -> int:
    """Return the line of the answer that differs, or of the operation's first one."""
    same = [row for row in record.rows if row.operation == deviation.operation]
    exact = [row for row in same if row.status == deviation.status]
    return next((row.line for row in [*exact, *same]), 1)


def _in_document(line: int) -> Node:
    return _location({"uri": _DOCUMENT, "uriBaseId": _ROOT}, line)


def _in_file(file: str, line: int) -> Node:
    path = PurePath(file)
    if path.is_absolute():
        return _location({"uri": "file://" + quote(visible(path.as_posix()))}, line)
    return _location({"uri": quote(visible(path.as_posix())), "uriBaseId": _ROOT}, line)


def _location(artifact: Node, line: int) -> Node:
    region = {"startLine": max(1, line)}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _message(text: str) -> Node:
    # A closing bracket and an opening parenthesis would make a link of what the target sent.
    return {"text": visible(text).replace("](", "] (")}


def _fingerprints(rule: str, operation: str | None, status: int | None, text: str) -> Node:
    parts = (rule, operation or "", str(status), _RUN.sub("mipos-contract", text))
    digest = hashlib.sha256("\0".join(map(visible, parts)).encode()).hexdigest()
    # The second name is the one that GitHub goes by.
    return {"miposContract/v1": digest, "primaryLocationLineHash": digest}


def _time(text: str) -> str:
    return text.replace("+00:00", "Z")
