"""Cheap talk: no speaker gains by another message, the listener answers best, and no finer talk is possible."""

from __future__ import annotations

import numpy as np
import pytest

from iiv_course.signaling import cutoffs, most_intervals, residual_variance
from tests.model.play import BESIDE, ERRORS

BIASES = np.random.default_rng(1).uniform(0.002, 0.6, 100) ** 1.5
EXACT = 1e-12


@pytest.mark.parametrize("bias", BIASES)
def test_every_number_of_intervals_is_an_equilibrium_and_one_more_is_none(bias: float) -> None:
    truths = np.linspace(0, 1, 2_001)
    most = most_intervals(bias)
    for count in range(1, most + 1):
        ends = np.concatenate([[0], cutoffs(bias, count), [1]])
        assert (np.diff(ends) > 0).all()
        # Hearing an interval the listener expects its middle; the speaker may send any message instead.
        answers = (ends[:-1] + ends[1:]) / 2
        losses = (answers[:, None] - truths - bias) ** 2
        sent = np.clip(np.searchsorted(ends, truths) - 1, 0, count - 1)
        assert (losses[sent, np.arange(truths.size)] - losses.min(axis=0)).max() <= EXACT
    # With one more a speaker who is indifferent at each cutoff would need a first interval of no or negative length.
    too_many = most + 1
    assert 1 / too_many + 2 * bias * (1 - too_many) <= EXACT
    with pytest.raises(ValueError, match=f"intervals is {too_many}; expected a whole number from 1 to {most}"):
        cutoffs(bias, too_many)


@pytest.mark.parametrize("bias", [0.4, 0.2, 0.1, 0.05, 0.01])
def test_what_is_not_known_is_the_listeners_error_over_simulated_truths(bias: float) -> None:
    truths = np.random.default_rng(2).random(400_000)
    for count in range(1, most_intervals(bias) + 1):
        ends = np.concatenate([[0], cutoffs(bias, count), [1]])
        errors = (truths - ((ends[:-1] + ends[1:]) / 2)[np.searchsorted(ends, truths) - 1]) ** 2
        expected = residual_variance(bias, count)
        assert errors.mean() == pytest.approx(expected, abs=ERRORS * errors.std() / np.sqrt(truths.size))


@pytest.mark.parametrize(
    ("bias", "count", "ends", "variance"),
    [
        (0.25, 1, [], 0.0833),
        (0.20, 2, [0.10], 0.0608),
        (0.10, 2, [0.30], 0.0308),
        (0.05, 3, [0.133, 0.467], 0.0159),
        (0.02, 5, [0.04, 0.16, 0.36, 0.64], 0.0065),
    ],
)
def test_the_table_of_the_example(bias: float, count: int, ends: list[float], variance: float) -> None:
    assert most_intervals(bias) == count
    assert type(most_intervals(bias)) is int
    assert cutoffs(bias) == pytest.approx(ends, abs=0.0005)
    assert residual_variance(bias) == pytest.approx(variance, abs=0.00005)


def test_the_finest_talk_of_the_example() -> None:
    assert most_intervals(0.01) == 7
    assert cutoffs(0.01)[[0, -1]] == pytest.approx([0.023, 0.737], abs=0.0005)
    assert residual_variance(0.01) == pytest.approx(0.0033, abs=0.00005)


def test_finer_talk_is_always_better_for_the_listener_and_less_bias_too() -> None:
    for bias in BIASES:
        left = residual_variance(bias, np.arange(1, most_intervals(bias) + 1))
        assert (np.diff(left) < 0).all()
    by_bias = residual_variance(np.geomspace(1e-6, 0.2499, 2_000))
    assert (np.diff(by_bias) > 0).all()


def test_at_a_boundary_the_finest_interval_is_gone() -> None:
    counts = np.arange(2, 2_000)
    boundary = 1 / (2 * counts * (counts - 1))
    assert (most_intervals(boundary) == counts - 1).all()
    assert (most_intervals(boundary * (1 + BESIDE)) == counts - 1).all()
    assert (most_intervals(boundary * (1 - BESIDE)) == counts).all()


def test_a_large_bias_leaves_nothing_to_say() -> None:
    assert most_intervals([0.25, 1, 1e200]).tolist() == [1, 1, 1]
    assert residual_variance([0.25, 1, 1e200]) == pytest.approx(1 / 12)
    assert cutoffs(1).size == 0


def test_variances_broadcast() -> None:
    assert residual_variance([[0.01], [0.02]], [1, 2, 3]).shape == (2, 3)


@pytest.mark.parametrize("intervals", [0, 1.5, -1, float("nan"), 6])
def test_a_number_of_intervals_that_cannot_be_is_refused(intervals: float) -> None:
    with pytest.raises(ValueError, match="intervals is"):
        residual_variance(0.02, intervals)


@pytest.mark.parametrize("bias", [1e-33, 1e-300, 5e-324])
def test_a_bias_next_to_nothing_is_refused_rather_than_counted_without_end(bias: float) -> None:
    with pytest.raises(ValueError, match=f"bias is {bias}; expected a number further from 0"):
        most_intervals(bias)


def test_cutoffs_are_those_of_one_bias() -> None:
    with pytest.raises(ValueError, match="expected one number"):
        cutoffs([0.1, 0.2])  # type: ignore[arg-type]
