"""What `iiv check` proves of banks, notebooks and pages, before anything is built or run."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from iiv_course import bank as banks
from iiv_course import coverage, items, notebooks, scenario
from iiv_course.course import label, notebooks_of, pages_of, references_of, root_above, root_here, visible
from iiv_course.items import CourseError
from iiv_course.notebooks import Call, Cell, NotebookError
from iiv_course.page import CALLS, OF_A_BANK, Request, read_sources
from iiv_course.page.markup import MarkupError, block, inline, plain_text
from iiv_course.page.talk import RENDERERS as TALK_RENDERERS

GRADED_ITEMS = 3
"""Graded items that an objective needs at least: fewer say little about whether it was reached."""

RENDERERS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("title", "label", "help", "row", "ranked_as"), plain_text),
    **dict.fromkeys(("prompt", "text"), inline),
    **dict.fromkeys(("context", "hints", "explanation", "feedback", "model"), block),
    **dict.fromkeys(("right", "partly", "wrong", "missed", "both"), block),
}
"""How the texts of an item are shown, by the name of their field; other fields are shown as they stand."""

Trail = tuple[str | int, ...]

_LESSON = re.compile(r"\d\d-")
_LINK = re.compile(r"\breferences(?:\.md|\.html)?#([\w:.+/-]*\w)")
_CITATION = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
_ENTRY = re.compile(r"^[ \t]*@\w+[ \t]*[{(][ \t]*([^,\s]+)", re.MULTILINE)


@dataclass
class Report:
    """What was looked at, and what is wrong with it, one line each."""

    banks: int = 0
    items: int = 0
    notebooks: int = 0
    references: int = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if self.problems:
            return _count(len(self.problems), "problem")
        counts = [_count(getattr(self, f"{what}s"), what) for what in ("bank", "item", "notebook", "reference")]
        return f"checked {', '.join(counts)}: no problem"


def check(paths: Sequence[Path] = ()) -> Report:
    """Check banks, notebooks and folders, or, without a path, the course around the current folder."""
    checker = _Checker()
    if not paths:
        checker.course(root_here())
    for path in paths:
        checker.path(path)
    return checker.report


class _Checker:
    def __init__(self) -> None:
        self.report = Report()
        self._references: dict[Path, frozenset[str] | None] = {}
        self._shown: dict[str, list[str]] = {}
        self._cited: set[str] = set()

    def path(self, path: Path) -> None:
        if path.is_dir():
            self._folder(path)
        elif not path.exists():
            self._say(f"{path}: no such file or folder")
        elif path.suffix == ".yml":
            self._bank(path)
        elif path.suffix == ".ipynb":
            self._notebook(path)
        else:
            self._say(f"{path}: neither a bank (.yml), a notebook (.ipynb) nor a folder")

    def course(self, root: Path) -> None:
        """Everything, and what can be said of the whole alone: nothing is left over."""
        references = self._known(root)
        held: dict[str, str] = {}
        talks: set[str] = set()
        for path in sorted(banks.FOLDER.glob("*.yml")):
            if bank := self._bank(path, root):
                held |= {bank.key(item): label(path) for item in bank.items}
                talks |= {item.conversation for item in bank.items if isinstance(item, items.Conversation)}
        self._conversations(root, talks)
        for path in notebooks_of(root):
            self._notebook(path, root)
        for path in pages_of(root):
            self._page(path, references)
        self._left_over(root, held, references)
        self._say(*coverage.problems(root))

    def _folder(self, folder: Path) -> None:
        if (folder / "_config.yml").is_file():
            return self.course(folder.absolute())
        for path in visible(folder, "*.yml"):
            self._bank(path)
        for path in visible(folder, "*.ipynb"):
            self._notebook(path)
        for path in visible(folder, "*.md"):
            self._page(path, self._known(root_above(folder)))
        return None

    # Banks

    def _bank(self, path: Path, root: Path | None = None) -> items.Bank | None:
        self.report.banks += 1
        known = self._known(root or root_above(path.parent))
        try:
            bank, positions = banks.read_bank_with_positions(path, known_sources=known)
        except banks.BankError as error:
            self._say(*map(str, error.problems))
            return None
        self.report.items += len(bank.items)
        for where, name, text in _texts(bank, ()):
            try:
                RENDERERS[name](text)
            except MarkupError as error:
                self._say(str(positions.problem(where, str(error))))
        for i, item in enumerate(bank.items):
            if isinstance(item, items.Conversation) and item.conversation not in (talks := scenario.names()):
                found = f"no conversation '{item.conversation}'{banks.suggestion(item.conversation, talks)}"
                self._say(str(positions.problem(("items", i, "conversation"), found)))
        graded = Counter(item.objective for item in bank.items if isinstance(item, items.Graded))
        for objective in bank.objectives:
            if graded[objective] < GRADED_ITEMS:
                found = f"has {_count(graded[objective], 'graded item')}; to judge it takes at least {GRADED_ITEMS}"
                self._say(str(positions.problem(("objectives", objective), found)))
        for item in bank.items:
            self._cited.update(item.sources)
        return bank

    def _conversations(self, root: Path, held: set[str]) -> None:
        """Check those that items hold; none is left over where banks and conversations belong together."""
        lessons = [path.stem for path in notebooks_of(root)]
        for path in sorted(scenario.FOLDER.glob("*.yml")):
            if path.stem in held:
                self._conversation(path, self._known(root), lessons)
            elif scenario.FOLDER.parent == banks.FOLDER.parent:
                self._say(f"{label(path)}: no item holds this conversation; give it one or take the file out")

    def _conversation(self, path: Path, references: frozenset[str] | None, lessons: Sequence[str]) -> None:
        try:
            talk, positions = scenario.read_with_positions(path, known_sources=references, known_lessons=lessons)
        except banks.BankError as error:
            self._say(*map(str, error.problems))
            return
        for where, name, text in scenario.texts(talk):
            try:
                TALK_RENDERERS[scenario.TEXTS[name]](text)
            except MarkupError as error:
                self._say(str(positions.problem(where, str(error))))
        self._cited.update(talk.sources)

    # Notebooks

    def _notebook(self, path: Path, root: Path | None = None) -> None:
        self.report.notebooks += 1
        file = label(path)
        try:
            notebook = notebooks.read(path)
        except NotebookError as error:
            self._say(str(error))
            return
        again = f"run: iiv refresh {file}"
        if "widgets" in notebook.metadata:
            self._say(f"{file}: stores the state of widgets; {again}")
        references = self._known(root or root_above(path.parent))
        requests: list[Request | None] = []
        for name, cell in notebook.named_cells():
            place = f"{file}: {name}"
            if cell.cell_type == "code":
                requests += self._code(place, cell, again)
            else:
                self._say(*(f"{place}: {problem}" for _, problem in self._citations(cell.source, references)))
        asked = [request for request in requests if request]
        if _LESSON.match(path.name) and len(asked) == len(requests):
            self._closed(file, asked)
        for request in asked:
            if request.kind == "quiz":
                for item in request.chosen():
                    self._shown.setdefault(f"{request.bank}/{item.id}", []).append(file)

    def _code(self, place: str, cell: Cell, again: str) -> list[Request | None]:
        """Check a cell of code; what its calls ask for, None for a call with something wrong."""
        if cell.has_widget():
            self._say(f"{place}: stores a widget, which shows nothing without its kernel; {again}")
        if "execution" in cell.metadata:
            self._say(f"{place}: stores when it was run; {again}")
        for output in cell.outputs:
            if output.get("output_type") == "error":
                self._say(f"{place}: stores the error {output.get('ename')}; mend the cell, then {again}")
        try:
            calls = notebooks.calls(cell.source)
        except (SyntaxError, ValueError, RecursionError) as error:
            line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
            self._say(f"{place}{line}: no Python: {getattr(error, 'msg', None) or error}")
            return []
        requests = [self._request(place, call) for call in calls]
        if (asked := [request for request in requests if request]) or not calls:
            self._stored(place, cell, asked, again)
        return requests

    def _request(self, place: str, call: Call) -> Request | None:
        """What a call asks for, if it shows something and all of it exists."""
        if not call.shown:
            self._say(f"{place}: {call.name}(…) is not what the cell ends in, so it shows nothing; give it a cell")
            return None
        try:
            positional = [ast.literal_eval(argument) for argument in call.node.args]
            named = {argument.arg or "**": ast.literal_eval(argument.value) for argument in call.node.keywords}
        except ValueError:
            self._say(f"{place}: {call.name}(…) has a computed argument; write it out, for checks do not run it")
            return None
        try:
            request = Request.model_validate(ARGUMENTS[call.name](*positional, **named))
            request.chosen()
        except banks.BankError as error:
            self._say(*map(str, error.problems))
        except CourseError as error:
            self._say(f"{place}: {error}")
        except TypeError as error:
            self._say(f"{place}: {str(error).lstrip('_')}")
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = ".".join(map(str, first["loc"])) or "the arguments"
            self._say(f"{place}: {call.name}(…): {name}: {first['msg']}")
        else:
            return request
        return None

    def _stored(self, place: str, cell: Cell, requests: Sequence[Request], again: str) -> None:
        stored = [html for html in cell.html() if "data-iiv" in html]
        if stored == [request.placeholder() for request in requests]:
            return
        if requests and not stored:
            self._say(f"{place}: has no stored output, so the test of its notebook would prove nothing; {again}")
        else:
            self._say(f"{place}: its stored output belongs to other code; {again}")

    def _closed(self, file: str, requests: Sequence[Request]) -> None:
        asked = [request.bank for request in requests if request.kind == "quiz"]
        if not any(request.kind == "result" and request.bank in asked for request in requests):
            bank = Counter(asked).most_common(1)[0][0] if asked else "BANK"
            self._say(f'{file}: a lesson ends with its result, and this one does not; add lesson_result("{bank}")')

    # Pages and references

    def _page(self, path: Path, references: frozenset[str] | None) -> None:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self._say(f"{label(path)}: cannot be read as UTF-8: {error}")
            return
        for at, problem in self._citations(text, references):
            line = text.count("\n", 0, at) + 1
            self._say(f"{label(path)}:{line}: {problem}")

    def _citations(self, text: str, references: frozenset[str] | None) -> Iterator[tuple[int, str]]:
        """Note what a text cites; yield where it cites what is not there, and what may be meant."""
        found = [(match.start(), match[1]) for match in _LINK.finditer(text)]
        found += [(match.start(), key.strip()) for match in _CITATION.finditer(text) for key in match[1].split(",")]
        for at, key in sorted(found):
            self._cited.add(key)
            if references is not None and key not in references:
                yield at, f"no reference '{key}'{banks.suggestion(key, sorted(references))}"

    def _known(self, root: Path | None) -> frozenset[str] | None:
        """The keys of the course's references; None, said once, if there are none to compare with."""
        if root is None or not (path := references_of(root)).is_file():
            return None
        if path not in self._references:
            try:
                self._references[path] = frozenset(read_sources(path))
                self.report.references += len(self._references[path] or ())
            except (OSError, ValueError) as error:
                self._references[path] = None
                self._say(f"{label(path)}: {str(error).removeprefix(f'{path.name}: ')}")
        return self._references[path]

    def _left_over(self, root: Path, held: Mapping[str, str], references: frozenset[str] | None) -> None:
        for key, file in held.items():
            where = self._shown.get(key, [])
            lessons = [notebook for notebook in where if _LESSON.match(Path(notebook).name)]
            if not where:
                self._say(f"{file}: no notebook shows '{key}'; show it or take it out")
            elif len(lessons) > 1:
                self._say(f"{lessons[1]}: shows '{key}' a second time, after {lessons[0]}; lessons show an item once")
        if references:
            path = references_of(root)
            text = path.read_text("utf-8")
            lines = {match[1]: text.count("\n", 0, match.start(1)) + 1 for match in _ENTRY.finditer(text)}
            for key in sorted(references - self._cited, key=lambda key: lines.get(key, 0)):
                self._say(f"{label(path)}:{lines.get(key, 1)}: '{key}' is cited nowhere; cite it or take it out")

    def _say(self, *problems: str) -> None:
        self.report.problems += [problem for problem in problems if problem not in self.report.problems]


