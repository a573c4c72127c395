"""The interview game as a table of payoffs for a general solver: a seeker of two kinds against an insider.

The seeker chooses who of her two kinds prepares, before she knows which she is; the insider chooses how far to trust
preparation, on a grid, and is paid for hitting the truth. Lack of preparation counts against, as in the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import nashpy  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from iiv_course.signaling import InterviewGame, Regime

Array = NDArray[np.float64]

PLANS = ((1, 1), (1, 0), (0, 1), (0, 0))
"""Whether the genuine and the others prepare."""

TRUST = np.linspace(0, 1, 5)

STUBBORN = 0.1
"""The share of the genuine who prepare even where it does not pay, so that preparation is never unheard of.

Any share but none gives the same equilibria; with none, distrust of what nobody does would be as good as trust.
"""

NEGLIGIBLE = 1e-7


class Problem(NamedTuple):
    """One game, in plain numbers."""

    value: float
    openness: float
    cost_genuine: float
    cost_other: float
    prior: float
    effort: float


class Outcome(NamedTuple):
    """An equilibrium: the mean trust in preparation, and the share of each kind that prepares."""

    trust: float
    share_genuine: float
    share_other: float

    @property
    def name(self) -> str:
        """Who prepares, in the model's words."""
        if self.share_genuine < NEGLIGIBLE:
            return "nobody"
        if self.share_other < NEGLIGIBLE:
            return "only_genuine"
        return "everybody" if self.share_other > 1 - NEGLIGIBLE else "some_others"


def tables(problem: Problem) -> tuple[Array, Array]:
    """What seeker and insider get, by plan and trust."""
    value, openness, cost_genuine, cost_other, prior, effort = problem
    seeker, insider = np.empty((2, len(PLANS), TRUST.size))
    for row, (genuine, others) in enumerate(PLANS):
        reward = openness * value * TRUST
        seeker[row] = prior * genuine * (reward - cost_genuine * effort)
        seeker[row] += (1 - prior) * others * (reward - cost_other * effort)
        prepared = prior * max(genuine, STUBBORN), (1 - prior) * others
        insider[row] = -prepared[0] * (1 - TRUST) ** 2 - prepared[1] * TRUST**2
    return seeker, insider


def all_outcomes(problem: Problem) -> list[Outcome]:
    """All equilibria, by enumerating vertices of both best response polytopes."""
    return [_outcome(*found) for found in nashpy.Game(*tables(problem)).vertex_enumeration()]


def one_outcome(problem: Problem) -> Outcome:
    """One equilibrium, by the faster algorithm of Lemke and Howson."""
    return _outcome(*nashpy.Game(*tables(problem)).lemke_howson(initial_dropped_label=0))


def _outcome(plans: Array, trusting: Array) -> Outcome:
    genuine, others = np.array(PLANS, dtype=np.float64).T
    return Outcome(float(trusting @ TRUST), float(plans @ genuine), float(plans @ others))


def games(problems: Sequence[Problem]) -> tuple[InterviewGame, Array]:
    """The same games for our model, and the efforts asked in them."""
    *parameters, efforts = np.array(problems).T
    return InterviewGame(*parameters), efforts


def agrees(found: Outcome, regime: Regime) -> bool:
    """Whether an equilibrium is the regime, as far as a grid can show it.

    A mixing seeker makes the insider indifferent between neighbors on the grid rather than right, so that shares
    of bluffers are not the same; trust, which makes the seeker indifferent, is.
    """
    same = found.name == regime.name and abs(found.share_genuine - regime.share_genuine) < NEGLIGIBLE
    return bool(same and (regime.name == "nobody" or abs(found.trust - regime.trust) < NEGLIGIBLE))


def problems(count: int, seed: int) -> list[Problem]:
    """Random games whose priors lie on the grid of trust, with efforts in every regime."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        cheap = rng.uniform(0.1, 3)
        value, openness, dear = rng.uniform(1, 20), rng.uniform(0.05, 1), cheap * rng.uniform(1.2, 5)
        start, end = openness * value / dear, openness * value / cheap
        prior = float(rng.choice(TRUST[1:-1]))
        ends = (0, prior * start, start, end, 1.5 * end)
        regime = int(rng.integers(4))
        effort = ends[regime] + rng.uniform(0.05, 0.95) * (ends[regime + 1] - ends[regime])
        made.append(Problem(value, openness, cheap, dear, prior, effort))
    return made
