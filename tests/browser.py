"""A headless Chromium for tests, and a guard that fails a test for whatever a reader's console would show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

from tests import provision

FEATURES_OFF = (
    # Every window makes two pages of the browser's own for its address line, which no test sees: a third of all work.
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,"
    # Of two lists of features the last counts, so what Playwright turns off is turned off here once more.
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,"
    "HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,"
    "OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={FEATURES_OFF}",
]
FRONTEND = Path(__file__).resolve().parents[1] / "iiv_course" / "frontend"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


STILL: dict[str, Any] = {"reduced_motion": "reduce"}
"""Options of a reader for whom pages scroll at once: a click while one scrolls may miss, and waiting takes long."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of its own, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=provision.chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Guard:
    """Collects console messages, page errors, policy violations, bad answers and requests to other hosts."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', (e) =>"
            " console.error('policy violation', e.violatedDirective, e.blockedURI))"
        )
        context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("console", lambda message: self.complaints.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("dialog", self.refuse)
        page.on("response", lambda r: self.complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.on("request", lambda r: self.complaints.append(f"outside: {r.url}") if _outside(r.url) else None)

    def refuse(self, dialog: Dialog) -> None:
        """Complain of a dialog, and close it."""
        # Left open it would hang the page until the test times out.
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def check(self) -> None:
        """Fail with everything that was collected."""
        assert self.complaints == []


def _outside(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}


def axe_violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page: rule, help and the first elements. Works around the page's own policy."""
    if not page.evaluate("'axe' in window"):
        # evaluate() runs in the page without a script element, so the policy stays as it is for readers.
        page.evaluate(AXE.read_text("utf-8") + "; undefined")
    # What would be loaded beforehand serves rules that are not asked for, and takes a quarter of the time.
    options = json.dumps({"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"], "preload": False})
    result = page.evaluate(f"async () => (await axe.run(document, {options})).violations")
    return [
        {"rule": v["id"], "help": v["help"], "nodes": [node["html"][:200] for node in v["nodes"][:3]]} for v in result
    ]
