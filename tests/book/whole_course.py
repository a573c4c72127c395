"""A course of two lessons with what looks over it: progress, where to continue, the workbook."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from iiv_course.page import Request
from tests.book.courses import GOOD, PATIENT, stored_lesson, write_stored_course
from tests.book.exercise import Exercise
from tests.scratch import write

LESSONS = {
    "good": [
        Request(kind="progress", bank="good"),
        Request(kind="quiz", bank="good"),
        Request(kind="result", bank="good"),
    ],
    "patient": [Request(kind="progress", bank="patient"), Request(kind="quiz", bank="patient")],
}
TEXT = "She asked me back.\n\nI said <b>yes</b> & “thanks”."


def write_whole_course(root: Path) -> Path:
    """Its files; nothing has to be run to build it."""
    lessons = {name: stored_lesson(name.title(), *requests) for name, requests in LESSONS.items()}
    lessons["workbook"] = stored_lesson("Your workbook", Request(kind="workbook"))
    write_stored_course(root, {"good": GOOD, "patient": PATIENT}, lessons)
    write(root / "index.md", (root / "index.md").read_text("utf-8") + "\n```{iiv} continue\n```\n")
    return root


def reflect(page: Page, text: str = TEXT) -> None:
    """Write the text of the lesson's reflection, and wait until it is kept."""
    exercise = Exercise(page, "Looking back")
    exercise.write(text)
    exercise.press("Compare with a model answer")
    expect(exercise.status).to_contain_text("Saved")
