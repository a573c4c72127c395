"""Calendar files of both languages, read by a calendar library: the same entries, whatever stands in the rows."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from iiv_course.bank import read_bank
from iiv_course.items import Table
from iiv_course.page.spec import item_spec
from iiv_course.workbook.calendar import calendar_file
from tests.hostile import HOSTILE
from tests.parity.node import node
from tests.scratch import ROOT

BANK = read_bank(ROOT / "tests" / "cases" / "banks" / "writing.yml")
TABLE = next(item for item in BANK.items if item.id == "contacts")
KEY = BANK.key(TABLE)
BOOK = "twenty-minutes"
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
DAYS = ("2026-12-04", "2028-02-29", "2027-02-29", "tomorrow", "", "2026-1-1", "20261204", "0000-00-00")
TEXTS = (
    "Ana", "", "  ", "a,b;c\\n", "two\nlines", "\r\n", "long " * 60, "ü" * 100, "🙂" * 50, "BEGIN:VEVENT",
    "\x00\x07 bell", "END:VALARM\r\nEND:VEVENT", "friend", "event", *HOSTILE[:40],
)  # fmt: skip


def _tables(rng: random.Random) -> list[list[dict[str, Any]]]:
    def row(number: int) -> dict[str, Any]:
        fields = {name: rng.choice(TEXTS) for name in ("name", "tie", "about") if rng.random() < 0.8}
        return {"id": f"abcdef:{number}", "fields": {**fields, "next": rng.choice(DAYS)}}

    return [[row(number) for number in range(1, rng.randint(1, 6))] for _ in range(300)]


@pytest.fixture(scope="module")
def tables() -> list[list[dict[str, Any]]]:
    return _tables(random.Random(11))


@pytest.fixture(scope="module")
def theirs(tables: list[list[dict[str, Any]]]) -> list[str]:
    spec = item_spec(BANK, TABLE, {}).model_dump(mode="json")
    files: list[str] = node("calendar.mjs", {"item": spec, "tables": tables, "book": BOOK, "now": NOW.isoformat()})
    return files


def _entries(file: str | bytes) -> list[dict[str, Any]]:
    calendar = Calendar.from_ical(file)
    assert calendar.errors == []
    return [
        {
            "uid": str(event["uid"]),
            "day": event.decoded("dtstart"),
            "stamp": event.decoded("dtstamp"),
            "summary": str(event["summary"]),
            "about": str(event.get("description", "")),
            "alarms": [(str(alarm["action"]), alarm.decoded("trigger")) for alarm in event.walk("VALARM")],
        }
        for event in calendar.walk("VEVENT")
    ]


def test_a_library_reads_the_same_entries_out_of_both(tables: list[list[dict[str, Any]]], theirs: list[str]) -> None:
    assert isinstance(TABLE, Table)
    for rows, file in zip(tables, theirs, strict=True):
        pairs = [(row["id"], row["fields"]) for row in rows]
        assert _entries(file) == _entries(calendar_file(TABLE, KEY, pairs, book=BOOK, now=NOW)), rows


def test_only_days_that_exist_become_entries(theirs: list[str]) -> None:
    days = {entry["day"].isoformat() for file in theirs for entry in _entries(file)}
    assert days == {"2026-12-04", "2028-02-29"}


def test_no_line_of_the_browsers_file_is_longer_than_a_calendar_takes(theirs: list[str]) -> None:
    assert max(len(line.encode()) for file in theirs for line in file.split("\r\n")) <= 75
