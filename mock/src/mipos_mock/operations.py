"""The documented operations, and the one function that runs any of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from mipos_mock import messages, orders, webhooks
from mipos_mock.body import read_input
from mipos_mock.exchange import Answer, conflict
from mipos_mock.state import Account, AccountStatus, State
from mipos_mock.validation import Field, identifier, one_of, url, validate

Run = Callable[[State, Account, Mapping[str, str]], Answer]
"""From the state, the token's account and the request's strings to the answer."""

_BEARER = "Bearer "

_ACCOUNT_CONFLICTS: Final = {
    AccountStatus.SIGNED_OUT: messages.USER_NOT_AUTHENTICATED,
    AccountStatus.DELETED: messages.USER_NOT_FOUND,
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation.

    Attributes:
        name: What the stand-in calls it.
        method: The HTTP method, upper case.
        path: The path, without a trailing slash.
        fields: The fields of its body, in documented order.
        run: What it does once a request is authorised and valid.
    """

    name: str
    method: str
    path: str
    fields: tuple[Field, ...]
    run: Run

    @property
    def names_order(self) -> bool:
        """Whether it is about one order."""
        return any(field.name == "order_external_id" for field in self.fields)


OPERATIONS: Final[Mapping[str, Operation]] = {
    operation.name: operation
    for operation in (
        Operation(
            "create_webhook",
            "POST",
            "/api/v1/integration/webhook/create",
            (url("url"), Field("type", (one_of("ORDER", "Menu"),))),
            webhooks.create,
        ),
        Operation(
            "update_webhook",
            "POST",
            "/api/v1/integration/webhook/update",
            (url("current_url"), url("new_url")),
            webhooks.update,
        ),
        Operation(
            "delete_webhook",
            "POST",
            "/api/v1/integration/webhook/delete",
            (url("url"),),
            webhooks.delete,
        ),
        Operation(
            "list_webhooks",
            "GET",
            "/api/v1/integration/webhooks",
            (),
            webhooks.list_all,
        ),
        Operation(
            "accept_order",
            "POST",
            "/api/v1/integration/order/accept",
            (identifier("delivery_id"), identifier("store_id"), identifier("order_external_id")),
            orders.accept,
        ),
    )
}
"""The operations by name."""


def handle(
    operation: Operation,
    state: State,
    account: Account | None,
    content_type: str | None,
    body: bytes,
) -> Answer:
    """Answers a request: 401, else 422, else 409, else what the operation does.

    The order of the checks is an assumption; it is the one of the framework that the pages
    point to.

    Args:
        operation: What is asked for.
        state: What it reads and changes.
        account: Whose token the request has, None for nobody's.
        content_type: The ``Content-Type`` header, None without one.
        body: The whole body as it was sent.
    """
    if account is None:
        return Answer(401, messages.UNAUTHORIZED)
    strings: dict[str, str] = {}
    if operation.fields:
        values = read_input(content_type, body)
        failures = validate(operation.fields, values)
        if failures:
            return Answer(422, failures)
        strings = {name: value for name, value in values.items() if isinstance(value, str)}
    if account.status in _ACCOUNT_CONFLICTS:
        return conflict(_ACCOUNT_CONFLICTS[account.status])
    return operation.run(state, account, strings)


def authenticate(state: State, authorization: str | None) -> Account | None:
    """Returns the account that an ``Authorization`` header speaks for, None for no account.

    The header must begin with exactly ``Bearer`` and one blank (assumption: case counts).
    """
    if authorization is None or not authorization.startswith(_BEARER):
        return None
    return state.account_of(authorization.removeprefix(_BEARER))
