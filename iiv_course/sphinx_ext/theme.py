"""Furo under a Content-Security-Policy without inline script or style; the look itself is in static/iiv-book.css."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.config import Config

HERE = Path(__file__).parent

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
DESCRIPTION_LENGTH = 160
NOT_FOUND = "404"

# iiv-book.css colors code and the outputs of cells; furo-extensions.css dresses extensions that are not here.
UNUSED_STYLES = ("pygments.css", "mystnb.", "styles/furo-extensions.css")
MATH_STYLE = "iiv-math.css"
# See static/iiv-search.js, and static/iiv-theme.js and iiv-scroll.js for what Furo's script does.
UNUSED_SCRIPTS = ("sphinx_highlight.js", "scripts/furo.js")
# They serve the search page alone; elsewhere "/" would jump to the search field while somebody answers.
SEARCH_SCRIPTS = ("documentation_options.js", "doctools.js")


def setup_theme(app: Sphinx) -> None:
    """Connect the book's frame: policy, templates, styles, descriptions and the page for lost addresses."""
    # Jupyter Book sets this value for an extension that is not loaded, and would warn.
    app.add_config_value("comments_config", {}, "env")
    app.add_css_file("iiv-book.css", priority=700)
    app.connect("config-inited", _add_folders)
    app.connect("doctree-read", _strip_inline_styles)
    app.connect("html-page-context", _frame_page, priority=900)  # after Furo has drawn its navigation
    app.connect("html-collect-pages", _not_found_page)
    app.connect("build-finished", _root_not_found_page)


def description(doctree: nodes.document | None) -> str:
    """Return the first paragraph of a page's own text, cut at a word within 160 characters; '' without one."""
    if doctree is None:
        return ""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section | nodes.document):
            return _shorten(" ".join(paragraph.astext().split()))
    return ""


def _shorten(text: str) -> str:
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(",;:.–— ") + "…"


def without_inline_styles(html: str) -> str:
    """Drop `<style>` elements and `style` attributes, which the policy would block and log."""
    html = re.sub(r"<style\b.*?</style>\s*", "", html, flags=re.DOTALL | re.IGNORECASE)
    return re.sub(r"""(<[a-z][^<>]*?)\s+style=("[^"]*"|'[^']*')""", r"\1", html, flags=re.IGNORECASE)


def accessible(html: str) -> str:
    """Mend what Sphinx, Furo and sphinxcontrib-bibtex leave open; script islands stay as they are.

    The boxes that scroll sideways (code, tables) take the focus, captions of the navigation get a level,
    and entries of the bibliography become items of their list.
    """
    mended = {
        "<pre>": '<pre tabindex="0">',
        '<div class="table-wrapper': '<div tabindex="0" role="group" aria-label="Table" class="table-wrapper',
        '<p class="caption" role="heading"': '<p class="caption" role="heading" aria-level="2"',
        'role="doc-biblioentry"': 'role="listitem"',
    }
    pattern = r"<script\b.*?</script>|" + "|".join(map(re.escape, mended))
    return re.sub(pattern, lambda match: mended.get(match[0], match[0]), html, flags=re.DOTALL)


def held_together(html: str) -> str:
    """Keep the sign after a formula on its line, but for those in forms: browsers may break between the two.

    >>> held_together("<p>If <math><mi>q</mi></math>, then <math><mi>c</mi></math> is.</p>")
    '<p>If <span class="iiv-held"><math><mi>q</mi></math>,</span> then <math><mi>c</mi></math> is.</p>'
    """

    def held(match: re.Match[str]) -> str:
        return f'<span class="iiv-held">{match[0]}</span>' if match["sign"] else match[0]

    formula = r"<math\b(?![^>]*block).*?</math>(?P<sign>[.,;:!?)”’]*)"
    return re.sub(rf"<(script|form)\b.*?</\1>|{formula}", held, html, flags=re.DOTALL)


def _add_folders(app: Sphinx, config: Config) -> None:
    config.templates_path.append(str(HERE / "templates"))
    config.html_static_path.append(str(HERE / "static"))


def _strip_inline_styles(app: Sphinx, doctree: nodes.document) -> None:
    for raw in doctree.findall(nodes.raw):
        html = raw.astext()
        if "html" in raw["format"].split() and "style" in html:
            raw.clear()
            raw += nodes.Text(without_inline_styles(html))


def _frame_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    for part in ("body", "furo_navigation_tree"):
        context[part] = held_together(accessible(context.get(part) or ""))

    metatags = f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_SECURITY_POLICY}">'
    metatags += context.get("metatags") or ""
    if 'name="description"' not in metatags and (text := description(doctree)):
        metatags += f'<meta name="description" content="{escape(text)}">'
    if pagename == NOT_FOUND:
        metatags += '<meta name="robots" content="noindex">'
    context["metatags"] = metatags

    unused_styles = UNUSED_STYLES if "<math" in context["body"] else (*UNUSED_STYLES, MATH_STYLE)
    unused_scripts = UNUSED_SCRIPTS if pagename == "search" else UNUSED_SCRIPTS + SEARCH_SCRIPTS
    context["css_files"] = [css for css in context["css_files"] if not _name(css).startswith(unused_styles)]
    context["script_files"] = [js for js in context["script_files"] if not _name(js).startswith(unused_scripts)]


def _name(asset: Any) -> str:
    return str(getattr(asset, "filename", asset)).removeprefix("_static/")


def _not_found_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    body = (
        "<section><h1>Nothing lives at this address</h1>"
        "<p>The page may have moved, or the link may have lost a letter on its way to you.</p>"
        '<p><a href="index.html">Begin at the welcome page</a> or <a href="search.html">search the book</a>. '
        "What you have written in the exercises is still in this browser.</p></section>"
    )
    yield NOT_FOUND, {"title": "Page not found", "body": body}, "page.html"


def _root_not_found_page(app: Sphinx, error: Exception | None) -> None:
    """Make the links of the 404 page absolute: a host shows it at any depth, and the policy forbids `<base>`."""
    page = Path(app.outdir, f"{NOT_FOUND}.html")
    if error is not None or not page.exists():
        return
    root = urlsplit(app.config.html_baseurl or "").path.rstrip("/") + "/"
    relative = r'\b(href|src|action|data-content_root)="(?!#|/|[a-z][a-z0-9+.-]*:)(?:\./)?'
    page.write_text(re.sub(relative, rf'\1="{root}', page.read_text("utf-8")), "utf-8")
