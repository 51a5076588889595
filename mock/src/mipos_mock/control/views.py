"""What the control interface shows of each thing: JSON values, without a token of a client."""

import json
from collections.abc import Iterable

from mipos_mock import menus, timeline
from mipos_mock.clock import Clock, iso
from mipos_mock.journal import Call, Entry, Sent
from mipos_mock.masking import HIDDEN, PROOFS, Mask
from mipos_mock.placing import summary
from mipos_mock.pushes import Push, Try
from mipos_mock.state import Account, Fault, Menu, Order

View = dict[str, object]


def account(of: Account) -> View:
    """Shows an account. Token and secret are the stand-in's own and public."""
    return {
        "name": of.name,
        "token": of.token,
        "secret": of.secret,
        "status": of.status,
        "read_only": of.read_only,
        "stores": list(of.stores),
        "webhooks": [{"url": url, "type": kind} for url, kind in of.webhooks.items()],
    }


def order(of: Order, owner: Account) -> View:
    """Shows an order in short."""
    total, customer = summary(of)
    return {
        "id": of.id,
        "account": owner.name,
        **of.key._asdict(),
        "status": of.status,
        "scenario": of.scenario,
        "placed_at": iso(of.placed_at),
        "accepted_at": _time(of.accepted_at),
        "total": total,
        "customer": customer,
    }


def whole_order(
    of: Order, owner: Account, pushes: Iterable[Push], entries: Iterable[Entry]
) -> View:
    """Shows an order with its content, its pushes and what happened to it."""
    return {
        **order(of, owner),
        "order": json.loads(of.body),
        "pushes": [push(each) for each in pushes if each.order_id == of.id],
        "timeline": [entry(each) for each in timeline.of_order(entries, of, owner.name)],
    }


def push(of: Push) -> View:
    """Shows a push in short."""
    external_id = json.loads(of.body).get("external_id") if of.kind == "ORDER" else None
    return {
        "id": of.id,
        "account": of.account,
        "kind": of.kind,
        "url": of.url,
        "store_id": of.store_id,
        "order_id": of.order_id,
        "order_external_id": external_id,
        "status": of.status,
        "attempts": len(of.tries),
        "due_at": _time(of.due_at),
        "replay_of": of.replay_of,
    }


def whole_push(of: Push) -> View:
    """Shows a push with its body and every try."""
    return {**push(of), "body": of.body, "tries": [_try(each) for each in of.tries]}


def menu(of: Menu) -> View:
    """Shows a menu that was kept."""
    return {
        "account": of.account,
        "store_id": of.store_id,
        "url": of.url,
        "at": iso(of.at),
        "push_id": of.push_id,
        "menu": menus.content(of),
    }


def fault(of: Fault) -> View:
    """Shows a fault."""
    return {
        "id": of.id,
        "kind": of.kind,
        "account": of.account,
        "times": of.times,
        "operation": of.operation,
        "status": of.status,
        "message": of.message,
        "seconds": of.seconds,
    }


def clock(of: Clock) -> View:
    """Shows what time it is."""
    return {"now": iso(of.now()), "ahead_seconds": round(of.ahead, 3)}


def kind(of: Entry) -> str:
    """Returns the kind of an entry: call, push, order or control."""
    if isinstance(of.event, Call):
        return "call"
    return "push" if isinstance(of.event, Sent) else of.event.kind


def entry(of: Entry) -> View:
    """Shows an entry of the journal in short."""
    event = of.event
    status = None if not isinstance(event, Call | Sent) else event.status
    milliseconds = None if not isinstance(event, Call | Sent) else round(event.milliseconds, 3)
    return {
        "id": of.id,
        "at": iso(of.at),
        "kind": kind(of),
        "account": of.account,
        "title": timeline.title(event),
        "outcome": timeline.outcome(event),
        "status": status,
        "milliseconds": milliseconds,
        "order_id": None if isinstance(event, Call) else event.order_id,
        "push_id": None if isinstance(event, Call) else event.push_id,
        "problem": timeline.is_problem(event),
        "violations": len(timeline.violations_of(event)) if isinstance(event, Call) else 0,
    }


def whole_entry(of: Entry) -> View:
    """Shows an entry with its detail: headers, bodies, and what the client did wrong."""
    event = of.event
    if isinstance(event, Call):
        detail = _call(event)
    elif isinstance(event, Sent):
        detail = {
            "url": event.url,
            "attempt": event.attempt,
            "headers": [list(each) for each in event.headers],
            "body": event.body.decode("utf-8", "replace"),
            "answer_headers": [list(each) for each in event.answer_headers],
            "answer": event.answer.decode("utf-8", "replace"),
            "error": event.error,
            "faults": list(event.faults),
        }
    else:
        detail = {}
    return {**entry(of), "detail": detail}


def _call(event: Call) -> View:
    """Shows a call; whatever the client sent to prove who it is stays hidden."""
    mask = Mask(event.headers)
    return {
        "method": event.method,
        "path": mask(event.path),
        "query": mask(event.query.decode("latin-1")),
        "headers": [
            [name.decode("latin-1"), HIDDEN if name in PROOFS else mask(value.decode("latin-1"))]
            for name, value in event.headers
        ],
        "body": mask(event.body.decode("utf-8", "replace")),
        "operation": event.operation,
        "answer": mask(event.answer.decode("utf-8", "replace")),
        "violations": [
            {"rule": each.rule, "message": mask(each.message), "remedy": each.remedy}
            for each in timeline.violations_of(event)
        ],
        "faults": list(event.faults),
    }


def _try(of: Try) -> View:
    return {
        "at": iso(of.at),
        "status": of.status,
        "error": of.error,
        "milliseconds": round(of.milliseconds, 3),
        "answer": of.answer,
        "faults": of.faults,
    }


def _time(moment: float | None) -> str | None:
    return None if moment is None else iso(moment)
