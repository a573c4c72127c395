"""Books built once a session, and for every test a browser context of its own that forgives nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.book.courses import GOOD, PATIENT, Site, lesson, write_course
from tests.book.sites import Sites
from tests.browser import STILL, Guard
from tests.scratch import ROOT

HERE = Path(__file__).parent
PATIENCE_MS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and not item.get_closest_marker("firefox"):
            item.add_marker("book")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Sites]:
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "sites"
    shared.mkdir(exist_ok=True)
    with ExitStack() as closing:
        yield Sites(shared, closing)


def _write_every_type(root: Path) -> Path:
    lessons = {
        "all": lesson("All types", 'quiz("good")', 'lesson_result("good")'),
        "again": lesson("Again", *['quiz("good", items=["cheap-talk", "looking-back"])'] * 2, 'quiz("patient")'),
    }
    return write_course(root, {"good": GOOD, "patient": PATIENT}, lessons)


@pytest.fixture(scope="session")
def site(sites: Sites) -> Site:
    """A book with one item of every type, and with the same item on two pages and twice on one."""
    return sites("every-type", _write_every_type)


@pytest.fixture(scope="session")
def own_site(sites: Sites) -> Site:
    """The book of this repository."""
    return sites("own", lambda _: ROOT)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who was never here before."""
    context = browser.new_context(**STILL)
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def guard(context: BrowserContext) -> Iterator[Guard]:
    """Fails the test for whatever the reader's console would show, unless the test takes it out."""
    guard = Guard(context)
    yield guard
    guard.check()


@pytest.fixture
def page(context: BrowserContext, guard: Guard) -> Page:
    return context.new_page()


@pytest.fixture
def lesson_page(page: Page, site: Site) -> Page:
    """The lesson with one item of every type, opened."""
    page.goto(f"{site.url}notebooks/all.html")
    return page
