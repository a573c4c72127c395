"""Items as pages and widgets show them: what a cell asks for, its placeholder, the spec, readable HTML."""

from iiv_course.page.html import anchor, exercise_html
from iiv_course.page.references import read_sources
from iiv_course.page.request import Request, requests_in
from iiv_course.page.spec import QuizSpec, ResultSpec, Source, Spec

__all__ = [
    "QuizSpec",
    "Request",
    "ResultSpec",
    "Source",
    "Spec",
    "anchor",
    "exercise_html",
    "read_sources",
    "requests_in",
]
