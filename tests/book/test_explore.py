"""Explore items in the static book: predict, lock, move, check; kept, by keys alone, on any screen, without script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from iiv_course.page import Request
from tests.book.courses import GOOD, Site, stored_lesson, write_stored_course
from tests.book.exercise import attempts, stored
from tests.book.sites import Sites
from tests.browser import axe_violations
from tests.scratch import ROOT

EXPLORING = (ROOT / "tests" / "cases" / "banks" / "exploring.yml").read_text("utf-8")
KEY = "exploring/lower-the-bar"
LOCKED = "Your prediction is locked. Move the sliders, then check."


def write_explore_course(root: Path) -> Path:
    lessons = {
        "explore": stored_lesson("Explore", Request(kind="quiz", bank="exploring")),
        "none": stored_lesson("None", Request(kind="quiz", bank="good", items=("word",))),
        "review": stored_lesson("Review", Request(kind="review")),
        "workbook": stored_lesson("Your workbook", Request(kind="workbook")),
    }
    return write_stored_course(root, {"good": GOOD, "exploring": EXPLORING}, lessons)


@pytest.fixture(scope="module")
def explore_site(sites: Sites) -> Site:
    return sites("explore", write_explore_course)


@pytest.fixture
def lesson_page(page: Page, explore_site: Site) -> Page:
    page.goto(f"{explore_site.url}notebooks/explore.html")
    return page


def form(page: Page, title: str = "Lower the bar") -> Locator:
    return page.locator("form").filter(has=page.get_by_role("group", name=title)).first


def button(page: Page, name: str) -> Locator:
    return form(page).get_by_role("button", name=name, exact=True)


def slider(page: Page) -> Locator:
    return form(page).get_by_role("slider", name="How much of the signal employers ask for")


def lab_says(page: Page) -> Locator:
    return form(page).get_by_role("status").first


def verdict(page: Page) -> Locator:
    return form(page).get_by_role("status").last


def lock(page: Page, option: str = "It starts to invest.") -> None:
    form(page).get_by_label(option, exact=True).check()
    button(page, "Lock my prediction").click()
    expect(slider(page)).to_be_focused()


def checked(page: Page, place: str) -> None:
    slider(page).fill(place)
    button(page, "Check").click()
    expect(verdict(page)).to_contain_text("ight")


def test_one_predicts_locks_moves_and_checks_by_keys_alone(lesson_page: Page) -> None:
    form(lesson_page).get_by_label("It starts to invest.").focus()
    for key in ("Space", "ArrowUp", "Tab", "Space", "Tab", "Enter"):
        lesson_page.keyboard.press(key)
    expect(verdict(lesson_page)).to_have_text(LOCKED)
    expect(form(lesson_page).get_by_label("It still stays out.")).to_be_checked()
    expect(form(lesson_page).get_by_label("It still stays out.")).to_be_disabled()
    # Where the button was that locks there is a slider to move.
    expect(slider(lesson_page)).to_be_focused()
    for _ in range(6):
        lesson_page.keyboard.press("ArrowLeft")
    expect(slider(lesson_page)).to_have_attribute("aria-valuetext", "1.20 (a lot)")
    expect(lab_says(lesson_page)).to_contain_text(
        "ask for: now 1.20 (a lot). Group I stays at 0 and nets 1.00; group II"
    )
    expect(form(lesson_page).get_by_role("img")).to_have_attribute("aria-label", re.compile("below 1.20 and 2.00 from"))
    lesson_page.keyboard.press("Enter")
    expect(button(lesson_page, "Check")).to_be_focused()
    expect(verdict(lesson_page)).to_contain_text("✔ Right")
    expect(verdict(lesson_page)).to_contain_text("Cheaper and still believed.")
    expect(verdict(lesson_page)).to_contain_text("Your prediction was right.")
    expect(form(lesson_page)).to_contain_text("The lowest standard that still separates costs the least.")
    [attempt] = attempts(lesson_page, KEY)
    assert attempt["response"] == {"prediction": "stays", "position": {"threshold": "1.2"}}
    assert (attempt["score"], attempt["confidence"]) == ("1", "guess")


def test_the_slider_takes_the_focus_also_when_its_lab_comes_late(page: Page, explore_site: Site) -> None:
    held: list[Route] = []
    page.route("**/iiv-labs.js*", lambda route: held.append(route))
    page.goto(f"{explore_site.url}notebooks/explore.html")
    form(page).get_by_label("It still stays out.").check()
    button(page, "Lock my prediction").click()
    expect(form(page)).to_contain_text("The lab is on its way.")
    held[0].continue_()
    expect(slider(page)).to_be_focused()


def test_without_a_prediction_nothing_is_locked_and_the_first_option_has_the_focus(lesson_page: Page) -> None:
    button(lesson_page, "Lock my prediction").click()
    expect(verdict(lesson_page)).to_have_text("Choose a prediction first.")
    expect(form(lesson_page).get_by_label("It still stays out.")).to_be_focused()
    expect(slider(lesson_page)).to_have_count(0)
    assert stored(lesson_page, KEY) is None


def test_a_wrong_prediction_is_told_and_costs_nothing(lesson_page: Page) -> None:
    expect(form(lesson_page).get_by_text("A wrong prediction costs nothing: it never counts.")).to_be_visible()
    lock(lesson_page)
    expect(form(lesson_page).get_by_text("Only below 1 would it pay.")).to_have_count(0)
    checked(lesson_page, "1.2")
    expect(verdict(lesson_page)).to_contain_text("✔ Right")
    expect(verdict(lesson_page)).to_contain_text("Your prediction was not right, which costs nothing.")
    expect(form(lesson_page).get_by_text("✖ not right", exact=True)).to_be_visible()
    expect(form(lesson_page).get_by_text("Only below 1 would it pay.")).to_be_visible()
    assert [attempt["score"] for attempt in attempts(lesson_page, KEY)] == ["1"]


def test_a_new_try_keeps_the_prediction_and_frees_the_sliders(lesson_page: Page) -> None:
    form(lesson_page).get_by_label("Certain").check()
    lock(lesson_page)
    checked(lesson_page, "1.6")
    expect(verdict(lesson_page)).to_contain_text("✖ Not right")
    expect(verdict(lesson_page)).to_contain_text("2 tries left.")
    expect(slider(lesson_page)).to_be_disabled()
    button(lesson_page, "Try again").click()
    expect(slider(lesson_page)).to_be_focused()
    expect(slider(lesson_page)).to_have_value("1.6")
    expect(form(lesson_page).get_by_label("It starts to invest.")).to_be_disabled()
    checked(lesson_page, "1.15")
    expect(verdict(lesson_page)).to_contain_text("✔ Right")
    given = [(each["response"]["position"]["threshold"], each["score"]) for each in attempts(lesson_page, KEY)]
    assert given == [("1.6", "0"), ("1.15", "1")]
    # How sure one is was said of the prediction.
    assert [each["confidence"] for each in attempts(lesson_page, KEY)] == ["certain", None]


def test_hints_are_there_once_there_is_something_to_move(lesson_page: Page) -> None:
    expect(button(lesson_page, "Hint")).to_have_count(0)
    lock(lesson_page)
    button(lesson_page, "Hint").click()
    expect(form(lesson_page).get_by_role("list", name="Hints")).to_have_text("Whom does the standard have to keep out?")
    button(lesson_page, "Hint").click()
    expect(form(lesson_page).locator(".iiv-hints li").last).to_be_focused()
    checked(lesson_page, "1.6")
    assert attempts(lesson_page, KEY)[0]["hints"] == 2


def test_the_answer_moves_the_sliders_to_where_they_reach_the_goal(lesson_page: Page) -> None:
    lock(lesson_page)
    checked(lesson_page, "2")
    button(lesson_page, "Show answer").click()
    expect(verdict(lesson_page)).to_be_focused()
    expect(slider(lesson_page)).to_have_value("1.2")
    expect(slider(lesson_page)).to_be_disabled()
    expect(form(lesson_page)).to_contain_text("The lowest standard that still separates costs the least.")
    expect(form(lesson_page).get_by_label("It starts to invest.")).to_be_checked()
    assert [attempt["revealed"] for attempt in attempts(lesson_page, KEY)] == [False, True]


def test_a_locked_prediction_and_the_sliders_are_there_again_after_a_reload(lesson_page: Page) -> None:
    lock(lesson_page)
    slider(lesson_page).fill("1.75")
    # Left at once, without any pause.
    lesson_page.reload()
    expect(slider(lesson_page)).to_have_value("1.75")
    expect(verdict(lesson_page)).to_have_text(LOCKED)
    expect(form(lesson_page).get_by_label("It starts to invest.")).to_be_checked()
    button(lesson_page, "Check").click()
    expect(verdict(lesson_page)).to_contain_text("✖ Not right")
    button(lesson_page, "Try again").click()
    slider(lesson_page).fill("1.1")
    lesson_page.reload()
    expect(slider(lesson_page)).to_have_value("1.75")
    expect(verdict(lesson_page)).to_contain_text("✖ Not right")
    button(lesson_page, "Try again").click()
    expect(slider(lesson_page)).to_have_value("1.1")


def test_an_answer_that_is_done_is_shown_again_as_it_was(lesson_page: Page) -> None:
    lock(lesson_page)
    checked(lesson_page, "1.2")
    said = verdict(lesson_page).inner_text()
    lesson_page.reload()
    expect(verdict(lesson_page)).to_contain_text("✔ Right")
    assert verdict(lesson_page).inner_text() == said
    expect(slider(lesson_page)).to_have_value("1.2")
    expect(slider(lesson_page)).to_be_disabled()


def test_starting_over_asks_for_a_prediction_again(lesson_page: Page) -> None:
    lock(lesson_page)
    checked(lesson_page, "1.2")
    button(lesson_page, "Start over").click()
    lesson_page.get_by_role("button", name="Start over now").click()
    expect(form(lesson_page).get_by_label("It still stays out.")).to_be_focused()
    expect(form(lesson_page).get_by_label("It starts to invest.")).not_to_be_checked()
    lock(lesson_page, "It still stays out.")
    expect(slider(lesson_page)).to_have_value("1.5")
    checked(lesson_page, "1.2")
    assert [(each["round"], each["response"]["prediction"]) for each in attempts(lesson_page, KEY)] == [
        (1, "joins"),
        (2, "stays"),
    ]


def test_what_another_tab_does_is_followed(lesson_page: Page, explore_site: Site) -> None:
    lock(lesson_page)
    other = lesson_page.context.new_page()
    other.goto(f"{explore_site.url}notebooks/explore.html")
    slider(other).fill("1.9")
    expect(slider(lesson_page)).to_have_value("1.9")


def test_a_touch_changes_nothing_of_a_form_that_stands_there(lesson_page: Page) -> None:
    expect(lesson_page.locator("html")).to_have_attribute("data-iiv", "ready")
    same = """form => {
      const nodes = [...form.querySelectorAll("*")];
      const before = nodes.map((node) => node.localName + node.className).join();
      form.querySelector("input").focus();
      const now = [...form.querySelectorAll("*")];
      return now.every((node, i) => node === nodes[i])
        && before === now.map((node) => node.localName + node.className).join();
    }"""
    # Its texts are plain words; others are drawn anew, as everywhere.
    assert form(lesson_page, "Three cues").evaluate(same)


def test_labs_with_several_sliders_are_reached_in_every_lab(lesson_page: Page) -> None:
    for title, option, moves in [
        ("Open the door", "To fewer hours", {"Openness": "0.4", "Cost advantage": "4"}),
        ("Three cues", "Little", {"Authenticity": "0"}),
    ]:
        item = form(lesson_page, title)
        item.get_by_label(option, exact=True).check()
        item.get_by_role("button", name="Lock my prediction").click()
        for name, place in moves.items():
            item.get_by_role("slider", name=re.compile(f"^{name}")).fill(place)
        item.get_by_role("button", name="Check").click()
        expect(item.get_by_role("status").last).to_contain_text("✔ Right")
    assert attempts(lesson_page, "exploring/open-the-door")[0]["response"] == {
        "prediction": "lower",
        "position": {"openness": "0.4", "advantage": "4"},
    }


def test_what_is_given_and_cannot_be_moved_is_said(lesson_page: Page) -> None:
    lock(lesson_page)
    for words in ("Share of group I among all people: 50%", "What employers believe: Only group II meets it"):
        expect(form(lesson_page)).to_contain_text(words)


def test_hostile_entries_of_the_storage_are_no_position(lesson_page: Page) -> None:
    lock(lesson_page)
    name = f"iiv:{lesson_page.locator('meta[name=iiv-book]').get_attribute('content')}:{KEY}"
    for text in (
        '{"prediction":"joins","confidence":"sure","position":{"threshold":"9e9"},"review":false}',
        '{"prediction":"joins","confidence":null,"position":[1],"review":false}',
        '{"prediction":"joins","confidence":{},"review":false}',
    ):
        state = stored(lesson_page, KEY)
        state["draft"] = [{**state["draft"][0], "text": text}]
        lesson_page.evaluate("([name, state]) => localStorage.setItem(name, JSON.stringify(state))", [name, state])
        lesson_page.reload()
        expect(slider(lesson_page)).to_have_value("1.5")
    button(lesson_page, "Check").click()
    expect(verdict(lesson_page)).to_contain_text("✖ Not right")
    assert attempts(lesson_page, KEY)[0]["confidence"] is None


def test_in_review_one_predicts_anew_from_the_start(page: Page, explore_site: Site) -> None:
    page.clock.set_fixed_time("2027-03-01T12:00:00+00:00")
    page.goto(f"{explore_site.url}notebooks/explore.html")
    lock(page)
    checked(page, "1.6")
    button(page, "Try again").click()
    checked(page, "1.2")
    page.clock.set_fixed_time("2027-03-03T12:00:00+00:00")
    page.goto(f"{explore_site.url}notebooks/review.html")
    review = page.get_by_role("region", name="Review")
    expect(review).to_contain_text("Question 1 of 1. You missed it")
    expect(slider(page)).to_have_count(0)
    lock(page, "It still stays out.")
    expect(slider(page)).to_have_value("1.5")
    page.reload()
    expect(slider(page)).to_have_value("1.5")
    checked(page, "1.2")
    expect(verdict(page)).to_contain_text("Your prediction was right.")
    expect(review).to_contain_text("it comes back in 3 days")


def test_the_workbook_counts_it_and_shows_no_sliders_as_a_text(lesson_page: Page, explore_site: Site) -> None:
    lock(lesson_page)
    checked(lesson_page, "1.6")
    button(lesson_page, "Try again").click()
    slider(lesson_page).fill("1.1")
    lesson_page.goto(f"{explore_site.url}notebooks/workbook.html")
    book = lesson_page.get_by_role("region", name="Your workbook")
    expect(book).to_contain_text("1 of 3 answered")
    expect(book.get_by_role("link", name="Lower the bar")).to_be_visible()
    expect(book).to_contain_text("Lower the bar: not right yet")
    expect(book).not_to_contain_text("threshold")


def test_only_pages_with_an_explore_item_and_the_review_know_the_script_of_the_labs(explore_site: Site) -> None:
    def knows(name: str) -> bool:
        return 'name="iiv-labs"' in (explore_site.folder / "notebooks" / f"{name}.html").read_text("utf-8")

    assert [knows(name) for name in ("explore", "review", "none", "workbook")] == [True, True, False, False]


def test_a_lab_that_does_not_come_says_so_and_costs_no_try(page: Page, explore_site: Site) -> None:
    page.route("**/iiv-labs.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{explore_site.url}notebooks/explore.html")
    form(page).get_by_label("It starts to invest.", exact=True).check()
    button(page, "Lock my prediction").click()
    expect(form(page).get_by_text("The lab is on its way. If it does not come, load the page again.")).to_be_visible()
    button(page, "Check").click()
    assert attempts(page, KEY) == []
    page.unroute("**/iiv-labs.js*")
    page.reload()
    expect(slider(page)).to_be_visible()


def test_without_script_the_question_is_readable_and_its_answer_can_be_unfolded(
    browser: Browser, explore_site: Site
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{explore_site.url}notebooks/explore.html")
    expect(form(page).get_by_text("It still stays out.")).to_be_visible()
    answer = page.locator("noscript details").first
    answer.locator("summary").click()
    expect(answer.locator("li", has_text="How much of the signal employers ask for: 1.2")).to_be_visible()
    context.close()


def _predicting(page: Page) -> None:
    form(page).get_by_label("It starts to invest.").check()


def _locked(page: Page) -> None:
    lock(page)
    form(page).get_by_text("The numbers as a table").click()


def _missed(page: Page) -> None:
    lock(page)
    checked(page, "1.6")


def _done(page: Page) -> None:
    lock(page)
    checked(page, "1.2")


def _other_labs(page: Page) -> None:
    for title in ("Open the door", "Three cues"):
        form(page, title).get_by_role("radio").first.check()
        form(page, title).get_by_role("button", name="Lock my prediction").click()
        expect(form(page, title).get_by_role("slider").first).to_be_visible()


@pytest.mark.parametrize("act", [_predicting, _locked, _missed, _done, _other_labs])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_and_can_be_read_in_every_state_in_light_and_dark(lesson_page: Page, act: Any, width: int) -> None:
    lesson_page.set_viewport_size({"width": width, "height": 900})
    act(lesson_page)
    assert lesson_page.evaluate("document.documentElement.scrollWidth") <= width
    for scheme in ("light", "dark"):
        lesson_page.emulate_media(color_scheme=scheme)
        assert axe_violations(lesson_page) == []
