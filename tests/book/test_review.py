"""What was missed or guessed comes back: when it is due, why it is shown, and what an answer does to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, StorageState, expect

from tests.book.courses import Site
from tests.book.exercise import RIGHT, TITLES, WRONG, Exercise, answered, attempts, book, stored
from tests.book.readers import after
from tests.book.review_course import write_review_course
from tests.book.sites import Sites
from tests.browser import STILL, Guard, axe_violations

NOON = datetime.fromisoformat("2027-03-01T12:00:00+00:00")
WAY_OUT = (1, 4, 11, 32)
"""The days on which a missed item is due when it is right on the first try each time."""


@pytest.fixture(scope="module")
def review_book(sites: Sites) -> Site:
    return sites("review", write_review_course)


PLACE: dict[str, Any] = {"locale": "en-US", "timezone_id": "UTC"}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose clock and place the tests know."""
    context = browser.new_context(**STILL, **PLACE)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def missing(browser: Browser, review_book: Site) -> StorageState:
    """Cheap talk was missed and then right, Costly signs missed, The steps guessed; all at noon of day 0."""

    def miss(page: Page) -> None:
        page.clock.set_fixed_time(NOON)
        page.goto(f"{review_book.url}notebooks/all.html")
        choice = answered(page, "choice", WRONG["choice"])
        choice.press("Try again")
        RIGHT["choice"](choice)
        choice.press("Check")
        choice.says("✔ Right")
        answered(page, "multiple", WRONG["multiple"])
        answered(page, "numeric", RIGHT["numeric"]).says("✔ Right")
        Exercise(page, TITLES["order"]).form.get_by_role("radio", name="A guess").check()
        answered(page, "order", RIGHT["order"]).says("✔ Right")

    return after(browser, miss, **PLACE)


@pytest.fixture
def missed(page: Page, review_book: Site, missing: StorageState) -> Page:
    """The same lesson, still at noon of day 0."""
    page.context.set_storage_state(missing)
    page.clock.set_fixed_time(NOON)
    page.goto(f"{review_book.url}notebooks/all.html")
    return page


def visit(page: Page, site: Site, days: float) -> Locator:
    """The review page, so many days after noon of day 0."""
    page.clock.set_fixed_time(NOON + timedelta(days=days))
    page.goto(f"{site.url}notebooks/review.html")
    return page.get_by_role("region", name="Review")


def review_of(page: Page, type: str, answer: Any) -> Exercise:
    exercise = Exercise(page, TITLES[type])
    expect(exercise.status).to_be_empty()
    answer(exercise)
    exercise.press("Check")
    expect(exercise.status).not_to_be_empty()
    return exercise


def turn_to(review: Locator, title: str) -> None:
    """Put off what is asked before; at most three are due."""
    expect(review.locator("form")).to_be_visible()
    for _ in range(2):
        if not review.get_by_role("group", name=title).count():
            review.get_by_role("button", name="Later").click()
    expect(review.get_by_role("group", name=title)).to_be_visible()


def tab_to(page: Page, selector: str, words: str = "") -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = "([selector, words]) => document.activeElement.matches(selector)"
        if page.evaluate(f"{here} && document.activeElement.textContent.includes(words)", [selector, words]):
            return
    pytest.fail(f"no {selector} {words} is reached by Tab")


def seed(page: Page, key: str, *of: dict[str, Any]) -> None:
    """Put attempts of an item into the browser's storage, as a page of the book would."""
    state = {"key": key, "round": 1, "attempts": list(of), "draft": [], "rows": []}
    page.evaluate("entry => localStorage.setItem(...entry)", [f"iiv:{book(page)}:{key}", json.dumps(state)])


def test_a_reader_who_missed_nothing_is_told_what_comes_here_and_where_to_go(page: Page, review_book: Site) -> None:
    review = visit(page, review_book, 0)
    expect(review).to_contain_text("Nothing waits for review yet.")
    review.get_by_role("link", name="A bank in order").click()
    expect(page).to_have_url(f"{review_book.url}notebooks/all.html")


