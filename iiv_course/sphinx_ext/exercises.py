"""Fills the placeholders of exercises when a page is written, from the banks as they are now."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from iiv_course import bank as banks
from iiv_course import scenario
from iiv_course.items import Conversation, CourseError, Draft, Explore, Table
from iiv_course.page import (
    INDEXED,
    ConversationSpec,
    ItemSpec,
    QuizSpec,
    Request,
    ResultItem,
    ResultSpec,
    ReviewSpec,
    SkillsSpec,
    Source,
    Spec,
    anchor,
    exercise_html,
    read_sources,
    requests_in,
)
from iiv_course.page.markup import MarkupError
from iiv_course.sphinx_ext.index import SHOWN, index_of, items_of

logger = logging.getLogger(__name__)

PACKAGE = Path(__file__).resolve().parents[1]
SCRIPT = PACKAGE / "static" / "iiv.js"
LABS = PACKAGE / "static" / "iiv-labs.js"
WORKSHOP = PACKAGE / "static" / "iiv-workshop.js"
TALK = PACKAGE / "static" / "iiv-talk.js"
PARTS = {
    LABS: ("lab",),
    WORKSHOP: (),
    TALK: (),
    PACKAGE / "static" / "iiv-desk.js": ("workbook", "review"),
    PACKAGE / "static" / "iiv-skills.js": ("skills",),
    PACKAGE / "static" / "iiv-bring.js": None,
    PACKAGE / "static" / "iiv-sheet.js": ("sheet",),
}
"""Scripts that only pages with exercises of these kinds need; None where any page may, but few readers do."""
OF_ITEMS = {LABS: (Explore,), WORKSHOP: (Draft, Table), TALK: (Conversation,)}
"""Scripts that items of these types need, wherever they stand."""
REFERENCES_PAGE = "book/references"


def setup_exercises(app: Sphinx) -> None:
    """Connect the filling of exercises, and the script and style that bring them to life."""
    # Names this book in the reader's storage, which several books of one address share.
    app.add_config_value("iiv_book", "book", "html", str)
    # The package is part of what a page is made from: another version of it reads every page anew.
    app.add_config_value("iiv_version", "", "env", str)
    app.add_css_file("iiv.css", priority=600)
    app.connect("config-inited", _config)
    app.connect("doctree-read", _note_requests)
    app.connect("doctree-resolved", _fill)
    app.connect("html-page-context", _load_script)


def package_version() -> str:
    """A digest of the package's own code; banks are not in it, pages depend on those one by one."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".json", ".html", ".js", ".css"} and "frontend" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _config(app: Sphinx, config: Config) -> None:
    config.iiv_version = package_version()
    # jupyter-cache looks at the notebook alone; outputs come from the package, too.
    caches = Path(app.outdir).parent / ".jupyter_cache"
    config.nb_execution_cache_path = str(caches / config.iiv_version)
    for old in caches.glob("*"):
        if old.name != config.iiv_version:
            shutil.rmtree(old, ignore_errors=True)
    config.html_static_path += [str(SCRIPT), str(SCRIPT.with_suffix(".css")), *map(str, PARTS)]


def _note_requests(app: Sphinx, doctree: nodes.document) -> None:
    """The page depends on the banks of its exercises; what only asks for one is no reading matter."""
    # Widgets live on their own here: no state of a kernel's widgets belongs into a page.
    app.env.nb_metadata[app.env.docname].get("js_files", {}).pop("ipywidgets_state", None)  # type: ignore[attr-defined]
    for raw, requests in _placeholders(doctree):
        for request in requests:
            for bank in [name for name in (request.bank, request.before) if name] or banks.names():
                app.env.note_dependency(str(banks.FOLDER / f"{bank}.yml"))
            for _, item in items_of([request]):
                if isinstance(item, Conversation):
                    app.env.note_dependency(str(scenario.FOLDER / f"{item.conversation}.yml"))
            app.env.metadata[app.env.docname].setdefault(SHOWN, []).append(request)
        app.env.note_dependency(str(_bibliography(app)))
        _hide_code(raw)


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    found = list(_placeholders(doctree))
    if not found:
        return
    sources = _sources(app, docname)
    shown: Counter[str] = Counter()
    index = index_of(app) if any(request.kind in INDEXED for _, requests in found for request in requests) else None
    for raw, requests in found:
        try:
            specs = [_linked(app, docname, _apart(app, docname, request.spec(sources, index))) for request in requests]
        except (CourseError, MarkupError) as error:
            logger.warning("%s", error, location=raw, type="iiv")
            continue
        filled = "".join(_filled(app, docname, spec, shown) for spec in specs)
        raw.replace_self(nodes.raw("", filled, format="html"))


def _filled(app: Sphinx, docname: str, spec: Spec, shown: Counter[str]) -> str:
    """An exercise as HTML. What answers it comes when its reader comes near: half of a lesson's bytes."""
    if not isinstance(spec, QuizSpec):
        return exercise_html(spec, shown)
    first, soon = spec.items[0].key, not shown
    name = f"{docname.replace('/', '-')}-from-{first.replace('/', '-')}-{shown[first]}"
    # A conversation is a script of its own; the page shows its beginning.
    talks = {i: {"talk"} for i, item in enumerate(spec.items) if isinstance(item, ConversationSpec)}
    held = spec.model_dump(mode="json", exclude_none=True, exclude={"items": talks})
    apart = _script_of(app, docname, name, f"(window.iivSpecs??={{}})[{json.dumps(f'iiv-{name}')}]", held)
    # The first of a page is likely to be near.
    return exercise_html(spec, shown, apart, soon=soon)


