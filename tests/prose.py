"""All prose of the course, passage by passage, for tests that read it; code and addresses are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from iiv_course import bank, notebooks
from iiv_course.course import notebooks_of, pages_of
from tests.scratch import ROOT

KEYS = frozenset(("bank", "breach", "category", "chose", "conversation", "id", "kind", "lab", "lesson", "next"))
KEYS |= {"objective", "part", "quantity", "skill", "sources", "type", "when"}
"""Fields of banks and conversations that name something; an objective or a column of the same name has a text."""

OF_RULES = frozenset(("advice", "example", "counter_example"))
"""The only fields of the rules for drafts that a learner reads."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[\w./-]+\.(?:com|org|html|ipynb|md|yml|json|toml)\b")


class Passage(NamedTuple):
    """A cell, a page or a field: where it stands, below the folder of the course, and its Markdown."""

    place: str
    markdown: str


def passages() -> Iterator[Passage]:
    """Everything that a reader of the course may read, and the README."""
    for path in (*pages_of(ROOT), ROOT / "README.md"):
        yield Passage(_label(path), path.read_text("utf-8"))
    for path in notebooks_of(ROOT):
        yield from cells(path)
    for folder in ("bank", "conversations", "criteria"):
        for path in sorted((ROOT / "iiv_course" / folder).glob("*.yml")):
            yield from fields(path)


def cells(path: Path) -> Iterator[Passage]:
    """The text of a notebook, without its code."""
    for name, cell in notebooks.read(path).named_cells():
        if cell.cell_type == "markdown":
            yield Passage(f"{_label(path)}: {name}", cell.source)


def fields(path: Path) -> Iterator[Passage]:
    """The texts of a file of the package's content."""
    tree, _ = bank.read_plain(path)
    for trail, text in _fields(tree, ()):
        if _is_prose(path.parent.name, frozenset(trail), text):
            yield Passage(f"{_label(path)}: {'.'.join(trail)}", text)


def _is_prose(folder: str, trail: frozenset[str], text: str) -> bool:
    if folder == "criteria":
        return bool(OF_RULES & trail)
    # What learners may type is matched as they type it.
    return "accepted" not in trail and not (KEYS & trail and re.fullmatch(r"[\w-]+", text))


def plain(markdown: str) -> list[str]:
    """The words of a text in blocks: paragraphs, headings, entries of lists, cells of tables."""
    return [" ".join(_ADDRESS.sub(" ", text).split()) for text in _blocks(_parser().parse(markdown)) if text.strip()]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    dollarmath_plugin(parser, allow_space=False, allow_digits=False)
    return parser


def _blocks(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(_words(token))
        elif token.type == "html_block":
            yield re.sub(r"<[^>]*>", " ", token.content)


def _words(token: Token) -> Iterator[str]:
    for child in token.children or ():
        match child.type:
            case "text":
                yield child.content
            case "image":
                yield from _words(child)
            case "softbreak" | "hardbreak" | "math_inline" | "html_inline":
                yield " "
            case "code_inline":
                yield " … "


def _fields(value: object, trail: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    match value:
        case str():
            yield trail, value
        case dict():
            for name, part in value.items():
                yield from _fields(part, (*trail, str(name)))
        case list() | tuple():
            for number, part in enumerate(value):
                named = part.get("id", part.get("criterion", "")) if isinstance(part, dict) else ""
                yield from _fields(part, (*trail, f"'{named or number}'"))


def _label(path: Path) -> str:
    return str(path.relative_to(ROOT))
