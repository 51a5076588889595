"""A failing run is over soon, and tells each kind of failure once."""

from __future__ import annotations

import re

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.contract.suite import LIVE, WRITES, Run, run
from tests.contract.transport import Reply, Seen, html, on_reply, with_status, with_value


def run_against_another_status(*arguments: str) -> Run:
    """Run the suite against a server that says 200 for 201."""

    def change(_seen: Seen, reply: Reply) -> Reply:
        return with_status(reply, 200) if reply.status == 201 else reply

    with running(on_reply(create_app(fresh_state()), change)) as base_url:
        variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url}
        return run(*arguments, variables=variables)


def headlines(finished: Run) -> list[str]:
    """Return the first line of each failure that a run tells."""
    return re.findall(r"^\d+\. (.*)$", finished.output, re.MULTILINE)


def test_one_defect_is_told_once_however_many_tests_meet_it() -> None:
    """The failure counts its tests, and the run ends after ten of them."""
    finished = run_against_another_status()

    assert 1 == finished.status
    assert ["createWebhook: the status 200 is not documented."] == headlines(finished)
    assert "STOPPED EARLY: 10 tests failed (--max-failures)" in finished.output
    assert re.search(r"^  tests:    \S+ and 9 more$", finished.output, re.MULTILINE)


def test_a_run_ends_after_so_many_different_failures() -> None:
    """One is enough if that is asked for."""
    finished = run_against_another_status("--max-failures", "1")

    assert 1 == len(headlines(finished))
    assert "STOPPED EARLY: 1 different failure (--max-failures)" in finished.output
    assert "1 failed" in finished.output


def test_a_run_can_go_on_to_its_end() -> None:
    """0 is no limit."""
    finished = run_against_another_status("--max-failures", "0", "-k", "test_a_value_is_accepted")

    assert "STOPPED EARLY" not in finished.output
    assert re.search(r"and \d\d more$", finished.output, re.MULTILINE)


def test_a_failure_of_state_tells_what_was_sent_before() -> None:
    """The last calls of the test, with their statuses."""

    def forget(seen: Seen, reply: Reply) -> Reply:
        removed = {"message": "Webhook successfully removed", "data": None}
        missing = seen.path == "delete" and reply.status == 409
        return with_value(with_status(reply, 200), removed) if missing else reply

    with running(on_reply(create_app(fresh_state()), forget)) as base_url:
        variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url}
        finished = run("-x", variables=variables)

    assert "  steps:\n    Bearer $MIPOS_ACCESS_TOKEN createWebhook {" in finished.output


def test_a_used_up_budget_ends_the_run() -> None:
    """What was created before is removed, and the run has failed."""
    state = fresh_state()
    with running(create_app(state)) as base_url:
        variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url, "MIPOS_BUDGET": "12"}
        finished = run(variables=variables)

    assert 1 == finished.status
    assert "STOPPED EARLY: the budget of 12 requests is used up" in finished.output
    assert {} == state.accounts["alpha"].webhooks


def test_an_unstable_gateway_is_told_as_one() -> None:
    """Every third answer is a page of another server."""
    count = 0

    def fail(_seen: Seen, reply: Reply) -> Reply:
        nonlocal count
        count += 1
        return html(502) if count % 3 == 0 else reply

    with running(on_reply(create_app(fresh_state()), fail)) as base_url:
        variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url}
        finished = run(variables=variables)

    assert 1 == finished.status
    assert {"a server error, 502."} == {each.partition(": ")[2] for each in headlines(finished)}
    assert "502 text/html <html>Bad Gateway</html>" in finished.output
