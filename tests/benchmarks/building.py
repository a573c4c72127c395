"""Our share of the time that the book takes to build, its notebooks already run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks import courses
from tests.benchmarks.table import Budget, Row


def seconds(root: Path) -> float:
    """Build all pages anew; what the notebooks showed stays in the cache beside them."""
    shutil.rmtree(root / "_build" / "html", ignore_errors=True)
    shutil.rmtree(root / "_build" / ".doctrees", ignore_errors=True)
    start = perf_counter()
    courses.built(root)
    return perf_counter() - start


def rows(ours: Path, scratch: Path, builds: int) -> Iterator[Row]:
    """`ours` is a course that was built before; `scratch` an empty place."""
    courses.without_us(ours, scratch)
    courses.built(scratch)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(builds):
        for root, kept in zip((ours, scratch), times, strict=True):
            kept.append(seconds(root))
    own, bare = map(median, times)
    pages = len(list((ours / "notebooks").glob("*.ipynb")))
    how = f"{pages} notebooks; peer: same config without iiv_course.sphinx_ext; median of {builds}, in turn"
    yield Row("book build, notebooks cached", "s", own, bare, Budget(1.15, "ratio"), how)
