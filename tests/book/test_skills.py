"""The self-assessment as a picture with its numbers: one's own answers, by place, shape and word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.book.courses import Site
from tests.book.exercise import Exercise
from tests.book.review_course import review_site
from tests.browser import axe_violations

TASKS = {
    "Rosa": ["The first", "The second"],
    "Amir": ["The first"],
    "Leyla": ["The third"],
}
"""An answer to each task that is right, partly right, wrong."""


@pytest.fixture(scope="module")
def review_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with review_site(tmp_path_factory.mktemp("skills")) as site:
        yield site


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
