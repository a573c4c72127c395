"""The reviews of drafts in Python and TypeScript: the same findings for labeled, mutated and hostile texts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from iiv_course.drafts import review, rules
from tests.drafts import figures
from tests.hostile_drafts import HARMLESS, HOSTILE
from tests.parity.node import node

MUTANTS = 4_000
PIECES = (
    "?", "!", ".", ",", " – ", "; ", ":", "\n", "\n\n", " and ", " and why", ", and how do you", "'", "’", "-", "*",
    " n't", " CV ", " résumé ", " re\u0301sume\u0301 ", " you ", " not ", " if ", " what ", " 20 minutes ", "50,000",
    "Ä", "Þ", "×", "ʼ", "ſ", "İ", "漢字", "🙂", "\u200d", "\u00a0", "\u2028", "\x00", "Mr.", "Dear ", "Subject: ",
)  # fmt: skip


def _seeds() -> list[tuple[str, str]]:
    rows = [row for name in figures.OPEN for row in figures.texts(name)]
    examples = [
        (kind, text)
        for kind, criteria in rules().kinds.items()
        for each in criteria
        for text in (each.example, each.counter_example)
    ]
    return [(row.get("kind", "question"), row["text"]) for row in rows] + examples


def _mutants(rng: random.Random, seeds: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Texts with words dropped, swapped, doubled and joined with others', and with signs put in anywhere."""
    for _ in range(MUTANTS):
        kind, text = rng.choice(seeds)
        words = text.split(" ")
        for _ in range(rng.randint(1, 5)):
            at = rng.randrange(len(words))
            match rng.randrange(6):
                case 0:
                    words[at : at + 1] = []
                case 1:
                    other = rng.randrange(len(words))
                    words[at], words[other] = words[other], words[at]
                case 2:
                    words.insert(at, words[at])
                case 3:
                    words[at:at] = rng.choice(seeds)[1].split(" ")[: rng.randint(1, 8)]
                case 4:
                    place = rng.randint(0, len(words[at]))
                    words[at] = words[at][:place] + rng.choice(PIECES) + words[at][place:]
                case 5:
                    words[at] = rng.choice((str.upper, str.lower, str.title))(words[at])
            words = words or [""]
        yield kind, " ".join(words)


@pytest.fixture(scope="module")
def drafts() -> list[tuple[str, str]]:
    seeds = _seeds()
    every = [(kind, text) for kind in rules().kinds for text in (*HOSTILE, HARMLESS, *PIECES, "")]
    return [*seeds, *every, *_mutants(random.Random(5), seeds)]


@pytest.fixture(scope="module")
def theirs(drafts: list[tuple[str, str]]) -> dict[str, Any]:
    timed = [(kind, text) for kind in rules().kinds for text in (HARMLESS, *HOSTILE)]
    given = {kind: rules().as_json(kind) for kind in rules().kinds}
    answer: dict[str, Any] = node("drafts.mjs", {"rules": given, "drafts": drafts, "timed": timed})
    return answer


@pytest.fixture(scope="module")
def ours(drafts: list[tuple[str, str]]) -> list[list[dict[str, Any]]]:
    return [
        [{**finding._asdict(), "span": list(finding.span) if finding.span else None} for finding in review(kind, text)]
        for kind, text in drafts
    ]


def test_both_engines_find_the_same_in_the_same_place(
    drafts: list[tuple[str, str]], ours: list[list[dict[str, Any]]], theirs: dict[str, Any]
) -> None:
    for (kind, text), mine, found in zip(drafts, ours, theirs["findings"], strict=True):
        assert found == mine, (kind, text[:400])


def test_the_generated_texts_reach_every_criterion_both_ways(
    drafts: list[tuple[str, str]], ours: list[list[dict[str, Any]]]
) -> None:
    reached = {
        (kind, each["criterion"], each["met"]) for (kind, _), found in zip(drafts, ours, strict=True) for each in found
    }
    wanted = {
        (kind, each.criterion, met)
        for kind, criteria in rules().kinds.items()
        for each in criteria
        for met in (True, False)
    }
    assert wanted - reached == set()


def test_no_hostile_text_makes_the_browser_go_back(theirs: dict[str, Any]) -> None:
    # Going back over 20,000 characters takes seconds; a busy machine may well double what the slowest text takes.
    times = theirs["times"]
    for start in range(0, len(times), len(HOSTILE) + 1):
        harmless, *hostile = times[start : start + len(HOSTILE) + 1]
        assert max(hostile) < 20 * harmless + 200


def test_the_browser_refuses_what_python_refuses(theirs: dict[str, Any]) -> None:
    assert theirs["refused"] == ["RangeError", "RangeError", ""]
