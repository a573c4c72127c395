"""The glossary explains the words of the lessons: each term names its lessons, and these lead back to it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import pytest

from iiv_course import notebooks
from tests.scratch import ROOT

_TERM = re.compile(r"^\[\*\*(?P<name>.+?)\*\*\]\{#(?P<anchor>term-[a-z0-9-]+)\}\n: (?P<text>.+)$", re.MULTILINE)
_LESSON = re.compile(r"\.\./notebooks/(\d\d-[a-z-]+)\.ipynb")


class Term(NamedTuple):
    name: str
    anchor: str
    lessons: tuple[str, ...]


def terms() -> list[Term]:
    text = (ROOT / "book" / "glossary.md").read_text("utf-8")
    return [Term(each["name"], each["anchor"], tuple(_LESSON.findall(each["text"]))) for each in _TERM.finditer(text)]


@cache
def prose(lesson: str) -> str:
    cells = notebooks.read(ROOT / "notebooks" / f"{lesson}.ipynb").named_cells()
    return "\n".join(cell.source for _, cell in cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.anchor)
def test_a_term_is_linked_in_every_lesson_that_it_names(term: Term) -> None:
    assert term.lessons
    missing = [lesson for lesson in term.lessons if f"(../book/glossary.md#{term.anchor})" not in prose(lesson)]
    assert missing == []


def test_terms_stand_in_the_order_of_the_alphabet() -> None:
    names = [term.name.casefold() for term in terms()]
    assert len(names) > 50
    assert names == sorted(names)
