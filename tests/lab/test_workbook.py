"""What one did, in JupyterLab: looked over, printed, taken away, brought back, chosen from, begun again and moved."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from iiv_course.workbook.store import BOOK, Store
from tests.lab.conftest import ROOT, Lab, Open, Server
from tests.lab.test_answers import button, choose

pytestmark = pytest.mark.lab

IMPORT = "from iiv_course import lesson_progress, lesson_result, my_workbook, quiz, skills_plot"
LOOKING = "good/looking-back"
HERE, THERE = "From the kitchen.", "From the <b>train</b>.\n\nIn May."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workbook.sqlite3"


@pytest.fixture
def stored(path: Path) -> Iterator[Store]:
    """The workbook on disk, as another program sees it."""
    store = Store(path)
    yield store
    store.close()


@pytest.fixture
def begin(path: Path) -> str:
    """The first cell: this notebook's answers are kept."""
    return f"import os\nos.environ['IIV_WORKBOOK'] = {str(path)!r}\n{IMPORT}"


def written(version: str, text: str) -> dict[str, Any]:
    draft = {"version": version, "parents": [], "text": text, "at": "2026-03-04T12:00:00.000Z"}
    return {"key": LOOKING, "round": 1, "attempts": [], "draft": [draft], "rows": []}


def texts(store: Store) -> list[str]:
    state = store.get(LOOKING)
    return [draft["text"] for draft in state["draft"]] if state else []


def responses(store: Store, key: str) -> list[tuple[int, Any]]:
    state = store.get(key)
    return [(attempt["round"], attempt["response"]) for attempt in state["attempts"]] if state else []


def rounds(store: Store) -> dict[str, int]:
    return {key: state["round"] for key, state in store.content()["items"].items()}


def workbook(lab: Lab) -> Locator:
    return lab.panel.get_by_role("region", name="Your workbook", exact=True)


def panel(lab: Lab, name: str) -> Locator:
    return workbook(lab).get_by_role("group", name=name, exact=True)


def saved(lab: Lab, tmp_path: Path, kind: str, preview: str) -> Path:
    """The file that a button of the workbook saves, after it said what is inside."""
    button(workbook(lab), kind).click()
    expect(panel(lab, kind)).to_contain_text(preview)
    with lab.page.expect_download() as download:
        button(panel(lab, kind), "Save the file").click()
    target = tmp_path / download.value.suggested_filename
    download.value.save_as(target)
    expect(workbook(lab)).to_contain_text("The file is in your downloads.")
    return target


def bring(lab: Lab, name: str, content: bytes) -> Locator:
    """Choose a file to bring back; the panel that says what it will change."""
    button(workbook(lab), "Bring answers back").click()
    bringing = panel(lab, "Bring answers back")
    file: FilePayload = {"name": name, "mimeType": "application/json", "buffer": content}
    bringing.get_by_label("A file that you saved from this course").set_input_files(file)
    return bringing


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Go on with version 1", HERE),
        ("Go on with version 2", THERE),
        ("Put them together", f"{HERE}\n\n{THERE}"),
    ],
    ids=["first", "second", "together"],
)
def test_of_two_versions_of_a_text_the_chosen_one_goes_on_everywhere(
    open_notebook: Open, begin: str, stored: Store, name: str, text: str
) -> None:
    stored.put(LOOKING, written("aaaaaa:1", HERE))
    stored.put(LOOKING, written("bbbbbb:1", THERE))
    lab = open_notebook(begin, "quiz('good', items=['looking-back'])", "quiz('good', items=['looking-back'])")
    lab.run_all()
    choosing = lab.panel.get_by_role("group", name="Two versions were written apart")
    expect(choosing).to_have_count(2)
    expect(choosing.first.get_by_role("blockquote")).to_have_text([HERE, THERE])
    button(choosing.first, name).press("Enter")
    for view in range(2):
        expect(lab.item("Looking back").nth(view).get_by_role("textbox")).to_have_value(text)
    expect(choosing).to_have_count(0)
    expect(lab.saving.first).to_have_text("Saved")
    assert texts(stored) == [text]


