"""From a file to a checked conversation, or to everything that is wrong with it, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from iiv_course.bank import BankError, Finding, LocatedProblem, Positions, UnknownName, dig, finding, tree_of
from iiv_course.scenario._conversation import END, Conversation, Trail
from iiv_course.scenario._problems import choice_problems, problems
from iiv_course.scenario._shape import ChoiceShape, ConversationShape, SkillShape
from iiv_course.written import quoted, suggestion

FOLDER = FilePath(__file__).resolve().parents[1] / "conversations"
"""Where the conversations of the course are."""
PROBLEMS_LIMIT = 100

_PURPOSE = {
    "conversation": "its name, equal to the file's",
    "title": "a short heading",
    "who": "name, role and organization of an invented person",
    "minutes": "how long it takes to play once",
    "openness": "how much of what is shown comes through, up to 1",
    "culture": "a name for how open it is there",
    "skills": "what the choices exercise, an id with text and lesson each",
    "lesson": "which lesson teaches it, as its notebook is called",
    "setting": "where one is and what one knows",
    "takeaway": "the idea to take along, after every ending",
    "scenes": "what she says and what to choose from",
    "says": "what she says and does",
    "choices": "two to four",
    "id": "a name that is saved with the answers",
    "text": "what the learner reads and would say",
    "thought": "what she thought afterwards",
    "next": f"the id of a later scene, or {END}",
    "endings": "how it may end, the first whose conditions hold",
    "debrief": "what to make of this ending",
    "kind": "what sort of breach it is",
}

_loaded: dict[FilePath, tuple[tuple[int, int], Conversation]] = {}


def names() -> tuple[str, ...]:
    """The names of all conversations of the course, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))


def load(name: str) -> Conversation:
    """The conversation of that name, read again when its file has changed. Raises `UnknownName` or `BankError`."""
    if name not in names():
        raise UnknownName(f"no conversation {quoted(name)}{suggestion(name, names())}")
    path = FOLDER / f"{name}.yml"
    status = path.stat()
    stamp = (status.st_mtime_ns, status.st_size)
    known = _loaded.get(path)
    if known is None or known[0] != stamp:
        known = _loaded[path] = (stamp, read(path))
    return known[1]


def read(
    path: FilePath, *, known_sources: Collection[str] | None = None, known_lessons: Collection[str] | None = None
) -> Conversation:
    """The conversation in a file. Raises `BankError` with every problem; sources and lessons only against known."""
    return read_with_positions(path, known_sources=known_sources, known_lessons=known_lessons)[0]


def read_with_positions(
    path: FilePath, *, known_sources: Collection[str] | None = None, known_lessons: Collection[str] | None = None
) -> tuple[Conversation, Positions]:
    """The same, with the places of all values, for those who find problems later (Markdown, math, links)."""
    reader = _Reader(path, known_sources, known_lessons)
    found = list(islice(reader.problems(), PROBLEMS_LIMIT))
    if found:
        raise BankError(tuple(sorted(found, key=lambda problem: problem[1:3])))
    assert reader.conversation is not None
    return reader.conversation, reader.positions


