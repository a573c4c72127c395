"""Hostile texts in every field that an author or a learner can fill: they are shown as text, nothing runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.hostile import HOSTILE
from tests.lab.conftest import Open
from tests.lab.test_answers import IMPORT, button

pytestmark = pytest.mark.lab

REVEAL = """
import json
q.state = {item["key"]: {"key": item["key"], "round": 1, "draft": [], "rows": [], "attempts": [
    {"id": "a", "rev": item["rev"], "round": 1, "at": "2026-01-01", "response": None, "score": None, "hints": 1,
     "revealed": True, "confidence": None}]} for item in q.spec["items"]}
"""
LIVE = "script, iframe, object, embed, style, link, img, svg, base, meta, [srcdoc], [formaction], [action]"
NOTHING_LIVE = f"""() => [...document.querySelectorAll('.iiv, .iiv *')].filter((element) =>
    element.matches('{LIVE}') || [...element.attributes].some(({{ name, value }}) =>
        name.startsWith('on') || name === 'style' || /^\\s*(javascript|data|vbscript):/i.test(value))
  ).map((element) => element.outerHTML.slice(0, 200))"""


def test_nothing_of_an_author_runs(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "q = quiz('hostile')\nq", "lesson_result('hostile')")
    lab.run_all()
    expect(lab.widgets).to_have_count(2)
    assert lab.page.evaluate(NOTHING_LIVE) == []
    lab.python(REVEAL)
    graded = lab.panel.locator("form:has(.iiv-confidence)")
    expect(graded).to_have_count(0)
    for name in ("Compare with a model", "An example"):
        for shown in lab.panel.get_by_text(name, exact=True).all():
            shown.click()
    assert lab.page.evaluate(NOTHING_LIVE) == []
    assert lab.page.evaluate("window.__pwned") is None


def test_nothing_of_a_learner_runs(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "q = quiz('good', items=['word', 'trust', 'looking-back'])\nq", "q")
    lab.run_all()
    texts = [text for text in HOSTILE if len(text) <= 200 and text.isprintable()]
    everything = "\n".join(texts)
    reflection = lab.item("Looking back")
    reflection.first.get_by_role("textbox").fill(everything)
    button(reflection.first, "Compare with a model answer").click()
    expect(reflection.last.get_by_role("textbox")).to_have_value(everything)
    expect(lab.saving.first).to_have_text("Saved")
    assert lab.python("print(q.responses['looking-back'])") == everything
    for text in texts[::20]:
        lab.item("Trust after one cue").first.get_by_role("textbox").fill(text)
        button(lab.item("Trust after one cue").first, "Check").click()
    word = lab.item("The word")
    word.first.get_by_role("textbox").fill(texts[0])
    button(word.first, "Check").click()
    expect(word.last.get_by_role("textbox")).to_have_value(texts[0])
    assert lab.page.evaluate(NOTHING_LIVE) == []
    assert lab.page.evaluate("window.__pwned") is None
