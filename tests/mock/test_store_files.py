"""Which files a store refuses, in which words, and that it leaves them as they are."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mipos_mock.store import APPLICATION_ID, Store, StoreError

ROWS = {"order": {str(number): {"status": "pending"} for number in range(50)}}


def contents(directory: Path) -> dict[str, bytes]:
    """Every file of a directory, byte for byte."""
    return {each.name: each.read_bytes() for each in directory.iterdir()}


def refusal(path: Path | str) -> str:
    """Why a file is refused, when it is opened or when it is read."""
    with pytest.raises(StoreError) as error, Store.open(path) as store:
        store.load()
    return str(error.value)


def run_sql(path: Path, *statements: str) -> None:
    """Runs statements on a file, as any program might."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def put_bytes(path: Path, offset: int, data: bytes) -> None:
    """Overwrites a part of a file."""
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds something."""
    path = tmp_path / "state.db"
    with Store.open(path) as store:
        store.write(
            [(kind, key, value) for kind, rows in ROWS.items() for key, value in rows.items()]
        )
    return path


def text_file(path: Path) -> None:
    """A file that is no database."""
    path.write_text("notes\n")


def large_file(path: Path) -> None:
    """A file that is no database, of many pages."""
    path.write_bytes(bytes(range(256)) * 100)


def foreign_database(path: Path) -> None:
    """A database of another program."""
    run_sql(path, "CREATE TABLE notes (text)")


def foreign_database_without_tables(path: Path) -> None:
    """A database of another program, of which nothing but marks is there so far."""
    run_sql(path, "PRAGMA application_id = 1", "PRAGMA user_version = 1")


def foreign_database_after_a_kill(path: Path) -> None:
    """A database of another program, most of which is still in its log."""
    script = (
        "import os, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA journal_mode = WAL')\n"
        "connection.execute('CREATE TABLE notes (text)')\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)  # noqa: S603 - ours
    assert 3 == len(list(path.parent.glob(f"{path.name}*")))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (text_file, "is not a SQLite file and was left as it is; give another file"),
        (large_file, "is not a SQLite file and was left as it is; give another file"),
        (foreign_database, "is the database of another program and was left as it is"),
        (foreign_database_without_tables, "is the database of another program"),
        (foreign_database_after_a_kill, "is the database of another program"),
    ],
)
def test_what_others_wrote_is_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], None], reason: str
) -> None:
    """What is not a store's file is refused, and no byte of it, or beside it, changes."""
    path = tmp_path / "notes.db"
    make(path)
    before = contents(tmp_path)

    assert refusal(path).startswith(f"state file {str(path)!r} {reason}")
    assert before == contents(tmp_path)


def test_other_version_is_left_as_it_is(path: Path) -> None:
    """A file of another version is refused with both versions, and no byte of it changes."""
    run_sql(path, "PRAGMA user_version = 2")
    before = contents(path.parent)
    expected = (
        f"state file {str(path)!r} has version 2, and this mipos-mock reads version 1; "
        "use the mipos-mock that wrote it, or give another file"
    )

    assert expected == refusal(path)
    assert before == contents(path.parent)


def test_file_is_marked_in_itself(path: Path) -> None:
    """The marks are where SQLite's format has them, so that tools can tell what the file is."""
    data = path.read_bytes()

    assert b"MiPO" == data[68:72] == APPLICATION_ID.to_bytes(4, "big")
    assert bytes([0, 0, 0, 1]) == data[60:64]


@pytest.mark.parametrize("name", ["", ":memory:"])
def test_name_that_sqlite_keeps_in_memory_is_refused(name: str) -> None:
    """A name that means no file is refused."""
    expected = f"state file {name!r} would not outlive the process; give the path of a file"

    assert expected == refusal(name)


def test_place_that_can_be_no_file_is_refused(tmp_path: Path) -> None:
    """A directory, a pipe, a missing directory and a loop of links are refused by name."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    missing = tmp_path / "missing"

    assert refusal(tmp_path).endswith("is a directory; give the path of a file")
    assert refusal(tmp_path / "pipe").endswith("is no regular file; give the path of one")
    assert refusal(missing / "state.db").endswith(
        f"has no directory; make {str(missing)!r} or give another path"
    )
    assert "loop" in refusal(tmp_path / "loop")
    assert refusal("nul\0").startswith(r"state file 'nul\x00' cannot be reached: ")
    assert {"pipe", "loop"} == {each.name for each in tmp_path.iterdir()}


def test_file_that_may_only_be_read_is_refused(path: Path) -> None:
    """A file that SQLite may not write is refused at once, not when something is answered."""
    put_bytes(path, 18, b"\3")  # a format of the future, which SQLite reads and never writes

    assert refusal(path).endswith(
        "is read-only; make it and its directory writable, or give another"
    )


def test_file_without_the_permission_to_write_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that SQLite could only open for reading, for lack of permission, is refused too."""
    connect = sqlite3.connect

    def connect_as_a_reader(database: str | Path, **_: object) -> sqlite3.Connection:
        # The superuser lacks no permission, so what SQLite would fall back to is asked for.
        address = f"{path.as_uri()}?mode=ro" if isinstance(database, Path) else database
        return connect(address, uri=True, isolation_level=None)

    monkeypatch.setattr(sqlite3, "connect", connect_as_a_reader)

    assert refusal(path).endswith(
        "cannot be locked; make it writable, or give one on a disk of this machine"
    )


