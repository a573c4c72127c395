"""Days of a table as a calendar file; `frontend/src/ics.ts` writes the same entries in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from iiv_course.items import Table

MORNING = timedelta(hours=9)
"""After the beginning of the day, when an entry is remembered."""


def calendar_file(
    item: Table, key: str, rows: Iterable[tuple[str, Mapping[str, str]]], *, book: str, now: datetime
) -> bytes:
    """An entry of a whole day for each row, given by name and fields, that has a day (RFC 5545).

    Two files of the same rows name their entries alike, so that a calendar that takes both holds each once.
    """
    assert item.calendar is not None
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{book}//EN")
    for name, fields in rows:
        if day := _day(fields.get(item.calendar.date, "")):
            calendar.add_component(_entry(item, f"{name}@{key}.{book}", fields, day, now))
    return bytes(calendar.to_ical())


def _plain(text: str) -> str:
    """Without control characters, which no calendar takes, and without white space around it."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", re.sub(r"\r\n?", "\n", text)).strip(" \t\n")


def _day(text: str) -> date | None:
    """A day that exists; fields hold anything once a file was brought in."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def _entry(item: Table, name: str, fields: Mapping[str, str], day: date, now: datetime) -> Event:
    assert item.calendar is not None
    title = _plain(fields.get(item.calendar.title, ""))
    words = {(column.id, option.id): option.text for column in item.columns for option in column.options}
    about = [
        f"{column.label}: {words.get((column.id, value), value)}"
        for column in item.columns
        if column.id not in (item.calendar.date, item.calendar.title) and (value := _plain(fields.get(column.id, "")))
    ]
    event = Event()
    event.add("uid", name)
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("summary", f"{item.title}: {title}" if title else item.title)
    if about:
        event.add("description", "\n".join(about))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", item.title)
    alarm.add("trigger", MORNING)
    event.add_component(alarm)
    return event
