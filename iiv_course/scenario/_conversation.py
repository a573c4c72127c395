"""A conversation as frozen data: scenes, choices, endings; what is said, and what it is worth. No input or output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

Meter = Literal["trust", "fit", "learn"]
METERS: tuple[Meter, ...] = ("trust", "fit", "learn")
"""Does she mean it? Does she fit? What was learned?"""

BreachKind = Literal["lying", "naming", "leaking", "broken-promise", "skipping-process"]
"""Lying, naming somebody without consent, passing on what was told in private, breaking a promise, asking for a short
cut past others."""

END = "end"
"""Where a conversation ends: the `next` of a last choice, and a time when a hidden breach may come out."""

TextKind = Literal["plain", "inline", "block"]
TEXTS: Mapping[str, TextKind] = {
    "title": "plain",
    "name": "plain",
    "role": "plain",
    "organization": "plain",
    "culture": "plain",
    "text": "inline",
    "promise": "inline",
    **dict.fromkeys(("setting", "takeaway", "says", "reply", "thought", "missed", "debrief"), "block"),
}
"""How a text is shown, by the name of its field: as it stands, as Markdown within a line, or as whole Markdown."""

Trail: TypeAlias = tuple[str | int, ...]


class Breach(NamedTuple):
    """Something that counts in full whatever the culture; `hidden` names the scene, or END, when it comes out."""

    kind: BreachKind
    hidden: str | None = None


class Change(NamedTuple):
    """What a choice changes for all later ones."""

    openness: float | None = None
    authenticity: float | None = None


class Choice(NamedTuple):
    """What the learner may say, points from -2 to 2, and where it leads.

    `openness` and `authenticity` hold for this choice alone, `set` for later ones. With `carry` time passes before the
    choice: trust and fit keep that part of their way from the prior.
    """

    id: str
    text: str
    thought: str
    next: str
    skill: str
    reply: str | None = None
    trust: int = 0
    fit: int = 0
    learn: int = 0
    missed: str | None = None
    breach: Breach | None = None
    promise: str | None = None
    openness: float | None = None
    authenticity: float | None = None
    set: Change | None = None
    carry: float | None = None


class Scene(NamedTuple):
    id: str
    says: str
    choices: tuple[Choice, ...]


class Condition(NamedTuple):
    """Of a meter at the end, one of the two limits; or a choice that was taken."""

    meter: Meter | None = None
    at_least: float | None = None
    below: float | None = None
    chose: str | None = None


class Ending(NamedTuple):
    """The first ending whose conditions all hold is the one that is met."""

    id: str
    title: str
    debrief: str
    when: tuple[Condition, ...] = ()


class Skill(NamedTuple):
    """What choices exercise, and the lesson that teaches it."""

    id: str
    text: str
    lesson: str


class Person(NamedTuple):
    """Who is asked; invented, with the organization."""

    name: str
    role: str
    organization: str


class Beliefs(NamedTuple):
    """Where trust and fit stand; both above 0 and below 1."""

    trust: float
    fit: float


class Conversation(NamedTuple):
    """It begins with the first scene. `start` is where a follow-up begins if the conversation before was not played."""

    id: str
    title: str
    who: Person
    minutes: int
    openness: float
    culture: str
    setting: str
    scenes: tuple[Scene, ...]
    endings: tuple[Ending, ...]
    takeaway: str
    skills: tuple[Skill, ...]
    prior: float = 0.3
    authenticity: float = 1.0
    core: bool = False
    sources: tuple[str, ...] = ()
    follows: str | None = None
    start: Beliefs | None = None


def as_json(value: Any) -> Any:
    """A conversation as plain values, without what is not given, as `frontend/src/scenario.ts` reads it."""
    if hasattr(value, "_asdict"):
        return {name: as_json(each) for name, each in value._asdict().items() if each is not None}
    return [as_json(each) for each in value] if isinstance(value, tuple) else value


def texts(value: Any, at: Trail = ()) -> Iterator[tuple[Trail, str, str]]:
    """Every text of a conversation with its place and the name of its field, which says how it is shown."""
    if hasattr(value, "_asdict"):
        for name, each in value._asdict().items():
            if name in TEXTS and isinstance(each, str):
                yield (*at, name), name, each
            elif name == "skills":
                for skill in each:
                    yield from texts(skill, (*at, name, skill.id))
            else:
                yield from texts(each, (*at, name))
    elif isinstance(value, tuple):
        for i, each in enumerate(value):
            yield from texts(each, (*at, i))


def verdict_basis(conversation: Conversation) -> dict[str, Any]:
    """What a transcript depends on, and nothing else, as input of a `rev`: ids, points, ways and conditions, no prose.

    Scenes and choices stand by id, for their order says nothing, apart from the first scene; endings in their order.
    """
    own = conversation
    return {
        "openness": own.openness,
        "authenticity": own.authenticity,
        "prior": own.prior,
        "start": as_json(own.start),
        "first": own.scenes[0].id,
        "scenes": {scene.id: {each.id: _choice_basis(each) for each in scene.choices} for scene in own.scenes},
        "endings": [[ending.id, as_json(ending.when)] for ending in own.endings],
    }


def _choice_basis(choice: Choice) -> dict[str, Any]:
    prose = ("id", "skill", "text", "reply", "thought", "missed", "promise")
    return {name: value for name, value in as_json(choice).items() if name not in prose}
