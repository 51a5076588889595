"""`mipos-mock serve` with a state file, and bound beyond loopback."""

from __future__ import annotations

import json
import re
import signal
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mipos_mock.opening import opened
from mipos_mock.store import Store, StoreError
from tests.mock.cli_support import ended, run, serving, started, url_in
from tests.mock.support import fetch

if TYPE_CHECKING:
    import socket
    import subprocess
    from pathlib import Path

SECRET = "correct-horse"
ORDER = b'{"order_external_id": "kept"}'


@pytest.fixture(autouse=True)
def nobody_serves_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that should not have started fails the test instead of going on for ever."""

    def serve(_server: object, sockets: list[socket.socket]) -> None:
        raise AssertionError(sockets)

    monkeypatch.setattr("uvicorn.Server.run", serve)


def stop(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Ends a server and gives exit code, output and errors."""
    process.send_signal(signal.SIGTERM)
    return ended(process)


def test_state_file_outlives_the_process(tmp_path: Path) -> None:
    """What one process was told the next one knows, when both name the same file."""
    file = tmp_path / "mock.db"
    with serving("--state", str(file)) as (process, line):
        fetch(url_in(line), "POST", "/_mock/orders", ORDER)
        first = stop(process)
    with serving("--state", str(file)) as (process, line):
        reply = fetch(url_in(line), "GET", "/_mock/orders/kept")
        stop(process)

    assert (0, "") == (first[0], first[2])
    assert f"State:   in {file}" in first[1].splitlines()
    assert (200, 5) == (reply.status, reply.json["id"])


def test_new_state_file_holds_a_fresh_state_at_once(tmp_path: Path) -> None:
    """A file that was just made holds the accounts of a fresh server before anything happens."""
    file = tmp_path / "mock.db"
    with opened(file):
        pass
    with Store.open(file) as store:
        rows = store.load()

    assert ["alpha", "beta", "signed-out", "deleted", "read-only"] == list(rows["account"])