class _Reader:
    """Checks a file in three rounds: form and names; each choice by itself; then, if all fits so far, every path."""

    def __init__(
        self, path: FilePath, known_sources: Collection[str] | None, known_lessons: Collection[str] | None
    ) -> None:
        self._path = path
        self._tree, self.positions = tree_of(path)
        self._known_sources = known_sources
        self._known_lessons = known_lessons
        self._wrong: set[Trail] = set()
        self.conversation: Conversation | None = None

    def problems(self) -> Iterator[LocatedProblem]:
        for fault in self._tree.faults:
            self._wrong.add(fault.path)
            yield self._located(fault.path, fault.finding)._replace(line=fault.place.line, column=fault.place.column)
        raw = self._tree.value
        if not self._tree.complete or () in self._tree.broken:
            return
        if not isinstance(raw, dict):
            yield self._located((), f"is {quoted(raw)}, expected a mapping that begins with conversation: and a name")
            return
        shape, errors = _shaped(raw)
        for details in errors:
            yield from self._report(_worded(details))
        for found in (
            *_name_findings(raw, self._path),
            *_known_findings(raw, self._known_sources, self._known_lessons),
        ):
            yield from self._report(found)
        yield from self._choices(raw)
        if shape is not None and not self._wrong:
            self.conversation = shape.frozen()
            for problem in problems(self.conversation):
                yield self._located(problem.path, problem.message)

    def _choices(self, raw: dict[str, Any]) -> Iterator[LocatedProblem]:
        for i, scene in _mappings(raw.get("scenes")):
            for j, choice in _mappings(scene.get("choices")):
                try:
                    shape = ChoiceShape.model_validate(choice, strict=True)
                except ValidationError:
                    continue  # said before
                for problem in choice_problems(shape.choice("")):
                    yield from self._report(Finding(("scenes", i, "choices", j, *problem.path), problem.message))

    def _report(self, found: Finding) -> Iterator[LocatedProblem]:
        """Place a finding, unless the value was refused before for a better reason."""
        path, broken = found.path, self._tree.broken
        if path in self._wrong or path in broken or (found.missing and path[:-1] in broken):
            return
        self._wrong.add(path)
        yield self._located(path, found.text, at_key=found.at_key)

    def _located(self, path: Trail, text: str, *, at_key: bool = False) -> LocatedProblem:
        place = self.positions.key_place(path) if at_key else self.positions.place(path)
        trail, rest = self._trail(path)
        name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in rest).removeprefix(".")
        return self.positions.located(place, (), f"{_short(name) or _thing(path)} {text}")._replace(path=trail)

    def _trail(self, path: Trail) -> tuple[str, Trail]:
        """A path as its author would say it: `scenes[0] 'hurried' choices[1] 'later'`, and what remains of it."""
        parts: list[str] = []
        value: Any = self._tree.value
        while len(path) > 1 and path[0] in ("scenes", "choices", "endings") and isinstance(path[1], int):
            value = dig(value, path[:2])
            name = value.get("id") if isinstance(value, dict) else None
            parts.append(f"{path[0]}[{path[1]}]" + (f" {quoted(name)}" if isinstance(name, str) else ""))
            path = path[2:]
        return " ".join(parts), path


def _shaped(raw: dict[str, Any]) -> tuple[ConversationShape | None, list[ErrorDetails]]:
    """Strict, so that `trust: true` is not 1 and `core: yes` is an error."""
    try:
        return ConversationShape.model_validate(raw, strict=True), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        # A list with a faulty entry also counts as too short by that entry, which is no second fault.
        faulty = {details["loc"][:-n] for details in errors for n in range(1, len(details["loc"]))}
        return None, [details for details in errors if details["type"] != "too_short" or details["loc"] not in faulty]


def _worded(details: ErrorDetails) -> Finding:
    path = details["loc"]
    if details["type"] == "missing":
        purpose = _PURPOSE.get(str(path[-1]))
        return Finding(path, f"is missing ({purpose})" if purpose else "is missing", missing=True)
    if path[0] == "skills" and len(path) > 2 and path[-1] != "[key]":
        found = finding(details, path[2:], SkillShape)
        return found._replace(path=(*path[:2], *found.path))
    return finding(details, path, ConversationShape)


def _name_findings(raw: dict[str, Any], path: FilePath) -> Iterator[Finding]:
    """Names that are taken or unknown, from the values as written: a file with other faults has these checked too."""
    name = raw.get("conversation")
    if isinstance(name, str) and name != path.stem:
        found = f"is {quoted(name)} in a file called {quoted(path.stem + '.yml')}; give both the same name"
        yield Finding(("conversation",), found)
    follows = raw.get("follows")
    beside = sorted({each.stem for each in path.parent.glob("*.yml")} - {path.stem})
    if isinstance(follows, str) and follows not in beside:
        found = f"is {quoted(follows)}, no other conversation in this folder{suggestion(follows, beside)}"
        yield Finding(("follows",), found)
    scenes, endings = list(_mappings(raw.get("scenes"))), list(_mappings(raw.get("endings")))
    choices: list[tuple[Trail, dict[str, Any]]] = [
        (("scenes", i, "choices", j), choice) for i, scene in scenes for j, choice in _mappings(scene.get("choices"))
    ]
    yield from _taken([(("scenes", i), scene) for i, scene in scenes])
    yield from _taken(choices)
    yield from _taken([(("endings", i), ending) for i, ending in endings])
    known = _ids([scene for _, scene in scenes])
    for i, scene in scenes:
        if scene.get("id") == END:
            yield Finding(("scenes", i, "id"), f"is '{END}', which is where every conversation ends; take another")
    for at, choice in choices:
        yield from _unknown((*at, "next"), choice.get("next"), [*known, END], "no scene")
        breach = choice.get("breach")
        if isinstance(breach, dict):
            yield from _unknown((*at, "breach", "hidden"), breach.get("hidden"), [*known, END], "no scene")
    for i, ending in endings:
        for j, condition in _mappings(ending.get("when")):
            yield from _condition(("endings", i, "when", j), condition, _ids([choice for _, choice in choices]))
    yield from _skill_findings(raw.get("skills"), scenes)


