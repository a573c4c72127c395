"""The course index of the static book, a script of its own, and a directive for pages that have no cells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from pydantic import ValidationError
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from iiv_course.items import CourseError, Item
from iiv_course.page import INDEXED, OF_THE_COURSE, CourseIndex, Request, ShownPage, course_index

SCRIPT = "_static/iiv-course.js"
SHOWN = "iiv_shown"
"""The requests of a page, in the metadata that Sphinx keeps of it."""


def setup_index(app: Sphinx) -> None:
    """Connect the script, and see to it that no page goes on asking for an old one."""
    app.add_directive("iiv", Overview)
    app.connect("env-get-updated", _note_index)
    app.connect("html-page-context", _load_index)
    app.connect("build-finished", _write_index)


class Overview(SphinxDirective):
    """What a cell shows, on a page without code: a line `continue` in a fence `{iiv}`; a sheet names its tables."""

    required_arguments = 1
    optional_arguments = 1
    option_spec: ClassVar = {"record": str, "show": str.split, "ranked": str, "notes": str}

    def run(self) -> list[nodes.Node]:
        kind, *bank = self.arguments
        try:
            request = Request.model_validate({"kind": kind, "bank": "".join(bank), **self.options})
            request.chosen()
        except ValidationError as error:
            raise self.error(f"iiv {kind}: {error.errors(include_url=False)[0]['msg']}") from None
        except CourseError as error:
            raise self.error(str(error)) from None
        return [nodes.raw("", request.placeholder(), format="html")]


def index_of(app: Sphinx) -> CourseIndex:
    """The index of what the pages show, in the order of the contents; links are as seen from the root of the book.

    It is there once all pages are read.
    """
    index: CourseIndex = app.env.iiv_index  # type: ignore[attr-defined]
    return index


def _index_of(app: Sphinx) -> CourseIndex:
    metadata = app.env.metadata
    return course_index(
        ShownPage(metadata[page][SHOWN], app.builder.get_target_uri(page))
        for page in _in_order(app.env, app.config.root_doc)
        if page in metadata and SHOWN in metadata[page]
    )


def items_of(requests: Iterable[Request]) -> Iterator[tuple[str, Item]]:
    """The items that quizzes show, with their keys; a quiz that cannot be filled is reported where it stands."""
    for request in requests:
        yield from _items_of(request)


@cache
def _items_of(request: Request) -> Sequence[tuple[str, Item]]:
    """Looked up once: many pages ask for the items of all, and a build is a process of its own."""
    if request.kind == "quiz":
        with suppress(CourseError):
            return [(f"{request.bank}/{item.id}", item) for item in request.chosen()]
    return ()


def _in_order(env: BuildEnvironment, page: str) -> Iterator[str]:
    yield page
    for below in env.toctree_includes.get(page, ()):
        yield from _in_order(env, below)


def _note_index(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Keep the index for all pages, which may be written in processes of their own; name those to write anew."""
    if app.builder.format != "html":
        return []
    index = _index_of(app)
    if getattr(env, "iiv_index", None) == index:
        return []
    env.iiv_index = index  # type: ignore[attr-defined]
    return [page for page in env.metadata if _asks(env, page, INDEXED)]


def _script(app: Sphinx) -> str:
    # An exercise may stand before the index is there, or the other way round.
    index = index_of(app).model_dump_json(exclude_none=True)
    return f'window.iivCourse={index};document.dispatchEvent(new Event("iiv-course"));\n'


def _asks(env: BuildEnvironment, page: str, kinds: tuple[str, ...]) -> bool:
    return any(request.kind in kinds for request in env.metadata[page].get(SHOWN, ()))


def _load_index(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    if pagename not in app.env.metadata or not _asks(app.env, pagename, OF_THE_COURSE):
        return
    digest = hashlib.sha256(_script(app).encode()).hexdigest()[:8]
    address = f"{context['pathto'](SCRIPT, resource=True)}?v={digest}"
    context["metatags"] = f'{context.get("metatags") or ""}<script async src="{address}"></script>'


def _write_index(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html" and hasattr(app.env, "iiv_index"):
        Path(app.outdir, SCRIPT).write_text(_script(app), encoding="utf-8")
