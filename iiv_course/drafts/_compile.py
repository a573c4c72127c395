"""The pattern language of the rules, parsed to numbers of classes of words.

A pattern is words with spaces between them. `a|b` is either; `<list>` a list of the rules; `(a b|c)` a group, in which
alternatives may have several words; `x?` may be left out. `_3` is up to three words, `~3` the same with commas and
dashes among them. `ANY`, `CAP`, `NUM` and `SOFT` are a word, one with a capital, a number, a comma or dash; `^` and
`$` the ends of a part. In a file each pattern has a line; a line that is indented goes on with the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from iiv_course.drafts._rules import ANY, FARTHEST_GAP, SOFT, Choice, Class, Element, Pattern, Patterns
from iiv_course.written import quoted, suggestion

_SORTS = {"ANY": "any", "CAP": "capital", "NUM": "number", "SOFT": "soft", "^": "bound", "$": "bound"}
_ATOM = re.compile(r"[a-z0-9.]+|n't|'[a-z]+|[,:;-]")
_GAP = re.compile(r"([_~])([0-9]+)")


class PatternError(ValueError):
    """A pattern that cannot be read; the message goes on from its place."""


class BrokenPatternsError(ValueError):
    """The patterns of a block that cannot be read, each with its number in the block."""

    def __init__(self, broken: dict[int, PatternError]) -> None:
        super().__init__(broken)
        self.broken = broken


class Compiler:
    """Parses patterns against lists of words and of phrases; equal classes are one."""

    def __init__(self, words: Mapping[str, str], phrases: Mapping[str, tuple[str, ...]]) -> None:
        self._words = words
        self._phrases = phrases
        self._elements: dict[str, Element] = {}
        self._known: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}
        self._numbers = {Class(sort="any"): ANY, Class(sort="soft"): SOFT}

    @property
    def classes(self) -> tuple[Class, ...]:
        return tuple(self._numbers)

    @property
    def lists(self) -> dict[str, frozenset[str]]:
        """The lists of words alone."""
        meanings = {name: self._atom(f"<{name}>") for name in self._words}
        return {name: words for name, (words, phrases) in meanings.items() if not phrases}

    @property
    def phrases(self) -> dict[str, Patterns]:
        """The lists of phrases. Raises `PatternError`; a list must not have itself within."""
        return {name: tuple(map(self.pattern, lines)) for name, lines in self._phrases.items()}

    def patterns(self, lines: Iterable[str]) -> Patterns:
        """The patterns of a block. Raises `BrokenPatternsError`."""
        parsed, broken = [], {}
        for number, line in enumerate(lines):
            try:
                parsed.append(self.pattern(line))
            except PatternError as error:
                broken[number] = error
        if broken:
            raise BrokenPatternsError(broken)
        return tuple(parsed)

    def pattern(self, line: str) -> Pattern:
        """One pattern. Raises `PatternError`."""
        pattern = self._sequence(line)
        if not pattern:
            raise PatternError("is empty, expected words")
        if all(map(self._may_be_void, pattern)):
            raise PatternError("may match nothing at all; one element must not be left out")
        return pattern

    def _may_be_void(self, element: Element) -> bool:
        """Whether an element may take no word; ends of a part are none."""
        match element:
            case int():
                return element < 0 or element == self._numbers.get(Class(sort="bound"))
            case str():
                return False
            case Choice(optional, patterns):
                return optional or any(all(map(self._may_be_void, each)) for each in patterns)

    def _sequence(self, written: str) -> Pattern:
        return tuple(map(self._element, _elements(written)))

    def _element(self, written: str) -> Element:
        """What an element stands for: most occur in many patterns, and are parsed once."""
        if written not in self._elements:
            self._elements[written] = self._parsed(written)
        return self._elements[written]

    def _parsed(self, written: str) -> Element:
        if gap := _GAP.fullmatch(written):
            return _gap(gap[1], int(gap[2]))
        optional = len(written) > 1 and written.endswith("?")
        written = written.removesuffix("?") if optional else written
        if written.startswith("("):
            choices = [each for part in _alternatives(written[1:-1]) for each in self._choices(part)]
        else:
            choices = self._choices(written)
        if len(choices) == 1 and len(choices[0]) == 1 and not optional:
            return choices[0][0]
        return Choice(optional, tuple(choices))

    def _choices(self, written: str) -> list[Pattern]:
        """What an alternative stands for: a sequence, or for one element its classes and lists of phrases."""
        if " " in written or written[:1] in "(_~" or written[1:].endswith("?"):
            return [self._sequence(written)]
        atoms = written.split("|")
        classes = [Class(sort=_SORTS[atom]) for atom in atoms if atom in _SORTS]
        meanings = [self._atom(atom) for atom in atoms if atom not in _SORTS]
        words = frozenset[str]().union(*(each for each, _ in meanings))
        if words:
            classes.append(Class(tuple(sorted(words))))
        return [(self._numbers.setdefault(each, len(self._numbers)),) for each in classes] + [
            (name,) for _, names in meanings for name in names
        ]

    def _atom(self, atom: str, within: tuple[str, ...] = ()) -> tuple[frozenset[str], tuple[str, ...]]:
        """The words, and the names of lists of phrases, that an atom stands for."""
        if atom[:1] != "<" or atom[-1:] != ">":
            if not _ATOM.fullmatch(atom):
                raise PatternError(f"has {quoted(atom)}, which is no word in lower case, no <list> and no sign")
            return frozenset((atom,)), ()
        name = atom[1:-1]
        if name in within:
            raise PatternError(f"has <{name}> within itself")
        if name in self._phrases:
            return frozenset(), (name,)
        if name not in self._words:
            raise PatternError(f"has <{name}>, which is no list{suggestion(name, [*self._words, *self._phrases])}")
        if name not in self._known:
            inner = [self._atom(each, (*within, name)) for each in self._words[name].split()]
            names = tuple(each for _, phrases in inner for each in phrases)
            self._known[name] = frozenset[str]().union(*(words for words, _ in inner)), names
        return self._known[name]


def _gap(sign: str, most: int) -> int:
    if not 1 <= most <= FARTHEST_GAP:
        raise PatternError(f"has a gap of {most} words, expected 1 to {FARTHEST_GAP}")
    return -most - (FARTHEST_GAP if sign == "~" else 0)


def _elements(pattern: str) -> list[str]:
    """What stands between spaces, a group with its brackets and its `?` as one."""
    return _parted(re.sub(r"\) \?", ")?", pattern), " ")


def _alternatives(inner: str) -> list[str]:
    """The alternatives of a group; those of one word are one element, which makes one class of them."""
    alternatives = _parted(inner, "|")
    single = [each for each in alternatives if re.fullmatch(r"[^ ()?_~]+", each)]
    return [*(["|".join(single)] if single else []), *(each for each in alternatives if each not in single)]


def _parted(text: str, sign: str) -> list[str]:
    """A text parted at a sign outside brackets."""
    if "(" not in text and ")" not in text:
        return [part for each in text.split(sign) if (part := each.strip())]
    parts, begin, depth = [], 0, 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == sign and depth == 0:
            parts.append(text[begin:at].strip())
            begin = at + 1
    if depth:
        raise PatternError("has a ( that is not closed")
    return [part for part in (*parts, text[begin:].strip()) if part]
