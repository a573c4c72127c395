"""The labs in the static book: sliders and examples, by keyboard, remembered, narrow, light and dark, light to load."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.book.courses import GOOD, Site, lesson, write_course
from tests.book.sites import Sites
from tests.browser import axe_violations

LABS_SCRIPT = 12_000
"""Bytes, compressed: only pages with a lab or an explore item load it."""


def write_labs_course(root: Path) -> Path:
    lessons = {
        "labs": lesson("Labs", *(f"import iiv_course\niiv_course.{lab}()" for lab in ("SpenceLab", "InterviewLab"))),
        "none": lesson("None", 'quiz("good", items=["word"])'),
        "far": lesson("Far", *['quiz("good")'] * 2, "import iiv_course\niiv_course.SpenceLab()"),
    }
    return write_course(root, {"good": GOOD}, lessons)


@pytest.fixture(scope="module")
def lab_site(sites: Sites) -> Site:
    return sites("labs", write_labs_course)


@pytest.fixture
def labs(page: Page, lab_site: Site) -> Page:
    return opened(page, lab_site)


def opened(page: Page, site: Site) -> Page:
    page.goto(f"{site.url}notebooks/labs.html")
    expect(panel(page, "Lab: cues")).to_be_visible()
    return page


def panel(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def spence(page: Page) -> Locator:
    return panel(page, "Lab: when a signal sorts people")


def slider(within: Locator, name: str) -> Locator:
    return within.get_by_role("slider", name=re.compile(f"^{name}"))


def says(within: Locator, *words: str) -> None:
    for each in words:
        expect(within.get_by_role("status")).to_contain_text(each)


def net(page: Page, group: str) -> Locator:
    row = spence(page).get_by_role("table", name="What each group nets").get_by_role("row")
    return row.filter(has=page.get_by_role("rowheader", name=group, exact=True)).get_by_role("cell").nth(3)


def test_a_slider_moves_by_keys_and_the_figure_the_table_and_a_sentence_follow(labs: Page) -> None:
    threshold = slider(spence(labs), "How much of the signal")
    expect(net(labs, "Group II")).to_have_text("1.25")
    threshold.focus()
    threshold.press("ArrowRight")
    threshold.press("ArrowRight")
    expect(threshold).to_have_attribute("aria-valuetext", "1.60 (a lot)")
    expect(net(labs, "Group II")).to_have_text("1.20")
    expect(spence(labs).get_by_role("img")).to_have_attribute("aria-label", re.compile("1.00 below 1.60 and 2.00 from"))
    says(spence(labs), "employers ask for: now 1.60", "group II invests and nets 1.20 (before: 1.25)")
    expect(threshold).to_be_focused()


def test_the_whole_of_a_lab_is_reached_by_keys_alone(labs: Page) -> None:
    focusable = spence(labs).locator("button, input, summary, [tabindex]")
    focusable.first.focus()
    reached = set()
    for _ in range(focusable.count()):
        reached.add(labs.evaluate("document.activeElement.textContent || document.activeElement.ariaLabel"))
        labs.keyboard.press("Tab")
    assert {"Groups told apart", "Nobody invests", "The numbers as a table"} <= reached
    assert "Share of group I among all people" in reached
    belief = spence(labs).get_by_role("radio", name=re.compile("^Only group II"))
    belief.focus()
    labs.keyboard.press("ArrowDown")
    expect(spence(labs).get_by_role("radio", name=re.compile("^Nobody meets it"))).to_be_checked()
    says(spence(labs), "All have 1.50, as without the signal")


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("Groups told apart", "Group II gains and group I loses"),
        ("Everybody invests", "Without the signal all would have 1.80. Both are worse off"),
        ("Nobody invests", "All have 1.50, as without the signal"),
        ("Two groups, two standards", "badge A net 0.40 more than those with badge B"),
        ("No cost advantage", "This belief does not last: employers would see that both groups invest"),
    ],
)
def test_an_example_sets_the_sliders_and_says_what_it_shows(labs: Page, example: str, said: str) -> None:
    button = spence(labs).get_by_role("button", name=example)
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    says(spence(labs), f"Example “{example}”", said)


def test_two_badges_have_controls_and_figures_of_their_own(labs: Page) -> None:
    spence(labs).get_by_role("checkbox", name=re.compile("badge")).check()
    second = spence(labs).get_by_role("group", name="Badge B", exact=True)
    slider(second, "How much of the signal").fill("1.2")
    expect(second.get_by_role("img")).to_have_attribute("aria-label", re.compile("^Badge B.*1.00 below 1.20"))
    expect(spence(labs).get_by_role("img")).to_have_count(2)
    says(spence(labs), "badge B net 0.15 more than those with badge A")
    expect(net(labs, "Group II, badge B")).to_have_text("1.40")


def test_a_script_is_a_small_cost_advantage_in_one_panel_and_low_authenticity_in_the_other(labs: Page) -> None:
    effort, cues = panel(labs, "Lab: effort"), panel(labs, "Lab: cues")
    says(effort, "At 2 h, only the genuine prepare")
    effort.get_by_role("button", name="A script for all").click()
    expect(slider(effort, "Cost advantage")).to_have_value("1.1")
    says(effort, "everybody prepares (before: only the genuine prepare)", "30% (before: 100%)")
    cues.get_by_role("button", name="A script", exact=True).click()
    expect(slider(cues, "Authenticity")).to_have_value("0.1")
    says(cues, "After 3 good cues and 0 bad ones trust is 37%, unsure (before: 82%)")


def test_cues_are_added_and_taken_back_up_to_as_many_as_the_figure_holds(labs: Page) -> None:
    cues = panel(labs, "Lab: cues")
    cues.get_by_role("button", name="Bad cue", exact=True).click()
    says(cues, "After 3 good cues and 1 bad one")
    more, back = cues.get_by_role("button", name="Good cue"), cues.get_by_role("button", name="Take the last one back")
    for _ in range(8):
        more.press("Enter")
    says(cues, "After 9 good cues and 1 bad one")
    expect(more).to_have_attribute("aria-disabled", "true")
    expect(more).to_be_focused()
    for _ in range(11):
        back.press("Enter")
    says(cues, "After 0 good cues and 0 bad ones trust is 30%")
    expect(back).to_have_attribute("aria-disabled", "true")


def test_the_sentence_comes_when_the_slider_rests_and_not_before(labs: Page) -> None:
    before = spence(labs).get_by_role("status").inner_text()
    said = labs.evaluate(
        """() => {
          const slider = document.querySelector("input[type=range]");
          const status = slider.closest("section").querySelector("[role=status]");
          const heard = [];
          new MutationObserver(() => heard.push(status.textContent))
            .observe(status, {subtree: true, characterData: true});
          window.heard = heard;
          for (const share of [0.55, 0.6, 0.65, 0.7]) {
            slider.value = share;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
          return status.textContent;
        }"""
    )
    assert said == before
    says(spence(labs), "Share of group I among all people: now 70%")
    assert len(labs.evaluate("window.heard")) == 1


def test_settings_are_remembered_and_follow_in_another_tab(labs: Page, lab_site: Site) -> None:
    spence(labs).get_by_role("button", name="Two groups, two standards").click()
    slider(panel(labs, "Lab: effort"), "Openness").fill("0.35")
    panel(labs, "Lab: cues").get_by_role("button", name="Bad cue", exact=True).click()
    # Left at once, without any pause.
    labs.reload()
    expect(spence(labs).get_by_role("checkbox", name=re.compile("badge"))).to_be_checked()
    expect(net(labs, "Group II, badge B")).to_have_text("1.05")
    expect(slider(panel(labs, "Lab: effort"), "Openness")).to_have_value("0.35")
    says(panel(labs, "Lab: cues"), "After 3 good cues and 1 bad one")
    other = opened(labs.context.new_page(), lab_site)
    slider(spence(other), "Share of group I").fill("0.2")
    expect(slider(spence(labs), "Share of group I")).to_have_value("0.2")


def test_erasing_sets_a_lab_back_to_its_start(labs: Page) -> None:
    spence(labs).get_by_role("button", name="Everybody invests").click()
    says(spence(labs), "Example “Everybody invests”")
    labs.get_by_role("button", name="Erase my answers").click()
    labs.get_by_role("button", name=re.compile("^(Yes, erase|Erase everything)")).click()
    expect(slider(spence(labs), "How much of the signal")).to_have_value("1.5")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_labs_fit_and_can_be_read_in_light_and_dark(labs: Page, width: int, scheme: str) -> None:
    labs.set_viewport_size({"width": width, "height": 900})
    labs.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    spence(labs).get_by_role("button", name="Two groups, two standards").click()
    for summary in labs.get_by_text("The numbers as a table").all():
        summary.click()
    assert labs.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_violations(labs) == []


def test_every_figure_is_named_and_has_its_numbers_and_says_that_it_is_a_model(labs: Page) -> None:
    figures = labs.get_by_role("figure")
    expect(figures).to_have_count(3)
    for figure in figures.all():
        expect(figure.get_by_role("img")).to_have_attribute("aria-label", re.compile(r".{80}"))
        expect(figure.get_by_text("So it is in this model. No number here was measured.")).to_be_visible()
        figure.get_by_text("The numbers as a table").click()
        assert figure.get_by_role("row").count() > 3


def test_without_script_the_page_says_what_the_lab_would_show(browser: Browser, lab_site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{lab_site.url}notebooks/labs.html")
    for lab in ("Spence's example", "the interview"):
        # Playwright's own look for texts passes over this element.
        sentence = page.locator("noscript p", has_text=f"With JavaScript switched on, a lab on {lab}")
        expect(sentence).to_be_visible()
    context.close()


def test_a_lab_that_does_not_load_says_so(page: Page, lab_site: Site) -> None:
    page.route("**/iiv-labs.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{lab_site.url}notebooks/labs.html")
    expect(page.get_by_text("This did not load. Load the page again.")).to_have_count(2)


def test_only_pages_with_a_lab_load_its_small_script(page: Page, lab_site: Site) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.partition("?")[0]))
    script = f"{lab_site.url}_static/iiv-labs.js"
    page.goto(f"{lab_site.url}notebooks/none.html", wait_until="networkidle")
    assert script not in loaded
    opened(page, lab_site)
    assert loaded.count(script) == 1
    assert len(gzip.compress((lab_site.folder / "_static" / "iiv-labs.js").read_bytes(), 9)) <= LABS_SCRIPT


def test_a_lab_far_down_comes_as_its_reader_comes_near(page: Page, lab_site: Site) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.partition("?")[0]))
    page.goto(f"{lab_site.url}notebooks/far.html", wait_until="networkidle")
    script = f"{lab_site.url}_static/iiv-labs.js"
    assert script not in loaded
    page.locator("[data-iiv=lab]").scroll_into_view_if_needed()
    expect(spence(page)).to_be_visible()
    assert script in loaded


def test_a_printed_page_holds_the_lab_that_its_reader_never_came_near(page: Page, lab_site: Site) -> None:
    page.goto(f"{lab_site.url}notebooks/far.html")
    expect(spence(page)).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(spence(page)).to_have_count(1)
