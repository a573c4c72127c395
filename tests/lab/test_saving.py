"""Nothing a learner writes is lost in JupyterLab: restarts, reloads, two notebooks, a busy and a dead kernel."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from iiv_course.workbook.store import Store
from tests.lab.conftest import Lab, Open
from tests.lab.test_answers import IMPORT, button, choose

pytestmark = pytest.mark.lab

ITEMS = "['cheap-talk', 'looking-back']"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workbook.sqlite3"


def begin(path: Path) -> str:
    """The first cell: this notebook's answers are kept."""
    return f"import os\nos.environ['IIV_WORKBOOK'] = {str(path)!r}\n{IMPORT}"


def write(lab: Lab, words: str) -> None:
    """Write the reflection, and leave it."""
    lab.item("Looking back").get_by_role("textbox").fill(words)
    lab.item("Looking back").get_by_role("textbox").blur()


def pid(lab: Lab) -> int:
    """The kernel's process. A stopped one is busy to the last thread; JupyterLab has a thread for widgets alone."""
    return int(lab.python("print(os.getpid())"))


def texts(path: Path) -> list[str]:
    """The texts that stand in the workbook, read from outside."""
    store = Store(path)
    found = [draft["text"] for item in store.content()["items"].values() for draft in item["draft"]]
    store.close()
    return found


def expect_answers(lab: Lab, words: str) -> None:
    expect(lab.item("Cheap talk").get_by_role("status")).to_contain_text("✔ Right")
    expect(lab.item("Looking back").get_by_role("textbox")).to_have_value(words)


def test_answers_survive_a_restart_of_the_kernel_and_a_reload_of_the_page(open_notebook: Open, path: Path) -> None:
    lab = open_notebook(begin(path), f"q = quiz('good', items={ITEMS})\nq")
    lab.run_all()
    expect(lab.saving).to_have_text("")
    choose(lab.item("Cheap talk"), "Anyone can say it at no cost.")
    write(lab, "She smiled.")
    expect(lab.saving).to_have_text("Saved")
    assert texts(path) == ["She smiled."]
    lab.restart()
    lab.run_all()
    expect_answers(lab, "She smiled.")
    lab.command("docmanager:save")
    lab.reload()
    lab.restart()
    lab.run_all()
    expect_answers(lab, "She smiled.")
    assert lab.python("print(q.responses)") == "{'cheap-talk': 'free', 'looking-back': 'She smiled.'}"


def test_two_notebooks_share_one_workbook(open_notebook: Open, path: Path) -> None:
    one = open_notebook(begin(path), f"quiz('good', items={ITEMS})")
    one.run_all()
    other = open_notebook(begin(path), f"quiz('good', items={ITEMS})")
    other.run_all()
    choose(one.item("Cheap talk"), "It sounds impolite.")
    expect(one.saving).to_have_text("Saved")
    # A word to its own kernel is enough, and coming back to the page is such a word.
    other.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(other.item("Cheap talk").get_by_role("status")).to_contain_text("✖ Not right")
    write(other, "From the other.")
    button(other.item("Cheap talk"), "Try again").click()
    choose(other.item("Cheap talk"), "Anyone can say it at no cost.")
    expect(other.saving).to_have_text("Saved")
    one.page.evaluate("dispatchEvent(new Event('focus'))")
    expect_answers(one, "From the other.")


def test_texts_written_apart_in_two_notebooks_are_both_kept(open_notebook: Open, path: Path) -> None:
    one = open_notebook(begin(path), f"quiz('good', items={ITEMS})")
    one.run_all()
    other = open_notebook(begin(path), f"quiz('good', items={ITEMS})")
    other.run_all()
    # Nobody can tell this one, which asks for news as soon as it is looked at.
    kernel = pid(other)
    os.kill(kernel, signal.SIGSTOP)
    write(one, "From the one.")
    expect(one.saving).to_have_text("Saved")
    other.item("Looking back").get_by_role("textbox").fill("From the other.")
    os.kill(kernel, signal.SIGCONT)
    expect(other.saving).to_have_text("Saved", timeout=10_000)
    assert sorted(texts(path)) == ["From the one.", "From the other."]


