"""Styles in fewer bytes: no rule that meets nothing, no variable that nobody reads or that is always set anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import tinycss2
from tinycss2.ast import Node

VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
"""A variable where it is read."""

MayHold = Callable[[str], bool]
"""Whether a page may hold an element `h4`, a class `.note`, an id `#contents`."""
Place = tuple[str, ...]
"""The conditions around a declaration, then its selectors."""


@dataclass(frozen=True)
class _Property:
    name: str
    value: str

    @property
    def is_variable(self) -> bool:
        return self.name.startswith("--")


@dataclass(frozen=True)
class _Block:
    """A rule, or the rules under a condition."""

    head: str
    inner: list[_Part]
    between: str


_Part = _Block | _Property | str


def trimmed(styles: Iterable[str], may_hold: MayHold, read: Iterable[str] = ()) -> list[str]:
    """The same styles for these pages, in the order in which they are loaded; others read the variables `read`.

    >>> style = ".a { --x: 1; --y: 2; top: var(--x) } /* why */ i, b > :is(b, i):not(.c) { margin: 0}"
    >>> trimmed([style], {".a", "b"}.__contains__)
    ['.a{--x:1;top:var(--x)}b>:is(b):not(.c){margin:0}']
    """
    sheets: list[list[_Part]] = []
    later: set[tuple[Place, str]] = set()
    for style in reversed(list(styles)):
        sheet = list(_living(_rules(style), may_hold))
        sheets.insert(0, list(_not_outdone(sheet, later)))
        later.update((place, part.name) for place, part in _leaves(sheet) if isinstance(part, _Property))
    leaves = [part for sheet in sheets for _, part in _leaves(sheet)]
    used = set(read)
    # A variable may be read by another one alone.
    while more := {name for part in leaves if _counts(part, used) for name in _read_by(part)} - used:
        used |= more
    return ["".join(_text(part, used) for part in sheet) for sheet in sheets]


def _rules(style: str | list[Node]) -> list[Node]:
    return list(tinycss2.parse_rule_list(style, skip_comments=True, skip_whitespace=True))


def _living(rules: Iterable[Node], may_hold: MayHold) -> Iterator[_Part]:
    for rule in rules:
        if rule.type == "at-rule" and rule.at_keyword in ("media", "supports"):
            condition = f"@{rule.at_keyword}{_tight(rule.prelude).rstrip()}"
            yield _Block(condition, list(_living(_rules(rule.content), may_hold)), "")
        elif rule.type == "qualified-rule":
            if selectors := [each for each in _alternatives(rule.prelude) if _meets(each, may_hold)]:
                inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                yield _Block(",".join(_shown(each, may_hold) for each in selectors), list(map(_declared, inner)), ";")
        else:
            yield str(rule.serialize())


def _declared(node: Node) -> _Part:
    if node.type != "declaration":
        return str(node.serialize())
    return _Property(node.name, _tight(node.value).strip() + "!important" * node.important)


def _leaves(parts: Iterable[_Part], place: Place = ()) -> Iterator[tuple[Place, _Property | str]]:
    for part in parts:
        if isinstance(part, _Block):
            yield from _leaves(part.inner, (*place, _plain(part.head)))
        else:
            yield place, part


def _not_outdone(parts: Iterable[_Part], later: set[tuple[Place, str]], place: Place = ()) -> Iterator[_Part]:
    """All but the variables that a later style sets in the same place, or there for `html body` instead of `body`."""
    places = (place, (*place[:-1], *(f"html{head}" for head in place[-1:])))
    for part in parts:
        if isinstance(part, _Block):
            yield _Block(part.head, list(_not_outdone(part.inner, later, (*place, _plain(part.head)))), part.between)
        elif isinstance(part, str) or not (part.is_variable and any((each, part.name) in later for each in places)):
            yield part


def _plain(head: str) -> str:
    return re.sub(r"""["'\s]""", "", head)


def _counts(part: _Property | str, used: set[str]) -> bool:
    return isinstance(part, str) or not part.is_variable or part.name in used


def _read_by(part: _Property | str) -> list[str]:
    return VARIABLE.findall(part if isinstance(part, str) else part.value)


def _text(part: _Part, used: set[str]) -> str:
    match part:
        case _Block(head, inner, between):
            text = between.join(shown for each in inner if (shown := _text(each, used)))
            return f"{head}{{{text}}}" if text else ""
        case _Property(name, value):
            return f"{name}:{value}" if _counts(part, used) else ""
        case _:
            return part


def _tight(nodes: Iterable[Node], serialized: Callable[[Node], str] = Node.serialize) -> str:
    text = ""
    for node in nodes:
        if node.type == "whitespace":
            text += " " * (not text.endswith((" ", ",", ">", "+", "~")))
        elif node.type == "literal" and node.value in (",", ">", "+", "~"):
            text = text.rstrip() + node.value
        elif node.type != "comment":
            text += serialized(node)
    return text


def _alternatives(nodes: Iterable[Node]) -> list[list[Node]]:
    """The selectors of a list; commas within brackets are of one selector."""
    selectors: list[list[Node]] = [[]]
    for node in nodes:
        if node == ",":
            selectors.append([])
        else:
            selectors[-1].append(node)
    return selectors


def _meets(selector: list[Node], may_hold: MayHold) -> bool:
    """Whether a page may hold all that a selector asks for; attributes and states may be as it says at any time."""
    before: Node | None = None
    for node in selector:
        match node.type:
            # An element, or a class; after a colon it is a state.
            case "ident" if before != ":" and not may_hold(f".{node.value}" if before == "." else node.lower_value):
                return False
            case "hash" if not may_hold(f"#{node.value}"):
                return False
            case "function" if node.lower_name in ("is", "where", "has"):
                if not any(_meets(each, may_hold) for each in _alternatives(node.arguments)):
                    return False
        before = node
    return True


def _shown(selector: list[Node], may_hold: MayHold) -> str:
    def serialized(node: Node) -> str:
        if node.type != "function" or node.lower_name not in ("is", "where"):
            return str(node.serialize())
        each = _alternatives(node.arguments)
        living = [one for one in each if _meets(one, may_hold)]
        # The whole weighs as much as its weightiest part, also one that meets nothing.
        weights = set(map(_weight, living))
        kept = [one for one in each if one in living or _weight(one) not in weights]
        return f"{node.name}({','.join(_shown(one, may_hold) for one in kept)})"

    return _tight(selector, serialized).strip()


def _weight(selector: list[Node]) -> tuple[str, ...]:
    """Selectors of the same build weigh the same."""
    kinds = (node.serialize() if node.type in ("literal", "function") else node.type for node in selector)
    return tuple(kind for kind in kinds if kind != "whitespace")
