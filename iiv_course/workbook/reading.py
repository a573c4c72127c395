"""The workbook for those who read it in Python: tables of what was done, and the file to take away and bring back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, get_args

from iiv_course import bank as banks
from iiv_course.items import CourseError, Graded, Item, Table, rev
from iiv_course.workbook.content import Kind, answers_only, read_file, refuse_too_much, write_file
from iiv_course.workbook.marks import number
from iiv_course.workbook.merge import Content, ItemState, current, merge
from iiv_course.workbook.store import BOOK, Store, own

if TYPE_CHECKING:
    from pandas import DataFrame

ATTEMPT = {
    "key": "str", "bank": "str", "item": "str", "objective": "str", "type": "str", "round": "Int64",
    "at": "datetime64[ns, UTC]", "response": "object", "score": "Float64", "hints": "Int64", "revealed": "boolean",
    "confidence": "str", "review": "str", "rev": "str", "current_rev": "boolean", "id": "str",
}  # fmt: skip
PROGRESS = {
    "bank": "str", "objective": "str", "graded": "Int64", "answered": "Int64", "right_first": "Int64",
    "right": "Int64", "texts": "Int64", "written": "Int64",
}  # fmt: skip
RANK = "_rank"
"""The field of a row that says where it stands among ranked ones; no column's id begins so."""
DRAFT = {"key": "str", "bank": "str", "item": "str", "at": "datetime64[ns, UTC]", "text": "str", "versions": "Int64"}


@dataclass(frozen=True)
class Merged:
    """What bringing a file in has changed: how much was new, and how much is gone because it was erased elsewhere."""

    attempts: int
    texts: int
    rows: int
    erased: int


