"""What the table of ideas proves, in a small course that is sound but for one line."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from iiv_course import bank, coverage
from iiv_course.bank import _shelf
from iiv_course.checks import check
from iiv_course.page import Request
from tests.scratch import BANK, ITEM, ROOT, cell, lesson, markdown, notebook, write, write_course, write_notebook

ROWS = (
    ("S1", "01-small", "small", "ok", ""),
    ("S2", "01-small", "small/one", "fix", "What is cheap, anyone can say."),
    ("S3", "02-other", "what-it-costs", "derived", ""),
    ("R1", "02-other", "other/four", "part", "No."),
)
"""A table without a flaw; line 2 is the first of its rows."""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound course of two lessons with four ideas, which is also the current folder."""
    write_course(tmp_path)
    ideas = tuple(row[0] for row in ROWS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bank, "FOLDER", tmp_path / "banks")
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path / "banks")
    monkeypatch.setattr(coverage, "IDEAS", ideas)
    content = lesson()
    content["cells"].append(markdown("more", "What is cheap,\nanyone can say."))
    write_notebook(tmp_path / "notebooks" / "01-small.ipynb", content)
    four = "".join(ITEM.format(id=id) for id in ("four", "five", "six"))
    write(tmp_path / "banks" / "other.yml", BANK.replace("bank: small", "bank: other") + four)
    quiz, result = Request(kind="quiz", bank="other"), Request(kind="result", bank="other")
    other = notebook(
        markdown("top", "# Other\n\n## What *it* costs\n"),
        cell("quiz", 'quiz("other")', quiz.placeholder()),
        cell("close", 'lesson_result("other")', result.placeholder()),
    )
    write_notebook(tmp_path / "notebooks" / "02-other.ipynb", other)
    write_table(tmp_path)
    return tmp_path


