"""A run against a deployment: what it sends, what it leaves behind, and what it says when it can't.

The deployment is the mock behind an address, so that its state can be looked at.
"""

from __future__ import annotations

import copy
import json
import re
import signal
import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mipos_contract import document
from mipos_mock.app import create_app
from mipos_mock.operations import OPERATIONS
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from mipos_mock.validation import Field, required, string
from tests.contract.suite import LIVE, ROOT, WRITES, command, environment, run
from tests.contract.transport import Reply, Seen, on_reply, on_request, with_value

if TYPE_CHECKING:
    from mipos_mock.state import State

# By the end of the path.
REQUIRED = {
    each.path.rpartition("/")[2]: set(each.required) or {""}
    for each in document.operations().values()
}


def used_state() -> State:
    """Return a state whose accounts have webhooks already."""
    state = fresh_state()
    for account in state.accounts.values():
        account.webhooks.update({f"https://pos.example/{n}": "ORDER" for n in range(150)})
    return state


def left_over(state: State) -> list[str]:
    """Return the webhooks that a run left in any account."""
    return [
        url
        for account in state.accounts.values()
        for url in account.webhooks
        if "mipos-contract" in url
    ]


def test_a_run_without_writes_changes_nothing() -> None:
    """Without MIPOS_ALLOW_WRITES no request is complete, and the state stays as it was."""
    state, seen = used_state(), list[Seen]()
    before = copy.deepcopy(state)

    def record(request: Seen) -> Seen:
        seen.append(request)
        return request

    with running(on_request(create_app(state), record)) as base_url:
        finished = run(variables={**LIVE, "MIPOS_BASE_URL": base_url})

    assert finished.status == 0, finished.output
    assert "MIPOS_ALLOW_WRITES=1 is not set" in finished.output
    assert before == state
    assert [request for request in seen if is_complete(request)] == []
    assert REQUIRED.keys() == {each.path for each in seen}


def is_complete(request: Seen) -> bool:
    """Return whether a request holds, or might be read to hold, all that its operation needs."""
    try:
        fields = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        fields = None
    if isinstance(fields, dict):
        return REQUIRED[request.path] <= fields.keys()
    # A lenient server may read fields out of what is no JSON object.
    return any(name.encode() in request.body for name in REQUIRED[request.path] if name)


def test_a_run_with_writes_leaves_no_trace() -> None:
    """Webhooks of two busy accounts are as before, and only the given order was accepted."""
    state = used_state()
    before = copy.deepcopy(state)

    with running(create_app(state)) as base_url:
        finished = run(variables={**LIVE, **WRITES, "MIPOS_BASE_URL": base_url})

    assert finished.status == 0, finished.output
    assert before.accounts == state.accounts
    assert sum(order.status == "accepted" for order in state.orders.values()) == 1
    assert "mock-token" not in finished.output


