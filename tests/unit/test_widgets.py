"""Live widgets without a browser: what Python reads back, who follows whom, and what a notebook stores."""

from __future__ import annotations

import gc
import json
import sqlite3
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from iiv_course import exercise, lesson_progress, lesson_result, my_workbook, quiz, review, skills_plot
from iiv_course.bank import UnknownName, _shelf
from iiv_course.items import CourseError
from iiv_course.page import Request
from iiv_course.widgets import CourseWidget, Exercise
from iiv_course.workbook.content import write_file
from iiv_course.workbook.store import BOOK, Store, own
from tests.book.review_course import SKILLS

BANKS = Path(__file__).resolve().parents[1] / "cases" / "banks"
AT = "2026-11-24T12:00:00Z"
VIEW = "application/vnd.jupyter.widget-view+json"

_ids = count(1)


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "good.yml").write_bytes((BANKS / "good.yml").read_bytes())
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path)
    monkeypatch.setenv("IIV_WORKBOOK", str(tmp_path / "workbook.sqlite3"))
    own.cache_clear()
    yield own()
    CourseWidget.close_all()
    own().close()
    own.cache_clear()


def state(*given: Any, shown: bool = False, text: str | None = None, **more: Any) -> dict[str, Any]:
    """The state of an item as the frontend makes it: an attempt for each response; `key` and `rev` come later."""
    attempts = [
        {"id": f"writer:{next(_ids)}", "round": 1, "at": AT, "response": response, "score": "0", "hints": 0}
        | {"revealed": False, "confidence": None}
        for response in given
    ]
    if shown:
        attempts += [{**attempts[-1], "id": f"writer:{next(_ids)}", "response": None, "score": None, "revealed": True}]
    version = next(_ids)
    parents = [f"writer:{version - 1}"] if text else []
    draft = [{"version": f"writer:{version}", "parents": parents, "text": text, "at": AT}] if text else []
    return {"round": 1, "attempts": attempts, "draft": draft, "rows": []} | more


def answer(widget: Exercise, **states: dict[str, Any]) -> None:
    """Set states by item id (with _ for -) as a view does: all that the view knows, in one message."""
    by_id = {item["key"].partition("/")[2]: item for item in widget.spec["items"]}
    now = dict(widget.state)
    for name, given in states.items():
        item = by_id[name.replace("_", "-")]
        attempts = [{"rev": item["rev"]} | attempt for attempt in given["attempts"]]
        now[item["key"]] = given | {"key": item["key"], "attempts": attempts}
    send(widget, state=now)


def send(widget: CourseWidget, **traits: Any) -> None:
    """What a view sends: JSON where texts may hold anything, and the number of the message."""
    as_text = {name: json.dumps(value) for name, value in traits.items()}
    widget.set_state({**as_text, "turn": {"view": widget.saved.get("view", 0) + 1}})


def test_nothing_answered_is_no_response_and_a_score_of_zero() -> None:
    widget = quiz("good")
    assert widget.responses == {}
    assert widget.score == 0.0


def test_every_response_is_read_back_by_the_items_id() -> None:
    widget = quiz("good")
    answer(
        widget,
        cheap_talk=state("free"),
        costly_signs=state(["months", "like"]),
        trust=state("0,533"),
        word=state("Cheap talk"),
        steps=state(["ask", "thank", "wait"]),
        sort=state({"how": "open", "do-you": "open"}),
        ease=state("hard"),
        looking_back=state(None, text="She smiled."),
    )
    assert widget.responses == {
        "cheap-talk": "free",
        "costly-signs": ["months", "like"],
        "trust": "0,533",
        "word": "Cheap talk",
        "steps": ["ask", "thank", "wait"],
        "sort": {"how": "open", "do-you": "open"},
        "ease": "hard",
        "looking-back": "She smiled.",
    }
    # One each for choice, numeric and text; 0 of multiple; a third of order; half of match; six are graded.
    assert widget.score == pytest.approx((1 + 0 + 1 + 1 + 1 / 3 + 1 / 2) / 6)


def test_python_grades_again_whatever_score_the_browser_sent() -> None:
    widget = exercise("good/cheap-talk")
    answer(widget, cheap_talk=state("rude"))
    widget.state = {key: {**value, "attempts": [{**a, "score": "1"} for a in value["attempts"]]}
                    for key, value in widget.state.items()}  # fmt: skip
    assert widget.score == 0.0


def test_the_last_answer_counts() -> None:
    widget = exercise("good/cheap-talk")
    answer(widget, cheap_talk=state("rude", "free"))
    assert (widget.responses, widget.score) == ({"cheap-talk": "free"}, 1.0)


