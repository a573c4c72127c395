"""The pattern language of the rules, compiled to automata over classes of words.

A pattern is words with spaces between them. `a|b` is either; `a*` any word that begins so; `<list>` a list of the
rules; `(a b|c)` a group, in which alternatives may have several words; `x?` may be left out. `_3` is up to three
words, `~3` the same with commas and dashes among them. `ANY`, `CAP`, `NUM` and `SOFT` are a word, one with a capital,
a number, a comma or dash; `^` and `$` the ends of a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from iiv_course.drafts._rules import Automaton, Class
from iiv_course.written import quoted, suggestion

_SORTS = {"ANY": "any", "CAP": "capital", "NUM": "number", "SOFT": "soft", "^": "bound", "$": "bound"}
_ATOM = re.compile(r"[a-z0-9'.]+\*?|[,:;-]")
_NEAREST_GAP = 12


class PatternError(ValueError):
    """A pattern that cannot be read; the message goes on from its place."""


@dataclass(slots=True)
class _Graph:
    """A growing automaton: edges by class, and free steps (None)."""

    edges: list[list[tuple[int | None, int]]] = field(default_factory=list)

    def state(self) -> int:
        self.edges.append([])
        return len(self.edges) - 1


class Compiler:
    """Compiles patterns against lists of words and of phrases; equal classes are one."""

    def __init__(self, words: Mapping[str, str], phrases: Mapping[str, tuple[str, ...]]) -> None:
        self._words = words
        self._phrases = phrases
        self._numbers: dict[Class, int] = {}

    @property
    def classes(self) -> tuple[Class, ...]:
        return tuple(self._numbers)

    def automaton(self, patterns: Iterable[str]) -> Automaton:
        """One automaton for all the patterns. Raises `PatternError`."""
        graph = _Graph()
        begin, end = graph.state(), graph.state()
        for pattern in patterns:
            self._sequence(graph, begin, end, _split(pattern), ())
        return _without_free_steps(graph, begin, end)

    def _sequence(self, graph: _Graph, begin: int, end: int, elements: list[str], within: tuple[str, ...]) -> None:
        if not elements:
            raise PatternError("is empty, expected words")
        at = begin
        while elements:
            element, elements = elements[0], elements[1:]
            after = graph.state()
            if element == "(":
                inner, elements = _group(elements)
                inner = _together(inner)
                optional = elements[:1] == ["?"]
                elements = elements[1:] if optional else elements
                for alternative in inner:
                    self._sequence(graph, at, after, alternative, within)
            else:
                optional = len(element) > 1 and element.endswith("?")
                self._element(graph, at, after, element.removesuffix("?") if optional else element, within)
            if optional:
                graph.edges[at].append((None, after))
            at = after
        graph.edges[at].append((None, end))

    def _element(self, graph: _Graph, at: int, after: int, element: str, within: tuple[str, ...]) -> None:
        if gap := re.fullmatch(r"([_~])([0-9]+)", element):
            most = int(gap[2])
            if not 1 <= most <= _NEAREST_GAP:
                raise PatternError(f"has a gap of {most} words, expected 1 to {_NEAREST_GAP}")
            graph.edges[at].append((None, after))
            for _ in range(most):
                beyond = graph.state()
                for sort in ("ANY", "SOFT") if gap[1] == "~" else ("ANY",):
                    graph.edges[at].append((self._number(Class(sort=_SORTS[sort])), beyond))
                graph.edges[beyond].append((None, after))
                at = beyond
            return
        parts = element.split("|")
        for sort in filter(_SORTS.__contains__, parts):
            graph.edges[at].append((self._number(Class(sort=_SORTS[sort])), after))
        words, names = self._atoms("|".join(part for part in parts if part not in _SORTS), within)
        if words:
            graph.edges[at].append((self._number(_class(words)), after))
        for name in names:
            for phrase in self._phrases[name]:
                self._sequence(graph, at, after, _split(phrase), (*within, name))

    def _atoms(self, element: str, within: tuple[str, ...]) -> tuple[list[str], list[str]]:
        """The words, and the names of lists of phrases, that an element stands for."""
        words: list[str] = []
        names: list[str] = []
        for atom in element.split("|") if element else ():
            name = atom[1:-1] if atom[:1] == "<" and atom[-1:] == ">" else None
            if name is None:
                if not _ATOM.fullmatch(atom) or "'" in atom[1:].removeprefix("'t"):
                    raise PatternError(f"has {quoted(atom)}, which is no word in lower case, no <list> and no sign")
                words.append(atom)
            elif name in within:
                raise PatternError(f"has <{name}> within itself")
            elif name in self._words:
                inner_words, inner_names = self._atoms("|".join(self._words[name].split()), (*within, name))
                words += inner_words
                names += inner_names
            elif name in self._phrases:
                names.append(name)
            else:
                raise PatternError(f"has <{name}>, which is no list{suggestion(name, [*self._words, *self._phrases])}")
        return words, names

    def _number(self, wanted: Class) -> int:
        return self._numbers.setdefault(wanted, len(self._numbers))


def _class(atoms: list[str]) -> Class:
    words = {atom for atom in atoms if not atom.endswith("*")}
    beginnings = {atom[:-1] for atom in atoms if atom.endswith("*")}
    return Class(tuple(sorted(words)), tuple(sorted(beginnings)))


def _split(pattern: str) -> list[str]:
    """The elements of a pattern; in brackets, what parts alternatives is an element too, `|`."""
    spaced = []
    depth = 0
    for character in pattern:
        depth += (character == "(") - (character == ")")
        spaced.append(f" {character} " if character in "()" or (character == "|" and depth) else character)
    return "".join(spaced).split()


def _together(alternatives: list[list[str]]) -> list[list[str]]:
    """The same alternatives with those of one word as one element, which makes one class of them."""
    single = [each[0] for each in alternatives if len(each) == 1 and not re.match(r"[_~]|.+\?$", each[0])]
    others = [each for each in alternatives if not (len(each) == 1 and each[0] in single)]
    return [["|".join(single)], *others] if single else others


def _group(elements: list[str]) -> tuple[list[list[str]], list[str]]:
    """The alternatives of a group whose bracket is open, and what follows the bracket that closes it."""
    alternatives: list[list[str]] = [[]]
    depth = 0
    for index, element in enumerate(elements):
        if element == ")" and depth == 0:
            return alternatives, elements[index + 1 :]
        if element == "|" and depth == 0:
            alternatives.append([])
            continue
        depth += (element == "(") - (element == ")")
        alternatives[-1].append(element)
    raise PatternError("has a ( that is not closed")


def _without_free_steps(graph: _Graph, begin: int, end: int) -> Automaton:
    """The same automaton with edges by class only, of the states that can be reached, counted from the beginning."""
    reach: list[set[int]] = []
    for state in range(len(graph.edges)):
        seen, open_ones = {state}, [state]
        while open_ones:
            for label, target in graph.edges[open_ones.pop()]:
                if label is None and target not in seen:
                    seen.add(target)
                    open_ones.append(target)
        reach.append(seen)
    if end in reach[begin]:
        raise PatternError("may match nothing at all; one element must not be left out")
    numbers, order = {begin: 0}, [begin]
    edges: list[dict[int, set[int]]] = []
    for state in order:
        leads: dict[int, set[int]] = {}
        for label, target in (edge for near in reach[state] for edge in graph.edges[near]):
            if label is not None:
                if target not in numbers:
                    numbers[target] = len(order)
                    order.append(target)
                leads.setdefault(label, set()).add(numbers[target])
        edges.append(leads)
    return _merged(edges, {numbers[state] for state in order if end in reach[state]})


def _merged(edges: list[dict[int, set[int]]], final: set[int]) -> Automaton:
    """The same automaton, in which states that go on alike are one. There are no cycles: the ends come first."""
    alike: dict[tuple[bool, tuple[tuple[int, tuple[int, ...]], ...]], int] = {}
    merged: dict[int, int] = {}
    for state in _ends_first(edges):
        goes = tuple(
            (label, tuple(sorted({merged[target] for target in targets})))
            for label, targets in sorted(edges[state].items())
        )
        merged[state] = alike.setdefault((state in final, goes), len(alike))
    # the state that begins is the last of all; counted from it, it is 0
    last = len(alike) - 1
    states = list(alike)[::-1]
    return Automaton(
        tuple(tuple((label, tuple(last - each for each in targets)) for label, targets in goes) for _, goes in states),
        tuple(number for number, (is_final, _) in enumerate(states) if is_final),
    )


def _ends_first(edges: list[dict[int, set[int]]]) -> list[int]:
    """The states that can be reached from the first, each after all that it leads to."""
    ordered: list[int] = []
    seen: set[int] = set()
    waiting = [(0, False)] if edges else []
    while waiting:
        state, done = waiting.pop()
        if done:
            ordered.append(state)
        elif state not in seen:
            seen.add(state)
            waiting.append((state, True))
            waiting.extend((target, False) for targets in edges[state].values() for target in targets)
    return ordered
