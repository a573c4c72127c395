"""Whatever is out of domain is refused by its name and number, everywhere alike; nothing loads before it is used."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from iiv_course.signaling import (
    InterviewGame,
    SpenceGame,
    conversations_needed,
    cutoffs,
    good_cues_needed,
    intuitive_equilibria,
    likelihood_ratios,
    most_intervals,
    residual_variance,
    trust_after,
    uncertainty_removed,
)

SPENCE: dict[str, Any] = {"product": (1, 2), "cost": (1, 0.5), "share_low": 0.5}
INTERVIEW: dict[str, Any] = {"value": 10, "openness": 0.8, "cost_genuine": 1, "cost_other": 4, "prior": 0.3}
LEARNING: dict[str, Any] = {"conversations": 3, "openness": 0.5, "precision": 1, "prior_variance": 1}
NEEDED: dict[str, Any] = {"share": 0.5, "openness": 0.5, "precision": 1, "prior_variance": 1}
TRUST: dict[str, Any] = {"prior": 0.3, "cues": [1, 0]}
CUES: dict[str, Any] = {"prior": 0.3, "target": 0.8}

PROBABILITY, AMOUNT, POSITIVE = (-0.1, 1.1), (-0.1,), (0, -0.1)
DOMAINS: list[tuple[Callable[..., Any], dict[str, Any], str, tuple[float, ...]]] = [
    (SpenceGame, SPENCE, "share_low", PROBABILITY),
    (SpenceGame(**SPENCE).equilibria, {}, "threshold", AMOUNT),
    (SpenceGame(**SPENCE).exists, {"equilibrium": "separating"}, "threshold", AMOUNT),
    (SpenceGame(**SPENCE).payoffs, {"equilibrium": "separating"}, "threshold", (-0.1, 0.9, 2.1)),
    (SpenceGame(**SPENCE).welfare, {"equilibrium": "separating"}, "threshold", (-0.1, 0.9, 2.1)),
    (intuitive_equilibria, {"game": SpenceGame(**SPENCE)}, "threshold", AMOUNT),
    (InterviewGame, INTERVIEW, "value", AMOUNT),
    (InterviewGame, INTERVIEW, "openness", PROBABILITY),
    (InterviewGame, INTERVIEW, "cost_genuine", (*POSITIVE, 4.1)),
    (InterviewGame, INTERVIEW, "cost_other", POSITIVE),
    (InterviewGame, INTERVIEW, "prior", PROBABILITY),
    (InterviewGame(**INTERVIEW).regime, {}, "effort", AMOUNT),
    (InterviewGame(**INTERVIEW).regime_map, {}, "effort", AMOUNT),
    (InterviewGame(**INTERVIEW).payoffs, {}, "effort", AMOUNT),
    (InterviewGame(**INTERVIEW).welfare, {}, "effort", AMOUNT),
    (InterviewGame(**INTERVIEW).break_even_openness, {}, "effort", AMOUNT),
    (trust_after, TRUST, "prior", PROBABILITY),
    (trust_after, TRUST, "cues", (*PROBABILITY, 0.5)),
    (trust_after, TRUST, "hit_genuine", PROBABILITY),
    (trust_after, TRUST, "hit_other", (*PROBABILITY, 0.81)),
    (trust_after, TRUST, "base_rate", PROBABILITY),
    (trust_after, TRUST, "authenticity", PROBABILITY),
    (trust_after, TRUST, "openness", PROBABILITY),
    (likelihood_ratios, {}, "hit_other", (*PROBABILITY, 0.81)),
    (good_cues_needed, CUES, "prior", PROBABILITY),
    (good_cues_needed, CUES, "target", PROBABILITY),
    (uncertainty_removed, LEARNING, "conversations", AMOUNT),
    (uncertainty_removed, LEARNING, "openness", PROBABILITY),
    (uncertainty_removed, LEARNING, "precision", AMOUNT),
    (uncertainty_removed, LEARNING, "prior_variance", AMOUNT),
    (conversations_needed, NEEDED, "share", PROBABILITY),
    (conversations_needed, NEEDED, "openness", PROBABILITY),
    (most_intervals, {}, "bias", POSITIVE),
    (cutoffs, {}, "bias", POSITIVE),
    (residual_variance, {}, "bias", POSITIVE),
]
NO_NUMBERS = (float("nan"), float("inf"), None, "0.5", 1j, [0.5, [0.5]], [0.5, None], 10**400, pd.NaT)


@pytest.mark.parametrize(
    ("function", "arguments", "name", "value"),
    [(function, arguments, name, value) for function, arguments, name, values in DOMAINS for value in values],
)
def test_a_number_out_of_domain_is_refused_by_name_and_number(
    function: Callable[..., Any], arguments: dict[str, Any], name: str, value: float
) -> None:
    with pytest.raises(ValueError, match=rf"^{name} (is|has) {float(value)!r}; ".replace(".", r"\.")):
        function(**arguments | {name: value})


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
@pytest.mark.parametrize(("function", "arguments", "name"), [entry[:3] for entry in DOMAINS])
def test_what_is_no_finite_number_is_refused_by_name(
    function: Callable[..., Any], arguments: dict[str, Any], name: str, value: object
) -> None:
    with pytest.raises(ValueError, match=rf"^{name} is "):
        function(**arguments | {name: value})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"product": (2, 1)}, r"the low group's product is 2\.0; expected at most the high group's, 1\.0"),
        ({"product": (-1, 1)}, r"product is -1\.0; expected a finite number of at least 0"),
        ({"product": 2}, "product is 2; expected two, low and high"),
        ({"product": (1, 2, 3)}, r"product is \(1, 2, 3\); expected two, low and high"),
        ({"cost": (0.5, 1)}, r"the high group's cost is 1\.0; expected at most the low group's, 0\.5"),
        ({"cost": (1, 0)}, r"cost is 0\.0; expected a finite number above 0"),
        ({"share_low": "half"}, "share_low is 'half'; expected a number or an array of numbers"),
    ],
)
def test_a_game_that_cannot_be_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SpenceGame(**SPENCE | changed)


def test_of_many_numbers_the_first_bad_one_is_named() -> None:
    with pytest.raises(ValueError, match=r"prior is 1\.5; expected a number from 0 to 1"):
        InterviewGame(**INTERVIEW | {"prior": [[0.1, 1.5], [-3, 0.2]]})
    with pytest.raises(ValueError, match=r"cost_genuine is 3\.0; expected at most cost_other, 2\.0"):
        InterviewGame(**INTERVIEW | {"cost_genuine": [1, 3], "cost_other": [2, 2]})


def test_arrays_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValueError, match="broadcast"):
        InterviewGame(**INTERVIEW | {"prior": [0.1, 0.2], "openness": [0.1, 0.2, 0.3]})
    with pytest.raises(ValueError, match="broadcast"):
        SpenceGame(**SPENCE | {"share_low": [0.1, 0.2], "cost": ([1, 1, 1], 0.5)})


@pytest.mark.parametrize("prior", [Fraction(3, 10), np.float32(0.5), np.array(0.3), pd.Series([0.3, 0.4]), True, 0])
def test_any_kind_of_real_number_will_do(prior: Any) -> None:
    window = InterviewGame(**INTERVIEW | {"prior": prior}).separating_window()
    assert window == (2, 8)


def test_importing_the_course_loads_no_numpy() -> None:
    program = "import sys, iiv_course; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