def test_before_a_day_is_over_nothing_is_due_and_the_page_says_when(missed: Page, review_book: Site) -> None:
    review = visit(missed, review_book, 0.9)
    expect(review).to_contain_text("Nothing is due now.")
    expect(review).to_contain_text("Next: 3 questions, today from 12:00")
    review = visit(missed, review_book, 0.1)
    expect(review).to_contain_text("tomorrow from 12:00")


def test_after_a_day_each_is_asked_afresh_and_says_why(missed: Page, review_book: Site) -> None:
    review = visit(missed, review_book, 1)
    expect(review).to_contain_text("Question 1 of 3. You missed it on Mar 1, 2027.")
    expect(review.locator("form")).to_have_count(1)
    choice = Exercise(missed, TITLES["choice"])
    expect(choice.status).to_be_empty()
    expect(choice.form.get_by_role("radio", checked=True)).to_have_count(0)
    review_of(missed, "choice", RIGHT["choice"]).says("✔ Right")
    expect(review).to_contain_text("Right on the first try: it comes back in 3 days, on Friday, March 5.")
    review.get_by_role("button", name="Next question").click()
    expect(review).to_contain_text("Question 2 of 3.")
    review_of(missed, "multiple", WRONG["multiple"]).says("✖ Not right")
    expect(review).to_contain_text("It comes back in a day, tomorrow from 12:00")
    review.get_by_role("button", name="Next question").click()
    expect(review).to_contain_text("Question 3 of 3. You called it a guess on Mar 1, 2027.")
    review_of(missed, "order", RIGHT["order"]).says("✔ Right")
    review.get_by_role("button", name="Finish").click()
    expect(review).to_contain_text("That was all for now. You went over 3 questions.")
    expect(review).to_contain_text("Next: 1 question, tomorrow from 12:00")
    expect(review).to_contain_text("3 wait in all.")


def test_right_on_the_first_try_moves_on_through_all_days_and_out(missed: Page, review_book: Site) -> None:
    for day, words in zip(
        WAY_OUT,
        ["comes back in 3 days", "comes back in 7 days", "comes back in 21 days", "It does not come back."],
        strict=True,
    ):
        review = visit(missed, review_book, day - 0.001)
        expect(review).not_to_contain_text(TITLES["choice"])
        review = visit(missed, review_book, day)
        turn_to(review, TITLES["choice"])
        review_of(missed, "choice", RIGHT["choice"])
        expect(review).to_contain_text(words)
    assert [attempt["score"] for attempt in attempts(missed, "good/cheap-talk")] == ["0", "1", "1", "1", "1", "1"]


def test_wrong_moves_one_back_and_a_second_try_moves_nothing(missed: Page, review_book: Site) -> None:
    visit(missed, review_book, 1)
    review_of(missed, "choice", RIGHT["choice"])
    review = visit(missed, review_book, 4)
    turn_to(review, TITLES["choice"])
    expect(review).to_contain_text("Right last time, on Mar 2, 2027; one more look after 3 days.")
    choice = review_of(missed, "choice", WRONG["choice"])
    expect(review).to_contain_text("It comes back in a day")
    choice.press("Try again")
    RIGHT["choice"](choice)
    choice.press("Check")
    choice.says("✔ Right")
    expect(review).to_contain_text("It comes back in a day")


def test_a_sitting_is_recorded_as_one_and_leaves_the_lesson_as_it_was(missed: Page, review_book: Site) -> None:
    visit(missed, review_book, 1)
    choice = review_of(missed, "choice", WRONG["choice"])
    choice.press("Show answer")
    choice.says("This is the answer.")
    *lesson, first, second = attempts(missed, "good/cheap-talk")
    assert [attempt.get("review") for attempt in lesson] == [None, None]
    assert [first["review"], second["review"]] == [first["id"], first["id"]]
    missed.goto(f"{review_book.url}notebooks/all.html")
    lesson_choice = Exercise(missed, TITLES["choice"])
    lesson_choice.says("✔ Right")
    expect(lesson_choice.form.get_by_role("radio", checked=True)).to_have_value("free")


