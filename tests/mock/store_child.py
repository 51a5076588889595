"""Processes that use a store: they hold it, run out of disk, are killed, or race for it.

Run as ``python -m tests.mock.store_child COMMAND PATH [NUMBER]``; the answer is on standard
output. It imports nothing but the store, so that it starts quickly.
"""

import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from mipos_mock.store import Change, Store, StoreError

RESET_EVERY = 40
KILLS_OF_A_FILE = 10
RACERS = 4


def apply(model: dict[str, dict[str, object]], changes: Iterable[Change]) -> None:
    """Does to dictionaries what a store does to its file."""
    for kind, key, value in changes:
        if value is None:
            model.get(kind, {}).pop(key, None)
        else:
            model.setdefault(kind, {})[key] = value


def in_order(state: dict[str, dict[str, object]]) -> dict[str, list[tuple[str, object]]]:
    """A state such that the order of its keys counts in a comparison."""
    return {kind: list(rows.items()) for kind, rows in state.items() if rows}


def changes_of(number: int) -> list[Change]:
    """What the transaction of a number does: it adds rows, changes one, and removes some."""
    padding = "x" * (number * 997 % 30_000)
    return [
        ("counter", "last", number),
        ("order", str(number % 7), {"number": number, "padding": padding}),
        *(("push", f"{number}-{each}", number) for each in range(3)),
        *(("push", f"{number - 5}-{each}", None) for each in range(3)),
    ]


def commit(store: Store, number: int) -> None:
    """Writes the transaction of a number; every so often one that removes all else."""
    put = store.write if number % RESET_EVERY else store.replace
    put(changes_of(number))


def number_in(store: Store) -> int:
    """The number of the last transaction in a file, every row of which is as that left it."""
    state = store.load()
    number = int(str(state.get("counter", {}).get("last", 0)))
    model: dict[str, dict[str, object]] = {}
    for each in range(max(1, number - number % RESET_EVERY), number + 1):
        apply(model, changes_of(each))
    if in_order(model) != in_order(state):
        raise AssertionError(f"not what transaction {number} left: {in_order(state)}")
    return number


def hold(path: str, number: int) -> str:
    """Writes transactions up to a number, says so, and keeps the file open until told to end."""
    with Store.open(path) as store:
        for each in range(1, number + 1):
            commit(store, each)
        sys.stdout.write("open\n")
        sys.stdout.flush()
        sys.stdin.read()
    return "closed"


def attempt(path: str, _number: int) -> str:
    """Opens the file and tells what became of it."""
    try:
        Store.open(path).close()
    except StoreError as error:
        return str(error)
    return "opened"


def fill(path: str, size: int) -> str:
    """Writes until a file would be larger than a size, and once more; tells what happened."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    errors: list[str] = []
    written = 0
    try:
        with Store.open(path) as store:
            while len(errors) < 2:
                try:
                    commit(store, written + 1)
                    written += 1
                except StoreError as error:
                    errors.append(str(error))
    except StoreError as error:
        errors.append(str(error))
    return json.dumps({"written": written, "errors": errors})


def kill(directory: str, count: int) -> str:
    """Kills processes that write, some files several times each; tells how much was written.

    Raises:
        AssertionError: A transaction is missing that was reported as written, or half there.
    """
    total = reported = 0
    for each in range(count):
        path = str(Path(directory, f"{each // KILLS_OF_A_FILE}.db"))
        reported = _kill_one(path, reported, each)
        if (each + 1) % KILLS_OF_A_FILE == 0:
            with Store.open(path) as store:
                _expect(reported, number_in(store))
            total += reported
            reported = 0
    return json.dumps({"written": total})


def _kill_one(path: str, reported: int, each: int) -> int:
    """Kills one process that writes, and returns the highest number reported by then."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        # Half of the files are closed often, and half seldom enough to outgrow their log.
        _write_on(path, reported, writer, 200 if each // KILLS_OF_A_FILE % 2 else 5)
    os.close(writer)
    with open(reader, encoding="ascii") as reports:  # noqa: PTH123 - a descriptor
        # Every other one may be killed before it has done anything.
        lines = [reports.readline() for _ in range(each % 2 * 2)]
        time.sleep(each % 20 / 2000)  # so that each is killed at another point
        os.kill(child, signal.SIGKILL)
        lines.extend(reports)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        raise AssertionError("it ended before it was killed, for the reason above")
    return max([reported, *map(int, lines)])


def _write_on(path: str, reported: int, writer: int, at_once: int) -> NoReturn:
    """Goes on from what the file holds, and reports each number once its changes are written."""
    try:
        while True:
            with Store.open(path) as store:
                number = number_in(store)
                _expect(reported, number)
                os.write(writer, b"%d\n" % number)
                reported = number
                for _ in range(at_once):
                    commit(store, reported + 1)
                    reported += 1
                    os.write(writer, b"%d\n" % reported)
    finally:
        traceback.print_exc()
        os._exit(1)


def race(directory: str, rounds: int) -> str:
    """Has processes open the same new file at once; tells how many had it at a time."""
    return json.dumps([_race_once(str(Path(directory, f"{each}.db"))) for each in range(rounds)])


def _race_once(path: str) -> int:
    (begin, start), (results, tell), (end, finish) = os.pipe(), os.pipe(), os.pipe()
    children: list[int] = []
    for _ in range(RACERS):
        child = os.fork()
        if child == 0:
            os.close(start)
            os.close(finish)
            _run(path, begin, tell, end)
        children.append(child)
    os.close(start)  # all of them read the end of it at once
    count = sum(os.read(results, 1) == b"1" for _ in children)
    os.close(finish)
    for child in children:
        os.waitpid(child, 0)
    for descriptor in (begin, results, tell, end):
        os.close(descriptor)
    return count


def _run(path: str, begin: int, tell: int, end: int) -> NoReturn:
    """Opens a file once told to, tells whether it could, and keeps it until told to end."""
    os.read(begin, 1)
    try:
        with Store.open(path):
            os.write(tell, b"1")
            os.read(end, 1)
    except StoreError:
        os.write(tell, b"0")
    finally:
        os._exit(0)


def _expect(reported: int, found: int) -> None:
    # The process may have been killed between the write and the report.
    if found not in {reported, reported + 1}:
        raise AssertionError(f"{reported} was reported, {found} is there")


if __name__ == "__main__":
    COMMANDS = {"hold": hold, "attempt": attempt, "fill": fill, "kill": kill, "race": race}
    sys.stdout.write(COMMANDS[sys.argv[1]](sys.argv[2], int(sys.argv[3])) + "\n")