class Workbook:
    """What a learner did, as tables. Without a path the learner's own workbook, which may be empty yet.

    Raises `CourseError` for a workbook that is not there, is locked, cannot be written or is something else;
    nothing is changed then.

    >>> mine = Workbook()
    >>> mine.attempts().columns[:4].tolist()
    ['key', 'bank', 'item', 'objective']
    >>> mine.merge("answers.json")
    Traceback (most recent call last):
    iiv_course.items.CourseError: there is no file answers.json
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self._store = own() if path is None else Store(path, create=False)
        # A mistaken path is said where it was made.
        self._store.erased()

    def attempts(self) -> DataFrame:
        """A row for each answer that was checked, saved or shown, in the order in which they were given, item by item.

        `at` is UTC, as the clock of that day had it; `score` is 0 to 1, missing where nothing is graded. `current_rev`
        says whether the question is still the one that was answered: missing where the course no longer has it.
        """
        items = _items()
        return _frame(
            (
                {
                    **_place(key, items.get(key)),
                    **{name: attempt.get(name) for name in ATTEMPT if name in attempt},
                    "score": None if attempt["score"] is None else float(Fraction(attempt["score"])),
                    "current_rev": attempt["rev"] == rev(items[key]) if key in items else None,
                }
                for key, state in self._states()
                for attempt in state["attempts"]
            ),
            ATTEMPT,
        )

    def progress(self) -> DataFrame:
        """A row for each objective of each bank: how many questions it has, how many are answered and right this round.

        `answered` counts also what was shown, `right_first` the first try, `right` any; `texts` and `written` count
        what is open or a self-rating.
        """
        states = dict(self._states())
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for key, item in _items().items():
            bank = key.partition("/")[0]
            row = rows.setdefault((bank, item.objective), dict.fromkeys(PROGRESS, 0))
            row |= {"bank": bank, "objective": item.objective}
            counted = _standing(states.get(key), item)
            for name, count in counted.items():
                row[name] += count
        return _frame(rows.values(), PROGRESS)

    def drafts(self) -> DataFrame:
        """A row for each text as it stands now; `versions` is more than one where it was written apart."""
        items = _items()
        return _frame(
            (
                {**_place(key, items.get(key)), "at": text["at"], "text": text["text"], "versions": len(state["draft"])}
                for key, state in self._states()
                for text in state["draft"]
                if text["text"]
            ),
            DRAFT,
        )

    def table(self, key: str) -> DataFrame:
        """The rows of a table, `bank/id`, as they stand now and in their order; a column for each field."""
        from pandas import DataFrame

        rows = self._rows(key)
        fields = [{name: value for name, value in row["fields"].items() if name != RANK} for row in rows]
        return DataFrame(fields, index=[row["id"] for row in rows], dtype="str")

    def calendar(self, key: str, path: Path | str, *, overwrite: bool = False) -> Path:
        """Write the days of a table, `bank/id`, to a calendar file. A file that is there stays, unless overwritten.

        Raises `UnknownName` for a table that is not there, `CourseError` for one without days.
        """
        from iiv_course.workbook.calendar import calendar_file

        bank, item = banks.resolve(key)
        if not isinstance(item, Table) or item.calendar is None:
            raise CourseError(f"{key} has no days for a calendar; a table has them whose bank says calendar:")
        rows = ((row["id"], row["fields"]) for row in self._rows(bank.key(item)))
        written = calendar_file(item, bank.key(item), rows, book=BOOK, now=datetime.now(UTC))
        return _written(path, written, overwrite=overwrite)

    def export(self, path: Path | str, kind: Kind = "everything", *, overwrite: bool = False) -> Path:
        """Write the workbook to a file: `everything` for yourself, or for an instructor the `answers` alone.

        A file that is there stays, unless `overwrite` says otherwise.
        """
        if kind not in get_args(Kind):
            raise CourseError(f"kind is {kind!r}; write 'everything' or 'answers'")
        content = self._store.content()
        if kind == "answers":
            content = answers_only(content, {key: item.type for key, item in _items().items()})
        text = write_file(content, book=BOOK, kind=kind, now=datetime.now(UTC), name=token_hex(6))
        return _written(path, text.encode(), overwrite=overwrite)

    def merge(self, path: Path | str) -> Merged:
        """Bring in what a saved file holds. What is here stays; what was erased here stays erased.

        Raises `CourseError` for a file that cannot be read or is none of this course, with the place of the problem.
        """
        source = Path(path).expanduser()
        try:
            brought = source.read_bytes()
        except FileNotFoundError:
            raise CourseError(f"there is no file {source}") from None
        except OSError as error:
            raise CourseError(f"{source} cannot be read: {error.strerror}") from None
        content = read_file(brought, book=BOOK)
        before = self._store.content()
        refuse_too_much(merge(before, content), book=BOOK)
        self._store.absorb(content)
        return _difference(before, self._store.content())

    def __repr__(self) -> str:
        return f"Workbook({str(self._store.path or '')!r})"

    def _rows(self, key: str) -> list[dict[str, Any]]:
        """The rows that stand, in the order of `standingRows` in `frontend/src/rows.ts`."""
        state = self._store.get(key)
        rows = [row for row in state["rows"] if not row["deleted"]] if state else []
        return sorted(rows, key=lambda row: (_rank(row), number(row["id"])))

    def _states(self) -> Iterator[tuple[str, ItemState]]:
        yield from sorted(self._store.content()["items"].items())


def _rank(row: Mapping[str, Any]) -> int:
    """Where a row stands among the ranked; one that has no rank comes as it was made."""
    rank = row["fields"].get(RANK, "")
    return int(rank) if re.fullmatch("[1-9][0-9]{0,8}", rank) else number(row["id"])


def _written(path: Path | str, content: bytes, *, overwrite: bool) -> Path:
    target = Path(path).expanduser()
    try:
        with target.open("wb" if overwrite else "xb") as file:
            file.write(content)
    except FileExistsError:
        raise CourseError(f"{target} is there already; give another name, or overwrite=True") from None
    except FileNotFoundError:
        raise CourseError(f"there is no folder {target.parent}") from None
    except OSError as error:
        raise CourseError(f"{target} cannot be written: {error.strerror}") from None
    return target


def _items() -> dict[str, Item]:
    """Every item of the course by its key, but for banks that an author is in the middle of."""
    found: dict[str, Item] = {}
    for name in banks.names():
        with suppress(CourseError):
            bank = banks.load(name)
            found |= {bank.key(item): item for item in bank.items}
    return found


def _place(key: str, item: Item | None) -> dict[str, Any]:
    bank, _, id = key.partition("/")
    known = {"objective": item.objective, "type": item.type} if item else {}
    return {"key": key, "bank": bank, "item": id, **known}


def _standing(state: ItemState | None, item: Item) -> dict[str, int]:
    """What counts in the lesson, as `standing` in `frontend/src/state.ts`."""
    given = current(state, rev(item))
    if not isinstance(item, Graded):
        texts = any(draft["text"] for draft in state["draft"]) if state else False
        rows = any(not row["deleted"] for row in state["rows"]) if state else False
        return {"texts": 1, "written": int(bool(given) or texts or rows)}
    checked = [attempt for attempt in given if not attempt["revealed"]]
    return {
        "graded": 1,
        "answered": int(bool(given)),
        "right_first": int(bool(checked) and checked[0]["score"] == "1"),
        "right": int(any(attempt["score"] == "1" for attempt in checked)),
    }


def _frame(rows: Any, columns: Mapping[str, str]) -> DataFrame:
    import pandas

    table = pandas.DataFrame(list(rows), columns=list(columns))
    if "at" in columns:
        # Clocks may have been wrong, and texts of another make.
        table["at"] = pandas.to_datetime(table["at"], utc=True, errors="coerce", format="ISO8601")
    kinds: dict[Any, Any] = dict(columns)
    return table.astype(kinds)


def _difference(before: Content, after: Content) -> Merged:
    def count(name: str, part: str) -> tuple[int, int]:
        old, new = ({(key, thing[part], str(thing.get("version")))
                     for key, item in content["items"].items() for thing in item[name]}
                    for content in (before, after))  # fmt: skip
        return len(new - old), len(old - new)

    attempts, gone = count("attempts", "id")
    texts, _ = count("draft", "version")
    rows, _ = count("rows", "id")
    return Merged(attempts, texts, rows, gone)
