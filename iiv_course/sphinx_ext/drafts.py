"""The rules for feedback on drafts as scripts of the static book, a kind each, for pages where one may be written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from iiv_course.drafts import rules
from iiv_course.items import Draft, Table
from iiv_course.page import Request
from iiv_course.sphinx_ext.index import SHOWN, items_of


def setup_drafts(app: Sphinx) -> None:
    """Connect the scripts, and on each page the addresses of those that it may ask for."""
    app.connect("html-page-context", _name)
    app.connect("build-finished", _write)


def kinds_of(requests: Iterable[Request]) -> list[str]:
    """The kinds of draft that may be written where these are shown."""
    kinds: set[str] = set()
    for _, item in items_of(requests):
        if isinstance(item, Draft):
            kinds.add(item.kind)
        elif isinstance(item, Table):
            kinds.update(column.review for column in item.columns if column.review)
    return sorted(kinds)


@cache
def _script(kind: str) -> bytes:
    said = json.dumps(rules().as_json(kind), ensure_ascii=False, separators=(",", ":"))
    return f"(window.iivRules??={{}})[{json.dumps(kind)}]={said};\n".encode()


def _name(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    shown = app.env.metadata[pagename].get(SHOWN, ()) if pagename in app.env.metadata else ()
    for kind in kinds_of(shown):
        address = context["pathto"](f"_static/iiv-rules-{kind}.js", resource=True)
        digest = hashlib.sha256(_script(kind)).hexdigest()[:8]
        context["metatags"] = (
            f'{context.get("metatags") or ""}<meta name="iiv-rules-{kind}" content="{address}?v={digest}">'
        )


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    for kind in kinds_of(request for page in app.env.metadata.values() for request in page.get(SHOWN, ())):
        Path(app.outdir, f"_static/iiv-rules-{kind}.js").write_bytes(_script(kind))
