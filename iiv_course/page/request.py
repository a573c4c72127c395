"""What a cell asks for: kind and arguments, carried by a placeholder that holds no content of the course."""

from __future__ import annotations

import html
import json
import random
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from iiv_course import bank as banks
from iiv_course.items import CourseError, Item
from iiv_course.page.spec import QuizSpec, ResultSpec, Source, quiz_spec, result_spec

SENTENCE = {
    "quiz": "An exercise of this course stands here. In JupyterLab it appears after Run → Run All Cells.",
    "result": "Your result of this lesson stands here. In JupyterLab it appears after Run → Run All Cells.",
}


class Request(BaseModel):
    """A quiz (all items of a bank, some of them, or a draw of `pick`) or the result of a lesson.

    Raises `CourseError` for items that are no list of names, `ValidationError` for other arguments that do not fit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["quiz", "result"]
    bank: str
    items: tuple[str, ...] | None = None
    pick: int | None = Field(default=None, ge=1, strict=True)
    seed: int = Field(default=0, strict=True)

    @field_validator("items", mode="before")
    @classmethod
    def _items_is_a_list(cls, given: object) -> object:
        if isinstance(given, str):
            raise CourseError(f"items is {given!r}; write a list: items=[{given!r}]")
        return given

    @field_validator("items")
    @classmethod
    def _items_are_some(cls, items: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if items == ():
            raise CourseError("items is empty; name some items or leave it out")
        if items and (twice := next((item for item in items if items.count(item) > 1), None)):
            raise CourseError(f"items has {twice!r} twice; an exercise shows each item once")
        return items

    def chosen(self) -> tuple[Item, ...]:
        """The items asked for, in order. Raises `UnknownName` for a name, `CourseError` for a draw too large."""
        bank = banks.load(self.bank)
        chosen = bank.items if self.items is None else tuple(banks.find(bank, item) for item in self.items)
        if self.pick is None:
            return chosen
        if self.pick > len(chosen):
            raise CourseError(f"pick={self.pick}, but there are only {len(chosen)} items to pick from")
        return tuple(random.Random(self.seed).sample(chosen, self.pick))

    def spec(self, sources: Mapping[str, Source]) -> QuizSpec | ResultSpec:
        """What the widget is told. Raises as `chosen` does, and `MarkupError` for math that does not parse."""
        bank = banks.load(self.bank)
        return result_spec(bank) if self.kind == "result" else quiz_spec(bank, self.chosen(), sources)

    def placeholder(self) -> str:
        """The stored output of the cell: kind and arguments, and a sentence for hosts that know nothing of us."""
        arguments = self.model_dump(mode="json", exclude={"kind"}, exclude_defaults=True)
        data = html.escape(json.dumps(arguments, sort_keys=True))
        return f'<div data-iiv="{self.kind}" data-args="{data}"><p>{SENTENCE[self.kind]}</p></div>'


def requests_in(text: str) -> Iterator[Request]:
    """The requests whose placeholders stand in some HTML. Raises `ValueError` for one that cannot be read."""
    finder = _Finder()
    finder.feed(text)
    for kind, arguments in finder.found:
        try:
            yield Request.model_validate({"kind": kind, **json.loads(arguments)})
        # Brackets nested without end are a RecursionError.
        except (CourseError, TypeError, ValueError, RecursionError) as error:
            raise ValueError(f"no placeholder of an exercise: data-iiv={kind!r} data-args={arguments!r}") from error


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "data-iiv" in given:
            self.found.append((given["data-iiv"] or "", given.get("data-args") or "{}"))
