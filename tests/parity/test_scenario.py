"""Conversations in Python and TypeScript: one table of rules, every path of every conversation, thousands of others."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest

from iiv_course.scenario import (
    END,
    METERS,
    WORDS,
    Beliefs,
    Breach,
    Change,
    Choice,
    Condition,
    Conversation,
    Ending,
    Person,
    Scene,
    Skill,
    Transcript,
    as_json,
    load,
    names,
    play,
    walk,
    word,
)
from iiv_course.scenario._conversation import BreachKind
from tests.parity.node import node

TABLE = json.loads((Path(__file__).parents[1] / "cases" / "scenarios" / "rules.json").read_text("utf-8"))
CASES: list[dict[str, Any]] = TABLE["cases"]
COUNT = 2_000
CULTURES = (0.2, 0.9)
TOLERANCE = 1e-9


def conversation(case: dict[str, Any]) -> Conversation:
    """The conversation of a case of the table."""
    given = {name: case[name] for name in ("openness", "prior", "authenticity") if name in case}
    endings = case.get("endings", [{"id": "any"}])
    return made(
        scenes=tuple(
            Scene(name, "S", tuple(choice(each, fields) for each, fields in choices.items()))
            for name, choices in case["scenes"].items()
        ),
        endings=tuple(
            Ending(each["id"], "E", "D", tuple(Condition(**when) for when in each.get("when", []))) for each in endings
        ),
        start=Beliefs(**case["start"]) if "start" in case else None,
        **given,
    )


def choice(name: str, fields: dict[str, Any]) -> Choice:
    made_of = {"breach": Breach, "set": Change}
    values = {field: made_of[field](**value) if field in made_of else value for field, value in fields.items()}
    return Choice(**{"id": name, "text": "T", "thought": "Th", "next": END, "skill": "s", **values})


def made(**fields: Any) -> Conversation:
    prose = {"title": "T", "culture": "C", "setting": "S", "takeaway": "A"}
    who, skills = Person("N", "R", "O"), (Skill("s", "S", "l"),)
    return Conversation(**{"id": "c", "who": who, "minutes": 1, "openness": 1.0, "skills": skills, **prose, **fields})


def plain(transcript: Transcript) -> dict[str, Any]:
    """A transcript as TypeScript has it, with what is not there as null."""
    empty = {"scene": transcript.scene, "ending": transcript.ending}
    return {**as_json(transcript), **empty}


def ours(given: Conversation, choices: Any, replay: dict[str, Any]) -> dict[str, Any] | str:
    """What Python makes of choices: a transcript, or the word that they were refused."""
    earlier = replay.get("earlier")
    try:
        done = play(given, choices, openness=replay.get("openness"), earlier=Beliefs(**earlier) if earlier else None)
    except ValueError:
        return "RangeError"
    return plain(done)


def near(mine: Any, theirs: Any) -> bool:
    """Equal, numbers within the tolerance."""
    match mine, theirs:
        case {}, {}:
            return mine.keys() == theirs.keys() and all(near(mine[name], theirs[name]) for name in mine)
        case [*_], [*_]:
            return len(mine) == len(theirs) and all(map(near, mine, theirs))
        case float(), int() | float():
            return abs(mine - theirs) <= TOLERANCE
    return bool(mine == theirs)


def in_typescript(
    conversations: Sequence[Conversation],
    plays: Sequence[tuple[int, Any, dict[str, Any]]] = (),
    walks: Sequence[tuple[int, list[dict[str, Any]]]] = (),
    words: Sequence[float] = (),
) -> Any:
    return node(
        "scenario.mjs",
        {"conversations": [as_json(each) for each in conversations], "plays": plays, "walks": walks, "words": words},
    )


def replay(case: dict[str, Any]) -> dict[str, Any]:
    found = {"openness": case.get("replay"), "earlier": case.get("earlier")}
    return {name: value for name, value in found.items() if value is not None}


def differs(case: dict[str, Any], got: Any) -> list[str]:
    """What of a case's expectations a transcript does not meet."""
    if case.get("refused"):
        return [] if got == "RangeError" else ["refused"]
    if isinstance(got, str):
        return [got]
    wrong: list[str] = [
        meter
        for meter in METERS
        if meter in case and abs(got["meters"][meter] - float(Fraction(case[meter]))) > TOLERANCE
    ]
    exact = ("scene", "ending", "came_out", "hidden", "missed", "promised")
    wrong += [name for name in exact if name in case and got[name] != case[name]]
    if "weights" in case and not near(
        [float(each) for each in case["weights"]], [step["weight"] for step in got["steps"]]
    ):
        wrong.append("weights")
    return wrong


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_python_meets_the_table(case: dict[str, Any]) -> None:
    assert differs(case, ours(conversation(case), case["choices"], replay(case))) == []


def test_typescript_meets_the_table() -> None:
    plays = [(i, case["choices"], replay(case)) for i, case in enumerate(CASES)]
    words = [value for value, _ in TABLE["words"]]
    theirs = in_typescript([conversation(case) for case in CASES], plays, words=words)
    pairs = zip(CASES, theirs["plays"], strict=True)
    assert [(case["rule"], wrong) for case, got in pairs if (wrong := differs(case, got))] == []
    assert theirs["words"] == [expected for _, expected in TABLE["words"]]
    assert theirs["all"] == {"words": [list(each) for each in WORDS], "end": END}


@pytest.mark.parametrize(("value", "expected"), TABLE["words"])
def test_python_has_the_same_words(value: float, expected: str) -> None:
    assert word(value) == expected


