"""What the rules are once they are compiled: classes of words, automata over them, and criteria; data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["question", "thank-you-note", "outreach-message"]
Strength = Literal["verdict", "ask"]
Way = Literal["found", "missing", "closed", "several", "unbounded", "words"]
"""How a criterion fails: words of it are found, or missing; by what is asked; by the number of words."""
Answer = Literal["open", "closed", "none"]


@dataclass(frozen=True, slots=True)
class Class:
    """A set of words that an edge of an automaton takes: whole words, beginnings of words, or a sort of token."""

    words: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Automaton:
    """For each state, the class that leads on to which states; state 0 begins. No cycles: a match is bounded."""

    edges: tuple[tuple[tuple[int, tuple[int, ...]], ...], ...]
    final: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a question, by how it begins, and what kind of answer would do; `leading` shows which."""

    name: str
    answer: Answer
    leading: bool
    marked: bool
    automaton: Automaton


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a sentence is cut: after a joint, such as “, and”, that a head follows, such as “how do you”."""

    joints: Automaton
    heads: Automaton


@dataclass(frozen=True, slots=True)
class Parts:
    """How a text is cut into what is asked, and which parts ask nothing of their own."""

    leads: Automaton
    asides: Automaton
    cuts: tuple[Cut, ...]
    depends: Automaton
    tags: Automaton
    marked_tags: Automaton
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion; `most` is a limit of words."""

    criterion: str
    strength: Strength
    way: Way
    advice: str
    example: str
    counter_example: str
    found: Automaton
    spared: Automaton
    most: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that both engines read; only drafts of an `asking` kind are cut into what they ask."""

    letters: Mapping[str, str]
    spellings: Mapping[str, tuple[str, ...]]
    endings: tuple[str, ...]
    abbreviations: tuple[str, ...]
    classes: tuple[Class, ...]
    parts: Parts
    asking: tuple[str, ...]
    kinds: Mapping[str, tuple[Criterion, ...]]

    def as_json(self) -> dict[str, Any]:
        """The rules as JSON carries them, for the engine in the browser."""
        return asdict(self)
