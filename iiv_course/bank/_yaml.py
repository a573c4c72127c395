"""From the text of a bank to plain values with a place for each; knows YAML and nothing of what a bank holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import yaml

from iiv_course.bank._source import FORBIDDEN, TOP, Fault, Path, Place, named
from iiv_course.items import DIGITS_LIMIT

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml: the same events, slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

LOADER: type = Loader
VALUES_LIMIT = 50_000
DEPTH_LIMIT = 40


class Tree(NamedTuple):
    """A file as plain values: dict, tuple, str, int, Decimal, bool, None.

    `keys` holds the places of the keys, `broken` the paths whose value could not be taken over.
    A tree that is not `complete` has no value: the file could not be read to its end.
    """

    value: object
    places: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    faults: tuple[Fault, ...]
    broken: frozenset[Path]
    complete: bool


# YAML 1.2, core schema; without octal, hexadecimal and exponents, which stay text
_PLAIN = re.compile(
    r"(?P<null>null|Null|NULL|~|)"
    r"|(?P<true>true|True|TRUE)"
    r"|(?P<false>false|False|FALSE)"
    r"|(?P<whole>[-+]?[0-9]+)"
    r"|(?P<decimal>[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*))"
    r"|(?P<none>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|NaN)"
)

_HINTS = {
    "mapping values are not allowed": "text with a colon and a space in it needs quotes",
    "cannot start any token": "indent with spaces, not tabs; text that begins with @, ` or % needs quotes",
    "tab character": "indent with spaces, not tabs",
    "did not find expected key": "check the indentation, and quotes within quotes",
    "expected <block end>": "check the indentation, and quotes within quotes",
    "did not find expected '-' indicator": "check the indentation of the list",
    "unexpected end of stream": "a quote is not closed",
    "Unicode character escape": "write the character itself",
    "unknown escape character": "a backslash in double quotes is written twice, or use single quotes",
    "could not find expected ':'": "a key is followed by a colon and a space",
    "did not find expected ',' or": "a bracket is not closed, or a comma is missing",
}


def read_tree(text: str) -> Tree:
    """One pass over the events of a YAML text, without recursion; never raises for what a text contains."""
    builder = _Builder()
    complete = builder.read(text)
    return Tree(
        builder.value,
        builder.places,
        builder.keys,
        tuple(builder.faults),
        frozenset(builder.broken),
        complete,
    )


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open; `path` is None when its value will be thrown away."""

    container: dict[str, object] | list[object]
    path: Path | None
    key: str | None = None
    expects_key: bool = False


