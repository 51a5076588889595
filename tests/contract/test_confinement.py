"""On a foreign target, every name that is sent is one of the run's own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mipos_contract import document
from mipos_contract.confinement import URL_FIELDS, Confinement
from mipos_contract.exchange import Call, Credentials

ACCOUNT = Credentials("Bearer x", "Bearer $X", valid=True)
WRITING = Confinement(allow_writes=True)
READING = Confinement(allow_writes=False)
MOCK = Confinement(foreign=False)
OPERATIONS = st.sampled_from([each for each in document.operations().values() if each.body])
NAMES = ["url", "current_url", "new_url", "type", "delivery_id", "store_id", "order_external_id"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.just(f"{WRITING.prefix}a"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
BODIES = st.dictionaries(st.sampled_from(NAMES), JSON)


def call(operation_id: str, fields: object) -> Call:
    """Return a call with a JSON body."""
    operation = document.operations()[operation_id]
    return Call(operation, ACCOUNT, json.dumps(fields).encode(), operation.content_type)


def fields_sent(confinement: Confinement, sent: Call) -> dict[str, Any] | None:
    """Return the fields of the call as confined, None if it is not sent."""
    confined = confinement.confine(sent)
    return None if confined is None else confined.fields


@given(operation=OPERATIONS, body=BODIES)
def test_only_the_runs_own_urls_are_sent(operation: document.Operation, body: Any) -> None:  # noqa: ANN401 - any JSON
    """Whatever is generated, a URL that goes out stands under the prefix of the run."""
    sent = fields_sent(WRITING, call(operation.id, body)) or {}

    assert [sent[name] for name in URL_FIELDS & sent.keys() if not WRITING.owns(sent[name])] == []


@given(operation=OPERATIONS, body=BODIES)
def test_only_the_runs_own_orders_are_sent(operation: document.Operation, body: Any) -> None:  # noqa: ANN401 - any JSON
    """Whatever is generated, no order of the platform is named."""
    sent = fields_sent(WRITING, call(operation.id, body)) or {}

    assert str(sent.get("order_external_id", WRITING.run)).startswith(WRITING.run)


@given(operation=OPERATIONS, body=BODIES)
def test_without_writes_no_complete_request_is_sent(
    operation: document.Operation,
    body: Any,  # noqa: ANN401 - any JSON
) -> None:
    """A request that could change something is not sent, whatever its token."""
    sent = fields_sent(READING, call(operation.id, body))

    assert sent is None or not set(operation.required) <= sent.keys()


@pytest.mark.parametrize("value", [1, True, None, [], {}, "", " "])
def test_a_value_that_cannot_be_renamed_is_not_sent(value: object) -> None:
    """A number may be stored as its digits, and a blank as a blank."""
    assert WRITING.confine(call("createWebhook", {"url": value})) is None


def test_the_mock_gets_every_call_as_it_is() -> None:
    """Nothing needs protection there."""
    sent = call("createWebhook", {"url": 1})

    assert sent is MOCK.confine(sent)


@given(body=BODIES)
def test_without_the_external_id_no_store_of_the_platform_is_named(body: Any) -> None:  # noqa: ANN401 - any JSON
    """A server that forgets the missing id must not accept what waits in a real store."""
    sent = fields_sent(WRITING, call("acceptOrder", body)) or {}
    ids = [sent[name] for name in ("delivery_id", "store_id") if name in sent]

    assert "order_external_id" in sent or all(each.startswith(WRITING.run) for each in ids)


@pytest.mark.parametrize(
    "body",
    [b'{"url": "https://pos.example/"', b"url=x", b'[{"url": 1}]', b'{"url": ' + b"[" * 9_999],
)
@pytest.mark.parametrize("confinement", [READING, WRITING], ids=["reading", "writing"])
def test_a_foreign_name_in_a_broken_body_is_not_sent(confinement: Confinement, body: bytes) -> None:
    """A lenient server may read fields out of what is no JSON object."""
    operation = document.operations()["deleteWebhook"]

    assert confinement.confine(Call(operation, ACCOUNT, body, "application/json")) is None


def test_a_broken_body_with_the_runs_own_name_needs_writes() -> None:
    """It may create or delete a webhook of the run's, and nothing else."""
    operation = document.operations()["deleteWebhook"]
    reading = Confinement(run=WRITING.run, allow_writes=False)
    sent = Call(operation, ACCOUNT, f'{{"url": "{WRITING.prefix}a"'.encode(), "application/json")

    assert sent is WRITING.confine(sent)
    assert reading.confine(sent) is None


def test_another_method_is_not_sent() -> None:
    """No document says what it does over there."""
    operation = document.operations()["listWebhooks"]

    assert WRITING.confine(Call(operation, ACCOUNT, method="DELETE")) is None


def test_runs_do_not_share_names() -> None:
    """Two runs at the same time cannot meet."""
    assert Confinement().prefix != Confinement().prefix
