"""Runs automata over tokens: each match is bounded in length, so that a search takes time in step with the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iiv_course.drafts._rules import Automaton, Rules
from iiv_course.drafts._tokens import BOUND, Token

Labels = frozenset[int]
"""The classes that a token belongs to."""

_NOWHERE, _BEGIN = 0, 1
_REMEMBERED_MOST = 50_000
"""Steps of a machine and tokens of a labeler, after which they begin anew: memory has an end."""


class Labeler:
    """Finds the classes of tokens, each different one once."""

    def __init__(self, rules: Rules) -> None:
        self._classes = rules.classes
        self._by_word: dict[str, list[int]] = {}
        for number, each in enumerate(rules.classes):
            for word in each.words:
                self._by_word.setdefault(word, []).append(number)
        self._known: dict[tuple[str, str, bool], Labels] = {}
        self.bound = self._labels("bound", BOUND, False)

    def labels(self, token: Token) -> Labels:
        key = (token.text, token.sort, token.capital)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _REMEMBERED_MOST:
                self._known.clear()
            found = self._known[key] = self._labels(token.sort, token.text, token.capital)
        return found

    def _labels(self, sort: str, text: str, capital: bool) -> Labels:
        sorts = {sort, "any"} if sort in ("word", "number") else {sort}
        if capital:
            sorts.add("capital")
        return frozenset(self._by_word.get(text, ())) | {
            number
            for number, each in enumerate(self._classes)
            if each.sort in sorts or (each.beginnings and text.startswith(each.beginnings))
        }


class Machine:
    """An automaton, ready to run; where it has been with which labels it remembers, as texts repeat themselves."""

    def __init__(self, automaton: Automaton) -> None:
        self._edges = tuple(dict(edges) for edges in automaton.edges)
        self._final = frozenset(automaton.final)
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
        reached: set[int] = set()
        for state in self._sets[here]:
            edges = self._edges[state]
            for label in labels & edges.keys():
                reached.update(edges[label])
        states = frozenset(reached)
        there = self._numbers.setdefault(states, len(self._sets))
        if there == len(self._sets):
            self._sets.append(states)
            self._steps.append({})
            self._ends.append(not self._final.isdisjoint(states))
        self._steps[here][labels] = there
        self._remembered += 1
        return there

    def _forget(self) -> None:
        self._sets: list[frozenset[int]] = [frozenset(), frozenset({0})]
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
