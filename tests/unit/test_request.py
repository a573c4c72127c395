"""What a cell asks for: read back from its placeholder, drawn the same again, refused with what to write instead."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from iiv_course import bank as banks
from iiv_course.bank import UnknownName, _shelf
from iiv_course.items import CourseError
from iiv_course.page import (
    CourseIndex,
    Request,
    ShownPage,
    SkillsSpec,
    course_index,
    exercise_html,
    requests_in,
)
from iiv_course.page.html import LONG
from iiv_course.page.request import OF_A_BANK, SENTENCE
from iiv_course.page.spec import ReviewSpec
from tests.benchmarks.questions import generated_bank
from tests.book.review_course import SKILLS
from tests.hostile import HOSTILE

BANKS = Path(__file__).resolve().parents[1] / "cases" / "banks"
SEEDS = st.integers(-(10**30), 10**30)


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_shelf, "FOLDER", BANKS)


@pytest.mark.parametrize(
    "request_",
    [
        Request(kind="quiz", bank="good"),
        Request(kind="quiz", bank="good", items=("word", "trust")),
        Request(kind="quiz", bank="good", pick=3, seed=7),
        Request(kind="result", bank="good"),
        Request(kind="progress", bank="good"),
        Request(kind="skills", bank="good"),
        Request(kind="skills", bank="good", before="first"),
        Request(kind="continue"),
        Request(kind="workbook"),
        Request(kind="review"),
        Request(kind="lab", lab="interview"),
    ],
    ids=repr,
)
def test_a_placeholder_is_read_back(request_: Request) -> None:
    assert list(requests_in(f"<p>Before</p>{request_.placeholder()}<p>after</p>")) == [request_]


@given(bank=st.text(min_size=1), items=st.none() | st.lists(st.text(), min_size=1, unique=True), seed=SEEDS)
def test_any_names_survive_the_placeholder(bank: str, items: list[str] | None, seed: int) -> None:
    request = Request(kind="quiz", bank=bank, items=tuple(items) if items else None, seed=seed)
    assert list(requests_in(request.placeholder())) == [request]


def test_hostile_names_stay_within_the_attribute() -> None:
    for text in HOSTILE:
        placeholder = Request(kind="quiz", bank=text, items=(text,)).placeholder()
        before, after = '<div data-iiv="quiz" data-args="', f'"><p>{SENTENCE["quiz"]}</p></div>'
        arguments = placeholder.removeprefix(before).removesuffix(after)
        assert not {'"', "<", ">"} & set(arguments)
        assert json.loads(html.unescape(arguments)) == {"bank": text, "items": [text]}


def test_a_placeholder_holds_no_content_of_the_bank() -> None:
    placeholder = Request(kind="quiz", bank="good", items=("word",)).placeholder()
    item = banks.find(banks.load("good"), "word")
    assert item.title not in placeholder
    assert item.prompt not in placeholder


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "{",
        "[]",
        "7",
        "null",
        '{"bank": 7}',
        '{"bank": "good", "items": []}',
        '{"bank": "good", "more": 1}',
        '{"bank": "good", "pick": 0}',
        "[" * 100_000,
        '{"bank": "good", "seed": ' + "9" * 5_000 + "}",
    ],
    ids=lambda text: text[:30],
)
def test_a_placeholder_that_was_tampered_with_is_refused(arguments: str) -> None:
    tampered = f'<div data-iiv="quiz" data-args="{html.escape(arguments)}"></div>'
    with pytest.raises(ValueError, match="no placeholder of an exercise: data-iiv='quiz'"):
        list(requests_in(tampered))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="data-iiv='exam'"):
        list(requests_in('<div data-iiv="exam" data-args="{&quot;bank&quot;: &quot;good&quot;}"></div>'))


def test_text_without_placeholders_asks_for_nothing() -> None:
    assert list(requests_in("<p>data-iiv</p><!-- <div data-iiv=quiz> -->")) == []


@given(seed=SEEDS, pick=st.integers(1, 8))
def test_a_draw_repeats_and_holds_each_item_once(seed: int, pick: int) -> None:
    request = Request(kind="quiz", bank="good", pick=pick, seed=seed)
    drawn = [item.id for item in request.chosen()]
    assert drawn == [item.id for item in request.chosen()]
    assert len(drawn) == len(set(drawn)) == pick


def test_a_draw_is_the_same_in_every_version_of_python() -> None:
    # A notebook's stored output and a learner's answers hang on it.
    drawn = Request(kind="quiz", bank="good", pick=3, seed=7).chosen()
    assert [item.id for item in drawn] == ["sort", "costly-signs", "word"]


def test_another_seed_draws_other_items() -> None:
    draws = {tuple(item.id for item in Request(kind="quiz", bank="good", pick=3, seed=n).chosen()) for n in range(20)}
    assert len(draws) > 10


def test_a_draw_keeps_to_the_items_named() -> None:
    drawn = Request(kind="quiz", bank="good", items=("word", "trust", "sort"), pick=2).chosen()
    assert {item.id for item in drawn} < {"word", "trust", "sort"}


def test_items_stand_in_the_order_asked_for() -> None:
    assert [i.id for i in Request(kind="quiz", bank="good", items=("word", "trust")).chosen()] == ["word", "trust"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"items": []}, "items is empty; name some items or leave it out"),
        ({"items": "word"}, "items is 'word'; write a list: items=['word']"),
        ({"items": ["word", "word"]}, "items has 'word' twice; an exercise shows each item once"),
        ({"pick": 9}, "pick=9, but there are only 8 items to pick from"),
        ({"items": ["word"], "pick": 2}, "pick=2, but there are only 1 items to pick from"),
    ],
)
def test_arguments_that_do_not_fit_say_what_would(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(CourseError) as raised:
        Request.model_validate({"kind": "quiz", "bank": "good", **arguments}).chosen()
    assert str(raised.value) == message


@pytest.mark.parametrize("arguments", [{"pick": 0}, {"pick": True}, {"pick": 2.5}, {"seed": "7"}, {"items": [1]}])
def test_arguments_of_another_type_are_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Request.model_validate({"kind": "quiz", "bank": "good", **arguments})


def test_a_name_that_does_not_exist_offers_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"no item 'wrod' in bank 'good'; did you mean 'word'\?"):
        Request(kind="quiz", bank="good", items=("wrod",)).chosen()
    with pytest.raises(UnknownName, match=r"no bank 'goood'; did you mean 'good'\?"):
        Request(kind="quiz", bank="goood").chosen()


@pytest.mark.parametrize("kind", ["continue", "workbook", "review"])
def test_what_is_about_the_whole_course_takes_no_bank(kind: Literal["continue", "workbook", "review"]) -> None:
    assert Request(kind=kind).chosen() == ()
    with pytest.raises(CourseError, match=f"{kind} is about the whole course; leave 'good' out"):
        Request(kind=kind, bank="good")


@pytest.mark.parametrize("kind", OF_A_BANK)
def test_what_is_about_a_bank_names_it(kind: str) -> None:
    with pytest.raises(CourseError, match=f"{kind} is about a bank; name it"):
        Request.model_validate({"kind": kind})


def test_the_review_holds_what_is_graded_of_what_lessons_show() -> None:
    shown = Request(kind="quiz", bank="good", items=("word", "trust", "looking-back"))
    spec = Request(kind="review").spec({}, course_index([ShownPage([shown])]))
    assert isinstance(spec, ReviewSpec)
    assert [item.key for item in spec.items] == ["good/trust", "good/word"]


def test_skills_are_pairs_of_a_task_and_a_scale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (BANKS / "good.yml").read_text("utf-8")
    text = text.replace("id: word\n", "id: easy-task\n").replace("id: ease\n", "id: easy-sure\n")
    (tmp_path / "good.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path)
    request = Request(kind="skills", bank="good")
    spec = request.spec({})
    assert isinstance(spec, SkillsSpec)
    [skill] = spec.skills
    assert (skill.title, skill.task.key, skill.sure.key) == ("How easy", "good/easy-task", "good/easy-sure")
    assert [item.id for item in request.chosen()] == ["easy-task", "easy-sure"]


@pytest.fixture
def skill_banks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two banks of the same three skills, `first` and `again`."""
    for name in ("first", "again"):
        (tmp_path / f"{name}.yml").write_text(SKILLS.replace("bank: skills", f"bank: {name}"), encoding="utf-8")
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path)
    return tmp_path


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_each_skill_stands_beside_the_one_of_its_name_in_the_bank_before(skill_banks: Path) -> None:
    # In another order, and with one that the later bank does not ask about.
    renamed = ("id: closing-", "id: other-"), ("id: asking-", "id: closing-"), ("id: other-", "id: asking-")
    change(skill_banks / "first.yml", *renamed)
    change(skill_banks / "again.yml", ("id: listening-task", "id: hearing"))
    request = Request(kind="skills", bank="again", before="first")
    spec = request.spec({})
    assert isinstance(spec, SkillsSpec)
    pairs = [(skill.task.key, skill.before and (skill.before.task.key, skill.before.sure.key)) for skill in spec.skills]
    assert pairs == [
        ("again/asking-task", ("first/asking-task", "first/asking-sure")),
        ("again/closing-task", ("first/closing-task", "first/closing-sure")),
    ]
    assert [item.id for item in request.chosen()] == ["asking-task", "asking-sure", "closing-task", "closing-sure"]


