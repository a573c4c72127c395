"""What is answered stays in the browser, follows everywhere in the book, and goes only when it is told to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.book.courses import Site
from tests.book.exercise import (
    OPEN,
    RIGHT,
    TITLES,
    WRONG,
    Answer,
    Exercise,
    answered,
    attempts,
    book,
    entry,
    kept,
    stored,
)
from tests.browser import Guard

DENIED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError') }})"
ROOM_FOR = """
    let room = %d;
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (...entry) {
        if (room-- <= 0) throw new DOMException('full', 'QuotaExceededError');
        set.apply(this, entry);
    };
"""


def keep(page: Page, key: str, text: str, of: str | None = None) -> None:
    """Put an entry into the browser's storage, of this book or of another."""
    page.evaluate("entry => localStorage.setItem(...entry)", [f"iiv:{of or book(page)}:{key}", text])


def saved_file(page: Page) -> dict[str, Any]:
    """The file that the page hands out."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers as a file").click()
    content = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def file_responses(content: dict[str, Any], key: str) -> list[Any]:
    return [attempt["response"] for item in content["items"] if item["key"] == key for attempt in item["attempts"]]


@pytest.mark.parametrize("answers", [pytest.param(WRONG, id="wrong"), pytest.param(RIGHT | OPEN, id="right")])
def test_a_reload_restores_every_answer_and_what_was_said(lesson_page: Page, answers: dict[str, Answer]) -> None:
    exercises = [answered(lesson_page, type, answer) for type, answer in answers.items()]
    before = [exercise.look() for exercise in exercises]
    lesson_page.reload()
    for exercise in exercises:
        expect(exercise.status).not_to_be_empty()
    assert [exercise.look() for exercise in exercises] == before


def test_a_reload_restores_the_hints_that_were_taken(page: Page, site: Site) -> None:
    page.goto(f"{site.url}notebooks/again.html")
    silence = Exercise(page, "Silence")
    silence.press("Hint")
    silence.choose("A suggestion")
    silence.press("Check")
    silence.says("✖ Not right")
    page.reload()
    expect(silence.form.get_by_role("list", name="Hints").get_by_role("listitem")).to_have_text(["Nobody speaks."])


def test_words_survive_a_reload_although_no_button_was_pressed(lesson_page: Page) -> None:
    Exercise(lesson_page, TITLES["reflection"]).write("She asked me back.")
    lesson_page.reload()
    reflection = Exercise(lesson_page, TITLES["reflection"])
    expect(reflection.form.get_by_role("textbox")).to_have_value("She asked me back.")
    expect(reflection.status).to_be_empty()


def test_a_pause_in_writing_saves(lesson_page: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto(lesson_page.url)
    Exercise(lesson_page, TITLES["reflection"]).write("She asked me back.")
    expect(Exercise(other, TITLES["reflection"]).form.get_by_role("textbox")).to_have_value("She asked me back.")


def test_the_same_exercise_twice_on_a_page_follows_one_state(page: Page, site: Site) -> None:
    page.goto(f"{site.url}notebooks/again.html")
    answered(page, "choice", RIGHT["choice"], place=1).says("✔ Right")
    Exercise(page, TITLES["choice"]).says("✔ Right")
    assert len(attempts(page, "good/cheap-talk")) == 1


def test_the_same_words_twice_on_a_page_follow_one_state(page: Page, site: Site) -> None:
    page.goto(f"{site.url}notebooks/again.html")
    answered(page, "reflection", OPEN["reflection"], place=1).says("✔ Saved")
    first = Exercise(page, TITLES["reflection"])
    expect(first.form.get_by_role("textbox")).to_have_value("She asked me back.")


def test_the_same_exercise_on_another_page_follows_one_state(lesson_page: Page, site: Site) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    lesson_page.goto(f"{site.url}notebooks/again.html")
    Exercise(lesson_page, TITLES["choice"]).says("✔ Right")


def test_two_tabs_lose_none_of_each_others_attempts(lesson_page: Page, context: BrowserContext, site: Site) -> None:
    other = context.new_page()
    other.goto(lesson_page.url)
    exercise = answered(lesson_page, "choice", WRONG["choice"])
    there = Exercise(other, TITLES["choice"])
    there.says("✖ Not right")
    there.press("Try again")
    answered(other, "choice", RIGHT["choice"]).says("✔ Right")
    exercise.says("✔ Right")
    assert [attempt["response"] for attempt in attempts(other, "good/cheap-talk")] == ["rude", "free"]


def test_a_lesson_result_tells_first_tries_from_final_answers(lesson_page: Page) -> None:
    choice = answered(lesson_page, "choice", WRONG["choice"])
    choice.press("Try again")
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    answered(lesson_page, "multiple", RIGHT["multiple"]).says("✔ Right")
    answered(lesson_page, "order", WRONG["order"]).says("✖ Not right")
    result = lesson_page.get_by_role("region", name="Your result")
    expect(result.get_by_role("row").nth(1).get_by_role("cell")).to_have_text(["2 of 3", "1", "2"])
    expect(result.get_by_role("row").nth(2).get_by_role("cell")).to_have_text(["1 of 3", "0", "0"])


def test_what_is_worth_repeating_links_to_its_exercise(lesson_page: Page) -> None:
    answered(lesson_page, "order", WRONG["order"]).says("✖ Not right")
    lesson_page.get_by_role("region", name="Your result").get_by_role("link", name="The steps").click()
    target = lesson_page.evaluate("document.querySelector(':target')?.dataset.key")
    assert target == "good/steps"


def test_the_result_of_a_lesson_counts_answers_of_an_earlier_visit(lesson_page: Page) -> None:
    answered(lesson_page, "text", RIGHT["text"]).says("✔ Right")
    lesson_page.reload()
    result = lesson_page.get_by_role("region", name="Your result")
    expect(result.get_by_role("row").nth(2).get_by_role("cell")).to_have_text(["1 of 3", "1", "1"])


def test_an_answer_to_an_earlier_version_is_kept_and_said(lesson_page: Page) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    earlier = stored(lesson_page, "good/cheap-talk")
    earlier["attempts"][0] |= {"rev": "00000000", "at": "2026-03-04T12:00:00Z"}
    keep(lesson_page, "good/cheap-talk", json.dumps(earlier))
    lesson_page.reload()
    exercise = Exercise(lesson_page, TITLES["choice"])
    exercise.says("You answered an earlier version of this question on Mar 4, 2026.")
    answered(lesson_page, "choice", WRONG["choice"]).says("✖ Not right", "One try left.")
    assert [attempt["rev"] == "00000000" for attempt in attempts(lesson_page, "good/cheap-talk")] == [True, False]


def test_entries_that_make_no_sense_are_left_alone(lesson_page: Page) -> None:
    state = '{"key": "good/%s", "round": 1, "attempts": %s, "draft": %s, "rows": []}'
    entries = {
        "good/cheap-talk": "",
        "good/costly-signs": "{",
        "good/trust": "null",
        "good/word": '["words"]',
        "good/steps": state % ("other", "[]", "[]"),
        "good/sort": state % ("sort", "[null]", "[]"),
        "good/ease": '{"__proto__": {"key": "good/ease"}}',
        "good/looking-back": state % ("looking-back", "[]", '[{"text": 5}]'),
        "good/of-a-book-to-come": "\x00",
        "": "?",
    }
    for key, text in entries.items():
        keep(lesson_page, key, text)
    lesson_page.reload()
    expect(lesson_page.locator("form button[type=submit]")).to_have_count(len(TITLES))
    expect(lesson_page.get_by_role("region", name="Your result")).to_contain_text("Nothing answered yet.")
    assert {key: entry(lesson_page, key) for key in entries} == entries


@pytest.mark.parametrize("response", [5, {"a": 1}, ["free"], "gone"])
def test_a_response_that_fits_no_more_breaks_nothing(lesson_page: Page, response: object) -> None:
    exercises = [answered(lesson_page, type, answer) for type, answer in WRONG.items()]
    for exercise in exercises:
        key = str(exercise.form.get_attribute("data-key"))
        state = stored(lesson_page, key)
        state["attempts"][0] |= {"response": response}
        keep(lesson_page, key, json.dumps(state))
    lesson_page.reload()
    for exercise, (type, answer) in zip(exercises, RIGHT.items(), strict=True):
        exercise.press("Try again")
        answered(lesson_page, type, answer).says("✔ Right")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        pytest.param(DENIED, "This browser keeps nothing for this page", id="denied"),
        pytest.param(ROOM_FOR % 0, "This browser has no room left", id="full"),
        pytest.param(ROOM_FOR % 1, "This browser has no room left", id="full-on-the-way"),
    ],
)
def test_without_storage_the_page_says_so_works_on_and_offers_the_file(
    page: Page, context: BrowserContext, site: Site, trouble: str, words: str
) -> None:
    context.add_init_script(trouble)
    page.goto(f"{site.url}notebooks/all.html")
    answered(page, "choice", RIGHT["choice"]).says("✔ Right")
    expect(page.get_by_role("alert")).to_contain_text(words)
    assert file_responses(saved_file(page), "good/cheap-talk") == ["free"]


def test_the_file_holds_the_answers_of_every_page(lesson_page: Page, site: Site) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    answered(lesson_page, "reflection", OPEN["reflection"]).says("✔ Saved")
    lesson_page.goto(f"{site.url}index.html")
    content = saved_file(lesson_page)
    assert (content["format"], content["version"], content["book"]) == ("iiv-workbook", 1, book(lesson_page))
    assert file_responses(content, "good/cheap-talk") == ["free"]
    assert [draft["text"] for item in content["items"] for draft in item["draft"]] == ["She asked me back."]


def test_erasing_asks_first_and_can_be_left(lesson_page: Page) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    lesson_page.get_by_role("button", name="Erase my answers").click()
    lesson_page.get_by_role("button", name="Keep my answers").click()
    expect(lesson_page.get_by_role("button", name="Erase my answers")).to_be_focused()
    expect(lesson_page.get_by_text("Nothing was erased.")).to_be_visible()
    assert kept(lesson_page) == ["good/cheap-talk"]


def erase(page: Page) -> None:
    page.get_by_role("button", name="Erase my answers").click()
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_text("Erased. Nothing of yours is left in this browser.")).to_be_visible()


def test_erasing_takes_this_book_only(lesson_page: Page, site: Site) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    keep(lesson_page, "elsewhere/item", "{}")
    keep(lesson_page, "good/cheap-talk", "{}", of="other")
    erase(lesson_page)
    assert kept(lesson_page) == []
    assert lesson_page.evaluate("localStorage.getItem('iiv:other:good/cheap-talk')") == "{}"


def test_erasing_clears_what_is_on_the_page(lesson_page: Page) -> None:
    exercises = [Exercise(lesson_page, title) for title in TITLES.values()]
    expect(exercises[0].form).to_be_visible()
    before = [exercise.look() for exercise in exercises]
    for type, answer in (WRONG | OPEN).items():
        answered(lesson_page, type, answer)
    erase(lesson_page)
    expect(exercises[0].status).to_be_empty()
    assert [exercise.look() for exercise in exercises] == before


def test_erasing_clears_words_and_picks_that_were_never_checked(lesson_page: Page) -> None:
    untouched = [Exercise(lesson_page, TITLES[type]) for type in ("text", "choice", "order", "reflection")]
    expect(untouched[0].form).to_be_visible()
    before = [each.look() for each in untouched]
    WRONG["text"](untouched[0])
    WRONG["choice"](untouched[1])
    WRONG["order"](untouched[2])
    OPEN["reflection"](untouched[3])
    erase(lesson_page)
    assert [each.look() for each in untouched] == before
    assert kept(lesson_page) == []


def test_from_disk_answers_are_kept_from_page_to_page(page: Page, guard: Guard, site: Site) -> None:
    page.goto((site.folder / "notebooks" / "all.html").as_uri())
    answered(page, "choice", RIGHT["choice"]).says("✔ Right")
    page.reload()
    Exercise(page, TITLES["choice"]).says("✔ Right")
    page.goto((site.folder / "notebooks" / "again.html").as_uri())
    Exercise(page, TITLES["choice"]).says("✔ Right")


def test_words_that_came_without_a_keyboard_are_kept(lesson_page: Page) -> None:
    field = Exercise(lesson_page, TITLES["reflection"]).form.get_by_role("textbox")
    field.evaluate("(field, text) => { field.value = text }", "She asked me back.")
    field.dispatch_event("input")
    lesson_page.reload()
    expect(field).to_have_value("She asked me back.")
