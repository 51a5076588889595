"""Without a valid token nothing is told and nothing changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mipos_contract import document
from mipos_contract.exchange import Credentials
from mipos_contract.secret import Secret
from mipos_contract.target import NO_CREDENTIALS, UNKNOWN_CREDENTIALS, bearer
from mipos_contract.violation import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_contract.document import Operation
    from mipos_contract.target import Target

# The list first: its 200 says more than the 422 of an empty request.
OPERATIONS = sorted(document.operations().values(), key=lambda each: each.method != "GET")
# How a token is changed, and how a shell changes it in the line that repeats the request.
TOKEN_CHANGES: dict[str, tuple[Callable[[str], str], str]] = {
    "longer": (lambda token: f"{token}x", "${%s}x"),
    "shorter": (lambda token: token[:-1] or "x", "${%s%%?}"),
    "other case": (str.swapcase, '$(printf %%s "$%s" | tr a-zA-Z A-Za-z)'),
}
INVALID = [NO_CREDENTIALS, UNKNOWN_CREDENTIALS]


def altered(target: Target, scheme: str) -> Credentials:
    """Return the account's own token in a header of another form."""
    header, shown = str(target.account.header), str(target.account.shown)
    return Credentials(
        header.replace("Bearer ", scheme, 1), shown.replace("Bearer ", scheme, 1), valid=False
    )


@pytest.mark.parametrize("credentials", INVALID, ids=["none", "unknown"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.id for operation in OPERATIONS])
def test_an_empty_request_without_a_valid_token_is_refused(
    target: Target, operation: Operation, credentials: Credentials
) -> None:
    """The token is looked at before the fields: 401 even where fields are absent."""
    target.request(operation.id, credentials)


@pytest.mark.parametrize("change", TOKEN_CHANGES.values(), ids=TOKEN_CHANGES.keys())
@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.id for operation in OPERATIONS])
def test_a_token_that_is_nearly_right_is_refused(
    target: Target, operation: Operation, change: tuple[Callable[[str], str], str]
) -> None:
    """A token is compared whole and as it is."""
    token = str(target.account.header).removeprefix("Bearer ")
    changed, shown = change
    near = Secret(changed(token))
    if near != Secret(token):
        target.secrets = (near, *target.secrets)
        wrong = bearer(near, "A_WRONG_TOKEN", valid=False)
        wrong = replace(wrong, shown=f"Bearer {shown % target.account.account}")
        target.request(operation.id, wrong)


@pytest.mark.parametrize("scheme", ["", "Bearer", "bearer ", "Basic ", "Token ", "Bearer  "])
@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.id for operation in OPERATIONS])
@pytest.mark.mock_only("the documents show one form of the header and refuse no other")
def test_a_token_in_another_form_is_refused(
    target: Target, operation: Operation, scheme: str
) -> None:
    """Only `Bearer`, one blank and the token will do."""
    target.request(operation.id, altered(target, scheme))


@pytest.mark.writes
@pytest.mark.parametrize("credentials", INVALID, ids=["none", "unknown"])
def test_webhooks_do_not_change_without_a_valid_token(
    target: Target, credentials: Credentials
) -> None:
    """Refused calls create, update and delete nothing."""
    url, new = (f"{target.confinement.prefix}unauthorized/{name}" for name in ("a", "b"))
    target.request("createWebhook", url=url)
    for operation_id, fields in (
        ("createWebhook", {"url": new}),
        ("updateWebhook", {"current_url": url, "new_url": new}),
        ("deleteWebhook", {"url": url}),
    ):
        exchange = target.request(operation_id, credentials, **fields)

        listed = target.webhooks()
        if url not in listed or new in listed:
            raise ContractError(
                "refused-request-has-effect",
                "a refused call changed the list of webhooks.",
                "401, nothing else.",
                exchange,
            )
    target.request("deleteWebhook", url=url)
