"""Live widgets without a browser: what Python reads back, who follows whom, and what a notebook stores."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from iiv_course import exercise, lesson_result, quiz, widgets
from iiv_course.bank import UnknownName, _shelf
from iiv_course.items import CourseError
from iiv_course.page import Request
from iiv_course.widgets import Exercise
from iiv_course.workbook import Store

BANKS = Path(__file__).resolve().parents[1] / "cases" / "banks"
AT = "2026-11-24T12:00:00Z"
VIEW = "application/vnd.jupyter.widget-view+json"

_ids = count()


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "good.yml").write_bytes((BANKS / "good.yml").read_bytes())
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path)
    fresh = Store()
    monkeypatch.setattr(widgets, "store", fresh)
    yield fresh
    Exercise.close_all()


def state(*given: Any, shown: bool = False, text: str | None = None, **more: Any) -> dict[str, Any]:
    """The state of an item as the frontend makes it: an attempt for each response; `key` and `rev` come later."""
    attempts = [
        {"id": f"a{next(_ids)}", "round": 1, "at": AT, "response": response, "score": "0", "hints": 0}
        | {"revealed": False, "confidence": None}
        for response in given
    ]
    if shown:
        attempts += [{**attempts[-1], "id": f"a{next(_ids)}", "response": None, "score": None, "revealed": True}]
    draft = [{"version": f"d{next(_ids)}", "parents": [], "text": text, "at": AT}] if text else []
    return {"round": 1, "attempts": attempts, "draft": draft, "rows": []} | more


def answer(widget: Exercise, **states: dict[str, Any]) -> None:
    """Set states by item id (with _ for -) as a view does: all that the view knows, in one message."""
    by_id = {item["key"].partition("/")[2]: item for item in widget.spec["items"]}
    now = dict(widget.state)
    for name, given in states.items():
        item = by_id[name.replace("_", "-")]
        attempts = [{"rev": item["rev"]} | attempt for attempt in given["attempts"]]
        now[item["key"]] = given | {"key": item["key"], "attempts": attempts}
    widget.set_state({"state": now})


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
    other.set_state({"state": {**lagging, "good/costly-signs": new | {"attempts": [
        attempt | {"response": ["like"]} for attempt in new["attempts"]]}}})  # fmt: skip
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
    ],
)
def test_what_a_notebook_stores_is_the_call_and_the_placeholder(made: Callable[[], Exercise], shown: str) -> None:
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
        ("quiz(7)", "bank: Input should be a valid string, not 7"),
    ],
)
def test_a_mistake_is_said_in_one_line_of_a_notebook(
    code: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shell = InteractiveShell(config=Config(HistoryManager={"enabled": False}), ipython_dir=str(tmp_path))
    done = shell.run_cell(f"from iiv_course import exercise, lesson_result, quiz\n{code}")
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

    with pytest.raises(AttributeError, match="has no attribute 'SpenceLab'"):
        _ = iiv_course.SpenceLab


def test_a_widget_asks_for_what_its_cell_asks_for() -> None:
    widget = quiz("good", pick=2, seed=3)
    chosen = Request(kind="quiz", bank="good", pick=2, seed=3).chosen()
    assert [item["key"] for item in widget.spec["items"]] == [f"good/{item.id}" for item in chosen]
