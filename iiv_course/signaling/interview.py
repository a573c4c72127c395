"""An informational interview as a signaling game: hours of preparation, seen or not, by someone genuine or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from iiv_course.signaling.domain import Answer, Array, at_least, at_most, kept, no_more_than, numbers, plain, together
from iiv_course.signaling.welfare import Welfare

RegimeName = Literal["everybody", "some_others", "only_genuine", "nobody"]
REGIMES: tuple[RegimeName, ...] = get_args(RegimeName)
"""Who prepares, from little effort asked to much."""

EVERYBODY, SOME_OTHERS, ONLY_GENUINE, NOBODY = range(len(REGIMES))


class Regime(NamedTuple):
    """Who prepares, what preparation is worth believing, and the share of each kind that prepares.

    `trust` is the chance that someone seen prepared is genuine; nan where nobody prepares. For arrays `name` is an
    array of names.
    """

    name: Answer
    trust: Answer
    share_genuine: Answer
    share_other: Answer


class RegimeMap(NamedTuple):
    """As `Regime`, with places in `REGIMES` instead of names."""

    place: NDArray[np.int8]
    trust: Array
    share_genuine: Array
    share_other: Array


class InterviewPayoffs(NamedTuple):
    """What one of each kind nets, and what anybody nets in a world without the signal."""

    genuine: Answer
    other: Answer
    no_signal: Answer


@dataclass(frozen=True)
class InterviewGame:
    """A seeker, genuine or not, prepares for a talk with an insider who rewards belief.

    `value` V ≥ 0: of being believed, in hours' worth. `openness` q from 0 to 1: the chance that preparation, or its
    lack, is seen and taken at face value; otherwise the insider keeps the prior. `cost_genuine` and `cost_other`,
    0 < c_M ≤ c_N: of an hour for each kind. `prior` p from 0 to 1: the insider's belief beforehand; the ends are read
    as limits. Numbers or arrays, which broadcast; out of domain is a ValueError with the number.

    A seeker who is believed with μ nets V·μ − c·e. Effort e asked is the insider's standard: less counts as none,
    none seen counts against (belief 0), and effort seen earns the belief that Bayes' rule gives. That lack counts
    against is an assumption: an insider who reads nothing into preparation is confirmed too, whatever e is, for
    then nobody prepares; from q·V·(1 − p)/c_M on, nobody prepares even for one who would believe all of it. Where
    somebody may prepare or nobody, `regime` gives the first. On a tie people do what the regime says.

    Our own model, with Spence's example as the case V = a₂ − a₁, q = 1, c_N = c₁, c_M = c₂, p = 1 − share_low.
    No number in it was measured.

    >>> game = InterviewGame(value=10, openness=0.8, cost_genuine=1, cost_other=4, prior=0.3)
    >>> game.separating_window()
    (2.0, 8.0)
    >>> name, trust, genuine, other = game.regime(effort=1.5)
    >>> name, trust, genuine, round(other, 3)
    ('some_others', 0.75, 1.0, 0.143)
    """

    value: ArrayLike
    openness: ArrayLike
    cost_genuine: ArrayLike
    cost_other: ArrayLike
    prior: ArrayLike

    def __post_init__(self) -> None:
        checked = {
            "value": numbers("value", self.value, at_least=0),
            "openness": numbers("openness", self.openness, at_least=0, at_most=1),
            "cost_genuine": numbers("cost_genuine", self.cost_genuine, above=0),
            "cost_other": numbers("cost_other", self.cost_other, above=0),
            "prior": numbers("prior", self.prior, at_least=0, at_most=1),
        }
        no_more_than("cost_genuine", checked["cost_genuine"], "cost_other", checked["cost_other"])
        np.broadcast_shapes(*(array.shape for array in checked.values()))
        for name, array in checked.items():
            object.__setattr__(self, name, kept(array))

    def separating_window(self) -> tuple[Answer, Answer]:
        """The efforts that only the genuine make: q·V/c_N ≤ e ≤ q·V/c_M, both ends included.

        A closed culture (q → 0) makes the window smaller in hours and moves it toward zero, but the ratio of its
        ends stays c_N/c_M, so that some tiny effort still separates; what dies is the weight of each cue, as
        `likelihood_ratios` shows. A script (c_N → c_M) closes the window.

        >>> InterviewGame(10, openness=0.05, cost_genuine=1, cost_other=4, prior=0.3).separating_window()
        (0.125, 0.5)
        """
        _, start, end = self._breaks()
        window = together(start, end)
        return window[0], window[1]

    def everybody_up_to(self) -> Answer:
        """The greatest effort that everybody makes, p·q·V/c_N.

        >>> InterviewGame(10, openness=0.8, cost_genuine=1, cost_other=4, prior=0.5).everybody_up_to()
        1.0
        """
        return plain(self._breaks()[0])

    def break_even_openness(self, effort: ArrayLike) -> Answer:
        """The openness below which preparing stops paying for the genuine: c_M·e/V; above 1 none is enough.

        >>> InterviewGame(10, openness=0.8, cost_genuine=1, cost_other=4, prior=0.3).break_even_openness(4)
        0.4
        """
        price = np.asarray(self.cost_genuine) * numbers("effort", effort, at_least=0)
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            return plain(np.where(price == 0, 0.0, price / np.asarray(self.value)))

    def regime(self, effort: ArrayLike) -> Regime:
        """Who prepares when an effort of at least 0 is asked.

        everybody e ≤ p·q·V/c_N, μ = p; some_others e < q·V/c_N, where bluffers are indifferent, μ = c_N·e/(q·V),
        and a share p·(1 − μ)/((1 − p)·μ) of them prepares; only_genuine q·V/c_N ≤ e ≤ q·V/c_M, μ = 1; nobody beyond.

        >>> game = InterviewGame(10, openness=0.8, cost_genuine=1, cost_other=4, prior=0.3)
        >>> game.regime([0.6, 2, 8, 9]).name.tolist()
        ['everybody', 'only_genuine', 'only_genuine', 'nobody']
        """
        found = self.regime_map(effort)
        names = np.array(REGIMES)[found.place]
        rest = (plain(each) for each in found[1:])
        return Regime(names if names.ndim else str(names), *rest)

    def regime_map(self, effort: ArrayLike) -> RegimeMap:
        """As `regime`, for many games at once: arrays only, and small integers for names.

        >>> game = InterviewGame(10, openness=[[0.2], [0.8]], cost_genuine=1, cost_other=4, prior=0.3)
        >>> game.regime_map([0.1, 1, 4]).place
        array([[0, 2, 3],
               [0, 1, 2]], dtype=int8)
        """
        asked = numbers("effort", effort, at_least=0)
        everybody, start, end = self._breaks()
        prior = np.asarray(self.prior)
        # Ties go to the lower regime at the first and the last break, and to the upper one between them.
        beyond = ~at_most(asked, everybody)
        place = np.asarray((1 + at_least(asked, start).view(np.int8) + ~at_most(asked, end)) * beyond, dtype=np.int8)
        mixed = place == SOME_OTHERS
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            trust = np.where(mixed, asked / start, np.array([np.nan, np.nan, 1.0, np.nan])[place])
            others = np.where(mixed, (prior / (1 - prior)) * (1 / trust - 1), place == EVERYBODY)
        np.copyto(trust, prior, where=place == EVERYBODY)
        return RegimeMap(place, trust, (place != NOBODY).astype(np.float64), np.clip(others, 0, 1))

    def payoffs(self, effort: ArrayLike) -> InterviewPayoffs:
        """What each kind nets in the regime of an effort, beside p·V in a world without the signal.

        Whoever prepares: V·(q·μ + (1 − q)·p) − c·e; whoever does not while others do: V·(1 − q)·p; nobody: V·p.

        >>> game = InterviewGame(value=10, openness=0.5, cost_genuine=1, cost_other=4, prior=0.25)
        >>> game.payoffs(effort=2)
        InterviewPayoffs(genuine=4.25, other=1.25, no_signal=2.5)
        """
        found = self.regime_map(effort)
        value, openness, prior = (np.asarray(each) for each in (self.value, self.openness, self.prior))
        asked = np.asarray(effort, dtype=np.float64)
        silent, reward = value * (1 - openness) * prior, value * openness * found.trust
        genuine = silent + reward - np.asarray(self.cost_genuine) * asked
        other = np.where(found.place == EVERYBODY, silent + reward - np.asarray(self.cost_other) * asked, silent)
        untouched, nobody = value * prior, found.place == NOBODY
        return InterviewPayoffs(
            *together(np.where(nobody, untouched, genuine), np.where(nobody, untouched, other), untouched)
        )

    def welfare(self, effort: ArrayLike) -> Welfare:
        """What seekers net on average in the regime of an effort, and what preparation costs them.

        Cost per head: p·(share of the genuine)·c_M·e + (1 − p)·(share of the others)·c_N·e.

        >>> InterviewGame(10, openness=0.5, cost_genuine=1, cost_other=4, prior=0.25).welfare(effort=2)
        Welfare(average=2.0, cost=0.5, no_signal=2.5)
        """
        found, payoffs, prior = self.regime_map(effort), self.payoffs(effort), np.asarray(self.prior)
        per_hour = prior * found.share_genuine * np.asarray(self.cost_genuine)
        per_hour = per_hour + (1 - prior) * found.share_other * np.asarray(self.cost_other)
        average = prior * payoffs.genuine + (1 - prior) * payoffs.other
        return Welfare(*together(average, per_hour * np.asarray(effort, dtype=np.float64), payoffs.no_signal))

    def _breaks(self) -> tuple[Array, Array, Array]:
        """The efforts at which one regime gives way to the next."""
        prize = np.asarray(self.openness) * np.asarray(self.value)
        # A prize too large for a float over a cost too small for one is endless, as it should be.
        with np.errstate(over="ignore"):
            start, end = prize / np.asarray(self.cost_other), prize / np.asarray(self.cost_genuine)
            return np.asarray(np.asarray(self.prior) * prize / np.asarray(self.cost_other)), start, end
