"""Items as pages and widgets show them: what a cell asks for, its placeholder, the spec, readable HTML."""

from iiv_course.page.html import anchor, exercise_html
from iiv_course.page.index import ShownPage, course_index, notebook_index
from iiv_course.page.references import read_sources
from iiv_course.page.request import CALLS, INDEXED, OF_A_BANK, OF_THE_COURSE, Request, requests_in
from iiv_course.page.spec import (
    BesideSpec,
    ConversationSpec,
    CourseIndex,
    DraftSpec,
    ItemSpec,
    LabSpec,
    LaterSpec,
    QuizSpec,
    ResultItem,
    ResultSpec,
    ReviewSpec,
    SheetSpec,
    SkillsSpec,
    Source,
    Spec,
)

__all__ = [
    "CALLS",
    "INDEXED",
    "OF_A_BANK",
    "OF_THE_COURSE",
    "BesideSpec",
    "ConversationSpec",
    "CourseIndex",
    "DraftSpec",
    "ItemSpec",
    "LabSpec",
    "LaterSpec",
    "QuizSpec",
    "Request",
    "ResultItem",
    "ResultSpec",
    "ReviewSpec",
    "SheetSpec",
    "ShownPage",
    "SkillsSpec",
    "Source",
    "Spec",
    "anchor",
    "course_index",
    "exercise_html",
    "notebook_index",
    "read_sources",
    "requests_in",
]
