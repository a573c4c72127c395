"""From a text to its parts: sentences, cut where a question of its own begins, each with the form it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iiv_course.drafts._match import Labeler, Labels, Machine
from iiv_course.drafts._rules import Answer, Parts
from iiv_course.drafts._tokens import Token


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text; `labels` has a bound at both ends, and `tokens` stand between them."""

    tokens: tuple[Token, ...]
    labels: tuple[Labels, ...]
    answer: Answer
    leading: bool
    depends: bool

    @property
    def span(self) -> tuple[int, int]:
        return self.tokens[0].start, self.tokens[-1].end


class Cutter:
    """Cuts texts by the rules of the parts."""

    def __init__(self, parts: Parts, labeler: Labeler) -> None:
        self._labeler = labeler
        self._leads = Machine(parts.leads)
        self._asides = Machine(parts.asides)
        self._cuts = tuple((Machine(cut.joints), Machine(cut.heads)) for cut in parts.cuts)
        self._depends = Machine(parts.depends)
        self._tags = Machine(parts.tags)
        self._marked_tags = Machine(parts.marked_tags)
        self._forms = tuple((form, Machine(form.automaton)) for form in parts.forms)

    def sentences(self, tokens: list[Token]) -> list[Part]:
        """Whole sentences, of which it is not asked what they ask."""
        bound = self._labeler.bound
        return [
            Part(tuple(sentence), (bound, *map(self._labeler.labels, sentence), bound), "none", False, False)
            for sentence, _ in _sentences(tokens)
        ]

    def parts(self, tokens: list[Token]) -> list[Part]:
        return [
            part
            for sentence, asked in _sentences(tokens)
            for part in self._of_sentence(self._without_asides(sentence), asked)
        ]

    def _without_asides(self, sentence: list[Token]) -> list[Token]:
        labels = tuple(map(self._labeler.labels, sentence))
        kept = []
        at = 0
        while at < len(sentence):
            end = self._asides.longest(labels, at)
            if end is None:
                kept.append(sentence[at])
            at = end or at + 1
        return kept

    def _of_sentence(self, sentence: list[Token], asked: bool) -> Iterator[Part]:
        bound = self._labeler.bound
        labels = (*map(self._labeler.labels, sentence), bound)
        last = len(labels)
        tags = (self._tags, self._marked_tags) if asked else (self._tags,)
        if any(machine.longest(labels, at) == last for machine in tags for at in range(1, len(sentence))):
            yield Part(tuple(sentence), (bound, *labels), "closed", leading=True, depends=False)
            return
        for begin, end in self._stretches(labels):
            after = self._after_leads(labels[:end], begin)
            if after < end:
                own = (bound, *labels[after:end], bound)
                yield self._formed(tuple(sentence[after:end]), own, asked and end == len(sentence))

    def _formed(self, tokens: tuple[Token, ...], labels: tuple[Labels, ...], asked: bool) -> Part:
        depends = self._depends.longest(labels, 0) is not None
        for form, machine in self._forms:
            if (asked or not form.marked) and next(machine.search(labels), None):
                return Part(tokens, labels, form.answer, form.leading, depends)
        return Part(tokens, labels, "none", leading=False, depends=depends)

    def _stretches(self, labels: tuple[Labels, ...]) -> Iterator[tuple[int, int]]:
        """Begin and end of what lies between the joints of a sentence, whose last label is a bound."""
        begin, at, last = 0, 1, len(labels) - 1
        while at < last:
            head = self._head_after_joint(labels, at)
            if head is None:
                at += 1
                continue
            yield begin, at
            begin, at = head, head + 1
        yield begin, last

    def _head_after_joint(self, labels: tuple[Labels, ...], at: int) -> int | None:
        for joints, heads in self._cuts:
            head = joints.longest(labels, at)
            if head is not None and heads.longest(labels, head) is not None:
                return head
        return None

    def _after_leads(self, labels: tuple[Labels, ...], at: int) -> int:
        while (end := self._leads.longest(labels, at)) is not None:
            at = end
        return at


def _sentences(tokens: list[Token]) -> Iterator[tuple[list[Token], bool]]:
    """The sentences without their marks, and whether a question mark ends them."""
    sentence: list[Token] = []
    ended = asked = False
    for token in tokens:
        if token.sort == "end":
            ended = True
            asked = asked or token.text == "?"
            continue
        if ended and sentence:
            yield sentence, asked
            sentence = []
        if ended:
            ended = asked = False
        sentence.append(token)
    if sentence:
        yield sentence, asked
