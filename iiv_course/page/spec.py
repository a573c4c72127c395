"""What a widget is told: the spec, JSON with text as HTML, keys and feedback, and no learner data."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from iiv_course import exploring, items, scenario
from iiv_course.page.markup import block, inline, plain_text
from iiv_course.page.talk import talk_json

TASK, SURE = "-task", "-sure"
"""How the two items of a skill are named: its task, and how sure one is of it."""


class _Spec(BaseModel):
    # Built when first used: an import is no time to compile a dozen validators.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Part(_Spec):
    """An option, entry, category or level, with its text as HTML."""

    id: str
    html: str


class Source(_Spec):
    """Where a claim comes from: a short label, the strength of the evidence, and a place to read on."""

    label: str
    strength: str | None = None
    href: str | None = None


class NumericMistakeSpec(_Spec):
    value: str
    tolerance: str


class TextMistakeSpec(_Spec):
    accepted: tuple[str, ...]


class _ItemSpec(_Spec):
    key: str
    rev: str
    title: str
    objective: str
    context: str | None = None
    prompt: str
    sources: tuple[Source, ...] = ()
    notes: dict[str, str]


class _GradedSpec(_ItemSpec):
    hints: tuple[str, ...] = ()
    explanation: str
    tries: int


class ChoiceSpec(_GradedSpec):
    type: Literal["choice"]
    options: tuple[Part, ...]
    answer: str


class MultipleSpec(_GradedSpec):
    type: Literal["multiple"]
    options: tuple[Part, ...]
    answer: tuple[str, ...]


class NumericSpec(_GradedSpec):
    type: Literal["numeric"]
    answer: str
    tolerance: str
    unit: str | None = None
    mistakes: tuple[NumericMistakeSpec, ...] = ()


class TextSpec(_GradedSpec):
    type: Literal["text"]
    accepted: tuple[str, ...]
    near: int
    mistakes: tuple[TextMistakeSpec, ...] = ()


class OrderSpec(_GradedSpec):
    """`entries` stand in their start order, which comes from the ids alone and is never the key."""

    type: Literal["order"]
    entries: tuple[Part, ...]
    answer: tuple[str, ...]


class MatchSpec(_GradedSpec):
    type: Literal["match"]
    entries: tuple[Part, ...]
    categories: tuple[Part, ...]
    answer: dict[str, str]


class ScaleSpec(_ItemSpec):
    type: Literal["scale"]
    levels: tuple[Part, ...]


class ReflectionSpec(_ItemSpec):
    type: Literal["reflection"]


class ControlSpec(_Spec):
    """A slider; numbers are written as a response writes them."""

    id: str
    min: str
    max: str
    step: str


class GoalSpec(_Spec):
    quantity: str
    equal: str | float | None = None
    at_least: float | None = None
    at_most: float | None = None


class ExploreSpec(_GradedSpec):
    """`start` has all settings of the lab; `answer` is the option that is the key, `solution` a position."""

    type: Literal["explore"]
    lab: exploring.Lab
    start: dict[str, str | float]
    controls: tuple[ControlSpec, ...]
    prediction: str
    options: tuple[Part, ...]
    answer: str
    goals: tuple[GoalSpec, ...]
    solution: dict[str, str]


class FieldOptionSpec(_Spec):
    id: str
    text: str


class FieldSpec(_Spec):
    """A field of a table's rows, as far as showing it takes; texts are plain words."""

    id: str
    label: str
    kind: Literal["text", "date", "url", "choice"]
    options: tuple[FieldOptionSpec, ...] = ()


class BesideSpec(_Spec):
    """What the learner wrote elsewhere and sees next to a draft; a table's fields by their labels."""

    key: str
    title: str
    fields: tuple[FieldSpec, ...] = ()


class DraftSpec(_ItemSpec):
    """A text with feedback as one writes; the model is among the notes. `words` are the least and most to aim at."""

    type: Literal["draft"]
    draft: items.DraftKind
    words: tuple[int, int] | None = None
    start: str | None = None
    beside: BesideSpec | None = None
    rubric: tuple[Part, ...] = ()


