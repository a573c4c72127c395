"""What a person meets when answering: right, wrong, partly, not yet; hints, tries, the answer shown."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.book.courses import Site
from tests.book.exercise import OPEN, RIGHT, TITLES, WRONG, Exercise, answered, attempts, book, kept, stored

WHY = {
    "choice": "What anyone can say tells nobody apart.",
    "multiple": "The difference in cost separates.",
    "numeric": "Odds times ratio.",
    "text": "Crawford and Sobel.",
    "order": "First ask.",
    "match": "Who, what, how.",
}

PRAISE = {"choice": "Right.", "multiple": "All.", "numeric": "Yes.", "text": "Yes.", "order": "Yes.", "match": "Yes."}
BLAME = {
    "choice": "Politeness is not the point.",
    "multiple": "Both.",
    "numeric": "This is the hit rate.",
    "text": "Another thing.",
    "order": "No.",
    "match": "No.",
}

MISSING = {
    "choice": ("Choose an answer first.", "Anyone can say it at no cost."),
    "multiple": ("Choose at least one answer first.", "Months of volunteering"),
    "numeric": ("Write a number first.", "Your answer"),
    "text": ("Write an answer first.", "Your answer"),
    "match": ("Choose something for every line first.", "How did you start?"),
    "scale": ("Choose a level first.", "Hard"),
    "reflection": ("Write something first", "Your text"),
}
"""What is said where nothing was answered, and the control that has the focus then."""


@pytest.fixture
def silence(page: Page, site: Site) -> Exercise:
    """An exercise of three tries and two hints."""
    page.goto(f"{site.url}notebooks/again.html")
    return Exercise(page, "Silence")


def test_a_right_answer_is_said_and_explained(lesson_page: Page) -> None:
    for type, answer in RIGHT.items():
        exercise = answered(lesson_page, type, answer)
        exercise.says("✔ Right", PRAISE[type])
        expect(exercise.form).to_contain_text(WHY[type])
        expect(exercise.button("Try again")).to_have_count(0)


def test_a_wrong_answer_gets_its_feedback_and_no_explanation_yet(lesson_page: Page) -> None:
    for type, answer in WRONG.items():
        exercise = answered(lesson_page, type, answer)
        exercise.says("✖ Not right", BLAME[type], "One try left.")
        expect(exercise.form).not_to_contain_text(WHY[type])


@pytest.mark.parametrize(
    ("options", "verdict", "feedback"),
    [
        (("Months of volunteering", "A course with an exam"), "✔ Right", "All."),
        (("Months of volunteering", "A course with an exam", "A like"), "◐ Partly right", "Too many."),
        (("Months of volunteering",), "◐ Partly right", "Too few."),
        (("Months of volunteering", "A like"), "✖ Not right", "Both."),
    ],
)
def test_several_keys_have_feedback_for_each_of_four_ways(
    lesson_page: Page, options: tuple[str, ...], verdict: str, feedback: str
) -> None:
    answered(lesson_page, "multiple", lambda it: it.choose(*options)).says(verdict, feedback)


def test_an_order_with_one_slip_is_partly_right(lesson_page: Page) -> None:
    slip = answered(lesson_page, "order", lambda it: it.arrange("Ask", "Thank", "Wait"))
    slip.says("◐ Partly right", "Nearly.")


def test_entries_sorted_in_part_are_counted(lesson_page: Page) -> None:
    half = {"How did you start?": "Open", "Do you like it?": "Open"}
    answered(lesson_page, "match", lambda it: it.assign(half)).says("◐ Partly right: 1 of 2", "Nearly.")


def test_a_missing_answer_is_said_and_its_control_focused(lesson_page: Page) -> None:
    for type, (words, control) in MISSING.items():
        exercise = answered(lesson_page, type, lambda _: None)
        exercise.says(words)
        expect(exercise.form.get_by_label(control)).to_be_focused()
    assert kept(lesson_page) == []


def test_the_line_still_empty_is_focused(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "match", lambda it: it.assign({"How did you start?": "Open"}))
    exercise.says("Choose something for every line first.")
    expect(exercise.form.get_by_role("combobox", name="Do you like it?")).to_be_focused()


def test_what_is_no_number_is_said_and_costs_no_try(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "numeric", lambda it: it.write("about a half"))
    exercise.says("Write a plain number, such as 12 or 0.5.")
    expect(exercise.form.get_by_role("textbox")).to_be_focused()
    assert attempts(lesson_page, "good/trust") == []


def test_a_decimal_comma_is_read_and_said(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "numeric", lambda it: it.write("0,53"))
    exercise.says("✔ Right", "A comma is read as a decimal comma here: 0.53.")


def test_a_slip_of_the_pen_is_said_and_costs_no_try(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "text", lambda it: it.write("cheap tall"))
    exercise.says("Close: check the spelling.")
    expect(exercise.form.get_by_role("textbox")).to_be_editable()
    assert attempts(lesson_page, "good/word") == []


def test_hints_come_one_by_one_and_are_counted(silence: Exercise) -> None:
    silence.press("Hint")
    hints = silence.form.get_by_role("list", name="Hints").get_by_role("listitem")
    expect(hints).to_have_text(["Nobody speaks."])
    silence.press("Hint")
    expect(hints).to_have_text(["Nobody speaks.", "It lasts three seconds."])
    silence.choose("A silence")
    silence.press("Check")
    silence.says("✔ Right")
    assert [attempt["hints"] for attempt in attempts(silence.page, "patient/silence")] == [2]


def test_the_last_hint_takes_the_focus_of_its_button(silence: Exercise) -> None:
    silence.press("Hint")
    expect(silence.button("Hint")).to_be_focused()
    silence.press("Hint")
    expect(silence.button("Hint")).to_have_count(0)
    expect(silence.form.get_by_role("listitem").filter(has_text="It lasts three seconds.")).to_be_focused()


def test_tries_run_out_and_then_everything_is_explained(silence: Exercise) -> None:
    for wrong, left in [("The next question", "2 tries left."), ("A suggestion", "One try left.")]:
        silence.choose(wrong)
        silence.press("Check")
        silence.says("✖ Not right", left)
        silence.press("Try again")
    silence.choose("The next question")
    silence.press("Check")
    expect(silence.form).to_contain_text("People think before they speak.")
    expect(silence.form).to_contain_text("○ this one, too")
    expect(silence.button("Try again")).to_have_count(0)


def test_the_answer_is_offered_only_after_a_wrong_try(lesson_page: Page) -> None:
    exercise = Exercise(lesson_page, TITLES["choice"])
    expect(exercise.button("Check")).to_be_visible()
    expect(exercise.button("Show answer")).to_have_count(0)
    answered(lesson_page, "choice", WRONG["choice"])
    expect(exercise.button("Show answer")).to_be_visible()


def test_the_answer_shown_is_the_right_one(lesson_page: Page) -> None:
    for type, answer in WRONG.items():
        exercise = answered(lesson_page, type, answer)
        exercise.press("Show answer")
        exercise.says("This is the answer.")
        expect(exercise.form).to_contain_text(WHY[type])
        if type in ("numeric", "text"):
            expect(exercise.form.get_by_role("textbox")).to_have_value({"numeric": "0.533", "text": "cheap talk"}[type])
        else:
            expect(exercise.form).to_contain_text("✔ right")
            expect(exercise.form).not_to_contain_text("✖")


def test_a_new_try_begins_with_nothing_picked(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "choice", WRONG["choice"])
    exercise.press("Try again")
    expect(exercise.form.get_by_label("It sounds impolite.")).not_to_be_checked()
    expect(exercise.status).to_be_empty()


def test_a_new_try_begins_with_the_words_written_before(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "text", WRONG["text"])
    exercise.press("Try again")
    expect(exercise.form.get_by_role("textbox")).to_have_value("small talk")
    expect(exercise.form.get_by_role("textbox")).to_be_editable()


def test_a_finished_exercise_names_its_sources(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "choice", RIGHT["choice"])
    exercise.form.get_by_role("link", name="Spence 1973").click()
    expect(lesson_page).to_have_url(re.compile(r"/book/references\.html#spence1973$"))


def test_how_sure_somebody_was_is_kept_with_the_answer(lesson_page: Page) -> None:
    exercise = Exercise(lesson_page, TITLES["choice"])
    exercise.choose("Fairly sure")
    answered(lesson_page, "choice", RIGHT["choice"])
    assert [attempt["confidence"] for attempt in attempts(lesson_page, "good/cheap-talk")] == ["fairly-sure"]


def test_a_rating_is_saved_with_its_comment_and_can_be_changed(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "scale", OPEN["scale"])
    exercise.says("✔ Saved", "Practice helps.")
    exercise.choose("Easy")
    exercise.press("Save")
    expect(exercise.status).not_to_contain_text("Practice helps.")
    assert [attempt["response"] for attempt in attempts(lesson_page, "good/ease")] == ["hard", "easy"]


def test_the_model_answer_shows_only_after_writing(lesson_page: Page) -> None:
    exercise = answered(lesson_page, "reflection", lambda _: None)
    expect(exercise.form).not_to_contain_text("Somebody who was glad to be asked.")
    answered(lesson_page, "reflection", OPEN["reflection"])
    exercise.says("✔ Saved. Compare with a model answer:", "Somebody who was glad to be asked.")


def test_exercises_have_their_height_before_a_reader_comes_near(page: Page, site: Site) -> None:
    """Or what one is about to press would move under the finger."""
    page.goto(f"{site.url}notebooks/again.html")
    heights = "[...document.querySelectorAll('.iiv-place')].map(place => place.getBoundingClientRect().height)"
    before = page.evaluate(heights)
    page.keyboard.press("End")
    expect(Exercise(page, "Silence").form).to_be_in_viewport()
    assert page.evaluate(heights) == before


def test_what_is_pressed_before_its_script_is_there_is_not_lost(page: Page, site: Site) -> None:
    held: list[Route] = []
    holding = [True]
    page.route("**/iiv-*-from-*", lambda route: held.append(route) if holding else route.continue_())
    page.goto(f"{site.url}notebooks/all.html", wait_until="commit")
    expect(page.locator("html")).to_have_attribute("data-iiv", "ready")
    exercise = Exercise(page, TITLES["choice"])
    exercise.choose("Anyone can say it at no cost.")
    exercise.press("Check")
    Exercise(page, TITLES["reflection"]).write("She asked me back.")
    expect(exercise.status).to_be_empty()
    # What is asked for from here on comes at once.
    holding.clear()
    for route in held:
        route.continue_()
    exercise.says("✔ Right")
    text = Exercise(page, TITLES["reflection"]).form.get_by_role("textbox")
    expect(text).to_have_value("She asked me back.")
    page.wait_for_function("name => localStorage.getItem(name)", arg=f"iiv:{book(page)}:good/looking-back")
    assert [draft["text"] for draft in stored(page, "good/looking-back")["draft"]] == ["She asked me back."]


def test_an_exercise_whose_script_does_not_come_says_so(page: Page, site: Site) -> None:
    page.route("**/iiv-*-from-*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{site.url}notebooks/all.html")
    Exercise(page, TITLES["choice"]).choose("Anyone can say it at no cost.")
    expect(page.get_by_text("This did not load. Load the page again.").first).to_be_visible()
