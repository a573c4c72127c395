"""Places to write and conversations in JupyterLab: keys are their own, the kernel gives the rules, Python reads."""

from __future__ import annotations

import json

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from iiv_course.page.markup import plain_text
from iiv_course.page.talk import typeset
from iiv_course.scenario import load
from tests.lab.conftest import Open
from tests.lab.test_answers import IMPORT
from tests.lab.test_keys import KEYS

pytestmark = pytest.mark.lab

WRITING = "quiz('writing')"
TALK = "quiz('talking', items=['first'])"


def test_a_table_is_filled_by_keys_and_python_reads_it_in_its_order(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, WRITING)
    lab.run_all()
    before = lab.cells()
    questions = lab.panel.locator(".iiv-item").filter(has=lab.page.get_by_role("group", name="My questions"))
    for text in ("How did you start?", "What do you mend first?"):
        questions.get_by_role("button", name="Add a question").click()
        field = questions.get_by_role("textbox", name="Question")
        expect(field).to_be_focused()
        # Letters are JupyterLab's own commands elsewhere.
        for key in KEYS:
            if not key.endswith("Enter"):
                field.press(key)
        field.fill(text)
        questions.get_by_role("button", name="Done").click()
    questions.get_by_role("button", name="Move up: What do you mend first?").press("Enter")
    expect(questions.locator(".iiv-row-name").first).to_have_text("What do you mend first?")
    expect(lab.saving.first).to_have_text("Saved")
    assert lab.cells() == before
    table = "Workbook().table('writing/questions').question.tolist()"
    read = lab.python(f"from iiv_course import Workbook; import json; print(json.dumps({table}))")
    assert json.loads(read) == ["What do you mend first?", "How did you start?"]


def test_feedback_comes_from_the_kernel_and_a_text_is_there_after_a_reload(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, f"q = {WRITING}\nq")
    lab.run_all()
    note = lab.item("A note of thanks")
    note.get_by_label("Subject").fill("Thanks")
    note.get_by_label("Message").fill("Dear Ms Okafor,\nthank you. Could you pass on my CV?")
    expect(note.get_by_role("status").first).to_contain_text("to look at")
    note.get_by_label("Message").press("Enter")
    expect(note.get_by_label("Message")).to_have_value("Dear Ms Okafor,\nthank you. Could you pass on my CV?\n")
    note.get_by_role("button", name="Compare with a model").click()
    expect(note.get_by_text("Dear Ms Okafor, thank you.", exact=True)).to_be_visible()
    expect(lab.saving.first).to_have_text("Saved")
    assert lab.python("print(q.responses['note'][:16])") == "Subject: Thanks"
    lab.command("docmanager:save")
    assert "pass on my CV" not in lab.path.read_text("utf-8")
    lab.reload()
    lab.run_all()
    expect(note.get_by_label("Subject")).to_have_value("Thanks")


def test_python_writes_the_days_of_a_table_for_a_calendar(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, WRITING)
    lab.run_all()
    contacts = lab.panel.locator(".iiv-item").filter(has=lab.page.get_by_role("group", name="Whom I met"))
    contacts.get_by_role("button", name="Add a person").click()
    contacts.get_by_label("Name").fill("Ana")
    contacts.get_by_label("Next date").fill("2026-12-04")
    contacts.get_by_role("button", name="Done").click()
    expect(lab.saving.first).to_have_text("Saved")
    path = lab.path.with_suffix(".ics")
    lab.python(f"from iiv_course import Workbook; Workbook().calendar('writing/contacts', {str(path)!r})")
    [event] = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert (str(event["summary"]), event.decoded("dtstart").isoformat()) == ("Whom I met: Ana", "2026-12-04")


def test_a_conversation_is_held_and_its_path_is_read(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, f"q = {TALK}\nq", TALK)
    lab.run_all()
    talk = load("twelve-minutes")
    first, second = lab.panel.locator(".iiv-talk-item").first, lab.panel.locator(".iiv-talk-item").last
    first.get_by_role("button", name="Begin the conversation").click()
    path = []
    scene = talk.scenes[0]
    while True:
        choice = scene.choices[0]
        path.append(choice.id)
        first.get_by_role("button", name=plain_text(typeset(choice.text)), exact=True).click()
        if choice.next == "end":
            break
        scene = next(each for each in talk.scenes if each.id == choice.next)
    expect(first.get_by_text("Held once.")).to_be_visible()
    expect(second.get_by_text("Held once.")).to_be_visible()
    expect(lab.saving.first).to_have_text("Saved")
    assert json.loads(lab.python("import json; print(json.dumps(q.responses))")) == {"first": path}