class ColumnSpec(FieldSpec):
    required: bool = False
    long: bool = False
    help: str | None = None
    review: items.DraftKind | None = None
    part: str | None = None


class FormPartSpec(_Spec):
    id: str
    title: str
    minutes: int | None = None


class CalendarSpec(_Spec):
    date: str
    title: str


class TableSpec(_ItemSpec):
    """Rows or a form; `example` has rows by the ids of columns, with the words of options."""

    type: Literal["table"]
    layout: Literal["rows", "form"]
    row: str
    columns: tuple[ColumnSpec, ...]
    parts: tuple[FormPartSpec, ...] = ()
    ranked: int | None = None
    ranked_as: str | None = None
    calendar: CalendarSpec | None = None
    example: tuple[dict[str, str], ...] = ()


class ConversationSpec(_ItemSpec):
    """A talk as `frontend/src/scenario.ts` plays it. In the book it is a script of its own: its address is `apart`."""

    type: Literal["conversation"]
    conversation: str
    talk: dict[str, Any] | None = None
    apart: str | None = None
    follows: str | None = None
    """The key of the item that plays the conversation which this one follows."""


FormSpec = (
    ChoiceSpec
    | MultipleSpec
    | NumericSpec
    | TextSpec
    | OrderSpec
    | MatchSpec
    | ScaleSpec
    | ReflectionSpec
    | ExploreSpec
)
"""What a page holds as a form; the others bring their fields when a reader comes near."""
LaterSpec = DraftSpec | TableSpec | ConversationSpec
ItemSpec = Annotated[FormSpec | LaterSpec, Field(discriminator="type")]


class QuizSpec(_Spec):
    kind: Literal["quiz"]
    items: tuple[ItemSpec, ...]


class ResultItem(_Spec):
    key: str
    rev: str
    title: str
    tries: int
    href: str | None = None


class ResultObjective(_Spec):
    id: str
    html: str
    items: tuple[ResultItem, ...]


class ResultSpec(_Spec):
    kind: Literal["result"]
    title: str
    objectives: tuple[ResultObjective, ...]


class IndexItem(_Spec):
    key: str
    rev: str
    type: str
    title: str
    tries: int | None = None
    """None where nothing is graded."""
    href: str | None = None
    """Given where it stands on another page than the lesson begins on."""


class IndexLesson(_Spec):
    """A lesson with what it asks, in the order of its page; `href` as seen from the root of the book."""

    bank: str
    title: str
    href: str | None = None
    items: tuple[IndexItem, ...]


class CourseIndex(_Spec):
    """What there is to do in the course, lesson by lesson, without any answer."""

    lessons: tuple[IndexLesson, ...]


class _IndexedSpec(_Spec):
    """What looks over the course. In the book the whole index is a script of its own, and no part of a page."""

    index: CourseIndex | None = None


class ProgressSpec(_IndexedSpec):
    """How far a learner is with a lesson; the index says which items it has."""

    kind: Literal["progress"]
    bank: str


class ContinueSpec(_IndexedSpec):
    """Where a learner left off, with the progress of every lesson."""

    kind: Literal["continue"]


class ObjectiveSpec(_Spec):
    """An objective of a lesson, with the keys of what assesses it."""

    title: str
    items: tuple[str, ...]


class WorkbookSpec(_IndexedSpec):
    """Everything that a learner did, to see, take away, bring back and erase."""

    kind: Literal["workbook"]
    objectives: dict[str, tuple[ObjectiveSpec, ...]] = {}
    """By the bank of each lesson."""
    tables: dict[str, tuple[FieldSpec, ...]] = {}
    """The fields of every table that there is, by its key."""


class ReviewSpec(_IndexedSpec):
    """The items that may come back: all that are graded, of every lesson."""

    kind: Literal["review"]
    items: tuple[ItemSpec, ...]
    apart: dict[str, str] = {}
    """In the book each bank's items are a script of their own, loaded once one of them was answered: its address."""


