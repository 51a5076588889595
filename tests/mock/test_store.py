"""What a store keeps, in which order, and what an interrupted change leaves."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mipos_mock.store import Change, Store, StoreError
from tests.mock.store_child import apply, in_order

Step: TypeAlias = tuple[str, list[Change]]

keys = st.sampled_from(["a", "b", "c"]) | st.text(max_size=3)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
changes = st.lists(st.tuples(st.sampled_from(["order", "push"]), keys, values), max_size=6)
steps = st.lists(
    st.tuples(st.sampled_from(["write", "write", "write", "replace", "reopen"]), changes),
    max_size=10,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a file can be made."""
    return tmp_path / "state.db"


def load(path: Path) -> dict[str, list[tuple[str, object]]]:
    """What a file holds, in order."""
    with Store.open(path) as store:
        return in_order(store.load())


def count(path: Path, table: str) -> int:
    """The number of rows of a table in a file that nobody has open."""
    connection = sqlite3.connect(path)
    (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - ours
    connection.close()
    return int(number)


@given(steps)
@settings(max_examples=30)
def test_file_holds_what_dictionaries_would(steps: list[Step]) -> None:
    """Whatever is written, in however many lives of a process, is there in the order of dicts."""
    model: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as directory:
        store = Store.open(Path(directory, "state.db"))
        for name, changes in steps:
            if name == "reopen":
                store.close()
                store = Store.open(Path(directory, "state.db"))
                continue
            if name == "replace":
                model.clear()
            getattr(store, name)(changes)
            apply(model, changes)

            assert in_order(model) == in_order(store.load())
        store.close()

        assert in_order(model) == load(Path(directory, "state.db"))


def test_new_file_holds_nothing(path: Path) -> None:
    """A file that was missing, or empty, holds nothing at first."""
    path.touch()

    assert {} == load(path)
    assert {} == load(path.with_name("other.db"))


def test_changed_value_stays_in_its_place(path: Path) -> None:
    """A value that is changed keeps its place; one removed and put again comes last."""
    with Store.open(path) as store:
        store.write([("order", key, 1) for key in "abc"])
        store.write([("order", "a", 2)])
        store.write([("order", "b", None), ("order", "b", 3)])

    assert {"order": [("a", 2), ("c", 1), ("b", 3)]} == load(path)


@pytest.mark.parametrize(
    "value",
    [0, False, "", [], {}, "\ud800", "\0", 2**70, -0.5, [None], {"a": {"b": ["\U0001f355"]}}],
)
def test_value_comes_back_as_it_was(path: Path, value: object) -> None:
    """Whatever JSON can say comes back, what counts as false and lone surrogates included."""
    with Store.open(path) as store:
        store.write([("kind", "key", value)])

    assert {"kind": [("key", value)]} == load(path)


def test_replace_removes_what_was_there(path: Path) -> None:
    """What is replaced is gone, and so is the order that it was in."""
    with Store.open(path) as store:
        store.write([("order", key, 1) for key in "abc"])
        store.replace([("order", "c", 2), ("order", "a", 2)])

    assert {"order": [("c", 2), ("a", 2)]} == load(path)


def test_iterables_are_read_once(path: Path) -> None:
    """Changes may come from a generator."""
    with Store.open(path) as store:
        store.write(("order", key, 1) for key in "ab")

    assert {"order": [("a", 1), ("b", 1)]} == load(path)


@pytest.mark.parametrize(
    "changes",
    [
        [("order", "b", 1), ("order", "c", object())],
        [("order", "b", 1), ("order", "\ud800", 1)],
    ],
    ids=["value that JSON cannot say", "key that UTF-8 cannot say"],
)
@pytest.mark.parametrize("name", ["write", "replace"])
def test_mistake_of_the_caller_changes_nothing(
    path: Path, name: str, changes: Iterable[Change]
) -> None:
    """Changes that cannot be written are not written in part, and the next ones are written."""
    with Store.open(path) as store:
        store.write([("order", "a", 1)])
        with pytest.raises((TypeError, UnicodeEncodeError)):
            getattr(store, name)(changes)
        store.write([("order", "d", 1)])

    assert {"order": [("a", 1), ("d", 1)]} == load(path)


def test_closed_file_is_complete(path: Path) -> None:
    """Once closed, the file is alone in its directory, and a copy of it holds everything."""
    with Store.open(path) as store:
        store.write([("order", "a", 1)])
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)

    assert {path, copy} == set(path.parent.iterdir())
    assert {"order": [("a", 1)]} == load(copy)


def test_closing_twice_does_nothing(path: Path) -> None:
    """A store that is closed may be closed again."""
    with Store.open(path) as store:
        store.close()

    assert {} == load(path)


def test_closed_store_is_not_damaged(path: Path) -> None:
    """To use a store after its end is a mistake of the program, and not told as one of the file."""
    with Store.open(path) as store:
        pass

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        store.write([("order", "a", 1)])
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        store.load()


def test_log_does_not_grow_without_end(path: Path) -> None:
    """The file beside it stays small, however much is written."""
    log = path.with_name("state.db-wal")
    with Store.open(path) as store:
        for number in range(1000):
            store.write([("order", str(number % 10), f"{number:04}" * 5000)])
        size = log.stat().st_size

    assert 0 < size < 8_000_000
    assert 10 == count(path, "entry")


def test_full_disk_ends_all_writing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a write found no room nothing is written any more, small as it may be."""
    connect = sqlite3.connect

    def connect_to_small_disk(
        file: Path, *, timeout: float, isolation_level: None
    ) -> sqlite3.Connection:
        connection = connect(file, timeout=timeout, isolation_level=isolation_level)
        connection.execute("PRAGMA max_page_count = 10")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect_to_small_disk)
        store = Store.open(path)
    with store:
        store.write([("order", "a", 1)])
        with pytest.raises(StoreError, match="does not fit on its disk; free some") as first:
            store.write([("order", "b", 1), ("order", "c", "x" * 100_000)])
        with pytest.raises(StoreError) as second:
            store.write([("order", "d", 1)])
        with pytest.raises(StoreError) as third:
            store.replace([])

    assert str(first.value) == str(second.value) == str(third.value)
    assert {"order": [("a", 1)]} == load(path)
