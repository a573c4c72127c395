"""Conversations as a page shows them: texts as HTML; of one that another follows no more than playing it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from iiv_course import bank as banks
from iiv_course.items import CourseError
from iiv_course.page.markup import block, inline, plain_text
from iiv_course.scenario import TEXTS, Conversation, TextKind, as_json

_QUOTES = frozenset("\"'`\\")
RENDERERS: Mapping[TextKind, Callable[[str], str]] = {"plain": plain_text, "inline": inline, "block": block}


def talk_json(conversation: Conversation, before: Conversation | None = None) -> dict[str, Any]:
    """What the widget reads; `skills` have the title of their lesson as well, `earlier` is the one that it follows."""
    shown: dict[str, Any] = _rendered(as_json(conversation))
    earlier = {"earlier": _bare(as_json(before))} if before else {}
    return shown | {"skills": [skill | _lesson(skill["lesson"]) for skill in shown["skills"]]} | earlier


def person(talk: Mapping[str, Any]) -> str:
    """Who it is with, in a line."""
    who = talk["who"]
    return f"{who['name']}, {who['role']}, {who['organization']}"


@lru_cache(maxsize=4096)
def typeset(text: str) -> str:
    """The same words with the quotation marks of a book: who writes speech should not have to think of them.

    >>> typeset('"It depends," she says.')
    '“It depends,” she says.'
    """
    if not _QUOTES.intersection(text):
        return text
    # A live notebook without a conversation need not load it.
    from docutils.utils.smartquotes import smartyPants

    return str(smartyPants(text, "q"))


def _rendered(value: Any, name: str = "") -> Any:
    match value:
        case str() if name in TEXTS:
            return RENDERERS[TEXTS[name]](typeset(value))
        case dict():
            return {name: _rendered(each, name) for name, each in value.items()}
        case list():
            return [_rendered(each) for each in value]
        case _:
            return value


def _bare(value: Any) -> Any:
    """No more than playing takes: no text."""
    match value:
        case dict():
            return {name: _bare(each) for name, each in value.items() if name not in TEXTS}
        case list():
            return [_bare(each) for each in value]
        case _:
            return value


def _lesson(name: str) -> dict[str, str]:
    """The title of the bank of a lesson, whose notebook has its number before the name."""
    with suppress(CourseError):
        return {"lesson_title": plain_text(banks.load(name.partition("-")[2]).title)}
    return {"lesson_title": name}