class Rated(_Spec):
    """What a self-assessment asks of a skill: an item that tries it, and a scale of how sure one is of it."""

    task: ResultItem
    sure: ResultItem


class Skill(Rated):
    """A skill as the self-assessment has it; with `before` where an earlier one is shown beside it."""

    title: str
    levels: tuple[Part, ...]
    before: Rated | None = None


class SkillsSpec(_Spec):
    """The skills of a self-assessment, for a plot of what was answered."""

    kind: Literal["skills"]
    skills: tuple[Skill, ...]


Lab = Literal["spence", "interview"]


class LabSpec(_Spec):
    """A lab of the model; its settings are kept as the text of an item that no bank has."""

    kind: Literal["lab"]
    lab: Lab
    key: str


class TableRef(_Spec):
    """A table that is shown elsewhere too, and what of it is shown here."""

    key: str
    title: str
    fields: tuple[FieldSpec, ...]


class SheetSpec(_Spec):
    """What one has at hand during a talk: lines of a record, ranked questions (the first `first`), a form for notes."""

    kind: Literal["sheet"]
    record: TableRef
    questions: TableRef
    first: int
    notes: TableSpec


Spec = Annotated[
    QuizSpec | ResultSpec | ProgressSpec | ContinueSpec | WorkbookSpec | ReviewSpec | SkillsSpec | LabSpec | SheetSpec,
    Field(discriminator="kind"),
]


def quiz_spec(bank: items.Bank, chosen: Sequence[items.Item], sources: Mapping[str, Source]) -> QuizSpec:
    """The spec of a list of items; a source key that `sources` lacks is shown as it stands."""
    return QuizSpec(kind="quiz", items=tuple(item_spec(bank, item, sources) for item in chosen))


def result_spec(bank: items.Bank) -> ResultSpec:
    """The spec of a lesson's result: the graded items of each objective."""
    return ResultSpec(
        kind="result",
        title=plain_text(bank.title),
        objectives=tuple(
            ResultObjective(
                id=objective,
                html=inline(text),
                items=tuple(
                    ResultItem(key=bank.key(item), rev=items.rev(item), title=plain_text(item.title), tries=item.tries)
                    for item in bank.items
                    if isinstance(item, items.Graded) and item.objective == objective
                ),
            )
            for objective, text in bank.objectives.items()
        ),
    )


def review_spec(
    shown: Iterable[tuple[items.Bank, Container[str]]], sources: Mapping[str, Source], index: CourseIndex | None
) -> ReviewSpec:
    """The spec of the review: of each bank the graded items among those keys that lessons show."""
    return ReviewSpec(
        kind="review",
        index=index,
        items=tuple(
            item_spec(bank, item, sources)
            for bank, keys in shown
            for item in bank.items
            if isinstance(item, items.Graded) and bank.key(item) in keys
        ),
    )


def sheet_spec(
    record: tuple[items.Bank, items.Table],
    questions: tuple[items.Bank, items.Table],
    notes: tuple[items.Bank, items.Table],
    *,
    show: Sequence[str],
) -> SheetSpec:
    """The spec of a call sheet. Raises `CourseError` for a column that the record lacks, or questions without rank."""
    columns = {field.id: field for field in fields_of(record[1])}
    if unknown := [name for name in show if name not in columns]:
        raise items.CourseError(f"{record[1].id} has no column '{unknown[0]}'; it has {', '.join(columns)}")
    if questions[1].ranked is None:
        raise items.CourseError(f"{questions[1].id} is not ranked; a sheet shows the first rows of a ranked table")
    written = item_spec(*notes, {})
    assert isinstance(written, TableSpec)
    return SheetSpec(
        kind="sheet",
        record=_table_ref(*record, tuple(columns[name] for name in show)),
        questions=_table_ref(*questions, fields_of(questions[1])),
        first=questions[1].ranked,
        notes=written,
    )


def _table_ref(bank: items.Bank, item: items.Table, fields: tuple[FieldSpec, ...]) -> TableRef:
    return TableRef(key=bank.key(item), title=plain_text(item.title), fields=fields)


