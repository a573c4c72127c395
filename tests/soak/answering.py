"""A process that answers on and on, as a kernel does: `answering.py PATH WRITER COUNT` prints what is saved."""

from __future__ import annotations

import sys
from typing import Any

from iiv_course.workbook.store import Store

ITEMS = 40
"""Questions that the answers are spread over."""


def attempt(writer: str, number: int) -> dict[str, Any]:
    """The answer of that number, with a text about as long as people write."""
    return {
        "id": f"{writer}:{number}", "rev": "00000000", "round": 1, "at": "2026-11-24T12:00:00Z", "score": None,
        "response": f"{writer} {number} " * 20, "hints": 0, "revealed": False, "confidence": None,
    }  # fmt: skip


def key(number: int) -> str:
    return f"soak/i{number % ITEMS}"


def main(path: str, writer: str, count: int) -> None:
    store = Store(path)
    for number in range(1, count + 1):
        state = {"key": key(number), "round": 1, "attempts": [attempt(writer, number)], "draft": [], "rows": []}
        store.put(key(number), state)
        # Whoever reads this has been told that it is saved.
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
