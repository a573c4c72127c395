"""A course whose answers come back, and which asks how sure one is of some skills."""

from __future__ import annotations

from pathlib import Path

from iiv_course.page import Request
from tests.book.courses import GOOD, stored_lesson, write_stored_course

SKILL = """\
  - id: {id}-task
    type: multiple
    title: {task}
    objective: know
    tries: 1
    prompt: Which help?
    options:
      - {{id: one, text: The first, correct: true, feedback: Yes.}}
      - {{id: two, text: The second, correct: true, feedback: Yes.}}
      - {{id: not, text: The third, feedback: No.}}
    feedback: {{right: All., wrong: Too many., missed: Too few., both: Both.}}
    explanation: The first two help.
  - id: {id}-sure
    type: scale
    title: {title}
    objective: know
    prompt: How sure are you of {id}?
    levels:
      - {{id: "1", text: Not at all sure}}
      - {{id: "2", text: A little sure}}
      - {{id: "3", text: Moderately sure}}
      - {{id: "4", text: Quite sure}}
      - {{id: "5", text: Very sure}}
"""
SKILLS = "bank: skills\ntitle: Skills\nobjectives:\n  know: Know where you stand\nitems:\n" + "".join(
    SKILL.format(id=id, title=title, task=task)
    for id, title, task in [
        ("asking", "Asking", "Rosa"),
        ("listening", "Listening", "Amir"),
        ("closing", "Closing the loop", "Leyla"),
    ]
)
"""Three skills, as `skills_plot` pairs them."""


def write_review_course(root: Path) -> Path:
    """The files of a book of two lessons, with pages for review, the plot of skills, and the workbook."""
    lessons = {
        "all": stored_lesson("All types", Request(kind="quiz", bank="good")),
        "skills": stored_lesson("Skills", Request(kind="quiz", bank="skills"), Request(kind="skills", bank="skills")),
        "review": stored_lesson("Review", Request(kind="review")),
        "workbook": stored_lesson("Your workbook", Request(kind="workbook")),
    }
    return write_stored_course(root, {"good": GOOD, "skills": SKILLS}, lessons)