def workbook_spec(
    lessons: Mapping[str, Sequence[tuple[items.Bank, items.Item]]], index: CourseIndex | None
) -> WorkbookSpec:
    """The spec of the workbook: the objectives of each lesson and the fields of each table, of what lessons show."""
    objectives = {}
    for name, shown in lessons.items():
        titles = shown[0][0].objectives if shown else {}
        keys = {id: tuple(bank.key(item) for bank, item in shown if item.objective == id) for id in titles}
        objectives[name] = tuple(
            ObjectiveSpec(title=plain_text(title), items=keys[id]) for id, title in titles.items() if keys[id]
        )
    every = [each for shown in lessons.values() for each in shown]
    tables = {bank.key(item): fields_of(item) for bank, item in every if isinstance(item, items.Table)}
    return WorkbookSpec(kind="workbook", index=index, objectives=objectives, tables=tables)


def skill_pairs(bank: items.Bank) -> tuple[tuple[items.Graded, items.Scale], ...]:
    """The skills of a bank: a task `NAME-task` and a scale `NAME-sure` each. Raises `CourseError` if it has none."""
    scales = {item.id: item for item in bank.items if isinstance(item, items.Scale)}
    pairs = tuple(
        (item, scales[sure])
        for item in bank.items
        if isinstance(item, items.Graded)
        and item.id.endswith(TASK)
        and (sure := item.id.removesuffix(TASK) + SURE) in scales
    )
    if not pairs:
        raise items.CourseError(
            f"bank '{bank.bank}' has no skills: each is a question 'NAME{TASK}' and a scale 'NAME{SURE}'"
        )
    return pairs


def pairs_before(bank: items.Bank, before: items.Bank) -> tuple[tuple[items.Graded, items.Scale], ...]:
    """The skills of `bank` as an earlier bank has them, in the order of `bank`.

    Raises `CourseError` for a skill that the earlier one lacks or rates on other levels, and as `skill_pairs` does.
    """
    earlier = {_skill(task): (task, sure) for task, sure in skill_pairs(before)}
    pairs = {_skill(task): sure for task, sure in skill_pairs(bank)}
    if lacking := [name for name in pairs if name not in earlier]:
        raise items.CourseError(
            f"bank '{before.bank}' lacks skills that '{bank.bank}' has: {', '.join(lacking)}; "
            f"each is a question 'NAME{TASK}' and a scale 'NAME{SURE}'"
        )
    if others := [name for name, sure in pairs.items() if _levels(sure) != _levels(earlier[name][1])]:
        raise items.CourseError(
            f"banks '{before.bank}' and '{bank.bank}' have other levels for: {', '.join(others)}; "
            "ratings stand side by side on the same levels"
        )
    return tuple(earlier[name] for name in pairs)


def _skill(task: items.Item) -> str:
    return task.id.removesuffix(TASK)


def _levels(scale: items.Scale) -> list[tuple[str, str]]:
    return [(level.id, level.text) for level in scale.levels]


def skills_spec(bank: items.Bank, before: items.Bank | None = None) -> SkillsSpec:
    """The spec of a self-assessment, in the order of the bank, with an earlier one beside it if there is one.

    Raises as `skill_pairs` and `pairs_before` do.
    """
    pairs = skill_pairs(bank)
    earlier = [_rated(before, *pair) for pair in pairs_before(bank, before)] if before else [None] * len(pairs)
    return SkillsSpec(
        kind="skills",
        skills=tuple(
            Skill(
                **dict(_rated(bank, task, sure)),
                title=plain_text(sure.title),
                levels=_parts(sure.levels),
                before=then,
            )
            for (task, sure), then in zip(pairs, earlier, strict=True)
        ),
    )


def _rated(bank: items.Bank, task: items.Graded, sure: items.Scale) -> Rated:
    return Rated(
        task=ResultItem(key=bank.key(task), rev=items.rev(task), title=plain_text(task.title), tries=task.tries),
        sure=ResultItem(key=bank.key(sure), rev=items.rev(sure), title=plain_text(sure.title), tries=1),
    )


