"""A file that keeps what the stand-in remembers, for when its process is killed."""

import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self, TypeAlias

Change: TypeAlias = tuple[str, str, object | None]
"""A kind, a key, and the JSON value that the two have from now on; None removes them.

What JSON does not tell apart comes back in its own way: a tuple as a list.
"""

APPLICATION_ID: Final = int.from_bytes(b"MiPO", "big")
"""Marks a SQLite file as one of ours."""

VERSION: Final = 1
"""Of the table below and of the values in it."""

# A row that is only updated keeps its position; a new one gets the highest so far and one.
_TABLE: Final = """\
CREATE TABLE entry (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, key)
)"""
_PUT: Final = """\
INSERT INTO entry (kind, key, value) VALUES (?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value"""
_REMOVE: Final = "DELETE FROM entry WHERE kind = ? AND key = ?"
_CLEAR: Final = "DELETE FROM entry"
_READ: Final = "SELECT kind, key, value FROM entry ORDER BY position"

_ENCODE: Final = json.JSONEncoder(separators=(",", ":")).encode

_DAMAGED: Final = (
    "is damaged ({!r}); move it and its -wal file away, to begin anew or to put a copy back"
)
_PROBLEMS: Final = {
    sqlite3.SQLITE_BUSY: "is in use by another process; stop that one or give another file",
    sqlite3.SQLITE_NOTADB: "is not a SQLite file and was left as it is; give another file",
    sqlite3.SQLITE_READONLY: "is read-only; make it and its directory writable, or give another",
    sqlite3.SQLITE_CANTOPEN: (
        "or its -wal file cannot be opened; make them and their directory writable, or give another"
    ),
    sqlite3.SQLITE_IOERR_LOCK: (  # also what a file that may only be read comes to
        "cannot be locked; make it writable, or give one on a disk of this machine"
    ),
    sqlite3.SQLITE_FULL: "does not fit on its disk; free some space and start again",
    sqlite3.SQLITE_IOERR: (
        "cannot be read or written ({}); see to its disk, its space and quotas, and start again"
    ),
}

_Statement: TypeAlias = tuple[str, tuple[str, ...]]


class StoreError(Exception):
    """One line that names the file, what is wrong with it, and the remedy."""


class Store:
    """JSON values by kind and key, in a SQLite file that one process at a time has open.

    What was written is there after the process was killed, each transaction whole or not at all.
    The last ones before a power failure may be lost; the file is in order even then (SQLite's
    pages on ``synchronous=NORMAL`` with a write-ahead log). While it is open a second file is
    beside it, with ``-wal`` after its name, which belongs to it: the first is complete only
    once it was closed, or after a kill opened and closed again.

    Methods are called from the thread that opened it. Nothing else in the process may open
    the file meanwhile: on POSIX systems closing it again would give up the lock (SQLite's page
    on how to corrupt a database).
    """

    def __init__(self, name: str, connection: sqlite3.Connection) -> None:
        self._name = name
        self._connection = connection
        self._failure: StoreError | None = None

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """Opens a file, which is made if it is missing or empty, and keeps others out of it.

        A file that is refused because of what it is or who wrote it is left as it is.

        Raises:
            StoreError: It is in use, not one of ours, of another version, damaged, or it or its
                directory cannot be read and written.
        """
        name = os.fspath(path)
        file = _locate(name)
        try:
            if file.exists() and file.stat().st_size > 0:
                _look(name, file)
            return cls(name, _own(name, file))
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise StoreError(_text(name, error)) from error

    def load(self) -> dict[str, dict[str, object]]:
        """Returns every value by kind and key, the keys in the order in which they were new.

        Raises:
            StoreError: The file is damaged or cannot be read.
        """
        found: dict[str, dict[str, object]] = {}
        try:
            for kind, key, value in self._connection.execute(_READ):
                found.setdefault(kind, {})[key] = json.loads(value)
        except sqlite3.Error as error:
            raise StoreError(_text(self._name, error)) from error
        except (RecursionError, ValueError) as error:
            _refuse(self._name, _DAMAGED.format(f"a value is no JSON: {error}"))
        return found

    def write(self, changes: Iterable[Change]) -> None:
        """Makes changes, one after another in one transaction.

        Raises:
            StoreError: The file cannot be written. Nothing was changed, and every later write
                fails with the same words.
        """
        self._commit([_statement(change) for change in changes])

    def replace(self, changes: Iterable[Change]) -> None:
        """Removes everything and then makes changes, in one transaction.

        Raises:
            StoreError: As for ``write``.
        """
        self._commit([(_CLEAR, ()), *(_statement(change) for change in changes)])

    def close(self) -> None:
        """Puts everything into the one file and lets go of it. A second time does nothing."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Returns the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes it."""
        self.close()

    def _commit(self, statements: list[_Statement]) -> None:
        if self._failure is not None:
            raise StoreError(str(self._failure)) from self._failure
        execute = self._connection.execute
        try:
            execute("BEGIN IMMEDIATE")
            for sql, parameters in statements:
                execute(sql, parameters)
            execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            self._failure = StoreError(_text(self._name, error))
            raise self._failure from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):  # after some errors SQLite has done it already
            self._connection.execute("ROLLBACK")


