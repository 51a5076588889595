"""Finished runs of each kind, to be reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from mipos_contract import document, lines
from mipos_contract.record import Failure, KnownDeviation, Message, NotVerified, Record, Row

DOCUMENT = document.PATH.read_text("utf-8")
MARKUP = '</script></style><img src="https://outside.example/x.png" onerror="alert(1)">'
# Words in Arabic, then the sign that turns the direction of what follows, then a colour code.
TURNED = "تم القبول \u202egnp.exe\u202c \x1b[31m \u2028 \ud800 \x00"


def rows(*, times: int) -> tuple[Row, ...]:
    """Return a row for each documented answer, everything seen so often."""
    return tuple(
        Row(
            operation=operation.id,
            method=operation.method,
            path=operation.path,
            status=status,
            line=lines.of_answer(operation.id, status),
            seen=times,
            note="",
            messages=tuple(Message(text, times) for text in document.catalogue(response.schema)),
        )
        for operation in document.operations().values()
        for status, response in operation.responses.items()
    )


PASSING = Record(
    target="http://127.0.0.1:41873",
    is_mock=True,
    writes=True,
    version="0.1.0",
    document_version="0.1.0",
    document_sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    started=datetime(2026, 3, 29, 1, 7, 42, tzinfo=UTC),
    seconds=41.26,
    seed=7,
    examples=50,
    requests=3412,
    retried=0,
    rate=None,
    budget=None,
    outcome="passed",
    stopped="",
    passed=161,
    failed=0,
    known=0,
    rows=rows(times=1204),
)

FAILURES = (
    Failure(
        rule="unfitting-status",
        headline="createWebhook: the status 200 does not fit this request.",
        says="201, 409 for a valid request: success, or a conflict with the state.",
        seen='200 application/json {"message": "Webhook successfully created", "data": null}',
        request="curl -sS -i -X POST https://pos.example/api/v1/integration/webhook/create"
        " -H 'Accept: application/json' -H \"Authorization: Bearer $MIPOS_ACCESS_TOKEN\""
        " -H 'Content-Type: application/json'"
        ' --data-raw \'{"url": "https://mipos-contract-0123456789ab.invalid/orders?branch=3&area=<7>"}\'',
        operation="createWebhook",
        status=200,
        line=lines.of_answer("createWebhook"),
        steps=(),
        tests=(
            "test_webhooks.py::test_a_new_webhook_is_created",
            "test_schema.py::test_operation[createWebhook]",
            "test_messages.py::test_documented_example[createWebhook-orders]",
        ),
    ),
    Failure(
        rule="state",
        headline="listWebhooks: https://mipos-contract-0123456789ab.invalid/a is missing.",
        says="the webhooks of the account, and this one was created by the calls before.",
        seen='200 application/json {"message": "", "data": []}',
        request="curl -sS -i -X GET https://pos.example/api/v1/integration/webhooks"
        " -H 'Accept: application/json' -H \"Authorization: Bearer $MIPOS_ACCESS_TOKEN\"",
        operation="listWebhooks",
        status=200,
        line=lines.of_answer("listWebhooks", 200),
        steps=(
            "createWebhook https://mipos-contract-0123456789ab.invalid/a: 201",
            "listWebhooks: 200",
        ),
        tests=("test_model.py::test_model",),
    ),
    Failure(
        rule="error",
        headline="acceptOrder: no answer that can be read: ReadTimeout.",
        says="",
        seen="",
        request="",
        operation=None,
        status=None,
        line=1,
        steps=(),
        tests=("test_orders.py::test_accept",),
        detail="Traceback (most recent call last):\n  [...]\nhttpx.ReadTimeout: timed out",
    ),
)

DEVIATIONS = (
    KnownDeviation(
        operation="acceptOrder",
        status=409,
        differs="the message is `Order already accepted.`",
        reason="The platform changed the text; asked them on 2 March.",
        since="2026-03-02",
        expires="2026-06-30",
        file="deviations.yaml",
        line=3,
        met=4,
        problem="",
    ),
    KnownDeviation(
        operation="listWebhooks",
        status=401,
        differs="the body has no quotes",
        reason="Their framework sends it so.",
        since="2026-01-10",
        expires="2026-03-01",
        file="deviations.yaml",
        line=9,
        met=0,
        problem="it expired on 2026-03-01",
    ),
)
NOT_VERIFIED = (
    NotVerified("what the document marks as an assumption is demanded of the mock alone", 57),
    NotVerified("MIPOS_OTHER_ACCESS_TOKEN is not set", 6),
)


def unseen(row: Row, note: str) -> Row:
    """Return the row without a single answer."""
    messages = tuple(replace(message, seen=0, note=note) for message in row.messages)
    return replace(row, seen=0, note=note, messages=messages)


def partly_seen() -> tuple[Row, ...]:
    """Return the rows of a deployment: some answers and some messages were not seen."""
    found = list(rows(times=18))
    found[1] = unseen(found[1], "")
    found[2] = replace(
        found[2],
        messages=(
            Message("User not authenticated.", 0, "needs an account whose session has ended"),
            *(replace(message, seen=0) for message in found[2].messages[1:2]),
            *found[2].messages[2:],
        ),
    )
    found[4] = unseen(found[4], "needs MIPOS_ALLOW_WRITES=1")
    return tuple(found)


FAILING = replace(
    PASSING,
    target="https://integrations.mipos.shop",
    is_mock=False,
    seconds=312.4,
    examples=10,
    requests=834,
    retried=2,
    rate=5.0,
    budget=2000,
    outcome="failed",
    passed=84,
    failed=5,
    known=2,
    rows=partly_seen(),
    failures=FAILURES,
    deviations=DEVIATIONS,
    not_verified=NOT_VERIFIED,
    cleanup=("removed 12 webhooks", "LEFT BEHIND https://mipos-contract-0123456789ab.invalid/a"),
    left=1,
)

DEVIATING = replace(
    FAILING,
    outcome="passed",
    failed=0,
    failures=(),
    deviations=DEVIATIONS[:1],
    cleanup=("removed 13 webhooks",),
    left=0,
)

INTERRUPTED = replace(
    DEVIATING, outcome="interrupted", stopped="the target takes no connections any more"
)

_HOSTILE = f"{MARKUP} {TURNED} `` | [link](https://outside.example) *b* # {{{{ 7 * 7 }}}} {{0}}"
HOSTILE = replace(
    FAILING,
    target=f"https://pos.example/{_HOSTILE}",
    stopped=_HOSTILE,
    cleanup=(_HOSTILE,),
    rows=tuple(
        replace(
            row,
            operation=row.operation + _HOSTILE,
            path=_HOSTILE,
            seen=index % 2,
            note=_HOSTILE,
            messages=tuple(Message(_HOSTILE, each, _HOSTILE) for each in (0, 3)),
        )
        for index, row in enumerate(FAILING.rows)
    ),
    failures=tuple(
        replace(
            failure,
            rule=_HOSTILE,
            headline=_HOSTILE,
            says=_HOSTILE,
            seen=_HOSTILE,
            request=_HOSTILE,
            operation=_HOSTILE,
            steps=(_HOSTILE,) * 2,
            tests=(_HOSTILE,) * 2,
            detail=_HOSTILE,
        )
        for failure in FAILURES
    ),
    deviations=tuple(
        replace(
            deviation,
            operation=_HOSTILE,
            differs=_HOSTILE,
            reason=_HOSTILE,
            since=_HOSTILE,
            expires=_HOSTILE,
            file=_HOSTILE,
            problem=_HOSTILE,
        )
        for deviation in DEVIATIONS
    ),
    not_verified=(NotVerified(_HOSTILE, 3),),
)

# No place to break a line, and many lines.
LONG = "x" * 2000
MANY = 21
HUGE = replace(
    FAILING,
    target="https://" + "sub." * 50 + "example",
    requests=123_456_789,
    rows=tuple(
        replace(row, operation=row.operation + "x" * 300, path=row.path + "/x" * 300)
        for row in FAILING.rows
    ),
    failures=tuple(
        replace(
            FAILURES[index % 3],
            headline=f"createWebhook: {index} {LONG}",
            says=LONG,
            seen=LONG,
            detail="line\n" * 40,
            request=f"curl {LONG}",
            steps=(LONG,) * 3,
            tests=(LONG,) * 3,
        )
        for index in range(MANY)
    ),
    deviations=(replace(DEVIATIONS[0], reason=LONG, differs=LONG, file=LONG),) * MANY,
    not_verified=(NotVerified(LONG, 1),) * MANY,
    cleanup=(LONG,) * MANY,
)
EVERY = {
    "passing": PASSING,
    "failing": FAILING,
    "deviating": DEVIATING,
    "interrupted": INTERRUPTED,
    "hostile": HOSTILE,
    "huge": HUGE,
}
