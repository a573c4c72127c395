"""A bank whose every text is hostile: all texts of `tests.hostile` that a bank may hold, one in each field in turn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from iiv_course.page.markup import MarkupError, block, inline, plain_text
from tests.hostile import HOSTILE

LONGEST = 500
"""Characters; the longer ones try a parser's patience, which is no matter of the browser."""
SHORT = 40
"""Characters of a unit, the shortest field."""
ROUNDS = 4
"""Items of every type, so many times: enough for each text to stand somewhere."""


def write_hostile_bank(path: Path) -> None:
    """Write the bank to `path`, whose name it takes."""
    allowed = _allowed()
    texts, short = cycle(allowed), cycle(text for text in allowed if len(text) <= SHORT)
    items = [
        item | {"id": f"{item.get('id', item['type'])}-{n}"} for n in range(ROUNDS) for item in _items(texts, short)
    ]
    objectives = {"all": next(texts)}
    content = {"bank": path.stem, "title": "Hostile", "objectives": objectives, "items": items}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


def _allowed() -> list[str]:
    return [text for text in HOSTILE if len(text) <= LONGEST and _printable(text) and _shown(text)]


def _printable(text: str) -> bool:
    return text.replace("\n", "").isprintable()


def _shown(text: str) -> bool:
    try:
        return bool(inline(text) and block(text) and plain_text(text))
    except MarkupError:
        return False


def _items(texts: Iterator[str], short: Iterator[str]) -> Iterator[dict[str, Any]]:
    def common(type: str) -> dict[str, Any]:
        return {"type": type, "title": next(short), "objective": "all", "context": next(texts), "prompt": next(texts)}

    def graded(type: str) -> dict[str, Any]:
        return common(type) | {"explanation": next(texts), "hints": [next(texts)], "tries": 2}

    def feedback(*names: str) -> dict[str, Any]:
        return {"feedback": dict(zip(names, texts, strict=False))}

    def parts(**more: Any) -> list[dict[str, Any]]:
        given = islice(texts, 6)
        return [{"id": f"p{i}", "text": text, "feedback": next(given)} | more for i, text in enumerate(given)]

    options = parts()
    options[0]["correct"] = True
    yield graded("choice") | {"options": options}
    yield graded("multiple") | {"options": options} | feedback("right", "wrong", "missed", "both")
    mistake = {"feedback": next(texts)}
    numeric = {"answer": 1, "unit": next(short), "mistakes": [mistake | {"value": 2}]}
    yield graded("numeric") | numeric | feedback("right", "wrong")
    text = {"accepted": [next(short)], "mistakes": [mistake | {"accepted": [next(short)]}]}
    yield graded("text") | text | feedback("right", "wrong")
    yield graded("order") | {"entries": parts()} | feedback("right", "partly", "wrong")
    categories = [{"id": f"c{i}", "text": text} for i, text in enumerate(islice(texts, 2))]
    matching = {"categories": categories, "entries": parts(category="c0")}
    yield graded("match") | matching | feedback("right", "partly", "wrong")
    yield common("scale") | {"levels": parts()}
    yield common("reflection") | {"model": next(texts)}
    rubric = [{"id": f"r{i}", "text": text} for i, text in enumerate(islice(texts, 3))]
    yield common("draft") | {"kind": "question", "start": next(texts), "model": next(texts), "rubric": rubric}
    columns = [
        {"id": f"c{i}", "label": next(short), "help": next(short), "kind": "text", "part": "a"} for i in range(6)
    ]
    example = [{column["id"]: next(texts) for column in columns}]
    form = {"layout": "form", "parts": [{"id": "a", "title": next(short)}], "columns": columns, "example": example}
    yield common("table") | form
    choice = {"id": "c6", "label": next(short), "kind": "choice", "options": [{"id": "o", "text": next(short)}]}
    rows = [{name: value for name, value in column.items() if name != "part"} for column in columns]
    ranked = {"row": next(short), "ranked": 2, "ranked_as": next(short), "columns": [*rows, choice]}
    yield common("table") | ranked | {"layout": "rows", "example": example, "id": "rows"}
