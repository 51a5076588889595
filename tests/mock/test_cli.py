"""`mipos-mock serve` as a process of its own, and mistakes on the command line."""

import re
import shlex
import signal
import socket
import sys
from urllib.parse import urlsplit

import pytest

from mipos_mock import __version__
from mipos_mock.sending.addresses import AddressPolicy
from mipos_mock.sending.sender import Sender
from mipos_mock.sockets import listen, url_of
from tests.mock.cli_support import ended, register, run, serving, started, url_in
from tests.mock.receiver import answering, receiving
from tests.mock.support import fetch


@pytest.fixture(autouse=True)
def nobody_serves_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that should not have started fails the test instead of going on for ever."""

    def serve(_server: object, sockets: list[socket.socket]) -> None:
        raise AssertionError(sockets)

    monkeypatch.setattr("uvicorn.Server.run", serve)


def test_first_line_is_the_address() -> None:
    """The first line is the fixed text and an address that answers."""
    with serving() as (_, line):
        reply = fetch(url_in(line), "GET", "/_mock/")

    assert re.fullmatch(r"MiPOS mock listening on http://127\.0\.0\.1:[0-9]+\n", line)
    assert 200 == reply.status


def test_banner_tells_tokens_secrets_and_stores() -> None:
    """The banner goes on with every token, its secret and its stores."""
    with serving() as (process, _):
        process.send_signal(signal.SIGTERM)
        _, banner, _ = ended(process)
    rows = [line.split(maxsplit=3) for line in banner.splitlines() if "mock-secret-" in line]
    expected = [
        ["alpha", "mock-token-alpha", "mock-secret-alpha", "3, 10"],
        ["beta", "mock-token-beta", "mock-secret-beta", "4"],
        ["signed-out", "mock-token-signed-out", "mock-secret-signed-out", "-"],
        ["deleted", "mock-token-deleted", "mock-secret-deleted", "-"],
        ["read-only", "mock-token-read-only", "mock-secret-read-only", "-"],
    ]

    assert expected == rows


def test_lines_of_the_banner_work() -> None:
    """What it says to type next, read as a shell reads it, registers a POS and places an order."""
    with serving() as (process, first):
        assert process.stdout is not None
        lines: list[str] = []
        while "Stop: Ctrl-C" not in lines:
            lines.append(process.stdout.readline().strip())
        (curl,) = (shlex.split(line) for line in lines if line.startswith("curl "))
        (order,) = (shlex.split(line) for line in lines if line.startswith("mipos-mock "))
        url = url_in(first)
        (console,) = (line.split()[-1] for line in lines if line.startswith("Console: "))
        header, body = curl[2], curl[6]
        token = header.removeprefix("Authorization: ")
        registered = fetch(url, "POST", curl[7].removeprefix(url), body.encode(), token)
        placed = run(*order[1:], "--wait", "0")

    assert f"{url}/_mock/" == console
    assert ["curl", "-H", "-H", "-d"] == [curl[0], curl[1], curl[3], curl[5]]
    assert "Content-Type: application/json" == curl[4]
    assert 201 == registered.status
    assert (1, 1) == (placed.code, placed.out.count("placed"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_stop_it_cleanly(number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end it with exit code 0 and nothing on standard error."""
    with serving() as (process, line):
        fetch(url_in(line), "GET", "/_mock/")
        process.send_signal(number)
        code, _, errors = ended(process)

    assert (0, "") == (code, errors)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_stop_it_while_it_starts(number: signal.Signals) -> None:
    """A signal that comes as soon as the address is printed ends it just as cleanly."""
    with serving() as (process, _):
        process.send_signal(number)
        code, _, errors = ended(process)

    assert (0, "") == (code, errors)


def test_half_a_request_does_not_keep_it_from_stopping() -> None:
    """A client that never finishes its request causes neither a hang nor a traceback."""
    with serving() as (process, line):
        url = urlsplit(url_in(line))
        with socket.create_connection((url.hostname, url.port), timeout=10) as sock:
            head = b"POST /_mock/reset HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\n"
            sock.sendall(head + b"Content-Type: application/json\r\nContent-Length: 9\r\n\r\n")
            sock.recv(100)  # the server has asked for the body, so it waits for it
            process.send_signal(signal.SIGINT)
            code, _, errors = ended(process)

    assert (0, "") == (code, errors)


def test_requests_are_not_logged() -> None:
    """Neither requests nor bytes that are no HTTP leave a line."""
    with serving() as (process, line):
        url = urlsplit(url_in(line))
        with socket.create_connection((url.hostname, url.port), timeout=10) as sock:
            sock.sendall(b"no http\r\n\r\n")
            sock.recv(100)
        fetch(url_in(line), "GET", "/_mock/state")
        process.send_signal(signal.SIGTERM)
        _, banner, errors = ended(process)

    assert ("Stop: Ctrl-C", "") == (banner.splitlines()[-1], errors)


