"""Known deviations: what the file may say, what it tolerates, and when it fails a run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mipos_contract import document
from mipos_contract.deviations import DeviationsError, load
from mipos_contract.exchange import Answer, Call, Credentials, Exchange
from mipos_contract.violation import ContractError
from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.contract.suite import LIVE, WRITES, Run, run
from tests.contract.transport import Reply, Seen, on_reply, with_status, with_value

if TYPE_CHECKING:
    from pathlib import Path

    from mipos_mock.asgi import ASGIApp

TODAY = dt.date(2026, 11, 22)
ENTRY = """\
- operation: createWebhook
  status: 200
  differs: undocumented-status
  reason: the deployment says OK
  since: 2026-11-01
  expires: 2099-12-31
"""


def write(tmp_path: Path, text: str) -> Path:
    """Return a file with the text."""
    path = tmp_path / "deviations.yaml"
    path.write_text(text, "utf-8")
    return path


def violation(rule: str = "undocumented-status", status: int = 200) -> ContractError:
    """Return a violation of `createWebhook`."""
    call = Call(document.operations()["createWebhook"], Credentials(None, None, valid=False))
    exchange = Exchange(call, Answer(status, {}, b""), "http://127.0.0.1")
    return ContractError(rule, f"the status {status} is not documented.", "201.", exchange)


def error_for(tmp_path: Path, text: str) -> str:
    """Return what is said of a wrong file, after its path."""
    path = write(tmp_path, text)
    with pytest.raises(DeviationsError) as caught:
        load(path, TODAY)
    return str(caught.value).removeprefix(str(path))


def test_an_entry_tolerates_its_violation_and_counts_it(tmp_path: Path) -> None:
    """Operation, status and rule match."""
    deviations = load(write(tmp_path, ENTRY), TODAY)

    assert deviations.tolerates(violation())
    assert [1] == [entry.met for entry in deviations.entries]


@pytest.mark.parametrize(
    "other", [violation(status=202), violation(rule="body-shape")], ids=["status", "rule"]
)
def test_an_entry_tolerates_nothing_else(tmp_path: Path, other: ContractError) -> None:
    """Another status or another rule is a failure."""
    assert not load(write(tmp_path, ENTRY), TODAY).tolerates(other)


def test_an_entry_may_ask_for_a_text(tmp_path: Path) -> None:
    """`contains` must stand in the failure's first line."""
    deviations = load(write(tmp_path, f"{ENTRY}  contains: another text\n"), TODAY)

    assert not deviations.tolerates(violation())


def test_an_expired_entry_tolerates_nothing_and_is_a_problem(tmp_path: Path) -> None:
    """The last day is the one that it names."""
    text = ENTRY.replace("2099-12-31", "2026-11-22")
    last, after = (load(write(tmp_path, text), TODAY + dt.timedelta(days)) for days in (0, 1))

    assert last.tolerates(violation())
    assert not after.tolerates(violation())
    assert after.problem(after.entries[0], judged=False).startswith("expired on 2026-11-22: ")


def test_an_entry_that_no_longer_occurs_is_a_problem_of_a_whole_run(tmp_path: Path) -> None:
    """A part of the suite proves nothing."""
    deviations = load(write(tmp_path, ENTRY), TODAY)
    (entry,) = deviations.entries

    assert "no longer occurs: remove the entry" == deviations.problem(entry, judged=True)
    assert "" == deviations.problem(entry, judged=False)
    assert "" == deviations.problem(replace(entry, met=1), judged=True)


