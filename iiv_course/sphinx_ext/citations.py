"""Markdown links to entries of the bibliography, `[text](references.md#key)`, resolve like links to headings."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain


def setup_citations(app: Sphinx) -> None:
    """Connect the note that lets MyST find the entries; needs `bibtex_cite_id` to give entries stable anchors."""
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
