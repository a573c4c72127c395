"""`python -m tests.benchmarks`: every figure beside its peer's, of one run on this machine."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from compileall import compile_dir
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import building, check, courses, opening, regimes, starting, weight
from tests.benchmarks.site import served
from tests.benchmarks.table import Row, table
from tests.browser import chromium


class Runs(NamedTuple):
    """How often things are measured."""

    checks: int = 50
    loads: int = 7
    builds: int = 3
    processes: int = 7
    maps: int = 15


QUICK = Runs(checks=10, loads=1, builds=1, processes=1, maps=3)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="measure seldom, to see that everything runs")
    runs = QUICK if parser.parse_args().quick else Runs()
    with tempfile.TemporaryDirectory() as folder:
        rows = list(measured(Path(folder), runs))
    print(facts(), table(rows), sep="\n\n")


def measured(folder: Path, runs: Runs) -> Iterator[Row]:
    """Write, build and measure in an empty folder."""
    # As an installed package has it; some environments forbid Python to write it when it is needed.
    compile_dir(str(courses.ROOT / "iiv_course"), quiet=1)
    say("writing and building the lessons, ours and stock")
    ours, stock = folder / "lessons", folder / "stock-lessons"
    courses.lessons(ours)
    translated = courses.stock_copy(ours, stock)[courses.LESSON]
    pages, peer_pages = courses.built(ours), courses.built(stock)
    say("writing and building pages of 10, 100 and 200 items, ours and stock")
    drills, stock_drills = folder / "drills", folder / "stock-drills"
    courses.drills(drills, check.SIZES)
    courses.stock_copy(drills, stock_drills)
    drill_pages, peer_drill_pages = courses.built(drills), courses.built(stock_drills)

    with chromium() as browser:
        say(f"Chromium {browser.version}")
        with served(pages) as own, served(peer_pages) as peer:
            say("weighing")
            yield from weight.rows(browser, own, peer, translated)
        with served(drill_pages) as own, served(peer_drill_pages) as peer:
            say("checking answers")
            yield from check.rows(browser, own, peer, runs.checks)
            say("opening long pages")
            yield from opening.rows(browser, own, peer, runs.loads)
    say("building")
    yield from building.rows(ours, folder / "bare-lessons", runs.builds)
    say("starting")
    yield from starting.rows(drills, stock_drills, runs.processes)
    say("mapping regimes")
    yield from regimes.rows(runs.maps)


def facts() -> str:
    """The machine, and what was measured on it."""
    packages = (
        *("jupyter-book", "sphinx", "furo", "sphinx-book-theme", "jupyterquiz"),
        *("anywidget", "numpy", "pandas", "pydantic", "nashpy"),
    )
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{platform.platform()}, {os.cpu_count()} cores, load {load}; Python {platform.python_version()}\n{versions}"


def say(what: str) -> None:
    """Tell a person at the terminal what is going on."""
    print(what, "…", file=sys.stderr)


if __name__ == "__main__":
    main()
