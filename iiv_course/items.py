"""The items a bank may hold, as frozen data: types, closed sets and the checks within one item; no input or output."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple, Protocol

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter

from iiv_course import exploring

TEXT_LIMIT = 20_000
"""Longest text of a bank, and longest answer, in code points."""

NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)
"""How a learner may write a number."""

DIGITS_LIMIT = 40

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Inline = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT)]
Markdown = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Shown = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
Count = Annotated[int, Field(ge=1, le=2_000)]
Answer = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def _exact(value: object) -> object:
    """Keep numbers as they were written: a bank says 0.1, not the nearest double."""
    if isinstance(value, bool | float):
        raise ValueError("write a plain number such as 12 or 0.5")
    return Decimal(value) if isinstance(value, int) else value


def _written(value: object) -> object:
    """A tolerance may be written as a number or, with a percent sign, as text."""
    return plain(Decimal(value)) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _word_or_number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError("write a word, or a plain number such as 12 or 0.5")
    return Decimal(value) if isinstance(value, int) else value


Number = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False, max_digits=DIGITS_LIMIT)]
WordOrNumber = Annotated[str | Number, BeforeValidator(_word_or_number)]
OnSlider = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False, max_digits=8, decimal_places=4)]
DraftKind = Literal["question", "thank-you-note", "outreach-message"]
"""What there is feedback for while one writes; `iiv_course.drafts` has the rules."""
Tolerance = Annotated[
    str, BeforeValidator(_written), StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?%?$", max_length=20)
]


class _Data(BaseModel):
    # Built when first used: an import is no time to compile a dozen validators.
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


class CourseError(Exception):
    """A mistake of an author: its message says all; a notebook shows it without a traceback."""

    def _render_traceback_(self) -> list[str]:
        # IPython asks the exception for its traceback before it makes one.
        return [str(self)]


class Problem(NamedTuple):
    """Something wrong with an item: where (a path of field names and positions), and what would do."""

    path: tuple[str | int, ...]
    message: str


class Option(_Data):
    """An option of a `choice` or `multiple`; `feedback` says why it is right or wrong."""

    id: Id
    text: Inline
    correct: bool = False
    feedback: Markdown


class Category(_Data):
    id: Id
    text: Inline


class MatchEntry(_Data):
    id: Id
    text: Inline
    category: Id
    feedback: Markdown


class OrderEntry(_Data):
    id: Id
    text: Inline
    feedback: Markdown | None = None


class Level(_Data):
    id: Id
    text: Inline
    feedback: Markdown | None = None


class NumericMistake(_Data):
    """A wrong number that many arrive at, and what to tell them."""

    value: Number
    tolerance: Tolerance = "0"
    feedback: Markdown


class TextMistake(_Data):
    accepted: Annotated[tuple[Answer, ...], Field(min_length=1)]
    feedback: Markdown


class RightWrong(_Data):
    right: Markdown
    wrong: Markdown


class RightPartlyWrong(_Data):
    right: Markdown
    partly: Markdown
    wrong: Markdown


class FourWays(_Data):
    """Feedback of a `multiple`: all and only the keys; something wrong; something missed; both."""

    right: Markdown
    wrong: Markdown
    missed: Markdown
    both: Markdown


class Control(_Data):
    """A slider over a setting of the lab: from `min` to `max`, both included, by `step`."""

    id: str
    min: OnSlider
    max: OnSlider
    step: OnSlider


class Prediction(_Data):
    """What the learner predicts before the sliders are free; it never counts."""

    prompt: Inline
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=5)]


class Goal(_Data):
    """What a quantity of the model is to be: one of `is`, `at_least`, `at_most`."""

    quantity: str
    equal: Annotated[WordOrNumber | None, Field(alias="is")] = None
    at_least: Number | None = None
    at_most: Number | None = None


class Tick(_Data):
    """A sentence to tick about one's own draft; it never counts."""

    id: Id
    text: Inline


class ColumnOption(_Data):
    id: Id
    text: Title


class Column(_Data):
    """A field of a table's rows; `long` has several lines, `review` is told about as one writes."""

    id: Id
    label: Title
    kind: Literal["text", "date", "url", "choice"]
    required: bool = False
    long: bool = False
    help: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)] | None = None
    options: Annotated[tuple[ColumnOption, ...], Field(max_length=20)] = ()
    review: DraftKind | None = None
    part: Id | None = None


