"""Entries of the bibliography say how strong they are, and Markdown links, `[text](references.md#key)`, find them."""

from typing import Any

from docutils import nodes
from pybtex.plugin import register_plugin
from pybtex.richtext import Tag, Text
from pybtex.style.formatting.plain import Style as PlainStyle
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain


class StrengthStyle(PlainStyle):  # type: ignore[misc]  # pybtex has no types
    """Plain, with the entry's `keywords` at its end: the strength of the evidence in words."""

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> Any:
        formatted = super().format_entry(label, entry, bib_data)
        if strength := entry.fields.get("keywords"):
            formatted.text = Text(formatted.text, " Strength: ", Tag("em", strength), ".")
        return formatted


def setup_citations(app: Sphinx) -> None:
    """Connect the note that lets MyST find the entries; needs `bibtex_cite_id` to give entries stable anchors."""
    register_plugin("pybtex.style.formatting", "strength", StrengthStyle)
    app.connect("doctree-read", _note_entries)


def _note_entries(app: Sphinx, doctree: nodes.document) -> None:
    """Add every entry of this page's bibliographies to the anchors that MyST checks local links against.

    The anchors are stored in the environment, so pages that were read earlier, or not again, resolve as well.
    """
    page = app.env.docname
    domain = app.env.get_domain("cite")
    assert isinstance(domain, BibtexDomain)
    for bibliography, content in domain.bibliographies.items():
        if bibliography.docname != page:
            continue
        anchors = app.env.metadata[page].setdefault("myst_slugs", {})
        for key, entry in content.citation_nodes.items():
            anchors.setdefault(key, (None, entry["ids"][0], key))