def test_while_the_kernel_is_busy_nothing_is_said_to_be_saved(open_notebook: Open, path: Path) -> None:
    lab = open_notebook(begin(path), f"quiz('good', items={ITEMS})")
    lab.run_all()
    kernel = pid(lab)
    os.kill(kernel, signal.SIGSTOP)
    write(lab, "She smiled.")
    expect(lab.saving).to_contain_text("Not saved yet: the kernel is busy.", timeout=10_000)
    assert texts(path) == []
    os.kill(kernel, signal.SIGCONT)
    expect(lab.saving).to_have_text("Saved", timeout=10_000)
    assert texts(path) == ["She smiled."]


def test_what_was_written_while_the_kernel_was_busy_survives_a_reload_and_a_restart(
    open_notebook: Open, path: Path
) -> None:
    lab = open_notebook(begin(path), f"quiz('good', items={ITEMS})")
    lab.run_all()
    lab.command("docmanager:save")
    kernel = pid(lab)
    os.kill(kernel, signal.SIGSTOP)
    choose(lab.item("Cheap talk"), "Anyone can say it at no cost.")
    write(lab, "She smiled.")
    expect(lab.saving).to_contain_text("Not saved yet", timeout=10_000)
    os.kill(kernel, signal.SIGKILL)
    lab.reload()
    lab.restart()
    assert texts(path) == []
    lab.run_all()
    expect_answers(lab, "She smiled.")
    expect(lab.saving).to_have_text("Saved")
    assert texts(path) == ["She smiled."]
    assert lab.page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('iiv:'))") == []


def test_when_the_kernel_dies_the_text_stays_and_is_saved_after_run_all(open_notebook: Open, path: Path) -> None:
    lab = open_notebook(begin(path), f"quiz('good', items={ITEMS})")
    lab.run_all()
    write(lab, "Before.")
    expect(lab.saving).to_have_text("Saved")
    os.kill(pid(lab), signal.SIGKILL)
    write(lab, "After.")
    expect(lab.saving).to_contain_text("Not saved: the kernel does not answer. What you wrote is kept in this tab.",
                                       timeout=30_000)  # fmt: skip
    expect(lab.item("Looking back").get_by_role("textbox")).to_have_value("After.")
    assert texts(path) == ["Before."]
    died = lab.page.get_by_role("dialog")
    if died.count():
        died.get_by_role("button").last.click()
    lab.restart()
    lab.run_all()
    expect(lab.item("Looking back").get_by_role("textbox")).to_have_value("After.")
    expect(lab.saving).to_have_text("Saved")
    assert texts(path) == ["After."]


def test_a_workbook_that_cannot_be_written_is_said_with_the_reason(open_notebook: Open, path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    lab = open_notebook(begin(path), f"quiz('good', items={ITEMS})")
    lab.run_all()
    write(lab, "She smiled.")
    expect(lab.saving).to_contain_text(f"Not saved: {path} is no workbook")
    path.unlink()
    expect(lab.saving).to_have_text("Saved", timeout=10_000)
    assert texts(path) == ["She smiled."]


def test_what_is_erased_is_gone_from_every_view_and_does_not_come_back(open_notebook: Open, path: Path) -> None:
    lab = open_notebook(begin(path), f"quiz('good', items={ITEMS})", "quiz('good')")
    lab.run_all()
    choose(lab.item("Cheap talk").first, "Anyone can say it at no cost.")
    write_in = lab.item("Looking back").first.get_by_role("textbox")
    write_in.fill("zebra crossing")
    write_in.blur()
    expect(lab.saving.first).to_have_text("Saved")
    lab.python("from iiv_course.workbook.store import own; own().erase()")
    for view in range(2):
        expect(lab.item("Looking back").nth(view).get_by_role("textbox")).to_have_value("")
        expect(button(lab.item("Cheap talk").nth(view), "Hint")).to_be_visible()
    lab.restart()
    lab.run_all()
    expect(lab.item("Looking back").first.get_by_role("textbox")).to_have_value("")
    assert texts(path) == []
    assert b"zebra" not in path.read_bytes()
