"""Our share of the time that the book takes to build, its notebooks already run."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from tests.benchmarks import courses
from tests.benchmarks.processor import BUSY
from tests.benchmarks.table import Budget, Row


class Build(NamedTuple):
    """Seconds that a build took, and seconds of processor time in them."""

    elapsed: float
    worked: float


def build(root: Path) -> Build:
    """Build all pages anew; what the notebooks showed stays in the cache beside them."""
    shutil.rmtree(root / "_build" / "html", ignore_errors=True)
    shutil.rmtree(root / "_build" / ".doctrees", ignore_errors=True)
    start, worked = perf_counter(), _worked()
    courses.built(root)
    return Build(perf_counter() - start, _worked() - worked)


def _worked() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def rows(ours: Path, bare: Path, builds: int) -> Iterator[Row]:
    """`ours` is a course that was built before; `bare` a place for its copy without our extension."""
    courses.without_us(ours, bare)
    courses.built(bare)
    measured: tuple[list[Build], list[Build]] = ([], [])
    for _ in range(builds):
        for root, kept in zip((ours, bare), measured, strict=True):
            kept.append(build(root))
    elapsed, bare_elapsed = (median(one.elapsed for one in kept) for kept in measured)
    worked, bare_worked = (median(one.worked for one in kept) for kept in measured)
    pages = len(list((ours / "notebooks").glob("*.ipynb")))
    how = f"lessons: {pages}; peer: same config without iiv_course.sphinx_ext; median of {builds}, in turn"
    yield Row("book build, notebooks cached", "s", elapsed, bare_elapsed, Budget(1.15, "ratio"), how)
    yield Row("… processor time", "s", worked, bare_worked, how=BUSY)
