"""Grades a response to an item; exact, pure, and the same to the letter as `frontend/src/grading.ts`."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Literal

from iiv_course import exploring
from iiv_course.items import (
    DIGITS_LIMIT,
    NUMBER,
    TEXT_LIMIT,
    Choice,
    Conversation,
    Draft,
    Explore,
    Item,
    Match,
    Multiple,
    Numeric,
    Order,
    Reflection,
    Scale,
    Table,
    Text,
)

Verdict = Literal["right", "partly", "wrong", "near", "missing", "unreadable", "done"]
"""`near`, `missing` and `unreadable` are no attempts: they cost no try. `done` has no score."""


@dataclass(frozen=True, slots=True)
class Result:
    """What grading says: the verdict, the exact score (None where there is none) and which feedback to show.

    `notes` are names of feedback texts: `option/ID`, `entry/ID`, `level/ID`, `mistake/N`, or one of
    `right, partly, wrong, missed, both, model`.
    """

    verdict: Verdict
    score: Fraction | None = None
    notes: tuple[str, ...] = ()


MISSING = Result("missing")
UNREADABLE = Result("unreadable")


def grade(item: Item, response: object) -> Result:
    """Grade one response, as JSON would carry it; anything that is no response to this item is `unreadable`.

    >>> from iiv_course.items import ITEM
    >>> item = ITEM.validate_python({"id": "a", "type": "numeric", "title": "T", "objective": "o", "prompt": "P",
    ...     "explanation": "E", "answer": 12, "tolerance": "5%", "feedback": {"right": "R", "wrong": "W"}})
    >>> grade(item, "12,5")
    Result(verdict='right', score=Fraction(1, 1), notes=('right',))
    """
    match item:
        case Choice():
            return _choice(item, response)
        case Multiple():
            return _multiple(item, response)
        case Numeric():
            return _numeric(item, response)
        case Text():
            return _text(item, response)
        case Order():
            return _order(item, response)
        case Match():
            return _match(item, response)
        case Scale():
            return _scale(item, response)
        case Reflection() | Draft():
            return _written(response)
        case Table() | Conversation():
            return Result("done") if isinstance(response, list) and response else MISSING
        case Explore():
            return _explore(item, response)


def percent(score: Fraction) -> int:
    """A score as whole percent, halves rounded up.

    >>> percent(Fraction(1, 200))
    1
    """
    return (score * 200 + 1) // 2


def fold(text: str) -> str:
    """Fold a typed answer: NFC, case and look-alikes by a written table, white space collapsed.

    >>> fold("  Straße\\u00a0Ä ")
    'strasse ä'
    """
    folded = unicodedata.normalize("NFC", text).translate(_folding())
    return " ".join(part for part in folded.split(" ") if part)


def number(text: str) -> Fraction | None:
    """The number that a learner typed, exactly, or None; a comma is a decimal comma.

    >>> number(" -0,5 "), number("1_000"), number("nan")
    (Fraction(-1, 2), None, None)
    """
    text = text.translate(_spaces()).strip(" ")
    if len(text) > DIGITS_LIMIT or not NUMBER.fullmatch(text):
        return None
    return Fraction(text.replace(",", "."))


def distance(left: str, right: str) -> int:
    """Levenshtein distance in code points.

    >>> distance("part vii", "part vi")
    1
    """
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b)))
        previous = current
    return previous[-1]


def _choice(item: Choice, response: object) -> Result:
    if response in (None, ""):
        return MISSING
    for option in item.options:
        if option.id == response:
            score = Fraction(option.correct)
            return Result("right" if score else "wrong", score, (f"option/{option.id}",))
    return UNREADABLE


def _multiple(item: Multiple, response: object) -> Result:
    if response is None or response == []:
        return MISSING
    chosen = _strings(response)
    if chosen is None or not set(chosen) <= {option.id for option in item.options}:
        return UNREADABLE
    keys = {option.id for option in item.options if option.correct}
    right, wrong, missed = len(keys & set(chosen)), len(set(chosen) - keys), len(keys - set(chosen))
    score = max(Fraction(0), Fraction(right - wrong, len(keys)))
    way = "both" if wrong and missed else "wrong" if wrong else "missed" if missed else "right"
    notes = tuple(f"option/{option.id}" for option in item.options if option.id in chosen)
    return Result(_verdict(score), score, (way, *notes))


def _numeric(item: Numeric, response: object) -> Result:
    if _blank(response):
        return MISSING
    value = number(response) if isinstance(response, str) else None
    if value is None:
        return UNREADABLE
    if _within(value, Fraction(item.answer), item.tolerance):
        return Result("right", Fraction(1), ("right",))
    for i, mistake in enumerate(item.mistakes):
        if _within(value, Fraction(mistake.value), mistake.tolerance):
            return Result("wrong", Fraction(0), (f"mistake/{i}",))
    return Result("wrong", Fraction(0), ("wrong",))


def _text(item: Text, response: object) -> Result:
    if _blank(response):
        return MISSING
    if not isinstance(response, str) or len(response) > TEXT_LIMIT:
        return UNREADABLE
    said = fold(response)
    accepted = [fold(answer) for answer in item.accepted]
    if said in accepted:
        return Result("right", Fraction(1), ("right",))
    for i, mistake in enumerate(item.mistakes):
        if said in [fold(answer) for answer in mistake.accepted]:
            return Result("wrong", Fraction(0), (f"mistake/{i}",))
    # The lengths alone rule out most answers; only what is left is worth the quadratic comparison.
    if any(abs(len(said) - len(answer)) <= item.near and distance(said, answer) <= item.near for answer in accepted):
        return Result("near")
    return Result("wrong", Fraction(0), ("wrong",))


def _order(item: Order, response: object) -> Result:
    if response is None or response == []:
        return MISSING
    given = _strings(response)
    right = [entry.id for entry in item.entries]
    if given is None or sorted(given) != sorted(right):
        return UNREADABLE
    place = {entry: i for i, entry in enumerate(given)}
    pairs = list(combinations(right, 2))
    concordant = sum(place[a] < place[b] for a, b in pairs)
    score = max(Fraction(0), Fraction(2 * concordant, len(pairs)) - 1)
    return Result(_verdict(score), score, (_verdict(score),))


def _match(item: Match, response: object) -> Result:
    if response is None:
        return MISSING
    if not isinstance(response, dict):
        return UNREADABLE
    entries = {entry.id: entry.category for entry in item.entries}
    categories = {category.id for category in item.categories}
    given = {entry: category for entry, category in response.items() if category not in (None, "")}
    if not set(given) <= set(entries) or not all(isinstance(c, str) and c in categories for c in given.values()):
        return UNREADABLE
    if len(given) < len(entries):
        return MISSING
    right = [entry for entry in entries if given[entry] == entries[entry]]
    score = Fraction(len(right), len(entries))
    return Result(_verdict(score), score, (_verdict(score), *(f"entry/{entry}" for entry in right)))


def _scale(item: Scale, response: object) -> Result:
    if response in (None, ""):
        return MISSING
    for level in item.levels:
        if level.id == response:
            return Result("done", None, (f"level/{level.id}",))
    return UNREADABLE


def _written(response: object) -> Result:
    if _blank(response):
        return MISSING
    if not isinstance(response, str) or len(response) > TEXT_LIMIT:
        return UNREADABLE
    return Result("done", None, ("model",))


def _explore(item: Explore, response: object) -> Result:
    """The position alone is graded; the prediction is only told right or wrong, by its note."""
    if response is None:
        return MISSING
    if not isinstance(response, dict) or not response.keys() <= {"prediction", "position"}:
        return UNREADABLE
    predicted = response.get("prediction")
    if predicted in (None, ""):
        return MISSING
    position = exploring.places(item.task, response.get("position"))
    if position is None or not any(option.id == predicted for option in item.predict.options):
        return UNREADABLE
    score = Fraction(exploring.reached(item.task, position))
    verdict = _verdict(score)
    return Result(verdict, score, (verdict, f"option/{predicted}"))


def _verdict(score: Fraction) -> Literal["right", "partly", "wrong"]:
    return "right" if score == 1 else "partly" if score else "wrong"


def _within(value: Fraction, answer: Fraction, tolerance: str) -> bool:
    if tolerance.endswith("%"):
        return abs(value - answer) <= abs(answer) * Fraction(tolerance[:-1]) / 100
    return abs(value - answer) <= Fraction(tolerance)


def _blank(response: object) -> bool:
    return response is None or (isinstance(response, str) and not response.translate(_spaces()).strip(" "))


def _strings(response: object) -> list[str] | None:
    if isinstance(response, list) and all(isinstance(part, str) for part in response):
        return response if len(set(response)) == len(response) else None
    return None


@cache
def _table() -> dict[str, object]:
    table: dict[str, object] = json.loads(files("iiv_course").joinpath("folding.json").read_text("utf-8"))
    return table


@cache
def _spaces() -> dict[int, str]:
    spaces = _table()["spaces"]
    assert isinstance(spaces, Iterable)
    return dict.fromkeys(spaces, " ")


@cache
def _folding() -> dict[int, str]:
    letters, lower = _table()["letters"], _table()["lower"]
    assert isinstance(letters, dict)
    assert isinstance(lower, list)
    folding = dict(_spaces())
    for first, last, step, offset in lower:
        folding |= {code: chr(code + offset) for code in range(first, last + 1, step)}
    return folding | {ord(letter): plain for letter, plain in letters.items()}
