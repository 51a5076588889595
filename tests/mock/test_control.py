"""The control interface."""

import json
from typing import TYPE_CHECKING

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.state import State
from tests.mock.support import ACCEPT, ALPHA, BETA, CREATE, JSON, LIST, Reply, call, post

if TYPE_CHECKING:
    from starlette.types import ASGIApp

ORDER = {"delivery_id": "9", "store_id": "4", "order_external_id": "new"}
PENDING = {**ORDER, "status": "pending"}
LONG = "x" * 300
BAD_ORDERS: list[tuple[object, str, str]] = [
    ([], "the body is no JSON object", "send one with delivery_id, store_id"),
    ({}, "delivery_id is missing or null", "send a string of 1 to 255 visible ASCII"),
    ({**ORDER, "delivery_id": 9}, "delivery_id is no string", "send a string"),
    ({**ORDER, "delivery_id": [[]]}, "delivery_id is no string", "send a string"),
    ({**ORDER, "delivery_id": ""}, "delivery_id is ''", "send a string of 1 to 255"),
    ({**ORDER, "delivery_id": "a b"}, "delivery_id is 'a b'", "visible ASCII"),
    ({**ORDER, "delivery_id": LONG}, f"delivery_id is '{LONG[:200]}...'", "1 to 255"),
    ({**ORDER, "delivery_id": "\ud800"}, "delivery_id is '\\ud800'", "visible ASCII"),
    ({**ORDER, "store_id": "5"}, "store_id '5' is no account's", "send one of 3, 10, 4"),
    ({**ORDER, "note": "x"}, "unknown field 'note'", "send delivery_id, store_id"),
]


@pytest.fixture
def app(state: State) -> "ASGIApp":
    """An application over what a fresh server holds."""
    return create_app(state)


def control(app: "ASGIApp", method: str, path: str, values: object = None) -> Reply:
    """Sends a control request, as JSON if there are values."""
    body, headers = (
        (b"", {}) if values is None else (json.dumps(values).encode(), {"Content-Type": JSON})
    )
    return call(app, method, f"/_mock/{path}", body, headers)


def shown(app: "ASGIApp") -> dict[str, object]:
    """What the control interface shows of the state."""
    state: dict[str, object] = control(app, "GET", "state").json
    return state


def test_root_tells_its_routes(app: "ASGIApp") -> None:
    """The root names every route of the control interface."""
    routes = ["GET /_mock/", "GET /_mock/state", "POST /_mock/reset", "POST /_mock/orders"]

    reply = control(app, "GET", "")

    assert (200, routes) == (reply.status, list(reply.json["routes"]))


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/_mock/"), ("GET", "/_mock/none"), ("PUT", "/_mock/state"), ("GET", "/_mock")],
)
def test_control_answers_are_marked(app: "ASGIApp", method: str, path: str) -> None:
    """Every answer under the prefix carries the mark, errors included."""
    assert "control" == call(app, method, path).headers["x-mipos-mock"]


@pytest.mark.parametrize("path", [LIST, "/none"])
def test_other_answers_are_not_marked(app: "ASGIApp", path: str) -> None:
    """No answer outside the prefix carries the mark."""
    assert "x-mipos-mock" not in call(app, "GET", path).headers


def test_state_shows_what_a_fresh_server_holds(app: "ASGIApp") -> None:
    """Accounts, deliveries and orders are shown with their states."""
    order = "order_external_id"
    expected: dict[str, list[object]] = {
        "accounts": [
            ("alpha", "mock-token-alpha", "active", ["3", "10"]),
            ("beta", "mock-token-beta", "active", ["4"]),
            ("signed-out", "mock-token-signed-out", "signed out", []),
            ("deleted", "mock-token-deleted", "deleted", []),
            ("read-only", "mock-token-read-only", "active", []),
        ],
        "deliveries": [
            {"id": "1", "status": "ready"},
            {"id": "2", "status": "not configured"},
            {"id": "3", "status": "no token"},
            {"id": "4", "status": "unreachable"},
        ],
        "orders": [
            {"delivery_id": delivery, "store_id": "3", order: name, "status": "pending"}
            for delivery, name in (
                ("1", "01f1b8ce-a65d-4876-a72f-8f549f3566b7"),
                ("2", "order-not-configured"),
                ("3", "order-no-token"),
                ("4", "order-unreachable"),
            )
        ],
    }

    state = control(app, "GET", "state").json
    state["accounts"] = [
        (each["name"], each["token"], each["status"], each["stores"]) for each in state["accounts"]
    ]

    assert expected == state


def test_state_shows_webhooks_with_their_type(app: "ASGIApp") -> None:
    """The type that the API does not return is shown here."""
    post(app, CREATE, {"url": "https://a", "type": "Menu"})

    accounts = control(app, "GET", "state").json["accounts"]

    assert [{"url": "https://a", "type": "Menu"}] == accounts[0]["webhooks"]
    assert [True] == [each["read_only"] for each in accounts if each["name"] == "read-only"]


