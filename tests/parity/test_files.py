"""Workbook files in Python and TypeScript: both take and refuse the same, and no file does harm."""

from __future__ import annotations

import base64
import json
import random
from datetime import UTC, datetime
from typing import Any

import pytest

from iiv_course.workbook.content import (
    CLOCK_LIMIT,
    CLOCK_STEP,
    SIZE_LIMIT,
    TEXT_LIMIT,
    FileError,
    answers_only,
    file_facts,
    read_file,
    refuse_too_much,
    write_file,
)
from iiv_course.workbook.marks import Marks, number
from iiv_course.workbook.merge import Content, ItemState, canonical, merge
from tests.hostile import HOSTILE
from tests.parity.conftest import Say
from tests.parity.files import BOOK, GOOD, REFUSED, changed
from tests.parity.typescript import in_typescript, values
from tests.parity.workbooks import NOTHING, History, arbitrary, value

NOW = datetime(2026, 11, 24, tzinfo=UTC)
OWN = read_file(json.dumps(GOOD), book=BOOK)
"""What stands in the workbook that a file is brought to."""


def written(content: Content) -> str:
    return write_file(content, book=BOOK, kind="everything", now=NOW, name="0123456789ab")


def test_both_refuse_the_same_files_for_the_same_place() -> None:
    answers = in_typescript([("read", changed(case), BOOK) for case in REFUSED])
    assert [answer.get("place", answer) for answer in answers] == [case["place"] for case in REFUSED]
    for answer in answers:
        assert answer["says"].startswith(f"{answer['place']}: " if answer["place"] else "this file ")
        assert len(answer["says"]) < 250


def test_both_refuse_a_small_file_that_would_grow_beyond_all_bounds_when_merged() -> None:
    parents = [f"{n:06d}:1" for n in range(1_000)]
    drafts = [{"version": f"aaaaaa:{n}", "parents": parents, "text": "", "at": ""} for n in range(2, 52)]
    item = {"key": "b/i", "round": 1, "attempts": [], "draft": drafts, "rows": []}
    text = json.dumps({**GOOD, "items": [*GOOD["items"], item]})
    with pytest.raises(FileError) as caught:
        read_file(text, book=BOOK)
    assert caught.value.place == f"items[{len(GOOD['items'])}].draft"
    assert in_typescript([("read", text, BOOK)])[0]["place"] == caught.value.place


def test_whoever_goes_on_from_the_highest_number_that_is_read_can_read_the_own_file_and_go_on() -> None:
    key = "preparation/why-them"
    file = json.loads(json.dumps(GOOD))
    [item] = [item for item in file["items"] if item["key"] == key]
    highest = CLOCK_LIMIT + CLOCK_STEP
    item["draft"] = [{"version": f"aaaaaa:{highest}", "parents": [], "text": "made up", "at": ""}]
    text = json.dumps(file)
    assert in_typescript([("read", text, BOOK)])[0]["value"] == canonical(read_file(text, book=BOOK))
    # In Node each time is another page.
    for turn in range(1, 4):
        [text] = values([("goOn", text, BOOK, key)])
        state = read_file(text, book=BOOK)["items"][key]
        [draft] = state["draft"]
        assert draft["text"] == "gone on"
        assert number(draft["version"]) == highest + 2 * turn
        assert number(state["attempts"][-1]["id"]) == highest + 2 * turn - 1


