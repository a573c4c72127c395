"""The intuitive criterion: every level of the signal is tried as a deviation that only the high group would make."""

from __future__ import annotations

import numpy as np
import pytest

from iiv_course.signaling import EQUILIBRIA, Equilibrium, SpenceGame, breaking_signals, intuitive_equilibria
from tests.model.play import BESIDE, SLACK, chosen, spence_games

GAMES = 2_000
LEVELS = np.linspace(0, 1.5, 601)[:, None]


@pytest.mark.parametrize("equilibrium", EQUILIBRIA)
def test_a_level_breaks_an_equilibrium_exactly_if_it_can_pay_for_the_high_group_only(equilibrium: Equilibrium) -> None:
    games, thresholds = spence_games(GAMES, seed=1)
    there = games.exists(equilibrium, thresholds)
    game, threshold = chosen(games, there), thresholds[there]
    payoffs = game.payoffs(equilibrium, threshold)
    (_, best), (dear, cheap) = map(np.asarray, game.product), map(np.asarray, game.cost)
    start, end = breaking_signals(game, equilibrium, threshold)
    level = LEVELS * end
    speaks_for_itself = (best - dear * level < payoffs.low - SLACK) & (best - cheap * level > payoffs.high + SLACK)
    inside = (level > start + SLACK) & (level < end - SLACK)
    # The levels within a hair of the ends are left to the test of the ends.
    unclear = (abs(level - start) < 1e-6) | (abs(level - end) < 1e-6)
    assert (speaks_for_itself == inside)[~unclear].all()
    assert inside.any(axis=0).mean() > 0.9


def test_only_separation_at_the_least_cost_survives() -> None:
    game, threshold = spence_games(GAMES, seed=2)
    assert set(intuitive_equilibria(game, threshold)) == {()}
    least = game.least_cost_threshold()
    assert set(intuitive_equilibria(game, least)) == {("separating",)}
    assert set(intuitive_equilibria(game, least * (1 + BESIDE))) == {()}
    assert set(intuitive_equilibria(game, least * (1 - BESIDE))) == {()}


def test_a_tie_is_seen_through_the_rounding_of_decimals() -> None:
    game = SpenceGame((1.1, 1.4), (1, 0.5), share_low=0.5)
    assert game.least_cost_threshold() < 0.3
    assert intuitive_equilibria(game, 0.3) == ("separating",)


@pytest.mark.parametrize("share_low", [0.2, 0.5, 0.8])
def test_of_the_example_what_breaks_nobody_invests(share_low: float) -> None:
    game = SpenceGame((1, 2), (1, 0.5), share_low)
    assert breaking_signals(game, "nobody_invests", 2) == pytest.approx((share_low, 2 * share_low))


def test_without_a_cost_advantage_or_without_a_low_group_all_survive() -> None:
    alike = SpenceGame((1, 2), (1, 1), share_low=0.5)
    assert intuitive_equilibria(alike, [0.4, 1, 2]).tolist() == [
        ("everybody_invests",),
        ("separating", "nobody_invests"),
        ("nobody_invests",),
    ]
    assert "everybody_invests" in intuitive_equilibria(SpenceGame((1, 2), (1, 0.5), share_low=0), 0.9)


def test_a_threshold_without_the_equilibrium_is_refused() -> None:
    with pytest.raises(ValueError, match=r"threshold is 0\.5; 'separating' exists from 1 to 2"):
        breaking_signals(SpenceGame((1, 2), (1, 0.5), share_low=0.5), "separating", 0.5)
