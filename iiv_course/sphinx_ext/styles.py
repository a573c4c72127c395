"""Style sheets as the book serves them: without comments, and Furo's without rules for what no page of ours holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import tinycss2
from sphinx.application import Sphinx

SERVED = ("styles/furo.css", "iiv-book.css")

# Descriptions of an API, announcements, other extensions, the page of search results as Sphinx has it.
UNUSED = re.compile(
    r"\.(sig|sig-[\w-]+|py|cpp|c|js|option-list|field-list|classifier|guilabel|menuselection|version\w+|deprecated|"
    r"announcement[\w-]*|toctree-wrapper|sd-[\w-]+|this-will[\w-]*|viewcode[\w-]*|compound|admonition-todo)(?![\w-])|"
    r"#searchbox"
)
UNUSED_VALUES = re.compile(r"--(color-api|api-|color-guilabel|color-announcement|color-admonition-title.*-todo)")


def setup_styles(app: Sphinx) -> None:
    """Connect the rewriting; it comes after Sphinx has copied what it serves."""
    app.connect("build-finished", _rewrite)


def _rewrite(app: Sphinx, error: Exception | None) -> None:
    for name in SERVED:
        path = Path(app.outdir, "_static", name)
        if error is None and path.exists():
            path.write_text(trimmed(path.read_text("utf-8")), encoding="utf-8")


def trimmed(style: str) -> str:
    """The same style for the pages of this book, in fewer bytes.

    >>> trimmed(".a { color: red; } /* why */ .sig, .b:not(.sig) { margin: 0}")
    '.a{color: red}.b:not(.sig){margin: 0}'
    """
    return _serialized(tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True))


def _serialized(rules: Iterable[tinycss2.ast.Node]) -> str:
    return "".join(map(_rule, rules))


def _rule(rule: tinycss2.ast.Node) -> str:
    if rule.type == "at-rule" and rule.at_keyword in ("media", "supports"):
        inner = _serialized(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}" if inner else ""
    if rule.type != "qualified-rule":
        return str(rule.serialize())
    selectors = [each for each in _selectors(rule.prelude) if not UNUSED.search(re.sub(r":not\([^)]*\)", "", each))]
    if not selectors:
        return ""
    found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    declarations = (str(each.serialize()) for each in found)
    return f"{','.join(selectors)}{{{';'.join(each for each in declarations if not UNUSED_VALUES.match(each))}}}"


def _selectors(prelude: list[tinycss2.ast.Node]) -> list[str]:
    """The selectors of a list; commas within brackets are of one selector."""
    selectors: list[list[tinycss2.ast.Node]] = [[]]
    for part in prelude:
        if part == ",":
            selectors.append([])
        else:
            selectors[-1].append(part)
    return [tinycss2.serialize(each).strip() for each in selectors]