def test_an_exercise_is_started_over_and_its_history_stays(open_notebook: Open, begin: str, stored: Store) -> None:
    lab = open_notebook(
        begin, "quiz('good', items=['cheap-talk', 'looking-back'])", "quiz('good', items=['cheap-talk'])"
    )
    lab.run_all()
    for view in range(2):
        expect(lab.item("Cheap talk").nth(view)).to_be_visible()
    talk = lab.item("Cheap talk").first
    choose(talk, "Anyone can say it at no cost.")
    button(talk, "Start over").click()
    expect(button(talk, "Leave it")).to_be_focused()
    with lab.page.expect_download() as download:
        button(talk, "Save a file first").click()
    assert json.loads(Path(download.value.path()).read_text("utf-8"))["items"][0]["key"] == "good/cheap-talk"
    button(talk, "Start over now").press("Enter")
    for view in range(2):
        expect(lab.item("Cheap talk").nth(view).get_by_role("status")).to_be_empty()
    choose(talk, "It sounds impolite.")
    expect(talk.get_by_role("status")).to_contain_text("One try left.")
    expect(lab.saving.first).to_have_text("Saved")
    assert responses(stored, "good/cheap-talk") == [(1, "free"), (2, "rude")]


def answered_lesson(lab: Lab, store: Store) -> None:
    """Two answers and a text in this lesson, one text in another."""
    lab.run_all()
    choose(lab.item("Cheap talk"), "Anyone can say it at no cost.")
    lab.item("Looking back").get_by_role("textbox").fill(HERE)
    lab.item("Looking back").get_by_role("textbox").blur()
    expect(lab.saving.first).to_have_text("Saved")
    assert texts(store) == [HERE]
    store.put("other/text", {**written("dddddd:1", "Elsewhere."), "key": "other/text"})


def test_a_lesson_is_started_over_and_no_other(open_notebook: Open, begin: str, stored: Store) -> None:
    lab = open_notebook(begin, "quiz('good', items=['cheap-talk', 'looking-back'])", "lesson_result('good')")
    answered_lesson(lab, stored)
    result = lab.panel.get_by_role("region", name="Your result: A bank in order")
    button(result, "Start this lesson over").click()
    button(result, "Start over now").click()
    expect(result).to_contain_text("Nothing answered yet.")
    expect(lab.item("Cheap talk").get_by_role("status")).to_be_empty()
    expect(lab.item("Looking back").get_by_role("textbox")).to_have_value("")
    assert rounds(stored) == {"good/cheap-talk": 2, LOOKING: 2, "other/text": 1}
    assert responses(stored, LOOKING) == [(1, HERE)]


def test_the_course_is_started_over_and_earlier_texts_are_folded_away(
    open_notebook: Open, begin: str, stored: Store
) -> None:
    lab = open_notebook(begin, "quiz('good', items=['cheap-talk', 'looking-back'])", "my_workbook()")
    answered_lesson(lab, stored)
    button(workbook(lab), "Start the course over").click()
    button(panel(lab, "Start the course over"), "Start over now").click()
    expect(workbook(lab)).to_contain_text("Started over.")
    expect(lab.item("Cheap talk").get_by_role("status")).to_be_empty()
    assert rounds(stored) == {"good/cheap-talk": 2, LOOKING: 2, "other/text": 2}
    article = workbook(lab).get_by_role("article").filter(has_text="Looking back")
    article.get_by_text("Before you started over").click()
    expect(article.get_by_text(HERE)).to_be_visible()


@pytest.fixture
def filled(open_notebook: Open, begin: str, stored: Store) -> Lab:
    """A workbook with an answer that was right, one that was wrong, and a text."""
    lab = open_notebook(begin, "quiz('good')", "my_workbook()")
    lab.run_all()
    choose(lab.item("Cheap talk"), "Anyone can say it at no cost.")
    lab.item("The word").get_by_role("textbox").fill("small talk")
    button(lab.item("The word"), "Check").click()
    lab.item("Looking back").get_by_role("textbox").fill(THERE)
    lab.item("Looking back").get_by_role("textbox").blur()
    expect(workbook(lab).get_by_role("blockquote")).to_have_text(THERE)
    expect(lab.saving.first).to_have_text("Saved")
    return lab


def test_the_workbook_tells_progress_what_was_written_and_what_was_missed(filled: Lab) -> None:
    rows = workbook(filled).get_by_role("group", name="Progress by lesson and objective").get_by_role("row")
    lesson = rows.filter(has=filled.page.get_by_role("rowheader", name="A bank in order"))
    expect(lesson.get_by_role("cell")).to_have_text(["2 of 7 answered · 1 text written", "1 of 6", "1 of 6"])
    expect(workbook(filled).get_by_role("listitem").filter(has_text="The word")).to_contain_text(
        "not right yet; you last wrote “small talk”"
    )
    filled.item("Looking back").get_by_role("textbox").fill("Now from here.")
    expect(workbook(filled).get_by_role("blockquote")).to_have_text("Now from here.")


