"""Two groups that employers can tell apart, alike in everything, held to two standards."""

from __future__ import annotations

from typing import NamedTuple

from numpy.typing import ArrayLike

from iiv_course.signaling.domain import Answer, pair, together
from iiv_course.signaling.spence import Equilibrium, Payoffs, SpenceGame


class TwoStandards(NamedTuple):
    """What each group's members net, and how much more those of the first, for people who produce the same."""

    first: Payoffs
    second: Payoffs
    gap_low: Answer
    gap_high: Answer


def two_standards(
    game: SpenceGame,
    *,
    thresholds: tuple[ArrayLike, ArrayLike],
    equilibria: tuple[Equilibrium, Equilibrium] = ("separating", "separating"),
) -> TwoStandards:
    """The outcome where employers ask another threshold, or expect another equilibrium, of each of two groups.

    Both groups have the products, costs and shares of `game`, so that belonging to one tells nothing; but records
    are read group by group, and each group's beliefs confirm themselves. Separating in both, the able differ by
    c₂·(y*₂ − y*₁). A threshold at which a group's equilibrium does not exist is a ValueError.

    Structure from Spence (1973), section 6, "The informational impact of indices".

    >>> game = SpenceGame((1, 2), (1, 0.5), share_low=0.5)
    >>> outcome = two_standards(game, thresholds=(1.1, 1.9))
    >>> outcome.first.high, outcome.second.high, round(outcome.gap_high, 12)
    (1.45, 1.05, 0.4)
    """
    asked = pair("thresholds", thresholds, "of the first and the second group")
    expected = pair("equilibria", equilibria, "of the first and the second group")
    first, second = (game.payoffs(kind, threshold) for kind, threshold in zip(expected, asked, strict=True))
    return TwoStandards(first, second, *together(first.low - second.low, first.high - second.high))
