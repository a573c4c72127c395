"""Role-play cards in the static book: folded on screen, a sheet each on paper, light, and strict with slips."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from iiv_course import book
from tests.book.courses import Site, write_stored_course
from tests.book.sites import Sites
from tests.book.test_budgets import LESSON, cold_load
from tests.browser import axe_violations
from tests.scratch import ROOT, write

# Links to lessons lead nowhere in a course without any.
PAGE = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", (ROOT / "book" / "role-play.md").read_text("utf-8"))
NUMBER = PAGE.count("```{role-play}")


def course(root: Path, page: str) -> Path:
    write_stored_course(root, {}, {})
    write(root / "book" / "role-play.md", page)
    contents = root / "_toc.yml"
    write(contents, contents.read_text("utf-8") + "- file: book/role-play\n")
    return root


@pytest.fixture(scope="module")
def card_site(sites: Sites) -> Site:
    return sites("cards", lambda root: course(root, PAGE))


@pytest.fixture
def card_page(page: Page, card_site: Site) -> Page:
    page.goto(f"{card_site.url}book/role-play.html")
    return page


def opened(page: Page, title: str = "Twelve minutes") -> None:
    page.locator(".iiv-cards > summary").filter(has_text=title).click()


def test_a_conversation_opens_to_three_closed_cards(card_page: Page) -> None:
    setting = card_page.get_by_text("For nine years you planned deliveries")
    thought = card_page.get_by_text("I looked up from my screen.")
    asks = card_page.locator("summary", has_text="The one who asks").first
    expect(asks).to_be_hidden()
    opened(card_page)
    expect(asks).to_be_visible()
    expect(setting).to_be_hidden()
    asks.click()
    expect(setting).to_be_visible()
    # Whoever reads one card does not see another.
    expect(thought).to_be_hidden()


def test_the_words_are_those_of_the_lesson(card_page: Page) -> None:
    opened(card_page)
    card_page.locator("summary", has_text="Ruth Calloway, who is asked").click()
    expect(card_page.get_by_text("“Ruth Calloway. Hi! Look, I’m so sorry")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_cards_are_accessible_and_fit_a_phone(card_page: Page, scheme: str) -> None:
    card_page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    card_page.set_viewport_size({"width": 320, "height": 640})
    card_page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert card_page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe_violations(card_page) == []


def printed(page: Page) -> list[str]:
    """The headings of the cards that paper shows."""
    page.emulate_media(media="print")
    script = (
        "all => all.filter(each => each.checkVisibility({contentVisibilityAuto: true})).map(each => each.innerText)"
    )
    headings = page.locator(".iiv-card h2").evaluate_all(script)
    return [str(each) for each in headings]


def test_paper_has_all_cards_if_none_is_open(card_page: Page) -> None:
    assert len(printed(card_page)) == 3 * NUMBER


def test_paper_has_the_cards_of_the_conversation_that_is_open(card_page: Page) -> None:
    opened(card_page)
    assert printed(card_page) == ["The one who asks", "Ruth Calloway, who is asked", "The observer"]


def test_each_card_begins_a_sheet_in_large_type_without_the_frame_of_the_book(card_page: Page) -> None:
    opened(card_page)
    card_page.emulate_media(media="print")
    style = "all => all.map(each => [getComputedStyle(each).breakBefore, parseFloat(getComputedStyle(each).fontSize)])"
    assert card_page.locator(".iiv-card").evaluate_all(style) == [["page", 16]] * 3 * NUMBER
    for frame in (
        ".sidebar-drawer",
        ".mobile-header",
        ".toc-drawer",
        ".related-pages",
        "footer",
        ".iiv-cards > summary",
    ):
        expect(card_page.locator(frame).first).to_be_hidden()


def test_one_conversation_takes_few_sheets(card_page: Page) -> None:
    opened(card_page)
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "12mm")
    for paper in ("Letter", "A4"):
        sheets = re.findall(rb"/Type\s*/Page\b", card_page.pdf(format=paper, margin=margin))  # type: ignore[arg-type]
        # How to play, one who asks, the observer; the rest has the lines.
        assert 6 <= len(sheets) <= 8, paper


def test_the_page_is_light(browser: Browser, card_site: Site) -> None:
    loaded = cold_load(browser, f"{card_site.url}book/role-play.html")
    assert sum(loaded.values()) <= LESSON, loaded


SLIPS = [
    ("```{role-play} twelve-minuts\n:find-out: x\n\nYou.\n```", "no conversation 'twelve-minuts'; did you mean"),
    ("```{role-play} twelve-minutes\n:find-out: x\n```", "write in the fence what the one who is asked knows"),
    ("```{role-play} twelve-minutes\n\nYou.\n```", "add :find-out: with what there is to find out"),
    ("```{role-play} twelve-minutes\n:find-out: x\n:without: vans\n\nYou.\n```", "no scene 'vans'"),
    ("```{role-play} twelve-minutes\n:find-out: x\n\n![a](b.png)\n```", "an image is not allowed here"),
]


@pytest.fixture(scope="module")
def slips(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said of a page with every slip, from its third line on."""
    root = course(tmp_path_factory.mktemp("slips"), "# Cards\n\n" + "".join(f"{fence}\n\n" for fence, _ in SLIPS))
    well, words = book.build(root, root / "_build" / "html", strict=True)
    assert not well
    return words


@pytest.mark.parametrize(("at", "said"), [(at, said) for at, (_, said) in enumerate(SLIPS)])
def test_a_slip_in_a_page_is_said_with_its_place(slips: str, at: int, said: str) -> None:
    line = 3 + sum(fence.count("\n") + 2 for fence, _ in SLIPS[:at])
    assert re.search(rf"book/role-play\.md:{line}: .*role-play twelve-minut.*: {re.escape(said)}", slips), slips
