"""Exercises of the course on informational interviews, for notebooks and for the static book."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iiv_course.figures import figure, table
    from iiv_course.widgets import (
        InterviewLab,
        SpenceLab,
        exercise,
        lesson_progress,
        lesson_result,
        quiz,
        review,
        skills_plot,
        workbook,
    )
    from iiv_course.workbook.reading import Workbook

__all__ = [
    "InterviewLab",
    "SpenceLab",
    "Workbook",
    "exercise",
    "figure",
    "lesson_progress",
    "lesson_result",
    "quiz",
    "review",
    "skills_plot",
    "table",
    "workbook",
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


class _Face(ModuleType):
    """`workbook` is what a cell calls; Python would put the package of that name in its place when it is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
