"""Places to write in the static book: drafts with feedback, tables and forms; kept, by keys alone, to take along."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, Page, expect

from iiv_course.page import Request
from tests.book.courses import Site, stored_lesson, write_stored_course
from tests.book.exercise import book, entry, keep, kept, stored
from tests.book.sites import Sites
from tests.browser import axe_violations
from tests.hostile import HOSTILE
from tests.scratch import ROOT

WRITING = (ROOT / "tests" / "cases" / "banks" / "writing.yml").read_text("utf-8")
NOTE = "Dear Ms Okafor,\n\nThank you. I learned that volunteers leave in week three. I will write in May.\n\nDana"
QUESTIONS = ("What do you mend first?", "Who sees it differently?", "How did you start?")


def write_writing_course(root: Path) -> Path:
    lessons = {
        "writing": stored_lesson("Writing", Request(kind="quiz", bank="writing")),
        "workbook": stored_lesson("Your workbook", Request(kind="workbook")),
    }
    return write_stored_course(root, {"writing": WRITING}, lessons)


@pytest.fixture(scope="module")
def writing_site(sites: Sites) -> Site:
    return sites("writing", write_writing_course)


@pytest.fixture
def lesson_page(page: Page, writing_site: Site) -> Page:
    page.goto(f"{writing_site.url}notebooks/writing.html")
    return page


def place(page: Page, title: str) -> Locator:
    """The exercise of that title, once its fields are there: they come as one comes near."""
    held = page.locator(".iiv-place").filter(has=page.get_by_role("group", name=title))
    held.scroll_into_view_if_needed()
    expect(held.get_by_role("button").first).to_be_visible()
    return held.locator(".iiv-item")


def note(page: Page) -> Locator:
    return place(page, "A note of thanks")


def repair(page: Page) -> Locator:
    return place(page, "Mend it")


def contacts(page: Page) -> Locator:
    return place(page, "Whom I met")


def ranked(page: Page) -> Locator:
    return place(page, "My questions")


def texts(page: Page, key: str) -> list[str]:
    state = stored(page, f"writing/{key}")
    return [draft["text"] for draft in state["draft"]] if state else []


def rows(page: Page, key: str) -> list[dict[str, str]]:
    state = stored(page, f"writing/{key}")
    return [row["fields"] for row in state["rows"] if not row["deleted"]] if state else []


def add(table: Locator, row: str, **fields: str) -> None:
    """A row with these fields by their labels, closed again."""
    table.get_by_role("button", name=f"Add a {row}").click()
    for label, value in fields.items():
        field = table.locator(".iiv-row-fields").get_by_label(label.replace("_", " "))
        if field.evaluate("field => field.localName") == "select":
            field.select_option(value)
        else:
            field.fill(value)
    table.get_by_role("button", name="Done").click()


def lines(table: Locator) -> list[str]:
    """What the closed rows say."""
    return [line.inner_text() for line in table.locator(".iiv-row-open").all()]


# Drafts


def test_a_letter_is_one_text_with_its_subject_and_is_there_after_a_reload(lesson_page: Page) -> None:
    note(lesson_page).get_by_label("Subject").fill("Thank you for Tuesday")
    note(lesson_page).get_by_label("Message").fill(NOTE)
    expect(note(lesson_page).get_by_text("19 words, aim at 60 to 110")).to_be_visible()
    note(lesson_page).get_by_label("Message").blur()
    assert texts(lesson_page, "note") == [f"Subject: Thank you for Tuesday\n\n{NOTE}"]
    lesson_page.reload()
    expect(note(lesson_page).get_by_label("Subject")).to_have_value("Thank you for Tuesday")
    expect(note(lesson_page).get_by_label("Message")).to_have_value(NOTE)


def test_feedback_comes_at_a_pause_names_the_place_and_shows_it(lesson_page: Page) -> None:
    message = note(lesson_page).get_by_label("Message")
    message.fill(
        "Dear Ms Okafor,\n\nThank you. I learned that volunteers leave in week three. Could you pass on my CV?"
    )
    said = note(lesson_page).get_by_role("status").first
    expect(said).to_have_text("Feedback: 2 things to look at.")
    with_place = note(lesson_page).get_by_role("listitem").filter(has_text="pass on my CV")
    with_place.get_by_role("button", name="Show where").click()
    expect(message).to_be_focused()
    chosen = message.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert "my CV" in chosen
    message.fill(NOTE)
    expect(said).to_have_text("Feedback: nothing to mend found.")
    expect(note(lesson_page).get_by_text("the last word is yours")).to_be_visible()


def test_the_rules_come_only_when_somebody_writes(page: Page, writing_site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{writing_site.url}notebooks/writing.html")
    message = note(page).get_by_label("Message")
    assert not any("iiv-rules" in url for url in asked)
    message.fill("Thank you.")
    expect(note(page).get_by_role("status").first).to_contain_text("Feedback:")
    assert [url.split("/")[-1].split("?")[0] for url in asked if "iiv-rules" in url] == ["iiv-rules-thank-you-note.js"]


def test_where_the_rules_do_not_come_one_writes_on(page: Page, writing_site: Site) -> None:
    page.route("**/iiv-rules-*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{writing_site.url}notebooks/writing.html")
    note(page).get_by_label("Message").fill(NOTE)
    expect(note(page).get_by_role("status").first).to_contain_text("The feedback did not load.")
    note(page).get_by_role("button", name="Compare with a model").click()
    expect(note(page).get_by_text("Dear Ms Okafor, thank you.", exact=True)).to_be_visible()
    assert texts(page, "note") == [NOTE]


def test_a_model_is_shown_to_who_wrote_and_ticks_are_kept(lesson_page: Page) -> None:
    compare = note(lesson_page).get_by_role("button", name="Compare with a model")
    compare.click()
    expect(note(lesson_page).get_by_role("status").last).to_have_text(
        "Write something of your own first; a sentence will do."
    )
    expect(note(lesson_page).get_by_label("Message")).to_be_focused()
    lesson_page.keyboard.type("Thank you.")
    compare.click()
    expect(note(lesson_page).get_by_role("status").last).to_contain_text("✔ Saved. A model to compare with")
    note(lesson_page).get_by_label("I name one thing that I learned.").check()
    lesson_page.reload()
    expect(note(lesson_page).get_by_label("I name one thing that I learned.")).to_be_checked()
    expect(note(lesson_page).get_by_label("I ask for nothing.")).not_to_be_checked()
    note(lesson_page).get_by_label("I name one thing that I learned.").uncheck()
    assert [row["holds"] for row in rows(lesson_page, "note")] == [""]


def test_a_text_to_mend_stands_there_and_is_nobodys_until_it_is_changed(lesson_page: Page) -> None:
    field = repair(lesson_page).get_by_label("Your text")
    expect(field).to_have_value("Do you like your job?")
    field.focus()
    expect(repair(lesson_page).get_by_role("status").first).to_contain_text("Feedback:")
    repair(lesson_page).get_by_role("button", name="Compare with a model").click()
    expect(repair(lesson_page).get_by_role("status").last).to_contain_text("Write something of your own first")
    assert texts(lesson_page, "repair") == []
    field.fill("Which part of your job do you like?")
    repair(lesson_page).get_by_role("button", name="Compare with a model").click()
    repair(lesson_page).get_by_role("button", name="Start over").click()
    repair(lesson_page).get_by_role("button", name="Start over now").click()
    expect(field).to_have_value("Do you like your job?")


def test_what_was_written_elsewhere_stands_beside_the_draft(lesson_page: Page) -> None:
    expect(note(lesson_page).get_by_text("Nothing stands there yet.")).to_be_visible()
    form = place(lesson_page, "After a talk")
    form.get_by_label("What surprised me").fill("They leave in week three.")
    form.get_by_label("What surprised me").blur()
    expect(note(lesson_page).get_by_role("definition")).to_have_text("They leave in week three.")


def test_a_letter_can_be_seen_copied_and_sent(lesson_page: Page, context: Any) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    note(lesson_page).get_by_label("Subject").fill("Thank you")
    note(lesson_page).get_by_label("Message").fill("Dear Ms Okafor,\nthank you & more.")
    note(lesson_page).get_by_text("See it as on a phone").click()
    expect(note(lesson_page).locator(".iiv-opened")).to_have_text("Dear Ms Okafor,\nthank you & more.")
    note(lesson_page).get_by_role("button", name="Copy the message").click()
    expect(note(lesson_page).get_by_text("Copied.")).to_be_visible()
    assert lesson_page.evaluate("navigator.clipboard.readText()") == "Dear Ms Okafor,\nthank you & more."
    expect(note(lesson_page).get_by_role("link", name="Open in your mail program")).to_have_attribute(
        "href", "mailto:?subject=Thank%20you&body=Dear%20Ms%20Okafor%2C%0D%0Athank%20you%20%26%20more."
    )


def test_two_drafts_that_were_written_apart_stand_there_both(lesson_page: Page) -> None:
    draft = [
        {"version": f"{writer}:1", "parents": [], "text": text, "at": "2026-03-04T12:00:00.000Z"}
        for writer, text in (("aaaaaa", "Thank you, here."), ("bbbbbb", "Thank you, there."))
    ]
    state = {"key": "writing/note", "round": 1, "attempts": [], "draft": draft, "rows": []}
    keep(lesson_page, "writing/note", json.dumps(state))
    lesson_page.reload()
    note(lesson_page).get_by_role("button", name="Go on with version 2").click()
    expect(note(lesson_page).get_by_label("Message")).to_have_value("Thank you, there.")
    assert texts(lesson_page, "note") == ["Thank you, there."]


# Tables


def test_rows_are_written_closed_kept_deleted_and_brought_back(lesson_page: Page) -> None:
    add(contacts(lesson_page), "person", Name="Ana", How_we_met="event", Next_date="2026-12-04")
    expect(contacts(lesson_page).get_by_role("button", name="Ana")).to_be_focused()
    assert lines(contacts(lesson_page)) == ["Ana At an event · Dec 4, 2026"]
    lesson_page.reload()
    assert lines(contacts(lesson_page)) == ["Ana At an event · Dec 4, 2026"]
    contacts(lesson_page).get_by_role("button", name="Ana").click()
    expect(contacts(lesson_page).get_by_label("Name")).to_be_focused()
    contacts(lesson_page).get_by_role("button", name="Delete").click()
    expect(contacts(lesson_page).get_by_role("button", name="Undo the deletion")).to_be_focused()
    assert rows(lesson_page, "contacts") == []
    lesson_page.keyboard.press("Enter")
    expect(contacts(lesson_page).get_by_role("button", name="Ana")).to_be_focused()
    assert rows(lesson_page, "contacts") == [{"name": "Ana", "tie": "event", "next": "2026-12-04"}]


def test_what_is_wrong_with_a_field_is_said_and_nothing_is_lost(lesson_page: Page) -> None:
    form = place(lesson_page, "After a talk")
    page_field = form.get_by_label("Their page")
    page_field.fill("example.org")
    page_field.blur()
    expect(form.get_by_text("Write the whole address, such as https://example.org.")).to_be_visible()
    expect(page_field).to_have_attribute("aria-invalid", "true")
    assert rows(lesson_page, "talk-notes") == [{"page": "example.org"}]
    page_field.fill("https://example.org")
    expect(form.get_by_role("link", name="Open the page")).to_have_attribute("href", "https://example.org/")
    expect(page_field).not_to_have_attribute("aria-invalid", "true")
    add(contacts(lesson_page), "person", Promised="To send the list")
    assert lines(contacts(lesson_page)) == ["To send the list Name is missing."]


def test_a_table_goes_along_for_spreadsheet_and_calendar(lesson_page: Page) -> None:
    add(contacts(lesson_page), "person", Name='=HYPERLINK("x")', Promised="two\nlines")
    add(contacts(lesson_page), "person", Name="Ana, Ruiz", Next_date="2026-12-04", How_we_met="friend")
    with lesson_page.expect_download() as download:
        contacts(lesson_page).get_by_role("button", name="Save as CSV").click()
    assert Path(download.value.path()).read_bytes().decode("utf-8-sig").split("\r\n") == [
        '"Name","How we met","Next date","Promised"',
        '"\'=HYPERLINK(""x"")","","","two\nlines"',
        '"Ana, Ruiz","Through a friend","2026-12-04",""',
        "",
    ]
    with lesson_page.expect_download() as download:
        contacts(lesson_page).get_by_role("button", name="Save the dates for your calendar").click()
    assert download.value.suggested_filename.endswith(".ics")
    calendar = Calendar.from_ical(Path(download.value.path()).read_bytes())
    [event] = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 12, 4)
    assert (event["summary"], event["description"]) == ("Whom I met: Ana, Ruiz", "How we met: Through a friend")


def test_questions_are_ranked_by_keys_alone(lesson_page: Page) -> None:
    for question in QUESTIONS:
        add(ranked(lesson_page), "question", Question=question)
    up = ranked(lesson_page).get_by_role("button", name=f"Move up: {QUESTIONS[2]}")
    up.focus()
    lesson_page.keyboard.press("Enter")
    expect(up).to_be_focused()
    lesson_page.keyboard.press("Enter")
    expect(ranked(lesson_page).get_by_text(f"{QUESTIONS[2]}: now 1 of 3")).to_be_attached()
    expect(up).to_have_attribute("aria-disabled", "true")
    lesson_page.reload()
    assert lines(ranked(lesson_page)) == [f"If only one: {QUESTIONS[2]}", QUESTIONS[0], QUESTIONS[1]]
    expect(ranked(lesson_page).get_by_text("For twenty minutes (2 of 2)")).to_be_visible()
    below = ranked(lesson_page).locator(".iiv-rows").nth(1)
    expect(ranked(lesson_page).get_by_text("Kept in reserve")).to_be_visible()
    expect(below.get_by_role("listitem")).to_have_count(1)
    ranked(lesson_page).get_by_label("Show them by").select_option("Purpose")
    expect(up).to_have_count(0)


def test_a_question_of_a_table_gets_its_feedback(lesson_page: Page) -> None:
    ranked(lesson_page).get_by_role("button", name="Add a question").click()
    ranked(lesson_page).get_by_role("textbox", name="Question").fill("Are you hiring?")
    expect(ranked(lesson_page).get_by_role("status").filter(has_text="Feedback: 2 things")).to_be_visible()


def test_a_form_keeps_each_field_and_its_clock_runs(page: Page, writing_site: Site) -> None:
    page.clock.install()
    page.goto(f"{writing_site.url}notebooks/writing.html")
    form = place(page, "After a talk")
    form.get_by_label("Who it was").fill("Ms Okafor")
    form.get_by_label("What surprised me").fill("Week three.")
    page.clock.run_for(500)
    assert rows(page, "talk-notes") == [{"who": "Ms Okafor", "surprise": "Week three."}]
    form.get_by_role("button", name="Start 10 minutes").click()
    page.clock.run_for(61_000)
    expect(form.get_by_role("timer")).to_have_text("8:59")
    page.clock.run_for(600_000)
    expect(form.get_by_text("About them: the 10 minutes are over. What you have will do.")).to_be_visible()
    form.get_by_role("button", name="Set back").click()
    expect(form.get_by_role("timer")).to_have_text("10:00")


def test_a_form_that_was_filled_in_twice_is_put_together(lesson_page: Page) -> None:
    both = [{"who": "Ms Okafor", "surprise": "Week three."}, {"surprise": "The quiet.", "page": "https://example.org"}]
    forms = [{"id": f"aaaaa{i}:1", "version": 1, "deleted": False, "fields": fields} for i, fields in enumerate(both)]
    state = {"key": "writing/talk-notes", "round": 1, "attempts": [], "draft": [], "rows": forms}
    keep(lesson_page, "writing/talk-notes", json.dumps(state))
    lesson_page.reload()
    form = place(lesson_page, "After a talk")
    form.get_by_role("button", name="Add it to what stands above").click()
    expect(form.get_by_label("What surprised me")).to_have_value("Week three.\n\nThe quiet.")
    expect(form.get_by_label("Their page")).to_have_value("https://example.org")
    assert len(rows(lesson_page, "talk-notes")) == 1


def test_a_full_table_says_so(lesson_page: Page) -> None:
    full = [{"id": f"aaaaaa:{i}", "version": 1, "deleted": False, "fields": {"name": f"n{i}"}} for i in range(1, 501)]
    state = {"key": "writing/contacts", "round": 1, "attempts": [], "draft": [], "rows": full}
    keep(lesson_page, "writing/contacts", json.dumps(state))
    lesson_page.reload()
    contacts(lesson_page).get_by_role("button", name="Add a person").click()
    expect(contacts(lesson_page).get_by_text("A table holds 500 of them.")).to_be_visible()


def test_what_is_printed_is_the_sheet_alone(lesson_page: Page) -> None:
    lesson_page.add_init_script("window.print = () => { window.top.printed = document.body.innerText; }")
    lesson_page.reload()
    form = place(lesson_page, "After a talk")
    form.get_by_label("Who it was").fill("Ms Okafor")
    form.get_by_label("Who it was").blur()
    form.get_by_role("button", name="Print").click()
    lesson_page.wait_for_function("window.printed")
    assert " ".join(lesson_page.evaluate("window.printed").split()) == "After a talk About them Who it was Ms Okafor"


# Everywhere


def test_erasing_empties_the_fields_and_one_can_begin_anew(lesson_page: Page) -> None:
    note(lesson_page).get_by_label("Message").fill(NOTE)
    add(contacts(lesson_page), "person", Name="Ana")
    lesson_page.get_by_role("button", name="Erase my answers").click()
    lesson_page.get_by_role("button", name="Erase everything").click()
    expect(note(lesson_page).get_by_label("Message")).to_have_value("")
    expect(contacts(lesson_page).get_by_role("button", name="Ana")).to_have_count(0)
    assert kept(lesson_page) == ["erased"]
    assert "Ana" not in str(entry(lesson_page, "erased"))
    add(contacts(lesson_page), "person", Name="Ben")
    assert rows(lesson_page, "contacts") == [{"name": "Ben"}]


def test_the_workbook_shows_tables_and_texts_with_words_for_ids(lesson_page: Page, writing_site: Site) -> None:
    add(contacts(lesson_page), "person", Name="Ana", How_we_met="friend")
    add(contacts(lesson_page), "person", Name="Ben", Next_date="2026-12-04")
    note(lesson_page).get_by_label("Message").fill(NOTE)
    note(lesson_page).get_by_label("Message").blur()
    lesson_page.goto(f"{writing_site.url}notebooks/workbook.html")
    written = lesson_page.locator(".iiv-written")
    expect(written).to_have_count(2)
    expect(written.filter(has_text="Whom I met").get_by_role("row")).to_have_text(
        ["NameHow we metNext date", "AnaThrough a friend", "BenDec 4, 2026"]
    )
    expect(written.filter(has_text="A note of thanks").get_by_role("blockquote")).to_have_text(NOTE)
    expect(lesson_page.get_by_text("2 texts written").first).to_be_visible()


def test_without_a_place_to_keep_anything_one_can_write_all_the_same(page: Page, writing_site: Site) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); };")
    page.goto(f"{writing_site.url}notebooks/writing.html")
    add(contacts(page), "person", Name="Ana")
    note(page).get_by_label("Message").fill(NOTE)
    expect(note(page).get_by_role("status").first).to_contain_text("Feedback:")
    assert lines(contacts(page)) == ["Ana"]


def test_everything_works_from_disk(page: Page, writing_site: Site) -> None:
    page.goto((writing_site.folder / "notebooks" / "writing.html").as_uri())
    note(page).get_by_label("Message").fill(NOTE)
    expect(note(page).get_by_role("status").first).to_contain_text("Feedback:")
    add(contacts(page), "person", Name="Ana")
    page.reload()
    assert lines(contacts(page)) == ["Ana"]
    assert book(page)


def test_hostile_texts_stay_texts(lesson_page: Page) -> None:
    hostile = "\n".join(HOSTILE)[:15_000]
    message = note(lesson_page).get_by_label("Message")
    message.fill(hostile)
    expect(note(lesson_page).get_by_role("status").first).to_contain_text("Feedback:")
    note(lesson_page).get_by_text("See it as on a phone").click()
    for text in HOSTILE[::25]:
        add(contacts(lesson_page), "person", Name=text.replace("\n", " "), Promised=text)
    place(lesson_page, "After a talk").get_by_label("Their page").fill("javascript:window.__pwned=1")
    contacts(lesson_page).get_by_role("button", name="Print").click()
    assert lesson_page.evaluate("window.__pwned") is None


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_places_to_write_are_accessible_and_fit(browser: Browser, writing_site: Site, width: int, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{writing_site.url}notebooks/writing.html")
    note(page).get_by_label("Message").fill("Thank you. Could you pass on my CV?")
    note(page).get_by_role("button", name="Compare with a model").click()
    note(page).get_by_text("See it as on a phone").click()
    expect(note(page).get_by_role("status").first).to_contain_text("Feedback:")
    for question in QUESTIONS:
        add(ranked(page), "question", Question=question)
    add(contacts(page), "person", Promised="A list", Next_date="2026-12-04")
    contacts(page).get_by_role("button", name="Add a person").click()
    place(page, "After a talk").get_by_text("An example").click()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_without_script_the_page_says_what_could_be_written(browser: Browser, writing_site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{writing_site.url}notebooks/writing.html")
    expect(page.get_by_role("group", name="Whom I met")).to_be_visible()
    words = page.get_by_role("main").inner_text()
    assert "With JavaScript switched on you can write here" in words
    assert "What surprised me" in words
    context.close()


@pytest.mark.parametrize("text", ["Subject: Thanks\nOne line end.", "Subject: \n\nNo subject.", "Two\r\nlines."])
def test_to_look_at_a_text_writes_nothing(lesson_page: Page, text: str) -> None:
    """Fields may give a text back in another form; only who writes changes what is kept."""
    draft = {"version": "v1", "parents": [], "text": text, "at": "2026-03-04T12:00:00.000Z"}
    state = {"key": "writing/note", "round": 1, "attempts": [], "draft": [draft], "rows": []}
    keep(lesson_page, "writing/note", json.dumps(state))
    lesson_page.reload()
    expect(note(lesson_page).get_by_role("textbox", name="Message")).not_to_have_value("")
    # Longer than a pause after which a text saves itself; and then the page goes.
    lesson_page.wait_for_timeout(600)
    lesson_page.reload()
    assert texts(lesson_page, "note") == [text]
