"""Faults that there cannot be."""

import pytest

from mipos_mock.refusal import Refused
from mipos_mock.sandbox import Sandbox
from mipos_mock.seed import fresh_state
from mipos_mock.state import Fault
from tests.mock.control_client import Client, Json, play
from tests.mock.fakes import FakeSender
from tests.mock.support import Reply

BAD_FAULTS: list[tuple[Json, int, str, str]] = [
    ({"kind": "error"}, 400, "status is missing", "send one of 401, 409, 422"),
    (
        {"kind": "error", "status": 422, "operation": "list_webhooks"},
        400,
        "status is 422",
        "send one of 401, 409",
    ),
    (
        {"kind": "error", "status": 409, "message": "Nope"},
        400,
        "message 'Nope' is not documented for 409",
        "send one of 'User not authenticated.'",
    ),
    (
        {
            "kind": "error",
            "status": 409,
            "message": "Order not found.",
            "operation": "list_webhooks",
        },
        400,
        "is not documented for 409 of list_webhooks",
        "send one of 'User not authenticated.', 'User not found.'",
    ),
    ({"kind": "error", "status": 401, "seconds": 1}, 400, "seconds does not go", "leave it out"),
    ({"kind": "latency"}, 400, "seconds is missing", "send more than 0, at most 3600"),
    ({"kind": "late"}, 400, "seconds is missing", "send more than 0, at most 3600"),
    ({"kind": "drop", "status": 401}, 400, "status does not go with 'drop'", "leave it out"),
    ({"kind": "drop", "message": "x"}, 400, "message does not go with 'drop'", "leave it out"),
    (
        {"kind": "duplicate", "operation": "accept_order"},
        400,
        "operation does not go with 'duplicate'",
        "leave it out",
    ),
    ({"kind": "drop", "account": "gamma"}, 404, "account 'gamma' is unknown", "there are alpha"),
]


@pytest.mark.parametrize(
    ("values", "status", "named", "remedy"), BAD_FAULTS, ids=lambda value: ascii(value)[:60]
)
def test_faults_that_cannot_be_are_refused(
    values: Json, status: int, named: str, remedy: str
) -> None:
    """The value, the place and the remedy are told in one line, and nothing is set."""

    async def run(client: Client) -> Reply:
        reply = await client.post("faults", values)
        assert [] == (await client.get("faults")).json["faults"]
        return reply

    reply = play(run)
    error: str = reply.json["error"]

    assert (status, 1) == (reply.status, len(error.splitlines()))
    assert named in error
    assert remedy in error


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault(0, "none", "alpha"), "kind 'none' is unknown: send one of error, latency"),
        (Fault(0, "drop", "alpha", 0), "times is 0: send 1 to 1000000, or null"),
        (Fault(0, "drop", "alpha", operation="none"), "operation 'none' is unknown: send one of"),
        (Fault(0, "latency", "alpha", seconds=0), "seconds is 0: send more than 0"),
        (Fault(0, "latency", "alpha", seconds=3601), "seconds is 3601: send more than 0"),
    ],
)
def test_faults_are_checked_whoever_sets_them(fault: Fault, told: str) -> None:
    """What the control interface already refuses is refused in Python as well."""
    box = Sandbox(fresh_state(), FakeSender())

    with pytest.raises(Refused, match=told):
        box.set_fault(fault)

    assert {} == box.state.faults
