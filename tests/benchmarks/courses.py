"""The courses that are measured: ours, and the same prose and questions in a stock Jupyter Book with jupyterquiz."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import yaml

from iiv_course import book
from iiv_course.bank import _shelf
from iiv_course.page import Request, requests_in
from tests import scratch
from tests.benchmarks.questions import generated_bank, jupyterquiz_question

ROOT = scratch.ROOT
LESSON = "03-preparation"
"""The lesson that is weighed."""

STOCK_CONFIG = """\
title: Twenty Minutes
author: Twenty Minutes contributors
logo: book/logo.svg
only_build_toc_files: true
execute: {execute_notebooks: cache, timeout: 60}
parse:
  myst_enable_extensions: [dollarmath, amsmath, colon_fence, deflist, attrs_inline, attrs_block]
bibtex_bibfiles: [book/references.bib]
"""
"""Nothing of the look is chosen: theme and extensions are Jupyter Book's own."""


class Translated(NamedTuple):
    """How many items of a course jupyterquiz could ask, of how many."""

    items: int
    of: int


@contextmanager
def banks_of(root: Path) -> Iterator[None]:
    """Read banks from `root/banks`, here and in whatever is started meanwhile."""
    folder = root / "banks"
    with patch.dict(os.environ, IIV_BANKS=str(folder)), patch.object(_shelf, "FOLDER", folder):
        yield


def built(root: Path) -> Path:
    """Build the course in `root`; returns the folder of its pages. Raises `RuntimeError` with what was said."""
    out = Path("_build", "html")
    with banks_of(root):
        well, said = book.build(root, out, strict=False)
    if not well:
        raise RuntimeError(said)
    return root / out


def lessons(root: Path) -> None:
    """Write the course as it is."""
    root.mkdir()
    for part in ("_config.yml", "_toc.yml", "index.md"):
        shutil.copy(ROOT / part, root / part)
    for folder in ("book", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns(".*", "_*"))
    (root / "banks").mkdir()
    for bank in (ROOT / "iiv_course" / "bank").glob("*.yml"):
        shutil.copy(bank, root / "banks")


def drills(root: Path, sizes: tuple[int, ...]) -> None:
    """Write a course with a page `drill-N` for each size: N choice items, asked for by one cell."""
    scratch.write_course(root)
    for size in sizes:
        name = f"drill-{size}"
        scratch.write(root / "banks" / f"{name}.yml", generated_bank(name, size))
        scratch.write_notebook(
            root / "notebooks" / f"{name}.ipynb",
            scratch.notebook(
                scratch.markdown("top", f"# {size} questions"),
                scratch.cell("import", "from iiv_course import quiz"),
                scratch.cell("quiz", f'quiz("{name}")', Request(kind="quiz", bank=name).placeholder()),
            ),
        )
    pages = [{"file": f"notebooks/drill-{size}"} for size in sizes]
    contents = {"format": "jb-book", "root": "index", "chapters": [*pages, {"file": "book/references"}]}
    scratch.write(root / "_toc.yml", yaml.safe_dump(contents))


def stock_copy(ours: Path, root: Path) -> dict[str, Translated]:
    """Write our course again for a stock Jupyter Book; says for each notebook how much could be asked.

    A cell of ours becomes a cell of jupyterquiz with its questions in a file beside the notebook.
    """
    shutil.copytree(ours, root, ignore=shutil.ignore_patterns("_build", "banks"))
    scratch.write(root / "_config.yml", STOCK_CONFIG)
    with banks_of(ours):
        return {path.stem: _translate(path) for path in sorted((root / "notebooks").glob("*.ipynb"))}


def without_us(ours: Path, root: Path) -> None:
    """Write our course again with the same theme and settings, but without our extension and what it provides."""
    shutil.copytree(ours, root, ignore=shutil.ignore_patterns("_build"))
    config = yaml.safe_load((ours / "_config.yml").read_text("utf-8"))
    settings = config["sphinx"]["config"]
    settings["extensions"].remove("iiv_course.sphinx_ext")
    for name in ("html_math_renderer", "bibtex_default_style", "iiv_book"):
        settings.pop(name, None)
    scratch.write(root / "_config.yml", yaml.safe_dump(config))


def _translate(path: Path) -> Translated:
    notebook = json.loads(path.read_text("utf-8"))
    cells: list[dict[str, Any]] = []
    translated = found = 0
    for cell in notebook["cells"]:
        requests = _requests(cell)
        if not requests:
            cells.append(cell)
            continue
        asked = [item for request in requests if request.kind == "quiz" for item in request.chosen()]
        questions = [question for item in asked if (question := jupyterquiz_question(item))]
        translated, found = translated + len(questions), found + len(asked)
        if questions:
            name = f"{path.stem}-{len(cells)}.json"
            scratch.write(path.with_name(name), json.dumps(questions))
            source = f'from jupyterquiz import display_quiz\ndisplay_quiz("{name}")'
            cells.append({**scratch.cell(cell["id"], source), "metadata": {"tags": ["remove-input"]}})
    scratch.write_notebook(path, {**notebook, "cells": cells})
    return Translated(translated, found)


def _requests(cell: dict[str, Any]) -> list[Request]:
    outputs = [output.get("data", {}).get("text/html", "") for output in cell.get("outputs", [])]
    return [request for html in outputs for request in requests_in("".join(html))]
