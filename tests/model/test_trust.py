"""Trust and learning against simulated people, and at their limits."""

from __future__ import annotations

import numpy as np
import pytest

from iiv_course.signaling import (
    conversations_needed,
    good_cues_needed,
    likelihood_ratios,
    trust_after,
    uncertainty_removed,
)
from tests.model.play import ERRORS

PEOPLE = 400_000
EXACT = 1e-12
"""What two ways to the same number may differ by."""


@pytest.mark.parametrize(("authenticity", "openness"), [(1, 1), (0.9, 0.7), (0.5, 0.9), (0, 1), (1, 0)])
@pytest.mark.parametrize("prior", [0.1, 0.3, 0.8])
def test_trust_is_the_share_of_the_genuine_among_simulated_people_with_such_cues(
    prior: float, authenticity: float, openness: float
) -> None:
    rng = np.random.default_rng(1)
    genuine = rng.random(PEOPLE) < prior
    shape = (PEOPLE, 4)
    shows_oneself = (rng.random(shape) < authenticity) & (rng.random(shape) < openness)
    chance = np.where(shows_oneself, np.where(genuine, 0.8, 0.3)[:, None], 0.5)
    good = (rng.random(shape) < chance).sum(axis=1)
    for count in range(5):
        among = genuine[good == count]
        cues = [1] * count + [0] * (4 - count)
        predicted = trust_after(prior, cues, authenticity=authenticity, openness=openness)
        error = ERRORS * np.sqrt(predicted * (1 - predicted) / among.size)
        assert among.mean() == pytest.approx(predicted, abs=error)


@pytest.mark.parametrize(
    ("authenticity", "openness", "good", "bad", "three", "five", "five_and_one_bad"),
    [
        (1, 1, 2.667, 0.286, 0.89, 0.98, 0.94),
        (0.9, 0.9, 2.20, 0.39, 0.82, 0.96, 0.90),
        (0.9, 0.5, 1.55, 0.62, 0.61, 0.79, 0.70),
        (0.5, 0.9, 1.55, 0.62, 0.61, 0.79, 0.70),
        (0.9, 0.1, 1.09, 0.91, 0.36, 0.40, 0.38),
        (0, 1, 1, 1, 0.3, 0.3, 0.3),
    ],
)
def test_the_table_of_the_example(
    authenticity: float, openness: float, good: float, bad: float, three: float, five: float, five_and_one_bad: float
) -> None:
    ratios = likelihood_ratios(authenticity=authenticity, openness=openness)
    assert ratios == (pytest.approx(good, abs=0.005), pytest.approx(bad, abs=0.005))
    for cues, expected in (([1] * 3, three), ([1] * 5, five), ([1] * 5 + [0], five_and_one_bad)):
        trust = trust_after(0.3, cues, authenticity=authenticity, openness=openness)
        assert trust == pytest.approx(expected, abs=0.005)


def test_cue_by_cue_and_all_at_once_come_to_the_same_in_any_order() -> None:
    rng = np.random.default_rng(2)
    cues = rng.integers(0, 2, (1_000, 6))
    settings = dict(zip(("authenticity", "openness"), rng.random((2, 1_000)), strict=True))
    step = rng.random(1_000)
    at_once = trust_after(step, cues, **settings)
    backward = trust_after(step, cues[:, ::-1], **settings)
    for cue in cues.T:
        step = trust_after(step, cue[:, None], **settings)
    np.testing.assert_allclose(step, at_once, atol=EXACT)
    np.testing.assert_allclose(backward, at_once, atol=EXACT)


def test_likelihood_ratios_are_what_a_cue_multiplies_the_odds_by() -> None:
    rng = np.random.default_rng(3)
    prior, authenticity, openness, base = rng.random((4, 1_000))
    other, genuine = np.sort(rng.random((2, 1_000)), axis=0)
    settings = {
        "authenticity": authenticity,
        "openness": openness,
        "base_rate": base,
        "hit_other": other,
        "hit_genuine": genuine,
    }
    for cue, ratio in zip((1, 0), likelihood_ratios(**settings), strict=True):
        after = trust_after(prior, np.full((1_000, 1), cue), **settings)
        np.testing.assert_allclose(after / (1 - after), prior / (1 - prior) * ratio, rtol=1e-9)


def test_on_average_trust_stays_where_it_was() -> None:
    counts = np.arange(6)
    orders = np.array([1, 5, 10, 10, 5, 1])
    cues = counts[:, None] > np.arange(5)
    expected = sum(
        weight * orders * rate**counts * (1 - rate) ** (5 - counts) for weight, rate in ((0.3, 0.8), (0.7, 0.3))
    )
    assert expected @ trust_after(0.3, cues) == pytest.approx(0.3)


def test_no_cue_moves_a_mind_that_is_made_up_or_a_channel_that_is_closed() -> None:
    for cues in ([], [1], [0, 0, 1], [1] * 2_000):
        assert trust_after(0, cues) == 0
        assert trust_after(1, cues) == 1
        for closed in ({"authenticity": 0}, {"openness": 0}):
            assert trust_after(0.3, cues, **closed) == pytest.approx(0.3, abs=EXACT)
    assert trust_after(0.3, []) == pytest.approx(0.3, abs=EXACT)


