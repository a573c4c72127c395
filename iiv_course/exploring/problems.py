"""What keeps a task from being one: unknown names and words, bounds, a start that needs no move, no way to the goal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from iiv_course.exploring.labs import QUANTITIES, SETTINGS, Slide, Value, Words
from iiv_course.exploring.task import Control, Task, on_grid, positions, reached, solution, start
from iiv_course.written import quoted, suggestion

MOST_POSITIONS = 20_000
"""More are not searched for a solution."""


class Problem(NamedTuple):
    """Something wrong with a task: a path in its item, and what would do."""

    path: tuple[str | int, ...]
    message: str


def problems(task: Task) -> Iterator[Problem]:
    """Everything that is wrong; the goal is tried only where all else is right."""
    found = [*_given_problems(task), *_control_problems(task), *_goal_problems(task)]
    yield from found
    if found:
        return
    count = positions(task)
    if count > MOST_POSITIONS:
        yield Problem(
            ("controls",), f"{count:,} positions of the sliders, at most {MOST_POSITIONS:,}; take longer steps"
        )
    elif reached(task, {control.id: Decimal(start(task)[control.id]) for control in task.controls}):
        yield Problem(("goal",), "the start reaches it already; there is nothing to move")
    elif solution(task) is None:
        yield Problem(("goal",), f"none of the {count:,} positions of the sliders reaches it")


def _given_problems(task: Task) -> Iterator[Problem]:
    settings = SETTINGS[task.lab]
    for name, value in task.given:
        setting = settings.get(name)
        if setting is None:
            yield Problem(("given", name), f"no setting of the lab '{task.lab}'{suggestion(name, settings)}")
        elif wrong := _misfit(setting, value):
            yield Problem(("given", name), wrong)


def _misfit(setting: Slide | Words, value: Value) -> str:
    match setting, value:
        case Slide(low=low, high=high), Decimal():
            return "" if low <= value <= high else f"is {value}; in this lab it goes from {low} to {high}"
        case Slide(), str():
            return f"is {quoted(value)}, expected a number"
        case Words(form=form), _ if form:
            if isinstance(value, str) and re.fullmatch(form, value):
                return ""
            return f"is {quoted(value)}, expected 1 for each good cue and 0 for each bad one, in quotes"
        case Words(words=words), str():
            return "" if value in words else f"is {quoted(value)}{suggestion(value, words)}"
    return f"is {quoted(value)}, expected a word{suggestion('', setting.words) if isinstance(setting, Words) else ''}"


def _control_problems(task: Task) -> Iterator[Problem]:
    settings = SETTINGS[task.lab]
    slides = {name: each for name, each in settings.items() if isinstance(each, Slide)}
    seen: set[str] = set()
    for i, control in enumerate(task.controls):
        slide = slides.get(control.id)
        if control.id in seen:
            yield Problem(("controls", i, "id"), f"'{control.id}' has a slider already; each setting has one")
        elif control.id in settings and slide is None:
            yield Problem(("controls", i, "id"), f"'{control.id}' is not a number, so no slider moves it; give it")
        elif slide is None:
            yield Problem(
                ("controls", i, "id"),
                f"no slider {quoted(control.id)} in the lab '{task.lab}'{suggestion(control.id, slides)}",
            )
        else:
            yield from _bound_problems(task, i, control, slide)
        seen.add(control.id)


def _bound_problems(task: Task, i: int, control: Control, slide: Slide) -> Iterator[Problem]:
    at = ("controls", i)
    if control.min < slide.low or control.max > slide.high:
        end = "min" if control.min < slide.low else "max"
        yield Problem((*at, end), f"in this lab '{control.id}' goes from {slide.low} to {slide.high}")
    elif control.min >= control.max:
        yield Problem((*at, "max"), f"is {control.max}, expected more than min, {control.min}")
    elif control.step <= 0:
        yield Problem((*at, "step"), f"is {control.step}, expected a number above 0")
    elif (control.max - control.min) % control.step:
        yield Problem((*at, "max"), f"no step ends there: it is no whole number of steps of {control.step} from min")
    else:
        first = dict(task.given).get(control.id, slide.start)
        if isinstance(first, Decimal) and slide.low <= first <= slide.high and not on_grid(control, first):
            where = ("given", control.id) if control.id in dict(task.given) else at
            found = f"the slider '{control.id}' starts at {first}, which is none of its places"
            yield Problem(where, f"{found}: from {control.min} to {control.max} by {control.step}")


def _goal_problems(task: Task) -> Iterator[Problem]:
    known = QUANTITIES[task.lab]
    for i, goal in enumerate(task.goals):
        at = ("goal", i)
        words = known.get(goal.quantity)
        compared = [
            name for name, value in zip(("is", "at_least", "at_most"), goal[1:], strict=True) if value is not None
        ]
        if words is None:
            found = f"no quantity {quoted(goal.quantity)} in the lab '{task.lab}'{suggestion(goal.quantity, known)}"
            yield Problem((*at, "quantity"), found)
        elif len(compared) != 1:
            says = " and ".join(compared) or "nothing"
            yield Problem(at, f"it says {says}; write one of is, at_least, at_most")
        elif words and not isinstance(goal.equal, str):
            yield Problem((*at, compared[0]), f"'{goal.quantity}' is a word; write is: and one of {', '.join(words)}")
        elif words and goal.equal not in words:
            yield Problem((*at, "is"), f"{quoted(goal.equal)}{suggestion(str(goal.equal), words)}")
        elif not words and isinstance(goal.equal, str):
            yield Problem((*at, "is"), f"'{goal.quantity}' is a number, and this is {quoted(goal.equal)}")
