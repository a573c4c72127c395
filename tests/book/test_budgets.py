"""What a page costs its reader: bytes and requests, with budgets that hold on any machine."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Response

from tests.book.courses import Site

KILOBYTE = 1000
SCRIPT_AND_STYLE = 30 * KILOBYTE
LESSON_WITH_MATH = 110 * KILOBYTE
LESSON = 75 * KILOBYTE


def compressed(body: bytes) -> int:
    return len(gzip.compress(body, 9))


def cold_load(browser: Browser, address: str) -> dict[str, int]:
    """Compressed bytes of everything that a first visit loads, by address."""
    responses: list[Response] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    loaded = {response.url: compressed(response.body()) for response in responses}
    context.close()
    return loaded


def test_our_script_and_style_are_small(site: Site) -> None:
    ours = [site.folder / "_static" / name for name in ("iiv.js", "iiv.css")]
    assert sum(compressed(path.read_bytes()) for path in ours) <= SCRIPT_AND_STYLE


@pytest.mark.parametrize(("lesson", "budget"), [("all", LESSON_WITH_MATH), ("again", LESSON)])
def test_a_lesson_is_light(browser: Browser, site: Site, lesson: str, budget: int) -> None:
    loaded = cold_load(browser, f"{site.url}notebooks/{lesson}.html")
    assert sum(loaded.values()) <= budget, loaded


def test_a_lesson_without_math_loads_no_math_font(browser: Browser, site: Site) -> None:
    loaded = cold_load(browser, f"{site.url}notebooks/again.html")
    assert [address for address in loaded if "math" in address] == []


def test_every_lesson_of_this_book_is_light(browser: Browser, own_site: Site) -> None:
    heavy = {}
    for name in own_site.pages():
        if name.startswith("notebooks/"):
            with_math = "<math" in (own_site.folder / name).read_text("utf-8")
            loaded = cold_load(browser, own_site.url + name)
            if sum(loaded.values()) > (LESSON_WITH_MATH if with_math else LESSON):
                heavy[name] = loaded
    assert heavy == {}
