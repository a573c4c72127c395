"""One line a measurement: our figure, the peer's, their ratio, the budget and whether it is held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple


class Budget(NamedTuple):
    """The most that our figure, or its ratio to the peer's, may be."""

    limit: float
    of: Literal["ours", "ratio"] = "ours"


class Row(NamedTuple):
    """A measurement in one unit; `how` says what was compared and how often."""

    what: str
    unit: str
    ours: float
    peer: float | None = None
    budget: Budget | None = None
    how: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.peer if self.peer else None

    @property
    def held(self) -> bool | None:
        """None without a budget."""
        if self.budget is None:
            return None
        measured = self.ours if self.budget.of == "ours" else self.ratio
        return measured is not None and measured <= self.budget.limit


HEADER = ("what", "ours", "peer", "ratio", "budget", "", "how")


def table(rows: Iterable[Row]) -> str:
    """The rows as aligned text."""
    lines = [HEADER, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    aligned = [
        "  ".join(
            cell.rjust(width) if 1 <= column <= 4 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([aligned[0], "-" * max(map(len, aligned)), *aligned[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    budget = ""
    if row.budget is not None:
        unit = row.unit if row.budget.of == "ours" else "×"
        budget = f"≤ {row.budget.limit:g} {unit}"
    return (
        row.what,
        f"{_short(row.ours)} {row.unit}",
        "" if row.peer is None else f"{_short(row.peer)} {row.unit}",
        "" if row.ratio is None else f"{row.ratio:.2f} ×",
        budget,
        {True: "held", False: "NOT HELD", None: ""}[row.held],
        row.how,
    )


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
