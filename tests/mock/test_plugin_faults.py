"""What goes wrong on purpose, through the fixture."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from mipos_mock.signature import HEADER, sign
from tests.mock.plugin_support import Pos, list_webhooks, post
from tests.mock.support import ACCEPT

if TYPE_CHECKING:
    from mipos_mock.testing import (
        FaultKind,
        MiposMock,
    )


def test_a_documented_error_is_answered_next(mipos_mock: MiposMock) -> None:
    """A call fails as asked, and the one after it does not."""
    mipos_mock.fail_next(409, "Order not found.")
    mipos_mock.fail_next(401, operation="list_webhooks", times=2)
    order = mipos_mock.place_order(push=False)

    answers = [post(mipos_mock, ACCEPT, order.accept_body) for _ in range(2)]
    statuses = [list_webhooks(mipos_mock).status_code for _ in range(3)]

    assert [409, 200] == [each.status_code for each in answers]
    assert {"message": ["Order not found."], "data": None} == answers[0].json()
    assert [401, 401, 200] == statuses
    assert [("error",), ()] == [each.faults for each in mipos_mock.calls[:2]]


def test_faults_can_be_cleared(mipos_mock: MiposMock) -> None:
    """What would strike for ever ends."""
    mipos_mock.fault("bad-gateway", times=None)
    before = [list_webhooks(mipos_mock).status_code for _ in range(2)]

    mipos_mock.clear_faults()

    assert ([502, 502], 200) == (before, list_webhooks(mipos_mock).status_code)


def test_an_answer_can_be_late_or_lacking(mipos_mock: MiposMock) -> None:
    """A call can take its time, or end without an answer."""
    mipos_mock.fault("latency", seconds=0.01)
    mipos_mock.fault("drop")

    with pytest.raises(httpx.RemoteProtocolError):
        list_webhooks(mipos_mock)

    (call,) = mipos_mock.calls
    assert (None, ("latency", "drop")) == (call.status, call.faults)


@pytest.mark.parametrize(
    ("kind", "pushed"),
    [("duplicate", "aab"), ("out-of-order", "ba"), ("wrong-signature", "ab")],
)
def test_a_push_can_go_wrong(mipos_mock: MiposMock, pos: Pos, kind: FaultKind, pushed: str) -> None:
    """A push comes twice, after the next one, or with a signature that does not fit."""
    mipos_mock.fault(kind)
    orders = [mipos_mock.place_order(order_external_id=name) for name in "ab"]
    for order in orders:
        mipos_mock.wait_delivered(order)
    tries = mipos_mock.pushes[0].tries

    assert pushed == "".join(json.loads(body)["external_id"] for body in pos.pushed)
    assert all((kind,) == each.faults for each in tries)
    right = sign(mipos_mock.pushes[0].body, mipos_mock.secret)
    assert (kind != "wrong-signature") == (right == tries[0].headers[HEADER])


def test_a_push_can_be_late(mipos_mock: MiposMock, pos: Pos) -> None:
    """It comes when the mock's clock has gone so far."""
    mipos_mock.fault("late", seconds=60)
    order = mipos_mock.place_order()
    mipos_mock.advance(30)
    assert [] == pos.pushed

    mipos_mock.advance(30)

    mipos_mock.wait_delivered(order, timeout=0)
    assert 1 == len(pos.pushed)
