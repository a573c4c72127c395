"""Trust as a belief that moves cue by cue, less so when behavior is scripted or the culture closed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from iiv_course.signaling.domain import TIE, Answer, Array, no_more_than, numbers, plain, together


class LikelihoodRatios(NamedTuple):
    """By how much a good and a bad cue multiply the odds of being genuine."""

    good: Answer
    bad: Answer


def likelihood_ratios(
    *,
    hit_genuine: ArrayLike = 0.8,
    hit_other: ArrayLike = 0.3,
    base_rate: ArrayLike = 0.5,
    authenticity: ArrayLike = 1,
    openness: ArrayLike = 1,
) -> LikelihoodRatios:
    """What one cue is worth.

    A good cue shows with probability κ·h + (1 − κ)·r, where κ = authenticity × openness, h is `hit_genuine` or
    `hit_other` and r is `base_rate`, the same for both kinds. LR⁺ is the ratio of these probabilities, LR⁻ that of
    their complements; κ = 0 makes both 1, and trust does not move. All from 0 to 1, `hit_other` at most
    `hit_genuine`; otherwise a ValueError. Bayes' rule; that script and closed culture act alike is an assumption.

    >>> likelihood_ratios(hit_genuine=0.75, hit_other=0.25)
    LikelihoodRatios(good=3.0, bad=0.3333333333333333)
    """
    genuine, other = _rates(hit_genuine, hit_other, base_rate, authenticity, openness)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Where neither kind can show a cue it tells nothing.
        good = np.where(genuine == other, 1.0, genuine / other)
        bad = np.where(genuine == other, 1.0, (1 - genuine) / (1 - other))
    return LikelihoodRatios(*together(good, bad))


def trust_after(
    prior: ArrayLike,
    cues: ArrayLike,
    *,
    hit_genuine: ArrayLike = 0.8,
    hit_other: ArrayLike = 0.3,
    base_rate: ArrayLike = 0.5,
    authenticity: ArrayLike = 1,
    openness: ArrayLike = 1,
) -> Answer:
    """The chance of being genuine after cues, 1 for good and 0 for bad, along the last axis of `cues`.

    Odds after = odds before × LR⁺ for each good cue × LR⁻ for each bad one, as in `likelihood_ratios`, whose domain
    holds here too. `prior` from 0 to 1. All but `cues` broadcast against its other axes. nan where the cues could
    come from nobody.

    >>> round(trust_after(0.3, [1, 1, 1]), 2), round(trust_after(0.3, [1, 1, 1], authenticity=0.9, openness=0.1), 2)
    (0.89, 0.36)
    """
    before = numbers("prior", prior, at_least=0, at_most=1)
    seen = np.atleast_1d(numbers("cues", cues, at_least=0, at_most=1))
    between = seen[(seen != 0) & (seen != 1)]
    if between.size:
        raise ValueError(f"cues has {float(between[0])!r}; expected 1 for a good cue and 0 for a bad one")
    genuine, other = _rates(hit_genuine, hit_other, base_rate, authenticity, openness)
    good, bad = seen.sum(axis=-1), (1 - seen).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        against = np.log1p(-before) + _times(good, np.log(other)) + _times(bad, np.log1p(-other))
        favor = np.log(before) + _times(good, np.log(genuine)) + _times(bad, np.log1p(-genuine))
        return plain(1 / (1 + np.exp(against - favor)))


def good_cues_needed(
    prior: ArrayLike,
    target: ArrayLike,
    *,
    hit_genuine: ArrayLike = 0.8,
    hit_other: ArrayLike = 0.3,
    base_rate: ArrayLike = 0.5,
    authenticity: ArrayLike = 1,
    openness: ArrayLike = 1,
) -> Answer:
    """How many good cues in a row lift trust from `prior` to at least `target`; inf if no number does.

    ⌈(logit target − logit prior) / ln LR⁺⌉, and 0 if trust is there already. Domains as in `trust_after`.

    >>> good_cues_needed(0.3, 0.8, openness=[1, 0.4, 0.1, 0])
    array([ 3.,  6., 23., inf])
    """
    before = numbers("prior", prior, at_least=0, at_most=1)
    goal = numbers("target", target, at_least=0, at_most=1)
    ratio = likelihood_ratios(
        hit_genuine=hit_genuine,
        hit_other=hit_other,
        base_rate=base_rate,
        authenticity=authenticity,
        openness=openness,
    ).good
    with np.errstate(divide="ignore", invalid="ignore"):
        missing = np.log(goal) - np.log1p(-goal) - np.log(before) + np.log1p(-before)
        count = np.where(np.isinf(ratio), 1.0, np.maximum(np.ceil(missing / np.log(ratio) * (1 - TIE)), 1.0))
    count = np.where(before == 0, np.inf, count)
    return plain(np.where(goal <= before, 0.0, count))


def _times(count: Array, logarithm: Array) -> Array:
    """A cue that was never seen says nothing, even if it was impossible."""
    return np.where(count > 0, count * logarithm, 0.0)


def _rates(
    hit_genuine: ArrayLike, hit_other: ArrayLike, base_rate: ArrayLike, authenticity: ArrayLike, openness: ArrayLike
) -> tuple[Array, Array]:
    """How often a good cue shows from the genuine and from the others."""
    genuine, other, base, authentic, opened = (
        numbers(name, value, at_least=0, at_most=1)
        for name, value in (
            ("hit_genuine", hit_genuine),
            ("hit_other", hit_other),
            ("base_rate", base_rate),
            ("authenticity", authenticity),
            ("openness", openness),
        )
    )
    no_more_than("hit_other", other, "hit_genuine", genuine)
    weight = authentic * opened
    return np.asarray(weight * genuine + (1 - weight) * base), np.asarray(weight * other + (1 - weight) * base)
