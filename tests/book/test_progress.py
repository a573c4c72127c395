"""How far one is with a lesson, and where one left off: in words, live, and leading to the place."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.book.courses import Site
from tests.book.exercise import OPEN, RIGHT, WRONG, Exercise, answered
from tests.book.sites import Sites
from tests.book.whole_course import reflect, write_whole_course
from tests.browser import axe_violations

NARROWEST = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def site(sites: Sites) -> Site:
    return sites("whole", write_whole_course)


@pytest.fixture
def good(page: Page, site: Site) -> Page:
    """The first lesson, which has an item of every type."""
    page.goto(f"{site.url}notebooks/good.html")
    return page


def bar(page: Page, words: str) -> Locator:
    return page.get_by_role("progressbar", name=words, exact=True)


def continued(page: Page) -> Locator:
    return page.get_by_role("region", name="Continue")


def test_progress_begins_at_nothing(good: Page) -> None:
    expect(bar(good, "0 of 7 answered · 0 texts written")).to_have_attribute("value", "0")


def test_progress_follows_every_answer(good: Page) -> None:
    answered(good, "choice", WRONG["choice"])
    answered(good, "numeric", RIGHT["numeric"])
    answered(good, "scale", OPEN["scale"])
    expect(bar(good, "3 of 7 answered · 0 texts written")).to_have_attribute("value", "3")


def test_a_text_counts_while_it_is_written(good: Page) -> None:
    Exercise(good, "Looking back").write("She asked me back.")
    expect(bar(good, "0 of 7 answered · 1 text written")).to_have_attribute("value", "1")


def test_progress_follows_another_tab(good: Page, context: BrowserContext, site: Site) -> None:
    other = context.new_page()
    other.goto(f"{site.url}notebooks/good.html")
    answered(other, "choice", RIGHT["choice"])
    expect(bar(good, "1 of 7 answered · 0 texts written")).to_be_visible()


def test_a_lesson_without_writing_speaks_of_no_texts(page: Page, site: Site) -> None:
    page.goto(f"{site.url}notebooks/patient.html")
    expect(bar(page, "0 of 1 answered")).to_be_visible()


def test_the_welcome_page_has_nothing_to_continue_at_first(page: Page, site: Site) -> None:
    page.goto(f"{site.url}index.html")
    # The place is there and drawn, so that its emptiness says something.
    expect(page.locator("[data-iiv=continue] script")).to_have_count(0)
    expect(continued(page)).to_have_count(0)


def test_one_continues_at_the_next_unanswered_exercise(good: Page, site: Site) -> None:
    answered(good, "multiple", RIGHT["multiple"])
    good.goto(f"{site.url}index.html")
    link = continued(good).get_by_role(
        "link", name="Continue where you left off: A bank in order, “Trust after one cue”"
    )
    link.click()
    expect(good).to_have_url(re.compile(r"notebooks/good\.html#item-good--trust$"))
    expect(good.locator("#item-good--trust")).to_be_in_viewport()


def test_who_comes_for_an_exercise_is_at_it_also_when_styles_come_late(good: Page, site: Site) -> None:
    answered(good, "multiple", RIGHT["multiple"])
    good.goto(f"{site.url}index.html")
    held: list[Route] = []
    good.route("**/*.css*", lambda route: held.append(route))
    good.goto(f"{site.url}notebooks/good.html#item-good--ease", wait_until="commit")
    # Without its styles the page is longer than with them.
    expect(good.locator("html")).to_have_attribute("data-iiv", "ready")
    good.wait_for_timeout(300)
    for route in held:
        route.continue_()
    good.wait_for_load_state()
    expect(good.locator("#item-good--ease")).to_be_in_viewport()


def test_after_the_end_of_a_lesson_one_continues_with_what_was_passed_over(good: Page, site: Site) -> None:
    reflect(good)
    good.goto(f"{site.url}index.html")
    expect(continued(good).get_by_role("link", name="“Cheap talk”")).to_be_visible()


def test_one_continues_in_the_lesson_that_was_touched_last(good: Page, site: Site) -> None:
    good.clock.install(time="2026-11-20T10:00:00")
    answered(good, "choice", RIGHT["choice"])
    good.goto(f"{site.url}notebooks/patient.html")
    good.clock.set_fixed_time("2026-11-21T10:00:00")
    patient = Exercise(good, "Silence")
    patient.choose("A silence")
    patient.press("Check")
    good.goto(f"{site.url}index.html")
    # That lesson is done, so the next one is offered.
    expect(continued(good).get_by_role("link", name="Go on with the next lesson: A bank in order")).to_be_visible()
    expect(continued(good).get_by_role("progressbar")).to_have_count(2)


def test_who_has_answered_everything_is_told(good: Page, site: Site) -> None:
    for type, answer in (RIGHT | {"scale": OPEN["scale"]}).items():
        answered(good, type, answer)
    reflect(good)
    good.goto(f"{site.url}notebooks/patient.html")
    patient = Exercise(good, "Silence")
    patient.choose("A silence")
    patient.press("Check")
    good.goto(f"{site.url}index.html")
    expect(continued(good)).to_contain_text("You have answered everything in this course.")


def test_from_disk_progress_and_continue_work(page: Page, site: Site) -> None:
    page.goto((site.folder / "notebooks" / "good.html").as_uri())
    answered(page, "choice", RIGHT["choice"])
    expect(bar(page, "1 of 7 answered · 0 texts written")).to_be_visible()
    page.goto((site.folder / "index.html").as_uri())
    continued(page).get_by_role("link", name="“Costly signs”").click()
    expect(page.locator("#item-good--costly-signs")).to_be_in_viewport()


def test_the_index_may_come_after_everything_else(good: Page, context: BrowserContext, site: Site) -> None:
    late = context.new_page()
    held: list[Route] = []
    late.route("**/iiv-course.js*", lambda route: held.append(route))
    answered(good, "choice", RIGHT["choice"])
    late.goto(f"{site.url}index.html", wait_until="commit")
    # The foot of the page is drawn when everything else is there.
    expect(late.get_by_role("region", name="Your answers")).to_be_visible()
    expect(continued(late)).to_have_count(0)
    held[0].continue_()
    expect(continued(late)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_progress_and_continue_are_accessible_and_fit(good: Page, site: Site, scheme: str) -> None:
    good.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    good.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    answered(good, "choice", RIGHT["choice"])
    found = axe_violations(good)
    good.goto(f"{site.url}index.html")
    expect(continued(good)).to_be_visible()
    assert (found, axe_violations(good)) == ([], [])
    assert good.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]
