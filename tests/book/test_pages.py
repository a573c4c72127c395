"""Every page of the book: quiet, reachable, readable on any screen, in any light, from disk and without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from iiv_course.page import CALLS
from tests.book.courses import Site
from tests.book.exercise import RIGHT, TITLES, WRONG, Exercise, answered
from tests.browser import Guard, axe_violations

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 640}
CUT_OFF = """() => [...document.querySelectorAll('main :is(a, button, input, select, textarea, summary)')]
    .filter(control => {
        const {left, right, width} = control.getBoundingClientRect();
        const scrolled = control.closest('pre, [tabindex="0"], .iiv-hidden');
        return width && !scrolled && (left < 0 || right > document.documentElement.clientWidth);
    })
    .map(control => control.outerHTML.slice(0, 120))"""

READABLE = {
    "choice": ("It sounds impolite.", "What anyone can say tells nobody apart."),
    "multiple": ("A course with an exam", "The difference in cost separates."),
    "numeric": ("What is the posterior?", "0.533"),
    "text": ("What do we call talk without cost?", "cheap talk"),
    "order": ("Put them in order.", "First ask."),
    "match": ("Do you like it?", "Who, what, how."),
    "scale": ("How easy is it to ask?", "There is no right answer"),
    "reflection": ("What did you hear?", "Somebody who was glad to be asked."),
}
"""Words of the question and words of the answer."""


@pytest.fixture(params=["site", "own_site"])
def any_site(request: pytest.FixtureRequest) -> Site:
    """The tests' course, then the book of this repository."""
    site = request.getfixturevalue(request.param)
    assert isinstance(site, Site)
    return site


def visit(page: Page, site: Site) -> Iterator[str]:
    """Open every page, one after the other."""
    for name in site.pages():
        page.goto(site.url + name)
        yield name


def faults(page: Page, site: Site, look: Callable[[Page], Any]) -> dict[str, Any]:
    """What `look` finds on each page, without the pages where it finds nothing."""
    found = {name: look(page) for name in visit(page, site)}
    return {name: fault for name, fault in found.items() if fault}


def test_every_page_is_quiet(page: Page, any_site: Site) -> None:
    # What is listened for is checked by the guard, when the context closes.
    assert len(list(visit(page, any_site))) >= 4


def test_every_page_has_a_title_a_policy_and_a_language(page: Page, any_site: Site) -> None:
    policy = (
        "document.querySelector('meta[http-equiv=Content-Security-Policy]')?.content.startsWith(\"default-src 'none'\")"
    )
    assert (
        faults(
            page, any_site, lambda at: not (at.title() and at.evaluate(f"{policy} && document.documentElement.lang"))
        )
        == {}
    )


def test_no_exercise_is_left_a_placeholder(page: Page, any_site: Site) -> None:
    assert faults(page, any_site, lambda at: at.get_by_text("In JupyterLab it appears after").count()) == {}


def test_no_link_of_the_book_leads_nowhere(page: Page, any_site: Site) -> None:
    script = "[...document.links].map(a => [a.origin === location.origin, a.pathname, a.hash.slice(1)])"
    links: dict[str, list[tuple[bool, str, str]]] = {name: page.evaluate(script) for name in visit(page, any_site)}
    anchors = {name: set(re.findall(r'\bid="([^"]*)"', (any_site.folder / name).read_text("utf-8"))) for name in links}
    broken = {
        (name, path, anchor)
        for name, found in links.items()
        for inside, path, anchor in found
        if inside and not _leads_somewhere(anchors, path.lstrip("/") or "index.html", anchor)
    }
    assert broken == set()


def _leads_somewhere(anchors: dict[str, set[str]], page: str, anchor: str) -> bool:
    return page in anchors and (not anchor or anchor in anchors[page])


def test_search_finds_the_words_of_an_exercise(page: Page, site: Site) -> None:
    page.goto(f"{site.url}index.html")
    page.get_by_role("searchbox").or_(page.get_by_role("textbox", name="Search")).first.fill("impolite")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="All types")).to_be_visible()