def test_without_a_bank_before_no_skill_has_an_earlier_one(skill_banks: Path) -> None:
    spec = Request(kind="skills", bank="again").spec({})
    assert isinstance(spec, SkillsSpec)
    assert [skill.before for skill in spec.skills] == [None] * 3


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            [("id: asking-task", "id: askin-task"), ("id: closing-sure", "id: closed-sure")],
            "bank 'first' lacks skills that 'again' has: asking, closing; "
            "each is a question 'NAME-task' and a scale 'NAME-sure'",
        ),
        (
            [("text: Very sure", "text: Wholly sure")],
            "banks 'first' and 'again' have other levels for: asking, listening, closing; "
            "ratings stand side by side on the same levels",
        ),
    ],
    ids=["skills", "levels"],
)
def test_a_bank_before_with_other_skills_is_refused_by_their_names(
    skill_banks: Path, changes: list[tuple[str, str]], message: str
) -> None:
    change(skill_banks / "first.yml", *changes)
    request = Request(kind="skills", bank="again", before="first")
    # `iiv check` asks for the first, a page or widget for the second.
    for ask in (request.chosen, lambda: request.spec({})):
        with pytest.raises(CourseError) as raised:
            ask()
        assert str(raised.value) == message


def test_a_bank_before_that_does_not_exist_offers_the_nearest(skill_banks: Path) -> None:
    with pytest.raises(UnknownName, match=r"no bank 'frist'; did you mean 'first'\?"):
        Request(kind="skills", bank="again", before="frist").chosen()


