"""Math of the pages as MathML, by the renderer that the banks use; equations are numbered, linked and referred to."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from iiv_course.page.mathml import MathError, math_box, to_mathml

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_logger = logging.getLogger(__name__)


def setup_math(app: Sphinx) -> None:
    """Offer the renderer as `html_math_renderer = "mathml"` and add its stylesheet, which names the font."""
    app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))
    app.add_css_file("iiv-math.css")


def _visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    try:
        self.body.append(to_mathml(node.astext(), display=False))
    except MathError as error:
        self.body.append(_as_code(error, node))
    raise nodes.SkipNode


def _visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    number = get_node_equation_number(self, node) if node["number"] else None
    label = _("Equation %s") % number if number else _("Formula")
    # Furo wraps the equation in a container that bears its id already.
    wrapped = node.parent is not None and node.parent["ids"] == node["ids"]
    self.body.append(self.starttag(nodes.container() if wrapped else node, "div", CLASS="iiv-equation"))
    try:
        self.body.append(math_box(_aligned(node.astext()), label))
    except MathError as error:
        self.body.append(_as_code(error, node))
    if number:
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _aligned(tex: str) -> str:
    """Lines without an environment are aligned, as Sphinx does for its other renderers."""
    if r"\\" in tex and r"\begin" not in tex:
        return rf"\begin{{aligned}}{tex}\end{{aligned}}"
    return tex


def _as_code(error: MathError, node: nodes.Element) -> str:
    _logger.warning("%s", error, location=node, type="iiv", subtype="math")
    return f"<code>{html.escape(node.astext())}</code>"
