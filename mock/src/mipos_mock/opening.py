"""From a state file, or from none, to what the stand-in remembers."""

import os
from collections.abc import Generator
from contextlib import contextmanager

from mipos_mock.rows import Ledger, restore
from mipos_mock.seed import fresh_state
from mipos_mock.state import State
from mipos_mock.store import Store, StoreError


@contextmanager
def opened(path: str | os.PathLike[str] | None) -> Generator[State, None, None]:
    """Gives what a state file holds, and keeps every change in it, while the block runs.

    A new or empty file gets what a fresh server holds, at once. Others are kept out of the file
    until the block ends; only then is all of it in the one file again.

    Args:
        path: The state file; None for a fresh state that lasts as long as the process.

    Raises:
        StoreError: The file is in use, not one of ours, of another version or damaged, or it
            cannot be read and written.
    """
    if path is None:
        yield fresh_state()
        return
    with Store.open(path) as store:
        rows = store.load()
        ledger = Ledger(store)
        if rows:
            state = _restored(os.fspath(path), rows)
        else:
            state = fresh_state()
            ledger.begin_anew(state)
        state.keeper = ledger
        yield state


def _restored(name: str, rows: dict[str, dict[str, object]]) -> State:
    state = State()
    try:
        restore(rows, state)
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"state file {name!r} is damaged (a row cannot be read: {error!r}); move it and its "
            "-wal file away, to begin anew or to put a copy back"
        ) from error
    return state
