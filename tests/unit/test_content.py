"""The workbook file in Python: what is refused and with which words, what is carried along, what an instructor gets."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from iiv_course.frontend.generate import PACKAGE
from iiv_course.items import CourseError
from iiv_course.workbook.content import FileError, answers_only, file_facts, read_file, write_file
from iiv_course.workbook.merge import Content
from tests.hostile import HOSTILE
from tests.parity.files import BOOK, GOOD, REFUSED, changed

NOW = datetime(2026, 11, 24, 17, 30, 0, 250_999, tzinfo=timezone(timedelta(hours=1)))
GOOD_TEXT = json.dumps(GOOD)


def written(content: Content) -> str:
    return write_file(content, book=BOOK, kind="everything", now=NOW, name="0123456789ab")


def read(file: dict[str, Any]) -> Content:
    return read_file(json.dumps(file), book=BOOK)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_a_refused_file_names_the_place_and_what_would_do(case: dict[str, Any]) -> None:
    with pytest.raises(FileError) as caught:
        read_file(changed(case), book=BOOK)
    assert caught.value.place == case["place"]
    assert str(caught.value).startswith(case["says"])
    assert len(str(caught.value)) < 250
    assert isinstance(caught.value, CourseError)


def test_what_is_written_is_read_again() -> None:
    content = read(GOOD)
    again = read_file(written(content), book=BOOK)
    assert again == content
    assert written(again) == written(content)


def test_the_file_says_what_it_is_and_when_it_was_saved() -> None:
    file = json.loads(written(read(GOOD)))
    assert {name: file[name] for name in ("format", "version", "book", "id", "saved", "kind")} == {
        "format": "iiv-workbook",
        "version": 1,
        "book": BOOK,
        "id": "0123456789ab",
        "saved": "2026-11-24T16:30:00.250Z",
        "kind": "everything",
    }


def test_what_this_version_does_not_know_is_carried_along_at_every_level() -> None:
    file = json.loads(GOOD_TEXT)
    places = [file, file["items"][0], file["items"][0]["attempts"][0], file["items"][2]["draft"][0]]
    places.append(file["items"][3]["rows"][0])
    for place in places:
        place["from a later version"] = {"__proto__": [1.5, "\ud800", None], "constructor": 1e21}
    again = json.loads(written(read(file)))
    assert json.dumps(again).count("from a later version") == len(places)
    assert again["items"][2]["from a later version"] == file["from a later version"]


def test_a_file_of_a_newer_version_is_read_and_says_so() -> None:
    file = {**GOOD, "version": 2, "kind": "some day"}
    assert read(file) == read(GOOD)
    facts = file_facts(json.dumps(file), book=BOOK)
    assert facts == (2, True, "some day", "2026-11-24T16:00:00.000Z")
    assert not file_facts(GOOD_TEXT, book=BOOK).newer


def test_what_a_newer_version_changed_is_refused_with_the_reason() -> None:
    with pytest.raises(
        FileError, match="rows: found an object, expected a list; the file was written by a newer version"
    ):
        read({**GOOD, "version": 2, "items": [{**GOOD["items"][0], "rows": {}}]})


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text)[:40])
def test_a_hostile_text_is_data_and_comes_back_as_it_was(text: str) -> None:
    items = json.loads(GOOD_TEXT)["items"]
    items[2]["draft"][0]["text"] = text
    items[3]["rows"][0]["fields"] = {text: text}
    content = read({**GOOD, "items": items})
    again = read_file(written(content).encode(), book=BOOK)
    assert again == content
    assert text in {draft["text"] for draft in again["items"]["preparation/why-them"]["draft"]}


@pytest.mark.parametrize(
    ("written_as", "is_read_as"),
    [("2.0", 2), ("1e3", 1000), ("9007199254740993", 2**53), ("1e16", 1e16), ("-0.0", 0), ("0.1", 0.1), ("1e21", 1e21)],
)
def test_a_number_is_read_as_javascript_reads_it(written_as: str, is_read_as: float) -> None:
    response = '"response": "rude"'
    text = (Path(__file__).parents[1] / "cases" / "workbooks" / "good.json").read_text("utf-8")
    assert response in text
    content = read_file(text.replace(response, f'"response": {written_as}'), book=BOOK)
    found = content["items"]["signaling/cheap-talk"]["attempts"][0]["response"]
    assert (found, type(found)) == (is_read_as, type(is_read_as))


def test_bytes_with_a_mark_of_their_order_are_read_and_other_encodings_are_said() -> None:
    assert read_file(b"\xef\xbb\xbf" + GOOD_TEXT.encode(), book=BOOK) == read(GOOD)
    for encoding in ("utf-16", "utf-32"):
        with pytest.raises(FileError, match=r"this file is (no text in UTF-8|not JSON)"):
            read_file(GOOD_TEXT.encode(encoding), book=BOOK)
    with pytest.raises(FileError, match="this file is no text in UTF-8"):
        read_file(json.dumps(GOOD, ensure_ascii=False).encode("utf-8")[:-1].replace(b"\xc3", b"\xff"), book=BOOK)


TYPES = {"signaling/cheap-talk": "choice", "signaling/name-it": "text", "preparation/dossier": "table"}


def test_answers_only_hold_what_was_chosen_and_no_text_table_or_draft() -> None:
    types = {**TYPES, "preparation/why-them": "reflection"}
    answers = answers_only(read(GOOD), types)
    assert list(answers["items"]) == ["signaling/cheap-talk", "signaling/name-it"]
    chosen, text = answers["items"].values()
    assert [attempt["response"] for attempt in chosen["attempts"]] == ["rude", "free"]
    assert [attempt["score"] for attempt in chosen["attempts"]] == ["0", "1"]
    assert [(attempt["response"], attempt["score"]) for attempt in text["attempts"]] == [(None, "1")]
    assert read_file(written(answers), book=BOOK) == answers


def test_answers_only_hold_nothing_unknown() -> None:
    file = json.loads(GOOD_TEXT)
    for place in (file, file["items"][0], file["items"][0]["attempts"][0]):
        place["notes"] = "a secret"
    file["items"][1]["key"] = "gone/from-the-course"
    answers = answers_only(read(file), TYPES)
    assert list(answers["items"]) == ["signaling/cheap-talk"]
    assert "secret" not in written(answers)


@pytest.mark.parametrize(
    "response", ["My manager must not know", ["a", "my own words"], {"a": "my own words"}, 5, [["a"]]]
)
def test_a_text_of_an_item_that_has_become_a_choice_stays_out_of_the_answers(response: Any) -> None:
    file = json.loads(GOOD_TEXT)
    file["items"][0]["attempts"][0]["response"] = response
    attempts = answers_only(read(file), TYPES)["items"]["signaling/cheap-talk"]["attempts"]
    assert [attempt["response"] for attempt in attempts] == [None, "free"]


@pytest.mark.parametrize("response", ["one-page-brief", ["a", "b-2"], {"a": "b"}, "0.5", " +12,75 ", "-3"])
def test_answers_only_hold_every_response_that_is_ids_or_a_number(response: Any) -> None:
    file = json.loads(GOOD_TEXT)
    file["items"][0]["attempts"][0]["response"] = response
    attempts = answers_only(read(file), TYPES)["items"]["signaling/cheap-talk"]["attempts"]
    assert attempts[0]["response"] == response


VALIDATOR = import_module("jsonschema").Draft202012Validator(
    json.loads((PACKAGE / "workbook" / "schema.json").read_text("utf-8"))
)
# A schema knows nothing of code units and fractions, so that of texts it refuses less.
OF_WRONG_SHAPE = [case for case in REFUSED if "at" in case and not isinstance(case.get("put"), str)]


def test_the_published_schema_takes_what_is_read_and_what_is_written() -> None:
    for file in (GOOD, json.loads(written(read(GOOD))), {**GOOD, "version": 2, "new": {"any": "thing"}}):
        assert [error.message for error in VALIDATOR.iter_errors(file)] == []


@pytest.mark.parametrize("case", OF_WRONG_SHAPE, ids=lambda case: case["name"])
def test_the_published_schema_refuses_a_wrong_shape(case: dict[str, Any]) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(changed(case)))) != []


def test_a_time_is_written_in_utc() -> None:
    content = read(GOOD)
    utc = write_file(content, book=BOOK, kind="everything", now=NOW.astimezone(UTC), name="0123456789ab")
    assert utc == written(content)
