"""On the mock, every conflict that the documents name is provoked by the state that leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mipos_contract import document
from mipos_contract.oracle import expect_conflict
from mipos_contract.secret import Secret
from mipos_contract.suite.recipes import recipe
from mipos_contract.target import bearer

if TYPE_CHECKING:
    from mipos_contract.target import Target

pytestmark = pytest.mark.mock_only("these states cannot be brought about from outside")

CONFLICTS = [
    (operation.id, message)
    for operation in document.operations().values()
    for message in document.catalogue(operation.responses[409].schema)
]


@pytest.mark.parametrize(("operation_id", "message"), CONFLICTS)
def test_a_documented_conflict_has_its_cause(
    target: Target, operation_id: str, message: str
) -> None:
    """The state that a message speaks of leads to that message and no other."""
    account, fields = recipe(operation_id, message)
    credentials = bearer(Secret(f"mock-token-{account}"), f"MOCK_TOKEN_OF_{account.upper()}")

    # Twice, as a conflict changes nothing.
    for _ in range(2):
        exchange = target.request(operation_id, credentials, **fields)

        expect_conflict(exchange, f"account {account}, {fields}", message)
