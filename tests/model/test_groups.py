"""Two groups, alike in everything, held to two standards: unjust, and confirmed by what employers see."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from iiv_course.signaling import EQUILIBRIA, Equilibrium, SpenceGame, two_standards
from tests.model.play import SHARES, SLACK, chosen, spence_gains, spence_games

GAME = SpenceGame((1, 2), (1, 0.5), share_low=0.5)


def test_the_able_of_two_groups_net_differently_for_the_same_work() -> None:
    outcome = two_standards(GAME, thresholds=(1.1, 1.9))
    assert (outcome.first.high, outcome.second.high) == pytest.approx((1.45, 1.05))
    assert (outcome.gap_low, outcome.gap_high) == pytest.approx((0, 0.4))


def test_one_group_can_sit_in_a_trap_that_the_other_escapes() -> None:
    outcome = two_standards(GAME, thresholds=(1.5, 1.5), equilibria=("separating", "nobody_invests"))
    assert (outcome.gap_low, outcome.gap_high) == (-0.5, -0.25)


@pytest.mark.parametrize("kinds", list(product(EQUILIBRIA, EQUILIBRIA)))
def test_nobody_of_either_group_gains_by_deviating_alone(kinds: tuple[Equilibrium, Equilibrium]) -> None:
    games, _ = spence_games(1_000, seed=1)
    rng = np.random.default_rng(1)
    ends = [games.threshold_range(kind) for kind in kinds]
    thresholds = tuple(low + rng.random(1_000) * (np.minimum(high, low + 5) - low) for low, high in ends)
    outcome = two_standards(games, thresholds=(thresholds[0], thresholds[1]), equilibria=kinds)
    for kind, threshold in zip(kinds, thresholds, strict=True):
        # A person's group cannot be changed: beliefs and choices of the other group are no business of hers.
        assert spence_gains(games, threshold, SHARES[kind]).largest.max() <= SLACK
    for gap, first, second in (
        (outcome.gap_low, outcome.first.low, outcome.second.low),
        (outcome.gap_high, outcome.first.high, outcome.second.high),
    ):
        np.testing.assert_array_equal(gap, first - second)


def test_the_gap_between_separating_standards_is_their_distance_at_the_able_ones_cost() -> None:
    games, _ = spence_games(1_000, seed=2)
    low, high = games.separating_range()
    outcome = two_standards(chosen(games, np.full(1_000, True)), thresholds=(low, high))
    np.testing.assert_allclose(outcome.gap_high, np.asarray(games.cost[1]) * (high - low), atol=SLACK)
    np.testing.assert_array_equal(outcome.gap_low, 0)


def test_a_standard_without_its_equilibrium_is_refused() -> None:
    with pytest.raises(ValueError, match=r"threshold is 2\.1; 'separating' exists from 1 to 2"):
        two_standards(GAME, thresholds=(1.1, 2.1))
    with pytest.raises(ValueError, match=r"thresholds is 1\.1; expected two, of the first and the second group"):
        two_standards(GAME, thresholds=1.1)  # type: ignore[arg-type]
