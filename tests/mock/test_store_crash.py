"""What a store's file holds after its process was killed, and who may open it meanwhile."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mipos_mock.store import Store, StoreError
from tests.mock import store_child
from tests.mock.store_child import number_in

ROOT = Path(__file__).parents[2]
IN_USE = "state file {!r} is in use by another process; stop that one or give another file"


def command(name: str, path: Path, number: int = 0) -> list[str]:
    """The command line of a process that uses a store."""
    return [sys.executable, "-m", store_child.__name__, name, str(path), str(number)]


def answer(name: str, path: Path, number: int = 0) -> str:
    """What a process that uses a store says."""
    done = subprocess.run(  # noqa: S603 - ours
        command(name, path, number), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.removesuffix("\n")


@contextmanager
def holder(path: Path, number: int) -> Generator[None, None, None]:
    """Another process has written transactions up to a number, and is killed after the block."""
    with subprocess.Popen(  # noqa: S603 - ours
        command("hold", path, number),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert "open\n" == process.stdout.readline()
            yield
        finally:
            process.kill()


def test_what_was_written_survives_the_kill(tmp_path: Path) -> None:
    """Of 200 killed processes no written transaction is lost, and none is half there."""
    done = json.loads(answer("kill", tmp_path, 200))

    assert 20 == len(list(tmp_path.iterdir()))
    assert 100 <= done["written"]


@pytest.mark.parametrize("number", [0, 3], ids=["new", "written"])
def test_second_process_is_refused(tmp_path: Path, number: int) -> None:
    """As long as one process has the file, another is refused; once that is killed it is not."""
    path = tmp_path / "state.db"
    with holder(path, number):
        with pytest.raises(StoreError) as error:
            Store.open(path)
        again = answer("attempt", path)
    with Store.open(path) as store:
        found = number_in(store)

    assert IN_USE.format(str(path)) == str(error.value) == again
    assert number == found


def test_file_that_was_opened_again_is_held(tmp_path: Path) -> None:
    """A process that only opened what another one left has the file for itself too."""
    path = tmp_path / "state.db"
    with holder(path, 3):
        pass
    with holder(path, 0):
        refused = answer("attempt", path)

    assert IN_USE.format(str(path)) == refused
    assert "opened" == answer("attempt", path)


def test_second_store_of_the_process_is_refused(tmp_path: Path) -> None:
    """A process cannot open its own file twice, and does not lose it by the attempt."""
    path = tmp_path / "state.db"
    with Store.open(path) as store:
        with pytest.raises(StoreError) as error:
            Store.open(path)
        refused = answer("attempt", path)
        store.write([("counter", "last", 0)])

    assert IN_USE.format(str(path)) == str(error.value) == refused
    assert "opened" == answer("attempt", path)


def test_kill_in_the_middle_of_a_checkpoint_is_no_damage(tmp_path: Path) -> None:
    """A file whose first page speaks of pages that are still in the log is in order."""
    path = tmp_path / "state.db"
    with holder(path, 30):
        pass
    log = path.with_name("state.db-wal").read_bytes()
    page = log.rindex(b"SQLite format 3\0")
    with path.open("r+b") as file:
        file.write(log[page : page + 4096])
        size = os.fstat(file.fileno()).st_size
    with Store.open(path) as store:
        found = number_in(store)

    assert size < 4096 * int.from_bytes(log[page + 28 : page + 32], "big")
    assert 30 == found


def test_only_one_process_gets_a_new_file(tmp_path: Path) -> None:
    """Of processes that open the same new file at once no two have it."""
    winners = json.loads(answer("race", tmp_path, 30))

    assert {1} <= set(winners) <= {0, 1}


@pytest.mark.parametrize("size", [100_000, 1_000_000])
def test_write_that_fails_leaves_what_was_written(tmp_path: Path, size: int) -> None:
    """A file that cannot grow is an error of every write, and holds what was written before."""
    path = tmp_path / "state.db"
    done = json.loads(answer("fill", path, size))
    expected = (
        f"state file {str(path)!r} cannot be read or written (SQLITE_IOERR_WRITE); "
        "see to its disk, its space and quotas, and start again"
    )
    with Store.open(path) as store:
        found = number_in(store)

    assert [expected, expected] == done["errors"]
    assert 0 < done["written"] == found


def test_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Without any room for it a new file is an error, and can be made later."""
    path = tmp_path / "state.db"
    done = json.loads(answer("fill", path, 1))

    assert "(SQLITE_IOERR_WRITE)" in done["errors"][0]
    assert "opened" == answer("attempt", path)
