"""Bytes: our script and style, and everything that a lesson page loads when nothing is cached."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response, Route

from tests.benchmarks import courses
from tests.benchmarks.courses import Translated
from tests.benchmarks.table import Budget, Row

KILO = 1000
WITH_MATH_FONT, WITHOUT_MATH_FONT = 110, 75


class Load(NamedTuple):
    """What a page loaded from its own server, compressed, and which other servers it asked."""

    sizes: dict[str, int]
    not_found: list[str]
    outside: list[str]

    @property
    def kilobytes(self) -> float:
        return sum(self.sizes.values()) / KILO


def compressed(content: bytes) -> int:
    """Size in bytes after gzip -9."""
    return len(gzip.compress(content, 9))


def load(browser: Browser, url: str) -> Load:
    """Open a page with empty caches until its network is idle. Requests to other servers are counted and refused."""
    outside: list[str] = []

    def route(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(url).netloc:
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context = browser.new_context()
    try:
        context.route("**/*", route)
        page = context.new_page()
        responses: list[Response] = []
        page.on("response", lambda response: responses.append(response))
        page.goto(url, wait_until="networkidle")
        sizes = {response.url: compressed(response.body()) for response in responses if response.ok}
        return Load(sizes, [response.url for response in responses if response.status == 404], outside)
    finally:
        context.close()


def rows(browser: Browser, ours: str, stock: str, translated: Translated) -> Iterator[Row]:
    """`ours` and `stock` are addresses of the book and of its stock copy; `translated` says how full that is."""
    static = courses.ROOT / "iiv_course" / "static"
    own = sum(compressed(Path(static, name).read_bytes()) for name in ("iiv.js", "iiv.css"))
    yield Row("our script + style, once per site", "kB", own / KILO, None, Budget(30), "gzip -9")

    page, peer = (load(browser, f"{base}/notebooks/{courses.LESSON}.html") for base in (ours, stock))
    font = any(url.endswith("iiv-math.woff2") for url in page.sizes)
    kind, limit = ("with math font", WITH_MATH_FONT) if font else ("without math font", WITHOUT_MATH_FONT)
    how = (
        f"{courses.LESSON}, gzip -9 of {len(page.sizes)} and {len(peer.sizes)} answers; peer: stock theme, jupyterquiz "
        f"with {translated.items} of {translated.of} questions, third parties not weighed"
    )
    yield Row(f"lesson page cold, {kind}", "kB", page.kilobytes, peer.kilobytes, Budget(limit), how)
    hosts = sorted({urlsplit(url).netloc for url in peer.outside})
    named = f"peer asks {', '.join(hosts)}" if hosts else ""
    yield Row("third-party requests of that page", "", len(page.outside), len(peer.outside), Budget(0), named)
    yield Row("404s of that page", "", len(page.not_found), len(peer.not_found), Budget(0))
