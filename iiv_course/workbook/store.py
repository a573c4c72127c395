"""The learner's own workbook on this machine: one SQLite file that every open notebook's kernel writes.

What is put is merged into what is there, within one transaction; whoever lags behind takes nothing back. A file that
was moved away or replaced while it was open is left, and what is at its place is gone on with.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from iiv_course.items import CourseError
from iiv_course.workbook.marks import Marks
from iiv_course.workbook.merge import Content, ItemState, erase, merge, merge_items

BOOK = "twenty-minutes"
"""Names this course's answers in files, as `iiv_book` in `_config.yml` does in the book."""

MEMORY = ":memory:"
"""A workbook that is thrown away: builds and tests keep theirs so."""

PATIENCE = 20.0
"""Seconds to wait for another kernel's transaction, which takes milliseconds."""

PAUSE = (0.001, 0.006)
"""Seconds between two tries, drawn anew each time."""

APPLICATION = 0x69697677
"""SQLite's mark of whose file it is."""

MIGRATIONS = (
    """
    CREATE TABLE item (key TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE field (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
)
"""From each version of the file to the next; `PRAGMA user_version` counts them."""

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file that is open: what is not in the file itself yet, and who reads and writes."""

Listener = Callable[[str | None], None]
"""Told the key of an item that changed; None where more may have."""

_Written = TypeVar("_Written")
_Identity = tuple[int, int] | None


class StoreError(CourseError):
    """A workbook that cannot be read or written; the message says why, and what would do."""


class Store:
    """Item states by key, at a path. Nothing is opened or made before the first use.

    Without a path, in the user's data folder. `create=False` refuses a file that is not there.
    """

    def __init__(self, path: Path | str | None = None, *, create: bool = True) -> None:
        # Wherever the notebook goes, the workbook stays.
        self._given = path if path is None or path == MEMORY else Path(path).expanduser().absolute()
        self._create = create
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._files: list[_Identity] = []
        self._seen = 0
        self._listeners: list[Listener] = []

    @property
    def path(self) -> Path | None:
        """Where the workbook is; None for one in memory."""
        if self._given == MEMORY:
            return None
        if self._given is not None:
            return Path(self._given)
        from platformdirs import user_data_path

        return user_data_path("iiv-course", appauthor=False) / "workbook.sqlite3"

    def get(self, key: str) -> ItemState | None:
        """The state of an item, or None where nothing was done."""
        with self._said():
            return _item(self._open(), key)

    def put(self, key: str, state: ItemState) -> None:
        """Merge a state into that of its item. When this returns it is on the disk."""
        self.absorb({"items": {key: state}, "erased": []})

    def erased(self) -> list[str]:
        """The marks of what was erased."""
        with self._said():
            return list(_fields(self._open())["erased"])

    def content(self) -> Content:
        """Everything, as one moment has it."""
        with self._said(), _transaction(connection := self._open(), "BEGIN"):
            states = connection.execute("SELECT state FROM item").fetchall()
            items = {state["key"]: state for state in (json.loads(text) for (text,) in states)}
            return {**_fields(connection), "items": items}

    def absorb(self, content: Content) -> None:
        """Merge in what another workbook holds, and tell the listeners what changed by it."""
        with self._said():
            changed = self._write(lambda connection: _absorb(connection, content))
        self._tell(changed)

    def erase(self) -> None:
        """Forget everything, but for the marks that keep older copies from bringing it back."""
        with self._said():
            self._write(_erase)
            # What was written stands in the log, too, until the log is taken into the file.
            self._open().execute(_TAKE_IN).fetchall()
        self._tell({None})

    def refresh(self) -> None:
        """Tell the listeners if another kernel has written meanwhile."""
        self._tell(set())

    def follow(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` of every change until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        with self._said():
            if self._connection is not None and self._is_gone():
                self._leave(self._connection)
            elif self._connection is not None:
                self._connection.close()
                self._connection = None

    def _tell(self, changed: set[str | None]) -> None:
        with self._said():
            seen = _number(self._open(), "data_version")
            if seen != self._seen:
                self._seen = seen
                changed = {None}
        for key in changed:
            for listener in list(self._listeners):
                listener(key)

    @contextmanager
    def _said(self) -> Iterator[None]:
        """One thread at a time; whatever SQLite complains about, in words that help."""
        if self._process != os.getpid():
            # After a fork the file is the parent's business: SQLite forbids even to close it here.
            self._process, self._lock = os.getpid(), threading.RLock()
            if self._connection is not None and self.path is not None:
                _inherited.append(self._connection)
                self._connection = None
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise StoreError(_words(error, self.path)) from error
            except (ValueError, RecursionError) as error:
                raise StoreError(f"the workbook {self.path} is damaged: {error}. {_ASIDE}") from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._is_gone():
            self._leave(self._connection)
        if self._connection is None:
            path = self.path
            if path is not None and not path.exists():
                _begin_file(path, self._given is None, self._create)
            # Looked at before it is opened: what comes between is taken for another file, and opened again.
            file = _identity(path)
            self._connection = _connect(path)
            self._files = [file, *map(_identity, _beside(path))]
            if self._seen != _ANOTHER:
                self._seen = _number(self._connection, "data_version")
        return self._connection

    def _write(self, write: Callable[[sqlite3.Connection], _Written]) -> _Written:
        """Do it in a transaction; once more where the file went away under it, for nobody would look for it there."""
        while True:
            connection = self._open()
            with _transaction(connection, "BEGIN IMMEDIATE"):
                written = write(connection)
            if not self._is_gone():
                return written

    def _is_gone(self) -> bool:
        return _identity(self.path) != self._files[0]

    def _leave(self, connection: sqlite3.Connection) -> None:
        """Let go of a file that is no longer at its place, with all that was written to it in it."""
        self._connection, self._seen = None, _ANOTHER
        path = self.path
        with suppress(sqlite3.Error, OSError):
            busy, *_ = connection.execute(_TAKE_IN).fetchone()
            if not busy and path is not None and not path.exists():
                # Left there it would be taken for part of the next file. What is the next one's already is another's.
                for beside, known in zip(_beside(path), self._files[1:], strict=True):
                    if _identity(beside) == known:
                        beside.unlink(missing_ok=True)
        connection.close()


@cache
def own() -> Store:
    """The learner's own workbook: at `IIV_WORKBOOK`, else in the user's data folder; one for all of a kernel."""
    return Store(os.environ.get("IIV_WORKBOOK") or None)


_inherited: list[sqlite3.Connection] = []
_ANOTHER = -1
"""Seen of a file that has come to the place of the one before: its listeners have to be told."""
_TAKE_IN = "PRAGMA wal_checkpoint(TRUNCATE)"
_ASIDE = "Move it aside, and a new one is begun; bring your answers back from the last file you saved."


def _connect(path: Path | None) -> sqlite3.Connection:
    if path is None:
        connection = sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)
    else:
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=rw", timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=True
        )
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _begin_file(path: Path, make_folder: bool, create: bool) -> None:
    if not create:
        raise StoreError(f"there is no workbook {path}")
    left = [beside.name for beside in _beside(path) if beside.exists()]
    # Another kernel may have begun it meanwhile.
    if left and not path.exists():
        raise StoreError(
            f"the workbook {path} is gone, but not {' and '.join(left)}, which may hold its last answers; "
            "put it back, or take them away to where it is now"
        )
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        # What a learner writes is nobody else's to read.
        path.touch(mode=0o600)
    except FileNotFoundError:
        raise StoreError(
            f"there is no folder {path.parent} for the workbook; make it, or change IIV_WORKBOOK"
        ) from None
    except OSError as error:
        raise StoreError(f"the workbook {path} cannot be begun: {error.strerror}") from None


def _beside(path: Path | None) -> tuple[Path, ...]:
    return () if path is None else tuple(path.with_name(path.name + ending) for ending in BESIDE)


def _identity(path: Path | None) -> _Identity:
    """What tells a file from every other; None where there is none."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return found and (found.st_dev, found.st_ino)


def _prepare(connection: sqlite3.Connection, path: Path | None) -> None:
    """Bring the file to this version. Raises `StoreError` for one of something else or of a newer version."""
    # At one moment: another kernel may be beginning the file, and half of each would be neither's.
    with _transaction(connection, "BEGIN"):
        version = _checked_version(connection, path)
    # A kernel that is killed loses nothing that was committed even without it; a machine that loses power would.
    connection.execute("PRAGMA synchronous = FULL")
    # What is erased is written over.
    connection.execute("PRAGMA secure_delete = ON")
    if version == len(MIGRATIONS):
        return
    _write_ahead(connection)
    with _transaction(connection, "BEGIN IMMEDIATE"):
        # Another kernel may have done it meanwhile.
        version = _checked_version(connection, path)
        for migration in MIGRATIONS[version:]:
            for statement in migration.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _checked_version(connection: sqlite3.Connection, path: Path | None) -> int:
    version, application = _number(connection, "user_version"), _number(connection, "application_id")
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION and (application or version or tables):
        raise StoreError(f"{path} is a database of something else, not a workbook; nothing was changed")
    if version > len(MIGRATIONS):
        raise StoreError(
            f"the workbook {path} was written by a newer version of this course; nothing was changed. Update the course"
        )
    return version


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers and the one writer do not wait for each other."""
    _patiently(connection, "PRAGMA journal_mode = WAL")


def _patiently(connection: sqlite3.Connection, statement: str) -> None:
    """Run what needs the file for itself.

    SQLite waits ever longer between its own tries, and where many write one of them never comes to its turn;
    for the journal mode it does not wait at all.
    """
    end = time.monotonic() + PATIENCE
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute(statement).fetchall()
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or time.monotonic() > end:
                    raise
                time.sleep(random.uniform(*PAUSE))
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(PATIENCE * 1000)}")


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    _patiently(connection, begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk or a broken file has rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _erase(connection: sqlite3.Connection) -> None:
    states = [json.loads(text) for (text,) in connection.execute("SELECT state FROM item")]
    content = {**_fields(connection), "items": {state["key"]: state for state in states}}
    connection.execute("DELETE FROM item")
    connection.execute("DELETE FROM field")
    _write_fields(connection, erase(content))


def _absorb(connection: sqlite3.Connection, content: Content) -> set[str | None]:
    known = {**_fields(connection), "items": {}}
    fields = merge(known, {**content, "items": {}})
    changed: set[str | None] = set()
    if fields != known:
        _write_fields(connection, fields)
        changed.add(None)
    keys = set(content["items"])
    if fields["erased"] != known["erased"]:
        keys |= {json.loads(text)["key"] for (text,) in connection.execute("SELECT state FROM item")}
    erased = Marks(fields["erased"])
    for key in keys:
        before = _item(connection, key)
        item = merge_items([before, content["items"].get(key)], erased)
        if item is None:
            connection.execute("DELETE FROM item WHERE key = ?", (_text(key),))
        elif item != before:
            connection.execute("REPLACE INTO item VALUES (?, ?)", (_text(key), _text(item)))
        if item != before:
            changed.add(key)
    return changed


def _item(connection: sqlite3.Connection, key: str) -> ItemState | None:
    row = connection.execute("SELECT state FROM item WHERE key = ?", (_text(key),)).fetchone()
    return json.loads(row[0]) if row else None


def _fields(connection: sqlite3.Connection) -> dict[str, Any]:
    """What a workbook has besides its items."""
    rows = connection.execute("SELECT name, value FROM field").fetchall()
    return {"erased": [], **{json.loads(name): json.loads(value) for name, value in rows}}


def _write_fields(connection: sqlite3.Connection, content: Content) -> None:
    rows = [(_text(name), _text(value)) for name, value in content.items() if name != "items"]
    connection.executemany("REPLACE INTO field VALUES (?, ?)", rows)


def _text(value: Any) -> str:
    # In ASCII, because half a surrogate pair and the null character are no text to SQLite.
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    (number,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(number)


def _is_busy(error: sqlite3.Error) -> bool:
    """For whatever reason: SQLite has a code of its own for a file whose log somebody else is just taking in."""
    return _kind(error) == sqlite3.SQLITE_BUSY


def _kind(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _words(error: sqlite3.Error, path: Path | None) -> str:
    match _kind(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"the workbook {path} is locked by another program; close that, and try again"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return f"the workbook {path} cannot be written: it, or its folder, is read-only"
        case sqlite3.SQLITE_FULL:
            return f"the disk of the workbook {path} is full; make room, and try again"
        case sqlite3.SQLITE_NOTADB:
            return f"{path} is no workbook; a file saved by the course is brought in by Workbook().merge(path)"
        case sqlite3.SQLITE_CORRUPT:
            return f"the workbook {path} is damaged. {_ASIDE}"
        case sqlite3.SQLITE_CANTOPEN:
            return f"the workbook {path} cannot be opened: it is no file, or it or its folder is read-only"
        case _:
            return f"the workbook {path} cannot be used: {error}"
