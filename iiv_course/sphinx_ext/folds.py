"""A folded cell opens by one line of words: MyST-NB's two lines need a style and a label that hides them."""

from __future__ import annotations

from html import escape

from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def setup_folds(app: Sphinx) -> None:
    """Draw the folds of cells tagged `hide-input`, `hide-output` and `hide-cell`."""
    app.setup_extension("myst_nb")
    app.add_node(HideCodeCellNode, override=True, html=(_open, _close))


def _open(translator: HTML5Translator, node: HideCodeCellNode) -> None:
    # Whether a fold is open is said by the browser; its words stay.
    translator.body.append(f'<details class="hide"><summary>{escape(node["prompt_show"])}</summary>\n')


def _close(translator: HTML5Translator, node: HideCodeCellNode) -> None:
    translator.body.append("</details>\n")
