"""What a signal costs all people together."""

from __future__ import annotations

from typing import NamedTuple

from iiv_course.signaling.domain import Answer


class Welfare(NamedTuple):
    """Averages over all people: what they net, what signals cost them, what they net in a world without the signal.

    The signal moves rewards between people and makes none, so that `average` is always `no_signal - cost`.
    """

    average: Answer
    cost: Answer
    no_signal: Answer
