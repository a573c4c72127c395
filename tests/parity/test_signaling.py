"""The model in Python and TypeScript: the same answers for thousands of shared games, ends and ties included."""

from __future__ import annotations

import inspect
import math
import random
from collections import Counter
from typing import Any

import pytest

from iiv_course.signaling import (
    EQUILIBRIA,
    TIE,
    InterviewGame,
    SpenceGame,
    conversations_needed,
    trust_after,
)
from tests.parity.node import node

COUNT = 2_000
TOLERANCE = 1e-9
"""Relative, and absolute near zero."""


def near(ours: float, theirs: float | str) -> bool:
    theirs = float(theirs)
    return (math.isnan(ours) and math.isnan(theirs)) or math.isclose(ours, theirs, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def all_near(ours: Any, theirs: Any) -> bool:
    return len(ours) == len(theirs) and all(map(near, ours, theirs))


def at_or_beside(rng: random.Random, ends: list[float], most: float) -> float:
    """Anything up to `most`, or one of the ends, or as near to it as a tie reaches and a little farther."""
    end = rng.choice(ends)
    if rng.random() < 0.4 or not math.isfinite(end):
        return rng.uniform(0, most)
    return end * rng.choice([1, 1, 1 - TIE / 4, 1 + TIE / 4, 1 - 3 * TIE, 1 + 3 * TIE, 1 - 1e-6, 1 + 1e-6])


def share(rng: random.Random) -> float:
    return rng.choice([0.0, 1.0, 0.5, round(rng.random(), 1), rng.random(), rng.random()])


def spence_games(rng: random.Random) -> list[dict[str, Any]]:
    asked = []
    for _ in range(COUNT):
        low = rng.choice([0.0, 1.0, round(rng.uniform(0, 3), 1), rng.uniform(0, 3)])
        product = [low, low + rng.choice([0.0, 1.0, rng.uniform(0, 3)])]
        dear = rng.choice([1.0, round(rng.uniform(0.1, 4), 1), rng.uniform(0.1, 4)])
        game = {
            "product": product,
            "cost": [dear, dear * rng.choice([1, 0.5, rng.uniform(0.1, 1)])],
            "shareLow": share(rng),
        }
        ends = [end for kind in EQUILIBRIA for end in spence(game).threshold_range(kind)]
        asked.append({"game": game, "threshold": at_or_beside(rng, ends, 6)})
    return asked


def interview_games(rng: random.Random) -> list[dict[str, Any]]:
    asked = []
    for _ in range(COUNT):
        genuine = rng.choice([1.0, rng.uniform(0.1, 4)])
        game = {
            "value": rng.choice([0.0, 10.0, rng.uniform(0, 12)]),
            "openness": share(rng),
            "costGenuine": genuine,
            "costOther": genuine * rng.choice([1, 4, 1.1, rng.uniform(1, 8)]),
            "prior": share(rng),
        }
        ends = [interview(game).everybody_up_to(), *interview(game).separating_window()]
        asked.append({"game": game, "effort": at_or_beside(rng, ends, 12)})
    return asked


def cues(rng: random.Random) -> list[dict[str, Any]]:
    asked = []
    for _ in range(COUNT):
        hits = sorted([share(rng), share(rng)])
        rates = {"hitOther": hits[0], "hitGenuine": hits[1], "baseRate": share(rng)}
        asked.append(
            {
                "prior": share(rng),
                "seen": {"good": rng.randint(0, 10), "bad": rng.randint(0, 10)},
                "rates": rates | {"authenticity": share(rng), "openness": share(rng)},
            }
        )
    return asked


def talks(rng: random.Random) -> list[list[float]]:
    return [
        [share(rng), share(rng), rng.choice([0.0, 1.0, rng.uniform(0, 4)]), rng.uniform(0, 3)] for _ in range(COUNT)
    ]


def spence(game: dict[str, Any]) -> SpenceGame:
    return SpenceGame(game["product"], game["cost"], game["shareLow"])


def interview(game: dict[str, Any]) -> InterviewGame:
    return InterviewGame(game["value"], game["openness"], game["costGenuine"], game["costOther"], game["prior"])


@pytest.fixture(scope="module")
def asked() -> dict[str, Any]:
    rng = random.Random(20261124)
    return {
        "spence": spence_games(rng),
        "interview": interview_games(rng),
        "cues": cues(rng),
        "learning": talks(rng),
    }


@pytest.fixture(scope="module")
def theirs(asked: dict[str, Any]) -> Any:
    return node("signaling.mjs", asked)


def same_regime(ours: Any, theirs: Any) -> bool:
    numbers = [theirs["trust"], theirs["shareGenuine"], theirs["shareOther"]]
    return ours.name == theirs["name"] and all_near(ours[1:], numbers)


def test_spence_s_game_has_the_same_equilibria_wages_and_payoffs(asked: dict[str, Any], theirs: Any) -> None:
    wrong = []
    for given, answer in zip(asked["spence"], theirs["spence"], strict=True):
        game, threshold = spence(given["game"]), given["threshold"]
        found = game.equilibria(threshold)
        right = answer["equilibria"] == list(found)
        for kind, ends, wages, choices in zip(
            EQUILIBRIA, answer["ranges"], answer["wages"], answer["choices"], strict=True
        ):
            right &= all_near(game.threshold_range(kind), ends) and all_near(game.wages(kind), wages)
            if kind in found:
                payoffs = game.payoffs(kind, threshold)
                right &= all_near(payoffs, [choices[0]["nets"], choices[1]["nets"], answer["noSignal"]])
        if not right:
            wrong.append((given, answer))
    assert wrong[:3] == []


def test_who_gains_by_leaving_is_said_exactly_where_an_equilibrium_is_denied(
    asked: dict[str, Any], theirs: Any
) -> None:
    expected = {"separating": [False, True], "nobody_invests": [False, False], "everybody_invests": [True, True]}
    wrong = [
        (given, kind, choices)
        for given, answer in zip(asked["spence"], theirs["spence"], strict=True)
        for kind, choices in zip(EQUILIBRIA, answer["choices"], strict=True)
        # Without any prize a tie decides everything, and shares of nothing cannot be compared.
        if given["game"]["product"][0] < given["game"]["product"][1] and 0 < given["game"]["shareLow"] < 1
        if ([each["invests"] for each in choices] == expected[kind]) != (kind in answer["equilibria"])
    ]
    assert wrong[:3] == []


def test_where_no_equilibrium_exists_the_same_part_of_the_low_group_invests(asked: dict[str, Any], theirs: Any) -> None:
    compared = 0
    for given, answer in zip(asked["spence"], theirs["spence"], strict=True):
        if answer["equilibria"]:
            continue
        low, high = given["game"]["product"]
        dear, cheap = given["game"]["cost"]
        game = InterviewGame(high - low, 1, cheap, dear, 1 - given["game"]["shareLow"])
        assert same_regime(game.regime(given["threshold"]), answer["someInvest"]), given
        assert answer["someInvest"]["name"] == "some_others", given
        compared += 1
    assert compared > COUNT / 50


def test_the_interview_has_the_same_regimes_trust_and_window(asked: dict[str, Any], theirs: Any) -> None:
    wrong = []
    for given, answer in zip(asked["interview"], theirs["interview"], strict=True):
        game = interview(given["game"])
        breaks = [game.everybody_up_to(), *game.separating_window()]
        right = same_regime(game.regime(given["effort"]), answer["regime"])
        if not (right and all_near(breaks, answer["breaks"]) and all_near(breaks[1:], answer["window"])):
            wrong.append((given, answer))
    assert wrong[:3] == []


def test_trust_moves_alike_cue_by_cue(asked: dict[str, Any], theirs: Any) -> None:
    wrong = []
    for given, answer in zip(asked["cues"], theirs["cues"], strict=True):
        rates, seen = given["rates"], given["seen"]
        trust = trust_after(
            given["prior"],
            [1] * seen["good"] + [0] * seen["bad"],
            hit_genuine=rates["hitGenuine"],
            hit_other=rates["hitOther"],
            base_rate=rates["baseRate"],
            authenticity=rates["authenticity"],
            openness=rates["openness"],
        )
        if not near(trust, answer):
            wrong.append((given, trust, answer))
    assert wrong[:3] == []


def test_the_rates_that_go_without_saying_are_the_same(theirs: Any) -> None:
    defaults = inspect.signature(trust_after).parameters
    ours = {
        "hitGenuine": defaults["hit_genuine"].default,
        "hitOther": defaults["hit_other"].default,
        "baseRate": defaults["base_rate"].default,
    }
    assert theirs["defaults"] == ours


def test_as_many_conversations_are_needed(asked: dict[str, Any], theirs: Any) -> None:
    pairs = zip(asked["learning"], theirs["learning"], strict=True)
    wrong = [(given, answer) for given, answer in pairs if not near(conversations_needed(*given), answer)]
    assert wrong[:3] == []


def test_the_games_reach_every_case(theirs: Any) -> None:
    regimes = Counter(answer["regime"]["name"] for answer in theirs["interview"])
    sets = Counter(tuple(answer["equilibria"]) for answer in theirs["spence"])
    assert set(regimes) == {"everybody", "some_others", "only_genuine", "nobody"}
    assert min(regimes.values()) > COUNT / 50
    assert {kind for each in sets for kind in each} == set(EQUILIBRIA)
    assert sets[()] > COUNT / 50
    answers = [*theirs["cues"], *theirs["learning"]]
    assert "NaN" in answers
    assert "Infinity" in answers