def item_spec(bank: items.Bank, item: items.Item, sources: Mapping[str, Source]) -> ItemSpec:
    """The spec of one item."""
    common: dict[str, Any] = {
        "key": bank.key(item),
        "rev": items.rev(item),
        "title": plain_text(item.title),
        "objective": item.objective,
        "context": block(item.context) if item.context else None,
        "prompt": inline(item.prompt),
        "sources": tuple(sources.get(key) or Source(label=key) for key in item.sources),
        "notes": {name: block(text) for name, text in _notes(item).items()},
    }
    if isinstance(item, items.Graded):
        common |= {
            "hints": tuple(block(hint) for hint in item.hints),
            "explanation": block(item.explanation),
            "tries": item.tries,
        }
    match item:
        case items.Choice():
            key = next(option.id for option in item.options if option.correct)
            return ChoiceSpec(**common, type="choice", options=_parts(item.options), answer=key)
        case items.Multiple():
            keys = tuple(option.id for option in item.options if option.correct)
            return MultipleSpec(**common, type="multiple", options=_parts(item.options), answer=keys)
        case items.Numeric():
            return NumericSpec(
                **common,
                type="numeric",
                answer=items.plain(item.answer),
                tolerance=item.tolerance,
                unit=item.unit,
                mistakes=tuple(
                    NumericMistakeSpec(value=items.plain(mistake.value), tolerance=mistake.tolerance)
                    for mistake in item.mistakes
                ),
            )
        case items.Text():
            return TextSpec(
                **common,
                type="text",
                accepted=item.accepted,
                near=item.near,
                mistakes=tuple(TextMistakeSpec(accepted=mistake.accepted) for mistake in item.mistakes),
            )
        case items.Order():
            return OrderSpec(
                **common,
                type="order",
                entries=_parts(start_order(bank.key(item), item)),
                answer=tuple(entry.id for entry in item.entries),
            )
        case items.Match():
            return MatchSpec(
                **common,
                type="match",
                entries=_parts(item.entries),
                categories=_parts(item.categories),
                answer={entry.id: entry.category for entry in item.entries},
            )
        case items.Scale():
            return ScaleSpec(**common, type="scale", levels=_parts(item.levels))
        case items.Reflection():
            return ReflectionSpec(**common, type="reflection")
        case items.Explore():
            return ExploreSpec(**common, type="explore", **_explored(item))
        case items.Draft():
            return DraftSpec(
                **common,
                type="draft",
                draft=item.kind,
                words=item.words,
                start=item.start,
                beside=_beside(bank, item.beside) if item.beside else None,
                rubric=_parts(item.rubric),
            )
        case items.Table():
            return TableSpec(**common, type="table", **_tabled(item))
        case items.Conversation():
            return ConversationSpec(**common, type="conversation", **_talked(bank, item))


def _explored(item: items.Explore) -> dict[str, Any]:
    """What of an explore item is its own."""
    task, options = item.task, item.predict.options
    solution = exploring.solution(task)
    # A bank is refused when read if nothing solves it.
    assert solution is not None
    return {
        "lab": item.lab,
        "start": {name: _as_float(value) for name, value in exploring.start(task).items()},
        "controls": tuple(
            ControlSpec(id=each.id, min=items.plain(each.min), max=items.plain(each.max), step=items.plain(each.step))
            for each in item.controls
        ),
        "prediction": inline(item.predict.prompt),
        "options": _parts(options),
        "answer": next(option.id for option in options if option.correct),
        "goals": tuple(
            GoalSpec(
                quantity=each.quantity,
                equal=_as_float(each.equal),
                at_least=_as_float(each.at_least),
                at_most=_as_float(each.at_most),
            )
            for each in item.goal
        ),
        "solution": {name: items.plain(place) for name, place in solution.items()},
    }


def _beside(bank: items.Bank, id: str) -> BesideSpec:
    other = next(each for each in bank.items if each.id == id)
    return BesideSpec(key=bank.key(other), title=plain_text(other.title), fields=fields_of(other))


