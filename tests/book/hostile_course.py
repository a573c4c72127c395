"""A course in which every field of an author holds every hostile text in turn, and the texts that are refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pybtex.exceptions import PybtexError

from iiv_course.bank import BankError, read_bank
from iiv_course.page import Request, read_sources
from iiv_course.page.markup import MarkupError
from iiv_course.page.spec import quiz_spec
from tests.book.courses import stored_lesson, write_stored_course
from tests.hostile import HOSTILE
from tests.scratch import REFERENCES, write

LONGEST = 500
"""Characters; longer texts try a parser's patience, so that in the browser they stand in one field each."""
KINDS = ("title", "prompt", "explanation", "unit", "accepted")
"""One field of each kind of text: words alone, inline Markdown, blocks of Markdown, short and long plain text."""
TYPES = ("choice", "multiple", "numeric", "text", "order", "match", "scale", "reflection")
LEARNER_TYPES = ("numeric", "text", "reflection")


class HostileCourse(NamedTuple):
    """The course, and by kind of field (`source` is a reference's title and strength) what it holds and what not."""

    root: Path
    taken: dict[str, list[int]]
    refusals: dict[str, dict[int, str]]


def write_hostile_course(root: Path) -> HostileCourse:
    """Write the course; texts go by their place in HOSTILE."""
    taken: dict[str, list[int]] = {kind: [] for kind in (*KINDS, "source")}
    refusals: dict[str, dict[int, str]] = {kind: {} for kind in taken}
    for kind in taken:
        for n, text in enumerate(HOSTILE):
            refusal = _source_refusal(root, text) if kind == "source" else _refusal(root, kind, text)
            if refusal is None:
                taken[kind].append(n)
            else:
                refusals[kind][n] = refusal

    def give(kind: str, n: int) -> str:
        return HOSTILE[n] if n in taken[kind] else "Harmless"

    short = [n for n, text in enumerate(HOSTILE) if len(text) <= LONGEST]
    long = [n for n in taken["explanation"] if n not in short]
    banks = {type: _bank(type, [_item(type, n, give, n in taken["source"]) for n in short]) for type in TYPES}
    banks["long"] = _bank("long", [_plain_item("reflection", n) | {"context": HOSTILE[n]} for n in long])
    for n in short:
        item = _item("choice", n, give, sourced=False)
        banks[f"result-{n}"] = _bank(f"result-{n}", [item], give("title", n), give("prompt", n))
    for type in LEARNER_TYPES:
        banks[f"learner-{type}"] = _bank(f"learner-{type}", [_plain_item(type, n) for n in range(len(HOSTILE))])

    lessons = {
        name: stored_lesson(name, Request(kind="quiz", bank=name)) for name in banks if not name.startswith("result")
    }
    lessons["results"] = stored_lesson("Results", *(Request(kind="result", bank=f"result-{n}") for n in short))
    references = REFERENCES + "".join(_reference(n, HOSTILE[n]) for n in taken["source"])
    write_stored_course(root, {name: json.dumps(bank) for name, bank in banks.items()}, lessons, references)
    return HostileCourse(root, taken, refusals)


def _refusal(root: Path, kind: str, text: str) -> str | None:
    """What an author hears who writes this text into such a field."""
    given = {kind: [text] if kind == "accepted" else text}
    item = _plain_item("text" if kind == "accepted" else "numeric", 0) | given
    path = write(root / "probe.yml", json.dumps(_bank("probe", [item])))
    try:
        bank = read_bank(path)
        quiz_spec(bank, bank.items, {})
    except (BankError, MarkupError) as error:
        return str(error)
    return None


def _source_refusal(root: Path, text: str) -> str | None:
    if len(text) > LONGEST or not text.isprintable():
        return "a reference is a line of its own"
    try:
        read_sources(write(root / "probe.bib", _reference(0, text)))
    except (ValueError, PybtexError) as error:
        return str(error)
    return None


def _reference(n: int, text: str) -> str:
    return f"@misc{{hostile{n}, title = {{{text}}}, keywords = {{{text}}}, year = {{1999}}}}\n"


def _bank(name: str, items: list[dict[str, Any]], title: str = "A bank", objective: str = "Resist") -> dict[str, Any]:
    return {"bank": name, "title": title, "objectives": {"all": objective}, "items": items}


def _plain_item(type: str, n: int) -> dict[str, Any]:
    common: dict[str, Any] = {"id": f"{type}-{n}", "type": type, "objective": "all", "prompt": "What?"}
    common |= {"title": f"{type} {n}"}
    graded = {"explanation": "So.", "tries": 5, "feedback": {"right": "Yes.", "wrong": "No."}}
    match type:
        case "numeric":
            return common | graded | {"answer": 7}
        case "text":
            return common | graded | {"accepted": ["nothing like this"]}
        case _:
            return common | {"model": "Somebody."}


def _item(type: str, n: int, give: Any, sourced: bool) -> dict[str, Any]:
    inline, block = give("prompt", n), give("explanation", n)
    common: dict[str, Any] = {"id": f"{type}-{n}", "type": type, "objective": "all"}
    common |= {"title": give("title", n), "prompt": inline, "context": block}
    if sourced:
        common |= {"sources": [f"hostile{n}"]}
    graded = {"explanation": block, "hints": [block], "tries": 5}

    def parts(*ids: str, **more: Any) -> Iterator[dict[str, Any]]:
        return ({"id": id, "text": inline, "feedback": block} | more for id in ids)

    def feedback(*names: str) -> dict[str, Any]:
        return {"feedback": dict.fromkeys(names, block)}

    match type:
        case "choice":
            return common | graded | {"options": [*parts("a", correct=True), *parts("b", "c")]}
        case "multiple":
            options = {"options": [*parts("a", "b", correct=True), *parts("c")]}
            return common | graded | options | feedback("right", "wrong", "missed", "both")
        case "numeric":
            answer = {"answer": 1, "unit": give("unit", n), "mistakes": [{"value": 2, "feedback": block}]}
            return common | graded | answer | feedback("right", "wrong")
        case "text":
            answer = {"accepted": [give("accepted", n)], "mistakes": [{"accepted": ["slip"], "feedback": block}]}
            return common | graded | answer | feedback("right", "wrong")
        case "order":
            return common | graded | {"entries": [*parts("a", "b", "c")]} | feedback("right", "partly", "wrong")
        case "match":
            categories = [{"id": id, "text": inline} for id in ("k", "l")]
            entries = [*parts("a", category="k"), *parts("b", category="l")]
            return (
                common | graded | {"categories": categories, "entries": entries} | feedback("right", "partly", "wrong")
            )
        case "scale":
            return common | {"levels": [*parts("a", "b")]}
        case _:
            return common | {"model": block}
