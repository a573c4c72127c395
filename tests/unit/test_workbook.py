"""The workbook in Python: tables of what was done, files out and in, clear words for what is wrong with either."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from iiv_course import Workbook
from iiv_course import bank as banks
from iiv_course.bank import _shelf
from iiv_course.course import root_above
from iiv_course.items import CourseError, rev
from iiv_course.workbook.reading import Merged
from iiv_course.workbook.store import BOOK, Store, own

BANKS = Path(__file__).resolve().parents[1] / "cases" / "banks"


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "banks"
    folder.mkdir()
    (folder / "good.yml").write_bytes((BANKS / "good.yml").read_bytes())
    (folder / "broken.yml").write_text("bank: [")
    monkeypatch.setattr(_shelf, "FOLDER", folder)
    monkeypatch.setenv("IIV_WORKBOOK", str(tmp_path / "workbook.sqlite3"))
    own.cache_clear()
    yield own()
    own().close()
    own.cache_clear()


def attempt(number: int, response: Any, score: str | None, **more: Any) -> dict[str, Any]:
    given = {"id": f"writer:{number}", "round": 1, "at": f"2026-11-24T12:00:{number:02}.500Z", "response": response}
    return given | {"score": score, "hints": 0, "revealed": False, "confidence": None} | more


def did(store: Store, key: str, *attempts: dict[str, Any], text: str = "", **more: Any) -> None:
    """Put what was done with an item, at its present version."""
    bank, id = key.split("/")
    current = rev(banks.find(banks.load(bank), id)) if bank == "good" else "00000000"
    draft = [{"version": "writer:90", "parents": [], "text": text, "at": "2026-11-24T13:00:00Z"}] if text else []
    state = {"key": key, "round": 1, "attempts": [{"rev": current} | a for a in attempts], "draft": draft, "rows": []}
    store.put(key, state | more)


def test_an_empty_workbook_has_tables_with_the_same_columns(store: Store) -> None:
    empty = Workbook().attempts().dtypes
    did(store, "good/word", attempt(1, "small talk", "0"))
    pd.testing.assert_series_equal(empty, Workbook().attempts().dtypes)
    assert Workbook().drafts().empty


def test_attempts_are_rows_that_pandas_can_count_with(store: Store) -> None:
    did(store, "good/word", attempt(1, "small talk", "0", confidence="guess"), attempt(2, "cheap talk", "1", hints=1))
    did(store, "good/sort", attempt(3, {"how": "open"}, "1/2", review="writer:3"))
    did(store, "good/ease", attempt(4, "hard", None))
    table = Workbook().attempts()
    assert table["key"].tolist() == ["good/ease", "good/sort", "good/word", "good/word"]
    word = table[table["item"] == "word"]
    assert word["score"].tolist() == [0.0, 1.0]
    assert word["confidence"].fillna("").tolist() == ["guess", ""]
    assert word["hints"].sum() == 1
    assert word["at"].iloc[0] == pd.Timestamp("2026-11-24T12:00:01.5", tz="UTC")
    assert table["score"].isna().tolist() == [True, False, False, False]
    assert table.loc[1, "response"] == {"how": "open"}
    assert table.loc[1, "review"] == "writer:3"
    assert table["current_rev"].all()
    assert set(table["objective"]) <= set(banks.load("good").objectives)


def test_answers_to_questions_that_changed_or_went_are_kept_and_say_so(store: Store) -> None:
    did(store, "good/word", attempt(1, "small talk", "0", rev="ffffffff"))
    did(store, "gone/word", attempt(2, "small talk", "0"))
    table = Workbook().attempts().set_index("key")
    assert not table.loc["good/word", "current_rev"]
    assert table.loc["gone/word", ["current_rev", "objective"]].isna().all()


def test_a_clock_that_says_nonsense_is_a_missing_time(store: Store) -> None:
    did(store, "good/word", attempt(1, "small talk", "0", at="yesterday"))
    assert Workbook().attempts()["at"].isna().all()


def test_progress_counts_as_the_lesson_does(store: Store) -> None:
    did(store, "good/word", attempt(1, "small talk", "0"), attempt(2, "cheap talk", "1"))
    did(store, "good/cheap-talk", attempt(3, "free", "1"))
    did(store, "good/trust", attempt(4, "9", "0"), attempt(5, None, None, revealed=True))
    did(store, "good/costly-signs", attempt(6, ["months"], "1", review="writer:6"))
    did(store, "good/sort", attempt(7, {}, "1"), round=2)
    did(store, "good/looking-back", text="She smiled.")
    progress = Workbook().progress()
    assert progress["bank"].unique().tolist() == ["good"]
    total = progress[["graded", "answered", "right_first", "right", "texts", "written"]].sum()
    assert total.to_dict() == {"graded": 6, "answered": 3, "right_first": 1, "right": 2, "texts": 2, "written": 1}


def test_drafts_are_the_texts_as_they_stand_now(store: Store) -> None:
    did(store, "good/looking-back", text="She smiled.")
    state = {"key": "good/looking-back", "round": 1, "attempts": [], "rows": []}
    apart = {"version": "other1:91", "parents": [], "text": "He smiled.", "at": "?"}
    store.put("good/looking-back", state | {"draft": [apart]})
    table = Workbook().drafts()
    assert table["text"].tolist() == ["She smiled.", "He smiled."]
    assert table["versions"].tolist() == [2, 2]


def test_a_table_has_a_column_for_each_field_and_no_deleted_rows(store: Store) -> None:
    rows = [
        {"id": "writer:1", "version": 1, "deleted": False, "fields": {"who": "Ada", "when": "2026-12-01"}},
        {"id": "writer:2", "version": 2, "deleted": True, "fields": {"who": "Bo"}},
        {"id": "writer:3", "version": 1, "deleted": False, "fields": {"who": "Cy"}},
    ]
    store.put("good/contacts", {"key": "good/contacts", "round": 1, "attempts": [], "draft": [], "rows": rows})
    table = Workbook().table("good/contacts")
    assert table["who"].tolist() == ["Ada", "Cy"]
    assert table.index.tolist() == ["writer:1", "writer:3"]
    assert Workbook().table("good/nothing").empty


def test_a_file_brought_in_says_what_it_changed_and_a_second_time_nothing(store: Store, tmp_path: Path) -> None:
    did(store, "good/word", attempt(1, "small talk", "0"), attempt(2, "cheap talk", "1"))
    did(store, "good/looking-back", text="She smiled.")
    file = Workbook().export(tmp_path / "mine.json")
    other = Store(tmp_path / "other.sqlite3")
    other.put("good/word", {"key": "good/word", "round": 1, "attempts": [], "draft": [], "rows": []})
    elsewhere = Workbook(tmp_path / "other.sqlite3")
    assert elsewhere.merge(file) == Merged(attempts=2, texts=1, rows=0, erased=0)
    assert elsewhere.merge(file) == Merged(attempts=0, texts=0, rows=0, erased=0)
    assert other.content() == store.content()
    other.close()


def test_what_was_erased_elsewhere_goes_here_and_is_counted(store: Store, tmp_path: Path) -> None:
    did(store, "good/word", attempt(1, "small talk", "0"))
    old = Workbook().export(tmp_path / "old.json")
    own().erase()
    erased = Workbook().export(tmp_path / "erased.json")
    assert Workbook().merge(old) == Merged(attempts=0, texts=0, rows=0, erased=0)
    did(Store(tmp_path / "other.sqlite3"), "good/word", attempt(1, "small talk", "0"))
    other = Workbook(tmp_path / "other.sqlite3")
    assert other.merge(erased) == Merged(attempts=0, texts=0, rows=0, erased=1)


def test_the_file_for_an_instructor_holds_answers_and_nothing_that_was_written(store: Store, tmp_path: Path) -> None:
    did(store, "good/cheap-talk", attempt(1, "free", "1"))
    did(store, "good/word", attempt(2, "zebra", "0"))
    did(store, "good/looking-back", attempt(3, "quagga", None), text="quagga")
    text = Workbook().export(tmp_path / "answers.json", kind="answers").read_text("utf-8")
    assert {item["key"] for item in json.loads(text)["items"]} == {"good/cheap-talk", "good/word"}
    assert "zebra" not in text
    assert "quagga" not in text


def test_a_file_that_is_there_is_not_written_over_unless_one_says_so(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "mine.json"
    target.write_text("precious")
    with pytest.raises(CourseError, match="is there already; give another name, or overwrite=True"):
        Workbook().export(target)
    assert target.read_text() == "precious"
    assert json.loads(Workbook().export(target, overwrite=True).read_text("utf-8"))["book"] == BOOK


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Workbook("gone.sqlite3"), "there is no workbook .*gone.sqlite3"),
        (lambda: Workbook().merge("gone.json"), "there is no file gone.json"),
        (lambda: Workbook().merge("."), "cannot be read: Is a directory"),
        (lambda: Workbook().merge("other.json"), "this is no workbook"),
        (lambda: Workbook("other.json"), "is no workbook; a file saved by the course is brought in by"),
        (lambda: Workbook().export("gone/mine.json"), "there is no folder gone"),
        (lambda: Workbook().export("mine.json", kind="all"), "kind is 'all'; write 'everything' or 'answers'"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    call: Callable[[], object], said: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    did(store, "good/word", attempt(1, "small talk", "0"))
    before = store.content()
    monkeypatch.chdir(tmp_path)
    Path("other.json").write_text(json.dumps({"bookmarks": ["x" * 1000]}))
    with pytest.raises(CourseError, match=said):
        call()
    assert store.content() == before


def test_a_file_with_a_problem_is_refused_with_its_place_and_nothing_of_it_is_taken(
    store: Store, tmp_path: Path
) -> None:
    did(store, "good/word", attempt(1, "small talk", "0"), attempt(2, "cheap talk", "1"))
    file = Workbook().export(tmp_path / "mine.json")
    content = json.loads(file.read_text("utf-8"))
    content["items"][0]["attempts"][1]["score"] = 7
    file.write_text(json.dumps(content))
    own().erase()
    before = store.content()
    with pytest.raises(CourseError, match=r"items\[0\]\.attempts\[1\]\.score: found 7"):
        Workbook().merge(file)
    assert store.content() == before


def test_the_course_has_one_name_in_the_book_and_in_files() -> None:
    root = root_above(Path(__file__))
    assert root
    assert f"iiv_book: {BOOK} " in (root / "_config.yml").read_text("utf-8")
