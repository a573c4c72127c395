"""What a cell asks for: kind and arguments, carried by a placeholder that holds no content of the course."""

from __future__ import annotations

import html
import json
import random
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from iiv_course import bank as banks
from iiv_course.items import Bank, CourseError, Item, Table
from iiv_course.page.spec import (
    ContinueSpec,
    CourseIndex,
    Lab,
    LabSpec,
    ProgressSpec,
    Source,
    Spec,
    pairs_before,
    quiz_spec,
    result_spec,
    review_spec,
    sheet_spec,
    skill_pairs,
    skills_spec,
    workbook_spec,
)

_STANDS = {
    "quiz": "An exercise of this course stands here.",
    "result": "Your result of this lesson stands here.",
    "progress": "How far you are with this lesson stands here.",
    "continue": "Where you left off stands here.",
    "workbook": "What you did in this course stands here.",
    "review": "What is due for review stands here.",
    "skills": "Your answers about the eight skills stand here.",
    "lab": "A lab of this course stands here.",
    "sheet": "Your call sheet stands here.",
}
SENTENCE = {kind: f"{stands} In JupyterLab it appears after Run → Run All Cells." for kind, stands in _STANDS.items()}
CALLS: Mapping[str, Mapping[str, str]] = {
    "quiz": {"kind": "quiz"},
    "exercise": {"kind": "quiz"},
    "lesson_result": {"kind": "result"},
    "lesson_progress": {"kind": "progress"},
    "skills_plot": {"kind": "skills"},
    "my_workbook": {"kind": "workbook"},
    "call_sheet": {"kind": "sheet"},
    "review": {"kind": "review"},
    "SpenceLab": {"kind": "lab", "lab": "spence"},
    "InterviewLab": {"kind": "lab", "lab": "interview"},
}
"""What a cell of a lesson may call, and what that settles."""
OF_A_BANK = ("quiz", "result", "progress", "skills")
"""Kinds that ask for something of one bank."""
OF_THE_COURSE = ("continue", "workbook", "review")
"""Kinds that look over the whole course."""
INDEXED = ("progress", *OF_THE_COURSE)
"""Kinds that need the course index, or a lesson's part of it."""


class Request(BaseModel):
    """A quiz (all items of a bank, some of them, or a draw of `pick`), a lab, or what looks over lesson or course.

    Skills may have another bank `before` theirs, whose answers stand beside them.
    A sheet is made of three tables, `bank/id`: a record, of which it shows some columns, a ranked one, and notes.

    Raises `CourseError` for a bank too many or too few and for items that are no list of names, `ValidationError` for
    other arguments that do not fit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["quiz", "result", "progress", "continue", "workbook", "review", "skills", "lab", "sheet"]
    bank: str = ""
    before: str | None = None
    items: tuple[str, ...] | None = None
    pick: int | None = Field(default=None, ge=1, strict=True)
    seed: int = Field(default=0, strict=True)
    lab: Lab | None = None
    record: str | None = None
    show: tuple[str, ...] = ()
    ranked: str | None = None
    notes: str | None = None

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

    @model_validator(mode="after")
    def _bank_fits_the_kind(self) -> Request:
        if self.kind in OF_A_BANK and not self.bank:
            raise CourseError(f"{self.kind} is about a bank; name it")
        if self.bank and self.kind not in OF_A_BANK:
            raise CourseError(f"{self.kind} is about the whole course; leave {self.bank!r} out")
        return self

    @model_validator(mode="after")
    def _before_fits_the_kind(self) -> Request:
        if self.before is None:
            return self
        if self.kind != "skills":
            raise CourseError(f"only skills are shown with others before them; leave {self.before!r} out")
        if self.before == self.bank:
            raise CourseError(f"before is {self.before!r}, the bank itself; name an earlier one or leave it out")
        return self

    @model_validator(mode="after")
    def _tables_fit_the_kind(self) -> Request:
        tables = (self.record, self.ranked, self.notes)
        if any(each is None for each in tables) if self.kind == "sheet" else any(tables) or self.show:
            raise CourseError("a sheet names three tables: record, ranked and notes; nothing else does")
        return self

    @model_validator(mode="after")
    def _lab_fits_the_kind(self) -> Request:
        if (self.kind == "lab") != (self.lab is not None):
            raise CourseError("a lab is asked for by its name, and nothing else is")
        return self

    def chosen(self) -> tuple[Item, ...]:
        """The items asked for, in order; none where the whole course is asked for.

        Raises `UnknownName` for a name, `CourseError` for a draw too large, a bank without skills, or one before it
        whose skills are others.
        """
        if self.kind not in OF_A_BANK:
            return ()
        bank = banks.load(self.bank)
        if self.kind == "skills":
            if self.before is not None:
                pairs_before(bank, banks.load(self.before))
            return tuple(item for pair in skill_pairs(bank) for item in pair)
        chosen = bank.items if self.items is None else tuple(banks.find(bank, item) for item in self.items)
        if self.pick is None:
            return chosen
        if self.pick > len(chosen):
            raise CourseError(f"pick={self.pick}, but there are only {len(chosen)} items to pick from")
        return tuple(random.Random(self.seed).sample(chosen, self.pick))

    def spec(self, sources: Mapping[str, Source], index: CourseIndex | None = None) -> Spec:
        """What the widget is told; kinds in `INDEXED` take what there is in the course from `index`.

        Raises as `chosen` does, and `MarkupError` for math that does not parse.
        """
        match self.kind:
            case "quiz":
                return quiz_spec(banks.load(self.bank), self.chosen(), sources)
            case "result":
                return result_spec(banks.load(self.bank))
            case "progress":
                part = index and CourseIndex(lessons=tuple(one for one in index.lessons if one.bank == self.bank))
                return ProgressSpec(kind="progress", bank=banks.load(self.bank).bank, index=part)
            case "skills":
                before = None if self.before is None else banks.load(self.before)
                return skills_spec(banks.load(self.bank), before)
            case "lab":
                return LabSpec.model_validate({"kind": "lab", "lab": self.lab, "key": f"lab/{self.lab}"})
            case "sheet":
                return sheet_spec(*(_table(key) for key in (self.record, self.ranked, self.notes)), show=self.show)
            case "continue":
                return ContinueSpec(kind="continue", index=index)
            case "workbook":
                lessons = index.lessons if index else ()
                shown = {lesson.bank: [banks.resolve(item.key) for item in lesson.items] for lesson in lessons}
                return workbook_spec(shown, index)
            case "review":
                every = index.lessons if index else ()
                held = [(banks.load(lesson.bank), {item.key for item in lesson.items}) for lesson in every]
                return review_spec(held, sources, index)

    def placeholder(self) -> str:
        """The stored output of the cell: kind and arguments, and a sentence for hosts that know nothing of us."""
        arguments = self.model_dump(mode="json", exclude={"kind"}, exclude_defaults=True)
        data = html.escape(json.dumps(arguments, sort_keys=True))
        return f'<div data-iiv="{self.kind}" data-args="{data}"><p>{SENTENCE[self.kind]}</p></div>'


def _table(key: str | None) -> tuple[Bank, Table]:
    """Raises `UnknownName` for a name, `CourseError` for what is no table."""
    bank, item = banks.resolve(key or "")
    if not isinstance(item, Table):
        raise CourseError(f"{key} is of type {item.type}, and a sheet is made of tables")
    return bank, item


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
