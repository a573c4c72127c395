"""The interview game: every regime is a best response to beliefs that it makes true, and no other is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from iiv_course.signaling import REGIMES, TIE, InterviewGame, SpenceGame
from tests.model.play import BESIDE, ERRORS, SLACK, interview_gains, interview_games, spence_games

GAMES = 5_000
EVERYBODY, SOME_OTHERS, ONLY_GENUINE, NOBODY = range(4)


def example(openness: float = 0.8, cost_other: float = 4, prior: float = 0.3) -> InterviewGame:
    return InterviewGame(value=10, openness=openness, cost_genuine=1, cost_other=cost_other, prior=prior)


def test_in_its_regime_nobody_gains_by_deviating_and_trust_is_what_bayes_makes_of_it() -> None:
    game, effort = interview_games(4 * GAMES, seed=1)
    found = game.regime_map(effort)
    assert np.bincount(found.place).min() > 500
    gains = interview_gains(game, effort, (found.share_other, found.share_genuine))
    assert gains.largest.max() <= SLACK * np.max(game.value)
    prior = np.asarray(game.prior)
    prepared = prior * found.share_genuine + (1 - prior) * found.share_other
    on_path = found.place != NOBODY
    np.testing.assert_allclose(
        found.trust[on_path], (prior * found.share_genuine / np.where(on_path, prepared, 1))[on_path], atol=SLACK
    )
    assert np.isnan(found.trust[~on_path]).all()
    assert (prepared[~on_path] == 0).all()


@pytest.mark.parametrize(("place", "shares"), [(EVERYBODY, (1, 1)), (ONLY_GENUINE, (0, 1))])
def test_where_a_regime_is_denied_somebody_gains_by_deviating_from_it(place: int, shares: tuple[int, int]) -> None:
    game, effort = interview_games(4 * GAMES, seed=2)
    denied = game.regime_map(effort).place != place
    gains = interview_gains(game, effort, shares).largest
    assert gains[denied].min() > 0
    assert gains[~denied].max() <= SLACK * np.max(game.value)


def test_others_are_indifferent_at_some_share_exactly_where_some_of_them_prepare() -> None:
    game, effort = interview_games(GAMES, seed=3)
    some = game.regime_map(effort).place == SOME_OTHERS
    # What preparing gains one of them falls as more of them prepare: they are indifferent once, if signs differ.
    value, openness, prior = (np.asarray(each) for each in (game.value, game.openness, game.prior))
    shares = np.linspace(0, 1, 101)[:, None]
    trust = prior / (prior + (1 - prior) * shares)
    premium = openness * value * trust - np.asarray(game.cost_other) * effort
    assert (np.diff(premium, axis=0) < 0).all()
    assert ((premium[0] > 0) & (premium[-1] < 0) == some).all()


def test_nobody_prepares_exactly_where_nothing_else_confirms_itself() -> None:
    game, effort = interview_games(4 * GAMES, seed=4)
    place = game.regime_map(effort).place
    # Not even one who would be believed entirely, and whose silence would count against him, prepares there.
    value, openness = np.asarray(game.value), np.asarray(game.openness)
    best = openness * value - np.asarray(game.cost_genuine) * effort
    assert ((best < 0) == (place == NOBODY)).all()
    assert interview_gains(game, effort, (0, 0)).largest[place == NOBODY].max() <= 0


def test_only_the_others_prepare_nowhere() -> None:
    game, effort = interview_games(GAMES, seed=5)
    assert interview_gains(game, effort, (1, 0)).largest.min() > 0


def test_an_insider_who_reads_nothing_into_preparation_is_confirmed_whatever_is_asked() -> None:
    game, effort = interview_games(GAMES, seed=6)
    assert interview_gains(game, effort, (0, 0), off_seen=game.prior).largest.max() <= 0


def test_from_where_it_says_nobody_prepares_even_for_one_who_would_believe_it() -> None:
    game, effort = interview_games(GAMES, seed=7)
    prize = np.asarray(game.openness) * np.asarray(game.value) * (1 - np.asarray(game.prior))
    confirmed = interview_gains(game, effort, (0, 0), off_seen=1).largest <= SLACK
    assert (confirmed == (effort >= prize / np.asarray(game.cost_genuine))).all()


def test_spences_example_is_the_case_of_full_openness() -> None:
    spence, threshold = spence_games(GAMES, seed=8)
    (low, high), (dear, cheap) = map(np.asarray, spence.product), map(np.asarray, spence.cost)
    interview = InterviewGame(
        value=high - low, openness=1, cost_genuine=cheap, cost_other=dear, prior=1 - np.asarray(spence.share_low)
    )
    place = interview.regime_map(threshold).place
    for name, here in (("everybody_invests", EVERYBODY), ("separating", ONLY_GENUINE)):
        assert (spence.exists(name, threshold) == (place == here)).all()  # type: ignore[arg-type]
    assert spence.exists("nobody_invests", threshold)[place == NOBODY].all()
    for mine, his in zip(interview.separating_window(), spence.separating_range(), strict=True):
        np.testing.assert_allclose(mine, his)


@pytest.mark.parametrize(
    ("name", "equilibrium", "threshold"), [("everybody", "everybody_invests", 0.4), ("only_genuine", "separating", 1.5)]
)
def test_payoffs_are_spences_above_the_low_wage(name: str, equilibrium: str, threshold: float) -> None:
    spence = SpenceGame((1, 2), (1, 0.5), share_low=0.5)
    interview = InterviewGame(value=1, openness=1, cost_genuine=0.5, cost_other=1, prior=0.5)
    assert interview.regime(threshold).name == name
    low, high, no_signal = spence.payoffs(equilibrium, threshold)  # type: ignore[arg-type]
    assert interview.payoffs(threshold) == pytest.approx((high - 1, low - 1, no_signal - 1))
    costs = interview.welfare(threshold).cost, spence.welfare(equilibrium, threshold).cost  # type: ignore[arg-type]
    assert costs[0] == pytest.approx(costs[1])


@pytest.mark.parametrize("prior", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("effort", [0.5, 1.5, 5, 9])
def test_trust_and_payoffs_are_those_of_simulated_seekers(prior: float, effort: float) -> None:
    game, seekers = example(prior=prior), 400_000
    rng = np.random.default_rng(9)
    found, payoffs = game.regime(effort), game.payoffs(effort)
    genuine = rng.random(seekers) < prior
    prepares = rng.random(seekers) < np.where(genuine, found.share_genuine, found.share_other)
    seen = rng.random(seekers) < np.asarray(game.openness)
    belief = np.full(seekers, prior)
    for did in (True, False):
        noticed = seen & (prepares == did)
        if noticed.any():
            belief[noticed] = genuine[noticed].mean()
    if found.name != "nobody":
        error = ERRORS * 0.5 / np.sqrt((seen & prepares).sum())
        assert belief[seen & prepares][0] == pytest.approx(found.trust, abs=error)
    nets = 10 * belief - np.where(genuine, 1, 4) * prepares * effort
    for kind, expected in ((genuine, payoffs.genuine), (~genuine, payoffs.other)):
        error = ERRORS * (nets[kind].std() + 5) / np.sqrt(kind.sum())
        assert nets[kind].mean() == pytest.approx(expected, abs=error)
    welfare = game.welfare(effort)
    error = ERRORS * (nets.std() + 5) / np.sqrt(seekers)
    assert nets.mean() == pytest.approx(welfare.average, abs=error)
    assert 10 * belief.mean() - nets.mean() == pytest.approx(welfare.cost, abs=error)


def test_preparation_moves_value_makes_none_and_costs_what_it_costs() -> None:
    game, effort = interview_games(GAMES, seed=10)
    welfare = game.welfare(effort)
    np.testing.assert_allclose(welfare.average, welfare.no_signal - welfare.cost, atol=SLACK)
    assert ((welfare.cost > 0) == (game.regime_map(effort).place != NOBODY)).all()


def test_at_the_least_cost_the_genuine_gain_only_where_doubt_is_large_and_the_others_lose() -> None:
    game, _ = interview_games(GAMES, seed=11)
    value, openness, prior, cheap, dear = (
        np.asarray(each) for each in (game.value, game.openness, game.prior, game.cost_genuine, game.cost_other)
    )
    payoffs = game.payoffs(game.separating_window()[0])
    gained = payoffs.genuine - payoffs.no_signal
    np.testing.assert_allclose(gained, openness * value * (1 - prior - cheap / dear), atol=SLACK)
    np.testing.assert_allclose(payoffs.no_signal - payoffs.other, prior * openness * value, atol=SLACK)
    assert ((gained > 0) == (prior < 1 - cheap / dear)).all()


def test_the_bigger_the_prize_and_the_more_open_the_culture_the_more_proof_is_needed() -> None:
    needed = [InterviewGame(value, 0.8, 1, 4, 0.3).separating_window()[0] for value in (1, 5, 10, 50)]
    assert needed == sorted(set(needed))
    needed = [example(openness).separating_window()[0] for openness in (0.1, 0.2, 0.5, 1)]
    assert needed == sorted(set(needed))


@pytest.mark.parametrize(
    ("openness", "cost_other", "start", "end"),
    [
        (1.0, 4.0, 2.5, 10),
        (0.8, 4.0, 2, 8),
        (0.5, 4.0, 1.25, 5),
        (0.2, 4.0, 0.5, 2),
        (0.05, 4.0, 0.125, 0.5),
        (0.8, 2.0, 4, 8),
        (0.8, 1.5, 16 / 3, 8),
        (0.8, 1.1, 80 / 11, 8),
        (0.8, 1.0, 8, 8),
    ],
)
def test_windows_of_the_example(openness: float, cost_other: float, start: float, end: float) -> None:
    assert example(openness, cost_other).separating_window() == pytest.approx((start, end))


@pytest.mark.parametrize(
    ("effort", "name", "trust", "share_other"),
    [
        (0, "everybody", 0.3, 1),
        (0.5, "everybody", 0.3, 1),
        (0.6, "everybody", 0.3, 1),
        (1, "some_others", 0.5, 3 / 7),
        (1.5, "some_others", 0.75, 1 / 7),
        (2, "only_genuine", 1, 0),
        (8, "only_genuine", 1, 0),
    ],
)
def test_regimes_of_the_example(effort: float, name: str, trust: float, share_other: float) -> None:
    found = example().regime(effort)
    assert found.name == name
    assert found[1:] == pytest.approx((trust, 1, share_other))
    assert [type(part) for part in found] == [str, float, float, float]


def test_beyond_the_window_nobody_prepares_and_there_is_no_trust_to_speak_of() -> None:
    found = example().regime(8.1)
    assert (found.name, found.share_genuine, found.share_other) == ("nobody", 0, 0)
    assert np.isnan(found.trust)
    assert example().payoffs(8.1) == (3, 3, 3)


def test_each_end_belongs_to_the_regime_in_which_all_of_a_kind_act_alike() -> None:
    game, _ = interview_games(GAMES, seed=12)
    ends = (game.everybody_up_to(), *game.separating_window())
    at_the_end, below, above = (
        np.array([game.regime_map(end * factor).place for end in ends]) for factor in (1, 1 - BESIDE, 1 + BESIDE)
    )
    assert (at_the_end.T == (EVERYBODY, ONLY_GENUINE, ONLY_GENUINE)).all()
    assert (below.T == (EVERYBODY, SOME_OTHERS, ONLY_GENUINE)).all()
    assert (above.T == (SOME_OTHERS, ONLY_GENUINE, NOBODY)).all()


def test_ties_are_seen_through_the_rounding_of_decimals() -> None:
    game = InterviewGame(value=1, openness=0.1, cost_genuine=1, cost_other=1, prior=1)
    assert 3 * 0.1 > 0.3
    assert InterviewGame(1, 0.3, 1, 1, 0.5).regime(3 * 0.1).name == "only_genuine"
    assert InterviewGame(1, 0.3, 1, 1, 0.5).regime(0.3 * (1 + 10 * TIE)).name == "nobody"
    assert game.regime(0.1).name == "everybody"


def test_trust_rises_without_a_jump_from_the_prior_to_certainty() -> None:
    game = example()
    efforts = np.linspace(0, 8, 8_001)
    trust = game.regime_map(efforts).trust
    steps = np.diff(trust)
    assert (trust[0], trust[-1]) == (0.3, 1)
    assert steps.min() >= 0
    assert steps.max() <= 4 * 0.001 / 8 * (1 + BESIDE)


def test_a_closed_culture_shrinks_the_window_toward_zero_but_keeps_the_ratio_of_its_ends() -> None:
    openness = np.array([1, 0.1, 1e-3, 1e-6, 1e-9])
    start, end = InterviewGame(10, openness, 1, 4, 0.3).separating_window()
    np.testing.assert_allclose(end / start, 4)
    assert (np.diff(end - start) < 0).all()
    assert (end - start)[-1] < 1e-8
    # Some tiny effort still separates.
    names = InterviewGame(10, openness, 1, 4, 0.3).regime((start + end) / 2).name
    assert set(names) == {"only_genuine"}


def test_in_a_culture_closed_entirely_no_effort_pays() -> None:
    game = example(openness=0)
    assert game.separating_window() == (0, 0)
    assert game.regime(0)[:2] == ("everybody", 0.3)
    assert game.regime(1e-9).name == "nobody"
    assert game.payoffs(0) == game.payoffs(1) == (3, 3, 3)


def test_without_a_cost_advantage_the_window_is_a_point() -> None:
    game = example(cost_other=1)
    assert game.separating_window() == (8, 8)
    assert game.regime([8 - 1e-6, 8, 8 + 1e-6]).name.tolist() == ["some_others", "only_genuine", "nobody"]


@pytest.mark.parametrize(("limit", "near"), [(0, 1e-9), (1, 1 - 1e-9)])
def test_the_ends_of_the_prior_are_limits(limit: float, near: float) -> None:
    efforts = np.array([0.5, 1.5, 1.99, 2.01, 5, 8, 9])
    at_end, close = (example(prior=prior).regime_map(efforts) for prior in (limit, near))
    assert (at_end.place == close.place).all()
    for mine, his in zip(at_end[1:], close[1:], strict=True):
        np.testing.assert_allclose(mine, his, atol=1e-7)


def test_break_even_openness_is_where_the_genuine_stop() -> None:
    game, effort = interview_games(GAMES, seed=13)
    least = game.break_even_openness(effort)
    possible = least <= 1
    for factor, prepares in ((1 + BESIDE, True), (1 - BESIDE, False)):
        openness = np.minimum(least * factor, 1)
        then = InterviewGame(game.value, openness, game.cost_genuine, game.cost_other, game.prior)
        assert ((then.regime_map(effort).place != NOBODY) == prepares)[possible & (openness < 1)].all()
    nothing_to_win = InterviewGame(0, 1, 1, 4, 0.3)
    assert (nothing_to_win.break_even_openness(1), nothing_to_win.break_even_openness(0)) == (np.inf, 0)


def test_maps_names_and_single_answers_agree() -> None:
    openness, effort = np.linspace(0, 1, 7)[:, None], np.linspace(0, 11, 9)
    game = InterviewGame(10, openness, 1, 4, 0.3)
    found, many = game.regime_map(effort), game.regime(effort)
    payoffs, welfare = game.payoffs(effort), game.welfare(effort)
    for row, column in product(range(7), range(9)):
        alone = example(float(openness[row, 0]))
        one = alone.regime(effort[column])
        assert many.name[row, column] == one.name == REGIMES[found.place[row, column]]
        for mine, his in zip(found[1:], one[1:], strict=True):
            np.testing.assert_equal(mine[row, column], his)
        assert tuple(part[row, column] for part in payoffs) == alone.payoffs(effort[column])
        assert tuple(part[row, column] for part in welfare) == alone.welfare(effort[column])
