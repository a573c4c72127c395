"""Whether the lessons cover the ideas that the course was written from: a table says where, and each row is proved."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from iiv_course import bank as banks
from iiv_course import notebooks
from iiv_course.course import label, notebooks_of
from iiv_course.items import CourseError
from iiv_course.page import requests_in
from iiv_course.written import quoted, suggestion

TABLE = Path("book", "coverage.csv")
"""Where a course keeps its table; one without it is not asked."""

IDEAS = (*(f"S{number}" for number in range(1, 107)), *(f"R{number}" for number in range(1, 13)))
"""The ideas of the essays that the course was written from, and what those essays ask their readers."""

STATUSES = {
    "ok": "the evidence supports it",
    "part": "the evidence supports a part of it",
    "fix": "the evidence speaks against it as it was put",
    "own": "a view or a term of the essays",
    "derived": "follows from the model of the course",
    "practice": "guides say so, and nobody has tested it",
}
"""How an idea stands against the evidence."""

CORRECTED = ("fix", "part")
"""What may not be taught as it was put, so that the lesson has a sentence that corrects it."""

_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][)\"”*]))\s+")


class Row(NamedTuple):
    """One line of the table: the idea is taught by this lesson at this place, and corrected by this sentence."""

    idea: str
    lesson: str
    place: str
    status: str
    correction: str


class Lesson(NamedTuple):
    """What a row can name of a lesson: anchors of its headings, keys of the items it shows, all its text."""

    headings: tuple[str, ...]
    shown: frozenset[str]
    text: str


def problems(root: Path) -> list[str]:
    """What is wrong with the table of a course, with line and remedy; nothing where a course has none.

    A lesson or bank that cannot be read is not told of again, and no row is blamed for it.
    """
    path = root / TABLE
    if not path.is_file():
        return []
    try:
        return list(_problems(path, {file.stem: _lesson(file) for file in notebooks_of(root)}))
    except (OSError, UnicodeDecodeError) as error:
        return [f"{label(path)}: cannot be read as UTF-8: {error}"]


def _problems(path: Path, lessons: Mapping[str, Lesson | None]) -> Iterator[str]:
    covered = set()
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            if (columns := next(reader, [])) != list(Row._fields):
                yield f"{label(path)}:1: begins with '{','.join(columns)}'; write {','.join(Row._fields)}"
                return
            for fields in reader:
                place = f"{label(path)}:{reader.line_num}"
                if len(fields) != len(Row._fields):
                    yield f"{place}: has {len(fields)} fields and not {len(Row._fields)}; quote a text with commas"
                    continue
                row = Row(*(" ".join(field.split()) for field in fields))
                covered.add(row.idea)
                yield from (f"{place}: {row.idea}: {problem}" for problem in _problems_of(row, lessons))
        except csv.Error as error:
            yield f"{label(path)}:{reader.line_num}: no CSV: {error}"
            return
    for idea in IDEAS:
        if idea not in covered:
            yield f"{label(path)}: {idea} has no row; write which lesson teaches it, and where"


def _problems_of(row: Row, lessons: Mapping[str, Lesson | None]) -> Iterator[str]:
    if row.idea not in IDEAS:
        yield f"no such idea{suggestion(row.idea, IDEAS)}"
    if row.status not in STATUSES:
        yield f"status is {quoted(row.status)}{suggestion(row.status, STATUSES)}"
    if row.status in CORRECTED and not row.correction:
        yield f"is '{row.status}', so it needs the sentence that corrects it; copy one from the lesson"
    if row.lesson not in lessons:
        yield f"no lesson {quoted(row.lesson)}{suggestion(row.lesson, lessons)}"
    elif lesson := lessons[row.lesson]:
        yield from _misplaced(row, lesson, lessons)
        if row.correction not in lesson.text:
            nearest = difflib.get_close_matches(row.correction, _SENTENCE_END.split(lesson.text), n=1)
            remedy = f"now it reads: {nearest[0]}" if nearest else "copy a sentence that does"
            yield f"its correction stands neither in the text of {row.lesson} nor in an item shown there; {remedy}"


def _misplaced(row: Row, lesson: Lesson, lessons: Mapping[str, Lesson | None]) -> Iterator[str]:
    if "/" not in row.place:
        if row.place not in lesson.headings:
            yield f"{row.lesson} has no heading #{row.place}{suggestion(row.place, lesson.headings)}"
    elif row.place not in lesson.shown:
        try:
            banks.resolve(row.place)
        except banks.UnknownName as error:
            yield str(error)
        except CourseError:
            return
        else:
            elsewhere = [name for name, other in lessons.items() if other and row.place in other.shown]
            remedy = f"{' and '.join(elsewhere)} does" if elsewhere else "no lesson does"
            yield f"{row.lesson} does not show '{row.place}'; {remedy}"


def _lesson(path: Path) -> Lesson | None:
    """What there is in a lesson; None if it, or a bank that it shows, cannot be read."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.anchors import anchors_plugin

    try:
        cells = notebooks.read(path).cells
        asked = [request for cell in cells for html in cell.html() for request in requests_in(html)]
        items = {f"{each.bank}/{item.id}": item for each in asked if each.kind == "quiz" for item in each.chosen()}
    except (CourseError, ValueError):
        return None
    prose = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    # The levels and names of MyST, which makes the links.
    tokens = MarkdownIt("commonmark").use(anchors_plugin, max_level=3).parse(prose)
    headings = tuple(str(token.attrs["id"]) for token in tokens if token.type == "heading_open" and "id" in token.attrs)
    texts = [prose, *(text for item in items.values() for text in _texts(item.model_dump()))]
    return Lesson(headings, frozenset(items), " ".join(" ".join(texts).split()))


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from (text for part in value.values() for text in _texts(part))
        case list() | tuple():
            yield from (text for part in value for text in _texts(part))