def test_file_beside_it_that_cannot_be_made_is_named(path: Path) -> None:
    """A log that cannot be opened is an error of the directory."""
    path.with_name("state.db-wal").mkdir()

    assert refusal(path).endswith(
        "or its -wal file cannot be opened; make them and their directory writable, or give another"
    )


def spoil_value(path: Path) -> None:
    """A value ends too early."""
    run_sql(path, "UPDATE entry SET value = '{' WHERE key = '7'")


def spoil_text(path: Path) -> None:
    """A value is not UTF-8."""
    run_sql(path, "UPDATE entry SET value = CAST(x'22ff22' AS TEXT) WHERE key = '7'")


def spoil_page(path: Path) -> None:
    """The table's page is overwritten."""
    put_bytes(path, 4096, b"\0" * 4096)


def spoil_schema(path: Path) -> None:
    """The table's name is not UTF-8."""
    offset = path.read_bytes().index(b"tableentryentry") + len("table")
    put_bytes(path, offset, b"\xff")


def spoil_index(path: Path) -> None:
    """The index lacks a row of the table."""
    data = path.read_bytes()
    offset = data.rindex(b"order49")
    put_bytes(path, offset, b"order77")


def lose_table(path: Path) -> None:
    """The table is gone."""
    run_sql(path, "DROP TABLE entry", "CREATE TABLE other (text)")


def lose_end(path: Path) -> None:
    """The last page is cut off."""
    os.truncate(path, path.stat().st_size - 4096)


def lose_most(path: Path) -> None:
    """Nothing but the beginning is there."""
    os.truncate(path, 200)


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_value,
        spoil_text,
        spoil_page,
        spoil_schema,
        spoil_index,
        lose_table,
        lose_end,
        lose_most,
    ],
)
def test_damage_is_found_and_told(path: Path, spoil: Callable[[Path], None]) -> None:
    """A damaged file is refused in one line, with what to do about it."""
    spoil(path)
    text = refusal(path)

    assert text.startswith(f"state file {str(path)!r} is damaged (")
    assert text.endswith("; move it and its -wal file away, to begin anew or to put a copy back")
    assert 1 == len(text.splitlines())


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A file to write anything into, and what is in it when it is in order."""
    path = tmp_path_factory.mktemp("spoilt") / "state.db"
    with Store.open(path) as store:
        store.write([("order", key, value) for key, value in ROWS["order"].items()])
    return path, path.read_bytes()


@given(position=st.integers(0, 12_287), byte=st.integers(0, 255))
def test_no_byte_brings_down_the_caller(
    spoilt: tuple[Path, bytes], position: int, byte: int
) -> None:
    """Whichever byte is changed, the file is refused in one line or read as names and values."""
    path, data = spoilt
    path.write_bytes(data)
    put_bytes(path, position, bytes([byte]))
    reason = ""
    names: list[object] = []

    try:
        with Store.open(path) as store:
            names = [key for rows in store.load().values() for key in rows]
    except StoreError as error:
        reason = str(error)

    assert 12_288 == len(data)
    assert 1 >= len(reason.splitlines())
    assert all(isinstance(name, str) for name in names)


@pytest.mark.parametrize(
    "name",
    ["file:state?mode=memory", "pizza è calda?#1%41.db", os.fsdecode(b"\xff.db"), "-c", "it's"],
)
def test_name_of_any_characters_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What SQLite or a URI would take for something else is the name of a file all the same."""
    monkeypatch.chdir(tmp_path)
    for number in range(2):
        with Store.open(name) as store:
            store.write([("order", str(number), number)])
    with Store.open(tmp_path / name) as store:
        found = store.load()

    assert {"order": {"0": 0, "1": 1}} == found
    assert [name] == [each.name for each in tmp_path.iterdir()]


def test_link_leads_to_the_file(tmp_path: Path) -> None:
    """A link, even to a file that is not there yet, is followed."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "real" / "state.db")
    with Store.open(tmp_path / "link.db") as store:
        store.write([("order", "a", 1)])
    with Store.open(tmp_path / "real" / "state.db") as store:
        found = store.load()

    assert {"order": {"a": 1}} == found
    assert (tmp_path / "link.db").is_symlink()