def test_a_reload_between_two_tries_goes_on_where_one_was(missed: Page, review_book: Site) -> None:
    review = visit(missed, review_book, 1)
    review_of(missed, "choice", WRONG["choice"])
    missed.reload()
    choice = Exercise(missed, TITLES["choice"])
    choice.says("✖ Not right", "One try left.")
    expect(review).to_contain_text("You began this one, and have a try left.")
    choice.press("Try again")
    RIGHT["choice"](choice)
    choice.press("Check")
    choice.says("✔ Right")
    first, second = attempts(missed, "good/cheap-talk")[-2:]
    assert first["review"] == second["review"] == first["id"]
    missed.reload()
    expect(review).to_contain_text("Question 1 of 2.")
    expect(review.get_by_role("group", name=TITLES["choice"])).to_have_count(0)


def test_what_is_put_off_comes_after_the_others(missed: Page, review_book: Site) -> None:
    review = visit(missed, review_book, 1)
    expect(review.get_by_role("group", name=TITLES["choice"])).to_be_visible()
    review.get_by_role("button", name="Later").click()
    expect(review.get_by_role("group", name=TITLES["multiple"])).to_be_visible()
    expect(missed.locator(":focus")).to_contain_text("Question 1 of 3.")
    review.get_by_role("button", name="Later").click()
    expect(review.get_by_role("group", name=TITLES["order"])).to_be_visible()
    review.get_by_role("button", name="Later").click()
    expect(review.get_by_role("group", name=TITLES["choice"])).to_be_visible()
    assert len(attempts(missed, "good/cheap-talk")) == 2


def test_the_way_to_the_lesson_is_shown_once_one_has_tried(missed: Page, review_book: Site) -> None:
    review = visit(missed, review_book, 1)
    link = review.get_by_role("link", name="Its place in the lesson “A bank in order”")
    expect(review.locator("form")).to_be_visible()
    expect(link).to_have_count(0)
    review_of(missed, "choice", RIGHT["choice"])
    link.click()
    expect(missed).to_have_url(f"{review_book.url}notebooks/all.html#item-good--cheap-talk")


def test_two_tabs_share_one_sitting(missed: Page, context: BrowserContext, review_book: Site) -> None:
    visit(missed, review_book, 1)
    other = context.new_page()
    there = visit(other, review_book, 1)
    expect(there.get_by_role("group", name=TITLES["choice"])).to_be_visible()
    review_of(missed, "choice", WRONG["choice"])
    choice = Exercise(other, TITLES["choice"])
    choice.says("✖ Not right")
    choice.press("Try again")
    RIGHT["choice"](choice)
    choice.press("Check")
    Exercise(missed, TITLES["choice"]).says("✔ Right")
    first, second = attempts(missed, "good/cheap-talk")[-2:]
    assert first["review"] == second["review"] == first["id"]


def test_a_page_left_open_asks_when_it_is_looked_at_again(missed: Page, review_book: Site) -> None:
    review = visit(missed, review_book, 0.5)
    expect(review).to_contain_text("Nothing is due now.")
    missed.clock.set_fixed_time(NOON + timedelta(days=1))
    missed.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(review).to_contain_text("Question 1 of 3.")


def test_erasing_leaves_nothing_to_review(missed: Page, review_book: Site) -> None:
    review = visit(missed, review_book, 1)
    expect(review.locator("form")).to_be_visible()
    missed.get_by_role("button", name="Erase my answers").click()
    missed.get_by_role("button", name="Erase everything").click()
    expect(review).to_contain_text("Nothing waits for review yet.")


