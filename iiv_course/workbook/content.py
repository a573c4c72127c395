"""The workbook file: what it may hold, how it is read, written and cut down to answers; as in `frontend/src/file.ts`.

Numbers and texts are taken as JavaScript takes them, so that a file means the same in a browser and here. What this
version does not know is carried along.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from math import isinf
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from iiv_course.exploring import PLACE
from iiv_course.items import CourseError
from iiv_course.workbook.marks import Marks, number, units
from iiv_course.workbook.merge import Content, ItemState, canonical, merge

FORMAT = "iiv-workbook"
VERSION = 1
SIZE_LIMIT = 20_000_000
"""Most bytes of a file."""
DEPTH_LIMIT = 40
TEXT_LIMIT = 100_000
"""Longest text, in UTF-16 code units."""
NAME_LIMIT = 80
VERSIONS_LIMIT = 50
"""Most texts of one item that were written apart."""
CLOCK_LIMIT, CLOCK_STEP = 10**12, 10**6
"""Where made-up numbers of names begin, and by how much each writer beyond may exceed that.

Names count what was done, so that nobody comes near. A number that leaves no room to count on is refused; who goes on
from one that was let through is a writer beyond the limit, too, and so can always read the own file again.
"""
SPREAD_LIMIT = 2_000_000
"""Most marks of replaced texts, counted once for every text that will bear them; merging costs as much."""
NUMBER_LIMIT = 2**53
"""Up to here JavaScript knows every whole number."""

GRADED = ("choice", "multiple", "numeric", "order", "match", "scale", "explore", "conversation")
"""Types whose responses say nothing but what was chosen."""

Kind = Literal["everything", "answers"]

_DEEP = f"is nested deeper than {DEPTH_LIMIT} levels"


class FileError(CourseError):
    """Why a file is no workbook of this course: `place` in it, empty for the whole, and what is wrong there."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}" if place else f"this file {problem}")
        self.place = place


class FileFacts(NamedTuple):
    """What a file says of itself; `newer` than this version knows, it may hold things that are carried along unseen."""

    version: int
    newer: bool
    kind: str
    saved: str


def _size(text: str) -> int:
    return len(units(text)) // 2


def _expect(test: Callable[[Any], bool], expected: str) -> PlainValidator:
    def check(value: Any) -> Any:
        if not test(value):
            raise PydanticCustomError("expected", "{expected}", {"expected": expected})
        return value

    return PlainValidator(check)


def _few_versions(value: Any) -> Any:
    if isinstance(value, list) and len(value) > VERSIONS_LIMIT:
        raise PydanticCustomError("expected", "{expected}", {"expected": f"at most {VERSIONS_LIMIT} entries"})
    return value


def _is_text(value: Any, most: int = TEXT_LIMIT) -> bool:
    return isinstance(value, str) and _size(value) <= most


def _is_name(value: Any) -> bool:
    # Names go into storage and databases; texts may hold anything.
    return _is_text(value, NAME_LIMIT) and value != "" and not re.search("[\x00-\x1f\x7f\ud800-\udfff]", value)


def _is_whole(value: Any, least: int) -> bool:
    return type(value) is int and least <= value <= NUMBER_LIMIT


def _is_score(value: Any) -> bool:
    found = re.fullmatch(r"0|1|([1-9][0-9]{0,8})/([1-9][0-9]{0,8})", value) if isinstance(value, str) else None
    return found is not None and (found[1] is None or int(found[1]) < int(found[2]))


def _is_fields(value: Any) -> bool:
    return isinstance(value, dict) and len(value) <= 200 and all(_is_text(field) for field in value.values())


