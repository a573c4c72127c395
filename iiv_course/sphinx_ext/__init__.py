"""The static book: exercises filled from the banks, math as MathML, Furo under a strict policy."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from iiv_course.sphinx_ext.anchors import setup_anchors
from iiv_course.sphinx_ext.cards import setup_cards
from iiv_course.sphinx_ext.citations import setup_citations
from iiv_course.sphinx_ext.drafts import setup_drafts
from iiv_course.sphinx_ext.exercises import setup_exercises
from iiv_course.sphinx_ext.folds import setup_folds
from iiv_course.sphinx_ext.hosting import setup_hosting
from iiv_course.sphinx_ext.index import setup_index
from iiv_course.sphinx_ext.math import setup_math
from iiv_course.sphinx_ext.memory import setup_memory
from iiv_course.sphinx_ext.styles import setup_styles
from iiv_course.sphinx_ext.theme import setup_theme


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx calls this once."""
    setup_memory(app)
    setup_theme(app)
    setup_styles(app)
    setup_math(app)
    setup_citations(app)
    setup_folds(app)
    setup_exercises(app)
    setup_cards(app)
    setup_anchors(app)
    setup_drafts(app)
    setup_index(app)
    setup_hosting(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
