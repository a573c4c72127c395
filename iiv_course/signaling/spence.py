"""Spence's example: two groups, a signal that adds nothing to what they produce, employers who believe a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from iiv_course.signaling.domain import (
    Answer,
    Array,
    at_least,
    at_most,
    kept,
    no_more_than,
    numbers,
    pair,
    together,
)
from iiv_course.signaling.welfare import Welfare

Equilibrium = Literal["separating", "nobody_invests", "everybody_invests"]
EQUILIBRIA: tuple[Equilibrium, ...] = get_args(Equilibrium)

INVESTS: dict[Equilibrium, tuple[bool, bool]] = {
    "separating": (False, True),
    "nobody_invests": (False, False),
    "everybody_invests": (True, True),
}
"""Whether the low and the high group meet the threshold."""


class Wages(NamedTuple):
    """The wage step: what is paid below the threshold, and from the threshold on."""

    below: Answer
    at: Answer


class Payoffs(NamedTuple):
    """Wage minus cost of the signal for each group, and everybody's wage in a world without the signal."""

    low: Answer
    high: Answer
    no_signal: Answer


@dataclass(frozen=True)
class SpenceGame:
    """Two groups whose members choose how much of a signal to buy before employers pay what they expect.

    `product`: what one of the low and one of the high group produces, 0 ≤ a₁ ≤ a₂. `cost`: of one unit of the
    signal for them, c₁ ≥ c₂ > 0. `share_low`: of the low group among all, q from 0 to 1; the ends are read as limits.
    Numbers or arrays, which broadcast; out of domain is a ValueError with the number.

    A threshold y* ≥ 0 pays one wage below it and another from it on, so that only 0 and y* are worth choosing:
    meeting it costs c·y*. Employers pay the average product of those they see; of a level that nobody chooses they
    believe the worst below the threshold and the best at it. On a tie people do what the equilibrium says.

    The example is Spence's, in "Job market signaling", Quarterly Journal of Economics 87(3), 1973, section 5, with
    any numbers for his 1, 2, y and y/2.

    >>> game = SpenceGame(product=(1, 2), cost=(1.0, 0.5), share_low=0.5)
    >>> game.separating_range()
    (1.0, 2.0)
    >>> game.equilibria(threshold=1.5)
    ('separating', 'nobody_invests')
    >>> game.payoffs("separating", threshold=1.5)
    Payoffs(low=1.0, high=1.25, no_signal=1.5)
    """

    product: tuple[ArrayLike, ArrayLike] | Sequence[ArrayLike] | Array
    cost: tuple[ArrayLike, ArrayLike] | Sequence[ArrayLike] | Array
    share_low: ArrayLike

    def __post_init__(self) -> None:
        low, high = (numbers("product", each, at_least=0) for each in pair("product", self.product, "low and high"))
        no_more_than("the low group's product", low, "the high group's", high)
        dear, cheap = (numbers("cost", each, above=0) for each in pair("cost", self.cost, "of low and of high"))
        no_more_than("the high group's cost", cheap, "the low group's", dear)
        share = numbers("share_low", self.share_low, at_least=0, at_most=1)
        np.broadcast_shapes(low.shape, high.shape, dear.shape, cheap.shape, share.shape)
        object.__setattr__(self, "product", (kept(low), kept(high)))
        object.__setattr__(self, "cost", (kept(dear), kept(cheap)))
        object.__setattr__(self, "share_low", kept(share))

    def wages(self, equilibrium: Equilibrium) -> Wages:
        """The wage step of an equilibrium.

        Separating a₁ | a₂; nobody invests a̅ | a₂; everybody invests a₁ | a̅; with a̅ = q·a₁ + (1 − q)·a₂.

        >>> SpenceGame((1, 2), (1, 0.5), share_low=0.5).wages("nobody_invests")
        Wages(below=1.5, at=2.0)
        """
        (low, high), average = self._products(), self._average()
        steps = {
            "separating": (low, high),
            "nobody_invests": (average, high),
            "everybody_invests": (low, average),
        }
        return Wages(*together(*steps[known(equilibrium)]))

    def threshold_range(self, equilibrium: Equilibrium) -> tuple[Answer, Answer]:
        """The lowest and the highest threshold at which an equilibrium exists, both included.

        Whoever meets the threshold must not lose by it, whoever does not must not miss anything; with Δ = a₂ − a₁:
        separating Δ/c₁ ≤ y* ≤ Δ/c₂; nobody invests y* ≥ q·Δ/c₂; everybody invests y* ≤ (1 − q)·Δ/c₁.

        >>> SpenceGame((1, 2), (1, 0.5), share_low=0.2).threshold_range("everybody_invests")
        (0.0, 0.8)
        """
        (low, high), (dear, cheap) = self._products(), self._costs()
        share, gap = np.asarray(self.share_low), high - low
        # A prize too large for a float over a cost too small for one is endless, as it should be.
        with np.errstate(over="ignore"):
            match known(equilibrium):
                case "separating":
                    ends = together(gap / dear, gap / cheap)
                case "nobody_invests":
                    ends = together(share * gap / cheap, np.inf)
                case "everybody_invests":
                    ends = together(0.0, (1 - share) * gap / dear)
        return ends[0], ends[1]

    def separating_range(self) -> tuple[Answer, Answer]:
        """The thresholds that only the high group meets: Δ/c₁ ≤ y* ≤ Δ/c₂, both ends included."""
        return self.threshold_range("separating")

    def least_cost_threshold(self) -> Answer:
        """The threshold that separates at the least cost, Δ/c₁ (J. G. Riley, Econometrica 47(2), 1979).

        >>> game = SpenceGame((1, 2), (1, 0.5), share_low=0.5)
        >>> game.payoffs("separating", game.least_cost_threshold())
        Payoffs(low=1.0, high=1.5, no_signal=1.5)
        """
        return self.separating_range()[0]

    def exists(self, equilibrium: Equilibrium, threshold: ArrayLike) -> Answer:
        """Whether an equilibrium exists at a threshold: a bool, or an array of them.

        >>> SpenceGame((1, 2), (1, 0.5), share_low=0.5).exists("separating", [0.9, 1, 2, 2.1])
        array([False,  True,  True, False])
        """
        asked = numbers("threshold", threshold, at_least=0)
        lowest, highest = map(np.asarray, self.threshold_range(equilibrium))
        found = at_least(asked, lowest) & at_most(asked, highest)
        return found if found.ndim else bool(found)

    def equilibria(self, threshold: ArrayLike) -> Answer:
        """The names of all equilibria at a threshold, in the order of `EQUILIBRIA`; of arrays, an array of such tuples.

        Only those in which each group acts as one, so that there may be none. Between (1 − q)·Δ/c₁ and Δ/c₁ a part of
        the low group can invest with all of the high, as in `InterviewGame.regime`; between q·Δ/c₂ and Δ/c₂ a part
        of the high group alone.

        >>> game = SpenceGame((1, 2), (1, 0.5), share_low=0.5)
        >>> game.equilibria(0.4), game.equilibria(0.75), game.equilibria(2)
        (('everybody_invests',), (), ('separating', 'nobody_invests'))
        """
        return named({equilibrium: self.exists(equilibrium, threshold) for equilibrium in EQUILIBRIA})

    def payoffs(self, equilibrium: Equilibrium, threshold: ArrayLike) -> Payoffs:
        """What each group nets in an equilibrium, W(y) − c·y, beside q·a₁ + (1 − q)·a₂ in a world without the signal.

        A threshold at which that equilibrium does not exist is a ValueError.

        >>> SpenceGame((1, 2), (1, 0.5), share_low=0.2).payoffs("everybody_invests", threshold=0.72)
        Payoffs(low=1.08, high=1.44, no_signal=1.8)
        """
        asked = self.required(equilibrium, threshold)
        wages = self.wages(equilibrium)
        nets = (
            wages.at - cost * asked if invests else wages.below
            for invests, cost in zip(INVESTS[equilibrium], self._costs(), strict=True)
        )
        return Payoffs(*_shaped(asked, *nets, self._average()))

    def welfare(self, equilibrium: Equilibrium, threshold: ArrayLike) -> Welfare:
        """What all people net on average in an equilibrium, and what of it the signal costs them.

        Cost per head: separating (1 − q)·c₂·y*; everybody invests (q·c₁ + (1 − q)·c₂)·y*; nobody invests 0.

        >>> SpenceGame((1, 2), (1, 0.5), share_low=0.5).welfare("separating", threshold=1.5)
        Welfare(average=1.125, cost=0.375, no_signal=1.5)
        """
        payoffs = self.payoffs(equilibrium, threshold)
        (dear, cheap), (low_invests, high_invests) = self._costs(), INVESTS[equilibrium]
        share = np.asarray(self.share_low)
        average = share * payoffs.low + (1 - share) * payoffs.high
        cost = (share * dear * low_invests + (1 - share) * cheap * high_invests) * np.asarray(threshold)
        return Welfare(*together(average, cost, payoffs.no_signal))

    def required(self, equilibrium: Equilibrium, threshold: ArrayLike) -> Array:
        """The threshold, as an array, if the equilibrium exists there; otherwise a ValueError with the number."""
        exists = np.asarray(self.exists(equilibrium, threshold))
        if not exists.all():
            asked, lowest, highest, _ = np.broadcast_arrays(threshold, *self.threshold_range(equilibrium), exists)
            found, start, end = (float(each[~exists][0]) for each in (asked, lowest, highest))
            raise ValueError(f"threshold is {found!r}; {equilibrium!r} exists from {start:g} to {end:g}")
        return np.asarray(threshold, dtype=np.float64)

    def _products(self) -> tuple[Array, Array]:
        low, high = map(np.asarray, self.product)
        return low, high

    def _costs(self) -> tuple[Array, Array]:
        dear, cheap = map(np.asarray, self.cost)
        return dear, cheap

    def _average(self) -> Array:
        low, high = self._products()
        return np.asarray(low + (1 - np.asarray(self.share_low)) * (high - low))


def known(equilibrium: Equilibrium) -> Equilibrium:
    """The name of an equilibrium; another one is a ValueError."""
    if equilibrium not in EQUILIBRIA:
        raise ValueError(f"no equilibrium {equilibrium!r}; expected one of {', '.join(EQUILIBRIA)}")
    return equilibrium


def named(exist: dict[Equilibrium, Answer]) -> Answer:
    """Which of several equilibria exist: a tuple of names, or an array of tuples."""
    masks: tuple[NDArray[np.bool_], ...] = np.broadcast_arrays(*exist.values())
    codes = sum(mask.astype(np.intp) << place for place, mask in enumerate(masks))
    sets = np.empty(2 ** len(exist), dtype=object)
    for code in range(len(sets)):
        sets[code] = tuple(name for place, name in enumerate(exist) if code >> place & 1)
    return sets[codes]


def _shaped(asked: Array, *values: ArrayLike) -> tuple[Answer, ...]:
    """The values in the shape that they have with the threshold, even if none of them depends on it."""
    return together(asked, *values)[1:]