@pytest.mark.parametrize("address", ["nowhere.html", "a/deep/and/lost/page.html"])
def test_a_lost_address_gets_a_page_that_leads_on(
    page: Page, context: BrowserContext, guard: Guard, site: Site, address: str
) -> None:
    page.goto(site.url + address)
    page.get_by_role("link", name="Begin at the welcome page").click()
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    # The lost page itself is the one thing that may be missing.
    guard.complaints = [c for c in guard.complaints if c != f"404 {site.url}{address}" and "status of 404" not in c]


def violations_in_both_schemes(page: Page) -> list[tuple[str, Any]]:
    """What axe finds by day and by night."""
    found: list[tuple[str, Any]] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        # Colors on their way from one scheme to the other are neither's.
        page.evaluate("Promise.allSettled(document.getAnimations().map(each => each.finished)).then(() => null)")
        found += [(scheme, violation) for violation in axe_violations(page)]
    return found


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_is_accessible(page: Page, any_site: Site, size: Any) -> None:
    page.set_viewport_size(size)
    assert faults(page, any_site, violations_in_both_schemes) == {}


def _hint(page: Page) -> None:
    Exercise(page, TITLES["choice"]).press("Hint")


def _ask_to_erase(page: Page) -> None:
    page.get_by_role("button", name="Erase my answers").click()


def _all_wrong(page: Page) -> None:
    for type, answer in WRONG.items():
        answered(page, type, answer)


def _all_right(page: Page) -> None:
    for type, answer in RIGHT.items():
        answered(page, type, answer)


def _all_missing(page: Page) -> None:
    for type in TITLES:
        answered(page, type, lambda _: None)


def _all_shown(page: Page) -> None:
    for type, answer in WRONG.items():
        answered(page, type, answer).press("Show answer")


@pytest.mark.parametrize("act", [_hint, _all_missing, _all_wrong, _all_right, _all_shown, _ask_to_erase])
def test_an_exercise_is_accessible_in_every_state(lesson_page: Page, act: Callable[[Page], None]) -> None:
    act(lesson_page)
    assert violations_in_both_schemes(lesson_page) == []


def test_the_same_exercise_twice_has_ids_of_its_own(page: Page, site: Site) -> None:
    page.goto(f"{site.url}notebooks/again.html")
    twice = page.evaluate(
        "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) < i)"
    )
    assert twice == []


def test_nothing_is_cut_off_on_the_narrowest_screen(page: Page, any_site: Site) -> None:
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert faults(page, any_site, lambda at: [at.evaluate(wide)] * (at.evaluate(wide) > 0) + at.evaluate(CUT_OFF)) == {}


@pytest.mark.parametrize("act", [_all_wrong, _all_right, _all_shown, _ask_to_erase])
def test_an_exercise_fits_the_narrowest_screen_in_every_state(lesson_page: Page, act: Callable[[Page], None]) -> None:
    lesson_page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    act(lesson_page)
    assert lesson_page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]
    assert lesson_page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize(
    "media", [{"forced_colors": "active"}, {"reduced_motion": "no-preference"}, {"media": "print"}], ids=str
)
def test_questions_and_options_show_in_every_medium(lesson_page: Page, media: dict[str, Any]) -> None:
    lesson_page.emulate_media(**media)
    exercise = Exercise(lesson_page, TITLES["choice"])
    expect(exercise.form.get_by_label("It sounds impolite.")).to_be_visible()
    expect(exercise.form.get_by_text("move nobody?")).to_be_visible()


def test_a_verdict_does_not_hang_on_color(lesson_page: Page) -> None:
    lesson_page.emulate_media(forced_colors="active")
    exercise = answered(lesson_page, "choice", WRONG["choice"])
    expect(exercise.form.get_by_text("✖ not right", exact=True)).to_be_visible()
    expect(exercise.form.get_by_text("✖ Not right", exact=True)).to_be_visible()


def test_nothing_moves_for_those_who_asked_for_calm(page: Page, any_site: Site) -> None:
    page.emulate_media(reduced_motion="reduce")
    running = "document.getAnimations().map(each => each.transitionProperty ?? each.animationName)"
    assert faults(page, any_site, lambda at: at.evaluate(running)) == {}