def test_no_file_of_the_size_that_is_read_brings_numbers_near_those_that_javascript_cannot_tell_apart() -> None:
    shortest = len('"aaaaaa:1000000000001",')
    assert CLOCK_LIMIT + CLOCK_STEP * (SIZE_LIMIT // shortest) < 10**13


def at_the_limit(room: int) -> Content:
    """As much as pages ever write, and more than anybody does; with texts to fill a file of `room` bytes."""
    attempts = [{**GOOD["items"][0]["attempts"][0], "id": f"aaaaaa:{n}"} for n in range(1, 10_502)]
    rows = [{**GOOD["items"][3]["rows"][0], "id": f"cccccc:{n}", "fields": {"who": "x"}} for n in range(1, 10_502)]
    parents = [f"{n:06d}:1" for n in range(5_001)]
    drafts = [{"version": f"{n:06d}:5", "parents": parents, "text": "x" * TEXT_LIMIT, "at": ""} for n in range(2)]
    keys = [f"many/i{n}" for n in range(10_001)]
    items = {key: {"key": key, "round": 2, "attempts": [], "draft": [], "rows": []} for key in keys}
    items["full/up"] = {"key": "full/up", "round": 1, "attempts": attempts, "draft": drafts, "rows": rows}
    content = {"items": items, "erased": [f"x{n:06d}:1" for n in range(100_001)]}
    empty = len(written(merge(content, NOTHING)).encode())
    for at in range((room - empty) // (TEXT_LIMIT + 200)):
        response = {**GOOD["items"][0]["attempts"][0], "id": f"bbbbbb:{at + 1}", "response": "x" * TEXT_LIMIT}
        items[f"fill/i{at}"] = {"key": f"fill/i{at}", "round": 1, "attempts": [response], "draft": [], "rows": []}
    return merge(content, NOTHING)


@pytest.mark.parametrize("room", [0, pytest.param(SIZE_LIMIT, marks=pytest.mark.soak)])
def test_whatever_pages_write_is_read_again_in_both_up_to_the_size_of_a_file(room: int, say: Say) -> None:
    content = at_the_limit(room)
    text = written(content)
    size = len(text.encode())
    assert room - 2 * TEXT_LIMIT < size <= SIZE_LIMIT
    assert len(content["items"]["full/up"]["draft"]) == 2
    again = canonical(read_file(text, book=BOOK))
    assert again == canonical(content)
    assert values([("read", text, BOOK)]) == [again]
    say(f"a file of {size:,} bytes, of {SIZE_LIMIT:,} that are read: the same in both")


def test_both_refuse_what_would_be_more_than_a_file_can_hold_together_with_what_is_here() -> None:
    def half(name: str) -> Content:
        texts = [{**GOOD["items"][0]["attempts"][0], "id": f"{name}:{n}", "response": "x" * TEXT_LIMIT}
                 for n in range(1, 111)]  # fmt: skip
        item = {"key": "b/i", "round": 1, "attempts": texts, "draft": [], "rows": []}
        return {"items": {"b/i": item}, "erased": []}

    def apart(name: str) -> Content:
        drafts = [{"version": f"{name}:{n}", "parents": [], "text": "", "at": ""} for n in range(1, 31)]
        return {"items": {"b/i": {"key": "b/i", "round": 1, "attempts": [], "draft": drafts, "rows": []}}, "erased": []}

    for make in (half, apart):
        here, brought = make("aaaaaa"), make("bbbbbb")
        refuse_too_much(here, book=BOOK)
        with pytest.raises(FileError, match="holds more than goes into one workbook with what is here"):
            refuse_too_much(merge(here, brought), book=BOOK)
        alone, together = in_typescript([("tooMuch", here, BOOK), ("tooMuch", merge(here, brought), BOOK)])
        assert "says" not in alone
        assert together["says"].startswith("this file holds more than goes into one workbook with what is here")


def test_both_say_the_same_of_a_file() -> None:
    files = [json.dumps(file) for file in (GOOD, {**GOOD, "version": 7, "kind": "x"})]
    facts = values([("facts", file, BOOK) for file in files])
    assert facts == [file_facts(file, book=BOOK)._asdict() for file in files]


def test_a_file_from_the_browser_through_python_and_back_holds_the_same() -> None:
    rng = random.Random(3)
    books = [arbitrary(rng) for _ in range(60)] + [copy for seed in range(20) for copy in History(rng).workbooks()[:2]]
    books = [merge(content, NOTHING) for content in books]
    from_browser = values([("write", content, BOOK, "everything") for content in books])
    in_python = [read_file(text, book=BOOK) for text in from_browser]
    again = [read_file(written(content), book=BOOK) for content in in_python]
    in_browser = values([("read", written(content), BOOK) for content in again])
    assert in_browser == [canonical(content) for content in books]
    # Two files of one content differ in their own name and time, and in nothing else.
    for text, content in zip(from_browser, again, strict=True):
        theirs = json.loads(text)
        ours = write_file(content, book=BOOK, kind="everything", now=NOW, name=theirs["id"])
        assert text == ours.replace("2026-11-24T00:00:00.000Z", theirs["saved"])


def test_both_cut_a_workbook_down_to_the_same_answers() -> None:
    rng = random.Random(5)
    types = ["choice", "multiple", "numeric", "text", "order", "match", "scale", "reflection", "explore"]
    types += ["table", "new"]
    calls = []
    for _ in range(150):
        content = merge(arbitrary(rng), rng.choice(History(rng, steps=10).workbooks()))
        calls.append(("answers", content, {key: rng.choice(types) for key in content["items"]}))
    expected = [answers_only(content, kinds) for _, content, kinds in calls]
    assert values(calls) == [canonical(content) for content in expected]
    assert sum(bool(content["items"]) for content in expected) > len(calls) / 2


def test_both_let_a_prediction_and_a_position_through_and_no_text_of_ones_own() -> None:
    position = {"cueOpenness": "0.5", "authenticity": "1"}
    chosen = {"prediction": "little", "position": position}
    strange: list[Any] = [
        {**chosen, "prediction": "My Name"},
        {**chosen, "note": "1"},
        *({**chosen, "position": {**position, name: place}} for name, place in STRANGE_PLACES),
        {"prediction": position, "position": position},
        json.dumps(chosen),
    ]
    attempts = [
        {**GOOD["items"][0]["attempts"][0], "id": f"aaaaaa:{n}", "response": each}
        for n, each in enumerate([chosen, *strange], 1)
    ]
    item = {**GOOD["items"][0], "key": "a/b", "attempts": attempts}
    content: Content = {"items": {"a/b": item}, "erased": []}
    ours = answers_only(content, {"a/b": "explore"})
    assert values([("answers", content, {"a/b": "explore"})]) == [canonical(ours)]
    assert [each["response"] for each in ours["items"]["a/b"]["attempts"]] == [chosen, *[None] * len(strange)]


STRANGE_PLACES = [
    ("my note", "1"), ("note", "I think"), ("\u212a", "1"), ("note", "1.50"), ("note", "-1"), ("note", "1\n"),
    ("note", 1), ("note", None), ("x" * 41, "1"), ("note", "1234567"),
]  # fmt: skip


@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_mutated_files_are_taken_or_refused_alike_and_harm_nothing(count: int, say: Say) -> None:
    rng = random.Random(20261124)
    before = canonical(OWN)
    taken = 0
    refused: set[str] = set()
    for start in range(0, count, 500):
        files = [mutated(rng) for _ in range(min(500, count - start))]
        answers = in_typescript([("bring", base64.b64encode(file).decode(), BOOK, OWN) for file in files])
        for file, answer in zip(files, answers, strict=True):
            content, error = _read(file)
            if error is not None:
                assert answer.get("place", answer) == error.place, file[:300]
                assert len(str(error)) < 250
                refused.add(error.place)
                continue
            taken += 1
            merged = merge(OWN, content)
            assert answer.get("value", answer) == canonical(merged)
            assert lost(OWN, merged, content) == []
    assert canonical(OWN) == before
    # Of both there must be enough, and refusals for many reasons.
    assert min(taken, count - taken) > count / 10
    assert len(refused) > 25
    say(f"{count:,} mutated files: {taken:,} taken, {count - taken:,} refused for {len(refused)} places, alike in both")


def _read(file: bytes) -> tuple[Content, FileError | None]:
    try:
        return read_file(file, book=BOOK), None
    except FileError as error:
        return NOTHING, error


def lost(own: Content, merged: Content, brought: Content) -> list[str]:
    """What of one's own is gone, though the file neither erased nor replaced it."""
    marks = Marks(brought["erased"])
    over = {
        key: Marks(name for draft in item["draft"] for name in (*draft["parents"], *item.get("replaced", ())))
        for key, item in brought["items"].items()
    }
    nothing: ItemState = {"attempts": [], "draft": [], "rows": []}
    gone = []
    for key, item in own["items"].items():
        left = merged["items"].get(key, nothing)
        replaced = over.get(key, Marks(brought["items"].get(key, {}).get("replaced", ())))
        for part, name in (("attempts", "id"), ("rows", "id"), ("draft", "version")):
            there = {thing[name] for thing in left[part]}
            for thing in item[part]:
                erased = marks.covers(thing[name]) or (part == "draft" and replaced.covers(thing[name]))
                if thing[name] not in there and not erased:
                    gone.append(f"{key}: {part}: {thing[name]}")
    return gone


def mutated(rng: random.Random) -> bytes:
    """A file that something happened to: on its way, by hand, or on purpose."""
    file = json.loads(rng.choice([json.dumps(GOOD), written(merge(arbitrary(rng), NOTHING))]))
    for _ in range(rng.choice([0, 1, 1, 1, 2, 3])):
        _change(rng, file)
    text = json.dumps(file, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    match rng.randrange(10):
        case 0:
            return text[: rng.randrange(len(text))]
        case 1:
            at = rng.randrange(len(text))
            return text[:at] + rng.randbytes(rng.randint(1, 3)) + text[at + rng.randint(0, 3) :]
        case 2:
            return rng.choice(
                [
                    b"",
                    b"\xef\xbb\xbf" + text,
                    text.decode("utf-8", "replace").encode("utf-16"),
                    text * 2,
                    rng.randbytes(99),
                ]
            )
        case 3:
            # Written by hand: numbers and escapes that a machine would not write.
            digits = [b"1e0", b"1.0", b"01", b"+1", b"0x1", b"1e999", b"-0", b"1" * 400, b"NaN", b"1e-400", b"2E0"]
            number = rng.choice([*digits, b"[" * 9_000 + b"]" * 9_000, b"[" * 9_000])
            return text.replace(b": 1", b": " + number, 1)
        case _:
            return text


def _change(rng: random.Random, file: dict[str, Any]) -> None:
    """Put something else at a place of the file, take it out, double it, or add to it."""
    place: Any = file
    while True:
        names = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not names:
            break
        name = rng.choice(names)
        if isinstance(place[name], dict | list) and place[name] and rng.random() < 0.75:
            place = place[name]
            continue
        match rng.randrange(4):
            case 0:
                del place[name]
            case 1 if isinstance(place, list):
                place.append(place[name])
            case _:
                place[name] = _strange(rng)
        return
    if isinstance(place, dict):
        place[rng.choice(["__proto__", "constructor", "toString", "\ud800", "new"])] = _strange(rng)
    else:
        place.append(_strange(rng))


def _strange(rng: random.Random) -> Any:
    match rng.randrange(9):
        case 0:
            return rng.choice(HOSTILE)
        case 1:
            return "x" * rng.choice([79, 80, 81, 100_000, 100_001])
        case 2:
            return "𝒳" * rng.choice([40, 41])
        case 3:
            nested: Any = {}
            for _ in range(rng.choice([5, 34, 36, 38, 40, 42, 300])):
                nested = [nested] if rng.random() < 0.5 else {"__proto__": nested}
            return nested
        case 4:
            return {"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}
        case 5:
            return rng.choice(
                [0, 1, -1, 0.5, True, None, "", [], {}, 2**53, 2**53 + 2, 10**30, 1e300, "1", "2/3", "1/0"]
            )
        case 6:
            return [rng.choice(["aaaaaa:1", "0a1b2c3d4e5f:9", "", "\x00", None])] * rng.choice([1, 2, 51, 5_001])
        case _:
            return value(rng, 4)
