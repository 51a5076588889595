"""Whatever is sent, the answer is one of the documented ones."""

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mipos_mock.app import create_app
from mipos_mock.operations import OPERATIONS, Operation
from mipos_mock.seed import fresh_state
from tests.mock.support import ALPHA, DELETED, JSON, READ_ONLY, SIGNED_OUT, call

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

FIELDS = sorted({field.name for each in OPERATIONS.values() for field in each.fields})
VALUES = ["https://a", "https://pos.example/read-only", "ORDER", "1", "2", "3", "order-no-token"]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
values = st.recursive(
    st.sampled_from(VALUES) | scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
objects = st.dictionaries(st.sampled_from(FIELDS) | st.text(), values, max_size=6)
bodies: "SearchStrategy[bytes]" = (
    st.binary()
    | (objects | values).map(lambda value: json.dumps(value).encode())
    | objects.map(lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
)
latin = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"))
content_types = st.sampled_from([JSON, "application/jsonc", "text/plain"]) | latin
authorizations = st.sampled_from([ALPHA, READ_ONLY, SIGNED_OUT, DELETED]) | latin


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
@given(body=bodies, content_type=content_types, authorization=authorizations)
def test_every_answer_is_documented(
    operation: Operation, body: bytes, content_type: str, authorization: str
) -> None:
    """Any bytes, content type and token are answered with a documented status and shape."""
    headers = {"Authorization": authorization, "Content-Type": content_type}

    reply = call(create_app(fresh_state()), operation.method, operation.path, body, headers)
    success = 201 if operation.name == "create_webhook" else 200

    assert JSON == reply.headers["content-type"]
    match reply.status:
        case 401:
            assert b'"Unauthorized."' == reply.body
        case 422:
            assert {field.name for field in operation.fields} >= set(reply.json)
            assert all(1 == len(messages) for messages in reply.json.values())
        case 409:
            assert ["message", "data"] == list(reply.json)
            assert 1 == len(reply.json["message"])
        case status:
            assert success == status
