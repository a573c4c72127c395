"""What `iiv check` finds: each kind of problem with its place and what would do."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from iiv_course import bank, checks, items, notebooks, scenario, widgets
from iiv_course.bank import _shelf
from iiv_course.checks import check
from iiv_course.items import CourseError
from iiv_course.page import CALLS, Request
from iiv_course.scenario import _reading
from tests.scratch import ROOT, cell, lesson, markdown, notebook, write, write_course, write_notebook

LESSON = Path("notebooks", "01-small.ipynb")
BANK = Path("banks", "small.yml")

Edit = Callable[[dict[str, Any]], object]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound course, which is also the current folder."""
    write_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bank, "FOLDER", tmp_path / "banks")
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path / "banks")
    return tmp_path


def replace(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def with_cell(course: Path, source: str, html: str | None = None) -> list[str]:
    """The problems of a course whose lesson has one more cell, its fifth."""
    content = lesson()
    content["cells"].append(cell("more", source, html))
    write_notebook(course / LESSON, content)
    return check().problems


def test_a_sound_course_has_no_problem_and_everything_is_counted(course: Path) -> None:
    assert str(check()) == "checked 1 bank, 3 items, 1 notebook, 2 references: no problem"


def test_a_folder_below_a_course_is_enough_to_find_it(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course / "notebooks")
    assert check().problems == []


def test_outside_of_a_course_one_is_told_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match=r"no course here: no _config\.yml in this folder or above it"):
        check()


@pytest.mark.parametrize("path", ["banks/small.yml", "notebooks/01-small.ipynb", "banks", "notebooks", "."])
def test_a_bank_a_notebook_or_a_folder_can_be_checked_alone(course: Path, path: str) -> None:
    assert check([Path(path)]).problems == []


def test_a_path_that_does_not_exist_is_named(course: Path) -> None:
    assert check([Path("banks/smal.yml")]).problems == ["banks/smal.yml: no such file or folder"]


def test_a_file_of_another_kind_is_refused(course: Path) -> None:
    [problem] = check([Path("index.md")]).problems
    assert problem == "index.md: neither a bank (.yml), a notebook (.ipynb) nor a folder"


# Banks


def test_all_problems_of_a_bank_are_named_with_line_and_column(course: Path) -> None:
    replace(course / BANK, "type: choice", "type: chioce")
    replace(course / BANK, "[spence1973]", "[spense1973]", 3)
    problems = check([BANK]).problems
    assert problems[0].startswith("banks/small.yml:7:11: items[0] 'one': type is 'chioce', expected one of choice,")
    assert "banks/small.yml:10:15: items[0] 'one': sources[0] is 'spense1973'" in problems[1]
    assert problems[1].endswith("did you mean 'spence1973'?")
    assert len(problems) == 4


def test_a_broken_bank_costs_no_second_message_in_each_notebook_that_uses_it(course: Path) -> None:
    replace(course / BANK, "type: choice", "type: chioce")
    assert [problem for problem in check().problems if not problem.startswith("banks/")] == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("prompt: Why?", r"prompt: Why $\foo$?", "11:13: items[0] 'one': prompt: "),
        ("title: Cheap talk", r"title: Cheap $\foo$", "8:12: items[0] 'one': title: "),
        ("feedback: No.", "feedback: '![a](b.png)'", "15:42: items[0] 'one': options[1].feedback: "),
        ("explanation: It", r"explanation: $\foo$ It", "12:18: items[0] 'one': explanation: "),
        ("separate: Say", r"separate: $\foo$ Say", "4:13: objectives.separate: "),
        ("title: Small talk", r"title: $\foo$", "2:8: title: "),
    ],
)
def test_a_text_that_cannot_be_shown_is_found_where_it_stands(course: Path, old: str, new: str, place: str) -> None:
    replace(course / BANK, old, new)
    [problem] = check().problems
    assert problem.startswith(f"banks/small.yml:{place}")


def test_an_objective_needs_three_graded_items(course: Path) -> None:
    replace(course / BANK, "    objective: separate\n", "    objective: rest\n")
    replace(course / BANK, "items:\n", "  rest: Rest\nitems:\n")
    assert check().problems == [
        "banks/small.yml:4:13: objectives.separate: has 2 graded items; to judge it takes at least 3",
        "banks/small.yml:5:9: objectives.rest: has 1 graded item; to judge it takes at least 3",
    ]


def test_every_text_field_of_an_item_is_rendered_or_known_to_be_shown_as_it_stands() -> None:
    as_it_stands = {"id", "type", "objective", "sources", "category", "tolerance", "accepted", "unit"}
    as_it_stands |= {"lab", "given", "quantity", "equal"}
    as_it_stands |= {"kind", "review", "part", "date", "layout", "start", "beside", "example", "conversation"}
    models = [each for each in vars(items).values() if isinstance(each, type) and issubclass(each, items._Data)]
    fields = {
        name
        for model in models
        if model is not items.Bank
        for name, field in model.model_fields.items()
        if "str" in str(field.annotation) or "Literal" in str(field.annotation)
    }
    assert fields - as_it_stands == checks.RENDERERS.keys()


