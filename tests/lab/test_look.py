"""Exercises in JupyterLab's own themes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.lab.conftest import Lab, Open
from tests.lab.test_answers import EVERY_TYPE, IMPORT, button, choose

pytestmark = pytest.mark.lab


def violations(lab: Lab) -> list[dict[str, Any]]:
    """What axe finds in the exercises; the rest of the page is JupyterLab's."""
    lab.page.evaluate(browser.AXE.read_text("utf-8") + "; undefined")
    options = json.dumps({"runOnly": {"type": "tag", "values": browser.WCAG}, "resultTypes": ["violations"]})
    ours = json.dumps({"include": [[".iiv"], *([[".iiv-saving"]] if lab.saving.count() else [])]})
    found = lab.page.evaluate(f"async () => (await axe.run({ours}, {options})).violations")
    return [
        {"rule": v["id"], "nodes": [(n["html"][:120], n["any"][0]["message"] if n["any"] else "") for n in v["nodes"]]}
        for v in found
    ]


def open_in(theme: str, open_notebook: Open, *cells: str) -> Lab:
    """A notebook in a theme, with its cells run."""
    lab = open_notebook(*cells)
    lab.command("apputils:change-theme", theme=theme)
    lab.page.wait_for_function("(theme) => document.body.dataset.jpThemeName === theme", arg=theme)
    expect(lab.page.locator("#jupyterlab-splash")).to_have_count(0)
    lab.run_all()
    return lab


THEMES = pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])


@THEMES
def test_whether_it_is_saved_is_readable(open_notebook: Open, tmp_path: Path, theme: str) -> None:
    path = tmp_path / "workbook.sqlite3"
    begin = f"import os\nos.environ['IIV_WORKBOOK'] = {str(path)!r}\n{IMPORT}"
    lab = open_in(theme, open_notebook, begin, "quiz('good', items=['cheap-talk', 'looking-back'])")
    choose(lab.item("Cheap talk"), "Anyone can say it at no cost.")
    expect(lab.saving).to_have_text("Saved")
    found = {"saved": violations(lab)}
    path.replace(path.with_name("moved"))
    path.write_text("no database " * 1000)
    lab.item("Looking back").get_by_role("textbox").fill("She smiled.")
    expect(lab.saving).to_contain_text("Not saved: ")
    found["not saved"] = violations(lab)
    assert found == {"saved": [], "not saved": []}


@THEMES
def test_a_theme_is_followed_and_readable(open_notebook: Open, theme: str) -> None:
    lab = open_in(theme, open_notebook, IMPORT, "q = quiz('good')\nq", "lesson_result('good')")
    expect(lab.widgets).to_have_count(2)
    choose(lab.item("Cheap talk"), "It sounds impolite.")
    button(lab.item("Cheap talk"), "Show answer").click()
    choose(lab.item("Costly signs"), "A like")
    button(lab.item("Costly signs"), "Try again").click()
    button(lab.item("Trust after one cue"), "Check").click()
    for title, answer, submit, verdict in EVERY_TYPE:
        # The others stay as they are: shown, tried again, refused, untouched.
        if title in {"The word", "Sort them", "How easy", "Looking back"}:
            answer(lab.item(title))
            button(lab.item(title), submit).click()
            expect(lab.item(title).get_by_role("status")).to_contain_text(verdict)
    assert violations(lab) == []


def test_lists_of_terms_and_links_are_the_courses_own(open_notebook: Open) -> None:
    """JupyterLab floats the terms of all outputs and hides which words are links."""
    lab = open_notebook("from iiv_course import quiz", "quiz('preparation', items=['dossier', 'recording'])")
    lab.run_all()
    lab.page.get_by_text("An example", exact=True).click()
    terms = lab.page.locator(".iiv :is(dt, dd)")
    expect(terms.first).to_be_visible()
    assert set(terms.evaluate_all("all => all.map(each => getComputedStyle(each).float)")) == {"none"}
    item = lab.item("The app that takes notes")
    choose(item, "If its name shows in the list of participants for all to see")
    button(item, "Show answer").click()
    link = item.get_by_role("link").first
    expect(link).to_have_css("text-decoration-line", "underline")
    assert link.evaluate("link => getComputedStyle(link).color !== getComputedStyle(link.parentElement).color")
