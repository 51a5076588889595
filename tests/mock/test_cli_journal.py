"""`mipos-mock journal`."""

from __future__ import annotations

import json
import re
import signal
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from mipos_mock.cli.client import Answer, Client
from mipos_mock.cli.errors import Failure
from tests.mock.cli_support import (
    ended,
    mock,
    run,
    started,
)
from tests.mock.support import ACCEPT, BETA, LIST, fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mock.receiver import Receiver


def test_journal_shows_what_happened(url: str) -> None:
    """The journal has a line for each thing; problems can be picked out, also those long ago."""
    for _ in range(2):
        fetch(url, "POST", ACCEPT, b"{}")
    for _ in range(2):
        fetch(url, "GET", LIST)
    everything = run("journal", url=url)
    newest = run("journal", "--limit", "1", "--kind", "call", "--account", "alpha", url=url)
    problems = run("journal", "--problems", "--limit", "1", url=url)
    as_json = run("journal", "--problems", "--json", url=url)
    none = run("journal", "--kind", "push", url=url)
    exact = run("journal", "--json", "--limit", "50", url=url)

    assert ["1", "2", "3", "4"] == [line.split()[0] for line in everything.out.splitlines()]
    assert ["4"] == [line.split()[0] for line in newest.out.splitlines()]
    assert ["2"] == [line.split()[0] for line in problems.out.splitlines()]
    assert re.search(r"  ! POST \S+/order/accept  422  [0-9.]+ ms", problems.out)
    assert [1, 2] == [each["id"] for each in as_json.json["entries"]]
    assert (4, 0) == (as_json.json["last"], as_json.json["dropped"])
    assert "nothing happened\n" == none.out
    assert fetch(url, "GET", "/_mock/journal?limit=50").body.decode() + "\n" == exact.out


def test_entry_of_the_journal_is_shown_whole(url: str) -> None:
    """An entry shows what was sent and answered and how to mend it, but no token."""
    fetch(url, "POST", ACCEPT, b"{}")
    finished = run("journal", "show", "1", url=url)
    lines = [line.strip() for line in finished.out.splitlines()]

    assert ["method     POST", "path       /api/v1/integration/order/accept"] == lines[2:4]
    assert any(line.startswith("violation  ") for line in lines)
    assert '"The store id field is required."' in finished.out
    assert "mock-token" not in finished.out
    assert 1 == run("journal", "show", "99", url=url).code


def test_push_in_the_journal_is_shown_whole(loop: tuple[str, Receiver]) -> None:
    """An entry about a push shows its headers and both bodies."""
    url, receiver = loop
    run("order", "place", "--wait", "10", url=url)
    entries = run("journal", "--kind", "push", "--json", url=url).json["entries"]
    finished = run("journal", "show", str(entries[0]["id"]), url=url)

    assert f"url      {receiver.url}/orders" in finished.out
    assert "Content-Type" in finished.out
    assert '"message": "stored"' in finished.out


@pytest.mark.parametrize("option", ["--json", "--account=alpha"])
def test_journal_is_followed(url: str, option: str) -> None:
    """Following shows what was and what comes, each once, as lines, until Ctrl-C."""
    fetch(url, "GET", LIST)
    arguments = ("journal", "--follow", "--kind", "call", option)
    with started(*arguments, env={"MIPOS_MOCK_URL": url}) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        run("reset", "--account", "beta", url=url)
        fetch(url, "GET", "/api/v1/integration/order/accept")
        lines.append(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        finished = ended(process)
    shown = [json.loads(line)["title"] if option == "--json" else line for line in lines]

    assert [1, 1] == [line.count("\n") for line in lines]
    assert "GET /api/v1/integration/webhooks" in shown[0]
    assert "GET /api/v1/integration/order/accept" in shown[1]
    assert (130, "", "") == finished


def test_following_keeps_to_an_account(url: str) -> None:
    """With --account what others do is passed over."""
    arguments = ("journal", "--follow", "--account", "alpha", "--json")
    fetch(url, "GET", LIST)
    with started(*arguments, env={"MIPOS_MOCK_URL": url}) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        fetch(url, "GET", LIST, authorization=BETA)
        fetch(url, "GET", LIST)
        second = json.loads(process.stdout.readline())

    assert [(1, "alpha"), (3, "alpha")] == [
        (each["id"], each["account"]) for each in (first, second)
    ]


def test_following_picks_out_problems(url: str) -> None:
    """Following with --problems passes over what went well."""
    arguments = ("journal", "--follow", "--problems", "--json")
    fetch(url, "GET", LIST, authorization="Bearer wrong")
    with started(*arguments, env={"MIPOS_MOCK_URL": url}) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        fetch(url, "GET", LIST)
        fetch(url, "GET", LIST, authorization="Bearer wrong")
        second = json.loads(process.stdout.readline())

    assert [(1, 401), (3, 401)] == [(each["id"], each["status"]) for each in (first, second)]


def test_end_of_the_mock_ends_following() -> None:
    """When the mock ends so does the command, with one line and exit code 3."""
    with ExitStack() as stack:
        with mock() as url:
            fetch(url, "GET", LIST)
            process = stack.enter_context(started("journal", "-f", env={"MIPOS_MOCK_URL": url}))
            assert process.stdout is not None
            process.stdout.readline()
            fetch(url, "GET", LIST)
            process.stdout.readline()  # by now it follows
        code, _, errors = ended(process)

    assert (3, 1) == (code, len(errors.splitlines()))
    assert errors.startswith("mipos-mock: ")


def test_following_goes_on_after_a_break(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the answer ends the command asks again, from where it was, unless nothing came."""
    entries = {
        3: {"id": 7, "kind": "call", "problem": True},
        7: {"id": 9, "kind": "push", "problem": True},
    }

    def get(_client: Client, *_path: str, query: object) -> Answer:
        return Answer("", {"entries": [], "last": 3, "query": query})

    def events(_client: Client, query: dict[str, int]) -> Iterator[Answer]:
        if query["after"] in entries:
            yield Answer("", entries[query["after"]])

    monkeypatch.setattr(Client, "get", get)
    monkeypatch.setattr(Client, "events", events)
    finished = run("journal", "--follow", "--json", "--problems")

    assert (3, 1) == (finished.code, len(finished.err.splitlines()))
    assert list(entries.values()) == [json.loads(line) for line in finished.out.splitlines()]


def test_following_an_unknown_account_is_refused(url: str) -> None:
    """An account that there is not is told in one line, with exit code 1."""
    finished = run("journal", "--follow", "--account", "nobody", url=url)

    assert (1, "", 1) == (finished.code, finished.out, len(finished.err.splitlines()))


def test_events_that_are_refused_are_told(url: str) -> None:
    """What the mock says instead of events is raised."""
    with pytest.raises(Failure, match="'nobody' is unknown"):
        next(Client(url).events({"account": "nobody"}))
