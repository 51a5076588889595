"""What was answered with success survives the death of the process."""

import multiprocessing
import os
import random
import threading
from multiprocessing.reduction import DupFd
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mipos_mock.opening import opened
from tests.mock.killed import ACCOUNTS, Client, Known, run, seen

FILES = 10
KILLS = 20  # of each file
BANNER = "MiPOS mock listening on "


def client_of(account: str, seed: int) -> Client:
    """A client whose doings follow from a seed."""
    return Client(account, random.Random(f"{account} {seed}"))  # noqa: S311 - no secret


def live_and_die(path: Path, clients: list[Client], answers: int) -> None:
    """Starts a server on a state file, loads it, and kills it in the middle."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.mock.killed"])
    reading, writing = os.pipe()
    # A process that is being spawned takes the pipe along.
    process = context.Process(target=run, args=(str(path), DupFd(writing)))
    process.start()
    os.close(writing)
    with os.fdopen(reading) as lines:
        first = lines.readline()
        try:
            assert first.startswith(BANNER), first
            address = urlsplit(first.removeprefix(BANNER).strip()).netloc
            threads = [threading.Thread(target=each.work, args=(address,)) for each in clients]
            for client, thread in zip(clients, threads, strict=True):
                client.wanted = answers
                client.enough.clear()
                thread.start()
            assert all(client.enough.wait(60) for client in clients)
        finally:
            process.kill()
            process.join()
    for thread in threads:
        thread.join()


def check(path: Path, clients: list[Client]) -> None:
    """Holds what the file has against what the clients know; then they know which it was."""
    with opened(path) as state:
        for client in clients:
            found = seen(state, state.accounts[client.account])

            assert found in {client.known, client.asked}, client.account

            client.known = client.asked = found


@pytest.mark.parametrize("seed", range(FILES))
def test_success_survives_kill(tmp_path: Path, seed: int) -> None:
    """After each kill under load all that was answered is there, and nothing is half there."""
    chance = random.Random(f"kill {seed}")  # noqa: S311 - no secret
    clients = [client_of(name, seed) for name in ACCOUNTS]
    for _ in range(KILLS):
        live_and_die(tmp_path / "state", clients, chance.randrange(30))
        check(tmp_path / "state", clients)


def test_lost_success_is_noticed(tmp_path: Path) -> None:
    """The comparison fails for a client that was promised more than the file holds."""
    client = client_of("alpha", 0)
    live_and_die(tmp_path / "state", [client], 5)
    client.known = client.asked = Known((("https://pos.example/never", "ORDER"),))

    with pytest.raises(AssertionError, match="alpha"):
        check(tmp_path / "state", [client])
