"""The grade of each lesson after Flesch and Kincaid: `python -m tests.reading` prints it; it is no test."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from iiv_course import notebooks
from iiv_course.course import notebooks_of
from iiv_course.page import requests_in
from tests.prose import Passage, cells, fields, plain
from tests.scratch import ROOT

_PARENTHESES = re.compile(r"\([^()]*\)")
_SENTENCE = re.compile(r".+?[.!?]+(?=\W*(?:\s|$))")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")


class Reading(NamedTuple):
    """Sums over a text, from which its grade follows."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """Years of US schooling that the formula asks for: 0.39 words a sentence + 11.8 syllables a word - 15.59.

        >>> round(Reading(words=6, sentences=1, syllables=6).grade, 2)
        -1.45
        """
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def reading(passages: Iterable[Passage]) -> Reading:
    """The sums over all sentences, without headings, cells of tables, and parentheses, in which sources stand."""
    sentences = [
        words
        for passage in passages
        for block in plain(passage.markdown)
        for sentence in _SENTENCE.findall(_PARENTHESES.sub(" ", block))
        if (words := _WORD.findall(sentence))
    ]
    syllables_of_all = sum(syllables(word) for words in sentences for word in words)
    return Reading(sum(map(len, sentences)), len(sentences), syllables_of_all)


def syllables(word: str) -> int:
    """About how many syllables a word has: its groups of vowels, without those that are mute at its end.

    >>> [syllables(word) for word in ("make", "table", "asked", "wanted", "idea", "interview", "organization")]
    [1, 2, 1, 2, 2, 3, 5]
    """
    word = re.sub(r"['’].*", "", word.lower())
    groups = len(_VOWELS.findall(word))
    mute = re.search(r"(?<![aeiouyl])es?$|(?<=[aeiouy])les?$|(?<![tdaeiouy])ed$|(?<=[aeiouy][aeiouy])ed$", word)
    if mute and not re.search(r"(?:[sxz]|[cs]h|[cg])es$|[^aeiouy]les?$", word):
        groups -= 1
    return max(groups, 1)


def main() -> None:
    """Print a table: for each lesson the grade of its text and of its exercises."""
    print(f"{'lesson':24} {'words':>6} {'a sentence':>10} {'text':>6} {'exercises':>10}")
    for path in notebooks_of(ROOT):
        if not path.name[:2].isdigit():
            continue
        text = reading(cells(path))
        asked = [each for cell in notebooks.read(path).cells for html in cell.html() for each in requests_in(html)]
        banks = sorted({each.bank for each in asked if each.kind == "quiz"})
        exercises = reading(part for bank in banks for part in fields(ROOT / "iiv_course" / "bank" / f"{bank}.yml"))
        length = text.words / text.sentences
        print(f"{path.stem:24} {text.words:6} {length:10.1f} {text.grade:6.1f} {exercises.grade:10.1f}")


if __name__ == "__main__":
    main()