def _statement(change: Change) -> _Statement:
    kind, key, value = change
    return (_REMOVE, (kind, key)) if value is None else (_PUT, (kind, key, _ENCODE(value)))


def _locate(name: str) -> Path:
    """Returns the absolute path, so that SQLite takes no name for a URI or a database in memory."""
    if name in {"", ":memory:"}:
        _refuse(name, "would not outlive the process; give the path of a file")
    try:
        file = Path(name).resolve()
        if file.is_dir():
            _refuse(name, "is a directory; give the path of a file")
        if file.exists() and not file.is_file():
            _refuse(name, "is no regular file; give the path of one")
        if not file.parent.is_dir():
            _refuse(name, f"has no directory; make {str(file.parent)!r} or give another path")
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links is one or the other
        reason = getattr(error, "strerror", None) or str(error)
        raise StoreError(
            f"state file {name!r} cannot be reached: {reason}; give another path"
        ) from error
    return file


def _look(name: str, file: Path) -> None:
    """Refuses a file that is not ours, from the outside, since SQLite changes what it opens.

    SQLite reads it all the same: were it opened and closed in any other way, this process
    would lose the locks that it may have on it.
    """
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        # A process killed in a checkpoint leaves a file shorter than it says it is, and the
        # rest in its log. This has SQLite read such a file.
        connection.execute("PRAGMA writable_schema = ON")
        _check(name, connection)


def _own(name: str, file: Path) -> sqlite3.Connection:
    """Opens a file, alone, and makes what a new one needs."""
    connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        # Without it, the log would be shared with other processes through memory.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN EXCLUSIVE")
        if _value(connection, "schema_version") == 0:
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        else:
            _check(name, connection)
            if (found := _value(connection, "integrity_check(1)")) != "ok":
                _refuse(name, _DAMAGED.format(found))
        # In a file that is in order this changes nothing, but it shows that it can be written.
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
        # Only now: so the marks of a new file are in the file itself, where _look finds them.
        connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _check(name: str, connection: sqlite3.Connection) -> None:
    if _value(connection, "application_id") != APPLICATION_ID:
        _refuse(name, "is the database of another program and was left as it is; give another file")
    if (version := _value(connection, "user_version")) != VERSION:
        _refuse(
            name,
            f"has version {version}, and this mipos-mock reads version {VERSION}; use the "
            "mipos-mock that wrote it, or give another file",
        )


def _value(connection: sqlite3.Connection, pragma: str) -> object:
    return connection.execute(f"PRAGMA {pragma}").fetchone()[0]


def _text(name: str, error: sqlite3.Error | UnicodeDecodeError) -> str:
    if isinstance(error, sqlite3.ProgrammingError):  # of the caller: closed, or another thread
        raise error
    # What Python says about text in the file has no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    kind = code & 0xFF
    problem = _PROBLEMS.get(code) or _PROBLEMS.get(kind, _DAMAGED)
    detail = getattr(error, "sqlite_errorname", "") if kind == sqlite3.SQLITE_IOERR else str(error)
    return f"state file {name!r} {problem.format(detail)}"


def _refuse(name: str, problem: str) -> NoReturn:
    raise StoreError(f"state file {name!r} {problem}")
