"""A small course in a folder of its own, sound from top to bottom, for tests to break in one place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from iiv_course.page import Request

ROOT = Path(__file__).resolve().parents[1]

BANK = """\
bank: small
title: Small talk
objectives:
  separate: Say what separates
items:
"""
ITEM = """\
  - id: {id}
    type: choice
    title: Cheap talk
    objective: separate
    sources: [spence1973]
    prompt: Why?
    explanation: It costs $0$.
    options:
      - {{id: free, text: Free, correct: true, feedback: Right.}}
      - {{id: rude, text: Rude, feedback: No.}}
"""
REFERENCES = """\
@article{spence1973, author = {Spence, Michael}, title = {Job Market Signaling}, journal = {QJE}, year = {1973}}
@article{crawford1982, author = {Crawford, V. and Sobel, J.}, title = {Talk}, journal = {Econometrica}, year = {1982}}
"""
REFERENCES_PAGE = """\
# References

```{bibliography}
:all:
```
"""
CONTENTS = """\
format: jb-book
root: index
chapters:
  - file: notebooks/01-small
  - file: book/references
"""


def cell(id: str, source: str, html: str | None = None) -> dict[str, Any]:
    """A code cell, with the HTML of its stored output."""
    data = {"text/plain": "quiz", "text/html": html}
    result = {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": data}
    code: dict[str, Any] = {"cell_type": "code", "id": id, "source": source, "metadata": {}, "execution_count": None}
    return {**code, "outputs": [result] if html else []}


def markdown(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "source": source, "metadata": {}}


def notebook(*cells: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}


def lesson() -> dict[str, Any]:
    """As `iiv refresh` leaves it: 1 prose, 2 import, 3 a quiz of the whole bank, 4 its result."""
    quiz, result = Request(kind="quiz", bank="small"), Request(kind="result", bank="small")
    content = notebook(
        markdown("top", "# Small\n\nIt costs nothing ([Spence](../book/references.md#spence1973))."),
        cell("import", "from iiv_course import lesson_result, quiz"),
        cell("quiz", 'quiz("small")', quiz.placeholder()),
        cell("close", 'lesson_result("small")', result.placeholder()),
    )
    for number, each in enumerate(content["cells"][1:], 1):
        each["execution_count"] = number
        for output in each["outputs"]:
            output["execution_count"] = number
    return content


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def write_notebook(path: Path, content: dict[str, Any]) -> Path:
    return write(path, json.dumps(content, indent=1) + "\n")


def write_course(root: Path) -> Path:
    """The files of the course; its banks are in `root/banks`, where `IIV_BANKS` has to point."""
    write(root / "banks" / "small.yml", BANK + "".join(ITEM.format(id=id) for id in ("one", "two", "three")))
    write(root / "book" / "references.bib", REFERENCES)
    write(root / "book" / "references.md", REFERENCES_PAGE)
    write(root / "index.md", "# Welcome\n\nTalk can be cheap ([Crawford](book/references.md#crawford1982)).\n")
    write(root / "_toc.yml", CONTENTS)
    write(root / "_config.yml", (ROOT / "_config.yml").read_text("utf-8"))
    for picture in ("logo.svg", "favicon.svg"):
        write(root / "book" / picture, (ROOT / "book" / picture).read_text("utf-8"))
    write_notebook(root / "notebooks" / "01-small.ipynb", lesson())
    return root
