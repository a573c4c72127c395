"""A conversation as three cards for a role-play: the one who asks, the one who is asked, an observer. No points.

What the one who is asked knows beforehand, and what there is to find out, stands in no conversation; a page brings it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple, TypeAlias

from iiv_course.items import CourseError
from iiv_course.page.markup import block, inline
from iiv_course.page.talk import person, talk_json, typeset
from iiv_course.scenario import Conversation
from iiv_course.written import quoted, suggestion

_Choice: TypeAlias = Mapping[str, Any]


class Look(NamedTuple):
    """Something that an observer looks for, and what it is like on three levels."""

    at: str
    not_yet: str
    partly: str
    clear: str


RUBRIC = (
    Look(
        "Opening",
        "neither purpose nor time is named.",
        "one of them.",
        "thanks, purpose, time, and a question about notes.",
    ),
    Look(
        "Listening",
        "interrupts, or answers with a story of their own.",
        "lets the other finish; the reply would fit anything.",
        "waits, or says it back and checks.",
    ),
    Look(
        "Follow-up",
        "goes on with the list.",
        "stays with the subject, not with the answer.",
        "is made of the last answer.",
    ),
    Look(
        "Closing",
        "runs over, breaks off, or asks for a favor.",
        "on time, and polite.",
        "names the time, one thing learned, and what comes next.",
    ),
)
"""The same words as the rubric of the page for instructors, which has examples."""

HOW_TO_READ = (
    "Read this once before you begin. Words in quotation marks are yours. In the scenes, “you” is the one who asks. "
    "What is slanted, you think and keep to yourself. Take the line that fits what was really said. "
    "If none fits, make one up."
)


def role_play(conversation: Conversation, *, side: str, find_out: Sequence[str], without: Collection[str] = ()) -> str:
    """The cards of a conversation as HTML, folded, one in another.

    `side` is Markdown, said to the one who is asked; `find_out` are lines of Markdown for the one who asks. `without`
    names scenes that nobody acts, such as a letter afterward. Raises `CourseError` for a scene that is not there,
    `MarkupError` for a text that cannot be shown.
    """
    scenes = [scene.id for scene in conversation.scenes]
    for name in without:
        if name not in scenes:
            raise CourseError(f"no scene {quoted(name)} in '{conversation.id}'{suggestion(name, scenes)}")
    talk = talk_json(conversation)
    name = talk["who"]["name"]
    cards = (
        _card("The one who asks", talk["title"], _seeker(talk, find_out)),
        _card(f"{name}, who is asked", talk["title"], _contact(talk, side, without)),
        _card("The observer", talk["title"], _observer()),
    )
    return (
        f'<details class="iiv-cards"><summary><strong>{escape(talk["title"])}</strong> '
        f"<span>{escape(person(talk))}</span></summary>{''.join(cards)}</details>"
    )


def _card(whose: str, title: str, body: str) -> str:
    return (
        f'<details class="iiv-card"><summary>{escape(whose)}</summary><section>'
        f'<h2>{escape(whose)}</h2><p class="iiv-card-of">{escape(title)}</p>{body}</section></details>'
    )


def _seeker(talk: Mapping[str, Any], find_out: Sequence[str]) -> str:
    wanted = "".join(f"<li>{inline(typeset(each))}</li>" for each in find_out)
    return (
        f"<h3>Where you are</h3>{talk['setting']}<h3>What to find out</h3><ul>{wanted}</ul>"
        "<p>You have eight minutes, and your own words. Plain ones will do.</p>"
        f"{_lines(2, 'How I begin')}{_lines(4, 'What I heard, and what I promised')}"
    )


def _contact(talk: Mapping[str, Any], side: str, without: Collection[str]) -> str:
    acted = [scene for scene in talk["scenes"] if scene["id"] not in without]
    number = {scene["id"]: count for count, scene in enumerate(acted, 1)}
    scenes = "".join(_scene(scene, number) for scene in acted)
    return (
        f"<p><strong>{escape(person(talk))}</strong> (invented). How it is with you: {escape(talk['culture'])}.</p>"
        f"{block(typeset(side))}<p>{HOW_TO_READ}</p>{scenes}"
    )


def _scene(scene: Mapping[str, Any], number: Mapping[str, int]) -> str:
    best, poor, others = _ranked(scene["choices"])
    cools = "Cools you" if _worth(poor) < (True, 0, 0, 0) else "Leaves you as you were"
    turns = [_turn("Warms you", best, number), _turn(cools, poor, number)]
    ways = {best["next"], poor["next"]}
    turns += [_turn("Or", each, number) for each in others if each["next"] not in ways]
    return f'<h3>Scene {number[scene["id"]]}</h3><div class="iiv-says">{scene["says"]}</div>{"".join(turns)}'


def _turn(what: str, choice: _Choice, number: Mapping[str, int]) -> str:
    way = f"then scene {number[choice['next']]}" if choice["next"] in number else "then the talk ends"
    return (
        f'<div class="iiv-turn"><p><strong>{what}</strong> ({way}): {choice["text"]}</p>{choice.get("reply", "")}'
        f'<div class="iiv-thought">{choice["thought"]}</div></div>'
    )


def _ranked(choices: Sequence[_Choice]) -> tuple[_Choice, _Choice, list[_Choice]]:
    """The best choice, the poorest, and the others; of two that are worth the same, the one that stands first."""
    best = max(choices, key=_worth)
    poor = min((each for each in choices if each is not best), key=_worth)
    return best, poor, [each for each in choices if each is not best and each is not poor]


def _worth(choice: _Choice) -> tuple[bool, int, int, float]:
    """To the one who is asked: a breach is worse than any number of points; what the other one learns, and whether
    it opens her, decide between equals.
    """
    opens = choice.get("set", {}).get("openness", 0.0)
    return "breach" not in choice, choice["trust"] + choice["fit"], choice["learn"], opens


def _observer() -> str:
    return (
        "<p>Write down <em>words that were said</em>. Impressions can wait. At the end, tick a box in each part. "
        f"Then say one thing that you heard, and one thing to try.</p>{''.join(map(_look, RUBRIC))}"
    )


def _look(look: Look) -> str:
    levels = {"Not yet": look.not_yet, "Partly": look.partly, "Clear": look.clear}
    boxes = "".join(f"<li><b>{level}:</b> {escape(text)}</li>" for level, text in levels.items())
    return f'<h3>{look.at}</h3><ul class="iiv-ticks">{boxes}</ul>{_lines(2)}'


def _lines(count: int, heading: str = "") -> str:
    """Room to write, on paper alone."""
    over = f"<h3>{heading}</h3>" if heading else ""
    return f'<div class="iiv-lines">{over}{"<div></div>" * count}</div>'
