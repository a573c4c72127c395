"""The self-assessment as a picture with its numbers: one's own answers, by place, shape and word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from iiv_course.page import Request
from tests.book.courses import Site, stored_lesson, write_stored_course
from tests.book.exercise import Exercise
from tests.book.review_course import SKILLS, write_review_course
from tests.book.sites import Sites
from tests.browser import axe_violations

TASKS = {
    "Rosa": ["The first", "The second"],
    "Amir": ["The first"],
    "Leyla": ["The third"],
}
"""An answer to each task that is right, partly right, wrong."""


@pytest.fixture(scope="module")
def review_book(sites: Sites) -> Site:
    return sites("review", write_review_course)


@pytest.fixture
def skills(page: Page, review_book: Site) -> Page:
    page.goto(f"{review_book.url}notebooks/skills.html")
    return page


def plot(page: Page) -> Locator:
    return page.get_by_role("region", name="How sure you are of each skill")


def row(page: Page, name: str) -> Locator:
    return plot(page).get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))


def rate(page: Page, title: str, level: str) -> None:
    scale = Exercise(page, title)
    scale.choose(level)
    scale.press("Save")
    scale.says("✔ Saved")


def do(page: Page, title: str, *options: str) -> None:
    task = Exercise(page, title)
    task.choose(*options)
    task.press("Check")
    expect(task.status).not_to_be_empty()


def dot(page: Page, at: int) -> Locator:
    return plot(page).locator(".iiv-skill:not(.iiv-skill-ends)").nth(at).locator(".iiv-dot")


def test_before_anything_is_answered_there_is_a_sentence_and_no_table(skills: Page) -> None:
    expect(skills.get_by_text("Nothing answered yet. Your dots appear here as you go.")).to_be_visible()
    expect(skills.get_by_role("table")).to_have_count(0)


def test_every_rating_and_task_stands_in_the_table_as_it_is_answered(skills: Page) -> None:
    rate(skills, "Asking", "Quite sure")
    expect(row(skills, "Asking")).to_contain_text("4 of 5: Quite sure")
    expect(row(skills, "Asking")).to_contain_text("not answered")
    expect(row(skills, "Listening")).to_contain_text("not rated")
    for title, options in TASKS.items():
        do(skills, title, *options)
    expect(row(skills, "Asking").get_by_role("cell")).to_have_text(["4 of 5: Quite sure", "right"])
    expect(row(skills, "Listening").get_by_role("cell")).to_have_text(["not rated", "partly right"])
    expect(row(skills, "Closing the loop").get_by_role("cell")).to_have_text(["not rated", "not right"])
    expect(plot(skills)).to_contain_text("Your own answers, not a measurement.")


def test_a_rating_changed_later_moves_the_dot(skills: Page) -> None:
    rate(skills, "Asking", "Very sure")
    expect(row(skills, "Asking")).to_contain_text("5 of 5: Very sure")
    skills.reload()
    expect(row(skills, "Asking")).to_contain_text("5 of 5: Very sure")


def test_dots_stand_at_their_level_and_differ_in_shape(skills: Page) -> None:
    levels = ["Not at all sure", "Moderately sure", "Very sure"]
    for title, level in zip(["Asking", "Listening", "Closing the loop"], levels, strict=True):
        rate(skills, title, level)
    do(skills, "Rosa", *TASKS["Rosa"])
    do(skills, "Amir", *TASKS["Amir"])
    shapes = [dot(skills, at).evaluate("dot => [dot.localName, getComputedStyle(dot).fill]") for at in range(3)]
    assert [name for name, _ in shapes] == ["circle", "circle", "line"]
    assert shapes[0][1] != shapes[1][1]
    centers = [box["x"] + box["width"] / 2 for at in range(3) if (box := dot(skills, at).bounding_box())]
    line = plot(skills).locator(".iiv-skill svg").first.bounding_box()
    assert line is not None
    shares = [(center - line["x"]) / line["width"] for center in centers]
    assert shares == pytest.approx([0.1, 0.5, 0.9], abs=0.02)


def test_the_name_of_a_skill_leads_to_its_task(skills: Page, review_book: Site) -> None:
    rate(skills, "Asking", "Quite sure")
    row(skills, "Asking").get_by_role("link", name="Asking").click()
    expect(skills).to_have_url(f"{review_book.url}notebooks/skills.html#item-skills--asking-task")


def test_another_tab_follows(skills: Page) -> None:
    other = skills.context.new_page()
    other.goto(skills.url)
    rate(skills, "Listening", "A little sure")
    expect(row(other, "Listening")).to_contain_text("2 of 5: A little sure")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plot_is_accessible_and_fits_a_phone(skills: Page, scheme: Any) -> None:
    skills.emulate_media(color_scheme=scheme)
    skills.set_viewport_size({"width": 320, "height": 640})
    rate(skills, "Asking", "Quite sure")
    do(skills, "Rosa", *TASKS["Rosa"])
    do(skills, "Leyla", *TASKS["Leyla"])
    expect(row(skills, "Closing the loop")).to_contain_text("not right")
    assert axe_violations(skills) == []
    assert skills.evaluate("document.documentElement.scrollWidth") == 320


def test_in_forced_colors_dots_have_the_colors_of_the_system(skills: Page) -> None:
    skills.emulate_media(forced_colors="active")
    rate(skills, "Asking", "Quite sure")
    do(skills, "Rosa", *TASKS["Rosa"])
    expect(row(skills, "Asking")).to_contain_text("right")
    fill, text = dot(skills, 0).evaluate(
        "dot => [getComputedStyle(dot).fill, getComputedStyle(document.querySelector('.iiv-skills')).color]"
    )
    assert fill == text


# Then and now


def write_two_times_course(root: Path) -> Path:
    banks = {name: SKILLS.replace("bank: skills", f"bank: {name}") for name in ("first", "again")}
    lessons = {
        "first": stored_lesson("First", Request(kind="quiz", bank="first")),
        "last": stored_lesson(
            "Last", Request(kind="quiz", bank="again"), Request(kind="skills", bank="again", before="first")
        ),
    }
    return write_stored_course(root, banks, lessons)


@pytest.fixture(scope="module")
def two_times(sites: Sites) -> Site:
    """A book that asks about the same skills in its first lesson and again in its last."""
    return sites("two-times", write_two_times_course)


@pytest.fixture
def last(page: Page, two_times: Site) -> Page:
    """The last lesson, where the first was answered in part: two ratings of three, and two tasks."""
    page.goto(f"{two_times.url}notebooks/first.html")
    rate(page, "Asking", "Moderately sure")
    rate(page, "Listening", "Very sure")
    do(page, "Rosa", *TASKS["Leyla"])
    do(page, "Amir", *TASKS["Amir"])
    page.goto(f"{two_times.url}notebooks/last.html")
    return page


def answers(page: Page, skill: str) -> list[list[str]]:
    """What the table says of a skill: how sure and how the task went, then and now."""
    group = plot(page).get_by_role("rowgroup").filter(has=page.get_by_role("rowheader", name=skill, exact=True))
    return [row.get_by_role("cell").all_inner_texts() for row in group.get_by_role("row").all()[1:]]


def lane(page: Page, at: int) -> Locator:
    """A line of the picture; each skill has two."""
    return plot(page).locator(".iiv-lanes .iiv-lane").nth(at)


PLACES = """(lane) => {
    const [line, dot] = ["svg", ".iiv-dot"].map((each) => lane.querySelector(each).getBoundingClientRect());
    return [line.x, line.width, dot.x + dot.width / 2];
}"""
"""Where a line begins, how long it is, and where its dot stands."""


def test_then_and_now_stand_in_one_table(last: Page) -> None:
    rate(last, "Asking", "Quite sure")
    do(last, "Rosa", *TASKS["Rosa"])
    expect(plot(last)).to_contain_text("4 of 5: Quite sure")
    assert answers(last, "Asking") == [["3 of 5: Moderately sure", "not right"], ["4 of 5: Quite sure", "right"]]
    assert answers(last, "Listening") == [["5 of 5: Very sure", "partly right"], ["not rated", "not answered"]]
    assert answers(last, "Closing the loop") == [["not rated", "not answered"]] * 2


def test_then_and_now_stand_in_one_picture_each_at_its_place_and_by_name(last: Page) -> None:
    rate(last, "Asking", "Quite sure")
    do(last, "Rosa", *TASKS["Rosa"])
    expect(lane(last, 1).locator(".iiv-dot-right")).to_be_visible()
    expect(lane(last, 0).locator(".iiv-dot-ring")).to_be_visible()
    for at, (when, share) in enumerate([("Then", 0.5), ("Now", 0.7)]):
        expect(lane(last, at)).to_contain_text(when)
        left, width, middle = lane(last, at).evaluate(PLACES)
        assert (middle - left) / width == pytest.approx(share, abs=0.02)
    expect(lane(last, 3)).to_have_text("Nowno rating")
    expect(lane(last, 3).locator("svg")).to_have_count(0)
    picture = plot(last).get_by_role("img", name="Dot plot of your ratings then and now; the table below has the same")
    expect(picture).to_be_visible()


def test_it_says_what_it_is_and_that_luck_may_be_in_it(last: Page) -> None:
    expect(plot(last)).to_contain_text("Your own answers, not a measurement.")
    expect(plot(last)).to_contain_text("only one task a skill each time, so a skill can come out better by luck.")


def test_what_is_missing_on_either_side_is_said(last: Page, two_times: Site) -> None:
    expect(plot(last)).to_contain_text("Then: 1 rating and 1 task missing. Now: no answers yet.")
    for title in ("Asking", "Listening", "Closing the loop"):
        rate(last, title, "Quite sure")
    expect(plot(last)).to_contain_text("Then: 1 rating and 1 task missing. Now: 3 tasks missing.")
    for title, options in TASKS.items():
        do(last, title, *options)
    expect(plot(last)).not_to_contain_text("Now: ")
    expect(plot(last)).to_contain_text("Then: 1 rating and 1 task missing.")
    last.goto(f"{two_times.url}notebooks/first.html")
    rate(last, "Closing the loop", "A little sure")
    do(last, "Leyla", *TASKS["Leyla"])
    last.goto(f"{two_times.url}notebooks/last.html")
    expect(plot(last)).to_be_visible()
    expect(plot(last)).not_to_contain_text("missing")


def test_without_answers_from_then_there_are_none_to_compare_with(page: Page, two_times: Site) -> None:
    page.goto(f"{two_times.url}notebooks/last.html")
    expect(page.get_by_text("Nothing answered yet. Your dots appear here as you go.")).to_be_visible()
    rate(page, "Asking", "Quite sure")
    expect(plot(page)).to_contain_text("Then: no answers to compare with. Now: 2 ratings and 3 tasks missing.")


def test_an_answer_to_an_earlier_version_of_a_question_is_told_from_none(last: Page) -> None:
    # As after an author's change: what is kept belongs to another version.
    for name in ("asking-task", "asking-sure"):
        key = f"iiv:{last.evaluate('document.querySelector(`meta[name=iiv-book]`).content')}:first/{name}"
        kept = last.evaluate("(key) => localStorage.getItem(key)", key)
        old = json.loads(kept)
        for attempt in old["attempts"]:
            attempt["rev"] = "00000000"
        last.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(old)])
    last.reload()
    expect(plot(last)).to_be_visible()
    assert answers(last, "Asking")[0] == ["answered, but the question has changed"] * 2


def test_then_and_now_lead_to_their_tasks(last: Page, two_times: Site) -> None:
    for name, page in [("Now: Asking", "last.html#item-again"), ("Then: Asking", "first.html#item-first")]:
        plot(last).get_by_role("link", name=name).click()
        expect(last).to_have_url(f"{two_times.url}notebooks/{page}--asking-task")


def test_another_tab_hears_of_both_times(last: Page, two_times: Site) -> None:
    other = last.context.new_page()
    other.goto(f"{two_times.url}notebooks/first.html")
    rate(other, "Asking", "Not at all sure")
    expect(plot(last)).to_contain_text("1 of 5: Not at all sure")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_then_and_now_are_accessible_and_fit_a_phone(last: Page, scheme: Any) -> None:
    last.emulate_media(color_scheme=scheme)
    last.set_viewport_size({"width": 320, "height": 640})
    rate(last, "Asking", "Moderately sure")
    do(last, "Rosa", *TASKS["Rosa"])
    do(last, "Amir", *TASKS["Leyla"])
    expect(plot(last)).to_contain_text("Now: 2 ratings and 1 task missing.")
    assert axe_violations(last) == []
    assert last.evaluate("document.documentElement.scrollWidth") == 320
    numbers = plot(last).get_by_role("group", name="Your ratings as numbers")
    assert numbers.evaluate("(element) => element.scrollWidth === element.clientWidth")


def test_in_forced_colors_dots_of_both_times_have_the_colors_of_the_system(last: Page) -> None:
    last.emulate_media(forced_colors="active")
    rate(last, "Asking", "Quite sure")
    do(last, "Rosa", *TASKS["Rosa"])
    now = lane(last, 1).locator(".iiv-dot-right")
    expect(now).to_be_visible()
    fills = [each.evaluate("dot => getComputedStyle(dot).fill") for each in (lane(last, 0).locator(".iiv-dot"), now)]
    text, ground = plot(last).evaluate(
        "(element) => [getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert fills == [ground, text]