@pytest.fixture
def still_page(browser: Browser) -> Iterator[Page]:
    """A reader whose browser runs no script."""
    context = browser.new_context(java_script_enabled=False)
    guard = Guard(context)
    yield context.new_page()
    context.close()
    guard.check()


def test_without_script_question_and_answer_can_be_read(still_page: Page, site: Site) -> None:
    still_page.goto(f"{site.url}notebooks/all.html")
    for type, (question, answer) in READABLE.items():
        item = still_page.locator(".iiv-item").filter(has=still_page.get_by_text(TITLES[type], exact=True))
        expect(item.get_by_text(question).first).to_be_visible()
        key = still_page.locator("details").filter(has_text=answer)
        expect(key.get_by_text(answer).first).not_to_be_visible()
        key.locator("summary").click()
        expect(key.get_by_text(answer).first).to_be_visible()


def test_without_script_nothing_pretends_to_be_pressed(still_page: Page, site: Site) -> None:
    still_page.goto(f"{site.url}notebooks/all.html")
    expect(still_page.get_by_role("article").get_by_role("button")).to_have_count(0)


def test_without_script_math_is_set(still_page: Page, site: Site) -> None:
    still_page.goto(f"{site.url}notebooks/all.html")
    expect(still_page.locator("math").first).to_be_visible()


def test_from_disk_every_page_is_quiet(page: Page, site: Site) -> None:
    for name in site.pages():
        if name != "404.html":  # only a host shows it, so its links begin at the host's top
            page.goto((site.folder / name).as_uri())
            expect(page.get_by_role("heading").first).to_be_attached()


def test_pages_hold_no_widget_state_and_no_code_that_only_shows_a_widget(any_site: Site) -> None:
    calls = "|".join(CALLS)
    state, code = re.compile("widget-state|widget-view"), re.compile(rf"\b({calls})\(|from iiv_course import")
    assert {name for name in any_site.pages() if state.search(_read(any_site, name))} == set()
    # Other pages may speak of code to those who write it.
    lessons = [name for name in any_site.pages() if name.startswith("notebooks/")]
    assert {name for name in lessons if code.search(_read(any_site, name))} == set()


def test_no_path_of_the_machine_that_built_it_is_in_a_book(any_site: Site) -> None:
    home = re.compile(rf"{re.escape(str(Path.home()))}/|/tmp/|{re.escape(str(Path(__file__).parents[2]))}")
    texts = [path for path in any_site.folder.rglob("*") if path.suffix in {".html", ".js", ".css", ".txt"}]
    assert {path.name for path in texts if home.search(path.read_text("utf-8"))} == set()


def _read(site: Site, name: str) -> str:
    return (site.folder / name).read_text("utf-8")


def test_the_list_of_headings_follows_the_reader_and_a_way_back_shows_on_the_way_up(page: Page, own_site: Site) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{own_site.url}index.html", wait_until="networkidle")
    # The page as a whole is an entry, too, around all others.
    current = page.locator(".toc-tree .scroll-current > a").last
    back = page.get_by_role("link", name="Back to top")
    page.get_by_role("heading", name="Two ways to use it").evaluate("at => at.scrollIntoView({behavior: 'instant'})")
    expect(current).to_have_text("Two ways to use it")
    expect(back).to_be_hidden()
    # Over the text: the list of pages at the side scrolls by itself.
    page.mouse.move(640, 400)
    page.mouse.wheel(0, -200)
    expect(back).to_be_visible()
    page.keyboard.press("End")
    expect(current).to_have_text("One promise about promises")


def test_styles_keep_what_the_pages_use_and_lose_what_they_do_not(own_site: Site) -> None:
    furo = (own_site.folder / "_static" / "styles" / "furo.css").read_text("utf-8")
    assert ".sidebar-drawer" in furo
    assert ".admonition.note" in furo
    assert not re.search(r"\.sig(?![-\w])(?![^{]*\))", furo)
    assert "/*" not in (own_site.folder / "_static" / "iiv-book.css").read_text("utf-8")
