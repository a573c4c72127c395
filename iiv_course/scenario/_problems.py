"""What keeps a conversation from being one: points out of bounds, ways that lead nowhere, endings that nobody meets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from iiv_course.items import Problem
from iiv_course.scenario._conversation import END, METERS, Choice, Conversation, Scene
from iiv_course.scenario._play import TOLERANCE, Meters, Way, meets, play, walk

MOST_PATHS = 10_000
MOST_POINTS = 4
"""Of a choice on all meters together, and of a path on trust or fit in one direction: more, and a belief is settled."""
LEAD = 2
"""By how many points the best choice of a scene may stand above the second."""


def choice_problems(choice: Choice) -> Iterator[Problem]:
    """What is wrong with a choice by itself; paths are within the choice."""
    points = {meter: getattr(choice, meter) for meter in METERS}
    total = sum(map(abs, points.values()))
    if total > MOST_POINTS:
        said = ", ".join(f"{meter} {value:+}" for meter, value in points.items() if value)
        yield Problem((), f"has {total} points ({said}), at most {MOST_POINTS} in one scene, signs aside")
    if choice.learn < 0 and choice.missed is None:
        yield Problem(("learn",), f"is {choice.learn} without `missed`; say there what could have been learned")
    if choice.learn >= 0 and choice.missed is not None:
        yield Problem(("missed",), f"belongs to a choice with learn below 0, and here it is {choice.learn}")
    if choice.breach and choice.trust >= 0:
        yield Problem(("breach",), f"costs trust, and here trust is {choice.trust}; write -1 or -2")


def problems(conversation: Conversation) -> Iterator[Problem]:
    """What is wrong with the whole, once ids are unique and each `next` and `hidden` is known; walks every path."""
    loops = list(_loops(conversation))
    yield from loops
    yield from _leads(conversation)
    if loops:
        return
    yield from _unreached(conversation)
    yield from _impolite(conversation)
    yield from _never_out(conversation)
    if _number_of_paths(conversation) > MOST_PATHS:
        yield Problem(("scenes",), f"have more than {MOST_PATHS:,} paths; let choices meet again sooner")
        return
    ways = list(walk(conversation))
    yield from _endings(conversation, ways)
    yield from _still_meters(conversation, ways)
    yield from _settled(conversation, ways)


def _number_of_paths(conversation: Conversation) -> int:
    scenes = {scene.id: scene for scene in conversation.scenes}

    @cache
    def after(place: str) -> int:
        return 1 if place == END else sum(after(choice.next) for choice in scenes[place].choices)

    return after(conversation.scenes[0].id)


def _loops(conversation: Conversation) -> Iterator[Problem]:
    scenes = {scene.id: (i, scene) for i, scene in enumerate(conversation.scenes)}
    closed: set[str] = set()

    def visit(place: str, above: tuple[str, ...]) -> Iterator[Problem]:
        i, scene = scenes[place]
        for j, choice in enumerate(scene.choices):
            if choice.next in (*above, place):
                found = f"is '{choice.next}', which comes before; a talk goes only forward"
                yield Problem(("scenes", i, "choices", j, "next"), found)
            elif choice.next != END and choice.next not in closed:
                yield from visit(choice.next, (*above, place))
        closed.add(place)

    for scene in conversation.scenes:
        if scene.id not in closed:
            yield from visit(scene.id, ())


def _after(conversation: Conversation, place: str) -> set[str]:
    """Where one can get from a place, which is among it."""
    scenes = {scene.id: scene for scene in conversation.scenes}
    found: set[str] = set()
    ahead = [place]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += [choice.next for choice in scenes[here].choices] if here != END else []
    return found


def _unreached(conversation: Conversation) -> Iterator[Problem]:
    first = conversation.scenes[0].id
    reached = _after(conversation, first)
    for i, scene in enumerate(conversation.scenes):
        if scene.id not in reached:
            yield Problem(("scenes", i), f"is not reached: no choices lead here from '{first}'")


def _impolite(conversation: Conversation) -> Iterator[Problem]:
    """Scenes from which all ways lose trust."""
    polite = {END}
    for _ in conversation.scenes:
        polite |= {scene.id for scene in conversation.scenes if any(_is_polite(each, polite) for each in scene.choices)}
    for i, scene in enumerate(conversation.scenes):
        if scene.id not in polite:
            found = "has no polite way out: from here every way to the end loses trust or is a breach"
            yield Problem(("scenes", i), found)


def _is_polite(choice: Choice, polite: set[str]) -> bool:
    return choice.trust >= 0 and choice.breach is None and choice.next in polite


def _never_out(conversation: Conversation) -> Iterator[Problem]:
    for i, scene in enumerate(conversation.scenes):
        for j, choice in enumerate(scene.choices):
            hidden = choice.breach.hidden if choice.breach else None
            if hidden and hidden not in _after(conversation, choice.next):
                found = f"is '{hidden}', which never comes after this choice; name a later scene, or {END}"
                yield Problem(("scenes", i, "choices", j, "breach", "hidden"), found)


def _leads(conversation: Conversation) -> Iterator[Problem]:
    for i, scene in enumerate(conversation.scenes):
        second, best = _two_best(scene)
        if _points(best) - _points(second) > LEAD:
            found = (
                f"has a best choice that is too plain: '{best.id}' stands at {_points(best)} in all, the next, "
                f"'{second.id}', at {_points(second)}; at most {LEAD} less"
            )
            yield Problem(("scenes", i), found)


def _two_best(scene: Scene) -> tuple[Choice, Choice]:
    second, best = sorted(scene.choices, key=_points)[-2:]
    return second, best


def _points(choice: Choice) -> int:
    return choice.trust + choice.fit + choice.learn


def _endings(conversation: Conversation, ways: list[Way]) -> Iterator[Problem]:
    nowhere = [way for way in ways if way.ending is None]
    if nowhere:
        others = f", and on {len(nowhere) - 1:,} more paths" if len(nowhere) > 1 else ""
        found = f"leave a dead end: after {_names(nowhere[0].path)} none applies{others}; give the last one no `when`"
        yield Problem(("endings",), found)
    met = {way.ending for way in ways}
    for i, ending in enumerate(conversation.endings):
        if ending.id in met:
            continue
        taken_before = sum(meets(ending, way.meters, way.path) for way in ways)
        if taken_before:
            why = f"endings before it take all {taken_before:,} paths where its conditions hold"
        else:
            why = f"its conditions hold at no end; there {_ranges(ways)}"
        yield Problem(("endings", i), f"is met by no path: {why}")


def _ranges(ways: list[Way]) -> str:
    columns = zip(METERS, zip(*(way.meters for way in ways), strict=True), strict=True)
    return ", ".join(f"{meter} is from {min(each):.2f} to {max(each):.2f}" for meter, each in columns)


def _still_meters(conversation: Conversation, ways: list[Way]) -> Iterator[Problem]:
    begins = play(conversation, ()).meters
    for i, meter in enumerate(Meters._fields):
        if all(abs(way.meters[i] - begins[i]) < TOLERANCE for way in ways):
            yield Problem(("scenes",), f"never move the meter '{meter}': it ends on every path where it began")


def _settled(conversation: Conversation, ways: list[Way]) -> Iterator[Problem]:
    """Paths with more cues for or against than a belief has room for; the first of each kind is said."""
    choices = {
        choice.id: (("scenes", i, "choices", j), choice)
        for i, scene in enumerate(conversation.scenes)
        for j, choice in enumerate(scene.choices)
    }
    for meter in ("trust", "fit"):
        for sign, direction in ((1, "up"), (-1, "down")):
            points = {name: max(sign * getattr(choice, meter), 0) for name, (_, choice) in choices.items()}
            for path, _, _ in ways:
                total = sum([points[name] for name in path])
                if total > MOST_POINTS:
                    moving = [name for name in path if points[name]]
                    found = (
                        f"makes {total} points {direction} on one path, at most {MOST_POINTS}, or the belief is "
                        f"settled: {_names(moving)}"
                    )
                    yield Problem((*choices[moving[-1]][0], meter), found)
                    break


def _names(ids: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"'{each}'" for each in ids)
