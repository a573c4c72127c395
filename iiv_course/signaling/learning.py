"""Adaptability as learning: what conversations take away of not knowing what an organization needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from iiv_course.signaling.domain import Answer, Array, numbers, plain


def uncertainty_removed(
    conversations: ArrayLike, openness: ArrayLike, precision: ArrayLike, prior_variance: ArrayLike
) -> Answer:
    """The share of the uncertainty that is gone after a number of conversations with different people.

    A = n·q·τ·s² / (1 + n·q·τ·s²): a normal prior of variance s² (`prior_variance`), and n ≥ 0 independent readings,
    each of precision q·τ with `openness` q from 0 to 1 and `precision` τ ≥ 0. Numbers or arrays, which broadcast;
    out of domain is a ValueError with the number. Normal updating of beliefs.

    >>> uncertainty_removed(3, openness=0.5, precision=2, prior_variance=1)
    0.75
    """
    count = numbers("conversations", conversations, at_least=0)
    with np.errstate(over="ignore", divide="ignore"):
        # In this form nothing known about an organization beforehand (s² beyond any float) gives 1, and no talk 0.
        return plain(1 / (1 + 1 / (count * _weight(openness, precision, prior_variance))))


def conversations_needed(
    share: ArrayLike, openness: ArrayLike, precision: ArrayLike, prior_variance: ArrayLike
) -> Answer:
    """How many conversations remove a share of the uncertainty, from 0 to 1; inf if no number does.

    n = A / ((1 − A)·q·τ·s²), as in `uncertainty_removed`; half is gone at 1/(q·τ·s²). Not rounded.

    >>> conversations_needed(0.5, openness=[1, 0.25, 0], precision=1, prior_variance=1)
    array([ 1.,  4., inf])
    """
    removed = numbers("share", share, at_least=0, at_most=1)
    weight = _weight(openness, precision, prior_variance)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        return plain(np.where(removed == 0, 0.0, removed / ((1 - removed) * weight)))


def _weight(openness: ArrayLike, precision: ArrayLike, prior_variance: ArrayLike) -> Array:
    """What one conversation adds, in units of what was known before."""
    opened = numbers("openness", openness, at_least=0, at_most=1)
    precise = numbers("precision", precision, at_least=0)
    variance = numbers("prior_variance", prior_variance, at_least=0)
    with np.errstate(over="ignore"):
        return np.asarray(opened * precise * variance)
