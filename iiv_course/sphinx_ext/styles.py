"""Style sheets as the book serves them: without comments, and without what can show on no page of this book."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx

from iiv_course.sphinx_ext.trimming import VARIABLE, trimmed

SERVED = ("styles/furo.css", "iiv-book.css")
"""In the order in which pages load them."""

_ELEMENT = re.compile(r"<([a-z][\w-]*)", re.IGNORECASE)
# What comes before the sign is asked last: Python finds the sign faster than a word in capitals or not.
_CLASSES, _IDS = (
    re.compile(rf"""=(?<=\b{name}=)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE) for name in ("class", "id")
)
_WORD = re.compile(r"[\w-]+")
_QUOTE = re.compile(r"""\\+(["'])""")
_LINKED = re.compile(r'href="[^"?]*_static/([^"?]+\.css)')
# What this package writes for scripts to bring into a page.
_CONTENT = re.compile(r"\(?window\.iiv")
_IMPLIED = ("html", "head", "body", "colgroup", "tbody")
"""Elements that a browser adds."""


def setup_styles(app: Sphinx) -> None:
    """Connect the rewriting; it comes when all pages and scripts are written."""
    app.connect("build-finished", rewrite, priority=900)


def rewrite(app: Sphinx, error: Exception | None) -> None:
    """Trim the styles in the output folder to what its pages hold, and give their addresses new stamps."""
    out = Path(app.outdir)
    static = out / "_static"
    paths = [static / name for name in SERVED if (static / name).exists()]
    if error is not None or not paths:
        return
    # All pages that are there: Sphinx writes only those anew that changed.
    pages = {page: page.read_text("utf-8") for page in out.rglob("*.html")}
    linked = {static / name for html in pages.values() for name in _LINKED.findall(html)}
    held = look(
        pages.values(),
        (script.read_text("utf-8") for script in static.rglob("*.js")),
        (style.read_text("utf-8") for style in linked.difference(paths) if style.exists()),
    )
    styles = trimmed([path.read_text("utf-8") for path in paths], held.may_hold, held.variables)
    addresses = {}
    for path, style in zip(paths, styles, strict=True):
        path.write_text(style, encoding="utf-8")
        # What Sphinx has put there says nothing of what was left out, and browsers would keep an old style.
        addresses[f"/{path.name}?v="] = hashlib.sha256(style.encode()).hexdigest()[:8]
    stamp = re.compile(rf"({'|'.join(map(re.escape, addresses))})\w+")
    for page, html in pages.items():
        stamped = stamp.sub(lambda match: match[1] + addresses[match[1]], html)
        if stamped != html:
            page.write_text(stamped, encoding="utf-8")


@dataclass(frozen=True)
class Held:
    """What the pages hold, or may hold once their scripts have run."""

    names: frozenset[str]
    """Elements, classes with a dot, ids with a hash."""
    words: frozenset[str]
    """Those of the scripts; which of them name something on a page, nobody knows."""
    beginnings: tuple[str, ...]
    """Words of the scripts that may be the first half of a name."""
    variables: frozenset[str]
    """Variables that pages, scripts and further styles read."""

    def may_hold(self, name: str) -> bool:
        """Whether there may be an element `h4`, a class `.note`, an id `#contents`."""
        bare = name.lstrip(".#")
        return name in self.names or bare in self.words or (bare != name and bare.startswith(self.beginnings))


def look(pages: Iterable[str], scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> Held:
    """Look through all that makes up the pages.

    >>> held = look(['<p class="a b">'], ["x.className='c iiv-'+y"])
    >>> [name for name in ("p", "q", ".b", ".c", ".d", "#c", ".iiv-d") if held.may_hold(name)]
    ['p', '.b', '.c', '#c', '.iiv-d']
    """
    names, words, variables = set(_IMPLIED), set[str](), set[str]()
    texts = list(pages)
    for script in scripts:
        if _CONTENT.match(script):
            texts.append(script)
        else:
            words.update(_WORD.findall(script))
    for text in texts:
        # Some of it stands in JSON, and that perhaps in script.
        html = _QUOTE.sub(r"\1", text).replace("\\u003c", "<")
        names.update(map(str.lower, _ELEMENT.findall(html)))
        for sign, attributes in ((".", _CLASSES), ("#", _IDS)):
            for value in set(attributes.findall(html)):
                names.update(sign + name for name in value.strip("\"'").split())
    for text in (*texts, *styles):
        variables.update(VARIABLE.findall(text))
    variables |= {word for word in words if word.startswith("--")}
    beginnings = tuple(word for word in words if word.endswith("-") and word.strip("-"))
    return Held(frozenset(names), frozenset(words), beginnings, frozenset(variables))