class FormPart(_Data):
    """A group of a form's fields; `minutes` is a time box with a clock."""

    id: Id
    title: Title
    minutes: Annotated[int, Field(ge=1, le=180)] | None = None


class Calendar(_Data):
    """What of a row goes into a calendar: the column of the date, and the one that names the entry."""

    date: Id
    title: Id


class _Item(_Data):
    id: Id
    title: Title
    objective: Id
    sources: tuple[str, ...] = ()
    context: Markdown | None = None
    prompt: Inline
    edition: Annotated[int, Field(ge=1, le=10_000)] = 1

    def problems(self) -> Iterator[Problem]:
        """Everything that the types alone cannot say."""
        yield from _repeated(("sources",), self.sources)

    def verdict_basis(self) -> dict[str, object]:
        """What a verdict depends on, and nothing else: the input of `rev`."""
        return {}


class _Graded(_Item):
    hints: tuple[Markdown, ...] = ()
    explanation: Markdown
    tries: Annotated[int, Field(ge=1, le=5)] = 2

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if len(self.hints) > self.tries - 1:
            yield Problem(
                ("hints",),
                f"{len(self.hints)} hints for {self.tries} tries; a hint stands between two tries, "
                f"so at most {self.tries - 1}",
            )


class Choice(_Graded):
    """One key among two to eight options. Response: the option's id."""

    type: Literal["choice"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=8)]

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from _repeated_ids(("options",), self.options)
        yield from _not_one_key(("options",), self.options, "a choice has one (use type: multiple for several)")

    def verdict_basis(self) -> dict[str, object]:
        return {"options": {option.id: option.correct for option in self.options}}


class Multiple(_Graded):
    """Any number of keys among the options. Response: the ids of the chosen options."""

    type: Literal["multiple"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=12)]
    feedback: FourWays

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from _repeated_ids(("options",), self.options)
        if not any(option.correct for option in self.options):
            yield Problem(("options",), "no option is a key; give at least one of them correct: true")

    def verdict_basis(self) -> dict[str, object]:
        return {"options": {option.id: option.correct for option in self.options}}


class Numeric(_Graded):
    """A number within a tolerance, absolute (`0.5`) or relative (`5%`). Response: the text typed."""

    type: Literal["numeric"]
    answer: Number
    tolerance: Tolerance = "0"
    unit: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None = None
    mistakes: tuple[NumericMistake, ...] = ()
    feedback: RightWrong

    def verdict_basis(self) -> dict[str, object]:
        return {"answer": plain(self.answer), "tolerance": self.tolerance}


class Text(_Graded):
    """A word or phrase from a list, after folding; `near` is the edit distance that counts as a slip of the pen."""

    type: Literal["text"]
    accepted: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=40)]
    near: Annotated[int, Field(ge=0, le=3)] = 0
    mistakes: tuple[TextMistake, ...] = ()
    feedback: RightWrong

    def verdict_basis(self) -> dict[str, object]:
        return {"accepted": sorted(self.accepted), "near": self.near}


class Order(_Graded):
    """Entries listed in their right order. Response: the ids in the learner's order."""

    type: Literal["order"]
    entries: Annotated[tuple[OrderEntry, ...], Field(min_length=3, max_length=10)]
    feedback: RightPartlyWrong

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from _repeated_ids(("entries",), self.entries)

    def verdict_basis(self) -> dict[str, object]:
        return {"order": [entry.id for entry in self.entries]}


class Match(_Graded):
    """Entries that each belong to one category. Response: entry id to category id."""

    type: Literal["match"]
    categories: Annotated[tuple[Category, ...], Field(min_length=2, max_length=8)]
    entries: Annotated[tuple[MatchEntry, ...], Field(min_length=2, max_length=12)]
    feedback: RightPartlyWrong

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from _repeated_ids(("categories",), self.categories)
        yield from _repeated_ids(("entries",), self.entries)
        known = [category.id for category in self.categories]
        for i, entry in enumerate(self.entries):
            if entry.category not in known:
                found = f"no category '{entry.category}'; expected one of {', '.join(known)}"
                yield Problem(("entries", i, "category"), found)

    def verdict_basis(self) -> dict[str, object]:
        return {
            "categories": sorted(category.id for category in self.categories),
            "entries": {entry.id: entry.category for entry in self.entries},
        }


