"""The labs in JupyterLab: the same as in the book, with keys of their own, remembered in the workbook."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, expect

from tests.lab.conftest import Lab, Open

pytestmark = pytest.mark.lab

CELLS = ("from iiv_course import InterviewLab, SpenceLab\nSpenceLab()", "InterviewLab()", "SpenceLab()")


def region(lab: Lab, name: str, place: int = 0) -> Locator:
    return lab.panel.get_by_role("region", name=name).nth(place)


def test_labs_answer_to_keys_follow_each_other_and_are_remembered(open_notebook: Open) -> None:
    lab = open_notebook(*CELLS)
    lab.run_all()
    before = lab.cells()
    first, second = (region(lab, "Lab: when a signal sorts people", place) for place in range(2))
    threshold = first.get_by_role("slider", name=re.compile("^How much of the signal"))
    threshold.focus()
    # Letters are JupyterLab's own commands elsewhere.
    for key in ("ArrowRight", "ArrowRight", "b", "d", "d", "Shift+Enter"):
        threshold.press(key)
    expect(threshold).to_have_value("1.6")
    expect(first.get_by_role("status")).to_contain_text("group II invests and nets 1.20 (before: 1.25)")
    expect(second.get_by_role("slider", name=re.compile("^How much of the signal"))).to_have_value("1.6")
    cues = region(lab, "Lab: cues")
    cues.get_by_role("button", name="A closed door").press("Enter")
    expect(cues.get_by_role("status")).to_contain_text("Example “A closed door”")
    assert lab.cells() == before
    stored = lab.python(
        "from iiv_course import Workbook; d = Workbook().drafts(); print(d.set_index('key').text.to_json())"
    )
    texts = {key: json.loads(text) for key, text in json.loads(stored).items()}
    assert texts["lab/spence"]["threshold"] == 1.6
    assert texts["lab/interview"]["cueOpenness"] == 0.1
    lab.command("docmanager:save")
    assert "threshold" not in lab.path.read_text("utf-8")
    lab.reload()
    expect(threshold).to_have_value("1.6")
