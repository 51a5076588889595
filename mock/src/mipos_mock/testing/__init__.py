"""The mock for tests of a POS: the fixture `mipos_mock` under pytest, else `running_mock`."""

from mipos_mock.refusal import Refused
from mipos_mock.testing.desk import WaitError
from mipos_mock.testing.engine import Engine
from mipos_mock.testing.mock import MiposMock, running_mock
from mipos_mock.testing.records import (
    Call,
    FaultKind,
    Menu,
    OperationName,
    Order,
    Push,
    Scenario,
    Try,
    Webhook,
    WebhookType,
)
from mipos_mock.testing.waits import AsyncWaits
from mipos_mock.violations import Violation

__all__ = [
    "AsyncWaits",
    "Call",
    "Engine",
    "FaultKind",
    "Menu",
    "MiposMock",
    "OperationName",
    "Order",
    "Push",
    "Refused",
    "Scenario",
    "Try",
    "Violation",
    "WaitError",
    "Webhook",
    "WebhookType",
    "running_mock",
]
