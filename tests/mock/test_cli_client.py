"""How commands reach a mock, what they print, and with which exit code they end."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from mipos_mock.cli.client import Answer, Client
from mipos_mock.cli.errors import Unreachable
from tests.mock.cli_support import (
    COMMAND,
    closed_loop,
    ended,
    environment,
    mock,
    run,
    started,
)
from tests.mock.receiver import Connection, Received, answering, receiving, sending, silent
from tests.mock.support import fetch

if TYPE_CHECKING:
    from tests.mock.receiver import Script

MARK = ("X-Mipos-Mock", "control")
CUT_OFF = b"HTTP/1.1 200 OK\r\nX-Mipos-Mock: control\r\nContent-Length: 9\r\n\r\n{"


@pytest.mark.parametrize("variables", [{}, {"MIPOS_MOCK_SECRET": "s3cret"}])
def test_unreachable_mock_is_told_in_one_line(variables: dict[str, str]) -> None:
    """When nothing listens, one line names the address and the remedy, and the exit code is 3."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        address = f"http://127.0.0.1:{sock.getsockname()[1]}"
    finished = run("order", "list", url=address, env=variables)
    expected = (
        f"mipos-mock: no mock answers at {address} (Connection refused): start one with "
        "mipos-mock serve, or name another with --url or MIPOS_MOCK_URL\n"
    )

    assert (3, "", expected) == (finished.code, finished.out, finished.err)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (answering(200, b"{}"), "is no mipos-mock, its answer lacks the header X-Mipos-Mock: "),
        (answering(404, b"nothing"), "is no mipos-mock, its answer lacks the header "),
        (answering(200, b"<html>", [MARK]), "is no mipos-mock, its answer is none of a mock's: "),
        (answering(500, b"[]", [MARK]), "is no mipos-mock, its answer is none of a mock's: "),
        (sending(b"SSH-2.0-OpenSSH_9.2\r\n"), "is no mipos-mock, it does not speak HTTP: "),
        (sending(b""), "ended without an answer: "),
        (sending(CUT_OFF), "ended ("),
    ],
    ids=["other", "not-found", "page", "no-error", "ssh", "nothing", "cut-off"],
)
def test_what_is_no_mock_is_told_in_one_line(script: Script, told: str) -> None:
    """Another server at the address is called what it is, and the exit code is 3."""
    with receiving(script) as receiver:
        # The receiver answers what has a body.
        finished = run("reset", url=receiver.url)

    assert (3, "", 1) == (finished.code, finished.out, len(finished.err.splitlines()))
    assert finished.err.startswith("mipos-mock: ")
    assert f"{receiver.url} {told}" in finished.err


def test_mock_that_does_not_answer_is_told() -> None:
    """When the time for an answer is over, the error names the mock and the time."""
    with receiving(silent) as receiver, pytest.raises(Unreachable) as caught:
        Client(receiver.url).post("reset", patience=0.1)
    expected = (
        f"the mock at {receiver.url} has not answered within 0.1 s: "
        "see what it does, or start it again"
    )

    assert (3, expected) == (caught.value.exit_code, caught.value.message)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:8080",
        "https://127.0.0.1:8080",
        "http://",
        "http://127.0.0.1:port",
        "http://127.0.0.1:8080/_mock/",
        "http://127.0.0.1:8080/?x=1",
    ],
)
def test_address_that_is_none_is_told_in_one_line(address: str) -> None:
    """An address that cannot be is named, with the remedy, and the exit code is 2."""
    finished = run("order", "list", "--url", address)
    expected = (
        f"mipos-mock: the mock's address {address!r} is none: "
        "give http://HOST:PORT with --url or in MIPOS_MOCK_URL\n"
    )

    assert (2, "", expected) == (finished.code, finished.out, finished.err)