def test_dates_are_said_as_the_reader_says_them(browser: Browser, review_book: Site) -> None:
    context = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin")
    guard = Guard(context)
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    page.goto(f"{review_book.url}notebooks/all.html")
    answered(page, "choice", WRONG["choice"])
    expect(visit(page, review_book, 1)).to_contain_text("You missed it on 01.03.2027.")
    context.close()
    guard.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_review_is_accessible_and_fits_a_phone(missed: Page, review_book: Site, scheme: Any) -> None:
    missed.emulate_media(color_scheme=scheme)
    missed.set_viewport_size({"width": 320, "height": 640})
    review = visit(missed, review_book, 1)
    expect(review.locator("form")).to_be_visible()
    assert axe_violations(missed) == []
    review_of(missed, "choice", WRONG["choice"])
    assert axe_violations(missed) == []
    assert missed.evaluate("document.documentElement.scrollWidth") == 320


def test_review_is_done_with_the_keyboard_alone(missed: Page, review_book: Site) -> None:
    review = visit(missed, review_book, 1)
    expect(review.locator("form")).to_be_visible()
    tab_to(missed, ".iiv-review [type=radio]")
    missed.keyboard.press("Space")
    missed.keyboard.press("Enter")
    Exercise(missed, TITLES["choice"]).says("✔ Right")
    tab_to(missed, "button", "Next question")
    missed.keyboard.press("Enter")
    expect(missed.locator(":focus")).to_contain_text("Question 2 of 3.")


def _firsts(confidence: str, right: int, wrong: int, rev: str) -> list[dict[str, Any]]:
    return [
        {
            "id": f"aaaaaa:{number}",
            "rev": rev,
            "round": number,
            "at": "2027-03-01T12:00:00.000Z",
            "response": "free" if number <= right else "rude",
            "score": "1" if number <= right else "0",
            "hints": 0,
            "revealed": False,
            "confidence": confidence,
        }
        for number in range(1, right + wrong + 1)
    ]


def test_confidence_is_set_against_results_as_counts_from_ten_on(missed: Page, review_book: Site) -> None:
    rev = attempts(missed, "good/cheap-talk")[0]["rev"]
    seed(missed, "good/cheap-talk", *_firsts("certain", 11, 3, rev))
    missed.goto(f"{review_book.url}notebooks/workbook.html")
    part = missed.get_by_role("region", name="How sure, and how right")
    expect(part).to_contain_text("Of 14 answers that you were certain of, 11 were right.")
    expect(part.get_by_role("row", name="Certain 14 11")).to_be_visible()
    expect(part.get_by_role("row", name="Fairly sure 0 after 10 more")).to_be_visible()
    expect(part.get_by_role("row", name="A guess 1 after 9 more")).to_be_visible()
    assert stored(missed, "good/steps") is not None


def test_only_items_of_banks_that_were_answered_are_loaded(missed: Page, review_book: Site) -> None:
    loaded: list[str] = []
    missed.on("request", lambda request: loaded.append(request.url.rpartition("/")[2].partition("?")[0]))
    expect(visit(missed, review_book, 1).locator("form")).to_be_visible()
    assert [name for name in loaded if name.startswith("iiv-notebooks-review-")] == ["iiv-notebooks-review-good.js"]


def test_items_that_do_not_come_are_said(missed: Page, review_book: Site) -> None:
    missed.route(
        "**/iiv-notebooks-review-good.js*", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    review = visit(missed, review_book, 1)
    expect(missed.get_by_role("alert")).to_have_text("Some questions did not load. Load the page again.")
    expect(review).to_be_visible()


def test_a_bank_that_is_first_answered_in_another_tab_comes_while_the_review_is_open(
    page: Page, review_book: Site
) -> None:
    review = visit(page, review_book, 0)
    expect(review).to_contain_text("Nothing waits for review yet.")
    other = page.context.new_page()
    other.goto(f"{review_book.url}notebooks/all.html")
    answered(other, "multiple", WRONG["multiple"])
    expect(review).to_contain_text("Next: 1 question, tomorrow")
