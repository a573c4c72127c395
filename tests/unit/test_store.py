"""The workbook on disk: what is put is there, is merged, survives, and what is wrong with the file is said."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from iiv_course.workbook import store as stores
from iiv_course.workbook.merge import ItemState
from iiv_course.workbook.store import MIGRATIONS, Store, StoreError, own

AT = "2026-11-24T12:00:00Z"
NOBODY = 65534
"""A user without any rights, on every Unix."""


def attempt(id: str, response: Any = "free", **more: Any) -> dict[str, Any]:
    given = {"id": id, "rev": "00000000", "round": 1, "at": AT, "response": response, "score": "1", "hints": 0}
    return given | {"revealed": False, "confidence": None} | more


def item(*attempts: dict[str, Any], key: str = "good/word", **more: Any) -> ItemState:
    return {"key": key, "round": 1, "attempts": list(attempts), "draft": [], "rows": []} | more


def text(version: str, words: str, *parents: str) -> dict[str, Any]:
    return {"version": version, "parents": list(parents), "text": words, "at": AT}


def ids(store: Store, key: str = "good/word") -> list[str]:
    state = store.get(key)
    return [given["id"] for given in state["attempts"]] if state else []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workbook.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


def test_what_is_put_is_read_by_whoever_opens_the_file_next(store: Store, path: Path) -> None:
    store.put("good/word", item(attempt("aaaaaa:1")))
    other = Store(path)
    assert other.get("good/word") == item(attempt("aaaaaa:1"))
    other.close()


def test_nothing_was_done_and_nothing_is_made_before_the_first_use(path: Path) -> None:
    store = Store(path)
    assert not path.exists()
    assert store.get("good/word") is None
    assert store.content() == {"items": {}, "erased": []}
    store.close()


def test_who_lags_behind_takes_nothing_back(store: Store) -> None:
    store.put("good/word", item(attempt("aaaaaa:1"), attempt("aaaaaa:2")))
    store.put("good/word", item(attempt("aaaaaa:1")))
    assert ids(store) == ["aaaaaa:1", "aaaaaa:2"]


def test_a_text_that_was_replaced_does_not_come_back(store: Store) -> None:
    first, second = text("aaaaaa:1", "First."), text("aaaaaa:2", "Second.", "aaaaaa:1")
    store.put("good/word", item(draft=[second]))
    store.put("good/word", item(draft=[first]))
    state = store.get("good/word")
    assert state
    assert [draft["text"] for draft in state["draft"]] == ["Second."]


def test_what_two_kernels_write_is_all_there(store: Store, path: Path) -> None:
    other = Store(path)
    assert (ids(store), ids(other)) == ([], [])
    store.put("good/word", item(attempt("aaaaaa:1")))
    other.put("good/word", item(attempt("bbbbbb:1")))
    assert ids(store) == ids(other) == ["aaaaaa:1", "bbbbbb:1"]
    other.close()


def test_a_listener_hears_what_changed_and_only_that(store: Store) -> None:
    heard: list[str | None] = []
    stop = store.follow(heard.append)
    store.put("good/word", item(attempt("aaaaaa:1")))
    store.put("good/word", item(attempt("aaaaaa:1")))
    store.refresh()
    assert heard == ["good/word"]
    stop()
    store.put("good/word", item(attempt("aaaaaa:2")))
    assert heard == ["good/word"]


def test_a_listener_hears_of_another_kernel_at_the_next_refresh(store: Store, path: Path) -> None:
    heard: list[str | None] = []
    store.follow(heard.append)
    store.refresh()
    other = Store(path)
    other.put("good/word", item(attempt("aaaaaa:1")))
    store.refresh()
    store.refresh()
    assert heard == [None]
    other.close()


def test_what_was_erased_is_not_brought_back_by_an_older_copy(store: Store) -> None:
    old = item(attempt("aaaaaa:1", "zebra"), draft=[text("aaaaaa:2", "quagga")])
    store.put("good/word", old)
    store.erase()
    store.put("good/word", old)
    assert store.content() == {"items": {}, "erased": ["aaaaaa:2"]}


def test_nothing_that_was_erased_can_be_read_in_the_file(store: Store, path: Path) -> None:
    for number in range(1, 40):
        store.put(f"good/i{number}", item(attempt(f"aaaaaa:{number}", "zebra" * 200), key=f"good/i{number}"))
    store.erase()
    files = list(path.parent.glob("workbook.sqlite3*"))
    assert path in files
    assert not any(b"zebra" in file.read_bytes() for file in files)


def test_erasing_elsewhere_reaches_what_is_here(store: Store) -> None:
    store.put("good/word", item(attempt("aaaaaa:1"), attempt("bbbbbb:1")))
    store.absorb({"items": {}, "erased": ["aaaaaa:9"]})
    assert ids(store) == ["bbbbbb:1"]


def test_fields_that_this_version_does_not_know_are_kept(store: Store) -> None:
    store.absorb({"items": {"a/b": item(key="a/b", later=[1, {"x": None}])}, "erased": [], "plan": {"week": 2.5}})
    assert store.content() == {"items": {"a/b": item(key="a/b", later=[1, {"x": None}])}, "erased": [],
                               "plan": {"week": 2.5}}  # fmt: skip


@pytest.mark.parametrize("odd", ["\ud800", "a\x00b", "𝒳", "'; DROP TABLE item; --", "__proto__", "a" * 100_000])
def test_any_text_comes_back_as_it_was(store: Store, odd: str) -> None:
    state = item(attempt("aaaaaa:1", odd), key=odd, draft=[text("aaaaaa:2", odd)])
    store.put(odd, state)
    assert store.get(odd) == state
    assert store.content()["items"] == {odd: state}


def test_a_file_that_another_kernel_is_just_beginning_is_taken_for_what_it_will_be(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, numbers = Store(path), stores._number
    beginning = threading.Thread(target=other.put, args=("good/word", item(attempt("aaaaaa:1"))))

    def slowly(connection: sqlite3.Connection, pragma: str) -> int:
        number = numbers(connection, pragma)
        if pragma == "application_id" and beginning.ident is None:
            # Between this and what is read of the file next, the other writes as much as it can.
            beginning.start()
            beginning.join(0.5)
        return number

    monkeypatch.setattr(stores, "_number", slowly)
    store = Store(path)
    store.put("good/word", item(attempt("bbbbbb:1")))
    beginning.join()
    assert ids(store) == ["aaaaaa:1", "bbbbbb:1"]
    store.close()
    other.close()


def test_threads_of_one_kernel_lose_nothing(store: Store) -> None:
    def write(writer: str) -> None:
        for number in range(1, 26):
            store.put("good/word", item(attempt(f"{writer}:{number}")))

    threads = [threading.Thread(target=write, args=(f"writer{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids(store)) == 100


def test_after_a_fork_the_child_opens_the_file_anew(store: Store) -> None:
    store.put("good/word", item(attempt("aaaaaa:1")))
    child = os.fork()
    if child == 0:
        store.put("good/word", item(attempt("bbbbbb:1")))
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    store.put("good/word", item(attempt("aaaaaa:2")))
    assert ids(store) == ["aaaaaa:1", "bbbbbb:1", "aaaaaa:2"]


def test_only_its_owner_may_read_the_file(store: Store, path: Path) -> None:
    store.put("good/word", item(attempt("aaaaaa:1")))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_commit_is_on_the_disk_before_it_is_acknowledged(store: Store) -> None:
    connection = store._open()
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_the_workbook_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    own.cache_clear()
    monkeypatch.setenv("IIV_WORKBOOK", str(path))
    assert own().path == path
    own.cache_clear()
    monkeypatch.setenv("IIV_WORKBOOK", ":memory:")
    assert own().path is None
    assert own() is own()
    own.cache_clear()


def test_without_a_word_it_is_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    store = Store()
    store.put("good/word", item(attempt("aaaaaa:1")))
    assert store.path
    assert store.path.name == "workbook.sqlite3"
    assert store.path.exists()
    store.close()


def refusal(store: Store) -> str:
    """What is said when the store is used; writing and reading must not differ in that."""
    with pytest.raises(StoreError) as said:
        store.put("good/word", item(attempt("aaaaaa:1")))
    return str(said.value)


def test_a_missing_folder_is_said_and_not_made(tmp_path: Path) -> None:
    assert "there is no folder" in refusal(Store(tmp_path / "gone" / "workbook.sqlite3"))
    assert not (tmp_path / "gone").exists()


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    assert "cannot be opened: it is no file" in refusal(Store(tmp_path))


def test_a_file_that_has_to_be_there_is_not_made(path: Path) -> None:
    assert refusal(Store(path, create=False)) == f"there is no workbook {path}"
    assert not path.exists()


def _not_a_database(path: Path) -> None:
    path.write_text('{"format": "iiv-workbook"}' * 200)


def _something_else(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()


def _newer(path: Path) -> None:
    store = Store(path)
    store.put("good/word", item(attempt("aaaaaa:1")))
    store._open().execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    store.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_not_a_database, "is no workbook; a file saved by the course is brought in by Workbook().merge(path)"),
        (_something_else, "is a database of something else, not a workbook; nothing was changed"),
        (_newer, "was written by a newer version of this course; nothing was changed. Update the course"),
    ],
)
def test_another_file_is_refused_and_left_as_it_is(path: Path, make: Callable[[Path], None], said: str) -> None:
    make(path)
    before = path.read_bytes()
    assert said in refusal(Store(path))
    assert path.read_bytes() == before


def test_a_damaged_workbook_is_said_with_what_to_do(path: Path) -> None:
    store = Store(path)
    for number in range(1, 200):
        store.put(f"good/i{number}", item(attempt(f"aaaaaa:{number}", "x" * 500), key=f"good/i{number}"))
    store.close()
    content = bytearray(path.read_bytes())
    content[5000:] = os.urandom(len(content) - 5000)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"is damaged.*Move it aside"):
        Store(path).content()
    assert path.read_bytes() == bytes(content)


def test_a_workbook_that_another_program_holds_is_said_to_be_locked(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "PATIENCE", 0.05)
    store.put("good/word", item(attempt("aaaaaa:1")))
    waiting = Store(path)
    assert waiting.get("good/word")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert "is locked by another program; close that, and try again" in refusal(waiting)
    holder.close()
    waiting.put("good/word", item(attempt("aaaaaa:2")))
    assert ids(waiting) == ["aaaaaa:1", "aaaaaa:2"]
    waiting.close()


def test_a_full_disk_is_said_and_what_was_there_stays(store: Store) -> None:
    store.put("good/word", item(attempt("aaaaaa:1")))
    (pages,) = store._open().execute("PRAGMA page_count").fetchone()
    store._open().execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="is full; make room, and try again"):
        store.put("good/trust", item(attempt("aaaaaa:2", "x" * 50_000), key="good/trust"))
    store._open().execute("PRAGMA max_page_count = 1000000")
    store.put("good/word", item(attempt("aaaaaa:3")))
    assert ids(store) == ["aaaaaa:1", "aaaaaa:3"]


def test_a_file_that_was_moved_away_is_complete_and_a_new_one_is_gone_on_with(store: Store, path: Path) -> None:
    heard: list[str | None] = []
    store.follow(heard.append)
    store.put("good/word", item(attempt("aaaaaa:1")))
    moved = path.rename(path.with_name("moved.sqlite3"))
    store.put("good/word", item(attempt("aaaaaa:2")))
    assert ids(store) == ["aaaaaa:2"]
    assert None in heard
    aside = Store(moved, create=False)
    assert ids(aside) == ["aaaaaa:1"]
    aside.close()
    again = Store(path, create=False)
    assert ids(again) == ["aaaaaa:2"]
    again.close()


def test_what_is_saved_while_the_file_is_moved_away_is_saved_in_its_place(store: Store, path: Path) -> None:
    store.put("good/word", item(attempt("aaaaaa:1")))
    moved = path.with_name("moved.sqlite3")
    # In the last moment in which nothing is acknowledged yet.
    store._open().set_trace_callback(lambda said: said == "COMMIT" and path.rename(moved))
    store.put("good/word", item(attempt("aaaaaa:2")))
    assert ids(store) == ["aaaaaa:2"]
    aside = Store(moved)
    assert ids(aside) == ["aaaaaa:1", "aaaaaa:2"]
    aside.close()


def test_a_file_that_was_put_in_its_place_is_merged_into(store: Store, path: Path) -> None:
    store.put("good/word", item(attempt("aaaaaa:1")))
    other = Store(path.with_name("other.sqlite3"))
    other.put("good/word", item(attempt("bbbbbb:1")))
    other.close()
    os.replace(path.with_name("other.sqlite3"), path)
    assert ids(store) == ["bbbbbb:1"]
    store.put("good/word", item(attempt("aaaaaa:2")))
    again = Store(path)
    assert ids(again) == ["bbbbbb:1", "aaaaaa:2"]
    again.close()


def test_a_file_that_was_deleted_is_begun_anew_only_where_it_may_be_made(store: Store, path: Path) -> None:
    store.put("good/word", item(attempt("aaaaaa:1")))
    reader = Store(path, create=False)
    assert ids(reader) == ["aaaaaa:1"]
    path.unlink()
    assert refusal(reader) == f"there is no workbook {path}"
    assert ids(store) == []
    store.put("good/word", item(attempt("aaaaaa:2")))
    assert ids(reader) == ["aaaaaa:2"]
    reader.close()


def test_of_two_kernels_neither_loses_anything_when_the_file_is_moved_away(store: Store, path: Path) -> None:
    other = Store(path)
    for number in range(1, 20):
        (store, other)[number % 2].put("good/word", item(attempt(f"aaaaaa:{number}")))
    moved = path.rename(path.with_name("moved.sqlite3"))
    for number in range(20, 40):
        (store, other)[number % 2].put("good/word", item(attempt(f"aaaaaa:{number}")))
    assert ids(store) == ids(other) == [f"aaaaaa:{number}" for number in range(20, 40)]
    other.close()
    store.close()
    for file, expected in ((path, range(20, 40)), (moved, range(1, 20))):
        again = Store(file)
        assert ids(again) == [f"aaaaaa:{number}" for number in expected]
        again.close()


def test_the_log_of_a_file_that_is_gone_is_neither_lost_nor_taken_for_that_of_the_next(path: Path) -> None:
    child = os.fork()
    if child == 0:
        Store(path).put("good/word", item(attempt("aaaaaa:1")))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    home = path.with_name("home")
    home.mkdir()
    path.rename(home / path.name)
    said = refusal(Store(path))
    assert said.startswith(f"the workbook {path} is gone, but not workbook.sqlite3-wal and workbook.sqlite3-shm, which")
    assert not path.exists()
    for left in path.parent.glob("workbook.sqlite3-*"):
        left.rename(home / left.name)
    there = Store(home / path.name)
    assert ids(there) == ["aaaaaa:1"]
    there.close()


def test_the_workbook_stays_where_it_is_wherever_the_notebook_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store("workbook.sqlite3")
    store.put("good/word", item(attempt("aaaaaa:1")))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert ids(store) == ["aaaaaa:1"]
    store.close()
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.fixture
def readable() -> Iterator[Path]:
    """A folder that others may enter, and this process without the rights of root, whom no file is read-only to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_a_workbook_that_may_not_be_written_is_said_to_be_read_only(readable: Path) -> None:
    path = readable / "workbook.sqlite3"
    store = Store(path)
    store.put("good/word", item(attempt("aaaaaa:1")))
    store.close()
    path.chmod(0o444)
    readable.chmod(0o555)
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(NOBODY)
    try:
        assert "read-only" in refusal(Store(path))
    finally:
        os.seteuid(mine)
        readable.chmod(0o755)
    assert ids(store) == ["aaaaaa:1"]
    store.close()
