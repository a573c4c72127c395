"""From navigation until every one of 200 questions stands there to be answered, caches empty, beside jupyterquiz."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser

from tests.benchmarks.check import SILENT
from tests.benchmarks.processor import BUSY, Processor
from tests.benchmarks.table import Budget, Row

SIZE = 200
OPTIONS = 4

# Looks once a frame, before it is drawn. What cannot be seen nor pressed yet cannot be answered: the time is taken once
# that frame is laid out and painted. Each kind of page has one of the two selectors.
LOOK = f"""
const look = () => {{
  const options = document.querySelectorAll("form.iiv-item input[name=answer]:enabled, .MCButton input:enabled");
  const checks = document.querySelectorAll("form.iiv-item button[type=submit]:enabled, .Quiz > .Feedback");
  const here = [...document.querySelectorAll("[data-spec]")].length === Object.keys(window.iivSpecs ?? {{}}).length;
  const alive = (document.documentElement.dataset.iiv === "ready" && here) || document.querySelector(".Quiz");
  if (alive && options.length === {SIZE * OPTIONS} && checks.length === {SIZE}) {{
    const {{ port1, port2 }} = new MessageChannel();
    port1.onmessage = () => (window.answerable = performance.now());
    port2.postMessage(null);
  }} else requestAnimationFrame(look);
}};
requestAnimationFrame(look);
"""
# The page's policy forbids what Playwright's own wait for an expression does.
WAIT = """async () => {
  while (!window.answerable) await new Promise((resolve) => requestAnimationFrame(resolve));
  return window.answerable;
}"""


class Opening(NamedTuple):
    """Milliseconds from the start of navigation, and how long the main thread's processor worked in them."""

    elapsed: float
    worked: float


def opening(browser: Browser, url: str) -> Opening:
    """Open the page with empty caches and wait until all of it can be answered."""
    context = browser.new_context()
    try:
        context.add_init_script(SILENT)
        page = context.new_page()
        page.add_init_script(LOOK)
        processor = Processor(page)
        page.goto(url, wait_until="commit")
        return Opening(page.evaluate(WAIT), processor.worked())
    finally:
        context.close()


def rows(browser: Browser, ours: str, stock: str, loads: int) -> Iterator[Row]:
    """`ours` and `stock` are addresses of the books that hold the page of 200 items."""
    openings: tuple[list[Opening], list[Opening]] = ([], [])
    for _ in range(loads):
        for base, kept in zip((ours, stock), openings, strict=True):
            kept.append(opening(browser, f"{base}/notebooks/drill-{SIZE}.html"))
    how = f"median of {loads} cold loads each, in turn"
    elapsed, peer_elapsed = (median(one.elapsed for one in kept) for kept in openings)
    yield Row(f"page of {SIZE} items until all answerable", "ms", elapsed, peer_elapsed, Budget(0.5, "ratio"), how)
    worked, peer_worked = (median(one.worked for one in kept) for kept in openings)
    yield Row("… processor time of the main thread", "ms", worked, peer_worked, how=BUSY)
