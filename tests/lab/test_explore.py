"""An explore item in JupyterLab: its keys are its own, and what was predicted and reached is read back in Python."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.lab.conftest import Open
from tests.lab.test_answers import IMPORT, button
from tests.lab.test_keys import KEYS

pytestmark = pytest.mark.lab

ITEM = "quiz('exploring', items=['lower-the-bar'])"


def test_a_prediction_is_locked_the_sliders_answer_to_keys_and_python_reads_the_answer(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, f"q = {ITEM}\nq", ITEM)
    lab.run_all()
    before = lab.cells()
    first, second = lab.item("Lower the bar").first, lab.item("Lower the bar").last
    first.get_by_label("It starts to invest.").check()
    button(first, "Lock my prediction").click()
    threshold = first.get_by_role("slider")
    expect(threshold).to_be_focused()
    # Letters are JupyterLab's own commands elsewhere.
    for key in [*KEYS, "Home", *["ArrowRight"] * 12]:
        if not key.endswith("Enter"):
            threshold.press(key)
    expect(threshold).to_have_value("1.6")
    expect(second.get_by_role("slider")).to_have_value("1.6")
    button(first, "Check").click()
    expect(first.get_by_role("status").last).to_contain_text("✖ Not right")
    expect(first.get_by_role("status").last).to_contain_text("Your prediction was not right, which costs nothing.")
    button(first, "Try again").click()
    threshold.fill("1.2")
    button(first, "Check").click()
    expect(first.get_by_role("status").last).to_contain_text("✔ Right")
    expect(second.get_by_role("status").last).to_contain_text("✔ Right")
    assert lab.cells() == before
    read = lab.python("print(q.responses, q.score)")
    assert read == "{'lower-the-bar': {'prediction': 'joins', 'position': {'threshold': '1.2'}}} 1.0"
    columns = "Workbook().attempts()[['key', 'score', 'response']]"
    rows = json.loads(lab.python(f"from iiv_course import Workbook; print({columns}.to_json(orient='values'))"))
    assert [(key, score, response["position"]) for key, score, response in rows] == [
        ("exploring/lower-the-bar", 0, {"threshold": "1.6"}),
        ("exploring/lower-the-bar", 1, {"threshold": "1.2"}),
    ]
    lab.command("docmanager:save")
    assert "joins" not in lab.path.read_text("utf-8")


def test_what_was_locked_is_there_again_after_a_reload(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, ITEM)
    lab.run_all()
    item = lab.item("Lower the bar")
    item.get_by_label("It still stays out.").check()
    button(item, "Lock my prediction").click()
    item.get_by_role("slider").fill("1.9")
    expect(lab.saving).to_have_text("Saved")
    lab.command("docmanager:save")
    lab.reload()
    lab.run_all()
    expect(item.get_by_role("slider")).to_have_value("1.9")
    expect(item.get_by_label("It still stays out.")).to_be_checked()
    expect(item.get_by_role("status").last).to_have_text("Your prediction is locked. Move the sliders, then check.")