Name = Annotated[
    str,
    _expect(_is_name, f"a name of 1 to {NAME_LIMIT} characters"),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": NAME_LIMIT, "pattern": r"^[^\x00-\x1f\x7f]*$"}),
]
Label = Annotated[
    str,
    _expect(lambda value: _is_text(value, NAME_LIMIT), f"a text of at most {NAME_LIMIT} characters"),
    WithJsonSchema({"type": "string", "maxLength": NAME_LIMIT}),
]
LongText = Annotated[
    str,
    _expect(_is_text, f"a text of at most {TEXT_LIMIT} characters"),
    WithJsonSchema({"type": "string", "maxLength": TEXT_LIMIT}),
]
Ordinal = Annotated[
    int,
    _expect(lambda value: _is_whole(value, 1), "a whole number from 1 on"),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": NUMBER_LIMIT}),
]
Count = Annotated[
    int,
    _expect(lambda value: _is_whole(value, 0), "a whole number from 0 on"),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": NUMBER_LIMIT}),
]
Score = Annotated[
    str | None,
    _expect(lambda value: value is None or _is_score(value), 'a fraction from 0 to 1, such as "2/3", or null'),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": "^(0|1|[1-9][0-9]*/[1-9][0-9]*)$"}, {"type": "null"}]}),
]
_LEVELS = ("guess", "fairly-sure", "certain", None)
Confidence = Annotated[
    Literal["guess", "fairly-sure", "certain", None],
    _expect(
        lambda value: isinstance(value, str | None) and value in _LEVELS, '"guess", "fairly-sure", "certain" or null'
    ),
    WithJsonSchema({"enum": [*_LEVELS]}),
]
Fields = Annotated[
    dict[str, str],
    _expect(_is_fields, f"at most 200 texts by name, of at most {TEXT_LIMIT} characters each"),
    WithJsonSchema({"type": "object", "maxProperties": 200, "additionalProperties": {"type": "string"}}),
]


class _Part(BaseModel):
    # What a newer version adds is no mistake; it is carried along beside these types, which only check.
    model_config = ConfigDict(strict=True, extra="ignore", use_attribute_docstrings=True, defer_build=True)


class Attempt(_Part):
    """An answer as it was given, or that it was shown instead."""

    id: Name
    """`writer:number`; the order of these names is the order of attempts."""
    rev: Label
    """The version of the item that was answered."""
    round: Ordinal
    at: Label
    """ISO 8601, for display only."""
    response: Any
    score: Score
    """An exact fraction such as "2/3"; null where nothing was graded."""
    hints: Count
    revealed: bool
    """The answer was shown instead of given."""
    confidence: Confidence
    review: Name = Field(default_factory=str)
    """Given when the item came back for review: the sitting it belongs to, which is the name of its first attempt."""


class Draft(_Part):
    """A text; two that did not know of each other are both kept."""

    version: Name
    """`writer:number`, as of an attempt."""
    parents: list[Name]
    """Marks of what it replaced."""
    text: LongText
    at: Label


class Row(_Part):
    """A row of a table. It is never taken out, but marked as deleted, so that no older copy brings it back."""

    id: Name
    version: Ordinal
    """Grows with every change."""
    deleted: bool
    fields: Fields


class ItemContent(_Part):
    """What a learner did with an item."""

    key: Name
    round: Ordinal
    attempts: list[Attempt]
    draft: Annotated[list[Draft], BeforeValidator(_few_versions), Field(json_schema_extra={"maxItems": VERSIONS_LIMIT})]
    rows: list[Row]
    replaced: list[Name] = Field(default_factory=list)
    """Marks of replaced texts that no text here speaks of, because the one that replaced them was erased."""


class WorkbookFile(_Part):
    """Everything that a learner did in a course, or the answers alone, to take away and bring back."""

    format: Literal["iiv-workbook"]
    version: Ordinal
    book: Name
    id: Name
    saved: Label
    kind: Label
    items: list[ItemContent]
    erased: list[Name]
    """Marks of what was erased; an older file brings none of it back."""


def read_file(text: str | bytes, *, book: str, own: bool = False) -> Content:
    """What a file holds, checked from end to end; raises `FileError` with the place of the first problem.

    `own` comes from a page, not from outside: a part of a workbook, whose numbers are what they are.
    """
    file = _checked(text, book)
    if not own:
        _refuse_made_up_numbers(file["items"])
    rest = {name: value for name, value in file.items() if name not in WorkbookFile.model_fields}
    items = {item["key"]: item for item in file["items"]}
    return merge({**rest, "items": items, "erased": file["erased"]}, {"items": {}, "erased": []})