@pytest.mark.parametrize(
    "address", ["http://user:hidden@127.0.0.1", "http://127.0.0.1:8080/_mock/#secret=hidden"]
)
def test_secret_in_an_address_is_not_repeated(address: str) -> None:
    """The error about an address leaves out user, password and fragment."""
    finished = run("order", "list", "--url", address)

    assert 2 == finished.code
    assert "hidden" not in finished.err


def test_slash_at_the_end_of_an_address_is_no_mistake(url: str) -> None:
    """An address may end in a slash."""
    assert 0 == run("order", "list", "--url", f"{url}/").code


def test_option_goes_before_the_environment(url: str) -> None:
    """The address in --url is taken, not that of the environment."""
    finished = run("order", "list", "--url", url, url="http://127.0.0.1:1")

    assert 0 == finished.code


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "order", "list"),
        ("order", "--json", "list"),
        ("order", "list", "--json"),
    ],
)
def test_json_option_stands_before_or_after_the_command(
    url: str, arguments: tuple[str, ...]
) -> None:
    """Wherever --json stands, the output is the document that the mock answers."""
    finished = run(*arguments, url=url)
    expected = fetch(url, "GET", "/_mock/orders").body.decode()

    assert (0, f"{expected}\n", "") == (finished.code, finished.out, finished.err)


@pytest.mark.parametrize(
    "arguments", [("--url", "{}", "order", "list"), ("order", "list", "--url", "{}")]
)
def test_url_option_stands_before_or_after_the_command(
    url: str, arguments: tuple[str, ...]
) -> None:
    """Wherever --url stands, it is taken."""
    assert 0 == run(*(each.format(url) for each in arguments)).code


def test_refusal_is_told_in_one_line(url: str) -> None:
    """What the mock refuses is said in its words, and the exit code is 1."""
    finished = run("fault", "set", "sulk", url=url)

    assert (1, "", 1) == (finished.code, finished.out, len(finished.err.splitlines()))
    assert finished.err.startswith('mipos-mock: kind is "sulk": send one of error, ')


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("account", "delete", "nobody", "--json"), 1),
        (("order", "show", "--json"), 2),
        (("order", "list", "--json", "--url", "http://127.0.0.1:1"), 3),
    ],
)
def test_error_with_json_is_json_on_standard_error(
    url: str, arguments: tuple[str, ...], code: int
) -> None:
    """With --json an error is an object on standard error, and standard output stays empty."""
    finished = run(*arguments, url=url)

    assert (code, "", 1) == (finished.code, finished.out, len(finished.err.splitlines()))
    assert ["error"] == list(json.loads(finished.err))


def test_wait_shows_what_happened(url: str) -> None:
    """An order that is not accepted in time ends with 1 and the timeline on standard error."""
    run("order", "place", "--external-id", "lonely", url=url)
    finished = run("order", "wait", "lonely", "--timeout", "0", url=url)
    head, *timeline = finished.err.splitlines()

    assert (1, "") == (finished.code, finished.out)
    assert head.startswith("mipos-mock: order lonely (store 3, delivery 1) was not accepted within")
    assert 1 == len(timeline)
    assert "placed, pushed nowhere: alpha has no ORDER webhook" in timeline[0]