def test_without_a_file_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state that was opened without a file is fresh, and leaves no file."""
    monkeypatch.chdir(tmp_path)
    with opened(None) as state:
        names = list(state.accounts)

    assert "alpha" in names
    assert [] == list(tmp_path.iterdir())


def test_state_file_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    """A file that another process has open is named, with the remedy, and nothing listens."""
    file = tmp_path / "mock.db"
    with serving("--state", str(file)):
        finished = run("serve", "--port", "0", "--state", str(file))
    expected = (
        f"mipos-mock: state file {str(file)!r} is in use by another process; "
        "stop that one or give another file\n"
    )

    assert (2, "", expected) == (finished.code, finished.out, finished.err)


@pytest.mark.parametrize(
    "change",
    [
        ("account", "alpha", {"token": "x"}),
        ("account", "alpha", 7),
        ("delivery", "1", "lost"),
        ("push", "1", {"tries": None}),
        ("webhook", "1 nobody", ["nobody", 1, "http://127.0.0.1/", "ORDER"]),
    ],
)
def test_rows_that_cannot_be_read_are_told_in_one_line(
    tmp_path: Path, change: tuple[str, str, object]
) -> None:
    """A file whose values this version does not write is called damaged, and left as it is."""
    file = tmp_path / "mock.db"
    with opened(file):
        pass
    with Store.open(file) as store:
        store.write([change])
        rows = store.load()
    finished = run("serve", "--port", "0", "--state", str(file))
    with Store.open(file) as store:
        after = store.load()

    assert (2, "", 1) == (finished.code, finished.out, len(finished.err.splitlines()))
    assert finished.err.startswith(f"mipos-mock: state file {str(file)!r} is damaged (a row ")
    assert "begin anew" in finished.err
    assert rows == after


def test_state_file_is_closed_when_opening_fails(tmp_path: Path) -> None:
    """A file that was refused can be opened again in the same process."""
    file = tmp_path / "mock.db"
    with closing(Store.open(file)) as store:
        store.write([("account", "alpha", 7)])
    with pytest.raises(StoreError, match="damaged"), opened(file):
        pass

    with closing(Store.open(file)) as store:
        assert {"account": {"alpha": 7}} == store.load()


def test_failing_to_write_ends_the_server(tmp_path: Path) -> None:
    """When the file cannot grow any more, one line says so and the exit code is 1."""
    file = tmp_path / "mock.db"
    # No file of this process may grow beyond so many bytes, as on a full disk.
    limited = (
        "import resource, sys; from mipos_mock.cli import main; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); sys.exit(main())"
    )
    command = [sys.executable, "-c", limited]
    with started("serve", "--port", "0", "--state", str(file), command=command) as process:
        assert process.stdout is not None
        url = url_in(process.stdout.readline())
        statuses: list[int] = []
        while not statuses or statuses[-1] < 400:
            statuses.append(fetch(url, "POST", "/_mock/orders", b'{"scenario": "big"}').status)
        code, _, errors = ended(process)

    assert (500, 1, 1) == (statuses[-1], code, len(errors.splitlines()))
    assert errors.startswith(f"mipos-mock: state file {str(file)!r} ")


def test_server_beyond_loopback_wants_the_secret_that_it_printed() -> None:
    """Bound to every address, the control interface answers only with the made-up secret."""
    with serving("--host", "0.0.0.0") as (process, line):  # noqa: S104 - what is tested
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or "Console:" not in lines[-1]:
            lines.append(process.stdout.readline())
        found = re.search(r"(http://127\.0\.0\.1:\d+)/_mock/#secret=(\S{20,})", lines[-1])
        assert found is not None
        url, secret = found.groups()
        without = run("clock", "show", url=url)
        wrong = run("clock", "show", url=url, env={"MIPOS_MOCK_SECRET": "wrong"})
        right = run("clock", "show", url=url, env={"MIPOS_MOCK_SECRET": secret})
        _, rest, errors = stop(process)

    assert line.startswith("MiPOS mock listening on http://0.0.0.0:")
    assert (1, 1, 0) == (without.code, wrong.code, right.code)
    assert "put it into MIPOS_MOCK_SECRET" in without.err
    assert 1 == "".join([*lines, rest, errors]).count(secret)


def test_given_secret_is_wanted_and_not_printed() -> None:
    """A secret from the environment opens the interface and stands nowhere in the output."""
    with serving("--host", "0.0.0.0", env={"MIPOS_MOCK_SECRET": SECRET}) as (process, line):  # noqa: S104 - what is tested
        url = url_in(line).replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - what is tested
        without = run("clock", "show", url=url)
        right = run("clock", "show", url=url, env={"MIPOS_MOCK_SECRET": SECRET})
        _, rest, errors = stop(process)

    assert (1, 0) == (without.code, right.code)
    assert SECRET not in rest + errors
    assert "/_mock/#secret=$MIPOS_MOCK_SECRET" in rest


def test_server_on_loopback_wants_no_secret() -> None:
    """On loopback the variable does not matter."""
    with serving(env={"MIPOS_MOCK_SECRET": SECRET}) as (process, line):
        finished = run("clock", "show", url=url_in(line))
        _, rest, _ = stop(process)

    assert 0 == finished.code
    assert "secret=" not in rest


@pytest.mark.parametrize("command", [("serve", "--host", "0.0.0.0", "--port", "0"), ("reset",)])  # noqa: S104 - what is tested
def test_secret_that_no_header_can_hold_is_refused(command: tuple[str, ...]) -> None:
    """A secret with a blank is refused in one line that does not repeat it."""
    finished = run(*command, env={"MIPOS_MOCK_SECRET": f"{SECRET} x"})

    assert (2, 1) == (finished.code, len(finished.err.splitlines()))
    assert finished.err.startswith("mipos-mock: MIPOS_MOCK_SECRET ")
    assert SECRET not in finished.err


def test_long_list_of_accounts_is_cut_in_the_banner(tmp_path: Path) -> None:
    """With many accounts the banner shows ten and says how to see the others."""
    file = tmp_path / "mock.db"
    with serving("--state", str(file)) as (process, line):
        for number in range(7):
            body = json.dumps({"name": f"till-{number}"}).encode()
            fetch(url_in(line), "POST", "/_mock/accounts", body)
        stop(process)
    with serving("--state", str(file)) as (process, _):
        _, banner, _ = stop(process)

    assert (10, True) == (
        banner.count("mock-secret-"),
        "  and 2 more: mipos-mock account list\n" in banner,
    )
