"""The Markdown of banks to HTML of a small closed set of elements: no raw HTML, no images, no headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from iiv_course.page.mathml import MathError, allowed, math_box, to_mathml, to_words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST = 20_000
"""Characters of Markdown in one text."""

_REFUSED = {
    "img": "an image is not allowed here; describe it, or show a figure in the lesson",
    **{f"h{level}": "a heading is not allowed here; use **bold** (a line of - or = under text also makes one)"
       for level in range(1, 7)},
}  # fmt: skip
_SCHEME = re.compile(r"([^/?#]*?):")
# JupyterLab obeys single-key shortcuts on whatever has focus, unless the focused element says this.
_QUIET = 'data-lm-suppress-shortcuts="true"'


# Two thirds of all texts: a line of words, in which nothing is a mark. The parser walks through it letter by letter.
_WORDS_ALONE = re.compile(r"""[^\W\d_](?:[^\W_]|[ ,.;:?!()'"%/–—’“”…-])*(?<! )""")


class MarkupError(ValueError):
    """Markdown that cannot be shown: the message says what and what to write instead."""


@lru_cache(maxsize=4096)
def inline(text: str) -> str:
    """The text as phrasing content, without `<p>`; block marks such as `-` stay as typed. Raises MarkupError.

    >>> inline("A *costly* signal")
    'A <em>costly</em> signal'
    """
    if _WORDS_ALONE.fullmatch(_checked(text)):
        return _escaped(text)
    markdown = _markdown()
    return _render(markdown, lambda: markdown.parseInline(text))


@lru_cache(maxsize=4096)
def block(text: str) -> str:
    """The text as paragraphs, lists, quotes, tables and display math. Raises MarkupError.

    >>> block("One.\\n\\nTwo.")
    '<p>One.</p>\\n<p>Two.</p>\\n'
    """
    if _WORDS_ALONE.fullmatch(_checked(text)):
        return f"<p>{_escaped(text)}</p>\n"
    markdown = _markdown()
    return _render(markdown, lambda: markdown.parse(text))


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """The words alone, on one line, for titles, lists and search: no HTML, to be escaped like any text.

    >>> plain_text("Is **$c/q$** enough?")
    'Is c/q enough?'
    """
    try:
        words = "".join(_words(_markdown().parse(_checked(text))))
    except MathError as error:
        raise MarkupError(str(error)) from error
    return " ".join(words.split())


def _escaped(words: str) -> str:
    return words.replace('"', "&quot;")


def _checked(text: str) -> str:
    if len(text) > LONGEST:
        raise MarkupError(f"the text has {len(text)} characters; at most {LONGEST} are allowed")
    if re.search(r"[\ud800-\udfff]", text):
        raise MarkupError("the text contains half of a surrogate pair, which is no character")
    return text


def _render(markdown: MarkdownIt, parse: Callable[[], list[Token]]) -> str:
    tokens = parse()
    _check(tokens)
    try:
        return str(markdown.renderer.render(tokens, markdown.options, {}))
    except MathError as error:
        raise MarkupError(str(error)) from error


def _check(tokens: Iterable[Token]) -> None:
    """Refuse every element and drop every attribute that is not on the list."""
    elements = allowed().elements
    for token in tokens:
        _check(token.children or ())
        if token.tag in _REFUSED:
            raise MarkupError(_REFUSED[token.tag])
        if token.tag and token.type not in ("math_inline", "math_inline_double", "math_block"):
            if token.tag not in elements:
                raise MarkupError(f"<{token.tag}> is not allowed here")
            align = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if align in ("right", "center", "left"):
                token.attrs["class"] = f"iiv-{align[0]}"
            token.attrs = {name: value for name, value in token.attrs.items() if name in elements[token.tag]}
            if token.type == "link_open":
                token.attrs["data-lm-suppress-shortcuts"] = "true"


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    options = {"html": False, "linkify": False, "typographer": False, "xhtmlOut": False}
    markdown = MarkdownIt("commonmark", options).enable("table")
    # Two thousand reference definitions take ten seconds, and a short text has no use for one.
    markdown.disable("reference")
    # A price is not math: "$5 and $6" stays as it is.
    dollarmath_plugin(markdown, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)
    # markdown-it calls this attribute before it makes a link; a refused link stays as text.
    markdown.validateLink = _is_allowed_url  # type: ignore[method-assign]
    for name, rule in _RULES.items():
        markdown.add_render_rule(name, rule)
    return markdown


def _is_allowed_url(url: str) -> bool:
    url = re.sub(r"[\x00-\x20]", "", url)
    scheme = _SCHEME.match(url)
    return scheme[1].lower() in allowed().schemes if scheme else not url.startswith("//")


def _math_inline(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    return to_mathml(tokens[index].content, display=False)


def _math_inline_double(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    return to_mathml(tokens[index].content, display=True)


def _math_block(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    return f"{math_box(tokens[index].content)}\n"


def _code(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    from markdown_it.common.utils import escapeHtml

    return f'<pre tabindex="0" {_QUIET}><code>{escapeHtml(tokens[index].content)}</code></pre>\n'


def _table_open(*_: Any) -> str:
    return f'<div class="iiv-table" role="group" aria-label="Table" tabindex="0" {_QUIET}><table>\n'


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


_RULES: dict[str, Callable[..., str]] = {
    "math_inline": _math_inline,
    "math_inline_double": _math_inline_double,
    "math_block": _math_block,
    "fence": _code,
    "code_block": _code,
    "table_open": _table_open,
    "table_close": _table_close,
}


def _words(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.children is not None:
            yield from _words(token.children)
        elif token.type.startswith("math_"):
            yield to_words(token.content)
        else:
            yield token.content
        if token.block or token.type in ("softbreak", "hardbreak"):
            yield " "
