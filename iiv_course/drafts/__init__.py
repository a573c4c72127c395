"""Reviews drafts of questions, notes and messages by rules that are data; `frontend/src/drafts.ts` is the twin."""

from iiv_course.drafts._reading import FOLDER, read_rules, rules
from iiv_course.drafts._review import TEXT_LIMIT, DraftError, Finding, review
from iiv_course.drafts._rules import Criterion, Rules

__all__ = ["FOLDER", "TEXT_LIMIT", "Criterion", "DraftError", "Finding", "Rules", "read_rules", "review", "rules"]