def test_wait_is_not_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wait leaves the mock more time to answer than it is told to wait."""
    seen: list[tuple[object, object]] = []

    def get(_client: Client, *_path: str, query: dict[str, float], patience: float) -> Answer:
        seen.append((query["timeout"], patience))
        return Answer("{}", {"status": "delivered"})

    monkeypatch.setattr(Client, "get", get)
    code = run("push", "wait", "1", "--timeout", "50", "--json").code

    assert (0, [(50.0, 80.0)]) == (code, seen)


def test_advancing_the_clock_may_take_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """While pushes fall due, however many, the command waits for the answer."""
    seen: list[object] = []

    def post(_client: Client, *_path: str, body: object, patience: float | None) -> Answer:
        seen.append((body, patience))
        return Answer("{}", {})

    monkeypatch.setattr(Client, "post", post)
    code = run("clock", "advance", "10m", "--json").code

    assert (0, [({"seconds": 600.0}, None)]) == (code, seen)


def test_reader_that_leaves_is_no_error() -> None:
    """When nobody reads the output to its end the command ends quietly, with exit code 0."""
    read, write = os.pipe()
    os.close(read)
    with mock() as address:
        pid = os.posix_spawn(
            COMMAND[0],
            [*COMMAND, "order", "list"],
            environment({"MIPOS_MOCK_URL": address}),
            file_actions=[(os.POSIX_SPAWN_DUP2, write, 1), (os.POSIX_SPAWN_DUP2, write, 2)],
        )
        os.close(write)
        _, status = os.waitpid(pid, 0)

    assert 0 == os.waitstatus_to_exitcode(status)


def test_interrupt_is_quiet() -> None:
    """Ctrl-C during a wait ends with 130 and prints nothing."""
    asked = threading.Event()

    def script(connection: Connection, _received: Received) -> None:
        asked.set()
        connection.closing.wait()

    with (
        receiving(script) as receiver,
        started("reset", env={"MIPOS_MOCK_URL": receiver.url}) as process,
    ):
        assert asked.wait(10)
        process.send_signal(signal.SIGINT)
        finished = ended(process)

    assert (130, "", "") == finished


def test_text_from_elsewhere_cannot_steer_the_terminal(url: str) -> None:
    """Escape sequences in a value are shown, not sent to the terminal."""
    name = 'customer="\\u001b]0;owned\\u0007"'
    finished = run("order", "place", "--set", name, url=url, terminal=True, env={"NO_COLOR": "1"})

    assert "\\x1b]0;owned\\x07" in finished.out
    assert "\x1b" not in finished.out


def test_error_from_elsewhere_cannot_steer_the_terminal() -> None:
    """Escape sequences in what the mock refuses with are shown, too; its lines stay lines."""
    with receiving(answering(400, b'{"error": "no\\u001b[2J\\n  why"}', [MARK])) as receiver:
        finished = run("reset", url=receiver.url)

    assert "mipos-mock: no\\x1b[2J\n  why\n" == finished.err


def test_text_that_cannot_be_encoded_is_no_error(url: str) -> None:
    """A locale without the letters of an order shows their numbers instead."""
    with started(
        "order",
        "place",
        "--set",
        "customer=Łukasz",
        env={"MIPOS_MOCK_URL": url, "PYTHONIOENCODING": "latin-1"},
    ) as process:
        code, out, errors = ended(process)

    assert (0, "") == (code, errors)
    assert "\\u0141ukasz" in out


@pytest.mark.parametrize(
    ("variables", "terminal", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colours_are_for_terminals(
    url: str, variables: dict[str, str], *, terminal: bool, coloured: bool
) -> None:
    """Output is coloured on a terminal only, and not if the environment says so."""
    finished = run("order", "list", url=url, terminal=terminal, env=variables)

    assert coloured == ("\x1b[33mpending" in finished.out)


def test_push_that_is_given_up_is_shown_and_fails() -> None:
    """Waiting for a push that is given up prints it, and ends with 1 and the reason."""
    with closed_loop() as (url, receiver):
        receiver.script = answering(500, b"down")
        run("order", "place", url=url)
        receiver.wait_for(1)
        advanced = run("clock", "advance", "1h", url=url)
        finished = run("push", "wait", "1", url=url)
        as_json = run("push", "wait", "1", "--json", url=url)

    assert (0, 1, 1) == (advanced.code, finished.code, as_json.code)
    assert "push 1  given up" in finished.out
    assert 6 == finished.out.count("500")
    assert "mipos-mock: push 1 to " in finished.err
    assert "is given up" in finished.err
    assert "given up" == as_json.json["status"]
    assert ["error"] == list(json.loads(as_json.err))