def test_signal_before_the_server_is_ready_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal that comes before there is a server is kept, so none is announced or started."""
    served: list[str] = []

    def serve(_server: object, sockets: list[socket.socket]) -> None:
        served.extend(url_of(sock) for sock in sockets)

    def interrupted(host: str, port: int) -> socket.socket:
        signal.raise_signal(signal.SIGINT)
        return listen(host, port)

    monkeypatch.setattr("mipos_mock.cli.serve.listen", interrupted)
    monkeypatch.setattr("uvicorn.Server.run", serve)

    finished = run("serve", "--port", "0")

    assert (0, "", "", []) == (finished.code, finished.out, finished.err, served)


def test_port_in_use_is_told_in_one_line() -> None:
    """A taken port is named, with the remedy, and the exit code is 2."""
    with listen("127.0.0.1", 0) as sock:
        port = sock.getsockname()[1]
        finished = run("serve", "--port", str(port))
    expected = (
        f"mipos-mock: cannot listen on host '127.0.0.1', port {port}: Address already in use; "
        "give a free --port (0 picks one) and a --host of this machine\n"
    )

    assert (2, expected) == (finished.code, finished.err)


@pytest.mark.parametrize("host", ["203.0.113.1", "no.such.host.invalid", "", "x" * 70, "\u0661."])
def test_bad_host_is_told_in_one_line(host: str) -> None:
    """A host that cannot be bound is named, with the remedy, and the exit code is 2."""
    finished = run("serve", "--host", host, "--port", "0")

    assert (2, 1) == (finished.code, len(finished.err.splitlines()))
    assert finished.err.startswith(f"mipos-mock: cannot listen on host {host!r}, port 0: ")


@pytest.mark.parametrize("port", ["65536", "-1", "x", "", "8080 ", "\u0661", "9" * 5000])
def test_bad_port_is_told_in_one_line(port: str) -> None:
    """A port that is none is named, with the remedy, and the exit code is 2."""
    finished = run("serve", f"--port={port}")
    expected = (
        f"mipos-mock: --port: {port!r} is no port: give a number from 0 to 65535 "
        "(try: mipos-mock serve --help)\n"
    )

    assert (2, expected) == (finished.code, finished.err)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--allow-push-to", "pos.example"], "--allow-push-to 'pos.example' is a host name: "),
        (["--push-timeout", "0"], "--push-timeout: 0 leaves no time to answer: "),
        (["--push-timeout", "soon"], "--push-timeout: 'soon' is no length of time: "),
    ],
)
def test_bad_push_options_are_told_in_one_line(arguments: list[str], problem: str) -> None:
    """An option about pushes that cannot be is named, with the remedy, and the exit code is 2."""
    finished = run("serve", "--port", "0", *arguments)

    assert (2, "", 1) == (finished.code, finished.out, len(finished.err.splitlines()))
    assert finished.err.startswith(f"mipos-mock: {problem}")


def test_pushes_follow_redirects_if_so_asked() -> None:
    """With --follow-redirects a push ends where the receiver sends it on to."""
    with (
        receiving() as target,
        receiving(answering(307, headers=[("Location", f"{target.url}/moved")])) as moved,
        serving("--follow-redirects") as (_, line),
    ):
        register(url_in(line), moved.url)
        run("order", "place", url=url_in(line))
        delivered = run("push", "wait", "1", "--timeout", "10", url=url_in(line))

    assert 0 == delivered.code
    assert ["POST /moved HTTP/1.1"] == [each.line for each in target.received]


def test_options_about_pushes_reach_the_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pushes may go to loopback and what was given, and take as long as was given."""
    policies: list[AddressPolicy] = []
    options: list[dict[str, object]] = []

    def noting(policy: AddressPolicy, **others: object) -> Sender:
        policies.append(policy)
        options.append(others)
        return Sender(policy)

    def serve(_server: object, sockets: list[socket.socket]) -> None:
        assert sockets

    monkeypatch.setattr("mipos_mock.sending.sender.Sender", noting)
    monkeypatch.setattr("uvicorn.Server.run", serve)
    finished = run(
        *("serve", "--port", "0", "--push-timeout", "2m"),
        *("--allow-push-to", "10.0.0.0/8", "--allow-push-to", "192.0.2.1"),
    )

    assert (0, [{"timeout": 120.0, "follow_redirects": False}]) == (finished.code, options)
    assert [True, True, True, False] == [
        policies[0].allows(ip) for ip in ("127.0.0.1", "10.1.2.3", "192.0.2.1", "192.0.2.2")
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("sing",),
        ("serve", "--prot", "1"),
        ("serve", "x"),
        ("order",),
        ("order", "show"),
        ("journal", "--kind", "sort"),
        ("completion", "tcsh"),
        ("--json", "serve"),
        ("--url", "http://127.0.0.1:1", "completion", "bash"),
    ],
)
def test_bad_usage_is_told_in_one_line(arguments: tuple[str, ...]) -> None:
    """A mistake on the command line points to the help, and the exit code is 2."""
    finished = run(*arguments)

    assert (2, "", 1) == (finished.code, finished.out, len(finished.err.splitlines()))
    assert "--help)" in finished.err


@pytest.mark.parametrize(
    "arguments", [["order", "list", "--help"], ["serve", "--host", "203.0.113.1"]]
)
def test_what_takes_long_to_import_is_not_imported_for_little(arguments: list[str]) -> None:
    """Neither a help nor a failure to listen waits for the server's modules or the client's."""
    code = (
        "import sys; from mipos_mock.cli import main; main(sys.argv[1:]); "
        "sys.exit(' '.join({'uvicorn', 'http.client', 'h11'} & set(sys.modules)) or 0)"
    )
    with started(*arguments, command=[sys.executable, "-c", code]) as process:
        _, _, errors = ended(process)

    assert [] == [line for line in errors.splitlines() if not line.startswith("mipos-mock: ")]


def test_version_is_the_package_s() -> None:
    """The command tells its version."""
    finished = run("--version")

    assert (0, f"mipos-mock {__version__}\n") == (finished.code, finished.out)