def test_a_cue_that_only_the_genuine_can_show_proves_and_one_that_nobody_can_show_is_off_the_path() -> None:
    assert trust_after(0.3, [0, 1, 0], hit_other=0) == 1
    assert trust_after(0.3, [1, 0, 1], hit_genuine=1) == 0
    # Where the telling cue stays away, the others count as ever.
    assert trust_after(0.5, [0], hit_genuine=0.5, hit_other=0) == pytest.approx(1 / 3)
    assert trust_after(0.5, [1], hit_genuine=1, hit_other=0.5) == pytest.approx(2 / 3)
    assert np.isnan(trust_after(1, [0], hit_genuine=1))
    assert np.isnan(trust_after(0.3, [1, 0], hit_genuine=1, hit_other=0))
    assert likelihood_ratios(hit_genuine=1, hit_other=0) == (np.inf, 0)
    assert likelihood_ratios(hit_genuine=1, hit_other=1) == (1, 1)


def test_settings_broadcast_against_all_axes_of_the_cues_but_the_last() -> None:
    openness = np.array([[0.2], [0.9]])
    cues = np.array([[1, 1, 1], [1, 0, 1], [0, 0, 0]])
    many = trust_after(0.3, cues, openness=openness)
    assert many.shape == (2, 3)
    for row in range(2):
        for column in range(3):
            assert many[row, column] == trust_after(0.3, cues[column], openness=openness[row, 0])
    assert type(trust_after(0.3, 1)) is float


@pytest.mark.parametrize(("kappa", "count"), [(1, 3), (0.8, 3), (0.6, 4), (0.4, 6), (0.2, 12), (0.1, 23), (0, np.inf)])
def test_good_cues_needed_in_the_example(kappa: float, count: float) -> None:
    assert good_cues_needed(0.3, 0.8, openness=kappa) == count
    assert good_cues_needed(0.3, 0.8, authenticity=kappa) == count


def test_good_cues_needed_are_enough_and_not_one_too_many() -> None:
    rng = np.random.default_rng(4)
    for prior, target, openness in rng.uniform(0.05, 0.95, (500, 3)):
        count = int(good_cues_needed(prior, target, openness=openness))
        assert trust_after(prior, [1] * count, openness=openness) >= target - EXACT
        if count:
            assert trust_after(prior, [1] * (count - 1), openness=openness) < target
        assert (count == 0) == (target <= prior)


def test_good_cues_needed_at_the_ends() -> None:
    assert good_cues_needed(0, 0.5) == np.inf
    assert good_cues_needed(0, 0.5, hit_other=0) == np.inf
    assert good_cues_needed(0.5, 1) == np.inf
    assert good_cues_needed(0.5, 1, hit_other=0) == 1
    assert good_cues_needed([0.5, 1, 0], [0.5, 1, 0], openness=0).tolist() == [0, 0, 0]


@pytest.mark.parametrize(("prior", "target", "count"), [(0.5, 27 / 28, 3), (0.25, 27 / 28, 4), (0.5, 243 / 244, 5)])
def test_as_many_cues_as_just_reach_the_target_are_enough_whatever_logarithms_round_to(
    prior: float, target: float, count: int
) -> None:
    assert good_cues_needed(prior, target, hit_genuine=0.75, hit_other=0.25) == count


@pytest.mark.parametrize(("openness", "precision", "variance"), [(0.5, 1, 1), (0.9, 2, 0.5), (0.1, 1, 4)])
def test_uncertainty_goes_as_it_does_for_simulated_listeners(
    openness: float, precision: float, variance: float
) -> None:
    rng = np.random.default_rng(5)
    truth = rng.normal(0, np.sqrt(variance), PEOPLE)
    for count in (1, 4):
        readings = truth + rng.normal(0, 1 / np.sqrt(openness * precision), (count, PEOPLE))
        average = readings.mean(axis=0)
        left = (truth - average * np.cov(truth, average)[0, 1] / average.var()).var()
        removed = uncertainty_removed(count, openness, precision, variance)
        # The standard error of a variance of normal numbers.
        assert left / variance == pytest.approx(1 - removed, abs=ERRORS * np.sqrt(2 / PEOPLE))


@pytest.mark.parametrize(("openness", "expected"), [(0.9, (0.47, 0.64, 0.78, 0.88)), (0.1, (0.09, 0.17, 0.29, 0.44))])
def test_learning_of_the_example(openness: float, expected: tuple[float, ...]) -> None:
    assert uncertainty_removed([1, 2, 4, 8], openness, 1, 1) == pytest.approx(expected, abs=0.005)


def test_conversations_needed_are_those_that_remove_the_share() -> None:
    rng = np.random.default_rng(6)
    share, openness = rng.uniform(0.01, 0.99, (2, 1_000))
    precision, variance = rng.uniform(0.1, 5, (2, 1_000))
    count = conversations_needed(share, openness, precision, variance)
    np.testing.assert_allclose(uncertainty_removed(count, openness, precision, variance), share)


def test_learning_at_the_ends() -> None:
    assert uncertainty_removed(0, 1, 1, 1) == 0
    assert uncertainty_removed(5, [0, 1, 1], [1, 0, 1], [1, 1, 0]).tolist() == [0, 0, 0]
    assert uncertainty_removed(1e6, 1, 1, 1) == pytest.approx(1, abs=1e-5)
    assert conversations_needed([0, 0.5, 1], [0, 0, 1], 1, 1).tolist() == [0, np.inf, np.inf]
