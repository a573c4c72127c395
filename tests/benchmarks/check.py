"""From the click that checks an answer to its verdict in the page and on the screen, beside the peer; choice items."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median, quantiles
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from tests.benchmarks.processor import BUSY, Processor
from tests.benchmarks.table import Budget, Row

SIZES = (10, 100, 200)
BUDGET_SIZE = 100

# The peer writes to the console on every click, which costs much more while a debugger listens, as here.
SILENT = "for (const name of ['log', 'debug', 'info']) console[name] = () => {};"

# Chosen, but not checked yet; the peer checks at once, so that there is nothing to choose. Then the page comes to rest:
# the peer's verdicts are animated for 0.8 s, which would slow the other page's turn.
REST = """async () => {
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
}"""
CHOOSE_OURS = """([index, right]) => {
  const form = document.querySelectorAll("form.iiv-item")[index];
  [...form.querySelectorAll("input[name=answer]")].find((input) => (input.value === "key") === right).click();
  window.control = form.querySelector("button[type=submit]");
  window.verdict = form.querySelector("[role=status]");
}"""
CHOOSE_PEER = """([index, right]) => {
  const question = document.querySelectorAll(".Quiz")[index];
  const answers = [...question.querySelectorAll(".MCButton")];
  window.control = answers.find((label) => (label.dataset.correct === "true") === right);
  window.verdict = question.querySelector(".Feedback");
}"""
# The click falls at the start of a frame, so that waiting for the display is not in the figures; a message sent then
# arrives when the frame is drawn.
CLICK = """() => new Promise((resolve, reject) => requestAnimationFrame(() => {
  let ready;
  new MutationObserver(() => { if (window.verdict.textContent) ready ??= performance.now(); })
    .observe(window.verdict, { childList: true, subtree: true, characterData: true });
  const { port1, port2 } = new MessageChannel();
  const start = performance.now();
  port1.onmessage = () => {
    const drawn = performance.now();
    if (ready === undefined) reject(new Error("no verdict after a click"));
    resolve([ready - start, drawn - start]);
  };
  window.control.click();
  port2.postMessage(null);
}))"""


class Times(NamedTuple):
    """Milliseconds from the click, and of the main thread's processor until the paint; one figure an item."""

    ready: list[float]
    painted: list[float]
    worked: list[float]


class Side(NamedTuple):
    """A page that is measured, the script that chooses in it, and what was found."""

    page: Page
    processor: Processor
    choose: str
    times: Times

    def check(self, index: int) -> None:
        """Check the item at this position, the right answer at every second."""
        # A page in the background has low priority.
        self.page.bring_to_front()
        self.page.evaluate(self.choose, [index, index % 2 == 0])
        self.page.evaluate(REST)
        before = self.processor.worked()
        ready, painted = self.page.evaluate(CLICK)
        self.times.worked.append(self.processor.worked() - before)
        self.times.ready.append(ready)
        self.times.painted.append(painted)
        self.page.evaluate(REST)


def measure(browser: Browser, ours: str, stock: str, size: int, checks: int) -> tuple[Times, Times]:
    """Answer `checks` items on fresh pages of `size` items, ours and the peer's in turn, who begins in turn, too."""
    times = Times([], [], []), Times([], [], [])
    while len(times[0].ready) < checks:
        context = browser.new_context()
        context.add_init_script(SILENT)
        sides = []
        for base, choose, kept in zip((ours, stock), (CHOOSE_OURS, CHOOSE_PEER), times, strict=True):
            page = _open(context.new_page(), f"{base}/notebooks/drill-{size}.html")
            sides.append(Side(page, Processor(page), choose, kept))
        for index in range(min(size, checks - len(times[0].ready))):
            sides.reverse()
            for side in sides:
                side.check(index)
        context.close()
    return times


def _open(page: Page, url: str) -> Page:
    page.goto(url, wait_until="load")
    page.locator(".iiv-item button, .MCButton").first.wait_for()
    return page


def rows(browser: Browser, ours: str, stock: str, checks: int) -> Iterator[Row]:
    """`ours` and `stock` are addresses of the books that hold the pages of 10, 100 and 200 items."""
    how = f"{checks} different items, in turn"
    for size in SIZES:
        own, peer = measure(browser, ours, stock, size, checks)
        at_p95, at_p50 = (Budget(8), Budget(0.7, "ratio")) if size == BUDGET_SIZE else (None, None)
        for moment, times, peer_times, budgets in (
            ("click to DOM ready", own.ready, peer.ready, (None, at_p95)),
            ("click to paint", own.painted, peer.painted, (at_p50, None)),
        ):
            for percent, budget in zip((50, 95), budgets, strict=True):
                figures = percentile(times, percent), percentile(peer_times, percent)
                yield Row(f"check, {size} on the page: {moment}, p{percent}", "ms", *figures, budget, how)
        yield Row("… processor time of the main thread, p50", "ms", median(own.worked), median(peer.worked), how=BUSY)


def percentile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]
