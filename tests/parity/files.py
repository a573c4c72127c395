"""The cases of workbook files that both languages meet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "cases" / "workbooks"
GOOD: dict[str, Any] = json.loads((FOLDER / "good.json").read_text("utf-8"))
BOOK: str = GOOD["book"]
REFUSED: list[dict[str, Any]] = json.loads((FOLDER / "refused.json").read_text("utf-8"))
"""`text`, or `at` a place of the good file what is `put` there (nothing: the field is taken out), long by `times`."""


def changed(case: dict[str, Any]) -> str:
    """The text of a refused file."""
    times: int = case.get("times", 1)
    if "text" in case:
        text: str = case["text"]
        return text * times
    file = json.loads(json.dumps(GOOD))
    *way, last = case["at"]
    place = file
    for step in way:
        place = place[step]
    if "put" not in case:
        del place[last]
    else:
        place[last] = case["put"] * times if "times" in case else case["put"]
    return json.dumps(file)
