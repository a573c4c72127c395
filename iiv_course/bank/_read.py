"""From a file to a checked `Bank`, or to everything that is wrong with it, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from iiv_course.bank._messages import Finding, finding, item_finding
from iiv_course.bank._source import TOP, Path, Place, read_text
from iiv_course.bank._yaml import Tree, read_tree
from iiv_course.items import ITEM, Bank, CourseError, Draft, Item, Reflection, Table
from iiv_course.written import quoted, suggestion

PROBLEMS_LIMIT = 100


class LocatedProblem(NamedTuple):
    """Something wrong in a bank: file, line and column (from 1), the item it belongs to, and what would do."""

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        trail = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}:{self.column}: {trail}{self.message}"


class BankError(CourseError):
    """A bank that cannot be used, with all its problems in the order of the file; one a line as text."""

    def __init__(self, problems: tuple[LocatedProblem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class Positions:
    """Where the values of a file stand."""

    def __init__(self, file: str, tree: Tree) -> None:
        self._file = file
        self._tree = tree

    def place(self, path: Path) -> Place:
        """The place of a value; of what holds it, when the value itself is not written in the file."""
        while path and path not in self._tree.places:
            path = path[:-1]
        return self._tree.places.get(path, TOP)

    def key_place(self, path: Path) -> Place:
        return self._tree.keys.get(path) or self.place(path)

    def problem(self, path: Path, message: str) -> LocatedProblem:
        """A problem with the value at `path`, such as `("items", 3, "options", 1, "text")`.

        >>> Positions("a.yml", read_tree("items: [{id: who, prompt: $x}]")).problem(("items", 0, "prompt"), "no $")
        LocatedProblem(file='a.yml', line=1, column=27, path="items[0] 'who'", message='prompt: no $')
        """
        name = _name(path)
        return self.located(self.place(path), path, f"{name}: {message}" if name else message)

    def located(self, place: Place, path: Path, message: str) -> LocatedProblem:
        return LocatedProblem(self._file, *place, self._trail(path), message)

    def _trail(self, path: Path) -> str:
        if not _in_item(path):
            return ""
        item = dig(self._tree.value, path[:2])
        name = item.get("id") if isinstance(item, dict) else None
        return f"items[{path[1]}] {quoted(name)}" if isinstance(name, str) else f"items[{path[1]}]"


def read_bank(path: FilePath, *, known_sources: Collection[str] | None = None) -> Bank:
    """The bank in a file. Raises `BankError` with every problem; sources are checked only against known ones."""
    return read_bank_with_positions(path, known_sources=known_sources)[0]


def read_bank_with_positions(path: FilePath, *, known_sources: Collection[str] | None = None) -> tuple[Bank, Positions]:
    """The same, with the places of all values, for those who find problems later (Markdown, math, links)."""
    tree, positions = tree_of(path)
    reader = _Reader(tree, positions, known_sources)
    # a limit, and lazy checks, so that a file of a hundred thousand faults is refused at once too
    problems = list(islice(reader.problems(path.stem), PROBLEMS_LIMIT))
    if problems:
        raise BankError(tuple(sorted(problems, key=lambda problem: problem[1:3])))
    return reader.bank(), positions


def tree_of(path: FilePath) -> tuple[Tree, Positions]:
    """A file as a tree, which may have faults, and the places in it. Raises `BankError` where it is no text."""
    file = _label(path)
    text = read_text(path)
    if not isinstance(text, str):
        raise BankError(tuple(LocatedProblem(file, *fault.place, "", f"the file {fault.finding}") for fault in text))
    tree = read_tree(text)
    return tree, Positions(file, tree)


class _Reader:
    """Checks a tree from the head of the bank down to each item, one by one, so that none hides another."""

    def __init__(self, tree: Tree, positions: Positions, known_sources: Collection[str] | None) -> None:
        self._tree = tree
        self._positions = positions
        self._known_sources = known_sources
        self._wrong: set[Path] = set()
        self._items: list[Item] = []

    def bank(self) -> Bank:
        """The bank, once `problems` has come to its end without one."""
        assert isinstance(self._tree.value, dict)
        return Bank.model_validate({**self._tree.value, "items": tuple(self._items)}, strict=True)

    def problems(self, stem: str) -> Iterator[LocatedProblem]:
        for fault in self._tree.faults:
            yield self._positions.located(fault.place, fault.path, sentence(fault.path, fault.finding))
        if not self._tree.complete:
            return
        head = self._tree.value
        if not isinstance(head, dict):
            if () not in self._tree.broken:
                found = f"is {quoted(head)}, expected a mapping with bank, title, objectives and items"
                yield self._positions.located(self._positions.place(()), (), f"the file {found}")
            return
        yield from self._head_problems(head, stem)
        items = head.get("items")
        if isinstance(items, tuple):
            first_of: dict[str, int] = {}
            for i, raw in enumerate(items):
                yield from self._item_problems(i, raw)
                if isinstance(raw, dict):
                    yield from self._reference_problems(i, raw, first_of, head.get("objectives"))
            yield from self._beside_problems(items)

    def _head_problems(self, head: dict[str, Any], stem: str) -> Iterator[LocatedProblem]:
        # the items are looked at one by one later; here only that there are some
        shown = {**head, "items": ()} if isinstance(head.get("items"), tuple) and head["items"] else head
        try:
            Bank.model_validate(shown, strict=True)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                if not (shown is not head and details["loc"] == ("items",)):
                    yield from self._report((), finding(details, details["loc"], Bank))
        name = head.get("bank")
        if isinstance(name, str) and name != stem and ("bank",) not in self._wrong:
            found = f"is {quoted(name)} in a file called {quoted(stem + '.yml')}; give both the same name"
            yield from self._report((), Finding(("bank",), found))

    def _item_problems(self, i: int, raw: object) -> Iterator[LocatedProblem]:
        item, errors = _validated(raw)
        for details in errors:
            yield from self._report(("items", i), item_finding(details))
        if item is not None:
            self._items.append(item)
            for problem in item.problems():
                yield self._positions.problem(("items", i, *problem.path), problem.message)

    def _reference_problems(
        self, i: int, raw: dict[str, Any], first_of: dict[str, int], objectives: object
    ) -> Iterator[LocatedProblem]:
        """Ids, objectives and sources, from the values as written: an item with other faults has these checked too."""
        name = raw.get("id")
        if isinstance(name, str) and ("items", i, "id") not in self._wrong:
            first = first_of.setdefault(name.strip(), i)
            if first != i:
                line = self._positions.place(("items", first, "id")).line
                found = f"is taken by items[{first}] on line {line}; every item has its own"
                yield from self._report(("items", i), Finding(("id",), found))
        objective = raw.get("objective")
        if isinstance(objective, str) and isinstance(objectives, dict) and objective not in objectives:
            found = f"is {quoted(objective)}, not among the bank's objectives{suggestion(objective, objectives)}"
            yield from self._report(("items", i), Finding(("objective",), found))
        sources = raw.get("sources")
        if self._known_sources is not None and isinstance(sources, tuple):
            for j, source in enumerate(sources):
                if isinstance(source, str) and source not in self._known_sources:
                    found = f"is {quoted(source)}, not a known source{suggestion(source, self._known_sources)}"
                    yield from self._report(("items", i), Finding(("sources", j), found))

    def _beside_problems(self, raws: tuple[object, ...]) -> Iterator[LocatedProblem]:
        """What stands beside a draft is something that the learner wrote in this bank."""
        written = [item.id for item in self._items if isinstance(item, Reflection | Draft | Table)]
        places = {raw.get("id"): i for i, raw in enumerate(raws) if isinstance(raw, dict)}
        for item in self._items:
            if isinstance(item, Draft) and item.beside is not None and item.beside not in written:
                found = (
                    f"is {quoted(item.beside)}, no reflection, draft or table here{suggestion(item.beside, written)}"
                )
                yield from self._report(("items", places[item.id]), Finding(("beside",), found))

    def _report(self, above: Path, found: Finding) -> Iterator[LocatedProblem]:
        """Place a finding, unless the value was refused before for a better reason."""
        path = (*above, *found.path)
        broken = self._tree.broken
        if path in self._wrong or path in broken or (found.missing and path[:-1] in broken):
            return
        self._wrong.add(path)
        place = self._positions.key_place(path) if found.at_key else self._positions.place(path)
        yield self._positions.located(place, path, sentence(path, found.text))


def _validated(raw: object) -> tuple[Item | None, list[ErrorDetails]]:
    """Strict, so that `tries: true` is not 1 and `correct: yes` is an error."""
    try:
        return ITEM.validate_python(raw, strict=True), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        # A list with a faulty entry also counts as too short by that entry, which is no second fault.
        faulty = {details["loc"][:-n] for details in errors for n in range(1, len(details["loc"]))}
        return None, [details for details in errors if details["type"] != "too_short" or details["loc"] not in faulty]


def sentence(path: Path, found: str) -> str:
    return f"{_name(path) or ('the item' if _in_item(path) else 'the file')} {found}"


def _in_item(path: Path) -> bool:
    return len(path) > 1 and path[0] == "items" and isinstance(path[1], int)


def _name(path: Path) -> str:
    """A path as its author would say it, within its item: `options[1].text`."""
    steps = path[2:] if _in_item(path) else path
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
    return name if len(name) <= 80 and name.isprintable() else f"{name[:79]!a}…"


def dig(value: Any, path: Path) -> Any:
    """What stands at a path, None where it leads nowhere."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _label(path: FilePath) -> str:
    """The file as seen from the folder one works in."""
    here, file = FilePath.cwd(), path.absolute()
    return str(file.relative_to(here) if file.is_relative_to(here) else path)
