"""What weights learned from labeled questions say of a part, in whole numbers, so that both engines agree.

The evidence of a part is its words, the lists they are on, and pairs of these that stand near each other. Each piece
falls into one of a number of buckets by its hash, and each criterion has a weight for each bucket: words themselves
need not be kept. `tests/drafts/learn.py` makes the weights.
"""

from __future__ import annotations

from collections.abc import Sequence

from iiv_course.drafts._rules import Answer, Rules
from iiv_course.drafts._tokens import Token

NEAR = 3
"""How many words further on the other word of a pair may stand."""
REMEMBERED_MOST = 5_000
"""Words whose hashes are remembered; then it begins anew."""
_MASK = 0xFFFFFFFF
Buckets = frozenset[int]


class Evidence:
    """Finds the buckets of parts."""

    def __init__(self, rules: Rules) -> None:
        self._size = rules.learned.buckets
        self._lists: dict[str, list[int]] = {}
        self._known: dict[str, tuple[int, ...]] = {}
        for name in rules.learned.lists:
            for word in rules.lists[name]:
                self._lists.setdefault(word, []).append(_hash(f"<{name}>"))

    def buckets(self, tokens: Sequence[Token], answer: Answer) -> Buckets:
        size = self._size
        # One number is as good as another.
        pieces = [self._pieces("#" if token.sort == "number" else token.text) for token in tokens]
        found = {_bucket(_hash(f"={answer}"), size)}
        for at, here in enumerate(pieces):
            following = [(near, pieces[at + near]) for near in range(1, NEAR + 1) if at + near < len(pieces)]
            for one in here:
                found.add(_bucket(one, size))
                for near, others in following:
                    start = (one * 0x9E3779B1 + (near > 1)) & _MASK
                    found.update(_bucket(start ^ other, size) for other in others)
        return frozenset(found)

    def _pieces(self, word: str) -> tuple[int, ...]:
        """A word and the lists that it is on."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > REMEMBERED_MOST:
                self._known.clear()
            found = self._known[word] = (_hash(word), *self._lists.get(word, ()))
        return found


def _hash(text: str) -> int:
    """Fowler, Noll and Vo's hash (FNV-1a) of the code points."""
    value = 2166136261
    for character in text:
        value = ((value ^ ord(character)) * 16777619) & _MASK
    return value


def _bucket(value: int, size: int) -> int:
    """A bucket by the mixed bits of a hash, as neighbors in a hash are not to be neighbors in the table."""
    value = ((value ^ value >> 16) * 0x85EBCA6B) & _MASK
    value = ((value ^ value >> 13) * 0xC2B2AE35) & _MASK
    return (value ^ value >> 16) % size
