"""Merging, by example: what a learner with two tabs, two devices and an old file finds."""

from __future__ import annotations

from typing import Any

import pytest

from iiv_course.workbook.marks import Marks
from iiv_course.workbook.merge import Content, canonical, erase, merge, merge_items

KEY = "b/i"
NOTHING: Content = {"items": {}, "erased": []}


def item(**fields: Any) -> dict[str, Any]:
    return {"key": KEY, "round": 1, "attempts": [], "draft": [], "rows": [], **fields}


def draft(version: str, text: str, *parents: str) -> dict[str, Any]:
    return {"version": version, "parents": list(parents), "text": text, "at": ""}


def attempt(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "response": "a", "at": "", **fields}


def content(*erased: str, **fields: Any) -> Content:
    return {"items": {KEY: item(**fields)}, "erased": list(erased)}


def texts(merged: Content) -> list[str]:
    return [each["text"] for each in merged["items"][KEY]["draft"]]


def test_attempts_of_both_are_there_in_the_order_of_their_names_whatever_the_clocks_say() -> None:
    tab = content(attempts=[attempt("aaaaaa:1", at="2099"), attempt("aaaaaa:10", at="1970")])
    other = content(attempts=[attempt("bbbbbb:2", at="2026"), attempt("aaaaaa:1", at="2099")])
    attempts = merge(tab, other)["items"][KEY]["attempts"]
    assert [each["id"] for each in attempts] == ["aaaaaa:1", "bbbbbb:2", "aaaaaa:10"]


def test_a_text_that_was_written_over_goes_and_two_that_were_written_apart_stay() -> None:
    first = content(draft=[draft("aaaaaa:1", "first")])
    here = content(draft=[draft("aaaaaa:2", "here", "aaaaaa:1")])
    there = content(draft=[draft("bbbbbb:2", "there", "aaaaaa:1")])
    assert texts(merge(first, here)) == ["here"]
    assert texts(merge(merge(here, first), there)) == ["here", "there"]
    chosen = content(draft=[draft("bbbbbb:3", "here", "aaaaaa:2", "bbbbbb:2")])
    assert texts(merge(merge(here, there), chosen)) == ["here"]


def test_two_texts_under_one_name_are_both_kept() -> None:
    assert texts(merge(content(draft=[draft("x", "one")]), content(draft=[draft("x", "two")]))) == ["one", "two"]


def test_no_text_replaces_itself_or_a_later_one_so_one_is_always_left() -> None:
    lying = content(draft=[draft("aaaaaa:1", "one", "bbbbbb:2"), draft("bbbbbb:2", "two", "aaaaaa:1", "bbbbbb:2")])
    assert texts(merge(lying, NOTHING)) == ["two"]


def test_what_an_erased_text_replaced_does_not_come_back_from_a_file() -> None:
    erased = merge(content(draft=[draft("bbbbbb:2", "new", "aaaaaa:1")]), content("bbbbbb:2"))
    assert KEY in erased["items"]
    back = merge(erased, content(draft=[draft("aaaaaa:1", "old")]))
    assert back["items"][KEY]["draft"] == []


def test_the_later_version_of_a_row_counts_and_one_that_was_deleted_stays_so() -> None:
    old = {"id": "aaaaaa:1", "version": 1, "deleted": False, "fields": {"who": "old"}}
    gone = {**old, "version": 2, "deleted": True}
    for merged in (merge(content(rows=[old]), content(rows=[gone])), merge(content(rows=[gone]), content(rows=[old]))):
        assert merged["items"][KEY]["rows"] == [gone]


def test_the_answers_alone_take_no_response_from_the_workbook_they_came_from() -> None:
    whole = content(attempts=[attempt("aaaaaa:1", response="my words", new=1)])
    bare = content(attempts=[attempt("aaaaaa:1", response=None)])
    assert merge(whole, bare) == merge(bare, whole) == whole


def test_the_highest_round_counts() -> None:
    assert merge(content(round=2), content(round=3))["items"][KEY]["round"] == 3


def test_after_erasing_only_names_are_left_and_an_older_copy_brings_nothing_back() -> None:
    before = content(
        attempts=[attempt("aaaaaa:4")],
        draft=[draft("bbbbbb:5", "secret", "aaaaaa:3")],
        rows=[{"id": "opaque", "version": 1, "deleted": False, "fields": {}}],
    )
    gone = erase({**before, "unknown": "secret"})
    assert gone == {"items": {}, "erased": ["aaaaaa:4", "bbbbbb:5", "opaque"]}
    assert merge(gone, before) == merge(before, gone) == gone
    later = merge(gone, content(attempts=[attempt("aaaaaa:4"), attempt("aaaaaa:5")]))
    assert [each["id"] for each in later["items"][KEY]["attempts"]] == ["aaaaaa:5"]


def test_an_item_in_which_nothing_was_done_is_none() -> None:
    assert merge_items([item(), None]) is None
    assert merge_items([item(new=1)]) == item(new=1)


def test_merging_changes_neither_side() -> None:
    a = content("cccccc:1", draft=[draft("aaaaaa:2", "a", "aaaaaa:1")], attempts=[attempt("aaaaaa:3")])
    b = content(draft=[draft("bbbbbb:2", "b", "cccccc:1")], attempts=[attempt("aaaaaa:3", response="b")])
    before = canonical([a, b])
    merge(a, b)
    assert canonical([a, b]) == before


def test_marks_of_a_writer_stand_for_all_that_came_before() -> None:
    marks = Marks(["aaaaaa:2", "aaaaaa:7", "x"])
    assert marks.names() == ["aaaaaa:7", "x"]
    assert [name for name in ("aaaaaa:1", "aaaaaa:7", "aaaaaa:8", "bbbbbb:1", "x", "y") if marks.covers(name)] == [
        "aaaaaa:1",
        "aaaaaa:7",
        "x",
    ]
    assert marks.names(below=4) == ["aaaaaa:3", "x"]
    assert marks.names(beyond=Marks(["aaaaaa:7"])) == ["x"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"𝒳": 1, "\uffff": 2}, '{"𝒳":1,"\uffff":2}'),
        ("\ud800\u2028\n", '"\\ud800\u2028\\n"'),
        ([1.0, -0.0, 1e21, 1e20, 1.5e-7, 0.000001, 123.25], "[1,0,1e+21,100000000000000000000,1.5e-7,0.000001,123.25]"),
    ],
)
def test_json_is_written_as_javascript_writes_it_with_its_keys_in_order(value: Any, written: str) -> None:
    assert canonical(value) == written