def test_an_answer_that_was_shown_is_none_of_the_learners() -> None:
    widget = exercise("good/cheap-talk")
    answer(widget, cheap_talk=state("rude", shown=True))
    assert (widget.responses, widget.score) == ({"cheap-talk": "rude"}, 0.0)


@pytest.mark.parametrize("older", [{"rev": "00000000"}, {"round": 0}])
def test_an_answer_to_an_earlier_version_or_round_does_not_count(older: dict[str, Any]) -> None:
    widget = exercise("good/cheap-talk")
    given = state("free")
    answer(widget, cheap_talk=given | {"attempts": [attempt | older for attempt in given["attempts"]]})
    assert (widget.responses, widget.score) == ({}, 0.0)


def test_where_nothing_is_graded_there_is_no_score() -> None:
    widget = quiz("good", items=["ease", "looking-back"])
    answer(widget, ease=state("hard"))
    assert widget.score is None


def test_two_widgets_with_one_item_follow_each_other() -> None:
    one, other = quiz("good", items=["word", "trust"]), exercise("good/word")
    answer(one, word=state("small talk"))
    assert other.responses == {"word": "small talk"}
    answer(other, word=state("small talk", "cheap talk"))
    assert one.responses == {"word": "cheap talk"}
    assert one.state["good/word"] == other.state["good/word"]
    assert "good/trust" not in other.state


def test_a_widget_made_later_knows_what_was_answered_before() -> None:
    answer(quiz("good"), word=state("cheap talk"))
    assert exercise("good/word").responses == {"word": "cheap talk"}


def test_the_result_of_a_lesson_follows_its_items() -> None:
    result = lesson_result("good")
    answer(exercise("good/word"), word=state("cheap talk"))
    assert set(result.state) == {"good/word"}
    assert result.responses == {"word": "cheap talk"}


def test_a_view_that_lags_behind_takes_nothing_back() -> None:
    one, other = quiz("good"), quiz("good")
    answer(one, cheap_talk=state("rude"), looking_back=state(text="First."))
    lagging = dict(other.state)
    answer(one, cheap_talk=state("rude", "free"), looking_back=state(text="Second."))
    new = {**state("like"), "key": "good/costly-signs"}
    new["attempts"] = [attempt | {"rev": other.spec["items"][1]["rev"]} for attempt in new["attempts"]]
    like = [attempt | {"response": ["like"]} for attempt in new["attempts"]]
    send(other, state={**lagging, "good/costly-signs": new | {"attempts": like}})
    expected = {"cheap-talk": "free", "costly-signs": ["like"], "looking-back": "Second."}
    assert one.responses == other.responses == expected


def test_a_closed_widget_stops_following_and_is_collected() -> None:
    one, other = quiz("good"), quiz("good")
    other.close()
    answer(one, word=state("cheap talk"))
    assert other.responses == {}
    gone = weakref.ref(other)
    del other
    gc.collect()
    assert gone() is None


def test_the_spec_holds_nothing_of_the_learner() -> None:
    before = quiz("good").spec
    answer(quiz("good"), word=state("zebra"), looking_back=state(text="quagga"))
    assert quiz("good").spec == before


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (lambda: quiz("good"), "quiz('good')"),
        (lambda: quiz("good", items=["word", "trust"]), "quiz('good', items=['word', 'trust'])"),
        (lambda: quiz("good", pick=2, seed=3), "quiz('good', pick=2, seed=3)"),
        (lambda: exercise("good/word"), "quiz('good', items=['word'])"),
        (lambda: exercise("word"), "quiz('good', items=['word'])"),
        (lambda: lesson_result("good"), "lesson_result('good')"),
        (lambda: lesson_progress("good"), "lesson_progress('good')"),
        (lambda: my_workbook(), "my_workbook()"),
        (lambda: review(), "review()"),
    ],
)
def test_what_a_notebook_stores_is_the_call_and_the_placeholder(made: Callable[[], CourseWidget], shown: str) -> None:
    first, again = made(), made()
    (data, metadata), (data_again, _) = first._repr_mimebundle_(), again._repr_mimebundle_()
    assert metadata == {}
    assert data[VIEW]["model_id"] == first.model_id
    stored = {kind: text for kind, text in data.items() if kind != VIEW}
    assert stored == {"text/plain": shown, "text/html": first._request.placeholder()}
    assert stored == {kind: text for kind, text in data_again.items() if kind != VIEW}


