"""From text to tokens: words in one spelling, with their places in code points; no tables of Unicode are asked."""

from __future__ import annotations

from typing import NamedTuple

from iiv_course.drafts._rules import Rules

APOSTROPHES = "'’‘ʼ´`"
QUOTES = "'’\"”»"
ENDS = {"?": "?", "？": "?", "!": "!", ".": ".", "…": "."}
SOFT = {",": ",", ":": ":", ";": ";", "–": "-", "—": "-", "―": "-"}
BOUND = "^"


class Token(NamedTuple):
    """A word, or a mark; `capital` tells a name from a word."""

    text: str
    start: int
    end: int
    sort: str
    capital: bool = False


def is_letter(character: str) -> bool:
    """Whether a character belongs to words. By code point, so that both engines agree whatever Unicode they know."""
    code = ord(character)
    if code < 0xC0:
        return "a" <= character <= "z" or "A" <= character <= "Z" or "0" <= character <= "9"
    if code < 0x2000:
        return code not in (0xD7, 0xF7, 0x2BC)
    return 0x3040 <= code < 0xD800 or 0xF900 <= code < 0xFE00 or 0x10000 <= code < 0x1F000 or code >= 0x20000


def tokens(text: str, rules: Rules) -> list[Token]:
    """The words and marks of a text; what is neither parts words and is left out."""
    found: list[Token] = []
    at, length = 0, len(text)
    while at < length:
        character = text[at]
        if is_letter(character):
            end = _word_end(text, at)
            found.extend(_words(text, at, end, rules))
            at = end
            continue
        if character in ENDS:
            shortens = character == "." and found and found[-1].end == at and found[-1].text in rules.abbreviations
            if not (shortens or _quoted(text, at)):
                found.append(Token(ENDS[character], at, at + 1, "end"))
        elif character in SOFT:
            found.append(Token(SOFT[character], at, at + 1, "soft"))
        elif character == "-" and not _joins(text, at):
            found.append(Token("-", at, at + 1, "soft"))
        elif character == "\n":
            after = at + 1
            while after < length and text[after] in " \t\r":
                after += 1
            if after < length and text[after] == "\n":
                found.append(Token(".", at, at + 1, "end"))
                at = after
        at += 1
    return found


def _quoted(text: str, at: int) -> bool:
    """Whether the mark at a place ends what others said, and the sentence goes on: “‘Why?’ they said”."""
    after = text[at + 1 : at + 4]
    return len(after) == 3 and after[0] in QUOTES and after[1] == " " and "a" <= after[2] <= "z"


def _joins(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and is_letter(text[at - 1]) and is_letter(text[at + 1])


def _word_end(text: str, at: int) -> int:
    """Where a word ends: an apostrophe, a point, or a comma between digits goes on with it."""
    length = len(text)
    while at < length:
        character = text[at]
        if not is_letter(character):
            within = character in APOSTROPHES or character == "."
            digits = character == "," and "0" <= text[at - 1] <= "9" and at + 1 < length and "0" <= text[at + 1] <= "9"
            if not ((within and _joins(text, at)) or digits):
                return at
        at += 1
    return length


def _words(text: str, start: int, end: int, rules: Rules) -> list[Token]:
    written = text[start:end]
    word = "".join(_folded(character, rules) for character in written)
    capital = "A" <= written[0] <= "Z" or ("À" <= written[0] <= "Þ" and written[0] != "×")
    sort = "number" if "0" <= word[:1] <= "9" else "word"
    spelled = rules.spellings.get(word)
    if spelled is None:
        ending = next((each for each in rules.endings if word.endswith(each) and len(word) > len(each)), "")
        stem = word[: len(word) - len(ending)]
        spelled = (*rules.spellings.get(stem, (stem,)), ending) if ending else (word,)
    return [Token(each, start, end, sort, capital) for each in spelled]


def _folded(character: str, rules: Rules) -> str:
    if "A" <= character <= "Z":
        return chr(ord(character) + 32)
    if character < "\x80":
        return character
    if character in APOSTROPHES:
        return "'"
    if "À" <= character <= "Þ" and character != "×":
        character = chr(ord(character) + 32)
    if "\u0300" <= character <= "\u036f":
        return ""
    return rules.letters.get(character, character)
