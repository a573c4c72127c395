"""The intuitive criterion: which equilibria of Spence's example survive when a signal may speak for itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from iiv_course.signaling.domain import TIE, Answer, together
from iiv_course.signaling.spence import EQUILIBRIA, INVESTS, Equilibrium, SpenceGame, named


class Interval(NamedTuple):
    """The levels strictly between two; none if they meet."""

    start: Answer
    end: Answer


def breaking_signals(game: SpenceGame, equilibrium: Equilibrium, threshold: ArrayLike) -> Interval:
    """The levels of the signal that could pay for the high group only, however well they are thought of.

    Whoever sees such a level should not believe that the low group sent it; then the high group sends it, and the
    equilibrium falls. Separating at y*: between Δ/c₁ and y*. Everybody at y₀ (0 or y*): between y₀ + q·Δ/c₁ and
    y₀ + q·Δ/c₂. A threshold at which the equilibrium does not exist is a ValueError.

    I.-K. Cho and D. M. Kreps, "Signaling games and stable equilibria", Quarterly Journal of Economics 102(2), 1987.
    A refinement is theory about beliefs; it proves nothing about how interviewers think.

    >>> game = SpenceGame((1, 2), (1, 0.5), share_low=0.5)
    >>> breaking_signals(game, "nobody_invests", threshold=1.5)
    Interval(start=0.5, end=1.0)
    """
    asked = game.required(equilibrium, threshold)
    (low, high), (dear, cheap) = (map(np.asarray, both) for both in (game.product, game.cost))
    gap = high - low
    if equilibrium == "separating":
        return Interval(*together(game.least_cost_threshold(), np.maximum(asked, game.least_cost_threshold())))
    pooled_at = asked * INVESTS[equilibrium][0]
    best = np.asarray(game.share_low) * gap
    return Interval(*together(pooled_at + best / dear, pooled_at + best / cheap))


def intuitive_equilibria(game: SpenceGame, threshold: ArrayLike) -> Answer:
    """The equilibria at a threshold that no signal breaks; names as in `SpenceGame.equilibria`.

    With a cost advantage (and some of the low group) only separation at the least cost survives.

    >>> game = SpenceGame((1, 2), (1, 0.5), share_low=0.5)
    >>> intuitive_equilibria(game, 1), intuitive_equilibria(game, 1.5), intuitive_equilibria(game, 0.4)
    (('separating',), (), ())
    """
    return named({each: _survives(game, each, threshold) for each in EQUILIBRIA})


def _survives(game: SpenceGame, equilibrium: Equilibrium, threshold: ArrayLike) -> Answer:
    exists = np.asarray(game.exists(equilibrium, threshold))
    lowest, highest = game.threshold_range(equilibrium)
    # Where the equilibrium does not exist its nearest threshold stands in, and is left out again.
    asked = np.clip(np.asarray(threshold, dtype=np.float64), lowest, highest)
    start, end = breaking_signals(game, equilibrium, asked)
    return exists & (np.asarray(end) <= np.asarray(start) * (1 + TIE))