def _condition(at: Trail, condition: dict[str, Any], choices: list[str]) -> Iterator[Finding]:
    given = [name for name in ("meter", "at_least", "below", "chose") if condition.get(name) is not None]
    if given not in (["meter", "at_least"], ["meter", "below"], ["chose"]):
        says = f"says {', '.join(given) or 'nothing'}"
        yield Finding(at, f"{says}; write a meter with at_least or below, or chose with the id of a choice")
    yield from _unknown((*at, "chose"), condition.get("chose"), choices, "no choice")


def _skill_findings(skills: object, scenes: list[tuple[int, dict[str, Any]]]) -> Iterator[Finding]:
    known = [name for name in skills if isinstance(name, str)] if isinstance(skills, dict) else []
    used = set()
    for i, scene in scenes:
        at: Trail = ("scenes", i)
        yield from _unknown((*at, "skill"), scene.get("skill"), known, "no skill")
        for j, choice in _mappings(scene.get("choices")):
            own = choice.get("skill", scene.get("skill"))
            used.add(own if isinstance(own, str) else None)
            yield from _unknown((*at, "choices", j, "skill"), choice.get("skill"), known, "no skill")
            if own is None:
                found = "is missing (what the choice exercises); name it here or for the whole scene"
                yield Finding((*at, "choices", j, "skill"), found, missing=True)
    for name in known:
        if name not in used:
            yield Finding(
                ("skills", name), "is exercised by no choice; take it out, or name it as a skill", at_key=True
            )


def _known_findings(
    raw: dict[str, Any], sources: Collection[str] | None, lessons: Collection[str] | None
) -> Iterator[Finding]:
    given = raw.get("sources")
    for i, source in enumerate(given if isinstance(given, tuple) else ()):
        yield from _unknown(("sources", i), source, sources, "no known source")
    skills = raw.get("skills")
    for name, skill in skills.items() if isinstance(skills, dict) else ():
        if isinstance(skill, dict):
            yield from _unknown(("skills", name, "lesson"), skill.get("lesson"), lessons, "no lesson")


def _unknown(at: Trail, name: object, known: Collection[str] | None, what: str) -> Iterator[Finding]:
    if known is not None and isinstance(name, str) and name not in known:
        yield Finding(at, f"is {quoted(name)}, {what}{suggestion(name, known)}")


def _taken(things: list[tuple[Trail, dict[str, Any]]]) -> Iterator[Finding]:
    first: dict[str, Trail] = {}
    for at, thing in things:
        name = thing.get("id")
        if isinstance(name, str) and first.setdefault(name, at) != at:
            earlier = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first[name])
            yield Finding((*at, "id"), f"is {quoted(name)}, which is taken by {earlier[1:]}; each has its own")


def _mappings(value: object) -> Iterator[tuple[int, dict[str, Any]]]:
    """The entries of a list that are mappings, with their positions; of anything else none."""
    if isinstance(value, tuple):
        yield from ((i, each) for i, each in enumerate(value) if isinstance(each, dict))


def _ids(things: list[dict[str, Any]]) -> list[str]:
    return [name for thing in things if isinstance(name := thing.get("id"), str)]


def _thing(path: Trail) -> str:
    return f"the {path[-2][:-1]}" if len(path) > 1 and isinstance(path[-2], str) else "the file"


def _short(name: str) -> str:
    return name if len(name) <= 80 and name.isprintable() else f"{name[:79]!a}…"
