"""Review in JupyterLab: what the workbook holds comes back, and what is answered goes into it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.lab.conftest import Lab, Open

pytestmark = pytest.mark.lab

MISSED_TWO_DAYS_AGO = """
from datetime import datetime, timedelta, timezone
from iiv_course import bank, items, review
from iiv_course.workbook.store import own
at = (datetime.now(timezone.utc) - timedelta(days=2)).isoformat()
rev = items.rev(bank.find(bank.load("good"), "cheap-talk"))
missed = {"id": "aaaaaa:41", "rev": rev, "round": 1, "at": at, "response": "rude", "score": "0", "hints": 0}
missed |= {"revealed": False, "confidence": None}
own().put("good/cheap-talk", {"key": "good/cheap-talk", "round": 1, "attempts": [missed], "draft": [], "rows": []})
"""


def attempts(lab: Lab) -> list[dict[str, object]]:
    """What the kernel's workbook holds of the item."""
    printed = lab.python("import json; print(json.dumps(own().get('good/cheap-talk')['attempts']))")
    return list(json.loads(printed))


def test_a_missed_item_comes_back_is_answered_and_goes_into_the_workbook(open_notebook: Open) -> None:
    lab = open_notebook(MISSED_TWO_DAYS_AGO, "review()")
    lab.run_all()
    part = lab.panel.get_by_role("region", name="Review")
    expect(part).to_contain_text("Question 1 of 1. You missed it on ")
    item = lab.item("Cheap talk")
    expect(item.get_by_role("status")).to_be_empty()
    item.get_by_label("It sounds impolite.").check()
    item.get_by_role("button", name="Check").click()
    expect(item.get_by_role("status")).to_contain_text("✖ Not right")
    expect(part).to_contain_text("It comes back in a day")
    lab.run_all()
    # What was begun is still there, between two tries; only the seed was put once more, which changes nothing.
    expect(part).to_contain_text("You began this one, and have a try left.")
    item.get_by_role("button", name="Try again").click()
    item.get_by_label("Anyone can say it at no cost.").check()
    item.get_by_role("button", name="Check").click()
    expect(item.get_by_role("status")).to_contain_text("✔ Right")
    part.get_by_role("button", name="Finish").click()
    expect(part).to_contain_text("That was all for now. You went over 1 question.")
    lesson, first, second = attempts(lab)
    assert "review" not in lesson
    assert [first["score"], second["score"]] == ["0", "1"]
    assert first["review"] == second["review"] == first["id"]
