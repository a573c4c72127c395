"""Processor time of a page's main thread, which says more than the clock while other programs are at work."""

from __future__ import annotations

from playwright.sync_api import Page

BUSY = "less disturbed by a busy machine than the clock"


class Processor:
    """Follows one page."""

    def __init__(self, page: Page) -> None:
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked(self) -> float:
        """Milliseconds since the page began to load."""
        metrics = self._devtools.send("Performance.getMetrics")["metrics"]
        seconds = next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")
        return float(seconds) * 1000
