"""The application over real HTTP: routing, statuses and headers."""

import json

import pytest

from mipos_mock.app import create_app
from mipos_mock.exchange import Answer
from mipos_mock.operations import OPERATIONS, Operation
from mipos_mock.state import State
from tests.mock.support import (
    ACCEPT,
    ALPHA,
    CREATE,
    DELETE,
    JSON,
    LIST,
    READ_ONLY,
    UPDATE,
    call,
    fetch,
    post,
)

PATHS = (CREATE, UPDATE, DELETE, LIST, ACCEPT)


def test_unauthorized_is_a_json_string(base_url: str) -> None:
    """A 401 has the documented body, quotes included."""
    reply = fetch(base_url, "GET", LIST, authorization="Bearer unknown")

    assert (401, JSON, b'"Unauthorized."') == (
        reply.status,
        reply.headers["content-type"],
        reply.body,
    )


def test_list_is_a_bare_array(base_url: str) -> None:
    """A 200 is compact JSON without a charset, and names no type."""
    reply = fetch(base_url, "GET", LIST, authorization=READ_ONLY)

    assert (200, JSON, b'[{"url":"https://pos.example/read-only"}]') == (
        reply.status,
        reply.headers["content-type"],
        reply.body,
    )


def test_created_is_an_envelope(state: State) -> None:
    """A 201 has the documented body."""
    reply = post(create_app(state), CREATE, {"url": "https://a"})

    assert (201, JSON, b'{"message":"Webhook successfully created","data":null}') == (
        reply.status,
        reply.headers["content-type"],
        reply.body,
    )


def test_conflict_is_a_list_of_one(base_url: str) -> None:
    """A 409 has the documented shape with the one message that applied."""
    reply = fetch(base_url, "POST", DELETE, b'{"url": "https://a"}')

    assert (409, JSON, b'{"message":["This webhook does not exist"],"data":null}') == (
        reply.status,
        reply.headers["content-type"],
        reply.body,
    )


def test_unprocessable_is_a_bare_map(base_url: str) -> None:
    """A 422 maps fields to messages, without a wrapper."""
    reply = fetch(base_url, "POST", DELETE)

    assert (422, JSON, b'{"url":["The url field is required."]}') == (
        reply.status,
        reply.headers["content-type"],
        reply.body,
    )


def test_query_strings_are_not_read(base_url: str) -> None:
    """A field in the query string does not count."""
    assert 422 == fetch(base_url, "POST", f"{DELETE}?url=https://a").status


def test_answers_do_not_name_the_server(base_url: str) -> None:
    """No header says which server software answers."""
    assert "server" not in fetch(base_url, "GET", LIST).headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api",
        "/api/v1/integration/webhook",
        "/api/v1/integration/Webhooks",
        f"/{LIST}",
        "/%ff",
    ],
)
def test_unknown_path_is_not_found(base_url: str, path: str) -> None:
    """An unknown path is 404, and the message names it and what there is."""
    reply = fetch(base_url, "GET", path, authorization="")

    assert (404, JSON) == (reply.status, reply.headers["content-type"])
    assert all(f"{known}" in reply.json["message"] for known in PATHS)
    assert reply.json["message"].startswith("Nothing is at GET /")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("path", PATHS)
def test_trailing_slash_is_not_found(base_url: str, method: str, path: str) -> None:
    """A trailing slash is 404, not a redirect, and the message says so."""
    reply = fetch(base_url, method, f"{path}/")

    assert 404 == reply.status
    assert "leave out the slash" in reply.json["message"]


def test_newline_after_a_path_is_not_found(base_url: str) -> None:
    """A path is matched to its very end."""
    assert 404 == fetch(base_url, "GET", f"{LIST}%0A").status


@pytest.mark.parametrize("path", [CREATE, UPDATE, DELETE, ACCEPT])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_not_allowed(base_url: str, method: str, path: str) -> None:
    """A POST operation answers any other method 405 with Allow, even without a token."""
    reply = fetch(base_url, method, path, authorization="")

    assert (405, "POST", JSON) == (
        reply.status,
        reply.headers["allow"],
        reply.headers["content-type"],
    )


def test_refused_method_is_named(base_url: str) -> None:
    """The message of a 405 names the method, the path and what to use."""
    reply = fetch(base_url, "PUT", LIST)

    assert {"message": f"PUT is not allowed at {LIST}: use GET, HEAD."} == reply.json
    assert "GET, HEAD" == reply.headers["allow"]


def test_head_goes_with_get(base_url: str) -> None:
    """HEAD answers as GET does, without the body."""
    got, head = fetch(base_url, "GET", LIST), fetch(base_url, "HEAD", LIST)

    assert (200, got.headers["content-length"], b"") == (
        head.status,
        head.headers["content-length"],
        head.body,
    )


def test_text_is_escaped(state: State) -> None:
    """Characters beyond ASCII are sent as escapes."""
    reply = call(create_app(state), "GET", "/\u00e9")

    assert b"/\\u00e9" in reply.body


def test_an_operation_can_be_replaced(state: State) -> None:
    """An application serves the operations it is given, so a test can plant a fault in one."""

    def broken(*_: object) -> Answer:
        return Answer(400, {"message": ["broken"], "data": None})

    create = OPERATIONS["create_webhook"]
    faulty = Operation(create.name, create.method, create.path, create.fields, broken)
    app = create_app(state, {**OPERATIONS, create.name: faulty})

    assert 400 == post(app, CREATE, {"url": "https://a"}).status


def test_state_outlives_a_connection(state: State) -> None:
    """What one request stores the next one sees, over HTTP as in the core."""
    app = create_app(state)
    post(app, CREATE, {"url": "https://a"})

    reply = call(app, "GET", LIST, headers={"Authorization": ALPHA})

    assert [{"url": "https://a"}] == json.loads(reply.body)
