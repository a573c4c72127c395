"""A text that was written in two places at once stands there twice, until its writer chooses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.book.exercise import OPEN, TITLES, Exercise, answered, book, bring, bring_in, changes, saved_file, stored
from tests.browser import axe_violations

KEY = "good/looking-back"
HERE = "She asked me back."
THERE = "<b>He</b> offered a second talk.\n\nIn May."


def choosing(page: Page) -> Locator:
    return page.get_by_role("group", name="Two versions were written apart")


def field(page: Page) -> Locator:
    return Exercise(page, TITLES["reflection"]).form.get_by_role("textbox")


def texts(page: Page) -> list[str]:
    state: dict[str, Any] = stored(page, KEY)
    return [draft["text"] for draft in state["draft"]]


@pytest.fixture
def apart(lesson_page: Page) -> Page:
    """A page to which another device brought a text that knows nothing of the one here."""
    answered(lesson_page, "reflection", OPEN["reflection"]).says("✔ Saved")
    file = saved_file(lesson_page)
    file["items"][0]["draft"] = [
        {"version": "000000:1", "parents": [], "text": THERE, "at": "2026-03-04T12:00:00.000Z"}
    ]
    bring(lesson_page, json.dumps(file))
    assert changes(lesson_page) == ["1 text was written apart: both versions are kept, and you choose."]
    bring_in(lesson_page)
    expect(choosing(lesson_page)).to_be_visible()
    return lesson_page


def test_both_are_shown_with_when_they_were_written(apart: Page) -> None:
    versions = choosing(apart).get_by_role("blockquote")
    expect(versions).to_have_text([THERE, HERE])
    expect(choosing(apart).get_by_text("Version 1, written Mar 4, 2026")).to_be_visible()
    apart.reload()
    expect(versions).to_have_text([THERE, HERE])


def test_what_is_written_before_the_script_comes_stands_beside_what_is_kept(lesson_page: Page) -> None:
    answered(lesson_page, "reflection", OPEN["reflection"]).says("✔ Saved")
    held: list[Route] = []
    holding = [True]
    lesson_page.route("**/iiv.js*", lambda route: held.append(route) if holding else route.continue_())
    lesson_page.goto(lesson_page.url, wait_until="commit")
    field(lesson_page).fill(THERE)
    # Also where the script is asked for only now.
    holding.clear()
    for route in held:
        route.continue_()
    expect(choosing(lesson_page).get_by_role("blockquote")).to_have_text([HERE, THERE])
    assert texts(lesson_page) == [HERE, THERE]
    lesson_page.reload()
    expect(choosing(lesson_page).get_by_role("blockquote")).to_have_text([HERE, THERE])
    assert texts(lesson_page) == [HERE, THERE]


@pytest.mark.parametrize(
    ("button", "text"),
    [
        ("Go on with version 1", THERE),
        ("Go on with version 2", HERE),
        ("Put them together", f"{THERE}\n\n{HERE}"),
    ],
)
def test_a_choice_goes_on_as_one_text(apart: Page, button: str, text: str) -> None:
    choosing(apart).get_by_role("button", name=button).click()
    expect(field(apart)).to_have_value(text)
    expect(field(apart)).to_be_focused()
    apart.keyboard.press("End")
    apart.keyboard.type("!")
    apart.reload()
    expect(choosing(apart)).to_have_count(0)
    [kept] = texts(apart)
    assert kept.replace("!", "") == text
    assert "!" in kept


def test_two_texts_that_together_are_longer_than_a_file_can_hold_are_not_put_together(apart: Page) -> None:
    file = saved_file(apart)
    for draft in file["items"][0]["draft"]:
        draft["version"] = f"elsewhere:{9 + len(draft['text'])}"
        draft["text"] *= 60_000 // len(draft["text"])
    bring(apart, json.dumps(file))
    bring_in(apart)
    choices = choosing(apart).or_(apart.get_by_role("group", name="4 versions were written apart"))
    expect(choices.get_by_role("button", name="Go on with version")).to_have_count(4)
    expect(choices.get_by_role("button", name="Put them together")).to_have_count(0)


def test_comparing_waits_for_the_choice(apart: Page) -> None:
    before = stored(apart, KEY)
    Exercise(apart, TITLES["reflection"]).press("Compare with a model answer")
    expect(choosing(apart).get_by_role("button", name="Go on with version 1")).to_be_focused()
    assert stored(apart, KEY) == before


def test_the_keyboard_alone_chooses(apart: Page) -> None:
    choosing(apart).get_by_role("button", name="Go on with version 2").focus()
    apart.keyboard.press("Enter")
    expect(field(apart)).to_have_value(HERE)


def test_starting_over_keeps_both_as_history(apart: Page) -> None:
    exercise = Exercise(apart, TITLES["reflection"])
    exercise.press("Start over")
    exercise.press("Start over now")
    expect(field(apart)).to_have_value("")
    assert [attempt["response"] for attempt in stored(apart, KEY)["attempts"]] == [None, THERE, HERE]


def test_two_tabs_that_write_at_once_keep_both_texts(lesson_page: Page, context: BrowserContext) -> None:
    # The other tab hears of nothing, as one that was asleep.
    context.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    other = context.new_page()
    other.goto(lesson_page.url)
    field(other).click()
    field(lesson_page).fill("one")
    lesson_page.get_by_role("button", name="Save my answers as a file").focus()
    lesson_page.wait_for_function("name => localStorage.getItem(name)", arg=f"iiv:{book(lesson_page)}:{KEY}")
    field(other).fill("two")
    other.get_by_role("button", name="Save my answers as a file").focus()
    for page in (other, lesson_page):
        expect(choosing(page).get_by_text("one", exact=True)).to_be_visible()
        expect(choosing(page).get_by_text("two", exact=True)).to_be_visible()
    choosing(other).get_by_role("region").filter(has_text="two").get_by_role("button").click()
    expect(field(lesson_page)).to_have_value("two")


def test_an_empty_version_asks_for_no_choice(lesson_page: Page) -> None:
    answered(lesson_page, "reflection", OPEN["reflection"]).says("✔ Saved")
    file = saved_file(lesson_page)
    # As from a device that started over without knowing of the text.
    file["items"][0]["draft"] = [{"version": "elsewhere:99", "parents": [], "text": "", "at": ""}]
    bring(lesson_page, json.dumps(file))
    bring_in(lesson_page)
    expect(field(lesson_page)).to_have_value(HERE)
    field(lesson_page).fill("Both in one.")
    lesson_page.reload()
    expect(field(lesson_page)).to_have_value("Both in one.")
    assert texts(lesson_page) == ["Both in one."]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_choice_is_accessible_and_fits(apart: Page, width: int) -> None:
    apart.set_viewport_size({"width": width, "height": 800})
    # Where the header of the theme covers nothing.
    apart.evaluate("scrollTo(0, 0)")
    assert axe_violations(apart) == []
    assert apart.evaluate("document.documentElement.scrollWidth") == width
