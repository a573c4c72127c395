"""Courses that the tests write, build as a reader's copy, and serve to this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest

from iiv_course import book
from iiv_course.page import Request
from tests.scratch import REFERENCES, REFERENCES_PAGE, ROOT, cell, markdown, notebook, write, write_notebook

GOOD = (ROOT / "tests" / "cases" / "banks" / "good.yml").read_text("utf-8")
PATIENT = """\
bank: patient
title: Time to think
objectives:
  wait: Wait for an answer
items:
  - id: silence
    type: choice
    title: Silence
    objective: wait
    prompt: What follows a good question?
    options:
      - {id: wait, text: A silence, correct: true, feedback: Right.}
      - {id: next, text: The next question, feedback: Too soon.}
      - {id: help, text: A suggestion, feedback: Their words are wanted.}
    hints: [Nobody speaks., It lasts three seconds.]
    explanation: People think before they speak.
    tries: 3
"""


class Site(NamedTuple):
    """A built book: its folder, and where it is served."""

    folder: Path
    url: str

    def pages(self) -> list[str]:
        """Every page as a path from the top."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))


def write_course(
    root: Path, banks: Mapping[str, str], lessons: Mapping[str, list[dict[str, Any]]], references: str = REFERENCES
) -> Path:
    """A course of these lessons (lists of cells) and banks, under the configuration of the real one."""
    for name, text in banks.items():
        write(root / "banks" / f"{name}.yml", text)
    for name, cells in lessons.items():
        write_notebook(
            root / "notebooks" / f"{name}.ipynb",
            notebook(*cells, language_info={"name": "python", "pygments_lexer": "python"}),
        )
    write(root / "index.md", "# Welcome\n\nTalk can be cheap ([Crawford](book/references.md#crawford1982)).\n")
    write(root / "book" / "references.md", REFERENCES_PAGE)
    write(root / "book" / "references.bib", references)
    chapters = [*(f"notebooks/{name}" for name in lessons), "book/references"]
    write(root / "_toc.yml", "format: jb-book\nroot: index\nchapters:\n" + "".join(f"- file: {c}\n" for c in chapters))
    write(root / "_config.yml", (ROOT / "_config.yml").read_text("utf-8"))
    for picture in ("logo.svg", "favicon.svg"):
        write(root / "book" / picture, (ROOT / "book" / picture).read_text("utf-8"))
    return root


def lesson(title: str, *sources: str) -> list[dict[str, Any]]:
    """The cells of a lesson: a heading, the import, and one cell a source; a kernel makes the outputs."""
    cells = [markdown("top", f"# {title}\n\nIt costs nothing ([Spence](../book/references.md#spence1973)).")]
    importing = cell("import", "from iiv_course import lesson_result, quiz")
    importing["metadata"]["tags"] = ["remove-cell"]
    return [*cells, importing, *(cell(f"cell-{i}", source) for i, source in enumerate(sources))]


def stored_lesson(title: str, *requests: Request) -> list[dict[str, Any]]:
    """The same with outputs as they are stored, for a build without any kernel."""
    outputs = [cell(f"cell-{i}", "quiz(...)", request.placeholder()) for i, request in enumerate(requests)]
    return [markdown("top", f"# {title}"), *outputs]


def write_stored_course(
    root: Path, banks: Mapping[str, str], lessons: Mapping[str, list[dict[str, Any]]], references: str = REFERENCES
) -> Path:
    """A course of stored lessons, which is built without running anything."""
    write_course(root, banks, lessons, references)
    config = root / "_config.yml"
    write(config, config.read_text("utf-8").replace("execute_notebooks: cache", "execute_notebooks: 'off'"))
    return root


def build(root: Path, out: Path) -> Path:
    """Build a course into a folder as it would be published; any warning fails the test with the builders' words."""
    with pytest.MonkeyPatch.context() as patch:
        if (root / "banks").is_dir():
            patch.setenv("IIV_BANKS", str(root / "banks"))
        well, said = book.build(root, out, strict=True)
    assert well, said
    return out


class _Handler(SimpleHTTPRequestHandler):
    """As hosts of static pages answer: an unknown address gets the book's 404 page."""

    protocol_version = "HTTP/1.1"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve a folder to this machine on a free port until the context ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(folder, f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
