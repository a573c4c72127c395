"""Keys pressed in an exercise are the exercise's: none of JupyterLab's shortcuts may take a learner's cells away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.lab.conftest import Lab, Open
from tests.lab.test_answers import IMPORT, button, choose

pytestmark = pytest.mark.lab

KEYS = [
    "b", "a", "d", "d", "x", "v", "m", "y", "r", "0", "0", "i", "i", "1", "h", "Shift+m",
    "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Shift+ArrowDown", "Home", "End",
    "Space", "Shift+Space", "Shift+Enter", "Control+Enter", "Alt+Enter", "Backspace", "Delete",
]  # fmt: skip
"""What JupyterLab's command mode listens to, and what a native control does."""

CONTROLS = {
    "radio button": ("Cheap talk", "input[type=radio]"),
    "confidence": ("Cheap talk", ".iiv-confidence input"),
    "submit button": ("Cheap talk", "button[type=submit]"),
    "hint": ("Cheap talk", "button:has-text('Hint')"),
    "checkbox": ("Costly signs", "input[type=checkbox]"),
    "text": ("The word", "input[type=text]"),
    "list": ("Sort them", "select"),
    "moving button": ("The steps", ".iiv-moves button"),
    "long text": ("Looking back", "textarea"),
}


def press_all(lab: Lab, place: str) -> None:
    """Press every key on one control, given as a selector within the page, focused anew each time."""
    for key in KEYS:
        focused = lab.page.locator(place).first
        if not focused.count():
            return
        focused.focus()
        lab.page.keyboard.press(key)


def test_no_shortcut_is_triggered_from_any_control(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "q = quiz('good')\nq", "lesson_result('good')")
    lab.run_all()
    before = lab.cells()
    for name, (title, control) in CONTROLS.items():
        key = lab.item(title).get_attribute("data-key")
        press_all(lab, f"form[data-key='{key}'] {control}")
        assert lab.cells() == before, name
    press_all(lab, ".iiv-result [tabindex]")
    assert lab.cells() == before
    expect(lab.page.get_by_role("dialog")).to_have_count(0)
    expect(lab.widgets).to_have_count(2)


def test_no_shortcut_is_triggered_where_the_focus_was_moved_to(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "quiz('good', items=['cheap-talk'])")
    lab.run_all()
    before = lab.cells()
    item = lab.item("Cheap talk")
    button(item, "Hint").click()
    expect(item.get_by_role("listitem").filter(has_text="Who else could say it?")).to_be_focused()
    press_all(lab, ".iiv-hints li")
    assert lab.cells() == before
    choose(item, "It sounds impolite.")
    button(item, "Show answer").click()
    expect(item.get_by_role("status")).to_be_focused()
    press_all(lab, "form [role=status]")
    assert lab.cells() == before
    press_all(lab, "form a, form summary, form [tabindex]")
    assert lab.cells() == before
    expect(lab.page.get_by_role("dialog")).to_have_count(0)


def test_enter_answers_and_leaves_the_cell_alone(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "quiz('good', items=['word'])", "1 + 1")
    lab.run_all()
    text = lab.item("The word").get_by_role("textbox")
    text.fill("cheap talk")
    text.press("Enter")
    expect(lab.item("The word").get_by_role("status")).to_contain_text("✔ Right")
    assert len(lab.cells()) == 3


def test_a_long_text_takes_new_lines_and_undo(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "quiz('good', items=['looking-back'])")
    lab.run_all()
    text = lab.item("Looking back").get_by_role("textbox")
    text.press_sequentially("One.")
    text.press("Enter")
    text.press("Shift+Enter")
    text.press_sequentially("Two.")
    expect(text).to_have_value("One.\n\nTwo.")
    text.fill("Three.")
    text.press("Control+z")
    expect(text).to_have_value("One.\n\nTwo.")


def test_the_notebook_is_saved_by_its_own_shortcut_from_within_an_exercise(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "quiz('good', items=['looking-back'])")
    lab.run_all()
    dirty = "(dirty) => jupyterapp.shell.currentWidget.context.model.dirty === dirty"
    lab.page.wait_for_function(dirty, arg=True)
    lab.item("Looking back").get_by_role("textbox").press("Control+s")
    lab.page.wait_for_function(dirty, arg=False)
