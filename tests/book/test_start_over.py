"""Starting over asks first, keeps what was done as history, and begins anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.book.exercise import (
    OPEN,
    RIGHT,
    TITLES,
    WRONG,
    Exercise,
    answered,
    attempts,
    bring,
    changes,
    kept,
    saved_file,
    stored,
)
from tests.browser import axe_violations


def words_and_fields(exercise: Exercise) -> Any:
    """What there is to see, whatever spaces the page holds between its elements."""
    words, fields = exercise.look()
    return "".join(words.split()), fields


def start_over(exercise: Exercise) -> None:
    exercise.press("Start over")
    exercise.press("Start over now")
    expect(exercise.button("Start over")).to_have_count(0)


@pytest.mark.parametrize("type", list(RIGHT | OPEN))
def test_an_exercise_that_was_started_over_is_as_it_was_at_first(lesson_page: Page, type: str) -> None:
    exercise = Exercise(lesson_page, TITLES[type])
    expect(exercise.form).to_be_visible()
    before = words_and_fields(exercise)
    answered(lesson_page, type, (RIGHT | OPEN)[type])
    start_over(exercise)
    expect(exercise.status).to_be_empty()
    assert words_and_fields(exercise) == before
    assert lesson_page.evaluate("document.activeElement.closest('.iiv-answer') !== null")
    answered(lesson_page, type, (RIGHT | OPEN)[type]).says("✔")


def test_history_stays_in_the_browser_and_in_the_file(lesson_page: Page) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    start_over(Exercise(lesson_page, TITLES["choice"]))
    answered(lesson_page, "choice", WRONG["choice"]).says("✖ Not right", "One try left.")
    [item] = saved_file(lesson_page)["items"]
    assert item["round"] == 2
    assert [(attempt["round"], attempt["response"]) for attempt in item["attempts"]] == [(1, "free"), (2, "rude")]


def test_a_text_becomes_history(lesson_page: Page) -> None:
    reflection = answered(lesson_page, "reflection", OPEN["reflection"])
    start_over(reflection)
    lesson_page.reload()
    expect(reflection.form.get_by_role("textbox")).to_have_value("")
    state = stored(lesson_page, "good/looking-back")
    assert [draft["text"] for draft in state["draft"]] == [""]
    assert [(a["round"], a["response"]) for a in state["attempts"]] == [(1, None), (1, "She asked me back.")]


def test_it_can_be_left_and_the_focus_goes_back(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "choice", RIGHT["choice"])
    exercise.press("Start over")
    expect(exercise.button("Leave it")).to_be_focused()
    lesson_page.keyboard.press("Enter")
    expect(exercise.button("Start over")).to_be_focused()
    exercise.says("✔ Right")
    assert stored(lesson_page, "good/cheap-talk")["round"] == 1


def test_the_file_is_offered_first(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "choice", RIGHT["choice"])
    exercise.press("Start over")
    with lesson_page.expect_download() as download:
        exercise.press("Save a file first")
    expect(exercise.form.get_by_text("Your answers are in a file in your downloads.")).to_be_visible()
    assert json.loads(Path(download.value.path()).read_text("utf-8"))["items"][0]["round"] == 1


def test_an_older_file_brings_no_earlier_round_back(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "choice", RIGHT["choice"])
    file = saved_file(lesson_page)
    start_over(exercise)
    file["items"][0]["attempts"].append({**file["items"][0]["attempts"][0], "id": "elsewhere:9", "response": "rude"})
    bring(lesson_page, json.dumps(file))
    assert changes(lesson_page) == ["1 answer is new."]
    lesson_page.get_by_role("button", name="Bring in", exact=True).click()
    expect(lesson_page.get_by_text("Brought in.")).to_be_visible()
    expect(exercise.status).to_be_empty()
    assert len(attempts(lesson_page, "good/cheap-talk")) == 2


def test_an_exercise_that_is_not_done_offers_another_try_instead(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "choice", WRONG["choice"])
    expect(exercise.button("Try again")).to_be_visible()
    expect(exercise.button("Start over")).to_have_count(0)


def test_a_lesson_begins_anew_with_all_its_exercises_and_no_others(lesson_page: Page) -> None:
    result = lesson_page.get_by_role("region", name="Your result")
    expect(result.get_by_role("button", name="Start this lesson over")).to_have_count(0)
    for type, answer in (WRONG | OPEN).items():
        answered(lesson_page, type, answer)
    other = {**stored(lesson_page, "good/cheap-talk"), "key": "patient/silence"}
    name = str(lesson_page.evaluate("Object.keys(localStorage).find(name => name.endsWith(':good/cheap-talk'))"))
    other_name = name.replace("good/cheap-talk", "patient/silence")
    lesson_page.evaluate("entry => localStorage.setItem(...entry)", [other_name, json.dumps(other)])
    result.get_by_role("button", name="Start this lesson over").click()
    result.get_by_role("button", name="Start over now").click()
    expect(result.get_by_text("Nothing answered yet.")).to_be_visible()
    for title in TITLES.values():
        expect(Exercise(lesson_page, title).status).to_be_empty()
    expect(Exercise(lesson_page, TITLES["reflection"]).form.get_by_role("textbox")).to_have_value("")
    expect(result.get_by_role("group", name="Result by objective")).to_be_focused()
    rounds = {key: stored(lesson_page, key)["round"] for key in kept(lesson_page)}
    assert rounds.pop("patient/silence") == 1
    assert set(rounds.values()) == {2}
    assert len(rounds) == len(TITLES)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_question_is_accessible_and_fits(lesson_page: Page, width: int) -> None:
    lesson_page.set_viewport_size({"width": width, "height": 800})
    answered(lesson_page, "choice", RIGHT["choice"]).press("Start over")
    lesson_page.get_by_role("button", name="Start this lesson over").click()
    assert axe_violations(lesson_page) == []
    assert lesson_page.evaluate("document.documentElement.scrollWidth") == width