def _talked(bank: items.Bank, item: items.Conversation) -> dict[str, Any]:
    """What of a conversation is its own. Raises as `scenario.load` does."""
    conversation = scenario.load(item.conversation)
    followed = (
        each
        for each in bank.items
        if isinstance(each, items.Conversation) and each.conversation == conversation.follows
    )
    before = next(followed, None)
    talk = talk_json(conversation, scenario.load(before.conversation) if before else None)
    return {
        "conversation": conversation.id,
        "talk": talk,
        "follows": bank.key(before) if before else None,
    }


def fields_of(item: items.Item) -> tuple[FieldSpec, ...]:
    """The fields of a table, none of another item."""
    columns = item.columns if isinstance(item, items.Table) else ()
    return tuple(FieldSpec(**_field(column)) for column in columns)


def _field(column: items.Column) -> dict[str, Any]:
    options = tuple(FieldOptionSpec(id=each.id, text=plain_text(each.text)) for each in column.options)
    return {"id": column.id, "label": plain_text(column.label), "kind": column.kind, "options": options}


def _tabled(item: items.Table) -> dict[str, Any]:
    """What of a table is its own."""
    words = {(column.id, option.id): plain_text(option.text) for column in item.columns for option in column.options}
    columns = (
        ColumnSpec(
            **_field(column),
            **column.model_dump(include={"required", "long", "review", "part"}),
            help=plain_text(column.help) if column.help else None,
        )
        for column in item.columns
    )
    parts = (FormPartSpec(id=part.id, title=plain_text(part.title), minutes=part.minutes) for part in item.parts)
    example = ({name: words.get((name, value), value) for name, value in row.items()} for row in item.example)
    return {
        "layout": item.layout,
        "row": plain_text(item.row),
        "columns": tuple(columns),
        "parts": tuple(parts),
        "ranked": item.ranked,
        "ranked_as": plain_text(item.ranked_as) if item.ranked_as else None,
        "calendar": CalendarSpec(**item.calendar.model_dump()) if item.calendar else None,
        "example": tuple(example),
    }


def _as_float(value: str | Decimal | None) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def start_order(key: str, item: items.Order) -> tuple[items.OrderEntry, ...]:
    """The order in which entries are first shown: from the ids alone, the same everywhere, never the key."""
    shuffled = sorted(item.entries, key=lambda entry: hashlib.sha256(f"{key}/{entry.id}".encode()).digest())
    if tuple(shuffled) == item.entries:
        shuffled = [*shuffled[1:], shuffled[0]]
    return tuple(shuffled)


def _parts(
    parts: Sequence[items.Option | items.Category | items.OrderEntry | items.MatchEntry | items.Level | items.Tick],
) -> tuple[Part, ...]:
    return tuple(Part(id=part.id, html=inline(part.text)) for part in parts)


def _notes(item: items.Item) -> dict[str, str]:
    """Every feedback text of an item under the name that grading gives it."""
    match item:
        case items.Choice():
            return {f"option/{option.id}": option.feedback for option in item.options}
        case items.Multiple():
            return item.feedback.model_dump() | {f"option/{option.id}": option.feedback for option in item.options}
        case items.Numeric() | items.Text():
            mistakes: Sequence[items.NumericMistake | items.TextMistake] = item.mistakes
            return item.feedback.model_dump() | {f"mistake/{i}": m.feedback for i, m in enumerate(mistakes)}
        case items.Order():
            return item.feedback.model_dump() | _given("entry", item.entries)
        case items.Match():
            return item.feedback.model_dump() | {f"entry/{entry.id}": entry.feedback for entry in item.entries}
        case items.Scale():
            return _given("level", item.levels)
        case items.Reflection() | items.Draft():
            return {"model": item.model}
        case items.Table() | items.Conversation():
            return {}
        case items.Explore():
            options = item.predict.options
            return item.feedback.model_dump() | {f"option/{option.id}": option.feedback for option in options}


def _given(kind: str, parts: Sequence[items.OrderEntry] | Sequence[items.Level]) -> dict[str, str]:
    return {f"{kind}/{part.id}": part.feedback for part in parts if part.feedback}
