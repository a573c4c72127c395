"""Conversations in the static book: held by keys alone, told as Python plays them, kept, gone back in, replayed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from iiv_course.page import Request
from iiv_course.page.markup import plain_text
from iiv_course.page.talk import typeset
from iiv_course.scenario import Beliefs, Choice, Conversation, load, play, word
from tests.book.courses import Site, stored_lesson, write_stored_course
from tests.book.exercise import attempts, stored
from tests.book.sites import Sites
from tests.browser import axe_violations
from tests.scratch import ROOT

TALKING = (ROOT / "tests" / "cases" / "banks" / "talking.yml").read_text("utf-8")
FIRST, LATER = load("twelve-minutes"), load("six-months-later")


def shown(text: str) -> str:
    return plain_text(typeset(text))


def way_through(talk: Conversation, nth: int) -> list[str]:
    """The choices of a path that takes the nth choice of every scene, or its last."""
    path: list[str] = []
    while scene := play(talk, path).scene:
        choices = next(each.choices for each in talk.scenes if each.id == scene)
        path.append(choices[min(nth, len(choices) - 1)].id)
    return path


def write_talk_course(root: Path) -> Path:
    lessons = {
        "talk": stored_lesson("Talk", Request(kind="quiz", bank="talking")),
        "workbook": stored_lesson("Your workbook", Request(kind="workbook")),
    }
    return write_stored_course(root, {"talking": TALKING}, lessons)


@pytest.fixture(scope="module")
def talk_site(sites: Sites) -> Site:
    return sites("talk", write_talk_course)


@pytest.fixture
def lesson_page(page: Page, talk_site: Site) -> Page:
    page.goto(f"{talk_site.url}notebooks/talk.html")
    return page


def held(page: Page, title: str = "Twelve minutes") -> Locator:
    place = page.locator(".iiv-place").filter(has=page.get_by_role("group", name=re.compile(title))).first
    place.scroll_into_view_if_needed()
    expect(place.get_by_role("button").first).to_be_visible()
    return place


def choice(talk: Conversation, id: str) -> Any:
    return next(each for scene in talk.scenes for each in scene.choices if each.id == id)


def take(place: Locator, talk: Conversation, path: Sequence[str]) -> None:
    """Say one thing after the other, each once it can be said."""
    begin = place.get_by_role("button", name="Begin the conversation")
    if begin.count():
        begin.click()
    for id in path:
        place.get_by_role("button", name=shown(choice(talk, id).text), exact=True).click()


def meters(place: Locator) -> list[str]:
    return [each.inner_text().strip() for each in place.locator(".iiv-meters").last.get_by_role("definition").all()]


def expected(talk: Conversation, path: Sequence[str], earlier: Beliefs | None = None) -> list[str]:
    now = play(talk, path, earlier=earlier).meters
    beliefs = [f"{word(value)}, {_percent(value)}" for value in (now.trust, now.fit)]
    return [*beliefs, _percent(now.learn)]


def _percent(share: float) -> str:
    return f"{int(share * 100 + 0.5)}%"


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_every_step_stands_where_python_says(lesson_page: Page, nth: int) -> None:
    path = way_through(FIRST, nth)
    for length in range(len(path) + 1):
        take(held(lesson_page), FIRST, path[length - 1 : length] if length else [])
        if not length:
            expect(held(lesson_page).get_by_text("What do you say?")).to_be_visible()
        assert meters(held(lesson_page)) == expected(FIRST, path[:length])
    ending = next(each for each in FIRST.endings if each.id == play(FIRST, path).ending)
    expect(held(lesson_page).get_by_role("heading", name=ending.title)).to_be_visible()
    [attempt] = attempts(lesson_page, "talking/first")
    assert (attempt["response"], attempt["score"]) == (path, None)


def test_it_is_held_by_keys_alone_and_read_in_its_order(lesson_page: Page) -> None:
    place = held(lesson_page)
    place.get_by_role("button", name="Begin the conversation").focus()
    lesson_page.keyboard.press("Enter")
    scene = place.get_by_role("group", name=re.compile("what you may say"))
    expect(scene).to_be_focused()
    lesson_page.keyboard.press("Tab")
    first = FIRST.scenes[0].choices[0]
    expect(place.get_by_role("button", name=shown(first.text), exact=True)).to_be_focused()
    lesson_page.keyboard.press("Enter")
    # The focus goes to what was just said; what she thought of it and what she says next follow.
    expect(place.locator(".iiv-mine")).to_be_focused()
    words = place.inner_text()
    said, thought = shown(first.text), shown(first.thought)
    following = next(each.says for each in FIRST.scenes if each.id == first.next)
    places = [words.index(text[:40]) for text in (said, thought, shown(following).split(". ")[0])]
    assert places == sorted(places)


def test_a_path_goes_on_after_a_reload_and_any_moment_can_be_gone_back_to(lesson_page: Page) -> None:
    path = way_through(FIRST, 1)
    take(held(lesson_page), FIRST, path[:2])
    lesson_page.reload()
    assert meters(held(lesson_page)) == expected(FIRST, path[:2])
    held(lesson_page).get_by_role("button", name="Go back to this moment").last.click()
    assert meters(held(lesson_page)) == expected(FIRST, path[:1])
    assert attempts(lesson_page, "talking/first") == []


def test_the_debrief_leads_back_to_each_moment_with_something_stronger_to_say(lesson_page: Page) -> None:
    path = way_through(FIRST, 2)
    take(held(lesson_page), FIRST, path)
    scenes = {choice.id: scene for scene in FIRST.scenes for choice in scene.choices}

    def points(choice: Choice) -> int:
        return choice.trust + choice.fit + choice.learn

    weaker = [
        taken
        for taken in (choice for scene in FIRST.scenes for choice in scene.choices if choice.id in path)
        if points(taken) < max(map(points, scenes[taken.id].choices))
    ]
    assert len(weaker) > 1
    back = held(lesson_page).locator(".iiv-back").get_by_role("button")
    assert sorted(back.all_inner_texts()) == sorted(shown(each.text) for each in weaker)
    last = weaker[-1]
    back.filter(has_text=shown(last.text)).click()
    assert meters(held(lesson_page)) == expected(FIRST, path[: path.index(last.id)])
    before = held(lesson_page).locator(".iiv-mine").last
    expect(before).to_be_focused()


def test_held_again_it_is_a_second_path_and_the_first_is_kept(lesson_page: Page) -> None:
    first, second = way_through(FIRST, 0), way_through(FIRST, 2)
    take(held(lesson_page), FIRST, first)
    held(lesson_page).get_by_role("button", name="Hold it again").click()
    take(held(lesson_page), FIRST, second)
    expect(held(lesson_page).get_by_text("Held 2 times.")).to_be_visible()
    assert [attempt["response"] for attempt in attempts(lesson_page, "talking/first")] == [first, second]


def test_the_same_words_count_differently_elsewhere(lesson_page: Page) -> None:
    path = way_through(FIRST, 0)
    take(held(lesson_page), FIRST, path)
    held(lesson_page).get_by_role("button", name="a closed culture").click()
    there = play(FIRST, path, openness=0.2).meters.trust
    row = held(lesson_page).get_by_role("row").filter(has_text="Trust")
    expect(row.get_by_role("cell").last).to_have_text(f"{word(there)}, {_percent(there)}")


def test_a_conversation_that_follows_begins_where_the_other_ended(lesson_page: Page) -> None:
    place = held(lesson_page, "Six months later")
    place.get_by_role("button", name="Begin the conversation").click()
    expect(place.get_by_text("What do you say?")).to_be_visible()
    assert meters(place) == expected(LATER, [])
    path = way_through(FIRST, 0)
    take(held(lesson_page), FIRST, path)
    ended = play(FIRST, path).meters
    begins = expected(LATER, [], Beliefs(ended.trust, ended.fit))
    assert begins != expected(LATER, [])
    assert meters(place) == begins


def test_a_path_that_the_conversation_no_longer_has_is_followed_as_far_as_it_goes(lesson_page: Page) -> None:
    path = way_through(FIRST, 0)
    take(held(lesson_page), FIRST, path[:2])
    state = stored(lesson_page, "talking/first")
    text = state["draft"][-1]["text"]
    name = lesson_page.evaluate("Object.keys(localStorage).find((name) => name.endsWith('talking/first'))")
    lesson_page.evaluate(
        "([name, from, to]) => localStorage.setItem(name, localStorage.getItem(name).replace(from, to))",
        [name, path[1], "of-an-older-version"],
    )
    assert path[1] in text
    lesson_page.reload()
    assert meters(held(lesson_page)) == expected(FIRST, path[:1])


def test_a_conversation_that_does_not_come_says_so(page: Page, talk_site: Site) -> None:
    page.route("**/iiv-talk-*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{talk_site.url}notebooks/talk.html")
    place = held(page)
    place.get_by_role("button", name="Begin the conversation").click()
    expect(place.get_by_text("This conversation did not load. Load the page again.")).to_be_visible()


def test_a_conversation_that_nobody_begins_costs_its_reader_nothing(page: Page, talk_site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{talk_site.url}notebooks/talk.html")
    expect(held(page).get_by_text("open, and in a hurry")).to_be_visible()
    assert not any("iiv-talk" in url for url in asked)
    assert shown(FIRST.scenes[-1].choices[0].thought)[:40] not in page.content()
    take(held(page), FIRST, [])
    expect(held(page).get_by_text("What do you say?")).to_be_visible()
    assert [url for url in asked if "iiv-talk-twelve" in url]
    assert not [url for url in asked if "iiv-talk-six" in url]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_conversation_is_accessible_and_fits(browser: Browser, talk_site: Site, width: int, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{talk_site.url}notebooks/talk.html")
    take(held(page), FIRST, way_through(FIRST, 2))
    held(page).get_by_role("button", name="a closed culture").click()
    take(held(page, "Six months later"), LATER, way_through(LATER, 1)[:1])
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