def _quiz(bank: Any, items: Any = None, *, pick: Any = None, seed: Any = 0) -> dict[str, Any]:
    return {"kind": "quiz", "bank": bank, "items": items, "pick": pick, "seed": seed}


def _exercise(key: Any) -> dict[str, Any]:
    if not isinstance(key, str):
        raise TypeError(f"exercise() takes a key such as 'bank/item', not {key!r}")
    bank, item = banks.resolve(key)
    return {"kind": "quiz", "bank": bank.bank, "items": [item.id]}


def _skills_plot(bank: Any, *, before: Any = None) -> dict[str, Any]:
    return {"kind": "skills", "bank": bank, "before": before}


def _call_sheet(record: Any, ranked: Any, notes: Any, *, show: Any) -> dict[str, Any]:
    return {"kind": "sheet", "record": record, "ranked": ranked, "notes": notes, "show": show}


def _settled(settles: Mapping[str, str]) -> Callable[..., dict[str, Any]]:
    """What is read of a call that takes nothing but, for some kinds, the name of a bank."""

    def of_a_bank(bank: Any) -> dict[str, Any]:
        return {**settles, "bank": bank}

    def of_the_course() -> dict[str, Any]:
        return dict(settles)

    return of_a_bank if settles["kind"] in OF_A_BANK else of_the_course


ARGUMENTS: Mapping[str, Callable[..., dict[str, Any]]] = {
    **{name: _settled(settles) for name, settles in CALLS.items()},
    "quiz": _quiz,
    "exercise": _exercise,
    "skills_plot": _skills_plot,
    "call_sheet": _call_sheet,
}
"""The functions of a lesson, as far as their arguments go: widgets take long to load, and nothing is shown here."""


def _texts(value: object, path: Trail, name: str = "") -> Iterator[tuple[Trail, str, str]]:
    """Every text of a bank that is shown as Markdown: its path, the field it stands in, the text."""
    match value:
        case str() if name in RENDERERS:
            yield path, name, value
        case tuple():
            for i, part in enumerate(value):
                yield from _texts(part, (*path, i), name)
        case items.Bank():
            yield ("title",), "title", value.title
            for objective, text in value.objectives.items():
                yield ("objectives", objective), "text", text
            yield from _texts(value.items, ("items",))
        case BaseModel():
            for part in type(value).model_fields:
                yield from _texts(getattr(value, part), (*path, part), part)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
