"""Places that are no headings, and to which Markdown links may lead all the same: items, `#item-BANK--ID`, and terms.

MyST checks local links against the anchors that it knows; these are added as its headings are.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from iiv_course.page import anchor
from iiv_course.sphinx_ext.index import SHOWN, items_of


def setup_anchors(app: Sphinx) -> None:
    """Connect the note; it comes after the one that says what a page shows."""
    app.connect("doctree-read", _note, priority=600)


def _note(app: Sphinx, doctree: nodes.document) -> None:
    metadata = app.env.metadata[app.env.docname]
    anchors: dict[str, tuple[None, str, str]] = metadata.setdefault("myst_slugs", {})
    for key, item in items_of(metadata.get(SHOWN, ())):
        anchors.setdefault(anchor(key), (None, anchor(key), item.title))
    for term in doctree.findall(nodes.term):
        for node in term.findall(nodes.Element):
            ids: list[str] = node.get("ids", [])
            for name in ids:
                anchors.setdefault(name, (None, name, term.astext()))
