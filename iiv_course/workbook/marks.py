"""Names of what a learner does, `writer:number`, and lists of marks of what was replaced or erased; as in `ids.ts`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf

_NAME = re.compile(r"([a-z0-9]{6,40}):([1-9][0-9]{0,14})")


def number(name: str) -> int:
    """The place of a name in its clock; 0 for a name of another make."""
    return _parts(name)[1]


def units(text: str) -> bytes:
    """A key that sorts as JavaScript does: by UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")


class Marks:
    """A list of marks as a look-up: by writer the highest number; names of another make stand for themselves."""

    def __init__(self, names: Iterable[str]) -> None:
        self._highest: dict[str, int] = {}
        self._others: set[str] = set()
        for name in names:
            writer, count = _parts(name)
            if writer:
                self._highest[writer] = max(self._highest.get(writer, 0), count)
            else:
                self._others.add(name)

    def covers(self, name: str) -> bool:
        """Whether that, or something later of the same writer, is marked."""
        writer, count = _parts(name)
        return count <= self._highest.get(writer, 0) if writer else name in self._others

    def names(self, below: float = inf, beyond: Marks | None = None) -> list[str]:
        """The fewest names that say the same, in order.

        `below` a number, where marks of later things have no place; and only what is marked `beyond` others.
        """
        kept = [*self._others] if below > 0 else []
        for writer, count in self._highest.items():
            capped = int(min(count, below - 1))
            if capped > 0:
                kept.append(f"{writer}:{capped}")
        return sorted((name for name in kept if beyond is None or not beyond.covers(name)), key=units)


def _parts(name: str) -> tuple[str, int]:
    found = _NAME.fullmatch(name)
    return (found[1], int(found[2])) if found else ("", 0)
