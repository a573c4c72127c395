"""Every word that a reader meets is American English as a dictionary has it, or stands in the course's own list."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hunspell import Hunspell

from tests.prose import Passage, passages, plain
from tests.scratch import ROOT

LIST = ROOT / "tests" / "words.txt"
"""Names of people and places, most of them invented, names of sources, and terms that the dictionary does not have."""

NOT_AMERICAN = frozenset(
    ["acknowledgement", "afterwards", "amongst", "gaol", "maths", "moult", "mum", "sombre", "towards", "whilst"]
)
"""British words and spellings that the dictionary lets pass."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_DICTIONARY = Hunspell("en_US")


@cache
def own_words() -> frozenset[str]:
    return frozenset(LIST.read_text("utf-8").split())


@cache
def in_dictionary(word: str) -> bool:
    """Whether a word is American English: as it stands, without 's, or in the parts between its hyphens."""
    word = word.replace("’", "'").removesuffix("'s")
    if word.lower() in NOT_AMERICAN:
        return False
    try:
        return bool(_DICTIONARY.spell(word)) or ("-" in word and all(map(in_dictionary, word.split("-"))))
    except UnicodeEncodeError:  # a letter that no word of the dictionary has
        return False


def own_word(word: str) -> str:
    """The entry of the own list that allows a word, or nothing; a list in small letters allows a sentence's first."""
    word = word.replace("’", "'").removesuffix("'s")
    return next((entry for entry in (word, word[0].lower() + word[1:]) if entry in own_words()), "")


def strange(text: str) -> list[str]:
    """The words of a Markdown text that the dictionary does not have, in their order."""
    return [word for block in plain(text) for word in _WORD.findall(block) if not in_dictionary(word)]


@cache
def strange_in_the_course() -> tuple[tuple[Passage, str], ...]:
    return tuple((passage, word) for passage in passages() for word in strange(passage.markdown))


def test_every_word_of_the_course_is_american_english_or_in_the_list() -> None:
    wrong = dict.fromkeys(
        f"{passage.place}: {word}{_remedy(word)}" for passage, word in strange_in_the_course() if not own_word(word)
    )
    assert list(wrong) == []


def _remedy(word: str) -> str:
    try:
        near = [each for each in _DICTIONARY.suggest(word.replace("’", "'")) if in_dictionary(each)]
    except UnicodeEncodeError:
        near = []
    return f"; did you mean {near[0]}?" if near else f"; mend it, or put it into {LIST.relative_to(ROOT)}"


def test_the_list_is_sorted_and_holds_each_word_once() -> None:
    lines = LIST.read_text("utf-8").splitlines()
    assert lines == sorted(set(lines), key=lambda word: (word.casefold(), word))


def test_the_list_holds_no_word_that_nothing_uses() -> None:
    used = {own_word(word) for _, word in strange_in_the_course()}
    assert own_words() - used == set()


BRITISH = (
    *("organisation", "Organisations", "behaviour", "centre", "programme", "labelled", "judgement", "catalogue"),
    *("practise", "licence", "learnt", "realise", "fulfil", "theatre", "grey", "Towards", "non-organisation"),
)
SLIPS = ("recieve", "seperate", "definately", "organisation’s")


@pytest.mark.parametrize("word", BRITISH + SLIPS)
def test_a_british_spelling_or_a_slip_is_found(word: str) -> None:
    assert strange(f"One **{word}** more.") == [word]
    assert own_word(word) == ""


@pytest.mark.parametrize(
    "text",
    [
        "An organization’s behavior: nobody’s, else's, twenty-minute, e-mail.",
        "`organisation` stays, as [a link](https://example.org/behaviour) does, and <https://programme.org>.",
        "```\ncentre\n```",
        "$organisation$ and https://example.org/colour, notebooks/centre.ipynb, a@behaviour.org",
        "<details class=behaviour>\n<summary>Path</summary>\n\nText\n\n</details>",
        "![An alternative](colour.png)",
    ],
)
def test_code_math_markup_and_addresses_are_not_spelled(text: str) -> None:
    assert strange(text) == []


@pytest.mark.parametrize(
    "text",
    ["[centre](x.md)", "# Centre", "| Centre |\n|---|\n| a |", "- *centre*", "> centre\n> b", "![centre](x.png)"],
)
def test_all_other_text_is_spelled(text: str) -> None:
    assert [word.lower() for word in strange(text)] == ["centre"]


@pytest.mark.parametrize(
    "place",
    [
        r"index\.md",
        r"README\.md",
        r"book/glossary\.md",
        r"notebooks/01-\S+: cell \d+",
        r"iiv_course/bank/\S+: title",
        r"iiv_course/bank/\S+: objectives\.before",
        r"iiv_course/bank/\S+: items\.'[^']+'\.options\.'[^']+'\.feedback",
        r"iiv_course/bank/\S+: items\.'[^']+'\.hints",
        r"iiv_course/bank/\S+: items\.'[^']+'\.mistakes\.'\d'\.feedback",
        r"iiv_course/conversations/\S+: scenes\.'[^']+'\.choices\.'[^']+'\.thought",
        r"iiv_course/conversations/\S+: endings\.'[^']+'\.debrief",
        r"iiv_course/criteria/\S+: criteria\.'[^']+'\.advice",
    ],
)
def test_text_of_every_kind_is_read(place: str) -> None:
    assert any(re.match(place, passage.place) for passage in passages())
