"""Grading in Python and TypeScript: one table that both meet, and agreement on thousands of generated cases."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest

from iiv_course import exploring
from iiv_course.grading import Result, fold, grade, percent
from iiv_course.items import ITEM, Bank, Explore, Item, Order, plain
from iiv_course.page.spec import item_spec
from iiv_course.signaling import EQUILIBRIA, REGIMES
from tests.parity.node import node

TABLE = json.loads((Path(__file__).parents[1] / "cases" / "grading.json").read_text("utf-8"), parse_float=Decimal)
COMMON = {"title": "T", "objective": "o", "prompt": "P"}
UNGRADED = {"scale", "reflection"}
BANK = Bank.model_validate(
    {
        "bank": "b",
        "title": "B",
        "objectives": {"o": "O"},
        "items": [{"id": "i", "type": "reflection", "model": "M", **COMMON}],
    }
)


def item(name: str, fields: dict[str, Any]) -> Item:
    explained = {} if fields["type"] in UNGRADED else {"explanation": "E"}
    return ITEM.validate_python({"id": name, **COMMON, **explained, **fields})


ITEMS = {name: item(name, fields) for name, fields in TABLE["items"].items()}


def as_json(result: Result) -> dict[str, Any]:
    score = None if result.score is None else str(result.score)
    return {"verdict": result.verdict, "score": score, "notes": list(result.notes)}


def in_typescript(items: dict[str, Item], grades: list[tuple[str, Any]], folds: list[str], percents: list[str]) -> Any:
    asked = {
        "items": {
            name: item_spec(BANK, each, {}).model_dump(mode="json", exclude_none=True) for name, each in items.items()
        },
        "grades": grades,
        "folds": folds,
        "percents": percents,
    }
    return node("grade.mjs", asked)


@pytest.mark.parametrize(("name", "response", "verdict", "score", "notes"), TABLE["cases"])
def test_python_meets_the_table(name: str, response: Any, verdict: str, score: str | None, notes: list[str]) -> None:
    assert as_json(grade(ITEMS[name], response)) == {"verdict": verdict, "score": score, "notes": notes}


@pytest.mark.parametrize(("score", "whole"), TABLE["percents"])
def test_python_rounds_as_the_table_says(score: str, whole: int) -> None:
    assert percent(Fraction(score)) == whole


def test_typescript_meets_the_table() -> None:
    answers = in_typescript(
        ITEMS,
        [(name, response) for name, response, *_ in TABLE["cases"]],
        [],
        [score for score, _ in TABLE["percents"]],
    )
    expected = [{"verdict": v, "score": s, "notes": n} for _, _, v, s, n in TABLE["cases"]]
    wrong = [
        (case, got) for case, got, want in zip(TABLE["cases"], answers["grades"], expected, strict=True) if got != want
    ]
    assert wrong == []
    assert answers["percents"] == [whole for _, whole in TABLE["percents"]]


def test_both_agree_on_thousands_of_generated_items_and_responses() -> None:
    rng = random.Random(20261124)
    items = {f"g{n}": item(f"g{n}", _fields(rng)) for n in range(1500)}
    items |= {f"e{n}": item(f"e{n}", _exploration(rng)) for n in range(600)}
    grades = [(name, _response(rng, each)) for name, each in items.items() for _ in range(6)]
    folds = [_words(rng) for _ in range(4000)]
    answers = in_typescript(items, grades, folds, [])
    ours = [as_json(grade(items[name], response)) for name, response in grades]
    wrong = [
        (items[name], response, mine, theirs)
        for (name, response), mine, theirs in zip(grades, ours, answers["grades"], strict=True)
        if mine != theirs
    ]
    assert wrong[:3] == []
    assert [
        (text, fold(text), theirs) for text, theirs in zip(folds, answers["folds"], strict=True) if fold(text) != theirs
    ][:3] == []
    # Agreement on nothing but refusals would prove little.
    verdicts = {mine["verdict"] for mine in ours}
    assert verdicts == {"right", "partly", "wrong", "near", "missing", "unreadable", "done"}
    assert sum(mine["score"] is not None for mine in ours) > len(ours) / 2
    positions = Counter(mine["score"] for (name, _), mine in zip(grades, ours, strict=True) if name.startswith("e"))
    assert min(positions["0"], positions["1"]) > 500


def test_both_know_the_same_labs() -> None:
    theirs = node("grade.mjs", {"items": {}, "grades": [], "folds": [], "percents": []})
    settings = {
        lab: {name: slide for name, slide in each.items() if isinstance(slide, exploring.Slide)}
        for lab, each in exploring.SETTINGS.items()
    }
    assert theirs["slides"] == {
        lab: {
            name: {"label": slide.label, "min": float(slide.low), "max": float(slide.high), "step": ANY}
            for name, slide in slides.items()
        }
        for lab, slides in settings.items()
    }
    for lab, each in exploring.SETTINGS.items():
        task = exploring.Task(lab, (), (), ())
        ours = {
            name: value if isinstance(value, str) else float(value) for name, value in exploring.start(task).items()
        }
        # Two badges with two standards are nothing to explore.
        assert ours == {name: theirs["starts"][lab][name] for name in each}
        assert theirs["starts"][lab].keys() - ours.keys() <= {"badges", "thresholdB", "beliefB"}
    beliefs = exploring.SETTINGS["spence"]["belief"]
    assert isinstance(beliefs, exploring.Words)
    assert list(beliefs.words) == theirs["beliefs"] == list(EQUILIBRIA)
    assert exploring.QUANTITIES["effort"]["regime"] == REGIMES


def test_every_quantity_of_a_lab_is_computed_and_no_other() -> None:
    for lab, known in exploring.QUANTITIES.items():
        assert exploring.quantities(exploring.Task(lab, (), (), ()), {}).keys() == known.keys()


ALPHABET = [
    *list("abcxyzABCXYZ0123456789 ._-+,'’“ßẞİıÅÄÖÉñŁŐŠžΑΩςДЯЁҐאبの漢"),
    "é",
    "Å",
    "\xa0",
    "\x85",
    "\u2009",
    "\u200b",
    "\ufeff",
    "\u2028",
    "👩\u200d🚀",
    "🇺🇸",
    "𝔸",
    "ﬁ",
    "Ǆ",
    "ế",
    "Ắ",
    "�",
    "\x00",
    "\t",
    "\n",
]


def _words(rng: random.Random) -> str:
    return "".join(rng.choice(ALPHABET) for _ in range(rng.randint(0, 14)))


def _answer(rng: random.Random) -> str:
    while True:
        text = _words(rng).replace("\ud83d", "").strip()
        if text:
            return text


def _decimal(rng: random.Random) -> Decimal:
    return Decimal(rng.randint(-(10**6), 10**6)).scaleb(-rng.randint(0, 6))


def _tolerance(rng: random.Random) -> str:
    return rng.choice(["0", "0.5", "0.05", "3", "1%", "10%", "2.5%", f"{rng.randint(0, 999)}.{rng.randint(0, 999)}"])


def _fields(rng: random.Random) -> dict[str, Any]:
    ids = [f"p{n}" for n in range(rng.randint(3, 7))]
    ways = {"right": "R", "partly": "P", "wrong": "W"}
    short = {"right": "R", "wrong": "W"}
    kind = rng.choice(["choice", "multiple", "numeric", "text", "order", "match", "scale", "reflection"])
    match kind:
        case "choice":
            key = rng.choice(ids)
            options = [{"id": id, "text": "T", "correct": id == key, "feedback": "F"} for id in ids]
            return {"type": kind, "options": options}
        case "multiple":
            keys = rng.sample(ids, rng.randint(1, len(ids)))
            options = [{"id": id, "text": "T", "correct": id in keys, "feedback": "F"} for id in ids]
            return {
                "type": kind,
                "options": options,
                "feedback": {"right": "R", "wrong": "W", "missed": "M", "both": "B"},
            }
        case "numeric":
            mistakes = [
                {"value": _decimal(rng), "tolerance": _tolerance(rng), "feedback": "F"}
                for _ in range(rng.randint(0, 2))
            ]
            return {
                "type": kind,
                "answer": _decimal(rng),
                "tolerance": _tolerance(rng),
                "mistakes": mistakes,
                "feedback": short,
            }
        case "text":
            mistakes = [{"accepted": [_answer(rng)], "feedback": "F"}]
            accepted = [_answer(rng) for _ in range(rng.randint(1, 3))]
            return {
                "type": kind,
                "accepted": accepted,
                "near": rng.randint(0, 3),
                "mistakes": mistakes,
                "feedback": short,
            }
        case "order":
            return {"type": kind, "entries": [{"id": id, "text": "T"} for id in ids], "feedback": ways}
        case "match":
            categories = ["c0", "c1", "c2"]
            entries = [{"id": id, "text": "T", "category": rng.choice(categories), "feedback": "F"} for id in ids]
            return {
                "type": kind,
                "categories": [{"id": c, "text": "C"} for c in categories],
                "entries": entries,
                "feedback": ways,
            }
        case "scale":
            return {"type": kind, "levels": [{"id": id, "text": "T"} for id in ids]}
        case _:
            return {"type": kind, "model": "M"}


def _exploration(rng: random.Random) -> dict[str, Any]:
    """A goal that some position reaches, often just so."""
    lab = rng.choice(list(exploring.SETTINGS))
    settings = exploring.SETTINGS[lab]
    slides = {name: each for name, each in settings.items() if isinstance(each, exploring.Slide)}
    given: dict[str, Any] = {name: _place(rng, slide.low, slide.high) for name, slide in slides.items()}
    given |= {"belief": rng.choice(EQUILIBRIA)} if lab == "spence" else {}
    given |= {"cues": "".join(rng.choices("01", k=rng.randint(0, 4)))} if lab == "cues" else {}
    controls: list[dict[str, Any]] = []
    for name in rng.sample(list(slides), rng.randint(1, 3)):
        low, step = slides[name].low, Decimal(rng.choice(["0.05", "0.1", "0.025", "0.0375"]))
        count = rng.randint(1, min(20, int((slides[name].high - low) / step)))
        controls.append({"id": name, "min": low, "max": low + count * step, "step": step})
        given[name] = low + rng.randint(0, count) * step
    explore: dict[str, Any] = {
        "type": "explore",
        "lab": lab,
        "given": given,
        "controls": controls,
        "predict": {"prompt": "P", "options": [{"id": id, "text": "T", "feedback": "F"} for id in ("p0", "p1")]},
        "feedback": {"right": "R", "wrong": "W"},
    }
    explore["predict"]["options"][0]["correct"] = True
    probe = item("e", explore | {"goal": [{"quantity": "none", "is": "none"}]})
    assert isinstance(probe, Explore)
    there = {each["id"]: float(each["min"] + rng.randint(0, 1) * each["step"]) for each in controls}
    found = {name: value.item() for name, value in exploring.quantities(probe.task, there).items()}
    reachable = [name for name, value in found.items() if isinstance(value, str) or math.isfinite(value)]
    return explore | {"goal": [_goal(rng, name, found[name]) for name in rng.sample(reachable, rng.randint(1, 2))]}


def _goal(rng: random.Random, quantity: str, value: str | float) -> dict[str, Any]:
    if isinstance(value, str):
        return {"quantity": quantity, "is": value}
    return {"quantity": quantity, rng.choice(["is", "at_least", "at_most"]): Decimal(repr(value))}


def _place(rng: random.Random, low: Decimal, high: Decimal) -> Decimal:
    return low + (high - low) * Decimal(rng.randint(0, 20)) / 20


def _response(rng: random.Random, each: Item) -> Any:
    if rng.random() < 0.06:
        return rng.choice([None, "", [], {}, 0, True, "p9", ["p0", "p0"], {"p0": "c9"}, {"p0": None}, [None], " "])
    match each.type:
        case "choice" | "scale":
            return f"p{rng.randint(0, 6)}"
        case "multiple":
            ids = [option.id for option in each.options]
            return rng.sample(ids, rng.randint(0, len(ids)))
        case "numeric":
            near = [
                each.answer,
                each.answer + Decimal("0.5"),
                each.answer * Decimal("1.01"),
                each.answer * Decimal("0.9"),
                _decimal(rng),
            ]
            number = format(rng.choice([*near, *(mistake.value for mistake in each.mistakes)]), "f")
            return rng.choice(
                [number, number.replace(".", ","), f" +{number}" if number[0] != "-" else number, _words(rng)]
            )
        case "text":
            said = rng.choice([*each.accepted, *each.mistakes[0].accepted])
            at = rng.randint(0, len(said))
            return rng.choice(
                [
                    said,
                    said.upper(),
                    said.lower(),
                    said[:at] + rng.choice(ALPHABET) + said[at:],
                    said[:at] + said[at + 1 :],
                ]
            )
        case "order":
            assert isinstance(each, Order)
            ids = [entry.id for entry in each.entries]
            if rng.random() < 0.3:
                return ids
            return rng.sample(ids, len(ids))
        case "explore":
            places = {
                control.id: control.min + control.step * rng.randint(0, int((control.max - control.min) / control.step))
                for control in each.controls
            }
            beside = rng.choice(each.controls)
            if rng.random() < 0.05:
                places[beside.id] += rng.choice([beside.step / 2, Decimal(20), -beside.step])
            return {
                "prediction": rng.choice(["p0", "p1"]),
                "position": {name: plain(at) for name, at in places.items()},
            }
        case "match":
            return {
                entry.id: rng.choice([entry.category, "c0", "c1", "c2", *([""] if rng.random() < 0.1 else [])])
                for entry in each.entries
            }
        case _:
            return _words(rng)
