"""Cheap talk: how finely words that cost nothing can be believed, given what the speaker wants of the listener."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from iiv_course.signaling.domain import TIE, Answer, Array, numbers, plain

COUNTABLE = 2.0**53
"""Beyond this floats no longer tell whole numbers apart."""


def most_intervals(bias: ArrayLike) -> Answer:
    """The largest number N of messages that can be told apart: that with 2·N·(N − 1)·b < 1.

    The truth lies anywhere from 0 to 1, equally likely; speaker and listener lose by the square of the distance to
    what they want, and the speaker wants `bias` b > 0 more than the truth; N = ⌈−½ + ½·√(1 + 2/b)⌉. From b = ¼ on
    nothing can be told (N = 1). An int, or an array of them; out of domain is a ValueError with the number.

    V. P. Crawford and J. Sobel, "Strategic information transmission", Econometrica 50(6), 1982.

    >>> most_intervals([0.25, 0.1, 0.05, 0.01])
    array([1, 2, 3, 7])
    """
    biased = numbers("bias", bias, above=0)
    with np.errstate(over="ignore"):
        guess = np.maximum(np.ceil(-0.5 + 0.5 * np.sqrt(1 + 2 / biased)), 1.0)
    countless = guess > COUNTABLE
    if countless.any():
        raise ValueError(f"bias is {float(biased[countless][0])!r}; expected a number further from 0")
    # The root may be a whole number or a hair above one; the inequality itself decides.
    most = np.where(_fits(guess, biased) | (guess == 1), guess, guess - 1).astype(np.int64)
    return most if most.ndim else int(most)


def _fits(intervals: Array, bias: Array) -> Array:
    return np.asarray(2 * intervals * (intervals - 1) * bias < 1 - TIE)


def cutoffs(bias: float, intervals: int | None = None) -> Array:
    """The N − 1 truths at which the speaker changes from one message to the next, as many as can be by default.

    a_i = i/N + 2·b·i·(i − N): there the speaker, who wants a_i + b, likes both messages alike. One bias at a time;
    a bias of 0 or less, or more intervals than `most_intervals`, is a ValueError.

    >>> cutoffs(0.02).round(2)
    array([0.04, 0.16, 0.36, 0.64])
    """
    biased = numbers("bias", bias, above=0)
    if biased.ndim:
        raise ValueError(f"bias is {bias!r}; expected one number")
    count = _intervals(biased, intervals)
    place = np.arange(1, int(count), dtype=np.float64)
    return np.asarray(place / count + 2 * biased * place * (place - count))


def residual_variance(bias: ArrayLike, intervals: ArrayLike | None = None) -> Answer:
    """What the listener still does not know: 1/(12·N²) + b²·(N² − 1)/3; without any talk 1/12.

    Numbers or arrays, which broadcast; domains as in `cutoffs`.

    >>> round(residual_variance(0.1), 4), round(residual_variance(0.5), 4)
    (0.0308, 0.0833)
    """
    biased = numbers("bias", bias, above=0)
    count = _intervals(biased, intervals)
    # Without talk the bias is out of it, and its square may be beyond any float.
    with np.errstate(over="ignore", invalid="ignore"):
        return plain(np.where(count == 1, 1 / 12, 1 / (12 * count**2) + biased**2 * (count**2 - 1) / 3))


def _intervals(bias: Array, intervals: ArrayLike | None) -> Array:
    """The number of intervals asked for, as floats, if there can be so many."""
    most = np.asarray(most_intervals(bias), dtype=np.float64)
    if intervals is None:
        return most
    asked = numbers("intervals", intervals, at_least=1)
    counted, limit = np.broadcast_arrays(asked, most)
    bad = (counted > limit) | (counted != np.floor(counted))
    if bad.any():
        raise ValueError(
            f"intervals is {float(counted[bad][0]):g}; expected a whole number from 1 to {limit[bad][0]:g}"
        )
    return counted
