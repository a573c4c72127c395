"""Sliders on a grid and a goal: where they may stand, what that reaches, and the nearest position that is enough."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from iiv_course.exploring.labs import SETTINGS, Lab, Slide, Value, computed

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOLERANCE = 1e-9
"""Quantities that differ by less than this are equal, so that 1.4 reaches a goal of 1.4 however it was computed."""

PLACE = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{0,3}[1-9])?")
"""How a place on a grid is written: plainly, without zeros at the end."""


class Control(NamedTuple):
    """A slider of an item, over a setting of its lab."""

    id: str
    min: Decimal
    max: Decimal
    step: Decimal


class Goal(NamedTuple):
    """What is to be reached: one of the three."""

    quantity: str
    equal: Value | None
    at_least: Decimal | None
    at_most: Decimal | None


class Task(NamedTuple):
    """All that a verdict depends on, apart from the prediction."""

    lab: Lab
    given: tuple[tuple[str, Value], ...]
    controls: tuple[Control, ...]
    goals: tuple[Goal, ...]


def start(task: Task) -> dict[str, Value]:
    """All settings at the start: what is given, and the rest as the lab has it."""
    settings = SETTINGS[task.lab]
    first = {name: each.start if isinstance(each, Slide) else each.words[0] for name, each in settings.items()}
    return first | dict(task.given)


def places(task: Task, given: object) -> dict[str, Decimal] | None:
    """The places of all sliders, read from a response; None if it is no position of this task."""
    if not isinstance(given, dict) or given.keys() != {control.id for control in task.controls}:
        return None
    found = {}
    for control in task.controls:
        text = given[control.id]
        if not isinstance(text, str) or not PLACE.fullmatch(text) or not on_grid(control, Decimal(text)):
            return None
        found[control.id] = Decimal(text)
    return found


def reached(task: Task, position: Mapping[str, Decimal]) -> bool:
    """Whether every goal holds there."""
    return bool(_reached(task, {name: float(place) for name, place in position.items()}))


@cache
def solution(task: Task) -> dict[str, Decimal] | None:
    """The position that reaches the goal with the fewest steps from the start; None if none does."""
    import numpy as np

    here = start(task)
    grids = [_grid(control) for control in task.controls]
    counted = np.meshgrid(*(np.arange(len(grid)) for grid in grids), indexing="ij")
    moved = {
        control.id: np.array([float(place) for place in grid])[count]
        for control, grid, count in zip(task.controls, grids, counted, strict=True)
    }
    good = np.broadcast_to(_reached(task, moved), counted[0].shape)
    if not good.any():
        return None
    first = [grid.index(Decimal(here[control.id])) for control, grid in zip(task.controls, grids, strict=True)]
    steps = sum(np.abs(count - at) for count, at in zip(counted, first, strict=True))
    best = np.unravel_index(np.argmin(np.where(good, steps, good.size * len(grids))), good.shape)
    return {control.id: grid[at] for control, grid, at in zip(task.controls, grids, best, strict=True)}


def positions(task: Task) -> int:
    """How many positions the sliders have together."""
    return prod(map(_count, task.controls))


def on_grid(control: Control, place: Decimal) -> bool:
    """Whether a slider stops there."""
    return control.min <= place <= control.max and (place - control.min) % control.step == 0


def _count(control: Control) -> int:
    return int((control.max - control.min) / control.step) + 1


def _grid(control: Control) -> list[Decimal]:
    return [control.min + i * control.step for i in range(_count(control))]


def quantities(task: Task, moved: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """Every quantity of the lab, for one position of floats or for arrays of them."""
    settings = {name: float(value) if isinstance(value, Decimal) else value for name, value in start(task).items()}
    return computed(task.lab, settings | dict(moved))


def _reached(task: Task, moved: Mapping[str, Any]) -> Any:
    found = quantities(task, moved)
    met: Any = True
    for goal in task.goals:
        met = met & _meets(goal, found[goal.quantity])
    return met


def _meets(goal: Goal, value: NDArray[Any]) -> Any:
    # What is nobody's trust is not a number, and meets no goal.
    if isinstance(goal.equal, str):
        return value == goal.equal
    if goal.equal is not None:
        return abs(value - float(goal.equal)) <= TOLERANCE
    if goal.at_least is not None:
        return value >= float(goal.at_least) - TOLERANCE
    assert goal.at_most is not None
    return value <= float(goal.at_most) + TOLERANCE
