"""Runs patterns over tokens, as automata; a match is bounded, so that a search takes time in step with the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from iiv_course.drafts._rules import ANY, FARTHEST_GAP, SOFT, Choice, Element, Patterns, Rules
from iiv_course.drafts._tokens import Token

Edge = tuple[int, int]
"""A class, or a free step, and the state that it leads to."""
Labels = frozenset[int]
"""The classes that a token belongs to."""

_NOWHERE, _BEGIN = 0, 1
"""Numbers of sets of states."""
_START, _END, _FREE = 0, 1, -1
"""States, and the label of a free step."""
_REMEMBERED_MOST = 50_000
"""Steps of a machine and tokens of a labeler, after which they begin anew: memory has an end."""


class Labeler:
    """Finds the classes of tokens, each different one once."""

    def __init__(self, rules: Rules) -> None:
        self._by_word: dict[str, list[int]] = {}
        self._by_sort: dict[str, list[int]] = {}
        for number, each in enumerate(rules.classes):
            for word in each.words:
                self._by_word.setdefault(word, []).append(number)
            if each.sort:
                self._by_sort.setdefault(each.sort, []).append(number)
        self._known: dict[tuple[str, str, bool], Labels] = {}

    def labels(self, token: Token) -> Labels:
        key = (token.text, token.sort, token.capital)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _REMEMBERED_MOST:
                self._known.clear()
            found = self._known[key] = self._labels(token.sort, token.text, token.capital)
        return found

    def _labels(self, sort: str, text: str, capital: bool) -> Labels:
        sorts = [sort, *(["any"] if sort in ("word", "number") else []), *(["capital"] if capital else [])]
        return frozenset(self._by_word.get(text, ())).union(*(self._by_sort.get(each, ()) for each in sorts))


class Machine:
    """Patterns, ready to run; where it has been with which labels it remembers, as texts repeat themselves."""

    def __init__(self, patterns: Patterns, phrases: Mapping[str, Patterns]) -> None:
        self._edges = _Graph(phrases).of(patterns)
        self._forget()

    def longest(self, sequence: Sequence[Labels], at: int) -> int | None:
        """Where the longest match that begins at a place ends, or None."""
        if self._remembered > _REMEMBERED_MOST:
            self._forget()
        here, end = _BEGIN, None
        while at < len(sequence):
            labels = sequence[at]
            there = self._steps[here].get(labels)
            if there is None:
                there = self._step(here, labels)
            if there == _NOWHERE:
                break
            at += 1
            here = there
            if self._ends[here]:
                end = at
        return end

    def _step(self, here: int, labels: Labels) -> int:
        """The number of the set of states that labels lead to, remembered."""
        reached = [target for state in self._sets[here] for label, target in self._edges[state] if label in labels]
        states = self._with_free_steps(reached)
        there = self._numbers.setdefault(states, len(self._sets))
        if there == len(self._sets):
            self._sets.append(states)
            self._steps.append({})
            self._ends.append(_END in states)
        self._steps[here][labels] = there
        self._remembered += 1
        return there

    def _with_free_steps(self, reached: list[int]) -> frozenset[int]:
        states: set[int] = set()
        while reached:
            state = reached.pop()
            if state not in states:
                states.add(state)
                reached += [target for label, target in self._edges[state] if label == _FREE]
        return frozenset(states)

    def _forget(self) -> None:
        self._sets = [frozenset[int](), self._with_free_steps([_START])]
        self._numbers = {states: number for number, states in enumerate(self._sets)}
        self._steps: list[dict[Labels, int]] = [{}, {}]
        self._ends = [False, False]
        self._remembered = 0

    def search(self, sequence: Sequence[Labels]) -> Iterator[tuple[int, int]]:
        """The longest match at each place where one begins."""
        for at in range(len(sequence)):
            end = self.longest(sequence, at)
            if end is not None:
                yield at, end


class _Graph:
    """States with edges by class and free steps; patterns that begin alike share their first states."""

    def __init__(self, phrases: Mapping[str, Patterns]) -> None:
        self._phrases = phrases
        self._edges: list[list[Edge]] = [[], []]

    def of(self, patterns: Patterns) -> list[list[Edge]]:
        shared: dict[tuple[int, Element], int] = {}
        for pattern in patterns:
            at = _START
            for element in pattern:
                if (at, element) not in shared:
                    shared[at, element] = self._element(at, element)
                at = shared[at, element]
            self._edges[at].append((_FREE, _END))
        return self._edges

    def _state(self) -> int:
        self._edges.append([])
        return len(self._edges) - 1

    def _element(self, at: int, element: Element) -> int:
        """The state after an element that begins at a state."""
        if isinstance(element, int) and element < 0:
            return self._gap(at, -element)
        after = self._state()
        match element:
            case int():
                self._edges[at].append((element, after))
            case str():
                self._choices(at, after, self._phrases[element])
            case Choice(optional, patterns):
                if optional:
                    self._edges[at].append((_FREE, after))
                self._choices(at, after, patterns)
        return after

    def _choices(self, at: int, after: int, patterns: Patterns) -> None:
        for pattern in patterns:
            end = at
            for element in pattern:
                end = self._element(end, element)
            self._edges[end].append((_FREE, after))

    def _gap(self, at: int, size: int) -> int:
        most, labels = (size, [ANY]) if size <= FARTHEST_GAP else (size - FARTHEST_GAP, [ANY, SOFT])
        states = [at, *(self._state() for _ in range(most))]
        for here, there in pairwise(states):
            self._edges[here] += [(_FREE, states[-1]), *((label, there) for label in labels)]
        return states[-1]
