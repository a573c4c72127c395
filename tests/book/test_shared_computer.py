"""On a shared computer answers live in one tab: they follow it through the book, and are gone with it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.book.courses import Site
from tests.book.exercise import (
    OPEN,
    RIGHT,
    TITLES,
    Exercise,
    answered,
    attempts,
    book,
    file_responses,
    kept,
    saved_file,
)
from tests.browser import Guard, axe_violations

LABEL = "This is a shared computer: keep my answers in this tab only"


def share(page: Page, on: bool = True) -> None:
    page.get_by_label(LABEL).set_checked(on)
    words = "moved from this browser into this tab" if on else "moved from this tab into this browser"
    expect(page.get_by_text(words)).to_be_visible()


def in_tab(page: Page) -> list[str]:
    names = page.evaluate("Object.keys(sessionStorage).sort()")
    return [name.removeprefix(f"iiv:{book(page)}:") for name in names]


def test_answers_move_into_the_tab_and_back(lesson_page: Page) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    share(lesson_page)
    assert (kept(lesson_page), in_tab(lesson_page)) == ([], ["good/cheap-talk", "shared"])
    answered(lesson_page, "text", RIGHT["text"]).says("✔ Right")
    assert kept(lesson_page) == []
    share(lesson_page, on=False)
    assert (kept(lesson_page), in_tab(lesson_page)) == (["good/cheap-talk", "good/word"], [])
    assert len(attempts(lesson_page, "good/cheap-talk")) == 1


def test_answers_follow_through_the_book_and_are_nowhere_else(
    lesson_page: Page, context: BrowserContext, site: Site
) -> None:
    share(lesson_page)
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    # A link of the book, as one follows it: nothing is asked.
    lesson_page.get_by_role("link", name="Again").first.click()
    lesson_page.wait_for_url(f"{site.url}notebooks/again.html")
    Exercise(lesson_page, TITLES["choice"]).says("✔ Right")
    expect(lesson_page.get_by_label(LABEL)).to_be_checked()
    other = context.new_page()
    other.goto(f"{site.url}notebooks/all.html")
    expect(other.get_by_label(LABEL)).not_to_be_checked()
    expect(Exercise(other, TITLES["choice"]).status).to_be_empty()


def test_words_that_are_being_written_move_too(lesson_page: Page) -> None:
    Exercise(lesson_page, TITLES["reflection"]).write("She asked me back.")
    share(lesson_page)
    assert (kept(lesson_page), in_tab(lesson_page)) == ([], ["good/looking-back", "shared"])


def warns(page: Page) -> bool:
    """Whether the page would ask before it goes; a real dialog of a closing tab takes the browser down with it."""
    return bool(page.evaluate("!dispatchEvent(new Event('beforeunload', {cancelable: true}))"))


def test_leaving_with_answers_that_are_in_no_file_warns(lesson_page: Page) -> None:
    share(lesson_page)
    assert not warns(lesson_page)
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    assert warns(lesson_page)
    assert file_responses(saved_file(lesson_page), "good/cheap-talk") == ["free"]
    assert not warns(lesson_page)


@pytest.mark.parametrize("stay", [True, False], ids=["stays", "leaves"])
def test_a_reader_who_leaves_the_book_is_asked_and_decides(
    lesson_page: Page, guard: Guard, site: Site, stay: bool
) -> None:
    share(lesson_page)
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    address = lesson_page.url
    asked: list[str] = []

    def decide(dialog: Dialog) -> None:
        asked.append(dialog.type)
        (dialog.dismiss if stay else dialog.accept)()

    # In place of the guard, which takes every dialog for a mistake.
    lesson_page.remove_listener("dialog", guard.refuse)
    lesson_page.on("dialog", decide)
    other = f"{site.url}index.html?elsewhere"
    with lesson_page.expect_event("dialog"):
        lesson_page.evaluate("address => { setTimeout(() => location.assign(address)) }", other)
    if stay:
        expect(lesson_page).to_have_url(address)
        Exercise(lesson_page, TITLES["choice"]).says("✔ Right")
    else:
        lesson_page.wait_for_url(other)
    assert asked == ["beforeunload"]


def test_leaving_an_own_computer_does_not_warn(lesson_page: Page) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    assert not warns(lesson_page)


def test_a_tab_that_was_closed_leaves_nothing(lesson_page: Page, context: BrowserContext) -> None:
    share(lesson_page)
    answered(lesson_page, "reflection", OPEN["reflection"]).says("✔ Saved")
    address = lesson_page.url
    lesson_page.close()
    again = context.new_page()
    again.goto(address)
    expect(Exercise(again, TITLES["reflection"]).form.get_by_role("textbox")).to_have_value("")
    assert (kept(again), in_tab(again)) == ([], [])


def test_erasing_clears_the_tab(lesson_page: Page) -> None:
    share(lesson_page)
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    lesson_page.get_by_role("button", name="Erase my answers").click()
    lesson_page.get_by_role("button", name="Erase everything").click()
    expect(lesson_page.get_by_text("Erased. Nothing of yours is left in this tab.")).to_be_visible()
    assert (kept(lesson_page), in_tab(lesson_page)) == ([], ["erased", "shared"])


def test_other_books_of_the_address_stay_where_they_are(lesson_page: Page) -> None:
    lesson_page.evaluate("text => localStorage.setItem('iiv:other:good/cheap-talk', text)", json.dumps({}))
    share(lesson_page)
    assert lesson_page.evaluate("Object.keys(localStorage)") == ["iiv:other:good/cheap-talk"]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_footer_is_accessible_and_fits(lesson_page: Page, width: int) -> None:
    lesson_page.set_viewport_size({"width": width, "height": 800})
    share(lesson_page)
    assert axe_violations(lesson_page) == []
    assert lesson_page.evaluate("document.documentElement.scrollWidth") == width
