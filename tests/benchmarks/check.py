"""From the click that checks an answer to its verdict in the page and on the screen, beside the peer; choice items."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import quantiles
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from tests.benchmarks.table import Budget, Row

SIZES = (10, 100, 200)
BUDGET_SIZE = 100

# The peer writes to the console on every click, which costs much more while a debugger listens, as here.
SILENT = "for (const name of ['log', 'debug', 'info']) console[name] = () => {};"

# The click falls at the start of a frame, so that waiting for the display is not in the figures; a message sent
# then arrives when the frame is drawn. Afterward the page comes to rest: the peer's verdicts are animated for 0.8 s,
# which would slow the other page's turn.
MEASURE = """
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const rest = async () => {
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  await frame();
  await frame();
};
const measured = async (control, status) => {
  await rest();
  const times = await new Promise((resolve, reject) => requestAnimationFrame(() => {
    let ready;
    new MutationObserver(() => { if (status.textContent) ready ??= performance.now(); })
      .observe(status, { childList: true, subtree: true, characterData: true });
    const { port1, port2 } = new MessageChannel();
    const start = performance.now();
    port1.onmessage = () => {
      const drawn = performance.now();
      if (ready === undefined) reject(new Error("no verdict after a click"));
      resolve([ready - start, drawn - start]);
    };
    control.click();
    port2.postMessage(null);
  }));
  await rest();
  return times;
};
"""
OURS = f"""async ([index, right]) => {{ {MEASURE}
  const form = document.querySelectorAll("form.iiv-item")[index];
  [...form.querySelectorAll("input[name=answer]")].find((input) => (input.value === "key") === right).click();
  return measured(form.querySelector("button[type=submit]"), form.querySelector("[role=status]"));
}}"""
PEER = f"""async ([index, right]) => {{ {MEASURE}
  const question = document.querySelectorAll(".Quiz")[index];
  const answers = [...question.querySelectorAll(".MCButton")];
  return measured(
    answers.find((label) => (label.dataset.correct === "true") === right), question.querySelector(".Feedback"));
}}"""


class Times(NamedTuple):
    """Milliseconds from the click, one figure an item."""

    ready: list[float]
    painted: list[float]


def measure(browser: Browser, ours: str, stock: str, size: int, checks: int) -> tuple[Times, Times]:
    """Answer `checks` items on fresh pages of `size` items, ours and the peer's in turn; who begins changes each time."""
    times = Times([], []), Times([], [])
    while len(times[0].ready) < checks:
        context = browser.new_context()
        context.add_init_script(SILENT)
        pages = [_open(context.new_page(), f"{base}/notebooks/drill-{size}.html") for base in (ours, stock)]
        turns = list(zip(pages, (OURS, PEER), times, strict=True))
        for index in range(min(size, checks - len(times[0].ready))):
            turns.reverse()
            for page, script, kept in turns:
                ready, painted = page.evaluate(script, [index, index % 2 == 0])
                kept.ready.append(ready)
                kept.painted.append(painted)
        context.close()
    return times


def _open(page: Page, url: str) -> Page:
    page.goto(url, wait_until="load")
    page.locator(".iiv-item button, .MCButton").first.wait_for()
    return page


def rows(browser: Browser, ours: str, stock: str, checks: int) -> Iterator[Row]:
    """`ours` and `stock` are addresses of the books that hold the pages of 10, 100 and 200 items."""
    for size in SIZES:
        own, peer = measure(browser, ours, stock, size, checks)
        how = f"{checks} different items, in turn"
        for percent in (50, 95):
            budget = Budget(8) if size == BUDGET_SIZE and percent == 95 else None
            ready, peer_ready = (percentile(times.ready, percent) for times in (own, peer))
            yield Row(
                f"check, {size} on the page: click to DOM ready, p{percent}", "ms", ready, peer_ready, budget, how
            )
        for percent in (50, 95):
            budget = Budget(0.7, "ratio") if percent == 50 else None
            painted, peer_painted = (percentile(times.painted, percent) for times in (own, peer))
            yield Row(
                f"check, {size} on the page: click to paint, p{percent}", "ms", painted, peer_painted, budget, how
            )


def percentile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]
