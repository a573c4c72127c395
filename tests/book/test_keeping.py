"""What is answered stays in the browser, follows everywhere in the book, and goes only when it is told to."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from tests.book.courses import Site
from tests.book.exercise import (
    OPEN,
    RIGHT,
    TITLES,
    WRONG,
    Answer,
    Exercise,
    answered,
    attempts,
    book,
    bring,
    bring_in,
    changes,
    entry,
    file_responses,
    keep,
    kept,
    saved_file,
    stored,
)
from tests.browser import Guard, axe_violations

DENIED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError') }})"
ROOM_FOR = """
    let room = %d;
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (...entry) {
        if (room-- <= 0) throw new DOMException('full', 'QuotaExceededError');
        set.apply(this, entry);
    };
"""


@pytest.mark.parametrize("answers", [pytest.param(WRONG, id="wrong"), pytest.param(RIGHT | OPEN, id="right")])
def test_a_reload_restores_every_answer_and_what_was_said(lesson_page: Page, answers: dict[str, Answer]) -> None:
    exercises = [answered(lesson_page, type, answer) for type, answer in answers.items()]
    before = [exercise.look() for exercise in exercises]
    lesson_page.reload()
    for exercise in exercises:
        expect(exercise.status).not_to_be_empty()
    assert [exercise.look() for exercise in exercises] == before


def test_a_reload_restores_the_hints_that_were_taken(page: Page, site: Site) -> None:
    page.goto(f"{site.url}notebooks/again.html")
    silence = Exercise(page, "Silence")
    silence.press("Hint")
    silence.choose("A suggestion")
    silence.press("Check")
    silence.says("✖ Not right")
    page.reload()
    expect(silence.form.get_by_role("list", name="Hints").get_by_role("listitem")).to_have_text(["Nobody speaks."])


def test_words_survive_a_reload_although_no_button_was_pressed(lesson_page: Page) -> None:
    Exercise(lesson_page, TITLES["reflection"]).write("She asked me back.")
    lesson_page.reload()
    reflection = Exercise(lesson_page, TITLES["reflection"])
    expect(reflection.form.get_by_role("textbox")).to_have_value("She asked me back.")
    expect(reflection.status).to_be_empty()


def test_a_pause_in_writing_saves(lesson_page: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto(lesson_page.url)
    Exercise(lesson_page, TITLES["reflection"]).write("She asked me back.")
    expect(Exercise(other, TITLES["reflection"]).form.get_by_role("textbox")).to_have_value("She asked me back.")


PERSIST = """
    const asked = [];
    const { persist } = StorageManager.prototype;
    StorageManager.prototype.persist = function () {
        asked.push(Object.keys(localStorage).length);
        sessionStorage.setItem("asked", JSON.stringify(asked));
        return persist.call(this);
    };