def test_the_table_has_a_case_for_every_field() -> None:
    given = {
        field for case in CASES for scene in case["scenes"].values() for fields in scene.values() for field in fields
    }
    assert given == set(Choice._fields) - {"id", "text", "thought", "reply", "skill"}


@pytest.mark.parametrize("name", names())
def test_every_path_of_every_conversation_is_the_same_in_each_culture(name: str) -> None:
    given = load(name)
    replays: list[dict[str, Any]] = [{}, *({"openness": openness} for openness in CULTURES)]
    [theirs] = in_typescript([given], walks=[(0, replays)])["walks"]
    walked = [way.path for way in walk(given)]
    assert len(theirs) == len(walked)
    wrong = [
        (path, other)
        for path, others in zip(walked, theirs, strict=True)
        for each, other in zip(replays, others, strict=True)
        if not near(ours(given, path, each), other)
    ]
    assert wrong[:3] == []


def test_both_agree_on_thousands_of_generated_conversations_and_choices() -> None:
    rng = random.Random(20261127)
    given = [_conversation(rng) for _ in range(COUNT)]
    plays = [(i, _choices(rng, each), _replay(rng)) for i, each in enumerate(given) for _ in range(5)]
    theirs = in_typescript(given, plays)["plays"]
    mine = [ours(given[i], choices, replay) for i, choices, replay in plays]
    wrong = [(plays[n], a, b) for n, (a, b) in enumerate(zip(mine, theirs, strict=True)) if not near(a, b)]
    assert wrong[:3] == []
    # Agreement on nothing but refusals would prove little.
    kinds = Counter(
        "refused"
        if isinstance(each, str)
        else "under way"
        if each["scene"]
        else "ended"
        if each["ending"]
        else "nowhere"
        for each in mine
    )
    assert min(kinds[kind] for kind in ("refused", "under way", "ended", "nowhere")) > COUNT / 10
    done = [each for each in mine if not isinstance(each, str)]
    for name in ("came_out", "hidden", "missed", "promised"):
        assert sum(bool(each[name]) for each in done) > COUNT / 20, name


def _conversation(rng: random.Random) -> Conversation:
    """Any conversation that goes forward, sensible or not."""
    scenes = [f"s{n}" for n in range(rng.randint(1, 6))]
    numbers = iter(range(100))
    return made(
        openness=rng.choice([1.0, 0.8, 0.01, rng.uniform(0.01, 1)]),
        prior=rng.choice([0.3, 0.15, rng.uniform(0.01, 0.99)]),
        authenticity=rng.choice([1.0, 1.0, 0.0, rng.random()]),
        start=Beliefs(rng.uniform(0.01, 0.99), rng.uniform(0.01, 0.99)) if rng.random() < 0.2 else None,
        scenes=tuple(
            Scene(
                name, "S", tuple(_choice(rng, f"c{next(numbers)}", scenes[n + 1 :]) for _ in range(rng.randint(2, 4)))
            )
            for n, name in enumerate(scenes)
        ),
        endings=tuple(Ending(f"e{n}", "E", "D", _conditions(rng)) for n in range(rng.randint(1, 4))),
    )


def _choice(rng: random.Random, name: str, later: list[str]) -> Choice:
    def sometimes(share: float, value: Any) -> Any:
        return value if rng.random() < share else None

    learn = rng.randint(-2, 2)
    return Choice(
        id=name,
        text="T",
        thought="Th",
        next=rng.choice([*later, *later, END]),
        skill="s",
        trust=rng.randint(-2, 2),
        fit=rng.randint(-2, 2),
        learn=learn,
        missed="M" if learn < 0 else None,
        breach=sometimes(0.3, Breach(rng.choice(get_args(BreachKind)), sometimes(0.7, rng.choice([*later, END])))),
        promise=sometimes(0.2, "P"),
        openness=sometimes(0.2, rng.choice([0.0, 1.0, rng.random()])),
        authenticity=sometimes(0.2, rng.choice([0.0, 1.0, rng.random()])),
        set=sometimes(0.2, Change(sometimes(0.6, rng.uniform(0.01, 1)), sometimes(0.6, rng.random()))),
        carry=sometimes(0.1, rng.choice([0.0, 0.5, 1.0, rng.random()])),
    )


def _conditions(rng: random.Random) -> tuple[Condition, ...]:
    made_up = (
        lambda: Condition(meter=rng.choice(METERS), at_least=rng.random()),
        lambda: Condition(meter=rng.choice(METERS), below=rng.random()),
        lambda: Condition(chose=f"c{rng.randrange(8)}"),
    )
    return tuple(rng.choice(made_up)() for _ in range(rng.randint(0, 2)))


def _choices(rng: random.Random, given: Conversation) -> list[Any]:
    """Choices that exist, in their order, up to the end or not so far; now and then something else."""
    scenes = {scene.id: scene for scene in given.scenes}
    place, taken = given.scenes[0].id, list[Any]()
    while place != END and rng.random() < 0.9:
        chosen = rng.choice(scenes[place].choices)
        taken.append(chosen.id)
        place = chosen.next
    if rng.random() < 0.1:
        taken.insert(rng.randint(0, len(taken)), rng.choice(["c0", "", "end", "__proto__", 0, None, "c99"]))
    return taken


def _replay(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if rng.random() < 0.3:
        found["openness"] = rng.choice([0, 1, 0.2, 0.9, rng.random()])
    if rng.random() < 0.2:
        found["earlier"] = {"trust": rng.uniform(0.001, 0.999), "fit": rng.uniform(0.001, 0.999)}
    return found
