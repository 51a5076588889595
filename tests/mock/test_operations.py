"""Who may ask, and which answer comes first."""

import pytest

from mipos_mock.exchange import Answer
from mipos_mock.journal import Call
from mipos_mock.operations import OPERATIONS, handle
from mipos_mock.seed import fresh_state, reset
from mipos_mock.state import State
from tests.mock.support import ALPHA, DELETED, JSON, SIGNED_OUT, conflict, run

UNAUTHORIZED = Answer(401, "Unauthorized.")

VALID: dict[str, dict[str, object]] = {
    "create_webhook": {"url": "https://a"},
    "update_webhook": {"current_url": "https://a", "new_url": "https://b"},
    "delete_webhook": {"url": "https://a"},
    "list_webhooks": {},
    "accept_order": {"delivery_id": "1", "store_id": "3", "order_external_id": "x"},
}

MISSING = {
    "create_webhook": {"url": ["The url field is required."]},
    "update_webhook": {
        "current_url": ["The current url field is required."],
        "new_url": ["The new url field is required."],
    },
    "delete_webhook": {"url": ["The url field is required."]},
    "accept_order": {
        "delivery_id": ["The delivery id field is required."],
        "store_id": ["The store id field is required."],
        "order_external_id": ["The order external id field is required."],
    },
}

every_operation = pytest.mark.parametrize("name", OPERATIONS)


def test_operations_are_the_documented_ones() -> None:
    """Every documented operation is there, with its method and path, and no other."""
    documented = {
        ("POST", "/api/v1/integration/webhook/create"),
        ("POST", "/api/v1/integration/webhook/update"),
        ("POST", "/api/v1/integration/webhook/delete"),
        ("GET", "/api/v1/integration/webhooks"),
        ("POST", "/api/v1/integration/order/accept"),
    }

    assert documented == {(each.method, each.path) for each in OPERATIONS.values()}


@every_operation
@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer unknown",
        "Bearer  mock-token-alpha",
        "Bearer mock-token-alpha ",
        "Bearer MOCK-TOKEN-ALPHA",
        "bearer mock-token-alpha",
        "BEARER mock-token-alpha",
        "Basic mock-token-alpha",
        "Bearermock-token-alpha",
        "mock-token-alpha",
        " Bearer mock-token-alpha",
    ],
)
def test_unknown_callers_are_unauthorized(
    state: State, name: str, authorization: str | None
) -> None:
    """Without exactly `Bearer ` and a known token every operation answers 401, body unread."""
    assert UNAUTHORIZED == run(state, name, {}, authorization)


@pytest.mark.parametrize("name", MISSING)
def test_all_missing_fields_are_told(state: State, name: str) -> None:
    """An empty request is told every required field, in documented order."""
    answer = run(state, name, {})

    assert (422, list(MISSING[name].items())) == (answer.status, [*_items(answer.body)])


def test_bad_type_is_told_after_bad_url(state: State) -> None:
    """Create tells url and type, in this order."""
    answer = run(state, "create_webhook", {"type": "x", "url": "x"})
    expected = [
        ("url", ["The url format is invalid."]),
        ("type", ["The selected type is invalid."]),
    ]

    assert expected == [*_items(answer.body)]


@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize("authorization", [SIGNED_OUT, DELETED])
def test_validation_comes_before_the_account(state: State, name: str, authorization: str) -> None:
    """An invalid request is 422 even from an account that could do nothing."""
    assert 422 == run(state, name, {}, authorization).status


@every_operation
@pytest.mark.parametrize(
    ("authorization", "message"),
    [(SIGNED_OUT, "User not authenticated."), (DELETED, "User not found.")],
)
def test_dead_accounts_are_told_first(
    state: State, name: str, authorization: str, message: str
) -> None:
    """A known token of an account that is gone is 409, not 401, before any other conflict."""
    assert conflict(message) == run(state, name, VALID[name], authorization)


def test_unread_body_counts_as_empty(state: State) -> None:
    """A body of another content type leaves every required field missing."""
    operation, alpha = OPERATIONS["delete_webhook"], state.accounts["alpha"]

    answer = handle(operation, state, alpha, "text/plain", b'{"url": "https://a"}')

    assert Answer(422, MISSING["delete_webhook"]) == answer


def test_unknown_fields_are_ignored(state: State) -> None:
    """Fields that no page documents do not matter."""
    values = {"url": "https://a", "unknown": {"deep": [1]}, "new_url": 5}

    assert 201 == run(state, "create_webhook", values).status


def test_list_ignores_its_body(state: State) -> None:
    """A list needs no body and is not disturbed by a bad one."""
    operation, alpha = OPERATIONS["list_webhooks"], state.accounts["alpha"]

    assert Answer(200, []) == handle(operation, state, alpha, JSON, b"\xff")


def test_reset_restores_the_seed(state: State) -> None:
    """A reset undoes every change to accounts, deliveries and orders."""
    run(state, "create_webhook", {"url": "https://a"})
    state.accounts.pop("beta")
    state.deliveries.clear()
    state.orders.clear()

    reset(state)

    assert fresh_state() == state


def test_fresh_states_share_nothing() -> None:
    """A change to one state does not show in the next."""
    run(fresh_state(), "create_webhook", {"url": "https://a"})

    assert Answer(200, []) == run(fresh_state(), "list_webhooks", {})


def test_tokens_are_in_no_repr(state: State) -> None:
    """Neither the state nor a call in the journal shows a token or a secret in its repr."""
    headers = [(b"authorization", ALPHA.encode())]
    call = Call("GET", "/", b"", headers, b"", None, 404, b"", 1.0)

    assert "mock-token" not in f"{state!r}{call!r}"
    assert "mock-secret" not in f"{state!r}{call!r}"


def _items(body: object) -> list[tuple[str, object]]:
    """The items of a JSON object in their order."""
    assert isinstance(body, dict)
    return list(body.items())  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - isinstance cannot name the type of the items