"""
"""Note how many entries there were each time that the browser was asked to keep them."""


def test_the_browser_is_asked_to_keep_what_is_written_with_the_first_write_and_only_then(
    page: Page, context: BrowserContext, site: Site
) -> None:
    context.add_init_script(PERSIST)
    asked = "JSON.parse(sessionStorage.getItem('asked'))"
    page.goto(f"{site.url}notebooks/all.html")
    talk = Exercise(page, TITLES["choice"])
    talk.choose("It sounds impolite.")
    expect(talk.button("Check")).to_be_visible()
    assert page.evaluate(asked) is None
    talk.press("Check")
    talk.says("✖ Not right")
    assert page.evaluate(asked) == [1]
    answered(page, "text", RIGHT["text"]).says("✔ Right")
    answered(page, "reflection", OPEN["reflection"]).says("✔ Saved")
    assert page.evaluate(asked) == [1]


def test_a_reader_of_a_shared_computer_is_never_asked_to_let_the_browser_keep_anything(
    page: Page, context: BrowserContext, site: Site
) -> None:
    context.add_init_script(PERSIST)
    page.goto(f"{site.url}notebooks/all.html")
    page.get_by_label("This is a shared computer").check()
    expect(page.get_by_text("moved from this browser into this tab")).to_be_visible()
    answered(page, "text", RIGHT["text"]).says("✔ Right")
    assert page.evaluate("sessionStorage.getItem('asked')") is None


def test_a_file_with_made_up_numbers_that_is_taken_lets_one_write_on_and_read_the_own_file(lesson_page: Page) -> None:
    answered(lesson_page, "reflection", OPEN["reflection"]).says("✔ Saved")
    file = saved_file(lesson_page)
    highest = 10**12 + 10**6
    [item] = file["items"]
    item["draft"] = [{"version": f"aaaaaa:{highest}", "parents": [], "text": "made up", "at": ""}]
    bring(lesson_page, json.dumps(file))
    bring_in(lesson_page)
    lesson_page.get_by_role("button", name="Put them together").click()
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    lesson_page.reload()
    Exercise(lesson_page, TITLES["choice"]).says("✔ Right")
    field = Exercise(lesson_page, TITLES["reflection"]).form.get_by_role("textbox")
    expect(field).to_have_value("She asked me back.\n\nmade up")
    assert not any(name.startswith("unreadable") for name in kept(lesson_page))
    again = saved_file(lesson_page)
    [version] = [draft["version"] for item in again["items"] for draft in item["draft"]]
    assert int(version.partition(":")[2]) > highest
    bring(lesson_page, json.dumps(again))
    assert changes(lesson_page) == []


def test_the_same_exercise_twice_on_a_page_follows_one_state(page: Page, site: Site) -> None:
    page.goto(f"{site.url}notebooks/again.html")
    answered(page, "choice", RIGHT["choice"], place=1).says("✔ Right")
    Exercise(page, TITLES["choice"]).says("✔ Right")
    assert len(attempts(page, "good/cheap-talk")) == 1


def test_the_same_words_twice_on_a_page_follow_one_state(page: Page, site: Site) -> None:
    page.goto(f"{site.url}notebooks/again.html")
    answered(page, "reflection", OPEN["reflection"], place=1).says("✔ Saved")
    first = Exercise(page, TITLES["reflection"])
    expect(first.form.get_by_role("textbox")).to_have_value("She asked me back.")


def test_the_same_exercise_on_another_page_follows_one_state(lesson_page: Page, site: Site) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    lesson_page.goto(f"{site.url}notebooks/again.html")
    Exercise(lesson_page, TITLES["choice"]).says("✔ Right")


def test_two_tabs_lose_none_of_each_others_attempts(lesson_page: Page, context: BrowserContext, site: Site) -> None:
    other = context.new_page()
    other.goto(lesson_page.url)
    exercise = answered(lesson_page, "choice", WRONG["choice"])
    there = Exercise(other, TITLES["choice"])
    there.says("✖ Not right")
    there.press("Try again")
    answered(other, "choice", RIGHT["choice"]).says("✔ Right")
    exercise.says("✔ Right")
    assert [attempt["response"] for attempt in attempts(other, "good/cheap-talk")] == ["rude", "free"]


def test_a_lesson_result_tells_first_tries_from_final_answers(lesson_page: Page) -> None:
    choice = answered(lesson_page, "choice", WRONG["choice"])
    choice.press("Try again")
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    answered(lesson_page, "multiple", RIGHT["multiple"]).says("✔ Right")
    answered(lesson_page, "order", WRONG["order"]).says("✖ Not right")
    result = lesson_page.get_by_role("region", name="Your result")
    expect(result.get_by_role("row").nth(1).get_by_role("cell")).to_have_text(["2 of 3", "1", "2"])
    expect(result.get_by_role("row").nth(2).get_by_role("cell")).to_have_text(["1 of 3", "0", "0"])


def test_what_is_worth_repeating_links_to_its_exercise(lesson_page: Page) -> None:
    answered(lesson_page, "order", WRONG["order"]).says("✖ Not right")
    lesson_page.get_by_role("region", name="Your result").get_by_role("link", name="The steps").click()
    target = lesson_page.evaluate("document.querySelector(':target')?.dataset.key")
    assert target == "good/steps"


def test_the_result_of_a_lesson_counts_answers_of_an_earlier_visit(lesson_page: Page) -> None:
    answered(lesson_page, "text", RIGHT["text"]).says("✔ Right")
    lesson_page.reload()
    result = lesson_page.get_by_role("region", name="Your result")
    expect(result.get_by_role("row").nth(2).get_by_role("cell")).to_have_text(["1 of 3", "1", "1"])


def test_an_answer_to_an_earlier_version_is_kept_and_said(lesson_page: Page) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    earlier = stored(lesson_page, "good/cheap-talk")
    earlier["attempts"][0] |= {"rev": "00000000", "at": "2026-03-04T12:00:00Z"}
    keep(lesson_page, "good/cheap-talk", json.dumps(earlier))
    lesson_page.reload()
    exercise = Exercise(lesson_page, TITLES["choice"])
    exercise.says("You answered an earlier version of this question on Mar 4, 2026.")
    answered(lesson_page, "choice", WRONG["choice"]).says("✖ Not right", "One try left.")
    assert [attempt["rev"] == "00000000" for attempt in attempts(lesson_page, "good/cheap-talk")] == [True, False]


def test_entries_that_make_no_sense_are_put_aside_and_said(lesson_page: Page) -> None:
    state = '{"key": "good/%s", "round": 1, "attempts": %s, "draft": %s, "rows": []}'
    entries = {
        "good/cheap-talk": "",
        "good/costly-signs": "{",
        "good/trust": "null",
        "good/word": '["words"]',
        "good/steps": state % ("other", "[]", "[]"),
        "good/sort": state % ("sort", "[null]", "[]"),
        "good/ease": '{"__proto__": {"key": "good/ease"}}',
        "good/looking-back": state % ("looking-back", "[]", '[{"text": 5}]'),
    }
    others = {"good/of-a-book-to-come": "\x00", "": "?", "settings-of-a-book-to-come": "{"}
    for key, text in {**entries, **others}.items():
        keep(lesson_page, key, text)
    lesson_page.reload()
    expect(lesson_page.locator("form button[type=submit]")).to_have_count(len(TITLES))
    expect(lesson_page.get_by_role("region", name="Your result")).to_contain_text("Nothing answered yet.")
    expect(lesson_page.get_by_text("8 entries of this browser could not be read and were put aside")).to_be_visible()
    assert {key: entry(lesson_page, f"unreadable:{key}:1") for key in entries} == entries
    assert {key: entry(lesson_page, key) for key in others} == others
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    file = saved_file(lesson_page)
    assert file_responses(file, "good/cheap-talk") == ["free"]
    assert {each["key"]: each["text"] for each in file["unreadable"]} == {**entries, "good/of-a-book-to-come": "\x00"}


@pytest.mark.parametrize("response", [5, {"a": 1}, ["free"], "gone"])
def test_a_response_that_fits_no_more_breaks_nothing(lesson_page: Page, response: object) -> None:
    exercises = [answered(lesson_page, type, answer) for type, answer in WRONG.items()]
    for exercise in exercises:
        key = str(exercise.form.get_attribute("data-key"))
        state = stored(lesson_page, key)
        state["attempts"][0] |= {"response": response}
        keep(lesson_page, key, json.dumps(state))
    lesson_page.reload()
    for exercise, (type, answer) in zip(exercises, RIGHT.items(), strict=True):
        exercise.press("Try again")
        answered(lesson_page, type, answer).says("✔ Right")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        pytest.param(DENIED, "This browser keeps nothing for this page", id="denied"),
        pytest.param(ROOM_FOR % 0, "This browser has no room left", id="full"),
        pytest.param(ROOM_FOR % 1, "This browser has no room left", id="full-on-the-way"),
    ],
)
def test_without_storage_the_page_says_so_works_on_and_offers_the_file(
    page: Page, context: BrowserContext, site: Site, trouble: str, words: str
) -> None:
    context.add_init_script(trouble)
    page.goto(f"{site.url}notebooks/all.html")
    answered(page, "choice", RIGHT["choice"]).says("✔ Right")
    expect(page.get_by_role("alert")).to_contain_text(words)
    assert file_responses(saved_file(page), "good/cheap-talk") == ["free"]


def test_room_that_comes_back_is_used_for_what_had_none(lesson_page: Page) -> None:
    lesson_page.evaluate("""() => {
        // Down to the last sign.
        for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
            for (let place = 0; ; place += 1) {
                try { localStorage.setItem(`filler ${size} ${place}`, "x".repeat(size)); } catch { break; }
            }
        }
    }""")
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    expect(lesson_page.get_by_role("alert")).to_contain_text("This browser has no room left")
    lesson_page.evaluate("Object.keys(localStorage).forEach(name => localStorage.removeItem(name))")
    answered(lesson_page, "text", RIGHT["text"]).says("✔ Right")
    expect(lesson_page.get_by_role("alert")).to_have_count(0)
    assert kept(lesson_page) == ["good/cheap-talk", "good/word"]


def test_a_crash_loses_nothing_that_was_checked_or_written(lesson_page: Page, context: BrowserContext) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    Exercise(lesson_page, TITLES["reflection"]).write("She asked me back.")
    lesson_page.wait_for_function(
        "name => localStorage.getItem(name)", arg=f"iiv:{book(lesson_page)}:good/looking-back"
    )
    address = lesson_page.url
    with lesson_page.expect_event("crash"), suppress(Error):
        lesson_page.goto("chrome://crash")
    again = context.new_page()
    again.goto(address)
    Exercise(again, TITLES["choice"]).says("✔ Right")
    expect(Exercise(again, TITLES["reflection"]).form.get_by_role("textbox")).to_have_value("She asked me back.")


def test_what_a_stale_tab_answers_takes_nothing_away(lesson_page: Page, context: BrowserContext) -> None:
    # A tab that hears of nothing: as one that was asleep.
    context.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    stale = context.new_page()
    stale.goto(lesson_page.url)
    RIGHT["choice"](Exercise(stale, TITLES["choice"]))
    answered(lesson_page, "choice", WRONG["choice"]).says("✖ Not right")
    Exercise(stale, TITLES["choice"]).press("Check")
    # Which came last nobody knows; both are there.
    expect(Exercise(stale, TITLES["choice"]).status).not_to_be_empty()
    assert sorted(attempt["response"] for attempt in attempts(stale, "good/cheap-talk")) == ["free", "rude"]


def test_the_file_holds_the_answers_of_every_page(lesson_page: Page, site: Site) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    answered(lesson_page, "reflection", OPEN["reflection"]).says("✔ Saved")
    lesson_page.goto(f"{site.url}index.html")
    content = saved_file(lesson_page)
    assert (content["format"], content["version"], content["book"]) == ("iiv-workbook", 1, book(lesson_page))
    assert file_responses(content, "good/cheap-talk") == ["free"]
    assert [draft["text"] for item in content["items"] for draft in item["draft"]] == ["She asked me back."]


def test_erasing_asks_first_and_can_be_left(lesson_page: Page) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    lesson_page.get_by_role("button", name="Erase my answers").click()
    lesson_page.get_by_role("button", name="Keep my answers").click()
    expect(lesson_page.get_by_role("button", name="Erase my answers")).to_be_focused()
    expect(lesson_page.get_by_text("Nothing was erased.")).to_be_visible()
    assert kept(lesson_page) == ["good/cheap-talk"]


def erase(page: Page) -> None:
    page.get_by_role("button", name="Erase my answers").click()
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_text("Erased. Nothing of yours is left in this browser.")).to_be_visible()


def test_what_was_written_before_the_script_came_is_erased_with_the_rest(lesson_page: Page) -> None:
    held: list[Route] = []
    holding = [True]
    lesson_page.route("**/iiv.js*", lambda route: held.append(route) if holding else route.continue_())
    lesson_page.goto(lesson_page.url, wait_until="commit")
    text = Exercise(lesson_page, TITLES["reflection"]).form.get_by_role("textbox")
    text.fill("She asked me back.")
    # Also where the script is asked for only now.
    holding.clear()
    for route in held:
        route.continue_()
    expect(lesson_page.locator("html")).to_have_attribute("data-iiv", "ready")
    text.press("End")
    text.blur()
    lesson_page.wait_for_function(
        "name => localStorage.getItem(name)", arg=f"iiv:{book(lesson_page)}:good/looking-back"
    )
    erase(lesson_page)
    expect(text).to_have_value("")
    text.focus()
    text.blur()
    assert kept(lesson_page) == ["erased"]


def test_erasing_takes_this_book_only(lesson_page: Page, site: Site) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    keep(lesson_page, "elsewhere/item", "{}")
    keep(lesson_page, "good/cheap-talk", "{}", of="other")
    erase(lesson_page)
    assert kept(lesson_page) == ["erased"]
    assert lesson_page.evaluate("localStorage.getItem('iiv:other:good/cheap-talk')") == "{}"


def test_erasing_clears_what_is_on_the_page(lesson_page: Page) -> None:
    exercises = [Exercise(lesson_page, title) for title in TITLES.values()]
    expect(exercises[0].form).to_be_visible()
    before = [exercise.look() for exercise in exercises]
    for type, answer in (WRONG | OPEN).items():
        answered(lesson_page, type, answer)
    erase(lesson_page)
    expect(exercises[0].status).to_be_empty()
    assert [exercise.look() for exercise in exercises] == before


def test_erasing_clears_words_and_picks_that_were_never_checked(lesson_page: Page) -> None:
    untouched = [Exercise(lesson_page, TITLES[type]) for type in ("text", "choice", "order", "reflection")]
    expect(untouched[0].form).to_be_visible()
    before = [each.look() for each in untouched]
    WRONG["text"](untouched[0])
    WRONG["choice"](untouched[1])
    WRONG["order"](untouched[2])
    OPEN["reflection"](untouched[3])
    erase(lesson_page)
    assert [each.look() for each in untouched] == before
    assert kept(lesson_page) == ["erased"]


def test_from_disk_answers_are_kept_from_page_to_page(page: Page, guard: Guard, site: Site) -> None:
    page.goto((site.folder / "notebooks" / "all.html").as_uri())
    answered(page, "choice", RIGHT["choice"]).says("✔ Right")
    page.reload()
    Exercise(page, TITLES["choice"]).says("✔ Right")
    page.goto((site.folder / "notebooks" / "again.html").as_uri())
    Exercise(page, TITLES["choice"]).says("✔ Right")


def test_words_that_came_without_a_keyboard_are_kept(lesson_page: Page) -> None:
    field = Exercise(lesson_page, TITLES["reflection"]).form.get_by_role("textbox")
    field.evaluate("(field, text) => { field.value = text }", "She asked me back.")
    field.dispatch_event("input")
    lesson_page.reload()
    expect(field).to_have_value("She asked me back.")


def another_browser(browser: Browser, address: str) -> Page:
    context = browser.new_context()
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(address)
    return page


def test_a_file_brought_back_elsewhere_gives_everything_again(lesson_page: Page, browser: Browser) -> None:
    for type, answer in (WRONG | OPEN).items():
        answered(lesson_page, type, answer)
    answered(lesson_page, "reflection", lambda it: it.write("<img src=x onerror=alert(1)> & more"))
    file = saved_file(lesson_page)
    there = another_browser(browser, lesson_page.url)
    bring(there, json.dumps(file))
    assert changes(there) == ["9 answers are new.", "1 text is new."]
    bring_in(there)
    for type in WRONG | OPEN:
        expect(Exercise(there, TITLES[type]).status).not_to_be_empty()
    looks = [Exercise(page, TITLES[type]).look() for type in WRONG | OPEN for page in (lesson_page, there)]
    assert looks[::2] == looks[1::2]
    assert [saved_file(there)[name] for name in ("items", "erased")] == [file["items"], file["erased"]]
    there.context.close()


def test_what_a_file_will_change_is_said_and_can_be_left(lesson_page: Page) -> None:
    answered(lesson_page, "choice", WRONG["choice"]).says("✖ Not right")
    file = saved_file(lesson_page)
    file["items"][0]["attempts"][0]["id"] = "elsewhere:9"
    bring(lesson_page, json.dumps(file))
    assert changes(lesson_page) == ["1 answer is new."]
    lesson_page.get_by_role("button", name="Leave it").click()
    expect(lesson_page.get_by_text("Nothing was changed.")).to_be_visible()
    expect(lesson_page.get_by_role("button", name="Bring answers back")).to_be_focused()
    assert len(attempts(lesson_page, "good/cheap-talk")) == 1


def test_an_older_file_brings_back_nothing_that_was_erased(lesson_page: Page) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    answered(lesson_page, "reflection", OPEN["reflection"]).says("✔ Saved")
    file = saved_file(lesson_page)
    erase(lesson_page)
    bring(lesson_page, json.dumps(file))
    assert changes(lesson_page) == ["3 things in it stay out, because you erased them here."]
    bring_in(lesson_page)
    expect(Exercise(lesson_page, TITLES["choice"]).status).to_be_empty()
    assert kept(lesson_page) == ["erased"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "this file is no workbook, or is cut off", id="empty"),
        pytest.param('{"format": "iiv-workbook", "items": [', "this file is no workbook, or is cut off", id="cut-off"),
        pytest.param("[" * 5000 + "]" * 5000, "this file is nested deeper than 40 levels", id="deep"),
        pytest.param('{"format": "<img src=x onerror=alert(1)>"}', "format: expected", id="foreign"),
        pytest.param(
            '{"format":"iiv-workbook","version":1,"book":"<b>x</b>","id":"-","saved":"","kind":"","items":[],"erased":[]}',
            'book: found "<b>x</b>", another book',
            id="another-book",
        ),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_with_a_reason(lesson_page: Page, text: str, words: str) -> None:
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    before = stored(lesson_page, "good/cheap-talk")
    bring(lesson_page, text, name="<b>mine</b>.json")
    problem = lesson_page.get_by_role("group", name="Bring answers back").get_by_role("alert")
    expect(problem).to_contain_text("“<b>mine</b>.json” was not brought in, and nothing was changed.")
    expect(problem).to_contain_text(words)
    expect(lesson_page.get_by_role("button", name="Bring in", exact=True)).to_have_count(0)
    assert (kept(lesson_page), stored(lesson_page, "good/cheap-talk")) == (["good/cheap-talk"], before)


def test_hostile_words_of_a_file_are_words(lesson_page: Page) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    answered(lesson_page, "text", RIGHT["text"]).says("✔ Right")
    answered(lesson_page, "reflection", OPEN["reflection"]).says("✔ Saved")
    file = saved_file(lesson_page)
    for item in file["items"]:
        for attempt in item["attempts"]:
            attempt |= {"id": f"<b>{item['key']}</b>", "response": hostile, "at": hostile}
        for draft in item["draft"]:
            draft |= {"version": "elsewhere:99", "parents": ["<i>x</i>"], "text": hostile, "at": hostile}
    file["items"].append({**file["items"][0], "key": "__proto__"})
    bring(lesson_page, json.dumps(file))
    bring_in(lesson_page)
    reflection = Exercise(lesson_page, TITLES["reflection"])
    expect(reflection.form.get_by_text(hostile)).to_be_visible()
    assert lesson_page.evaluate("({}).attempts") is None


@pytest.mark.parametrize("width", [320, 1280])
def test_bringing_back_is_accessible_and_fits(lesson_page: Page, width: int) -> None:
    lesson_page.set_viewport_size({"width": width, "height": 800})
    answered(lesson_page, "choice", RIGHT["choice"]).says("✔ Right")
    file = saved_file(lesson_page)
    file["items"][0]["attempts"][0]["id"] = "elsewhere:9"
    bring(lesson_page, json.dumps(file))
    assert changes(lesson_page) == ["1 answer is new."]
    assert axe_violations(lesson_page) == []
    assert lesson_page.evaluate("document.documentElement.scrollWidth") == width
    bring(lesson_page, "no file of ours")
    expect(lesson_page.get_by_role("alert")).to_contain_text("nothing was changed")
    assert axe_violations(lesson_page) == []