def test_what_a_notebook_stores_does_not_change_with_the_answers() -> None:
    widget = quiz("good")
    before = widget._repr_mimebundle_()
    answer(widget, word=state("zebra"), looking_back=state(text="quagga"))
    assert widget._repr_mimebundle_() == before


def test_the_call_that_is_shown_makes_the_same_exercise() -> None:
    widget = exercise("good/word")
    again = eval(repr(widget), {"quiz": quiz})  # noqa: S307 - our own text
    assert again.spec == widget.spec


def test_a_plot_of_then_and_now_holds_the_answers_of_both(store: Store, tmp_path: Path) -> None:
    for name in ("first", "again"):
        (tmp_path / f"{name}.yml").write_text(SKILLS.replace("bank: skills", f"bank: {name}"), encoding="utf-8")
    both, again = skills_plot("again", before="first"), skills_plot("again")
    answer(quiz("first"), asking_sure=state("4"))
    answer(quiz("again"), asking_sure=state("2"))
    assert both.state.keys() == {"first/asking-sure", "again/asking-sure"}
    assert again.state.keys() == {"again/asking-sure"}
    assert (repr(both), repr(again)) == ("skills_plot('again', before='first')", "skills_plot('again')")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("quiz('goood')", "no bank 'goood'; did you mean 'good'?"),
        ("quiz('good', items=['wrod'])", "no item 'wrod' in bank 'good'; did you mean 'word'?"),
        ("exercise('wrod')", "no bank has an item 'wrod'; did you mean 'word'?"),
        ("exercise('goood/word')", "no bank 'goood'; did you mean 'good'?"),
        ("lesson_result('goood')", "no bank 'goood'; did you mean 'good'?"),
        ("quiz('good', pick=0)", "pick: Input should be greater than or equal to 1, not 0"),
        ("quiz('good', items='word')", "items is 'word'; write a list: items=['word']"),
        ("lesson_progress('goood')", "no bank 'goood'; did you mean 'good'?"),
        ("skills_plot('goood')", "no bank 'goood'; did you mean 'good'?"),
        ("skills_plot('good', before=7)", "before: Input should be a valid string, not 7"),
        ("quiz(7)", "bank: Input should be a valid string, not 7"),
    ],
)
def test_a_mistake_is_said_in_one_line_of_a_notebook(
    code: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shell = InteractiveShell(config=Config(HistoryManager={"enabled": False}), ipython_dir=str(tmp_path))
    done = shell.run_cell(f"from iiv_course import exercise, lesson_progress, lesson_result, quiz, skills_plot\n{code}")
    assert capsys.readouterr().out.strip() == said
    assert isinstance(done.error_in_exec, CourseError)


def test_a_mistake_leaves_no_half_made_widget_that_complains_later(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", heard.append)
    with pytest.raises(UnknownName):
        quiz("goood")
    gc.collect()
    assert heard == []


def test_importing_the_package_loads_no_widgets() -> None:
    code = "import sys, iiv_course; print(sorted({'anywidget', 'ipywidgets', 'pandas', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    import iiv_course

    with pytest.raises(AttributeError, match="has no attribute 'no_such_name'"):
        _ = iiv_course.no_such_name


def test_a_widget_asks_for_what_its_cell_asks_for() -> None:
    widget = quiz("good", pick=2, seed=3)
    chosen = Request(kind="quiz", bank="good", pick=2, seed=3).chosen()
    assert [item["key"] for item in widget.spec["items"]] == [f"good/{item.id}" for item in chosen]


def test_what_a_view_sends_is_in_the_workbook_when_it_is_said_to_be(store: Store) -> None:
    widget = exercise("good/word")
    answer(widget, word=state("zebra"))
    assert widget.saved == {"view": 1}
    assert store.path
    (kept,) = sqlite3.connect(store.path).execute("SELECT state FROM item").fetchone()
    assert "zebra" in kept


def test_what_cannot_be_written_is_not_said_to_be_saved(store: Store) -> None:
    widget = exercise("good/word")
    assert store.path
    store.close()
    aside = store.path.read_bytes()
    store.path.write_bytes(b"no database" * 1000)
    answer(widget, word=state("zebra"))
    assert widget.saved == {}
    assert "is no workbook" in widget.trouble
    store.path.write_bytes(aside)
    widget.set_state({"turn": {"view": 2}})
    assert (widget.saved, widget.trouble) == ({"view": 2}, "")
    assert exercise("good/word").responses == {"word": "zebra"}


def test_a_workbook_that_cannot_be_read_leaves_an_exercise_that_says_so(store: Store) -> None:
    assert store.path
    store.path.write_bytes(b"no database" * 1000)
    widget = exercise("good/word")
    assert widget.state == {}
    assert "is no workbook" in widget.trouble


def test_every_turn_of_every_view_is_acknowledged() -> None:
    widget = exercise("good/word")
    widget.set_state({"turn": {"one": 3}})
    widget.set_state({"turn": {"other": 1}})
    widget.set_state({"turn": {"other": 2, "one": 1}})
    assert widget.saved == {"one": 3, "other": 2}


def test_another_kernels_answer_is_seen_at_the_next_word_from_a_page(store: Store) -> None:
    widget = exercise("good/word")
    answer(quiz("good"), trust=state("1"))
    kernel = Store(store.path)
    kernel.put("good/word", {**state(text="From beside."), "key": "good/word"})
    assert widget.responses == {}
    widget.set_state({"turn": {"view": 1}})
    assert widget.responses == {"word": "From beside."}
    kernel.close()


def test_half_a_surrogate_pair_reaches_the_page_as_it_was(store: Store) -> None:
    store.put("good/word", {**state(text="a\ud800b"), "key": "good/word"})
    sent = exercise("good/word").get_state("state")["state"]
    assert sent.isascii()
    assert json.loads(sent)["good/word"]["draft"][0]["text"] == "a\ud800b"


@pytest.fixture
def ask() -> Callable[..., dict[str, Any]]:
    """Asks a widget as its page does; what comes back."""

    def ask(widget: CourseWidget, **message: Any) -> dict[str, Any]:
        said: list[dict[str, Any]] = []
        widget.send = lambda content, buffers=None: said.append(content)
        widget._handle_custom_msg({"id": "m1", **message}, [])
        (answer,) = said
        assert answer.pop("answers") == "m1"
        return answer

    return ask


Ask = Callable[..., dict[str, Any]]


def test_a_page_gets_the_whole_workbook(ask: Ask, store: Store) -> None:
    answer(quiz("good"), word=state("zebra"))
    content = json.loads(ask(exercise("good/trust"), ask="content")["content"])
    assert content == store.content()
    assert set(content["items"]) == {"good/word"}


def test_what_a_page_brings_in_is_shown_by_every_widget(ask: Ask) -> None:
    widget = exercise("good/word")
    given = {**state(text="From a file."), "key": "good/word"}
    content = {"items": {"good/word": given}, "erased": []}
    file = write_file(content, book=BOOK, kind="everything", now=datetime.now(UTC), name="file01")
    assert ask(my_workbook(), ask="absorb", file=file) == {}
    assert widget.responses == {"word": "From a file."}


def test_a_file_that_is_no_workbook_is_refused_with_the_reason(ask: Ask, store: Store) -> None:
    answer(quiz("good"), word=state("zebra"))
    before = store.content()
    refused = ask(my_workbook(), ask="absorb", file='{"format": "iiv-workbook", "items": 7}')["refused"]
    assert refused
    assert store.content() == before


def test_erasing_reaches_every_widget_and_what_is_still_on_its_way(ask: Ask, store: Store) -> None:
    widget, all_of_it = exercise("good/word"), my_workbook()
    answer(widget, word=state("zebra"))
    late = state("quagga")
    assert ask(all_of_it, ask="erase", erased=json.dumps([late["attempts"][0]["id"]])) == {}
    assert widget.state == all_of_it.state == {}
    answer(widget, word=late)
    assert widget.responses == {}
    assert store.content() == {"items": {}, "erased": widget.erased}


def test_a_workbook_shows_everything_and_a_lessons_progress_its_own() -> None:
    answer(quiz("good"), word=state("zebra"), ease=state("hard"))
    own().put("other/one", {**state(text="Elsewhere."), "key": "other/one"})
    assert set(my_workbook().state) == set(review().state) == {"good/word", "good/ease", "other/one"}
    assert set(lesson_progress("good").state) == {"good/word", "good/ease"}


def test_an_answer_in_review_is_none_of_the_lesson() -> None:
    widget = quiz("good", items=["word"])
    again = state("zebra", "quagga")
    again["attempts"][1]["review"] = again["attempts"][1]["id"]
    answer(widget, word=again)
    assert widget.responses == {"word": "zebra"}


def test_a_text_that_was_started_over_is_no_response() -> None:
    widget = exercise("good/looking-back")
    answer(widget, **{"looking-back": state(text="")})
    assert widget.responses == {}
