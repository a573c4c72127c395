"""The course index: what pages show, in order and once, without a question or an answer in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iiv_course import bank as banks
from iiv_course.bank import _shelf
from iiv_course.page import Request, ShownPage, course_index, notebook_index
from iiv_course.page.spec import WorkbookSpec
from tests.scratch import cell, notebook, write, write_notebook

BANKS = Path(__file__).resolve().parents[1] / "cases" / "banks"
GOOD = (BANKS / "good.yml").read_text("utf-8")


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two banks that differ in their names alone."""
    for name in ("good", "other"):
        write(tmp_path / "banks" / f"{name}.yml", GOOD.replace("bank: good", f"bank: {name}"))
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path / "banks")
    return tmp_path


def quiz(bank: str, *items: str) -> Request:
    return Request(kind="quiz", bank=bank, items=items or None)


def test_lessons_and_items_stand_in_the_order_of_the_pages() -> None:
    index = course_index(
        [
            ShownPage([Request(kind="workbook")], "workbook.html"),
            ShownPage([quiz("other", "word"), quiz("other", "trust")], "2.html"),
            ShownPage([Request(kind="result", bank="good"), quiz("good", "sort")], "1.html"),
        ]
    )
    assert [(lesson.bank, lesson.href) for lesson in index.lessons] == [("other", "2.html"), ("good", "1.html")]
    assert [item.key for item in index.lessons[0].items] == ["other/word", "other/trust"]


def test_an_item_shown_twice_stands_where_it_is_shown_first() -> None:
    index = course_index(
        [ShownPage([quiz("good", "word")], "1.html"), ShownPage([quiz("good", "word", "sort")], "2.html")]
    )
    [lesson] = index.lessons
    assert [(item.key, item.href) for item in lesson.items] == [
        # Where nothing is said it stands on the page of its lesson.
        ("good/word", None),
        ("good/sort", "2.html#item-good--sort"),
    ]
    assert lesson.href == "1.html"


def test_the_workbook_names_objectives_with_something_to_do_and_what_that_is() -> None:
    index = course_index([ShownPage([quiz("good", "word", "steps"), quiz("other", "word")])])
    spec = Request(kind="workbook").spec({}, index)
    assert isinstance(spec, WorkbookSpec)
    objectives = {bank: [each.items for each in listed] for bank, listed in spec.objectives.items()}
    assert objectives == {"good": [("good/word", "good/steps")], "other": [("other/word",)]}


def test_what_is_not_graded_has_no_tries() -> None:
    [lesson] = course_index([ShownPage([quiz("good")])]).lessons
    assert {item.type for item in lesson.items if item.tries is None} == {"scale", "reflection"}


def test_no_question_and_no_answer_is_in_the_index() -> None:
    text = course_index([ShownPage([quiz("good")], "1.html")]).model_dump_json()
    for words in ("move nobody", "Anyone can say it", "0.533", "impolite", "Somebody who was glad"):
        assert words in GOOD
        assert words not in text


def test_what_cannot_be_read_is_left_out(shelf: Path) -> None:
    write(shelf / "banks" / "other.yml", "bank: other\n")
    index = course_index([ShownPage([quiz("other"), quiz("nowhere"), quiz("good", "nothing"), quiz("good", "word")])])
    assert [[item.key for item in lesson.items] for lesson in index.lessons] == [["good/word"]]


def test_a_title_with_markup_is_plain_text_in_the_index(shelf: Path) -> None:
    write(shelf / "banks" / "good.yml", GOOD.replace("title: A bank in order", "title: A *bank* <b>in order</b>"))
    [lesson] = course_index([ShownPage([quiz("good", "word")])]).lessons
    assert lesson.title == "A bank <b>in order</b>"


# In a notebook


def course(root: Path, **stored: list[Request]) -> Path:
    for name, requests in stored.items():
        cells = [cell(f"c{i}", "quiz(...)", request.placeholder()) for i, request in enumerate(requests)]
        write_notebook(root / "notebooks" / f"{name}.ipynb", notebook(*cells))
    return root


def test_a_notebook_has_the_index_of_the_notebooks_beside_it(tmp_path: Path) -> None:
    root = course(tmp_path, a=[quiz("other", "sort", "word")], b=[quiz("good", "word")])
    keys = [[item.key for item in lesson.items] for lesson in notebook_index(root).lessons]
    assert keys == [["other/sort", "other/word"], ["good/word"]]
    assert {item.href for lesson in notebook_index(root).lessons for item in lesson.items} == {None}


def test_a_bank_that_no_notebook_shows_follows_whole(tmp_path: Path) -> None:
    index = notebook_index(course(tmp_path, a=[quiz("other", "word")]))
    assert [len(lesson.items) for lesson in index.lessons] == [1, len(banks.load("good").items)]


def test_the_index_of_one_bank_reads_no_other(tmp_path: Path, shelf: Path) -> None:
    write(shelf / "banks" / "good.yml", "no bank")
    [lesson] = notebook_index(course(tmp_path, a=[quiz("good"), quiz("other", "word")]), bank="other").lessons
    assert [item.key for item in lesson.items] == ["other/word"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", '{"cells": 7}', '{"cells": [7]}', '{"cells": [{"outputs": [{"data": null}]}]}', "[" * 100_000],
    ids=lambda text: text[:30],
)
def test_a_file_that_is_no_notebook_asks_for_nothing(tmp_path: Path, text: str) -> None:
    root = course(tmp_path, b=[quiz("good", "word")])
    write(root / "notebooks" / "a.ipynb", text)
    assert [lesson.bank for lesson in notebook_index(root).lessons] == ["good", "other"]


def test_html_that_is_stored_in_lines_is_read(tmp_path: Path) -> None:
    lines = quiz("good", "word").placeholder().replace("><", ">\n<").splitlines(keepends=True)
    content = notebook(cell("a", "quiz(...)", "x"))
    content["cells"][0]["outputs"][0]["data"]["text/html"] = lines
    write(tmp_path / "notebooks" / "a.ipynb", json.dumps(content))
    assert len(notebook_index(tmp_path).lessons[0].items) == 1
