"""The keyboard alone does everything, commits nothing on the way, and never loses its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.book.courses import Site
from tests.book.exercise import TITLES, WRONG, Exercise, answered, attempts, kept

MOST_TABS = 80


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by Tab")


def has_focus(exercise: Exercise) -> bool:
    return bool(exercise.form.evaluate("form => form.contains(document.activeElement)"))


def _choice(it: Exercise, press: Callable[[str], None]) -> None:
    tab_to(it.page, it.form.get_by_role("radio").first)
    press("Space")


def _multiple(it: Exercise, press: Callable[[str], None]) -> None:
    for name in ("Months of volunteering", "A course with an exam"):
        tab_to(it.page, it.form.get_by_role("checkbox", name=name))
        press("Space")


def _match(it: Exercise, press: Callable[[str], None]) -> None:
    for name, arrows in (("How did you start?", 1), ("Do you like it?", 2)):
        tab_to(it.page, it.form.get_by_role("combobox", name=name))
        for _ in range(arrows):
            press("ArrowDown")


def _order(it: Exercise, press: Callable[[str], None]) -> None:
    for place, name in enumerate(("Ask", "Wait", "Thank")):
        for at in range(it.entries().index(name), place, -1):
            tab_to(it.page, it.button(f"Move up: {name}"))
            press("Enter")
            expect(it.form.locator(".iiv-entry").nth(at - 1)).to_have_text(name)
            # The next entry stands before this one: on from the top.
            it.page.evaluate("document.activeElement.blur()") if at - 1 == place else None


def _typed(text: str) -> Callable[[Exercise, Callable[[str], None]], None]:
    def write(it: Exercise, _: Callable[[str], None]) -> None:
        tab_to(it.page, it.form.get_by_role("textbox"))
        it.page.keyboard.type(text)

    return write


def _scale(it: Exercise, press: Callable[[str], None]) -> None:
    tab_to(it.page, it.form.get_by_role("radio").first)
    press("ArrowDown")


@pytest.mark.parametrize(
    ("type", "answer", "submit", "words"),
    [
        ("choice", _choice, "Check", "✔ Right"),
        ("multiple", _multiple, "Check", "✔ Right"),
        ("numeric", _typed("0.533"), "Check", "✔ Right"),
        ("text", _typed("cheap talk"), "Check", "✔ Right"),
        ("order", _order, "Check", "✔ Right"),
        ("match", _match, "Check", "✔ Right"),
        ("scale", _scale, "Save", "✔ Saved"),
        ("reflection", _typed("a pause"), "Compare with a model answer", "✔ Saved"),
    ],
)
def test_an_exercise_is_done_by_keyboard_alone(
    lesson_page: Page,
    type: str,
    answer: Callable[[Exercise, Callable[[str], None]], None],
    submit: str,
    words: str,
) -> None:
    exercise = Exercise(lesson_page, TITLES[type])
    answer(exercise, lesson_page.keyboard.press)
    tab_to(lesson_page, exercise.button(submit))
    lesson_page.keyboard.press("Enter")
    exercise.says(words)
    expect(exercise.button(submit)).to_be_focused()


@pytest.mark.parametrize(("type", "role"), [("choice", "radio"), ("scale", "radio"), ("match", "combobox")])
def test_arrow_keys_commit_nothing(lesson_page: Page, type: str, role: str) -> None:
    exercise = Exercise(lesson_page, TITLES[type])
    tab_to(lesson_page, exercise.form.get_by_role(role).first)  # type: ignore[arg-type]
    for key in ("ArrowDown", "ArrowUp", "ArrowDown"):
        lesson_page.keyboard.press(key)
    expect(exercise.status).to_be_empty()
    assert kept(lesson_page) == []


@pytest.mark.parametrize(("type", "text"), [("numeric", "0.533"), ("text", "cheap talk")])
def test_enter_in_a_field_checks(lesson_page: Page, type: str, text: str) -> None:
    exercise = Exercise(lesson_page, TITLES[type])
    exercise.form.get_by_role("textbox").press_sequentially(text)
    lesson_page.keyboard.press("Enter")
    exercise.says("✔ Right")
    assert has_focus(exercise)


def test_the_focus_stays_in_the_exercise_from_check_to_the_answer(lesson_page: Page) -> None:
    for type, answer in WRONG.items():
        exercise = answered(lesson_page, type, answer)
        expect(exercise.button("Check")).to_be_focused()
        tab_to(lesson_page, exercise.button("Try again"))
        lesson_page.keyboard.press("Enter")
        expect(exercise.button("Try again")).to_have_count(0)
        assert has_focus(exercise), type
        answered(lesson_page, type, answer)
        tab_to(lesson_page, exercise.button("Show answer"))
        lesson_page.keyboard.press("Enter")
        expect(exercise.status).to_be_focused()


def test_a_move_button_keeps_the_focus_to_the_end_of_its_way(lesson_page: Page) -> None:
    exercise = Exercise(lesson_page, TITLES["order"])
    first, *_ = exercise.entries()
    down = exercise.button(f"Move down: {first}")
    tab_to(lesson_page, down)
    for place in (1, 2, 2):
        lesson_page.keyboard.press("Enter")
        expect(exercise.form.locator(".iiv-entry").nth(place)).to_have_text(first)
        expect(down).to_be_focused()


def test_a_move_is_told_to_those_who_do_not_see_it(lesson_page: Page) -> None:
    exercise = Exercise(lesson_page, TITLES["order"])
    first, *_ = exercise.entries()
    exercise.press(f"Move down: {first}")
    expect(exercise.form.get_by_text(f"{first}: now 2 of 3")).to_be_attached()


def test_space_on_a_hint_shows_it_and_checks_nothing(page: Page, site: Site) -> None:
    page.goto(f"{site.url}notebooks/again.html")
    exercise = Exercise(page, "Silence")
    tab_to(page, exercise.button("Hint"))
    page.keyboard.press("Space")
    expect(exercise.form).to_contain_text("Nobody speaks.")
    assert attempts(page, "patient/silence") == []