class Scale(_Item):
    """A self-rating without right or wrong. Response: the level's id."""

    type: Literal["scale"]
    levels: Annotated[tuple[Level, ...], Field(min_length=2, max_length=7)]

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from _repeated_ids(("levels",), self.levels)

    def verdict_basis(self) -> dict[str, object]:
        return {"levels": [level.id for level in self.levels]}


class Reflection(_Item):
    """Open writing; the model answer shows after the learner has written. Response: the text."""

    type: Literal["reflection"]
    model: Markdown


class Explore(_Graded):
    """A lab with a goal: predict, lock the prediction, move the sliders, check.

    Response: `prediction`, the option's id, and `position`, the place of each slider as plain decimal text.
    """

    type: Literal["explore"]
    lab: exploring.Lab
    given: dict[str, WordOrNumber] = {}
    controls: Annotated[tuple[Control, ...], Field(min_length=1, max_length=3)]
    predict: Prediction
    goal: Annotated[tuple[Goal, ...], Field(min_length=1, max_length=6)]
    feedback: RightWrong

    @property
    def task(self) -> exploring.Task:
        """What the model is asked."""
        return exploring.Task(
            self.lab,
            tuple(sorted(self.given.items())),
            tuple(exploring.Control(each.id, each.min, each.max, each.step) for each in self.controls),
            tuple(exploring.Goal(each.quantity, each.equal, each.at_least, each.at_most) for each in self.goal),
        )

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from _repeated_ids(("predict", "options"), self.predict.options)
        yield from _not_one_key(("predict", "options"), self.predict.options, "a prediction has one")
        yield from (Problem(*each) for each in exploring.problems(self.task))

    def verdict_basis(self) -> dict[str, object]:
        return {
            "lab": self.lab,
            "start": {name: _as_text(value) for name, value in exploring.start(self.task).items()},
            "controls": {each.id: [plain(each.min), plain(each.max), plain(each.step)] for each in self.controls},
            "goal": [[each.quantity, *map(_as_text, (each.equal, each.at_least, each.at_most))] for each in self.goal],
            "options": {option.id: option.correct for option in self.predict.options},
        }


class Draft(_Item):
    """A text of one's own, with feedback as one writes and a model to compare with. Response: the text.

    `start` stands in the field at first; `beside` names an item of the same bank that is shown next to it.
    """

    type: Literal["draft"]
    kind: DraftKind
    words: Annotated[tuple[Count, Count] | None, Field(description="The least and most words to aim at.")] = None
    beside: Id | None = None
    start: Annotated[str, StringConstraints(max_length=TEXT_LIMIT)] | None = None
    model: Markdown
    rubric: Annotated[tuple[Tick, ...], Field(max_length=8)] = ()

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from _repeated_ids(("rubric",), self.rubric)
        if self.words and self.words[0] > self.words[1]:
            yield Problem(("words",), "the least is more than the most; write the smaller number first")

    def verdict_basis(self) -> dict[str, object]:
        return {"kind": self.kind}