def test_state_shows_accepted_orders(app: "ASGIApp") -> None:
    """An accepted order stays on record as such."""
    control(app, "POST", "orders", ORDER)
    post(app, ACCEPT, ORDER, BETA)

    assert {**ORDER, "status": "accepted"} == control(app, "GET", "state").json["orders"][-1]


def test_reset_restores_the_seed(app: "ASGIApp") -> None:
    """A reset undoes what requests have changed."""
    fresh = shown(app)
    post(app, CREATE, {"url": "https://a"})
    control(app, "POST", "orders", ORDER)

    reply = control(app, "POST", "reset", {})

    assert (200, {"reset": True}, fresh) == (reply.status, reply.json, shown(app))


def test_added_order_can_be_accepted(app: "ASGIApp") -> None:
    """An added order is pending until it is accepted."""
    added = control(app, "POST", "orders", ORDER)
    accepted = post(app, ACCEPT, ORDER, BETA)

    assert (201, PENDING, 200) == (added.status, added.json, accepted.status)


def test_accepted_order_can_be_added_again(app: "ASGIApp") -> None:
    """Adding an accepted order makes it pending again."""
    control(app, "POST", "orders", ORDER)
    post(app, ACCEPT, ORDER, BETA)

    assert 201 == control(app, "POST", "orders", ORDER).status
    assert PENDING == control(app, "GET", "state").json["orders"][-1]


@pytest.mark.parametrize(
    ("values", "named", "remedy"), BAD_ORDERS, ids=lambda value: ascii(value)[:40]
)
def test_bad_orders_are_refused(app: "ASGIApp", values: object, named: str, remedy: str) -> None:
    """A bad order is 400, names the value and the place, says the remedy, and is not added."""
    before = shown(app)

    reply = control(app, "POST", "orders", values)

    assert (400, before) == (reply.status, shown(app))
    assert named in reply.json["error"]
    assert remedy in reply.json["error"]


def test_pending_order_cannot_be_added_twice(app: "ASGIApp") -> None:
    """An order that is pending already is refused with the remedy."""
    control(app, "POST", "orders", ORDER)

    reply = control(app, "POST", "orders", ORDER)
    remedy = "order_external_id 'new' is pending already: accept it first or send another id"

    assert (400, {"error": remedy}) == (reply.status, reply.json)


@pytest.mark.parametrize("path", ["reset", "orders"])
@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonc"]
)
def test_posts_of_other_types_are_refused(app: "ASGIApp", path: str, content_type: str) -> None:
    """What a page of another origin can send without asking changes nothing."""
    post(app, CREATE, {"url": "https://a"})
    before = shown(app)
    body = json.dumps(ORDER).encode()

    reply = call(app, "POST", f"/_mock/{path}", body, {"Content-Type": content_type})
    remedy = f"the Content-Type is {content_type!r}: send application/json"

    assert (400, {"error": remedy}, before) == (reply.status, reply.json, shown(app))


def test_parameters_of_the_content_type_do_not_matter(app: "ASGIApp") -> None:
    """A charset after the content type is fine, in any case."""
    reply = call(app, "POST", "/_mock/reset", headers={"Content-Type": "Application/JSON; x=y"})

    assert 200 == reply.status


def test_unknown_control_path_is_not_found(app: "ASGIApp") -> None:
    """An unknown path is 404, with the control interface's own error and routes."""
    reply = control(app, "GET", "none")

    assert (404, ["error"]) == (reply.status, list(reply.json))
    assert "GET /_mock/none: there are GET /_mock/, GET /_mock/state," in reply.json["error"]


def test_wrong_control_method_is_not_allowed(app: "ASGIApp") -> None:
    """A wrong method is 405 with Allow and the control interface's own error."""
    reply = control(app, "GET", "reset")

    assert (405, "POST", ["error"]) == (reply.status, reply.headers["allow"], list(reply.json))


def test_control_needs_no_token_and_gives_none(app: "ASGIApp") -> None:
    """A token does not change what the control interface answers."""
    reply = call(app, "GET", "/_mock/state", headers={"Authorization": ALPHA})

    assert shown(app) == reply.json


def test_orders_of_one_server_are_not_anothers(app: "ASGIApp") -> None:
    """Two applications share no state."""
    other = create_app(fresh_state())
    before = shown(other)
    control(app, "POST", "orders", ORDER)

    assert before == shown(other)


def test_a_missing_slash_is_told(app: "ASGIApp") -> None:
    """The prefix without its slash is 404, and the message says what to add."""
    reply = call(app, "GET", "/_mock")

    assert 404 == reply.status
    assert "add a slash at its end, use GET /_mock/" in reply.json["error"]
