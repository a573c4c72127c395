"""Plays a conversation: from the choices taken to what was said, how the meters moved, and the ending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from functools import lru_cache
from math import exp, log
from typing import NamedTuple

from iiv_course.scenario._conversation import END, Beliefs, Choice, Condition, Conversation, Ending, Scene
from iiv_course.written import quoted, suggestion

TOLERANCE = 1e-9
"""A meter that is below a limit by less than this has reached it."""

WORDS: tuple[tuple[float, str], ...] = (
    (0.8, "convinced"),
    (0.6, "leaning"),
    (0.4, "open"),
    (0.2, "unsure"),
    (0.0, "doubtful"),
)
"""What a belief is called from a number on."""


class Meters(NamedTuple):
    """Trust and fit as beliefs, learn as the share of not knowing that is gone; all from 0 to 1."""

    trust: float
    fit: float
    learn: float


class Step(NamedTuple):
    """A decision. `came_out` names earlier choices whose breach came out when the scene began, before `before`.

    `weight` is κ, how much of what was shown came through: authenticity × openness.
    """

    scene: str
    came_out: tuple[str, ...]
    before: Meters
    choice: str
    weight: float
    after: Meters


class Transcript(NamedTuple):
    """What became of some choices; apart from scenes and the ending all names are of choices.

    `scene` is the one that waits for a choice; None once the conversation has ended. `came_out` belongs to that scene,
    or to the end; `hidden` never came out so far, `missed` had something to learn, `promised` is owed.
    """

    steps: tuple[Step, ...]
    scene: str | None
    ending: str | None
    came_out: tuple[str, ...]
    meters: Meters
    hidden: tuple[str, ...]
    missed: tuple[str, ...]
    promised: tuple[str, ...]


def play(
    conversation: Conversation,
    choices: Sequence[str],
    *,
    openness: float | None = None,
    earlier: Beliefs | None = None,
) -> Transcript:
    """The transcript of a conversation after choices, given by id from the first scene on; fewer than all will do.

    Another `openness`, from 0 to 1, replays it in another culture: what choices say of openness moves in the same
    proportion, up to 1. `earlier` is where trust and fit ended in the conversation that this one follows. A choice that
    the scene does not have, or one after the end, is a ValueError.

    trust, fit: logit after = logit before + Σ points · ln LR±(κ), with the ratios of lesson 6 at their usual rates.
    learn: Λ·½ / (1 + Λ·½) with Λ = Σ positive points · openness. A thinking aid: no number was measured.
    """
    talk = _Talk(conversation, openness, earlier)
    if isinstance(choices, str) or not isinstance(choices, Sequence):
        raise ValueError(f"choices is {quoted(str(choices))}; expected a list of the ids of choices")
    for count, name in enumerate(choices):
        if talk.scene is None:
            raise ValueError(f"the conversation ended after {count} choices; {len(choices)} were given")
        talk.take(name)
    return talk.transcript()


class Way(NamedTuple):
    """A way through a conversation: the choices taken, and how it ends by them."""

    path: tuple[str, ...]
    meters: Meters
    ending: str | None


def walk(conversation: Conversation) -> Iterator[Way]:
    """All ways through a conversation. What some have in common at their beginning is played once."""

    def on(talk: _Talk) -> Iterator[Way]:
        if talk.scene is None:
            yield talk.way()
            return
        for choice in talk.scene.choices:
            then = talk.copy()
            then.take(choice.id)
            yield from on(then)

    return on(_Talk(conversation, None, None))


def word(belief: float) -> str:
    """What a belief is called: doubtful, unsure, open, leaning or convinced.

    >>> word(0.19), word(0.2), word(0.8)
    ('doubtful', 'unsure', 'convinced')
    """
    return next((each for limit, each in WORDS if belief >= limit - TOLERANCE), WORDS[-1][1])


class _Talk:
    """A conversation under way."""

    def __init__(self, conversation: Conversation, openness: float | None, earlier: Beliefs | None) -> None:
        own = conversation.openness
        self._scenes = {scene.id: scene for scene in conversation.scenes}
        self._endings = conversation.endings
        self._taken: list[Choice] = []
        self._steps: list[Step] = []
        self._scale = _within("openness", openness, 0, 1) / own if openness is not None else 1.0
        self._openness = own * self._scale
        self._authenticity = conversation.authenticity
        self._prior = _logit(conversation.prior)
        begins = earlier or conversation.start or Beliefs(conversation.prior, conversation.prior)
        self._beliefs = [_logit(_between(name, value)) for name, value in zip(Beliefs._fields, begins, strict=True)]
        self._readings = 0.0
        self._hidden: list[Choice] = []
        self._came_out: tuple[str, ...] = ()
        self.scene: Scene | None = conversation.scenes[0]

    def take(self, name: str) -> None:
        """Go on with a choice of the scene."""
        assert self.scene is not None
        choice = next((each for each in self.scene.choices if each.id == name), None)
        if choice is None:
            known = [each.id for each in self.scene.choices]
            near = suggestion(name, known) if isinstance(name, str) else ""
            raise ValueError(f"no choice {quoted(name)} in the scene '{self.scene.id}'{near}")
        before = self._meters()
        weight = self._count(choice)
        self._taken.append(choice)
        self._steps.append(Step(self.scene.id, self._came_out, before, choice.id, weight, self._meters()))
        self._go_to(choice.next)

    def copy(self) -> _Talk:
        """One that goes its own way from here."""
        then = copy(self)
        then._taken, then._steps, then._beliefs = [*self._taken], [*self._steps], [*self._beliefs]
        then._hidden = [*self._hidden]
        return then

    def way(self) -> Way:
        path, meters = tuple([each.id for each in self._taken]), self._meters()
        return Way(path, meters, self._ending(path, meters))

    def transcript(self) -> Transcript:
        return Transcript(
            steps=tuple(self._steps),
            scene=self.scene and self.scene.id,
            ending=None if self.scene else self.way().ending,
            came_out=self._came_out,
            meters=self._meters(),
            hidden=tuple(each.id for each in self._hidden),
            missed=tuple(each.id for each in self._taken if each.learn < 0),
            promised=tuple(each.id for each in self._taken if each.promise is not None),
        )

    def _count(self, choice: Choice) -> float:
        """First time passes, then the choice counts, then it changes what comes later."""
        if choice.carry is not None:
            self._beliefs = [self._prior + choice.carry * (each - self._prior) for each in self._beliefs]
        openness = self._openness if choice.openness is None else self._scaled(choice.openness)
        authenticity = self._authenticity if choice.authenticity is None else choice.authenticity
        good, bad = _weights(authenticity, openness)
        for i, points in enumerate((choice.trust, choice.fit)):
            if points > 0:
                self._beliefs[i] += points * good
            elif choice.breach is None:
                self._beliefs[i] -= points * bad
        self._readings += max(choice.learn, 0) * openness
        if choice.breach and choice.breach.hidden:
            self._hidden.append(choice)
        elif choice.breach:
            self._count_breach(choice)
        if choice.set and choice.set.openness is not None:
            self._openness = self._scaled(choice.set.openness)
        if choice.set and choice.set.authenticity is not None:
            self._authenticity = choice.set.authenticity
        return authenticity * openness

    def _count_breach(self, choice: Choice) -> None:
        _, bad = _weights(1, 1)
        for i, points in enumerate((choice.trust, choice.fit)):
            self._beliefs[i] -= min(points, 0) * bad

    def _go_to(self, place: str) -> None:
        self.scene = None if place == END else self._scenes[place]
        now = [each for each in self._hidden if each.breach and each.breach.hidden == place]
        self._hidden = [each for each in self._hidden if each not in now]
        for each in now:
            self._count_breach(each)
        self._came_out = tuple(each.id for each in now)

    def _scaled(self, openness: float) -> float:
        return min(1.0, openness * self._scale)

    def _meters(self) -> Meters:
        trust, fit = map(_belief, self._beliefs)
        return Meters(trust, fit, self._readings / 2 / (1 + self._readings / 2))

    def _ending(self, path: tuple[str, ...], meters: Meters) -> str | None:
        return next((each.id for each in self._endings if meets(each, meters, path)), None)


def meets(ending: Ending, meters: Meters, choices: Sequence[str]) -> bool:
    """Whether all conditions of an ending hold, after these choices with these meters at the end."""
    return all(_holds(condition, meters, choices) for condition in ending.when)


def _holds(condition: Condition, meters: Meters, choices: Sequence[str]) -> bool:
    if condition.meter is None:
        return condition.chose in choices
    value: float = getattr(meters, condition.meter) + TOLERANCE
    return (condition.at_least is None or value >= condition.at_least) and (
        condition.below is None or value < condition.below
    )


@lru_cache(maxsize=1024)
def _weights(authenticity: float, openness: float) -> tuple[float, float]:
    """ln LR⁺ and ln LR⁻ of a cue."""
    from iiv_course.signaling import likelihood_ratios

    good, bad = likelihood_ratios(authenticity=authenticity, openness=openness)
    return log(good), log(bad)


def _logit(belief: float) -> float:
    return log(belief / (1 - belief))


def _belief(logit: float) -> float:
    less = exp(-abs(logit))
    return (1 if logit >= 0 else less) / (1 + less)


def _between(name: str, value: float) -> float:
    if not 0 < value < 1:
        raise ValueError(f"{name} is {value!r} to begin with; expected a number above 0 and below 1")
    return value


def _within(name: str, value: float, low: float, high: float) -> float:
    if not low <= value <= high:
        raise ValueError(f"{name} is {value!r}; expected a number from {low} to {high}")
    return value
