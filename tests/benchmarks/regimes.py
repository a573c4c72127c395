"""The regime map that a slider redraws, and the same games given to a general solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from iiv_course.signaling import InterviewGame
from tests.benchmarks.table import Budget, Row
from tests.model.bimatrix import agrees, all_outcomes, games, one_outcome, problems

SIDE = 1_000
GAMES = 100


def rows(runs: int) -> Iterator[Row]:
    openness, effort = np.linspace(0, 1, SIDE)[:, None], np.linspace(0, 10, SIDE)

    def game() -> InterviewGame:
        return InterviewGame(value=10, openness=openness, cost_genuine=1, cost_other=4, prior=0.3)

    drawn = _seconds(lambda: game().regime_map(effort), runs)
    spelled = _seconds(lambda: game().regime(effort), runs)
    how = f"effort by openness, trust and shares too; median of {runs}"
    yield Row(f"regime map, {SIDE} × {SIDE}", "s", drawn, budget=Budget(0.1), how=how)
    yield Row("… with names spelled out", "s", spelled, budget=Budget(0.1), how=how)
    yield from _beside_nashpy(runs)


def _beside_nashpy(runs: int) -> Iterator[Row]:
    given = problems(GAMES, seed=1)
    many, efforts = games(given)
    regimes = [InterviewGame(*parameters).regime(effort) for *parameters, effort in given]
    ours = _seconds(lambda: many.regime(efforts), runs) / GAMES
    for solve, what in (
        (lambda problem: [one_outcome(problem)], "one equilibrium, Lemke-Howson"),
        (all_outcomes, "all equilibria, vertex enumeration"),
    ):
        start = perf_counter()
        found = [solve(problem) for problem in given]
        peer = (perf_counter() - start) / GAMES
        equal = sum(
            bool(outcomes) and all(agrees(outcome, regime) for outcome in outcomes)
            for outcomes, regime in zip(found, regimes, strict=True)
        )
        how = f"ours all at once; peer {what}; equal in {equal} of {GAMES} games, {peer / ours:,.0f} times as fast"
        yield Row("interview game, beside nashpy", "ms", ours * 1000, peer * 1000, how=how)


def _seconds(work: Callable[[], Any], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)