def test_a_bad_bank_is_refused_in_less_than_a_second(course: Path) -> None:
    replace(course / BANK, "type: choice", "type: chioce")
    start = time.process_time()
    check()
    assert time.process_time() - start < 1


# Conversations

TALK = Path("conversations", "small.yml")


@pytest.fixture
def talking(course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same course with a conversation, which an item of its bank holds and its lesson shows."""
    text = (ROOT / "tests" / "cases" / "scenarios" / "small.yml").read_text("utf-8")
    write(course / TALK, text.replace("lesson: 04-questions", f"lesson: {LESSON.stem}"))
    for module in (scenario, _reading):
        monkeypatch.setattr(module, "FOLDER", course / TALK.parent)
    item = (
        "  - {id: talk, type: conversation, title: A talk, objective: separate, prompt: Talk., conversation: small}\n"
    )
    write(course / BANK, (course / BANK).read_text("utf-8") + item)
    return course


def of_talks(problems: list[str]) -> list[str]:
    return [each for each in problems if "conversation" in each and "no notebook shows" not in each]


def test_a_conversation_that_is_not_there_gets_the_nearest(talking: Path) -> None:
    assert of_talks(check().problems) == []
    replace(talking / BANK, "conversation: small", "conversation: smal")
    [absent, left] = of_talks(check().problems)
    assert "conversation: no conversation 'smal'; did you mean 'small'?" in absent
    assert left == "conversations/small.yml: no item holds this conversation; give it one or take the file out"


def test_what_is_wrong_in_a_conversation_has_its_place(talking: Path) -> None:
    replace(talking / TALK, "setting: You call.", "setting: It costs $x^$.")
    replace(talking / TALK, f"lesson: {LESSON.stem}", "lesson: 01-smal")
    [unknown] = of_talks(check().problems)
    assert unknown.endswith(f"skills.asking.lesson is '01-smal', no lesson; did you mean '{LESSON.stem}'?")
    assert unknown.startswith("conversations/small.yml:8:")
    replace(talking / TALK, "lesson: 01-smal", f"lesson: {LESSON.stem}")
    [math] = of_talks(check().problems)
    assert math.startswith("conversations/small.yml:9:10: setting: ")


# Notebooks


def test_a_file_that_is_no_notebook_is_named_with_the_place(course: Path) -> None:
    write(course / LESSON, '{"cells": [\n}')
    assert "notebooks/01-small.ipynb:2:1: no notebook (no JSON): Expecting value" in check().problems[0]


def test_a_syntax_error_is_placed_in_its_cell(course: Path) -> None:
    [problem] = with_cell(course, "x = 1\nquiz('small'")
    assert problem == "notebooks/01-small.ipynb: cell 5 (more), line 2: no Python: '(' was never closed"


def test_magics_are_no_syntax_errors(course: Path) -> None:
    assert with_cell(course, "%matplotlib inline\n!ls") == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('quiz("smal")', "no bank 'smal'; did you mean 'small'?"),
        ('quiz("small", items=["oen"])', "no item 'oen' in bank 'small'; did you mean 'one'?"),
        ('exercise("small/oen")', "no item 'oen' in bank 'small'; did you mean 'one'?"),
        ('exercise("oen")', "no bank has an item 'oen'; did you mean 'one'?"),
        ('lesson_result("smal")', "no bank 'smal'; did you mean 'small'?"),
        ('quiz("small", pick=9)', "pick=9, but there are only 3 items to pick from"),
        ('quiz("small", pick=0)', "quiz(…): pick: Input should be greater than or equal to 1"),
        ("quiz(3)", "quiz(…): bank: Input should be a valid string"),
        ("exercise(3)", "exercise() takes a key such as 'bank/item', not 3"),
        ('quiz("small", itms=["one"])', "quiz() got an unexpected keyword argument 'itms'"),
        ("quiz()", "quiz() missing 1 required positional argument: 'bank'"),
        ("quiz(name)", "quiz(…) has a computed argument; write it out, for checks do not run it"),
        ('quiz(*["small"])', "quiz(…) has a computed argument; write it out, for checks do not run it"),
        ('iiv_course.quiz("smal")', "no bank 'smal'; did you mean 'small'?"),
    ],
)
def test_a_call_that_asks_for_what_is_not_there_is_named(course: Path, source: str, message: str) -> None:
    assert with_cell(course, source) == [f"notebooks/01-small.ipynb: cell 5 (more): {message}"]


@pytest.mark.parametrize("source", ['quiz("small")\n1', 'a = quiz("small")', 'quiz("small").score', 'quiz("small");'])
def test_an_exercise_that_the_cell_does_not_end_in_shows_nothing(course: Path, source: str) -> None:
    [problem] = with_cell(course, source)
    assert problem.endswith("quiz(…) is not what the cell ends in, so it shows nothing; give it a cell")


def test_an_exercise_without_stored_output_is_found_because_nbval_would_pass_it(course: Path) -> None:
    content = lesson()
    content["cells"][2]["outputs"] = []
    write_notebook(course / LESSON, content)
    assert check().problems == [
        "notebooks/01-small.ipynb: cell 3 (quiz): has no stored output, so the test of its notebook would prove "
        "nothing; run: iiv refresh notebooks/01-small.ipynb"
    ]


@pytest.mark.parametrize("source", ['quiz("small", items=["one", "two", "three"])', "1 + 1"])
def test_the_stored_output_of_other_code_is_found(course: Path, source: str) -> None:
    content = lesson()
    content["cells"].append(cell("more", source, Request(kind="quiz", bank="small").placeholder()))
    write_notebook(course / LESSON, content)
    problem = check().problems[0]
    assert problem == (
        "notebooks/01-small.ipynb: cell 5 (more): its stored output belongs to other code; "
        "run: iiv refresh notebooks/01-small.ipynb"
    )


def _widget_state(content: dict[str, Any]) -> None:
    content["metadata"]["widgets"] = {}


def _widget_view(content: dict[str, Any]) -> None:
    content["cells"][2]["outputs"][0]["data"][notebooks.WIDGET_TYPES[0]] = {"model_id": "1"}


def _execution(content: dict[str, Any]) -> None:
    content["cells"][2]["metadata"]["execution"] = {"iopub.status.busy": "2026"}


def _error(content: dict[str, Any]) -> None:
    output = {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": []}
    content["cells"][1]["outputs"].append(output)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_widget_state, ": stores the state of widgets; "),
        (_widget_view, ": cell 3 (quiz): stores a widget, which shows nothing without its kernel; "),
        (_execution, ": cell 3 (quiz): stores when it was run; "),
        (_error, ": cell 2 (import): stores the error NameError; mend the cell, then "),
    ],
)
def test_what_a_run_left_behind_is_found(course: Path, spoil: Edit, message: str) -> None:
    content = lesson()
    spoil(content)
    write_notebook(course / LESSON, content)
    assert check().problems == [f"notebooks/01-small.ipynb{message}run: iiv refresh notebooks/01-small.ipynb"]


def test_a_lesson_ends_with_its_result(course: Path) -> None:
    content = lesson()
    content["cells"].pop()
    write_notebook(course / LESSON, content)
    [problem] = check().problems
    assert problem.endswith('a lesson ends with its result, and this one does not; add lesson_result("small")')


def test_what_is_no_lesson_needs_no_result(course: Path) -> None:
    request = Request(kind="quiz", bank="small", pick=2)
    write_notebook(
        course / "notebooks" / "review.ipynb", notebook(cell("a", 'quiz("small", pick=2)', request.placeholder()))
    )
    assert check().problems == []


# The whole


def test_an_item_that_no_notebook_shows_is_found(course: Path) -> None:
    content = lesson()
    request = Request(kind="quiz", bank="small", items=("one", "three"))
    content["cells"][2] = cell("quiz", 'quiz("small", ["one", "three"])', request.placeholder())
    write_notebook(course / LESSON, content)
    assert check().problems == ["banks/small.yml: no notebook shows 'small/two'; show it or take it out"]


def test_an_item_that_lessons_show_twice_is_found(course: Path) -> None:
    request = Request(kind="quiz", bank="small", items=("one",))
    problems = with_cell(course, 'exercise("one")', request.placeholder())
    assert problems == [
        "notebooks/01-small.ipynb: shows 'small/one' a second time, after notebooks/01-small.ipynb; "
        "lessons show an item once"
    ]


def test_a_link_to_a_reference_that_is_not_there_is_found_on_its_line(course: Path) -> None:
    replace(course / "index.md", "#crawford1982", "#crawfrd1982")
    content = lesson()
    content["cells"].append(markdown("end", "[S](../book/references.md#spence) and {cite:p}`crawford1982,spense1973`"))
    write_notebook(course / LESSON, content)
    assert sorted(check().problems) == [
        "index.md:3: no reference 'crawfrd1982'; did you mean 'crawford1982'?",
        "notebooks/01-small.ipynb: cell 5 (end): no reference 'spence'; did you mean 'spence1973'?",
        "notebooks/01-small.ipynb: cell 5 (end): no reference 'spense1973'; did you mean 'spence1973'?",
    ]


def test_a_reference_that_nobody_cites_is_found_on_its_line(course: Path) -> None:
    write(course / "index.md", "# Welcome\n")
    assert check().problems == ["book/references.bib:2: 'crawford1982' is cited nowhere; cite it or take it out"]


def test_broken_references_are_told_once_and_hide_nothing_else(course: Path) -> None:
    write(course / "book" / "references.bib", "@article{spence1973, author = {Spence")
    replace(course / BANK, "type: choice", "type: chioce")
    problems = check().problems
    assert problems[0].startswith("book/references.bib: ")
    assert problems[1].startswith("banks/small.yml:7:11")


def test_checks_take_the_arguments_that_the_widgets_take() -> None:
    assert checks.ARGUMENTS.keys() == CALLS.keys()
    for name, function in checks.ARGUMENTS.items():
        ours, theirs = (inspect.signature(each).parameters.values() for each in (function, getattr(widgets, name)))
        assert [(p.name, p.kind, p.default) for p in ours] == [(p.name, p.kind, p.default) for p in theirs]
