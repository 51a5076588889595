"""Removing what a run created, from a target that does not play along."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mipos_contract import cleanup, connection
from mipos_contract.confinement import Confinement
from mipos_contract.settings import from_environment
from mipos_mock.app import create_app
from mipos_mock.operations import OPERATIONS
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.contract.suite import LIVE, WRITES, command, environment, run
from tests.contract.transport import Reply, Seen, on_reply

if TYPE_CHECKING:
    from pathlib import Path

    from mipos_mock.state import State


def test_a_target_that_does_not_answer_is_not_asked_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After three deletes without an answer the rest is reported, and not tried."""
    monkeypatch.setattr(cleanup, "_CALL_SECONDS", 0.2)
    deleted, release = list[str](), threading.Event()

    def hang(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "delete":
            deleted.append(seen.path)
            release.wait()
        return reply

    with running(on_reply(create_app(fresh_state()), hang)) as base_url:
        settings = from_environment(
            {**LIVE, "MIPOS_OTHER_ACCESS_TOKEN": "", "MIPOS_BASE_URL": base_url}
        )
        assert settings is not None
        target = connection.to_deployment(settings, Confinement(allow_writes=True))
        urls = [f"{target.confinement.prefix}{number}" for number in range(9)]
        target.touched[target.account.account] = dict.fromkeys(urls)

        found = cleanup.remove_leftovers(target)

        release.set()
        target.close()

    assert urls == found.unsure
    assert [] == found.left
    # The first blocks the server's only thread; the others wait behind it.
    assert 1 <= len(deleted) <= 3
    assert "MAY BE LEFT BEHIND: 9 webhooks" in "\n".join(found.lines(target.confinement.prefix))


RUN = "mipos-contract-0123456789ab"
OTHER_RUN = "mipos-contract-ba9876543210"


def state_after_kills() -> State:
    """Return a state in which two killed runs left webhooks, beside those of others."""
    state = fresh_state()
    for run_name, accounts in ((RUN, ("alpha", "beta")), (OTHER_RUN, ("alpha",))):
        for account in accounts:
            for number in range(3):
                url = f"https://{run_name}.invalid/model/{number}"
                state.accounts[account].webhooks[url] = "ORDER"
    for url in FOREIGN:
        state.accounts["alpha"].webhooks[url] = "ORDER"
    return state


FOREIGN = [
    "https://pos.example/orders",
    "https://mipos-contract-0123456789ab.example/",
    "https://mipos-contract-kitchen.invalid/",
    "http://mipos-contract-0123456789ab.invalid/",
    "https://pos.example/https://mipos-contract-0123456789ab.invalid/",
]


@pytest.mark.parametrize(
    ("arguments", "left"), [((), FOREIGN), ((RUN,), [*FOREIGN, OTHER_RUN])], ids=["all", "one"]
)
def test_what_killed_runs_left_is_removed(arguments: tuple[str, ...], left: list[str]) -> None:
    """In both accounts: of every run, or of the one that is named; and nothing else goes."""
    state = state_after_kills()
    with running(create_app(state)) as base_url:
        variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url}
        finished = run("--cleanup", *arguments, variables=variables)

    listed = [url for account in ("alpha", "beta") for url in state.accounts[account].webhooks]
    assert 0 == finished.status, finished.output
    assert sorted(left) == sorted({OTHER_RUN if OTHER_RUN in url else url for url in listed})
    assert f"cleaned up: {9 if not arguments else 6} webhooks removed\n" == finished.output


def test_what_a_killed_run_left_is_removed_by_its_name(tmp_path: Path) -> None:
    """The name that a killed run used is in the URLs that it left."""
    state = fresh_state()
    with running(create_app(state)) as base_url:
        # What it cannot remove any more once it is killed goes with the test.
        variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url, "TMPDIR": str(tmp_path)}
        process = subprocess.Popen(  # noqa: S603 - the command is ours
            command("-k", "test_many_webhooks_last"),
            env=environment(variables),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not state.accounts["alpha"].webhooks and process.poll() is None:
            time.sleep(0.001)
        process.kill()
        assert -signal.SIGKILL == process.wait()
        url = next(iter(state.accounts["alpha"].webhooks))
        finished = run("--cleanup", url.split("/")[2].removesuffix(".invalid"), variables=variables)

    assert 0 == finished.status, finished.output
    assert {} == state.accounts["alpha"].webhooks


@pytest.mark.parametrize(
    ("arguments", "changes", "said"),
    [
        (("kitchen",), {}, "--cleanup has 'kitchen': expected the name of a run"),
        ((), {"MIPOS_ALLOW_WRITES": "0"}, "--cleanup deletes webhooks: allow it with MIPOS_ALLOW"),
        ((), {"MIPOS_ACCESS_TOKEN": "wrong"}, "MIPOS_ACCESS_TOKEN is refused by"),
    ],
)
def test_a_cleanup_that_cannot_be_made_is_one_line(
    arguments: tuple[str, ...], changes: dict[str, str], said: str
) -> None:
    """Nothing is removed."""
    state = state_after_kills()
    with running(create_app(state)) as base_url:
        variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url, **changes}
        finished = run("--cleanup", *arguments, variables=variables)

    assert 4 == finished.status
    assert finished.output.startswith(f"ERROR: {said}")
    assert 1 == finished.output.count("\n")
    assert 11 == len([*state.accounts["alpha"].webhooks])


def test_a_cleanup_needs_a_deployment() -> None:
    """The mock of a run ends with it."""
    finished = run("--cleanup")

    assert 4 == finished.status
    assert "ERROR: --cleanup needs a deployment: set MIPOS_BASE_URL.\n" == finished.output


def test_a_cleanup_that_does_not_succeed_fails() -> None:
    """What is left is listed."""
    state = state_after_kills()
    operations = {
        **OPERATIONS,
        "delete_webhook": replace(
            OPERATIONS["delete_webhook"], run=OPERATIONS["list_webhooks"].run
        ),
    }
    with running(create_app(state, operations)) as base_url:
        finished = run("--cleanup", variables={**LIVE, **WRITES, "MIPOS_BASE_URL": base_url})

    assert 1 == finished.status
    assert "LEFT BEHIND: 9 webhooks under https://mipos-contract-*.invalid/" in finished.output
