"""What tests of several folders share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of a session: Playwright runs a loop of its own, and a thread can have but one."""
    with chromium() as browser:
        yield browser
