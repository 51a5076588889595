"""From what the mock remembers to what a test sees of it."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from mipos_mock import journal, menus, state, timeline
from mipos_mock import pushes as sent
from mipos_mock.masking import PROOFS
from mipos_mock.placing import summary
from mipos_mock.testing.records import Call, Menu, Order, Push, Try, Webhook


def order(of: state.Order) -> Order:
    """Returns an order as it is now."""
    total, customer = summary(of)
    return Order(
        id=of.id,
        **of.key._asdict(),
        status=of.status.value,
        scenario=of.scenario,
        total=total,
        customer=customer,
        payload=json.loads(of.body),
        placed_at=_time(of.placed_at),
        accepted_at=None if of.accepted_at is None else _time(of.accepted_at),
    )


def pushes(of: Iterable[sent.Push], entries: Iterable[journal.Entry]) -> list[Push]:
    """Returns pushes as they are now, with what the journal knows of their tries."""
    headers = {
        (event.push_id, event.attempt): dict(event.headers)
        for entry in entries
        if isinstance(event := entry.event, journal.Sent)
    }
    return [_push(each, headers) for each in of]


def _push(of: sent.Push, headers: Mapping[tuple[int, int], Mapping[str, str]]) -> Push:
    return Push(
        id=of.id,
        kind="ORDER" if of.kind == "ORDER" else "Menu",
        url=of.url,
        store_id=of.store_id,
        order_id=of.order_id,
        status=of.status.value,
        due_at=None if of.due_at is None else _time(of.due_at),
        body=of.body.encode(),
        tries=tuple(
            Try(
                at=_time(each.at),
                status=each.status,
                error=each.error,
                milliseconds=each.milliseconds,
                headers=headers.get((of.id, number), {}),
                answer=each.answer,
                faults=tuple(each.faults),
            )
            for number, each in enumerate(of.tries, 1)
        ),
        replay_of=of.replay_of,
    )


def call(at: float, of: journal.Call) -> Call:
    """Returns a call."""
    return Call(
        at=_time(at),
        method=of.method,
        path=of.path,
        query=of.query.decode("latin-1"),
        headers={
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in of.headers
            if name not in PROOFS
        },
        body=of.body,
        operation=of.operation,
        status=of.status,
        answer=of.answer,
        milliseconds=of.milliseconds,
        faults=of.faults,
        violations=tuple(timeline.violations_of(of)),
    )


def webhooks(of: state.Account) -> list[Webhook]:
    """Returns the webhooks of an account, in order of creation."""
    return [
        Webhook(url, "ORDER" if kind == "ORDER" else "Menu") for url, kind in of.webhooks.items()
    ]


def menu(of: state.Menu) -> Menu:
    """Returns a menu."""
    return Menu(store_id=of.store_id, url=of.url, at=_time(of.at), menu=menus.content(of))


def _time(moment: float) -> datetime:
    return datetime.fromtimestamp(moment, UTC)
