"""The page of everything that was done: seen, printed, taken away, brought back, begun again and erased."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.book.courses import Site
from tests.book.exercise import OPEN, RIGHT, WRONG, Exercise, answered, entry, kept
from tests.book.readers import after
from tests.book.sites import Sites
from tests.book.whole_course import TEXT, reflect, write_whole_course
from tests.browser import axe_violations

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def site(sites: Sites) -> Site:
    return sites("whole", write_whole_course)


@pytest.fixture(scope="module")
def filling(browser: Browser, site: Site) -> StorageState:
    """A reader who was right, wrong and out of tries, rated herself and wrote a text."""

    def fill(page: Page) -> None:
        page.goto(f"{site.url}notebooks/good.html")
        answered(page, "choice", RIGHT["choice"])
        answered(page, "numeric", WRONG["numeric"]).press("Show answer")
        answered(page, "text", WRONG["text"])
        answered(page, "scale", OPEN["scale"])
        reflect(page)

    return after(browser, fill)


@pytest.fixture
def filled(page: Page, site: Site, filling: StorageState) -> Page:
    """Her workbook."""
    page.context.set_storage_state(filling)
    return opened(page, site)


def opened(page: Page, site: Site) -> Page:
    page.goto(f"{site.url}notebooks/workbook.html")
    expect(workbook(page)).to_be_visible()
    return page


def workbook(page: Page) -> Locator:
    return page.get_by_role("region", name="Your workbook", exact=True)


def press(page: Page, name: str) -> None:
    workbook(page).get_by_role("button", name=name, exact=True).click()


def panel(page: Page, name: str) -> Locator:
    return workbook(page).get_by_role("group", name=name, exact=True)


def saved(page: Page, tmp_path: Path, kind: str) -> dict[str, Any]:
    """The file that a button saves, read; and its path beside."""
    press(page, kind)
    with page.expect_download() as download:
        panel(page, kind).get_by_role("button", name="Save the file").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def test_an_empty_workbook_says_how_it_fills(page: Page, site: Site) -> None:
    opened(page, site)
    expect(workbook(page)).to_contain_text("As you answer and write in the lessons, your workbook fills by itself.")
    expect(workbook(page).get_by_role("button", name="Bring answers back")).to_be_visible()
    expect(workbook(page).get_by_role("table")).to_have_count(0)


def test_progress_is_told_by_lesson_and_objective(filled: Page) -> None:
    rows = workbook(filled).get_by_role("group", name="Progress by lesson and objective").get_by_role("row")
    cells = [row.get_by_role("rowheader").or_(row.get_by_role("cell")).all_inner_texts() for row in rows.all()[1:]]
    told = {line[0]: [text.strip() for text in line[1:]] for line in cells}
    assert told["A bank in order"] == ["4 of 7 answered · 1 text written", "1 of 6", "1 of 6"]
    assert told["Say when a signal tells genuine from not genuine"][1:] == ["1 of 3", "1 of 3"]
    assert told["Time to think"] == ["0 of 1 answered", "0 of 1", "0 of 1"]


def test_what_was_written_stands_there_as_it_was_written_and_leads_to_its_place(filled: Page) -> None:
    text = workbook(filled).get_by_role("article").get_by_role("blockquote")
    expect(text).to_have_text(TEXT)
    expect(workbook(filled).locator("b")).to_have_count(0)
    workbook(filled).get_by_role("link", name="Looking back").click()
    expect(filled.locator("#item-good--looking-back")).to_be_in_viewport()


def test_what_was_missed_is_listed_with_what_became_of_it(filled: Page) -> None:
    missed = workbook(filled).get_by_role("listitem")
    expect(missed.filter(has_text="Trust after one cue")).to_have_text(
        "Trust after one cue: the answer was shown; you last wrote “0.8”"
    )
    expect(missed.filter(has_text="The word")).to_contain_text("not right yet; you last wrote “small talk”")
    expect(missed.filter(has_text="Cheap talk")).to_have_count(0)


def test_both_versions_of_a_text_are_shown(filled: Page, site: Site) -> None:
    filled.evaluate(
        """name => {
            const state = JSON.parse(localStorage.getItem(name));
            const text = "From the other device.";
            state.draft.push({version: "another1:9", parents: [], text, at: "2026-11-20T10:00:00Z"});
            localStorage.setItem(name, JSON.stringify(state));
        }""",
        f"iiv:{filled.locator('meta[name=iiv-book]').get_attribute('content')}:good/looking-back",
    )
    opened(filled, site)
    article = workbook(filled).get_by_role("article")
    expect(article.get_by_role("blockquote")).to_have_text([TEXT, "From the other device."])
    expect(article).to_contain_text("Two versions were written apart.")


def test_what_stands_on_no_page_any_more_is_still_shown(filled: Page, site: Site) -> None:
    state = {"key": "gone/away", "round": 1, "attempts": [], "rows": []}
    draft = [{"version": "another1:1", "parents": [], "text": "An old thought.", "at": "no clock"}]
    filled.evaluate(
        "([name, text]) => localStorage.setItem(name, text)",
        [
            f"iiv:{filled.locator('meta[name=iiv-book]').get_attribute('content')}:gone/away",
            json.dumps(state | {"draft": draft}),
        ],
    )
    opened(filled, site)
    expect(workbook(filled).get_by_role("heading", name="On no page any more")).to_be_visible()
    expect(workbook(filled).get_by_text("An old thought.")).to_be_visible()


def test_everything_is_saved_after_what_is_inside_was_said(filled: Page, tmp_path: Path) -> None:
    file = saved(filled, tmp_path, "Save everything, for me")
    assert (file["format"], file["kind"]) == ("iiv-workbook", "everything")
    texts = [draft["text"] for item in file["items"] for draft in item["draft"]]
    assert texts == [TEXT]
    expect(workbook(filled).get_by_role("status").last).to_have_text("The file is in your downloads.")


def test_the_preview_counts_what_is_inside_and_lists_it(filled: Page) -> None:
    press(filled, "Save everything, for me")
    inside = panel(filled, "Save everything, for me")
    expect(inside).to_contain_text("In this file: 6 answers, 1 text.")
    inside.get_by_text("One by one").click()
    expect(inside.get_by_role("listitem").filter(has_text="Trust after one cue")).to_have_text(
        "Trust after one cue: 2 answers"
    )


def test_answers_only_hold_nothing_of_ones_own_words(filled: Page, tmp_path: Path) -> None:
    press(filled, "Save answers only, for my instructor")
    inside = panel(filled, "Save answers only, for my instructor")
    expect(inside).to_contain_text("What you wrote in your own words stays out")
    inside.get_by_role("button", name="Leave it").click()
    file = saved(filled, tmp_path, "Save answers only, for my instructor")
    text = json.dumps(file)
    assert file["kind"] == "answers"
    assert {item["key"] for item in file["items"]} == {"good/cheap-talk", "good/trust", "good/word", "good/ease"}
    assert "small talk" not in text
    assert "She asked me back" not in text


def test_leaving_a_question_gives_the_focus_back(filled: Page) -> None:
    for name, leave in {"Save everything, for me": "Leave it", "Erase everything": "Keep it"}.items():
        press(filled, name)
        panel(filled, name).get_by_role("button", name=leave).click()
        expect(workbook(filled).get_by_role("button", name=name, exact=True)).to_be_focused()


def test_a_file_brings_back_what_was_erased_elsewhere(filled: Page, site: Site, tmp_path: Path) -> None:
    saved(filled, tmp_path, "Save everything, for me")
    [path] = tmp_path.iterdir()
    filled.evaluate("localStorage.clear()")
    opened(filled, site)
    press(filled, "Bring answers back")
    bring = panel(filled, "Bring answers back")
    bring.get_by_label("A file that you saved from this course").set_input_files(path)
    expect(bring).to_contain_text("6 answers are new.")
    bring.get_by_role("button", name="Bring in").click()
    expect(workbook(filled).get_by_role("blockquote")).to_have_text(TEXT)


def test_the_course_can_be_started_over_and_earlier_texts_are_folded_away(filled: Page, site: Site) -> None:
    press(filled, "Start the course over")
    panel(filled, "Start the course over").get_by_role("button", name="Start over now").click()
    expect(workbook(filled).get_by_role("progressbar", name="0 of 7 answered · 0 texts written")).to_be_visible()
    article = workbook(filled).get_by_role("article")
    article.get_by_text("Before you started over").click()
    expect(article.get_by_text("She asked me back.")).to_be_visible()
    filled.goto(f"{site.url}notebooks/good.html")
    expect(Exercise(filled, "Cheap talk").status).to_be_empty()


def test_erasing_leaves_nothing(filled: Page) -> None:
    press(filled, "Erase everything")
    panel(filled, "Erase everything").get_by_role("button", name="Erase it all").click()
    expect(workbook(filled)).to_contain_text("your workbook fills by itself")
    assert not any("/" in key for key in kept(filled))
    assert "asked me" not in (entry(filled, "erased") or "")


def test_what_is_answered_in_another_tab_appears(filled: Page, site: Site) -> None:
    other = filled.context.new_page()
    other.goto(f"{site.url}notebooks/patient.html")
    exercise = Exercise(other, "Silence")
    exercise.choose("A silence")
    exercise.press("Check")
    expect(workbook(filled).get_by_role("progressbar", name="1 of 1 answered").first).to_be_visible()


def test_in_print_only_what_was_written_and_the_progress_stand(filled: Page) -> None:
    filled.emulate_media(media="print")
    expect(workbook(filled).get_by_role("blockquote")).to_be_visible()
    expect(workbook(filled).get_by_role("table").first).to_be_visible()
    for name in ("Print", "Save everything, for me", "Erase everything", "Save my answers as a file"):
        expect(filled.get_by_role("button", name=name)).to_have_count(0)
    for chrome in (".sidebar-drawer", ".mobile-header", "[data-iiv-footer] .iiv", ".related-pages"):
        expect(filled.locator(chrome)).not_to_be_visible()


def test_the_printed_document_reads_as_one(filled: Page) -> None:
    filled.emulate_media(media="print")
    text = filled.locator("body").inner_text()
    for words in ("Your workbook", "She asked me back.", "Looking back", "4 of 7 answered", "Trust after one cue"):
        assert words in text
    for words in ("Erase", "Save", "Search", "Next", "Sphinx", "Before you started over"):
        assert words not in text


def test_the_printed_document_has_the_pages_that_its_texts_need(filled: Page, site: Site) -> None:
    before = printed_pages(filled)
    filled.goto(f"{site.url}notebooks/good.html")
    Exercise(filled, "Looking back").write("\n".join(f"Line {number}" for number in range(150)))
    opened(filled, site)
    expect(workbook(filled).get_by_role("blockquote")).to_contain_text("Line 149")
    # A sheet holds some fifty lines; one that is cut off, or blank, would show.
    assert before in (1, 2)
    assert 2 <= printed_pages(filled) - before <= 4


def printed_pages(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


def test_the_print_button_prints(filled: Page) -> None:
    filled.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    press(filled, "Print")
    expect(filled.locator("body[data-printed=yes]")).to_be_attached()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_workbook_is_accessible_and_fits(filled: Page, scheme: Any, size: Any) -> None:
    filled.emulate_media(color_scheme=scheme)
    filled.set_viewport_size(size)
    found = {"closed": axe_violations(filled)}
    for name in ("Save answers only, for my instructor", "Bring answers back", "Start the course over"):
        press(filled, name)
        expect(panel(filled, name)).to_be_visible()
        found[name] = axe_violations(filled)
    assert not any(found.values()), found
    assert filled.evaluate("document.documentElement.scrollWidth") <= size["width"]
