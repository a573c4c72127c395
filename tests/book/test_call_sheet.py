"""The call sheet: filled from the record and the ranked questions, with a clock and notes, and on paper one page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from iiv_course.page import Request
from tests.book.courses import Site, stored_lesson, write_stored_course
from tests.book.sites import Sites
from tests.book.test_writing import WRITING, add, place, ranked, rows
from tests.browser import axe_violations

SHEET = Request(
    kind="sheet",
    record="writing/talk-notes",
    show=("who", "page"),
    ranked="writing/questions",
    notes="writing/talk-notes",
)


def write_call_sheet_course(root: Path) -> Path:
    lessons = {
        "writing": stored_lesson("Writing", Request(kind="quiz", bank="writing")),
        "sheet": stored_lesson("Call sheet", SHEET),
    }
    return write_stored_course(root, {"writing": WRITING}, lessons)


@pytest.fixture(scope="module")
def sheet_site(sites: Sites) -> Site:
    return sites("sheet", write_call_sheet_course)


def test_it_says_what_will_stand_there(page: Page, sheet_site: Site) -> None:
    page.goto(f"{sheet_site.url}notebooks/sheet.html")
    expect(page.get_by_text("Nothing stands here yet. What you write in “After a talk” appears here.")).to_be_visible()
    expect(page.get_by_text("No questions yet. What you rank in “My questions” appears here.")).to_be_visible()


def test_it_shows_the_record_and_the_first_questions_and_takes_notes(page: Page, sheet_site: Site) -> None:
    page.goto(f"{sheet_site.url}notebooks/writing.html")
    for question in ("What do you mend first?", "Who sees it differently?", "How did you start?"):
        add(ranked(page), "question", Question=question)
    form = place(page, "After a talk")
    form.get_by_label("Who it was").fill("Ms Okafor")
    form.get_by_label("What surprised me").fill("Kept off the sheet")
    form.get_by_label("What surprised me").blur()
    page.goto(f"{sheet_site.url}notebooks/sheet.html")
    sheet = page.get_by_role("region", name="Call sheet")
    expect(sheet.get_by_role("definition")).to_have_text("Ms Okafor")
    expect(sheet.get_by_role("listitem")).to_have_text(["What do you mend first?", "Who sees it differently?"])
    sheet.get_by_label("What do you mend first?").check()
    expect(sheet.get_by_role("button", name="Start 20 minutes")).to_be_visible()
    page.get_by_label("Their page").fill("https://example.org")
    page.get_by_label("Their page").blur()
    assert rows(page, "talk-notes")[0]["page"] == "https://example.org"
    assert axe_violations(page) == []


def test_the_clock_gives_a_sign_when_it_is_time_to_close(page: Page, sheet_site: Site) -> None:
    page.clock.install()
    page.goto(f"{sheet_site.url}notebooks/sheet.html")
    sheet = page.get_by_role("region", name="Call sheet")
    sheet.get_by_role("button", name="Start 20 minutes").click()
    page.clock.run_for(16 * 60_000 + 50_000)
    expect(sheet.get_by_role("timer")).to_have_text("3:10")
    expect(sheet.get_by_text("say the time")).to_have_count(0)
    page.clock.run_for(11_000)
    expect(sheet.get_by_text("Seventeen minutes: say the time, and begin to close.")).to_be_visible()


def test_what_is_printed_fits_one_page(page: Page, sheet_site: Site) -> None:
    page.add_init_script("window.print = () => { window.top.printed = document.body.innerHTML; }")
    page.goto(f"{sheet_site.url}notebooks/writing.html")
    for question in ("What do you mend first, and what waits?" * 2, "Who sees it differently?"):
        add(ranked(page), "question", Question=question)
    place(page, "After a talk").get_by_label("Who it was").fill("Ms Okafor, who runs the volunteers\n" * 3)
    place(page, "After a talk").get_by_label("Who it was").blur()
    page.goto(f"{sheet_site.url}notebooks/sheet.html")
    page.get_by_role("button", name="Print on one page").click()
    page.wait_for_function("window.printed")
    # Letter paper at 96 dots an inch, less the margins that browsers leave.
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 960})
    page.evaluate("document.body.innerHTML = window.printed")
    assert page.evaluate("document.querySelector('.iiv-paper').getBoundingClientRect().height") <= 900
