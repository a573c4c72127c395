"""Answering in JupyterLab: from the placeholder of a fresh clone to what Python reads back."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from iiv_course.page import Request
from iiv_course.page.request import SENTENCE
from tests.lab.conftest import ROOT, Open, Server
from tests.scratch import cell

pytestmark = pytest.mark.lab

IMPORT = "from iiv_course import exercise, lesson_result, quiz"


def button(within: Locator, name: str) -> Locator:
    return within.get_by_role("button", name=name, exact=True)


def choose(item: Locator, option: str) -> None:
    """Answer a question that has options, and check it."""
    item.get_by_label(option).check()
    button(item, "Check").click()


def test_a_fresh_clone_shows_one_sentence_until_its_cells_are_run(open_notebook: Open) -> None:
    stored = cell("quiz", "quiz('good', items=['cheap-talk'])", Request(kind="quiz", bank="good").placeholder())
    lab = open_notebook(IMPORT, stored)
    expect(lab.panel.get_by_text(SENTENCE["quiz"])).to_be_visible()
    expect(lab.widgets).to_have_count(0)
    lab.run_all()
    expect(lab.item("Cheap talk")).to_be_visible()
    expect(lab.panel.get_by_text(SENTENCE["quiz"])).to_have_count(0)


def test_a_cell_reads_back_what_was_clicked(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "q = quiz('good', items=['cheap-talk', 'costly-signs'])\nq", "q.responses, q.score")
    lab.run_all()
    choose(lab.item("Cheap talk"), "Anyone can say it at no cost.")
    expect(lab.item("Cheap talk").get_by_role("status")).to_contain_text("✔ Right")
    assert lab.run_cell(2) == "({'cheap-talk': 'free'}, 0.5)"
    item = lab.item("Costly signs")
    item.get_by_label("Months of volunteering").check()
    choose(item, "A like")
    expect(item.get_by_role("status")).to_contain_text("✖ Not right")
    assert lab.run_cell(2) == "({'cheap-talk': 'free', 'costly-signs': ['months', 'like']}, 0.5)"


def _check(*options: str) -> Callable[[Locator], None]:
    def answer(item: Locator) -> None:
        for option in options:
            item.get_by_label(option).check()

    return answer


def _type(text: str) -> Callable[[Locator], None]:
    return lambda item: item.get_by_role("textbox").fill(text)


def _move(item: Locator) -> None:
    # They start as: thank, ask, wait.
    for _ in range(2):
        button(item, "Move down: Thank").press("Enter")


def _sort(item: Locator) -> None:
    item.get_by_label("How did you start?").select_option("Open")
    item.get_by_label("Do you like it?").select_option("Closed")


EVERY_TYPE = [
    ("Cheap talk", _check("Anyone can say it at no cost."), "Check", "✔ Right"),
    ("Costly signs", _check("Months of volunteering", "A course with an exam"), "Check", "✔ Right"),
    ("Trust after one cue", _type("0,533"), "Check", "✔ Right"),
    ("The word", _type("Cheap  talk"), "Check", "✔ Right"),
    ("The steps", _move, "Check", "✔ Right"),
    ("Sort them", _sort, "Check", "✔ Right"),
    ("How easy", _check("Hard"), "Save", "✔ Saved"),
    ("Looking back", _type("She smiled."), "Compare with a model answer", "✔ Saved"),
]


def test_every_type_is_answered_and_read_back(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "q = quiz('good')\nq", "lesson_result('good')")
    lab.run_all()
    for title, answer, submit, verdict in EVERY_TYPE:
        item = lab.item(title)
        answer(item)
        button(item, submit).click()
        expect(item.get_by_role("status")).to_contain_text(verdict)
    assert json.loads(lab.python("import json; print(json.dumps([q.responses, q.score]))")) == [
        {
            "cheap-talk": "free",
            "costly-signs": ["months", "course"],
            "trust": "0,533",
            "word": "Cheap  talk",
            "steps": ["ask", "wait", "thank"],
            "sort": {"how": "open", "do-you": "closed"},
            "ease": "hard",
            "looking-back": "She smiled.",
        },
        1.0,
    ]
    result = lab.panel.get_by_role("region", name="Your result: A bank in order")
    expect(result.get_by_role("row", name=re.compile("Say when a signal"))).to_contain_text("3 of 3")


def test_all_views_of_an_item_follow_each_other(open_notebook: Open) -> None:
    items = "['cheap-talk', 'looking-back']"
    lab = open_notebook(IMPORT, f"q = quiz('good', items={items})\nq", "q", f"quiz('good', items={items})")
    lab.run_all()
    talk, text = lab.item("Cheap talk"), lab.item("Looking back").get_by_role("textbox")
    expect(talk).to_have_count(3)
    choose(talk.nth(1), "It sounds impolite.")
    for at in range(3):
        expect(talk.nth(at).get_by_role("status")).to_contain_text("✖ Not right")
    # Each view in turn, also one that was written in before.
    for at, written in [
        (0, "From the first."),
        (2, "From the third."),
        (1, "From the second."),
        (0, "The first again."),
    ]:
        text.nth(at).fill(written)
        for other in range(3):
            expect(text.nth(other)).to_have_value(written)
    assert lab.python("print(q.responses)") == "{'cheap-talk': 'rude', 'looking-back': 'The first again.'}"


def test_answers_given_in_two_views_while_the_kernel_is_busy_are_all_kept(open_notebook: Open) -> None:
    items = "['cheap-talk', 'costly-signs']"
    lab = open_notebook(IMPORT, f"q = quiz('good', items={items})\nq", f"quiz('good', items={items})")
    lab.run_all()
    talk, signs = lab.item("Cheap talk"), lab.item("Costly signs")
    expect(talk).to_have_count(2)
    choose(talk.first, "It sounds impolite.")
    expect(talk.last.get_by_role("status")).to_contain_text("✖ Not right")
    lab.occupy("import time; time.sleep(3)")
    button(talk.first, "Try again").click()
    choose(talk.first, "Anyone can say it at no cost.")
    # This view has not heard of the second try yet, and sends what it knows of both.
    choose(signs.last, "A like")
    expect(signs.first.get_by_role("status")).to_contain_text("✖ Not right")
    expect(talk.last.get_by_role("status")).to_contain_text("✔ Right")
    assert lab.python("print(q.responses)") == "{'cheap-talk': 'free', 'costly-signs': ['like']}"


def test_a_saved_notebook_holds_nothing_of_what_a_learner_did(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "q = quiz('good', items=['cheap-talk', 'word', 'looking-back'])\nq")
    lab.run_all()
    choose(lab.item("Cheap talk"), "It sounds impolite.")
    lab.item("The word").get_by_role("textbox").fill("zebra crossing")
    button(lab.item("The word"), "Check").click()
    lab.item("Looking back").get_by_role("textbox").fill("quagga dreams")
    lab.item("Looking back").get_by_role("textbox").blur()
    expect(lab.item("The word").get_by_role("status")).to_contain_text("✖ Not right")
    assert "quagga dreams" in lab.python("print(q.responses)")
    lab.command("docmanager:save")
    saved = lab.path.read_text("utf-8")
    for trace in ("zebra", "quagga", "rude", "attempts"):
        assert trace not in saved
    states = json.loads(saved)["metadata"].get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {})
    assert not states.get("state")


def test_answers_survive_a_reload_of_the_page_while_the_kernel_lives(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "q = quiz('good', items=['cheap-talk', 'looking-back'])\nq")
    lab.run_all()
    choose(lab.item("Cheap talk"), "Anyone can say it at no cost.")
    lab.item("Looking back").get_by_role("textbox").fill("She smiled.")
    lab.item("Looking back").get_by_role("textbox").blur()
    lab.command("docmanager:save")
    lab.reload()
    expect(lab.item("Cheap talk").get_by_role("status")).to_contain_text("✔ Right")
    expect(lab.item("Looking back").get_by_role("textbox")).to_have_value("She smiled.")


def test_a_link_opens_beside_jupyterlab(open_notebook: Open) -> None:
    lab = open_notebook(IMPORT, "quiz('hostile')")
    lab.run_all()
    # Looked at only: nobody goes there.
    lab.spoilt = True
    lab.page.evaluate(
        "() => addEventListener('click', (event) => {"
        " event.preventDefault(); window.to = event.target.closest('a').target })"
    )
    lab.widgets.get_by_role("link").first.click()
    assert lab.page.evaluate("window.to") == "_blank"


def test_a_mistaken_name_is_answered_without_a_traceback(open_notebook: Open) -> None:
    lab = open_notebook(f"{IMPORT}\nquiz('goood')")
    assert lab.run_cell(0) == "no bank 'goood'; did you mean 'good'?"


LESSON = ROOT / "notebooks" / "03-preparation.ipynb"


@pytest.mark.skipif(not LESSON.exists(), reason="the lesson is not written yet")
def test_a_lesson_of_the_course_runs_and_reads_an_answer_back(open_notebook: Open, server: Server) -> None:
    lab = open_notebook(path=Path(shutil.copy(LESSON, server.folder)))
    lab.run_all()
    form = lab.panel.locator("form:has(input[type=radio][name=answer])").first
    key = form.get_attribute("data-key")
    form.get_by_role("radio").first.check()
    button(form, "Check").click()
    expect(form.get_by_role("status")).not_to_be_empty()
    read = f"from iiv_course import exercise; e = exercise({key!r}); print(len(e.responses), e.score in (0, 1))"
    assert lab.python(read) == "1 True"
    expect(lab.panel.locator("[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)