def test_both_files_say_what_is_inside_and_hold_that(filled: Lab, tmp_path: Path) -> None:
    everything = saved(filled, tmp_path, "Save everything, for me", "In this file: 2 answers, 1 text.")
    answers = saved(filled, tmp_path, "Save answers only, for my instructor", "In this file: 2 answers.")
    assert (everything.name, answers.name) == (f"{BOOK}-everything.json", f"{BOOK}-answers.json")
    assert {item["key"] for item in json.loads(everything.read_text("utf-8"))["items"]} == {
        "good/cheap-talk",
        "good/word",
        LOOKING,
    }
    for secret in ("train", "small talk"):
        assert secret in everything.read_text("utf-8")
        assert secret not in answers.read_text("utf-8")


def test_a_file_is_brought_back_after_it_said_what_it_will_change(filled: Lab, tmp_path: Path, stored: Store) -> None:
    file = saved(filled, tmp_path, "Save everything, for me", "1 text").read_bytes()
    elsewhere = json.loads(file)
    [item] = [item for item in elsewhere["items"] if item["key"] == LOOKING]
    item["draft"] = written("eeeeee:1", HERE)["draft"]
    [talk] = [item for item in elsewhere["items"] if item["key"] == "good/cheap-talk"]
    talk["attempts"].append({**talk["attempts"][0], "id": "eeeeee:2", "response": "rude"})
    bringing = bring(filled, "mine.json", json.dumps(elsewhere).encode())
    expect(bringing.get_by_role("listitem")).to_have_text(
        ["1 answer is new.", "1 text was written apart: both versions are kept, and you choose."]
    )
    button(bringing, "Leave it").click()
    expect(workbook(filled)).to_contain_text("Nothing was changed.")
    assert texts(stored) == [THERE]
    bringing = bring(filled, "mine.json", json.dumps(elsewhere).encode())
    button(bringing, "Bring in").click()
    expect(workbook(filled)).to_contain_text("Brought in. What the file holds is here now.")
    assert sorted(texts(stored)) == sorted([HERE, THERE])
    assert responses(stored, "good/cheap-talk") == [(1, "free"), (1, "rude")]
    expect(filled.panel.get_by_role("group", name="Two versions were written apart")).to_be_visible()


def test_a_file_that_is_none_of_ours_is_refused_and_changes_nothing(filled: Lab, stored: Store) -> None:
    before = stored.content()
    bringing = bring(filled, "<b>x</b>.json", b'{"format": "<img src=x onerror=alert(1)>"}')
    expect(bringing.get_by_role("alert")).to_contain_text(
        "“<b>x</b>.json” was not brought in, and nothing was changed."
    )
    expect(button(bringing, "Bring in")).to_have_count(0)
    assert stored.content() == before


def test_everything_is_erased_here_and_on_the_disk(filled: Lab, stored: Store, path: Path) -> None:
    button(workbook(filled), "Erase everything").click()
    button(panel(filled, "Erase everything"), "Erase it all").click()
    expect(workbook(filled)).to_contain_text("your workbook fills by itself")
    expect(filled.item("Looking back").get_by_role("textbox")).to_have_value("")
    assert stored.content()["items"] == {}
    assert not any(b"train" in file.read_bytes() for file in path.parent.glob("workbook.sqlite3*"))


PRINT = """() => {
    const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow");
    const print = ({ document }) => {
        const shown = (name) => [...document.querySelectorAll(name)].filter((each) => each.checkVisibility()).length;
        window.printed = { title: document.title, text: document.body.innerText, buttons: shown("button"),
                           quoted: getComputedStyle(document.querySelector("blockquote")).whiteSpace };
    };
    Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", {
        get() {
            const view = get.call(this);
            if (view) view.print = () => print(view);
            return view;
        },
    });
}"""
"""Look at what goes to the printer, which a test does not have."""


