"""What the rules are once they are compiled: classes of words, patterns of them, and criteria; data only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

Kind = Literal["question", "thank-you-note", "outreach-message"]
Strength = Literal["verdict", "ask"]
Way = Literal["found", "missing", "closed", "several", "unbounded", "words"]
"""How a criterion fails: words of it are found, or missing; by what is asked; by the number of words."""
Answer = Literal["open", "closed", "none"]

ANY, SOFT = 0, 1
"""The classes that gaps are made of."""
FARTHEST_GAP = 12
ZERO = "m"
"""The letter of a weight of nothing."""


class Choice(NamedTuple):
    """Alternatives, all of which may be left out if it is optional."""

    optional: bool
    patterns: Patterns


Element = int | str | Choice
"""The number of a class; -n, a gap of n words, and with commas -12 - n; the name of a list of phrases; a choice."""
Pattern = tuple[Element, ...]
Patterns = tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Class:
    """What a place of a pattern takes: some words, or a sort of token."""

    words: tuple[str, ...] = ()
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a question, and what kind of answer would do; it may be a flaw, and need a question mark."""

    form: str
    answer: Answer
    flaw: str
    marked: bool
    found: Patterns


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a sentence is cut: after a joint, such as “, and”, that a head follows, such as “how do you”."""

    joints: Patterns
    heads: Patterns


@dataclass(frozen=True, slots=True)
class Parts:
    """How a text is cut into what is asked, and which parts ask nothing of their own, alone or after the one before."""

    leads: Patterns
    wraps: Patterns
    asides: Patterns
    cuts: tuple[Cut, ...]
    depends: Patterns
    ties: Patterns
    tags: tuple[Form, ...]
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: what shows it, which places are spared, what bars a whole part; `most` is a limit of words."""

    criterion: str
    strength: Strength
    way: Way
    advice: str
    example: str
    counter_example: str
    found: Patterns
    spared: Patterns
    never: Patterns
    most: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts for a criterion: each bucket, as a letter around `ZERO`, a finding of its rule, and what is there."""

    base: int
    rule: int
    buckets: str

    def sum(self, buckets: Iterable[int], ruled: bool) -> int:
        return self.base + self.rule * ruled + sum(ord(self.buckets[each]) - ord(ZERO) for each in buckets)


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights by criterion, the number of buckets, and the lists of words that are evidence."""

    buckets: int
    lists: tuple[str, ...]
    weights: Mapping[str, Weights]


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that both engines read; only drafts of an `asking` kind are cut into what they ask."""

    letters: Mapping[str, str]
    spellings: Mapping[str, tuple[str, ...]]
    endings: tuple[str, ...]
    abbreviations: tuple[str, ...]
    lists: Mapping[str, frozenset[str]]
    classes: tuple[Class, ...]
    phrases: Mapping[str, Patterns]
    parts: Parts
    asking: tuple[str, ...]
    kinds: Mapping[str, tuple[Criterion, ...]]
    learned: Learned
    """For drafts of an `asking` kind."""

    def as_json(self, kind: str) -> dict[str, Any]:
        """What the engine in the browser needs for one kind: names of lists in classes, patterns as rows of numbers."""
        learned = self.learned if kind in self.asking else None
        shrunk = _Shrunk(self, learned.lists if learned else ())
        parts, cuts = self.parts, self.parts.cuts
        content = {
            "kind": kind,
            "letters": self.letters,
            "spellings": {word: " ".join(spelled) for word, spelled in self.spellings.items()},
            "endings": self.endings,
            "abbreviations": self.abbreviations,
            "parts": None
            if kind not in self.asking
            else {
                **{
                    name: shrunk.patterns(getattr(parts, name))
                    for name in ("leads", "wraps", "asides", "depends", "ties")
                },
                "cuts": [[shrunk.patterns(cut.joints), shrunk.patterns(cut.heads)] for cut in cuts],
                "tags": [shrunk.form(form) for form in parts.tags],
                "forms": [shrunk.form(form) for form in parts.forms],
            },
            "criteria": [shrunk.criterion(criterion) for criterion in self.kinds[kind]],
            "learned": learned and asdict(learned),
        }
        return {**content, "phrases": shrunk.phrases, "classes": shrunk.classes, "lists": shrunk.lists}


class _Shrunk:
    """The classes and phrases that are used, classes as words and names of lists, and patterns that speak of them."""

    def __init__(self, rules: Rules, learned: tuple[str, ...]) -> None:
        self._rules = rules
        self._learned = learned
        self._numbers = {ANY: ANY, SOFT: SOFT}
        self._lists = sorted(rules.lists.items(), key=lambda each: (-len(each[1]), each[0]))
        self.phrases: dict[str, Any] = {}

    @property
    def classes(self) -> list[str]:
        return [self._written(self._rules.classes[each]) for each in self._numbers]

    @property
    def lists(self) -> dict[str, str]:
        used = {atom[1:-1] for written in self.classes for atom in written.split() if atom[:1] == "<"}
        used |= set(self._learned)
        return {name: " ".join(sorted(words)) for name, words in self._lists if name in used}

    def _written(self, wanted: Class) -> str:
        left, atoms = set(wanted.words), []
        for name, words in self._lists:
            if len(words) > 2 and words <= left:
                atoms.append(f"<{name}>")
                left -= words
        return " ".join([*atoms, *sorted(left)]) if wanted.words else f"={wanted.sort}"

    def patterns(self, patterns: Patterns) -> list[Any]:
        return [[self._element(each) for each in pattern] for pattern in patterns]

    def _element(self, element: Element) -> Any:
        match element:
            case int():
                return element if element < 0 else self._numbers.setdefault(element, len(self._numbers))
            case str():
                if element not in self.phrases:
                    self.phrases[element] = self.patterns(self._rules.phrases[element])
                return element
            case Choice(optional, patterns):
                return [int(optional), *self.patterns(patterns)]

    def form(self, form: Form) -> dict[str, Any]:
        return {"answer": form.answer, "flaw": form.flaw, "marked": form.marked, "found": self.patterns(form.found)}

    def criterion(self, criterion: Criterion) -> dict[str, Any]:
        plain = {name: getattr(criterion, name) for name in ("criterion", "strength", "way", "advice", "most")}
        return {**plain, **{name: self.patterns(getattr(criterion, name)) for name in ("found", "spared", "never")}}