@pytest.mark.parametrize(
    ("kind", "before", "message"),
    [
        ("quiz", "first", "only skills are shown with others before them; leave 'first' out"),
        ("skills", "again", "before is 'again', the bank itself; name an earlier one or leave it out"),
    ],
)
def test_only_skills_of_another_bank_come_before(kind: str, before: str, message: str) -> None:
    with pytest.raises(CourseError) as raised:
        Request.model_validate({"kind": kind, "bank": "again", "before": before})
    assert str(raised.value) == message


def test_a_bank_without_skills_says_what_would_be_one() -> None:
    with pytest.raises(CourseError) as raised:
        Request(kind="skills", bank="good").chosen()
    assert str(raised.value) == ("bank 'good' has no skills: each is a question 'NAME-task' and a scale 'NAME-sure'")


@pytest.mark.parametrize("kind", [kind for kind in SENTENCE if kind not in ("quiz", "skills", "lab", "sheet")])
def test_without_script_a_sentence_says_what_would_appear(kind: str) -> None:
    request = Request.model_validate({"kind": kind, **({"bank": "good"} if kind in OF_A_BANK else {})})
    shown = exercise_html(request.spec({}, CourseIndex(lessons=())))
    assert "<noscript><p>With JavaScript switched on, " in shown
    # In the book the whole index is a script of its own; a lesson holds its part.
    assert ('"index"' in shown) == (kind == "progress")


@pytest.mark.parametrize(("items", "long"), [(LONG - 1, False), (LONG, True)])
def test_only_a_long_list_is_drawn_as_its_reader_comes_near(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, items: int, long: bool
) -> None:
    (tmp_path / "drill.yml").write_text(generated_bank("drill", items), encoding="utf-8")
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path)
    shown = exercise_html(Request(kind="quiz", bank="drill").spec({}))
    assert ('class="iiv iiv-long"' in shown) is long
