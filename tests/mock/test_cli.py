"""The command, as a process of its own."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from mipos_mock.cli import main
from mipos_mock.sockets import listen, url_of
from tests.mock.support import fetch

COMMAND = [sys.executable, "-m", "mipos_mock"]


@contextmanager
def serving(*arguments: str) -> Generator[tuple[subprocess.Popen[str], str], None, None]:
    """Starts the command on a free port and gives the process and its first line."""
    with subprocess.Popen(  # noqa: S603 - the command under test
        [*COMMAND, "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # With this variable set, output that is never flushed would arrive all the same.
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


def url_in(line: str) -> str:
    """The URL at the end of the first line."""
    return line.removeprefix("MiPOS mock listening on ").removesuffix("\n")


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Waits for the end and gives the exit code and what is left of output and errors."""
    assert process.stdout is not None
    assert process.stderr is not None
    return process.wait(10), process.stdout.read(), process.stderr.read()


def test_first_line_is_the_address() -> None:
    """The first line is the fixed text and an address that answers."""
    with serving() as (_, line):
        reply = fetch(url_in(line), "GET", "/_mock/")

    assert re.fullmatch(r"MiPOS mock listening on http://127\.0\.0\.1:[0-9]+\n", line)
    assert 200 == reply.status


def test_banner_tells_tokens_and_stores() -> None:
    """The banner goes on with every token and its stores."""
    with serving() as (process, _):
        process.send_signal(signal.SIGTERM)
        _, banner, _ = ended(process)
    rows = [line.split(maxsplit=2) for line in banner.splitlines() if "mock-token-" in line]
    expected = [
        ["alpha", "mock-token-alpha", "3, 10"],
        ["beta", "mock-token-beta", "4"],
        ["signed-out", "mock-token-signed-out", "-"],
        ["deleted", "mock-token-deleted", "-"],
        ["read-only", "mock-token-read-only", "-"],
    ]

    assert expected == rows


def test_curl_line_of_the_banner_works() -> None:
    """The line that adds an order, read as a shell reads it, adds one."""
    with serving() as (process, first):
        assert process.stdout is not None
        line = next(line for line in process.stdout if line.strip().startswith("curl "))
        command, option, header, data_option, data, url = shlex.split(line)
        reply = fetch(url_in(first), "POST", "/_mock/orders", data.encode())

    expected = ("curl", "-H", "Content-Type: application/json", "-d")

    assert expected == (command, option, header, data_option)
    assert f"{url_in(first)}/_mock/orders" == url
    assert 201 == reply.status


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
            head = b"POST /_mock/reset HTTP/1.1\r\nHost: mock\r\nExpect: 100-continue\r\n"
            sock.sendall(head + b"Content-Length: 9\r\n\r\n")
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


def finished(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, tuple[str, str]]:
    """Runs the command in this process and gives its exit code, output and errors."""
    handlers = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
    captured = capsys.readouterr()
    return code, (captured.out, captured.err)


def test_signal_before_the_server_is_ready_ends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A signal that comes before there is a server is kept, so none is announced or started."""
    served: list[str] = []

    def serve(_server: object, sockets: list[socket.socket]) -> None:
        served.extend(url_of(sock) for sock in sockets)

    def interrupted(host: str, port: int) -> socket.socket:
        signal.raise_signal(signal.SIGINT)
        return listen(host, port)

    monkeypatch.setattr("mipos_mock.cli.listen", interrupted)
    monkeypatch.setattr("uvicorn.Server.run", serve)

    code, printed = finished(capsys, "serve", "--port", "0")

    assert (0, ("", ""), []) == (code, printed, served)


def test_port_in_use_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A taken port is named, with the remedy, and the exit code is 2."""
    with listen("127.0.0.1", 0) as sock:
        port = sock.getsockname()[1]
        code, (_, errors) = finished(capsys, "serve", "--port", str(port))
    expected = (
        f"mipos-mock: cannot listen on host '127.0.0.1', port {port}: Address already in use; "
        "give a free --port (0 picks one) and a --host of this machine\n"
    )

    assert (2, expected) == (code, errors)


@pytest.mark.parametrize("host", ["203.0.113.1", "no.such.host.invalid", "", "x" * 70, "\u0661."])
def test_bad_host_is_told_in_one_line(capsys: pytest.CaptureFixture[str], host: str) -> None:
    """A host that cannot be bound is named, with the remedy, and the exit code is 2."""
    code, (_, errors) = finished(capsys, "serve", "--host", host, "--port", "0")

    assert (2, 1) == (code, len(errors.splitlines()))
    assert errors.startswith(f"mipos-mock: cannot listen on host {host!r}, port 0: ")


@pytest.mark.parametrize("port", ["65536", "-1", "x", "", "8080 ", "\u0661", "9" * 5000])
def test_bad_port_is_told_in_one_line(capsys: pytest.CaptureFixture[str], port: str) -> None:
    """A port that is none is named, with the remedy, and the exit code is 2."""
    code, (_, errors) = finished(capsys, "serve", f"--port={port}")
    expected = (
        f"mipos-mock: argument --port: {port!r} is no port: give a number from 0 to 65535 "
        "(try: mipos-mock serve --help)\n"
    )

    assert (2, expected) == (code, errors)


@pytest.mark.parametrize("arguments", [(), ("sing",), ("serve", "--prot", "1"), ("serve", "x")])
def test_bad_usage_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    """A mistake on the command line points to the help, and the exit code is 2."""
    code, (_, errors) = finished(capsys, *arguments)

    assert (2, 1) == (code, len(errors.splitlines()))
    assert errors.startswith("mipos-mock: ")
    assert "--help)" in errors


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"]])
def test_help_has_an_example(arguments: list[str]) -> None:
    """The help shows how to start it and how to ask it something."""
    done = subprocess.run(  # noqa: S603 - the command under test
        [*COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=30
    )

    assert 0 == done.returncode
    assert "example:\n  mipos-mock serve --port 8080\n  curl " in done.stdout