def _apart(app: Sphinx, docname: str, spec: Spec) -> Spec:
    """A spec without what few readers of a page load; that stands in scripts of its own, for a page would be heavy."""
    match spec:
        case ReviewSpec():
            apart = {}
            for bank, items in groupby(spec.items, key=lambda item: item.key.partition("/")[0]):
                shown = [item.model_dump(mode="json", exclude_none=True) for item in items]
                # Links to sources are as seen from this page.
                name = f"{docname.replace('/', '-')}-{bank}"
                apart[bank] = _script_of(app, docname, name, f"(window.iivItems??={{}})[{json.dumps(bank)}]", shown)
            return spec.model_copy(update={"items": (), "apart": apart})
        case QuizSpec():
            return spec.model_copy(update={"items": tuple(_talk_apart(app, docname, item) for item in spec.items)})
        case _:
            return spec


def _talk_apart(app: Sphinx, docname: str, item: ItemSpec) -> ItemSpec:
    if not isinstance(item, ConversationSpec):
        return item
    name = item.conversation
    address = _script_of(app, docname, f"talk-{name}", f"(window.iivTalks??={{}})[{json.dumps(name)}]", item.talk)
    return item.model_copy(update={"apart": address})


def _script_of(app: Sphinx, docname: str, name: str, place: str, value: object) -> str:
    """Write a script that puts a value into a place; its address as seen from a page."""
    # Browsers read JSON faster than the same value in script.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\\", r"\\").replace("'", r"\'")
    script = f"{place}=JSON.parse('{text}');\n".encode()
    path = Path(app.outdir, f"_static/iiv-{name}.js")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(script)
    address = relative_uri(app.builder.get_target_uri(docname), f"_static/iiv-{name}.js")
    return f"{address}?v={hashlib.sha256(script).hexdigest()[:8]}"


def _linked(app: Sphinx, docname: str, spec: Spec) -> Spec:
    """A spec with links to where its items stand: on this page if they do, else on the first that has them."""
    if not isinstance(spec, ResultSpec | SkillsSpec):
        return spec
    pages = _pages_by_item(app, docname)

    def linked(item: ResultItem) -> ResultItem:
        if item.key not in pages:
            return item
        page = "" if pages[item.key] == docname else app.builder.get_relative_uri(docname, pages[item.key])
        return item.model_copy(update={"href": f"{page}#{anchor(item.key)}"})

    if isinstance(spec, SkillsSpec):

        def asked(task: ResultItem, sure: ResultItem) -> dict[str, object]:
            return {"task": linked(task), "sure": linked(sure)}

        skills = []
        for each in spec.skills:
            before = each.before and each.before.model_copy(update=asked(each.before.task, each.before.sure))
            skills.append(each.model_copy(update={**asked(each.task, each.sure), "before": before}))
        return spec.model_copy(update={"skills": tuple(skills)})
    objectives = (each.model_copy(update={"items": tuple(map(linked, each.items))}) for each in spec.objectives)
    return spec.model_copy(update={"objectives": tuple(objectives)})


def _pages_by_item(app: Sphinx, docname: str) -> dict[str, str]:
    pages: dict[str, str] = {}
    for page in [docname, *sorted(app.env.metadata)]:
        for key, _ in items_of(app.env.metadata[page].get(SHOWN, ())):
            pages.setdefault(key, page)
    return pages


def _placeholders(doctree: nodes.document) -> Iterator[tuple[nodes.raw, list[Request]]]:
    for raw in list(doctree.findall(nodes.raw)):
        if "html" in raw["format"].split() and "data-iiv" in raw.astext():
            try:
                yield raw, list(requests_in(raw.astext()))
            except ValueError as error:
                logger.warning("%s", error, location=raw, type="iiv")


def _hide_code(raw: nodes.raw) -> None:
    cell = raw.parent
    while cell is not None and cell.get("nb_element") != "cell_code":
        cell = cell.parent
    for source in list(cell.children) if cell is not None else []:
        if isinstance(source, nodes.Element) and source.get("nb_element") == "cell_code_source":
            cell.remove(source)


def _bibliography(app: Sphinx) -> Path:
    return Path(app.srcdir, "book", "references.bib")


def _sources(app: Sphinx, docname: str) -> dict[str, Source]:
    path = _bibliography(app)
    if not path.exists() or REFERENCES_PAGE not in app.env.found_docs:
        return {}
    return read_sources(path, app.builder.get_relative_uri(docname, REFERENCES_PAGE))


def _load_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """In the head and at any time: exercises answer as soon as they stand there, however long the page."""

    def address(path: Path) -> str:
        return f"{context['pathto'](f'_static/{path.name}', resource=True)}?v={_digest(path)}"

    shown = app.env.metadata[pagename].get(SHOWN, ()) if pagename in app.env.metadata else ()
    # The script fetches them when they are needed.
    parts = "".join(
        f'<meta name="{path.stem}" content="{address(path)}">'
        for path, kinds in PARTS.items()
        if kinds is None or any(each.kind in kinds for each in shown) or _has(app, shown, OF_ITEMS.get(path, ()))
    )
    context["metatags"] = (
        f'{context.get("metatags") or ""}<meta name="iiv-book" content="{escape(app.config.iiv_book)}">{parts}'
        f'<script async src="{address(SCRIPT)}"></script>'
    )


def _has(app: Sphinx, shown: Iterable[Request], types: tuple[type, ...]) -> bool:
    """Whether a page may show an item of these types: of its own, or in review one of any page."""
    asked = [*shown] if types else []
    if any(request.kind == "review" for request in asked):
        asked = [request for page in app.env.metadata.values() for request in page.get(SHOWN, ())]
    return any(isinstance(item, types) for _, item in items_of(asked))


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
