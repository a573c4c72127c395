"""Merging in Python and TypeScript: one result in any order, nothing lost, nothing back from the dead."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import reduce

import pytest

from iiv_course.workbook.marks import Marks
from iiv_course.workbook.merge import Content, canonical, erase, merge
from tests.parity.conftest import Say
from tests.parity.typescript import values
from tests.parity.workbooks import NOTHING, History, arbitrary

Three = tuple[Content, Content, Content]


def joined(*workbooks: Content) -> Content:
    return reduce(merge, workbooks)


def honest(rng: random.Random) -> Three:
    a, b, c = rng.choices(History(rng).workbooks(), k=3)
    return a, b, c


def anything(rng: random.Random) -> Three:
    return arbitrary(rng), arbitrary(rng), arbitrary(rng)


LONG = pytest.param(2_000, marks=pytest.mark.soak)


@pytest.mark.parametrize("make", [honest, anything])
@pytest.mark.parametrize("count", [150, LONG])
def test_merging_gives_one_result_in_any_order_and_in_both_languages(
    make: Callable[[random.Random], Three], count: int, say: Say
) -> None:
    rng = random.Random(20261124)
    for _ in range(0, count, 250):
        calls = []
        expected = []
        for a, b, c in (make(rng) for _ in range(min(count, 250))):
            ab = merge(a, b)
            once = canonical(joined(ab, c))
            for other in (
                joined(a, merge(b, c)),
                joined(c, b, a),
                joined(b, a, c, ab, a),
                merge(joined(ab, c), NOTHING),
            ):
                assert canonical(other) == once
            assert canonical(merge(ab, ab)) == canonical(ab)
            calls += [("merge", a, b), ("merge", ab, c), ("erase", ab)]
            expected += [canonical(ab), once, canonical(erase(ab))]
        assert values(calls) == expected
    say(f"{count:,} times three workbooks ({make.__name__}): one result in any order and in both languages")


@pytest.mark.parametrize("count", [150, LONG])
def test_a_history_of_many_writers_loses_nothing_and_raises_nothing_from_the_dead(count: int, say: Say) -> None:
    seen = {"attempts": 0, "texts": 0, "rows": 0, "apart": 0, "erased": 0}
    for seed in range(count):
        rng = random.Random(seed)
        history = History(rng)
        workbooks = history.workbooks()
        rng.shuffle(workbooks)
        whole = joined(*workbooks)
        dead = Marks(history.dead)
        items = whole["items"].values()

        attempts = {attempt["id"]: item["key"] for item in items for attempt in item["attempts"]}
        assert attempts == {name: key for name, key in history.attempts.items() if not dead.covers(name)}
        texts = {draft["version"]: (item["key"], draft["text"]) for item in items for draft in item["draft"]}
        assert texts == {name: text for name, text in history.texts.items() if not dead.covers(name)}
        rows = {row["id"]: row["version"] for item in items for row in item["rows"]}
        assert rows == {name: version for name, version in history.rows.items() if not dead.covers(name)}
        assert not any("replaced" in item for item in items), "only a file that was tampered with needs marks beside"

        seen["attempts"] += len(attempts)
        seen["texts"] += len(texts)
        seen["rows"] += len(rows)
        seen["apart"] += any(len(item["draft"]) > 1 for item in items)
        seen["erased"] += bool(history.dead)
    # Histories in which nothing happens would prove little.
    assert min(seen.values()) > count / 10
    say(f"{count:,} histories: {seen['attempts']:,} answers, {seen['texts']:,} texts, {seen['rows']:,} rows, none lost")


@pytest.mark.parametrize("count", [150, LONG])
def test_of_any_workbooks_everything_is_there_that_was_neither_replaced_nor_erased(count: int) -> None:
    rng = random.Random(7)
    for _ in range(count):
        a, b, _ = anything(rng)
        whole = merge(a, b)
        erased = Marks([*a["erased"], *b["erased"]])
        for given in (a, b):
            for key, item in given["items"].items():
                merged = whole["items"].get(key, {"attempts": [], "draft": [], "rows": []})
                for part in ("attempts", "rows"):
                    names = {thing["id"] for thing in item[part] if not erased.covers(thing["id"])}
                    assert names <= {thing["id"] for thing in merged[part]}
                others = [state for other in (a, b) for at, state in other["items"].items() if at == key]
                marks = Marks(
                    name
                    for state in others
                    for name in (*state.get("replaced", ()), *(n for draft in state["draft"] for n in draft["parents"]))
                )
                for draft in item["draft"]:
                    version = draft["version"]
                    if not marks.covers(version) and not erased.covers(version):
                        assert (version, draft["text"]) in {(head["version"], head["text"]) for head in merged["draft"]}


@pytest.mark.parametrize("count", [150, LONG])
def test_what_was_erased_is_brought_back_by_no_older_copy_in_any_order(count: int) -> None:
    calls = []
    for seed in range(min(count, 1_000)):
        rng = random.Random(seed)
        older = History(rng).workbooks()
        gone = erase(joined(*older))
        assert gone["items"] == {}
        # Of an item that was started over its number of rounds may come back, which says nothing of what was written.
        order = [gone, *rng.sample(older, len(older))]
        rng.shuffle(order)
        back = joined(*order)
        assert not any(item["attempts"] or item["draft"] or item["rows"] for item in back["items"].values())
        calls.append(("merge", gone, older[0]))
    assert values(calls) == [canonical(merge(a, b)) for _, a, b in calls]
