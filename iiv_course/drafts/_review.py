"""Reviews a draft by the rules of its kind; what it cannot judge, tone and truth among them, it does not mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from iiv_course.drafts._match import Labeler, Machine
from iiv_course.drafts._parts import Cutter, Part
from iiv_course.drafts._reading import rules
from iiv_course.drafts._rules import Criterion, Rules, Strength
from iiv_course.drafts._tokens import is_letter, tokens
from iiv_course.items import CourseError
from iiv_course.written import quoted, suggestion

TEXT_LIMIT = 20_000
"""Characters of a draft; the limit of a learner's field."""

Span = tuple[int, int]


class DraftError(CourseError, ValueError):
    """A draft of no known kind, or one that is too long; the message says what would do."""


class Finding(NamedTuple):
    """What a criterion makes of a draft; `span` is begin and end in code points of what decided it, if anything did."""

    criterion: str
    met: bool
    strength: Strength
    span: Span | None
    advice: str


def review(kind: Literal["question", "thank-you-note", "outreach-message"] | str, text: str) -> tuple[Finding, ...]:
    """One finding for each criterion of the kind, in the order of the rules; a flaw that is absent is met.

    Raises `DraftError` for an unknown kind and for a text of more than 20,000 characters.
    Criteria: the guides of UC Berkeley, Duke and Princeton among others, as the course weighs them.

    >>> [finding.criterion for finding in review("question", "Are you hiring?") if not finding.met]
    ['closed', 'job_ask']
    >>> note = "Dear Ms Okafor, thank you for yesterday. I will write in May."
    >>> [finding.criterion for finding in review("thank-you-note", note) if finding.met]
    ['thanks', 'next_step', 'named', 'no_request']
    >>> message = "Dear Tom, could I ask you about grants for 20 minutes by phone? A short no is fine."
    >>> [finding.criterion for finding in review("outreach-message", message) if not finding.met]
    ['reason_for_you']
    """
    reader = _reader()
    if kind not in reader.kinds:
        raise DraftError(f"no kind of draft {quoted(kind)}{suggestion(kind, reader.kinds)}")
    if len(text) > TEXT_LIMIT:
        raise DraftError(f"a draft of {len(text):,} characters, at most {TEXT_LIMIT:,}")
    return reader.review(kind, text)


class Reader:
    """An engine for one set of rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._cutter = Cutter(rules.parts, Labeler(rules))
        self.kinds = {
            kind: tuple((each, Machine(each.found), Machine(each.spared)) for each in criteria)
            for kind, criteria in rules.kinds.items()
        }

    def review(self, kind: str, text: str) -> tuple[Finding, ...]:
        cut = self._cutter.parts if kind in self._rules.asking else self._cutter.sentences
        parts = cut(tokens(text, self._rules))
        return tuple(_finding(*criterion, parts, text) for criterion in self.kinds[kind])


@cache
def _reader() -> Reader:
    return Reader(rules())


def _finding(criterion: Criterion, found: Machine, spared: Machine, parts: Sequence[Part], text: str) -> Finding:
    span: Span | None
    met = False
    match criterion.way:
        case "words":
            span = _beyond(text, criterion.most)
            met = span is None
        case "missing":
            span = _first(found, spared, parts)
            met = span is not None
        case "found":
            span = _first(found, spared, parts) or next((part.span for part in parts if _shows(part, criterion)), None)
            met = span is None
        case "closed":
            asking = [part for part in parts if part.answer != "none"]
            span = asking[0].span if asking and all(part.answer == "closed" for part in asking) else None
            met = span is None
        case "several":
            span = _second(parts) or _first(found, spared, parts)
            met = span is None
        case "unbounded":
            span = _unbounded(found, spared, parts)
            met = span is None
    return Finding(criterion.criterion, met, criterion.strength, span, criterion.advice)


def _shows(part: Part, criterion: Criterion) -> bool:
    """Whether the form of a part alone is the flaw."""
    return criterion.criterion == "leading" and part.leading


def _first(found: Machine, spared: Machine, parts: Sequence[Part]) -> Span | None:
    """The first place that is found and does not meet one that is spared."""
    return next((span for part in parts if (span := _first_of(found, spared, part))), None)


def _first_of(found: Machine, spared: Machine, part: Part) -> Span | None:
    covered = bytearray(len(part.labels))
    for begin, end in spared.search(part.labels):
        covered[begin:end] = b"\1" * (end - begin)
    for begin, end in found.search(part.labels):
        if not any(covered[begin:end]):
            return _span(part, begin, end)
    return None


def _second(parts: Sequence[Part]) -> Span | None:
    """The second part that needs an answer of its own."""
    asking = [part for part in parts if part.answer != "none"]
    own = [part for index, part in enumerate(asking) if index == 0 or not part.depends]
    return own[1].span if len(own) > 1 else None


def _unbounded(found: Machine, spared: Machine, parts: Sequence[Part]) -> Span | None:
    """The first unbounded part, if all that ask for more than a yes are unbounded."""
    spans = [
        None if next(spared.search(part.labels), None) else next(_places(found, part), None)
        for part in parts
        if part.answer == "open"
    ]
    return spans[0] if spans and all(spans) else None


def _places(found: Machine, part: Part) -> Iterator[Span]:
    return (_span(part, begin, end) for begin, end in found.search(part.labels))


def _span(part: Part, begin: int, end: int) -> Span:
    """Where labels stand in the text; the bounds at the ends are no tokens."""
    within = part.tokens[max(begin - 1, 0) : end - 1]
    return within[0].start, within[-1].end


def _beyond(text: str, most: int) -> Span | None:
    """What stands after as many words as may be; a word has a letter or digit, and a line of the subject has none."""
    words = 0
    begin = at = 0
    while at < len(text):
        line = text.find("\n", at)
        line = len(text) if line < 0 else line
        if text[at:line].lstrip(" \t")[:8].lower() != "subject:":
            for begin, end in _runs(text, at, line):
                if any(map(is_letter, text[begin:end])):
                    words += 1
                    if words > most:
                        return begin, len(text)
        at = line + 1
    return None


def _runs(text: str, at: int, end: int) -> list[Span]:
    runs = []
    begin = at
    for place in range(at, end + 1):
        if place == end or text[place] in " \t\r\xa0\u2003\u2009\u202f":
            if place > begin:
                runs.append((begin, place))
            begin = place + 1
    return runs