def file_facts(text: str | bytes, *, book: str) -> FileFacts:
    """What a file says of itself; refuses what `read_file` refuses."""
    file = _checked(text, book)
    _refuse_made_up_numbers(file["items"])
    return FileFacts(file["version"], file["version"] > VERSION, file["kind"], file["saved"])


def write_file(content: Content, *, book: str, kind: Kind, now: datetime, name: str) -> str:
    """The file that holds `content`; `name` tells it from other files."""
    file = {
        **content,
        "format": FORMAT,
        "version": VERSION,
        "book": book,
        "id": name,
        "saved": now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "kind": kind,
        "items": list(content["items"].values()),
    }
    return canonical(file) + "\n"


def refuse_too_much(content: Content, *, book: str) -> None:
    """Raises `FileError` where two workbooks together are more than a file can hold."""
    try:
        read_file(write_file(content, book=book, kind="everything", now=datetime.now(UTC), name="-"), book=book)
    except FileError as error:
        raise FileError("", f"holds more than goes into one workbook with what is here ({error})") from error


def answers_only(content: Content, types: Mapping[str, str]) -> Content:
    """What an instructor may see, by the type of each item: no text, table or reflection, and nothing unknown."""
    items = {}
    for key, item in content["items"].items():
        if types.get(key) in (*GRADED, "text") and item["attempts"]:
            attempts = [_bare(attempt, types[key]) for attempt in item["attempts"]]
            items[key] = {"key": key, "round": item["round"], "attempts": attempts, "draft": [], "rows": []}
    return {"items": items, "erased": content["erased"]}


def _bare(attempt: ItemState, kind: str) -> ItemState:
    bare = {name: value for name, value in attempt.items() if name in Attempt.model_fields}
    # An item may have been one for texts before its author made a choice of it.
    return {**bare, "response": bare["response"] if kind != "text" and _chosen(bare["response"]) else None}


def _chosen(response: Any) -> bool:
    """Whether it can be but ids and a number: no text of one's own."""
    match response:
        case str():
            return re.fullmatch(r"[a-z0-9-]{1,60}| *[+-]?[0-9]{1,40}([.,][0-9]{1,40})? *", response) is not None
        case list():
            return all(isinstance(part, str) and _chosen(part) for part in response)
        case {"prediction": str() as predicted, "position": dict() as position} if len(response) == 2:
            return _chosen(predicted) and all(
                re.fullmatch("[A-Za-z]{1,40}", name) and isinstance(place, str) and PLACE.fullmatch(place)
                for name, place in position.items()
            )
        case dict():
            return all(_chosen(name) and isinstance(part, str) and _chosen(part) for name, part in response.items())
        case _:
            return False


def _checked(text: str | bytes, book: str) -> dict[str, Any]:
    file = _plain(_parsed(text), "")
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        found = file.get("format") if isinstance(file, dict) else file
        raise FileError("format", f'found {_shown(found)}, expected "{FORMAT}"; this is no workbook')
    try:
        WorkbookFile.model_validate(file)
    except ValidationError as error:
        newer = _is_whole(file.get("version"), VERSION + 1)
        raise _problem(error.errors(include_url=False)[0], newer) from None
    seen: set[str] = set()
    spread = 0
    for at, item in enumerate(file["items"]):
        marks = len(item.get("replaced", ())) + sum(len(draft["parents"]) for draft in item["draft"])
        spread += len(item["draft"]) * marks
        if spread > SPREAD_LIMIT:
            raise FileError(f"items[{at}].draft", "found more marks of replaced texts than a workbook may have")
        if item["key"] in seen:
            raise FileError(f"items[{at}].key", f"{_shown(item['key'])} was there before; an item is expected once")
        seen.add(item["key"])
    if file["book"] != book:
        raise FileError("book", f"found {_shown(file['book'])}, another book; this one is {_shown(book)}")
    return file


