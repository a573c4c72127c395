"""Exercises of the course on informational interviews, for notebooks and for the static book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iiv_course.figures import figure, table
    from iiv_course.widgets import (
        InterviewLab,
        SpenceLab,
        call_sheet,
        exercise,
        lesson_progress,
        lesson_result,
        my_workbook,
        quiz,
        review,
        skills_plot,
    )
    from iiv_course.workbook.reading import Workbook

__all__ = [
    "InterviewLab",
    "SpenceLab",
    "Workbook",
    "call_sheet",
    "exercise",
    "figure",
    "lesson_progress",
    "lesson_result",
    "my_workbook",
    "quiz",
    "review",
    "skills_plot",
    "table",
]


def __getattr__(name: str) -> Any:
    # Loaded when first asked for: whoever reads a bank or builds the book needs no widgets.
    if name == "Workbook":
        from iiv_course.workbook.reading import Workbook

        return Workbook
    if name in ("figure", "table"):
        from iiv_course import figures

        return getattr(figures, name)
    if name in __all__:
        from iiv_course import widgets

        return getattr(widgets, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