def test_the_notebook_prints_the_workbook_as_a_document_of_its_own(filled: Lab) -> None:
    filled.spoilt = True
    filled.page.emulate_media(media="print")
    filled.page.evaluate(PRINT)
    # In print nobody sees the button; a press of it is what is tested.
    workbook(filled).locator("button", has_text="Print").evaluate("(button) => button.click()")
    printed = filled.page.evaluate("() => window.printed ?? {}")
    assert (printed["title"], printed["buttons"]) == ("Your workbook", 0)
    for words in ("Your progress", "2 of 7 answered", "In May.", "What you missed on the first try"):
        assert words in printed["text"]
    for words in ("Erase", "Save", "How sure, and how right", "Kernel"):
        assert words not in printed["text"]
    assert printed["quoted"] == "pre-wrap"


def test_the_skills_plot_follows_the_answers(open_notebook: Open, begin: str) -> None:
    lab = open_notebook(begin, "quiz('start-here')", "skills_plot('start-here')")
    lab.run_all()
    expect(lab.panel.get_by_text("Nothing answered yet. Your dots appear here as you go.")).to_be_visible()
    rating = lab.panel.locator("form").filter(has=lab.page.get_by_role("button", name="Save", exact=True)).first
    rating.get_by_role("radio").nth(3).check()
    button(rating, "Save").click()
    plot = lab.panel.get_by_role("region", name="How sure you are of each skill")
    expect(plot.get_by_role("cell").filter(has_text="4 of ")).to_have_count(1)
    expect(plot.locator(".iiv-skill .iiv-dot")).to_have_count(1)
    lab.restart()
    lab.run_all()
    expect(plot.get_by_role("cell").filter(has_text="4 of ")).to_have_count(1)


@pytest.mark.parametrize(
    ("name", "before", "words"),
    [
        (
            "workbook.ipynb",
            ["What you did in this course stands here.", "Your call sheet stands here."],
            ["As you answer and write in the lessons", "Nothing stands here yet. What you write in"],
        ),
        ("review.ipynb", ["What is due for review stands here."], ["Nothing waits for review yet."]),
    ],
)
def test_a_notebook_of_the_course_shows_one_sentence_a_place_and_then_what_there_is(
    open_notebook: Open, server: Server, name: str, before: list[str], words: list[str]
) -> None:
    copy = Path(shutil.copy(ROOT / "notebooks" / name, server.folder / name))
    lab = open_notebook(path=copy)
    sentences = [f"{stands} In JupyterLab it appears after Run → Run All Cells." for stands in before]
    expect(lab.panel.get_by_text("In JupyterLab it appears after Run")).to_have_text(sentences)
    expect(lab.widgets).to_have_count(0)
    lab.run_all()
    expect(lab.widgets).to_contain_text(words)


def test_a_workbook_that_is_moved_away_under_an_open_notebook_is_begun_anew_and_saved_in(
    open_notebook: Open, begin: str, path: Path
) -> None:
    lab = open_notebook(begin, "quiz('good', items=['cheap-talk', 'looking-back'])")
    lab.run_all()
    choose(lab.item("Cheap talk"), "Anyone can say it at no cost.")
    expect(lab.saving).to_have_text("Saved")
    moved = path.rename(path.with_name("moved.sqlite3"))
    lab.item("Looking back").get_by_role("textbox").fill(HERE)
    lab.item("Looking back").get_by_role("textbox").blur()
    expect(lab.saving).to_have_text("Saved")
    # Read by another program: what is said to be saved is where the workbook is looked for.
    lab.python(f"from pathlib import Path; assert Path({str(path)!r}).exists()")
    expect(lab.item("Looking back").get_by_role("textbox")).to_have_value(HERE)
    for file, key in ((path, LOOKING), (moved, "good/cheap-talk")):
        store = Store(file, create=False)
        assert store.get(key) is not None
        store.close()


def test_the_call_sheet_is_filled_from_the_brief_and_begins_its_clock(open_notebook: Open, begin: str) -> None:
    call = (
        "call_sheet('preparation/dossier', 'questions/my-questions', 'follow-up/talk-notes', show=['decide', 'only'])"
    )
    lab = open_notebook(f"{begin}\nfrom iiv_course import call_sheet", "quiz('preparation', items=['dossier'])", call)
    lab.run_all()
    sheet = lab.page.get_by_role("region", name="Call sheet")
    expect(sheet).to_contain_text("Nothing stands here yet.")
    lab.page.get_by_role("textbox", name="What I want to decide").fill("Whether to apply this year.")
    lab.page.keyboard.press("Tab")
    expect(sheet.get_by_role("definition")).to_have_text("Whether to apply this year.")
    button(sheet, "Start 20 minutes").click()
    expect(sheet.get_by_role("timer")).not_to_have_text("20:00")