def test_an_empty_file_has_no_entries(tmp_path: Path) -> None:
    """A file of comments alone is fine."""
    assert [] == load(write(tmp_path, "# none\n"), TODAY).entries


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("operation: createWebhook", "operation: createWebhok", ":1: operation is 'createWebhok'"),
        ("status: 200", "status: ok", ":2: status is 'ok': expected a number"),
        ("status: 200", "status: true", ":2: status is True: expected a number"),
        ("status: 200", "stats: 200", ":2: 'stats' is not a field: did you mean status?"),
        ("differs: undocumented-status", "differs: statuses", ":3: differs is 'statuses'"),
        ("  reason: the deployment says OK\n", "", ":1: reason is missing"),
        ("the deployment says OK", "' '", ":4: reason is ' ': expected a text"),
        ("2026-11-01", "lately", ":5: since is 'lately': expected a day"),
        ("2099-12-31", "2026-10-31", ":6: 2026-10-31 is before since"),
        ("status: 200", "status: 200\n  status: 200", ":3: status stands there twice"),
        ("status: 200", "status: [", ":"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """The message is one line: file, line number, value, remedy."""
    assert old in ENTRY
    message = error_for(tmp_path, ENTRY.replace(old, new))

    assert message.startswith(said)
    assert "\n" not in message


def test_a_text_in_place_of_an_entry_is_an_error(tmp_path: Path) -> None:
    """An entry is a mapping."""
    assert error_for(tmp_path, "- createWebhook\n").startswith(":1: expected the fields")


def test_an_entry_without_its_dash_is_an_error(tmp_path: Path) -> None:
    """The file is a list."""
    assert error_for(tmp_path, "operation: createWebhook\n").startswith(":1: expected a list")


def test_two_equal_entries_are_an_error(tmp_path: Path) -> None:
    """One of them would never be met."""
    assert ":7: the same as line 1: remove one of the two" == error_for(tmp_path, ENTRY + ENTRY)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """The path is named."""
    with pytest.raises(DeviationsError, match=r"nowhere\.yaml: cannot be read"):
        load(tmp_path / "nowhere.yaml")


def deviating(*, also_update: bool = False) -> ASGIApp:
    """Return the mock with 200 for 201; with another text after an update if asked for."""

    def change(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "create" and reply.status == 201:
            return with_status(reply, 200)
        if also_update and seen.path == "update" and reply.status == 200:
            return with_value(reply, {"message": "Done", "data": None})
        return reply

    return on_reply(create_app(fresh_state()), change)


def run_with(tmp_path: Path, app: ASGIApp, text: str, *arguments: str) -> Run:
    """Run the suite against an application with a file of deviations."""
    path = write(tmp_path, text)
    with running(app) as base_url:
        variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url}
        return run("--deviations", str(path), *arguments, variables=variables)


def test_a_run_with_a_known_deviation_passes_and_reports_it(tmp_path: Path) -> None:
    """What differs as the file says is no failure, and everything else is still verified."""
    finished = run_with(tmp_path, deviating(), ENTRY)

    assert 0 == finished.status, finished.output
    assert "known deviation: createWebhook 200 undocumented-status: met " in finished.output


def test_a_known_deviation_does_not_hide_another_defect(tmp_path: Path) -> None:
    """The model goes on behind it and meets the other one."""
    finished = run_with(tmp_path, deviating(also_update=True), ENTRY)

    assert 1 == finished.status
    assert "1. updateWebhook: the message 'Done' is not documented." in finished.output


def test_a_run_in_which_a_deviation_no_longer_occurs_fails(tmp_path: Path) -> None:
    """The entry is named with its line."""
    finished = run_with(tmp_path, create_app(fresh_state()), ENTRY)

    assert 1 == finished.status
    assert "deviations.yaml:1: no longer occurs: remove the entry" in finished.output


def test_a_part_of_the_suite_does_not_judge_an_entry(tmp_path: Path) -> None:
    """With -k it may simply not have been met."""
    finished = run_with(tmp_path, create_app(fresh_state()), ENTRY, "-k", "authentication")

    assert 0 == finished.status, finished.output


def test_a_wrong_file_ends_the_run_before_it_begins(tmp_path: Path) -> None:
    """One line, and nothing is sent."""
    path = write(tmp_path, "- x\n")
    finished = run("--deviations", str(path), "--mock-command", "false")

    assert 4 == finished.status
    assert finished.output.startswith("ERROR: ")
    assert "deviations.yaml:1: expected the fields" in finished.output
