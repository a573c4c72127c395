"""Exercises of the course on informational interviews, for notebooks and for the static book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iiv_course.widgets import exercise, lesson_result, quiz

__all__ = ["exercise", "lesson_result", "quiz"]


def __getattr__(name: str) -> Any:
    # Loaded when first asked for: whoever reads a bank or builds the book needs no widgets.
    if name in __all__:
        from iiv_course import widgets

        return getattr(widgets, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
