"""Plays the games from their rules alone: payoffs of every choice, and what the best deviation gains.

Nothing here knows a formula of `iiv_course.signaling`: beliefs come from Bayes' rule over the strategies played.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from iiv_course.signaling import Equilibrium, InterviewGame, SpenceGame

Array = NDArray[np.float64]

LEVELS = (0.0, 0.5, 1.0, 1.5)
"""What a person may choose, in units of the standard: nothing, too little, just enough, too much."""

SHARES: dict[Equilibrium, tuple[float, float]] = {
    "separating": (0, 1),
    "nobody_invests": (0, 0),
    "everybody_invests": (1, 1),
}
"""The shares of the low and the high group that meet the threshold."""

SLACK = 1e-9
"""What counts as no gain, in units of the largest reward."""

ERRORS = 5
"""How many standard errors a simulation may be off."""

BESIDE = 1e-9
"""How far from a boundary, relatively, the answer must have changed."""


class Gains(NamedTuple):
    """What somebody of each kind gains by the best deviation from what some of that kind do; 0 at the least."""

    low: Array
    high: Array

    @property
    def largest(self) -> Array:
        return np.maximum(self.low, self.high)


def belief(high_mass: Array, low_mass: Array, otherwise: ArrayLike) -> Array:
    """The share of the better kind among those who do something; `otherwise` if nobody does it."""
    total = high_mass + low_mass
    return np.where(total > 0, high_mass / np.where(total > 0, total, 1), otherwise)


def gain(share: ArrayLike, rewards: tuple[Array, Array], cost: Array, standard: Array) -> Array:
    """For one kind, of whom a share meets the standard: the best choice less the worst that is in use."""
    below, at = rewards
    nets = [(at if level >= 1 else below) - cost * level * standard for level in LEVELS]
    best = np.max(np.broadcast_arrays(*nets), axis=0)
    nothing, enough = nets[LEVELS.index(0.0)], nets[LEVELS.index(1.0)]
    used = np.minimum(np.where(np.asarray(share) < 1, nothing, np.inf), np.where(np.asarray(share) > 0, enough, np.inf))
    return np.asarray(best - used)


def spence_gains(
    game: SpenceGame,
    threshold: Array,
    shares: tuple[ArrayLike, ArrayLike],
    *,
    off_below: ArrayLike = 0.0,
    off_at: ArrayLike = 1.0,
) -> Gains:
    """Gains where these shares of low and high meet the threshold; `off_…` is believed of a level nobody chooses."""
    (low, high), (dear, cheap), few = map(np.asarray, game.product), map(np.asarray, game.cost), game.share_low
    mass_low, mass_high = np.asarray(few), 1 - np.asarray(few)
    meets_low, meets_high = map(np.asarray, shares)
    at = belief(mass_high * meets_high, mass_low * meets_low, off_at)
    below = belief(mass_high * (1 - meets_high), mass_low * (1 - meets_low), off_below)
    wages = (low + below * (high - low), low + at * (high - low))
    return Gains(gain(meets_low, wages, dear, threshold), gain(meets_high, wages, cheap, threshold))


def interview_gains(
    game: InterviewGame,
    effort: Array,
    shares: tuple[ArrayLike, ArrayLike],
    *,
    off_none: ArrayLike = 0.0,
    off_seen: ArrayLike = 1.0,
) -> Gains:
    """Gains where these shares of the others and of the genuine prepare; the channel may fail for either."""
    value, openness, prior = (np.asarray(each) for each in (game.value, game.openness, game.prior))
    others, genuine = map(np.asarray, shares)
    seen = belief(prior * genuine, (1 - prior) * others, off_seen)
    none = belief(prior * (1 - genuine), (1 - prior) * (1 - others), off_none)
    rewards = (
        value * (openness * none + (1 - openness) * prior),
        value * (openness * seen + (1 - openness) * prior),
    )
    return Gains(
        gain(others, rewards, np.asarray(game.cost_other), effort),
        gain(genuine, rewards, np.asarray(game.cost_genuine), effort),
    )


def spence_games(count: int, seed: int) -> tuple[SpenceGame, Array]:
    """Random games, each with a threshold that falls below, within and above its separating range."""
    rng = np.random.default_rng(seed)
    low = rng.uniform(0, 5, count)
    cheap = rng.uniform(0.05, 3, count)
    game = SpenceGame(
        product=(low, low + rng.uniform(0.1, 5, count)),
        cost=(cheap * rng.uniform(1.02, 6, count), cheap),
        share_low=rng.uniform(0.01, 0.99, count),
    )
    _, top = game.separating_range()
    return game, rng.uniform(0, 1.3, count) ** 2 * top


def chosen(game: SpenceGame, where: NDArray[np.bool_] | int | np.intp) -> SpenceGame:
    """Some games, or one, of many."""
    (low, high), (dear, cheap), few = map(np.asarray, game.product), map(np.asarray, game.cost), game.share_low
    return SpenceGame((low[where], high[where]), (dear[where], cheap[where]), np.asarray(few)[where])


def interview_games(count: int, seed: int) -> tuple[InterviewGame, Array]:
    """Random games, each with an effort that falls into every regime."""
    rng = np.random.default_rng(seed)
    cheap = rng.uniform(0.05, 3, count)
    game = InterviewGame(
        value=rng.uniform(0.1, 20, count),
        openness=rng.uniform(0.01, 1, count),
        cost_genuine=cheap,
        cost_other=cheap * rng.uniform(1.02, 6, count),
        prior=rng.uniform(0.01, 0.99, count),
    )
    _, top = game.separating_window()
    return game, rng.uniform(0, 1.3, count) ** 2 * top
