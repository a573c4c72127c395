"""Reviews a draft by the rules of its kind; what it cannot judge, tone and truth among them, it does not mention."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from iiv_course.drafts._match import Machine
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
        self._cutter = Cutter(rules)
        self.kinds = {kind: tuple(Judge(each, rules) for each in criteria) for kind, criteria in rules.kinds.items()}

    def review(self, kind: str, text: str) -> tuple[Finding, ...]:
        cut = self._cutter.parts if kind in self._rules.asking else self._cutter.sentences
        parts = cut(tokens(text, self._rules))
        return tuple(each.finding(parts, text) for each in self.kinds[kind])


@cache
def _reader() -> Reader:
    return Reader(rules())


class Judge:
    """A criterion, ready to find."""

    def __init__(self, criterion: Criterion, rules: Rules) -> None:
        self._criterion = criterion
        self._weights = rules.learned.weights.get(criterion.criterion)
        self._found = Machine(criterion.found, rules.phrases)
        self._spared = Machine(criterion.spared, rules.phrases)
        self._never = Machine(criterion.never, rules.phrases)

    def finding(self, parts: Sequence[Part], text: str) -> Finding:
        rule = self._criterion
        span = self._span(parts, text)
        met = (span is None) != (rule.way == "missing")
        return Finding(rule.criterion, met, rule.strength, span, rule.advice)

    def _span(self, parts: Sequence[Part], text: str) -> Span | None:
        """What decides: the flaw that is found, or, where it must not be missing, what is there."""
        match self._criterion.way:
            case "words":
                return _beyond(text, self._criterion.most)
            case "closed":
                asking = [part for part in parts if part.answer != "none"]
                return asking[0].span if asking and all(part.answer == "closed" for part in asking) else None
            case "several":
                return _second(parts) or self._first(parts)
            case "unbounded":
                spans = [self._place(part) for part in unbounded(parts)]
                return spans[0] if spans and all(spans) else None
            case "found" | "missing":
                return self._first(parts)

    def _first(self, parts: Sequence[Part]) -> Span | None:
        return next((span for part in parts if (span := self._place(part))), None)

    def _place(self, part: Part) -> Span | None:
        """Where a part fails the criterion: by its rule, or, where weights were learned, by all evidence together."""
        place = self.ruled(part)
        if self._weights is None:
            return place
        return (place or part.span) if self._weights.sum(part.buckets, ruled=place is not None) > 0 else None

    def ruled(self, part: Part) -> Span | None:
        """The first place that is found and meets none that is spared, or all of a part whose form is the flaw."""
        if next(self._never.search(part.labels), None):
            return None
        if part.flaw == self._criterion.criterion:
            return part.span
        covered = bytearray(len(part.labels))
        for begin, end in self._spared.search(part.labels):
            covered[begin:end] = b"\1" * (end - begin)
        for begin, end in self._found.search(part.labels):
            if not any(covered[begin:end]):
                return part.place(begin, end)
        return None


def unbounded(parts: Sequence[Part]) -> list[Part]:
    """The parts that a bound is looked for in: what is open, or, if nothing is asked by its form, the last."""
    asking = [part for part in parts if part.answer != "none"]
    return [part for part in asking if part.answer == "open"] if asking else list(parts[-1:])


def _second(parts: Sequence[Part]) -> Span | None:
    """The second part that needs an answer of its own."""
    asking = [part for part in parts if part.answer != "none"]
    own = [part for index, part in enumerate(asking) if index == 0 or not part.depends]
    return own[1].span if len(own) > 1 else None


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
