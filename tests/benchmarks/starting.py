"""What a notebook waits for before its first quiz, on top of anywidget and pandas, and for every quiz after it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks import courses
from tests.benchmarks.table import Budget, Row

OURS = """
import anywidget, pandas
from time import perf_counter
start = perf_counter()
from iiv_course import quiz
imported = perf_counter()
quiz("drill-10")
first = perf_counter()
quiz("drill-10")
print(imported - start, first - start, perf_counter() - first)
"""
PEER = """
import anywidget, pandas, contextlib, io
from time import perf_counter
start = perf_counter()
from jupyterquiz import display_quiz
imported = perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    display_quiz({questions!r})
    first = perf_counter()
    display_quiz({questions!r})
    second = perf_counter()
print(imported - start, first - start, second - first)
"""


def rows(drills: Path, stock: Path, runs: int) -> Iterator[Row]:
    """`drills` is our course of generated banks, `stock` its copy for jupyterquiz."""
    questions = str(next((stock / "notebooks").glob("drill-10-*.json")))
    programs = (OURS, PEER.format(questions=questions))
    times: tuple[list[list[float]], list[list[float]]] = ([], [])
    for _ in range(runs):
        for program, kept in zip(programs, times, strict=True):
            kept.append(_run(program, drills))
    (imported, first, warm), (peer_imported, peer_first, peer_warm) = (
        [median(column) for column in zip(*kept, strict=True)] for kept in times
    )
    how = f"on top of anywidget, pandas; median of {runs} processes, in turn"
    yield Row("from iiv_course import quiz", "s", imported, peer_imported, Budget(0.2), how)
    yield Row("import and first quiz of 10 items", "s", first, peer_first, how=how)
    yield Row("quiz(…) of a warm bank, 10 items", "ms", warm * 1000, peer_warm * 1000, Budget(20), how)


def _run(program: str, drills: Path) -> list[float]:
    environment = {**os.environ, "IIV_BANKS": str(drills / "banks"), "IIV_WORKBOOK": ":memory:"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=courses.ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [float(part) for part in done.stdout.split()]