class _Builder:
    def __init__(self) -> None:
        self.value: object = None
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.faults: list[Fault] = []
        self.broken: set[Path] = set()
        self._frames: list[_Frame] = []
        self._values = 0
        self._documents = 0
        self._last = TOP

    def read(self, text: str) -> bool:
        """Take in the text; False when it had to be left before its end."""
        try:
            for event in yaml.parse(text, Loader=LOADER):
                if not self._take(event):
                    return False
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: PyYAML on huge escapes
            self.faults.append(_syntax_fault(error, self._last))
            return False
        if not self._documents:
            self.faults.append(Fault(TOP, (), "is empty"))
        return self._documents > 0

    def _take(self, event: yaml.Event) -> bool:
        place = self._last = _place(event.start_mark)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, place)
            case yaml.MappingStartEvent():
                return self._open({}, event, place)
            case yaml.SequenceStartEvent():
                return self._open([], event, place)
            case yaml.CollectionEndEvent():
                container = self._frames.pop().container
                self._put(tuple(container) if isinstance(container, list) else container)
            case yaml.AliasEvent():
                path = self._next_path(place)
                self._refuse(place, path, f"is an alias (*{_short(event.anchor)}); write the value out")
                self._put(None)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._refuse(place, (), "holds a second document (---); a file holds one bank")
                    return False
        return True

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> bool:
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.expects_key:
            self._key(frame, event, place)
            return True
        path = self._next_path(place)
        self._refuse_marks(event, path, place)
        value, finding = _scalar(event)
        if finding:
            self._refuse(place, path, finding)
        self._put(value)
        return self._count(place)

    def _key(self, frame: _Frame, event: yaml.ScalarEvent, place: Place) -> None:
        """Note the key of the next value, or that this value is to be thrown away."""
        key, finding = _scalar(event)
        frame.expects_key = False
        frame.key = None
        self._refuse_marks(event, frame.path, place)
        if finding:
            self._refuse(place, frame.path, f"has a key that {finding}")
        elif event.value == "<<" and not event.style:
            self._refuse(place, frame.path, "has a merge key (<<); write the fields out")
        elif not isinstance(key, str):
            self._refuse(place, frame.path, f"has the key '{event.value}', which is not text; put it in quotes")
        elif key in frame.container:
            self._repeated(frame, key, place)
        else:
            frame.key = key
            if frame.path is not None:
                self.keys[(*frame.path, key)] = place

    def _repeated(self, frame: _Frame, key: str, place: Place) -> None:
        if frame.path is None:
            return
        path = (*frame.path, key)
        finding = f"is given twice, first on line {self.keys[path].line}; keep one"
        self.faults.append(Fault(place, path, finding))

    def _open(self, container: dict[str, object] | list[object], event: yaml.NodeEvent, place: Place) -> bool:
        if self._frames and self._frames[-1].expects_key:
            finding = "has a list or mapping as a key; text that begins with [ or { needs quotes"
            self._refuse(place, self._frames[-1].path, finding)
            path = None
        else:
            path = self._next_path(place)
        self._refuse_marks(event, path, place)
        if len(self._frames) == DEPTH_LIMIT:
            self._refuse(place, path and path[:2], f"is nested deeper than {DEPTH_LIMIT} levels")
            return False
        self._frames.append(_Frame(container, path, expects_key=isinstance(container, dict)))
        return self._count(place)

    def _next_path(self, place: Place) -> Path | None:
        """The path of the value that begins at `place`, noted; None if it is to be thrown away."""
        path: Path = ()
        if self._frames:
            frame = self._frames[-1]
            step = len(frame.container) if isinstance(frame.container, list) else frame.key
            if frame.path is None or step is None:
                return None
            path = (*frame.path, step)
        self.places[path] = place
        return path

    def _put(self, value: object) -> None:
        if not self._frames:
            self.value = value
            return
        frame = self._frames[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
            return
        if frame.key is not None:
            frame.container[frame.key] = value
        frame.key = None
        frame.expects_key = not frame.expects_key  # after a key that is a list or mapping, a value is due

    def _count(self, place: Place) -> bool:
        self._values += 1
        if self._values > VALUES_LIMIT:
            self._refuse(place, (), f"holds more than {VALUES_LIMIT:,} values; split the bank")
            return False
        return True

    def _refuse_marks(self, event: yaml.NodeEvent, path: Path | None, place: Place) -> None:
        if event.anchor is not None:
            self._refuse(place, path, f"has an anchor (&{_short(event.anchor)}); take it out")
        tag = getattr(event, "tag", None)
        if tag is not None:
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(place, path, f"has a tag ({_short(written)}); take it out, and put text in quotes")

    def _refuse(self, place: Place, path: Path | None, finding: str) -> None:
        if path is None:
            path = next((frame.path for frame in reversed(self._frames) if frame.path is not None), ())
        self.broken.add(path)
        self.faults.append(Fault(place, path, finding))


def _scalar(event: yaml.ScalarEvent) -> tuple[object, str | None]:
    """The value by the core schema of YAML 1.2, with exact numbers; and what is wrong with it."""
    text: str = event.value
    if event.style:  # quoted or a block: libyaml calls plain style an empty string, PyYAML None
        found = FORBIDDEN.search(text)
        return text, f"holds the {named(found.group())}, written as an escape; take it out" if found else None
    match = _PLAIN.fullmatch(text)
    match match.lastgroup if match else "text":
        case "null":
            return None, None
        case "true" | "false" as word:
            return word == "true", None
        case "none":
            return text, f"is {text}, which is not a number; put it in quotes if it is text"
        case "whole" | "decimal" as kind:
            digits = sum(map(str.isdigit, text))
            if digits > DIGITS_LIMIT:
                finding = f"is a number of {digits:,} digits, at most {DIGITS_LIMIT}; put it in quotes if it is text"
                return text, finding
            return (int(text) if kind == "whole" else Decimal(text)), None
    return text, None


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _short(text: str | None) -> str:
    text = text or ""
    return text if len(text) <= 40 else f"{text[:39]}…"


def _syntax_fault(error: Exception, last: Place) -> Fault:
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    hint = next((hint for words, hint in _HINTS.items() if words in said), None)
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    place = _place(mark) if mark else last
    text = _short_line(said)
    if "end of stream" in said and begun:
        place = _place(begun)  # where the quote was opened, not the end of the file
    elif begun and "flow" in (getattr(error, "context", None) or ""):
        text += f", in what begins on line {_place(begun).line}"
    return Fault(place, (), f"is not YAML here: {text}{f'; {hint}' if hint else ''}")


def _short_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else f"{line[:119]}…"