def write_table(course: Path, change: Callable[[list[list[str]]], object] = len) -> None:
    rows = [list(row) for row in ROWS]
    change(rows)
    with (course / coverage.TABLE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([coverage.Row._fields, *rows])


def with_field(course: Path, row: int, field: str, value: str) -> list[str]:
    """The problems of the course with one field of its table changed."""

    def change(rows: list[list[str]]) -> None:
        rows[row][coverage.Row._fields.index(field)] = value

    write_table(course, change)
    return check().problems


def test_the_course_has_a_table() -> None:
    assert (ROOT / coverage.TABLE).is_file()


def test_a_sound_table_has_no_problem(course: Path) -> None:
    assert check().problems == []


def test_a_course_without_a_table_is_not_asked(course: Path) -> None:
    (course / coverage.TABLE).unlink()
    assert check().problems == []


def test_an_idea_without_a_row_is_named(course: Path) -> None:
    write_table(course, lambda rows: rows.pop(2))
    assert check().problems == ["book/coverage.csv: S3 has no row; write which lesson teaches it, and where"]


def test_an_idea_that_does_not_exist_is_found_on_its_line(course: Path) -> None:
    assert with_field(course, 2, "idea", "S33") == [
        "book/coverage.csv:4: S33: no such idea; did you mean 'S3'?",
        "book/coverage.csv: S3 has no row; write which lesson teaches it, and where",
    ]


@pytest.mark.parametrize(
    ("row", "field", "value", "problem"),
    [
        (0, "status", "okay", "2: S1: status is 'okay'; did you mean 'ok'?"),
        (0, "lesson", "01-smal", "2: S1: no lesson '01-smal'; did you mean '01-small'?"),
        (0, "place", "smal", "2: S1: 01-small has no heading #smal; did you mean 'small'?"),
        (2, "place", "small", "4: S3: 02-other has no heading #small; there are: other, what-it-costs"),
        (3, "place", "other/fuor", "5: R1: no item 'fuor' in bank 'other'; did you mean 'four'?"),
        (3, "place", "othr/four", "5: R1: no bank 'othr'; did you mean 'other'?"),
        (3, "place", "small/one", "5: R1: 02-other does not show 'small/one'; 01-small does"),
        (1, "correction", "", "3: S2: is 'fix', so it needs the sentence that corrects it; copy one from the lesson"),
        (3, "correction", " ", "5: R1: is 'part', so it needs the sentence that corrects it; copy one from the lesson"),
        (
            1,
            "correction",
            "What is cheap, everyone can say.",
            "3: S2: its correction stands neither in the text of 01-small nor in an item shown there; "
            "now it reads: What is cheap, anyone can say.",
        ),
        (
            3,
            "correction",
            "What is cheap, anyone can say.",
            "5: R1: its correction stands neither in the text of 02-other nor in an item shown there; "
            "copy a sentence that does",
        ),
        (
            2,
            "correction",
            "Elsewhere.",
            "4: S3: its correction stands neither in the text of 02-other nor in an item shown there; "
            "copy a sentence that does",
        ),
    ],
)
def test_a_field_that_does_not_hold_is_found_on_its_line(
    course: Path, row: int, field: str, value: str, problem: str
) -> None:
    assert with_field(course, row, field, value) == [f"book/coverage.csv:{problem}"]


def test_an_item_that_no_lesson_shows_is_no_place(course: Path) -> None:
    spare = BANK.replace("bank: small", "bank: spare") + "".join(ITEM.format(id=id) for id in ("one", "two", "three"))
    write(course / "banks" / "spare.yml", spare)
    problems = with_field(course, 0, "place", "spare/one")
    assert problems[-1] == "book/coverage.csv:2: S1: 01-small does not show 'spare/one'; no lesson does"


@pytest.mark.parametrize("sentence", ["It costs $0$.", "Right.", "What is cheap,\n  anyone can say."])
def test_a_correction_stands_in_the_text_or_in_an_item_whatever_its_line_breaks(course: Path, sentence: str) -> None:
    write_table(course, lambda rows: rows[1].__setitem__(4, sentence))
    assert check().problems == []


def test_a_correction_in_code_is_none(course: Path) -> None:
    [problem] = with_field(course, 1, "correction", "from iiv_course import")
    assert "its correction stands neither" in problem


def test_a_heading_that_comes_twice_has_two_names(course: Path) -> None:
    content = lesson()
    content["cells"].append(markdown("more", "## Small\n\nWhat is cheap, anyone can say."))
    write_notebook(course / "notebooks" / "01-small.ipynb", content)
    assert with_field(course, 0, "place", "small-1") == []


def test_a_row_with_a_field_too_many_is_found(course: Path) -> None:
    write_table(course, lambda rows: rows[0].append("left over"))
    assert check().problems == [
        "book/coverage.csv:2: has 6 fields and not 5; quote a text with commas",
        "book/coverage.csv: S1 has no row; write which lesson teaches it, and where",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1: begins with ''; write idea,lesson,place,status,correction"),
        ("idea,place\n", "1: begins with 'idea,place'; write idea,lesson,place,status,correction"),
        ('idea,lesson,place,status,correction\n"S1"x,\n', "2: no CSV: ',' expected after '\"'"),
    ],
)
def test_a_file_that_is_no_such_table_is_named(course: Path, text: str, problem: str) -> None:
    write(course / coverage.TABLE, text)
    assert check().problems == [f"book/coverage.csv:{problem}"]


def test_a_table_that_is_not_utf_8_is_named(course: Path) -> None:
    (course / coverage.TABLE).write_bytes(b"idea\xff")
    [problem] = check().problems
    assert problem.startswith("book/coverage.csv: cannot be read as UTF-8: ")


@pytest.mark.parametrize("broken", ["banks/other.yml", "notebooks/02-other.ipynb"])
def test_what_is_broken_elsewhere_costs_no_second_message_here(course: Path, broken: str) -> None:
    write(course / broken, "{")
    assert [problem for problem in check().problems if problem.startswith("book/coverage.csv")] == []
