"""From a text to its parts: sentences, cut where a question of its own begins, each with the form it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from iiv_course.drafts._learned import Buckets, Evidence
from iiv_course.drafts._match import Labeler, Labels, Machine
from iiv_course.drafts._rules import Answer, Form, Rules
from iiv_course.drafts._tokens import BOUND, Token

EDGE = Token(BOUND, 0, 0, "bound")
NO_BUCKETS: Buckets = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text, with a bound at both ends, and before a question that something leads to or wraps."""

    tokens: tuple[Token, ...]
    labels: tuple[Labels, ...]
    answer: Answer
    flaw: str
    depends: bool
    buckets: Buckets

    @property
    def span(self) -> tuple[int, int]:
        return self.place(0, len(self.tokens))

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """Where tokens stand in the text."""
        within = [token for token in self.tokens[begin:end] if token is not EDGE]
        return within[0].start, within[-1].end


class Cutter:
    """Cuts texts by the rules of the parts."""

    def __init__(self, rules: Rules) -> None:
        parts = rules.parts
        machine = partial(Machine, phrases=rules.phrases)
        self._labeler = Labeler(rules)
        self._evidence = Evidence(rules)
        self._leads = machine(parts.leads)
        self._wraps = machine(parts.wraps)
        self._asides = machine(parts.asides)
        self._cuts = tuple((machine(cut.joints), machine(cut.heads)) for cut in parts.cuts)
        self._depends = machine(parts.depends)
        self._ties = machine(parts.ties)
        self._tags = tuple((form, machine(form.found)) for form in parts.tags)
        self._forms = tuple((form, machine(form.found)) for form in parts.forms)

    def sentences(self, tokens: list[Token]) -> list[Part]:
        """Whole sentences, of which it is not asked what they ask."""
        found = ((EDGE, *sentence, EDGE) for sentence, _ in _sentences(tokens))
        return [Part(each, tuple(map(self._labeler.labels, each)), "none", "", False, NO_BUCKETS) for each in found]

    def parts(self, tokens: list[Token]) -> list[Part]:
        return [
            part
            for sentence, asked in _sentences(tokens)
            for part in self._of_sentence(self._without_asides(sentence), asked)
        ]

    def _without_asides(self, sentence: list[Token]) -> list[Token]:
        labels = tuple(map(self._labeler.labels, (*sentence, EDGE)))
        kept = []
        at = 0
        while at < len(sentence):
            end = self._asides.longest(labels, at)
            if end is None:
                kept.append(sentence[at])
            at = end or at + 1
        return kept

    def _of_sentence(self, sentence: list[Token], asked: bool) -> Iterator[Part]:
        bound = self._labeler.labels(EDGE)
        labels = (*map(self._labeler.labels, sentence), bound)
        lead = before = None
        for begin, end, tag in self._stretches(labels, asked):
            after = begin if tag else self._after_leads(labels[:end], begin)
            last = end == len(sentence)
            lead = begin if lead is None else lead
            own, whole = ((bound, *labels[each:end], bound) for each in (after, lead))
            form = tag or self._form(own, asked and last)
            if last or (form and form.answer != "none"):
                depends = any(self._depends.longest(each, 0) is not None for each in (own, whole))
                if before is not None:
                    depends = depends or self._ties.longest((bound, *labels[before:end], bound), 0) is not None
                yield self._part(sentence[lead:after], sentence[after:end], form, depends)
                lead, before = None, after

    def _part(self, lead: list[Token], asking: list[Token], form: Form | None, depends: bool) -> Part:
        wrapped = self._wraps.longest(tuple(map(self._labeler.labels, asking)), 0)
        wrap, asking = (asking[: wrapped - 1], asking[wrapped - 1 :]) if wrapped else ([], asking)
        tokens = (*(token for each in (lead, wrap, asking) if each for token in (EDGE, *each)), EDGE)
        answer, flaw = (form.answer, form.flaw) if form else ("none", "")
        labels = tuple(map(self._labeler.labels, tokens))
        return Part(tokens, labels, answer, flaw, depends, self._evidence.buckets(tokens, answer))

    def _form(self, labels: tuple[Labels, ...], asked: bool) -> Form | None:
        for form, machine in self._forms:
            if (asked or not form.marked) and next(machine.search(labels), None):
                return form
        return None

    def _stretches(self, labels: tuple[Labels, ...], asked: bool) -> Iterator[tuple[int, int, Form | None]]:
        """Begin, end and tag of what lies between the joints of a sentence, whose last label is a bound."""
        begin, at, last = 0, 1, len(labels) - 1
        while at < last:
            if tagged := self._tag(labels, at, asked):
                end, tag = tagged
                yield begin, end, tag
                begin = self._head_after_joint(labels, end) or end
                at = begin + 1
            elif head := self._head_after_joint(labels, at):
                yield begin, at, None
                begin, at = head, head + 1
            else:
                at += 1
        if begin < last:
            yield begin, last, None

    def _tag(self, labels: tuple[Labels, ...], at: int, asked: bool) -> tuple[int, Form] | None:
        """Where a tag that begins at a place ends, if the sentence ends there or another question begins."""
        for form, machine in self._tags:
            end = machine.longest(labels, at)
            if end is None:
                continue
            if end == len(labels) - 1:
                if asked or not form.marked:
                    return end, form
            elif self._head_after_joint(labels, end) is not None:
                return end, form
        return None

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