class Table(_Item):
    """Rows that the learner fills, or a form, which is one record. Response: the rows."""

    type: Literal["table"]
    layout: Literal["rows", "form"]
    row: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)] = "line"
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=40)]
    parts: Annotated[tuple[FormPart, ...], Field(max_length=8)] = ()
    ranked: Annotated[int, Field(ge=1, le=50)] | None = None
    ranked_as: Title | None = None
    calendar: Calendar | None = None
    example: Annotated[tuple[dict[Id, Shown], ...], Field(max_length=6)] = ()

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from _repeated_ids(("columns",), self.columns)
        yield from _repeated_ids(("parts",), self.parts)
        for i, column in enumerate(self.columns):
            yield from (Problem(("columns", i, *path), message) for path, message in self._column_problems(column))
        if self.layout == "form" and (self.ranked or self.calendar):
            yield Problem(("layout",), "a form is one record; ranked and calendar are for rows")
        if (self.ranked is None) != (self.ranked_as is None):
            yield Problem(
                ("ranked",), "ranked says how many rows stand before the line, ranked_as what they are; give both"
            )
        kinds = {column.id: column.kind for column in self.columns}
        if self.calendar:
            for name in ("date", "title"):
                yield from _known(("calendar", name), getattr(self.calendar, name), kinds)
            if kinds.get(self.calendar.date, "date") != "date":
                yield Problem(("calendar", "date"), f"'{self.calendar.date}' is no column of kind date")
        for i, row in enumerate(self.example):
            for name in row:
                yield from _known(("example", i, name), name, kinds)

    def _column_problems(self, column: Column) -> Iterator[Problem]:
        yield from _repeated_ids(("options",), column.options)
        if (column.kind == "choice") != bool(column.options):
            yield Problem(("options",), "a choice has options, and no other kind of column has")
        if column.kind != "text" and (column.long or column.review):
            yield Problem(("kind",), "only a column of kind text can be long or reviewed")
        known = [part.id for part in self.parts]
        if known and column.part is None:
            yield Problem(("part",), f"is missing; expected one of {', '.join(known)}")
        elif column.part is not None:
            yield from _known(("part",), column.part, known)

    def verdict_basis(self) -> dict[str, object]:
        return {"columns": [[column.id, column.kind] for column in self.columns]}


class Conversation(_Item):
    """A talk with an invented person, from the course's conversations. Response: the ids of the choices, in order."""

    type: Literal["conversation"]
    conversation: Id

    def verdict_basis(self) -> dict[str, object]:
        # Nothing is graded; a path that a changed conversation no longer has is told from its choices.
        return {"conversation": self.conversation}


Item = Annotated[
    Choice | Multiple | Numeric | Text | Order | Match | Scale | Reflection | Explore | Draft | Table | Conversation,
    Field(discriminator="type"),
]
Graded = Choice | Multiple | Numeric | Text | Order | Match | Explore

ITEM: TypeAdapter[Item] = TypeAdapter(Item, config=ConfigDict(defer_build=True))


class Bank(_Data):
    """A set of items with the objectives they assess. The key of an item is `bank/id`."""

    bank: Id
    title: Title
    objectives: Annotated[dict[Id, Inline], Field(min_length=1)]
    items: Annotated[tuple[Item, ...], Field(min_length=1)]

    def key(self, item: Item) -> str:
        return f"{self.bank}/{item.id}"


def rev(item: Item) -> str:
    """First 8 hex digits of SHA-256 over what the verdict depends on; prose is not in it.

    >>> scale = ITEM.validate_python({"id": "a", "type": "scale", "title": "T", "objective": "o", "prompt": "P",
    ...     "levels": [{"id": "low", "text": "Low"}, {"id": "high", "text": "High"}]})
    >>> rev(scale)
    'b60f505b'
    """
    basis = {"type": item.type, "edition": item.edition, **item.verdict_basis()}
    canonical = json.dumps(basis, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]


def plain(number: Decimal) -> str:
    """A decimal without exponent or trailing zeros: `2.50` and `2.5` are one number."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _as_text(value: str | Decimal | None) -> str | None:
    return plain(value) if isinstance(value, Decimal) else value


def _not_one_key(path: tuple[str | int, ...], options: tuple[Option, ...], rule: str) -> Iterator[Problem]:
    keys = [i for i, option in enumerate(options) if option.correct]
    if not keys:
        yield Problem(path, "no option is the key; give one of them correct: true")
    for i in keys[1:]:
        yield Problem((*path, i, "correct"), f"a second key; {rule}")


def _repeated(path: tuple[str | int, ...], values: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for i, value in enumerate(values):
        if value in seen:
            yield Problem((*path, i), f"'{value}' is already in this list; each stands once")
        seen.add(value)


def _known(path: tuple[str | int, ...], name: str, names: Iterable[str]) -> Iterator[Problem]:
    if name not in (known := list(names)):
        yield Problem(path, f"no '{name}' here; expected one of {', '.join(known)}")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def _repeated_ids(path: tuple[str | int, ...], parts: Iterable[_Named]) -> Iterator[Problem]:
    for problem in _repeated(path, (part.id for part in parts)):
        yield Problem((*problem.path, "id"), problem.message)
