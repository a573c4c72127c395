"""Places that are no headings, and to which Markdown links may lead all the same: items, `#item-BANK--ID`, and terms.

MyST checks local links against the anchors that it knows; these are added as its headings are.
"""

from __future__ import annotations

from contextlib import suppress

from docutils import nodes
from sphinx.application import Sphinx

from iiv_course import bank as banks
from iiv_course.items import CourseError
from iiv_course.page import anchor
from iiv_course.sphinx_ext.index import SHOWN


def setup_anchors(app: Sphinx) -> None:
    """Connect the note; it comes after the one that says what a page shows."""
    app.connect("doctree-read", _note, priority=600)


def _note(app: Sphinx, doctree: nodes.document) -> None:
    metadata = app.env.metadata[app.env.docname]
    anchors = metadata.setdefault("myst_slugs", {})
    for request in metadata.get(SHOWN, ()):
        # An exercise that cannot be filled is reported where it stands.
        with suppress(CourseError):
            for item in request.chosen() if request.kind == "quiz" else ():
                name = anchor(banks.load(request.bank).key(item))
                anchors.setdefault(name, (None, name, item.title))
    for term in doctree.findall(nodes.term):
        for node in term.findall(nodes.Element):
            for name in node.get("ids", ()):
                anchors.setdefault(name, (None, name, term.astext()))