def test_a_failing_run_leaves_no_trace() -> None:
    """What was created before a failure is removed after it."""
    state = fresh_state()

    def reword(_seen: Seen, reply: Reply) -> Reply:
        updated = reply.value == {"message": "Webhook successfully updated", "data": None}
        return with_value(reply, {"message": "Done", "data": None}) if updated else reply

    with running(on_reply(create_app(state), reword)) as base_url:
        finished = run("-x", variables={**LIVE, **WRITES, "MIPOS_BASE_URL": base_url})

    assert finished.status == 1, finished.output
    assert left_over(state) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_leaves_no_trace(number: signal.Signals) -> None:
    """Ctrl-C in the middle, and the end of a job, remove what is there at that moment."""
    state = fresh_state()
    with running(create_app(state)) as base_url:
        process = subprocess.Popen(  # noqa: S603 - the command is ours
            command(),
            cwd=ROOT,
            env=environment({**LIVE, **WRITES, "MIPOS_BASE_URL": base_url}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # As a background job starts, and some CI runners.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # noqa: PLW1509 - one thread
        )
        while not left_over(state) and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(number)
        output, _ = process.communicate()

    assert process.returncode == 2, output
    assert "cleaned up: " in output
    assert left_over(state) == []


def test_a_server_that_keeps_webhooks_is_reported() -> None:
    """What cannot be removed is listed, and the run fails."""
    state = fresh_state()
    operations = {
        **OPERATIONS,
        "delete_webhook": replace(
            OPERATIONS["delete_webhook"], run=OPERATIONS["list_webhooks"].run
        ),
    }
    with running(create_app(state, operations)) as base_url:
        finished = run("-x", variables={**LIVE, **WRITES, "MIPOS_BASE_URL": base_url})

    assert finished.status == 1
    assert "LEFT BEHIND: " in finished.output
    assert '  "https://mipos-contract-' in finished.output


def test_what_stays_behind_fails_a_run_that_is_green_otherwise() -> None:
    """A webhook of the run that the target lists for ever is enough."""
    ghosts = list[str]()

    def haunt(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "create" and reply.status == 201 and not ghosts:
            ghosts.append(f"{json.loads(seen.body)['url']}/ghost")
        if seen.path == "webhooks" and reply.status == 200:
            return with_value(reply, [*reply.value, *({"url": url} for url in ghosts)])
        return reply

    with running(on_reply(create_app(fresh_state()), haunt)) as base_url:
        variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url}
        finished = run("-k", "test_a_value_is_accepted and create", variables=variables)

    assert finished.status == 1
    assert "/ghost" in finished.output
    assert " passed" in finished.output
    assert " failed" not in finished.output


def test_a_server_may_differ_where_the_documents_are_silent() -> None:
    """None of it is a failure.

    Another order, more fields, a charset, cookies, no validation of URLs, fields before the token.
    """
    operations = {
        name: replace(
            operation,
            fields=tuple(Field(field.name, (required, string)) for field in operation.fields),
        )
        for name, operation in OPERATIONS.items()
    }
    operations["create_webhook"] = replace(
        operations["create_webhook"], fields=(Field("url", (required, string)),)
    )

    def differ(seen: Seen, reply: Reply) -> Reply:
        headers = {**reply.headers, "content-type": "application/json; charset=utf-8"}
        reply = replace(reply, headers={**headers, "set-cookie": "session=1"})
        if reply.status == 401 and "cookie" in seen.headers:
            return with_value(replace(reply, status=200), [])
        if seen.path != "webhooks" and reply.status in {200, 201, 409}:
            return with_value(reply, {"code": 1, **reply.value})
        if reply.status == 401 and seen.path != "webhooks" and seen.body in {b"{}", b""}:
            fields = {
                name: [f"The {name.replace('_', ' ')} field is required."]
                for name in REQUIRED[seen.path]
            }
            return with_value(replace(reply, status=422), fields)
        if seen.path == "webhooks" and reply.status == 200:
            return with_value(reply, [{"id": 1, **item} for item in reversed(reply.value)])
        return reply

    with running(on_reply(create_app(used_state(), operations), differ)) as base_url:
        finished = run(variables={**LIVE, **WRITES, "MIPOS_BASE_URL": base_url})

    assert finished.status == 0, finished.output


def test_a_list_that_cannot_be_read_does_not_stop_the_cleaning_up() -> None:
    """A nesting without end is a violation, and what the run created is still removed."""
    state = fresh_state()

    def nest(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "webhooks" and left_over(state):
            return replace(reply, raw=b"[" * 100_000 + b"]" * 100_000)
        return reply

    with running(on_reply(create_app(state), nest)) as base_url:
        finished = run("-x", variables={**LIVE, **WRITES, "MIPOS_BASE_URL": base_url})

    assert finished.status == 1
    assert "nested too deep to be read" in finished.output
    assert "cleaned up: " in finished.output
    assert [] == left_over(state)


def test_a_server_that_goes_away_ends_the_run() -> None:
    """The request that broke and the first that is refused fail, not each test that is left."""
    with running(create_app(fresh_state())) as base_url:
        process = subprocess.Popen(  # noqa: S603 - the command is ours
            command(),
            cwd=ROOT,
            env=environment({**LIVE, "MIPOS_BASE_URL": base_url}),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        first = process.stdout.read(1)
    output, _ = process.communicate()

    assert first == "s"
    assert "the target takes no connections any more" in output
    # Whether a request was under way when the server went is a race.
    assert re.search(r"\b[12] failed", output), output


def test_a_run_needs_neither_a_second_account_nor_orders() -> None:
    """What is optional can be left out; the report says what was not run for it."""
    variables = {**LIVE, "MIPOS_ALLOW_WRITES": "1", "MIPOS_OTHER_ACCESS_TOKEN": ""}
    with running(create_app(fresh_state())) as base_url:
        finished = run(variables={**variables, "MIPOS_BASE_URL": base_url})

    assert finished.status == 0, finished.output
    assert "MIPOS_PENDING_ORDERS names no further order" in finished.output


def test_a_token_that_a_server_echoes_is_hidden() -> None:
    """Not even an answer that repeats the token puts it into the report."""

    def echo(seen: Seen, reply: Reply) -> Reply:
        if reply.status == 409:
            return with_value(reply, {"message": [seen.headers["authorization"]], "data": None})
        return reply

    with running(on_reply(create_app(fresh_state()), echo)) as base_url:
        finished = run(variables={**LIVE, **WRITES, "MIPOS_BASE_URL": base_url})

    assert finished.status == 1
    assert "Bearer ***" in finished.output
    assert "mock-token" not in finished.output


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"MIPOS_BASE_URL": "http://127.0.0.1:9"}, "MIPOS_BASE_URL"),
        ({"MIPOS_BASE_URL": "http://a..b"}, "MIPOS_BASE_URL"),
        ({"MIPOS_ACCESS_TOKEN": "wrong"}, "MIPOS_ACCESS_TOKEN"),
        ({"MIPOS_ACCESS_TOKEN": "mock-token-deleted"}, "MIPOS_ACCESS_TOKEN"),
        ({"MIPOS_OTHER_ACCESS_TOKEN": "wrong"}, "MIPOS_OTHER_ACCESS_TOKEN"),
        ({"MIPOS_STORE_ID": ""}, "MIPOS_STORE_ID"),
    ],
)
def test_a_wrong_setting_is_one_line(changes: dict[str, str], named: str) -> None:
    """The run ends with an error that names the variable, without a traceback."""
    with running(create_app(fresh_state())) as base_url:
        finished = run(variables={**LIVE, "MIPOS_BASE_URL": base_url, **changes})
    lines = [line for line in finished.output.splitlines() if line]

    assert finished.status == 4
    assert lines[-1].startswith(f"ERROR: {named} "), finished.output
    assert "Traceback" not in finished.output


def test_an_address_with_the_apis_path_is_one_line() -> None:
    """The target answers, but not there."""
    with running(create_app(fresh_state())) as base_url:
        finished = run(variables={**LIVE, "MIPOS_BASE_URL": f"{base_url}/api/v1"})

    assert finished.status == 4
    assert "give the address without the API's own path" in finished.output


def test_a_mock_that_does_not_start_is_one_line() -> None:
    """A broken command is named, without a traceback."""
    finished = run("--mock-command", "false")

    assert finished.status == 4
    assert "ERROR: the mock did not start (false): no output" in finished.output
    assert "Traceback" not in finished.output