def _refuse_made_up_numbers(items: list[ItemState]) -> None:
    marks = Marks(
        name
        for item in items
        for names in (
            (thing["id"] for thing in (*item["attempts"], *item["rows"])),
            (name for draft in item["draft"] for name in (draft["version"], *draft["parents"])),
            item.get("replaced", ()),
        )
        for name in names
    )
    beyond = [count for count in map(number, marks.names()) if count > CLOCK_LIMIT]
    if beyond and max(beyond) > CLOCK_LIMIT + CLOCK_STEP * len(beyond):
        raise FileError("items", f"found a name with the number {max(beyond)}, which nobody counts to")


def _parsed(text: str | bytes) -> Any:
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > SIZE_LIMIT:
        raise FileError("", f"has {size:,} bytes, more than the {SIZE_LIMIT:,} that a workbook may have")
    try:
        written = text.decode("utf-8") if isinstance(text, bytes) else text
    except UnicodeDecodeError:
        raise FileError("", "is no text in UTF-8") from None
    written = written.removeprefix("\ufeff")
    if not written.strip():
        raise FileError("", "is empty")
    try:
        value = json.loads(written, parse_int=_number, parse_float=_number, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        if error.pos >= len(written.rstrip()) or error.msg.startswith("Unterminated string"):
            raise FileError("", "is cut off: it ends in the middle") from None
        raise FileError("", f"is not JSON: line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise FileError("", _DEEP) from None
    if _is_deep(value, DEPTH_LIMIT):
        raise FileError("", _DEEP)
    return value


def _number(written: str) -> int | float:
    """A number as JavaScript reads it."""
    value = float(written)
    return int(value) if value.is_integer() and abs(value) <= NUMBER_LIMIT else value


def _refuse(constant: str) -> None:
    raise json.JSONDecodeError(f"{constant} is no number", "", 0)


def _is_deep(value: Any, left: int) -> bool:
    if not isinstance(value, list | dict):
        return False
    return left == 0 or any(_is_deep(part, left - 1) for part in (value.values() if isinstance(value, dict) else value))


def _plain(value: Any, place: str) -> Any:
    """The value as JavaScript holds it, with fields in order, so that both languages meet the same problem first."""
    match value:
        case float() if isinf(value):
            raise FileError(place, "found a number beyond all that JavaScript holds")
        case str():
            text = _joined(value)
            if _size(text) > TEXT_LIMIT:
                raise FileError(place, f"found {_size(text):,} characters, expected at most {TEXT_LIMIT:,}")
            return text
        case list():
            return [_plain(part, f"{place}[{at}]") for at, part in enumerate(value)]
        case dict():
            fields = {_joined(name): part for name, part in value.items()}
            return {name: _plain(fields[name], _inside(place, name)) for name in sorted(fields, key=units)}
        case _:
            return value


def _joined(text: str) -> str:
    """Two halves of a character that stand side by side are one, as in JavaScript; a half alone stays."""
    return units(text).decode("utf-16-be", "surrogatepass") if re.search("[\ud800-\udfff]", text) else text


def _inside(place: str, name: str) -> str:
    shown = name if re.fullmatch("[A-Za-z][A-Za-z0-9_-]{0,39}", name) else "…"
    return f"{place}.{shown}" if place else shown


def _problem(error: ErrorDetails, newer: bool) -> FileError:
    place = ""
    for step in error["loc"]:
        place = f"{place}[{step}]" if isinstance(step, int) else _inside(place, step)
    expected = {
        "missing": "is missing",
        "list_type": "a list",
        "model_type": "an object with named fields",
        "bool_type": "true or false",
    }.get(error["type"], error["msg"])
    problem = expected if error["type"] == "missing" else f"found {_shown(error['input'])}, expected {expected}"
    if newer:
        problem += "; the file was written by a newer version of the course"
    return FileError(place, problem)


def _shown(value: Any) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    written = json.dumps(value)
    return written if len(written) <= 60 else f"{written[:57]}…"
