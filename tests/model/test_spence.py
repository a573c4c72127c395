"""Spence's example: nobody gains by deviating where an equilibrium is claimed, somebody does where it is denied."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from iiv_course.signaling import EQUILIBRIA, TIE, Equilibrium, Payoffs, SpenceGame, Wages
from tests.model.play import BESIDE, ERRORS, SHARES, SLACK, chosen, spence_gains, spence_games

GAMES = 5_000
BELIEFS = np.linspace(0, 1, 11)


def example(share_low: float = 0.5) -> SpenceGame:
    return SpenceGame(product=(1, 2), cost=(1.0, 0.5), share_low=share_low)


@pytest.mark.parametrize("equilibrium", EQUILIBRIA)
def test_nobody_gains_by_deviating_where_an_equilibrium_is_claimed_and_somebody_where_it_is_denied(
    equilibrium: Equilibrium,
) -> None:
    game, threshold = spence_games(GAMES, seed=1)
    claimed = game.exists(equilibrium, threshold)
    gains = spence_gains(game, threshold, SHARES[equilibrium]).largest
    assert 500 < claimed.sum() < GAMES - 500
    assert gains[claimed].max() <= SLACK
    assert gains[~claimed].min() > 0


def test_who_acts_against_the_cost_advantage_always_gains_by_deviating() -> None:
    game, threshold = spence_games(GAMES, seed=2)
    assert spence_gains(game, threshold, (1, 0)).largest.min() > 0


@pytest.mark.parametrize("below", BELIEFS)
@pytest.mark.parametrize("at", BELIEFS)
def test_beliefs_about_what_nobody_does_cannot_break_a_claim(below: float, at: float) -> None:
    game, threshold = spence_games(500, seed=3)
    for equilibrium, shares in SHARES.items():
        # Everybody invests because those who do not are thought the worst of; of the rest any belief will do.
        believed = 0.0 if equilibrium == "everybody_invests" else below
        gains = spence_gains(game, threshold, shares, off_below=believed, off_at=at).largest
        assert gains[game.exists(equilibrium, threshold)].max() <= SLACK


@pytest.mark.parametrize("below", BELIEFS)
def test_no_belief_makes_everybody_invest_where_it_is_denied(below: float) -> None:
    game, threshold = spence_games(GAMES, seed=4)
    denied = ~game.exists("everybody_invests", threshold)
    assert spence_gains(game, threshold, (1, 1), off_below=below).largest[denied].min() > 0


@pytest.mark.parametrize("share", np.linspace(0.1, 0.9, 5))
def test_between_everybody_and_separating_part_of_the_low_group_invests(share: float) -> None:
    game, _ = spence_games(GAMES, seed=5)
    _, everybody = game.threshold_range("everybody_invests")
    separating, _ = game.separating_range()
    # Where that share leaves a member of the low group indifferent.
    low, few = np.asarray(game.cost[0]), np.asarray(game.share_low)
    gap = np.asarray(game.product[1]) - np.asarray(game.product[0])
    threshold = (1 - few) / (1 - few + few * share) * gap / low
    assert ((everybody < threshold) & (threshold < separating)).all()
    assert spence_gains(game, threshold, (share, 1)).largest.max() <= SLACK
    assert not game.exists("separating", threshold).any()
    assert not game.exists("everybody_invests", threshold).any()


@pytest.mark.parametrize("share", np.linspace(0.1, 0.9, 5))
def test_between_nobody_and_separating_part_of_the_high_group_may_invest(share: float) -> None:
    game, _ = spence_games(GAMES, seed=11)
    nobody, _ = game.threshold_range("nobody_invests")
    _, separating = game.separating_range()
    # Where that share leaves a member of the high group indifferent.
    few = np.asarray(game.share_low)
    idle = (1 - few) * (1 - share)
    gap = np.asarray(game.product[1]) - np.asarray(game.product[0])
    threshold = few / (few + idle) * gap / np.asarray(game.cost[1])
    assert ((nobody < threshold) & (threshold < separating)).all()
    assert spence_gains(game, threshold, (0, share)).largest.max() <= SLACK


@pytest.mark.parametrize(
    ("equilibrium", "end"),
    [("separating", 0), ("separating", 1), ("nobody_invests", 0), ("everybody_invests", 1)],
)
def test_a_range_ends_where_it_says_the_end_included(equilibrium: Equilibrium, end: int) -> None:
    game, _ = spence_games(GAMES, seed=6)
    bound = game.threshold_range(equilibrium)[end]
    inward = 1 + BESIDE if end == 0 else 1 - BESIDE
    assert game.exists(equilibrium, bound).all()
    assert game.exists(equilibrium, bound * inward).all()
    assert not game.exists(equilibrium, bound / inward).any()
    assert spence_gains(game, bound, SHARES[equilibrium]).largest.max() <= SLACK


def test_ties_are_seen_through_the_rounding_of_decimals() -> None:
    game = example(share_low=0.9)
    assert game.threshold_range("everybody_invests")[1] < 0.1
    assert game.equilibria(0.1) == ("everybody_invests",)
    assert game.equilibria(0.1 * (1 + 10 * TIE)) == ()


@pytest.mark.parametrize(
    ("threshold", "names"),
    [
        (0, ("everybody_invests",)),
        (0.5, ("everybody_invests",)),
        (0.75, ()),
        (1.0, ("separating", "nobody_invests")),
        (1.5, ("separating", "nobody_invests")),
        (2.0, ("separating", "nobody_invests")),
        (2.5, ("nobody_invests",)),
    ],
)
def test_the_equilibria_of_the_example(threshold: float, names: tuple[str, ...]) -> None:
    assert example().equilibria(threshold) == names


def test_both_traps_can_exist_at_one_threshold() -> None:
    assert example(share_low=0.3).equilibria(0.65) == ("nobody_invests", "everybody_invests")


@pytest.mark.parametrize(
    ("threshold", "high", "cost"),
    [
        (1.0, 1.5, 0.25),
        (1.1, 1.45, 0.275),
        (1.25, 1.375, 0.3125),
        (1.5, 1.25, 0.375),
        (1.75, 1.125, 0.4375),
        (1.9, 1.05, 0.475),
        (2.0, 1.0, 0.5),
    ],
)
@pytest.mark.parametrize(("share_low", "no_signal"), [(0.2, 1.8), (0.5, 1.5), (0.8, 1.2)])
def test_payoffs_and_welfare_of_the_example(
    threshold: float, high: float, cost: float, share_low: float, no_signal: float
) -> None:
    game = example(share_low)
    assert game.payoffs("separating", threshold) == pytest.approx((1.0, high, no_signal))
    # The cost per head is given for equal shares.
    expected = cost * (1 - share_low) / 0.5
    assert game.welfare("separating", threshold) == pytest.approx((no_signal - expected, expected, no_signal))


def test_where_everybody_invests_both_groups_lose() -> None:
    assert example(0.2).payoffs("everybody_invests", 0.72) == pytest.approx((1.08, 1.44, 1.8))
    assert example(0.5).payoffs("everybody_invests", 0.45) == pytest.approx((1.05, 1.275, 1.5))
    game, threshold = spence_games(GAMES, seed=7)
    there = game.exists("everybody_invests", threshold) & (threshold > 0)
    payoffs = chosen(game, there).payoffs("everybody_invests", threshold[there])
    assert (np.maximum(payoffs.low, payoffs.high) < payoffs.no_signal).all()


def test_the_low_group_loses_by_separation_and_the_high_group_gains_only_if_the_low_are_many() -> None:
    for share, threshold in product(np.linspace(0.05, 0.95, 19), np.linspace(1, 2, 21)):
        payoffs = example(share).payoffs("separating", threshold)
        assert payoffs.low < payoffs.no_signal
        if abs(threshold - 2 * share) > SLACK:
            assert (payoffs.high > payoffs.no_signal) == (threshold < 2 * share)


@pytest.mark.parametrize("equilibrium", EQUILIBRIA)
def test_payoffs_are_those_of_people_who_are_paid_what_their_like_produce(equilibrium: Equilibrium) -> None:
    games, thresholds = spence_games(200, seed=8)
    rng = np.random.default_rng(8)
    for one in np.flatnonzero(games.exists(equilibrium, thresholds))[:10]:
        game, threshold = chosen(games, one), thresholds[one]
        (low, high), (dear, cheap) = map(np.asarray, game.product), map(np.asarray, game.cost)
        is_low = rng.random(100_000) < np.asarray(game.share_low)
        meets = np.where(is_low, *SHARES[equilibrium]).astype(bool)
        produced = np.where(is_low, low, high)
        wages, payoffs = game.wages(equilibrium), game.payoffs(equilibrium, threshold)
        for step, wage in ((meets, wages.at), (~meets, wages.below)):
            if step.any():
                assert wage == pytest.approx(produced[step].mean(), abs=ERRORS * (high - low) / 2 / np.sqrt(step.sum()))
        cost = meets * np.where(is_low, dear, cheap) * threshold
        paid = np.where(meets, wages.at, wages.below) - cost
        assert paid[is_low].mean() == pytest.approx(payoffs.low)
        assert paid[~is_low].mean() == pytest.approx(payoffs.high)
        assert payoffs.no_signal == pytest.approx(produced.mean(), abs=ERRORS * (high - low) / 2 / np.sqrt(paid.size))
        error = ERRORS * cost.std() / np.sqrt(cost.size) + SLACK
        assert game.welfare(equilibrium, threshold).cost == pytest.approx(cost.mean(), abs=error)


@pytest.mark.parametrize("equilibrium", EQUILIBRIA)
def test_a_signal_makes_nothing_and_costs_what_it_costs(equilibrium: Equilibrium) -> None:
    game, threshold = spence_games(GAMES, seed=9)
    there = game.exists(equilibrium, threshold)
    welfare = chosen(game, there).welfare(equilibrium, threshold[there])
    np.testing.assert_allclose(welfare.average, welfare.no_signal - welfare.cost, atol=SLACK)
    assert ((welfare.cost > 0) == (equilibrium != "nobody_invests")).all()


def test_the_least_cost_threshold_is_the_one_that_the_high_group_likes_best() -> None:
    game, _ = spence_games(GAMES, seed=10)
    best, top = game.least_cost_threshold(), game.separating_range()[1]
    at_best = game.payoffs("separating", best).high
    for part in np.linspace(0.01, 1, 20):
        assert (game.payoffs("separating", best + part * (top - best)).high < at_best).all()


def test_without_a_cost_advantage_nothing_but_a_tie_separates() -> None:
    game = SpenceGame((1, 2), (1, 1), share_low=0.5)
    assert game.separating_range() == (1.0, 1.0)
    assert game.exists("separating", [1 - BESIDE, 1, 1 + BESIDE]).tolist() == [False, True, False]


def test_without_a_difference_in_products_no_signal_is_worth_its_cost() -> None:
    game = SpenceGame((1, 1), (1, 0.5), share_low=0.5)
    assert game.equilibria(0.1) == ("nobody_invests",)
    assert game.payoffs("nobody_invests", 0.1) == (1, 1, 1)


def test_where_all_are_alike_the_average_is_theirs() -> None:
    assert example(share_low=1).wages("nobody_invests") == Wages(1.0, 2.0)
    assert example(share_low=0).wages("nobody_invests") == Wages(2.0, 2.0)
    assert example(share_low=1).threshold_range("everybody_invests") == (0.0, 0.0)
    assert example(share_low=0).threshold_range("nobody_invests") == (0.0, np.inf)


def test_the_shares_do_not_move_the_separating_range() -> None:
    game = SpenceGame((1, 2), (1, 0.5), share_low=np.linspace(0, 1, 11))
    low, high = game.separating_range()
    assert (low, high) == (1.0, 2.0)


def test_numbers_give_numbers_and_arrays_broadcast() -> None:
    game = SpenceGame(product=(1, [[2], [3]]), cost=(1, 0.5), share_low=[0.2, 0.5, 0.8])
    payoffs = game.payoffs("separating", 2)
    assert [np.shape(part) for part in payoffs] == [(2, 3)] * 3
    for row, column in product(range(2), range(3)):
        one = SpenceGame((1, row + 2), (1, 0.5), [0.2, 0.5, 0.8][column])
        expected = one.payoffs("separating", 2)
        assert all(type(part) is float for part in expected)
        assert tuple(part[row, column] for part in payoffs) == expected
        assert game.equilibria(2)[row, column] == one.equilibria(2)


def test_a_game_keeps_its_numbers_whatever_becomes_of_the_array() -> None:
    shares = np.array([0.2, 0.5])
    game = SpenceGame((1, 2), (1, 0.5), share_low=shares)
    shares[:] = 7
    assert game.payoffs("separating", 1).no_signal.tolist() == [1.8, 1.5]


def test_payoffs_outside_of_an_equilibrium_are_refused_with_the_number_and_the_range() -> None:
    with pytest.raises(ValueError, match=r"threshold is 2\.5; 'separating' exists from 1 to 2"):
        example().payoffs("separating", [1.5, 2.5])
    with pytest.raises(ValueError, match="no equilibrium 'seperating'; expected one of separating, "):
        example().payoffs("seperating", 1.5)  # type: ignore[arg-type]


def test_payoffs_of_a_number_read_like_the_text() -> None:
    assert repr(example().payoffs("separating", threshold=1.5)) == "Payoffs(low=1.0, high=1.25, no_signal=1.5)"
    assert isinstance(example().payoffs("separating", threshold=1.5), Payoffs)
