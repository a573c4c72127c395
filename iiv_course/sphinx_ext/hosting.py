"""What hosts of static pages read beside the pages: the headers to send, and that nothing is to be left out."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from iiv_course.sphinx_ext.theme import CONTENT_SECURITY_POLICY

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""For every address of the book.

No `frame-ancestors`, which only a header could say: a learning platform may show the book in a frame. There it gets
a storage of its own from the browser, so that a page around it reaches no answers given in the book itself.

No `Cache-Control` either. Rules go by path, and names carry no digest; the `?v=` of their addresses no rule can ask
for, and some scripts and pictures are asked for without. So hosts do as they do by themselves: a browser asks
whether its copy is still the one, and a new edition is there at once.
"""


def setup_hosting(app: Sphinx) -> None:
    """Connect the writing of both files."""
    app.connect("build-finished", _write)


def headers_file() -> str:
    """The headers in the form that Netlify and Cloudflare Pages read; elsewhere it is a file that nobody asks for.

    >>> print(headers_file().splitlines()[2])
      X-Content-Type-Options: nosniff
    """
    return "".join(["/*\n", *(f"  {name}: {value}\n" for name, value in HEADERS.items())])


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    Path(app.outdir, "_headers").write_text(headers_file(), encoding="utf-8")
    # Without it GitHub Pages, where it publishes a branch, leaves out folders that begin with an underscore.
    Path(app.outdir, ".nojekyll").touch()
