"""Explore items: what a bank may ask of a lab, that it can be reached, and what of an answer counts."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from iiv_course import bank, exploring
from iiv_course.bank import BankError, read_bank
from iiv_course.checks import check
from iiv_course.grading import grade
from iiv_course.items import Bank, Explore, rev
from iiv_course.page.html import exercise_html
from iiv_course.page.spec import ExploreSpec, QuizSpec, item_spec, quiz_spec

FILE = Path(__file__).parents[1] / "cases" / "banks" / "exploring.yml"
TEXT = FILE.read_text("utf-8")


def explored(name: str, text: str = TEXT, folder: Path | None = None) -> Explore:
    file = FILE
    if folder:
        file = folder / FILE.name
        file.write_text(text, "utf-8")
    item = bank.find(read_bank(file), name)
    assert isinstance(item, Explore)
    return item


def problem(folder: Path, stands: str, written: str) -> str:
    """What an author hears who wrote something else in one place."""
    assert stands in TEXT
    file = folder / FILE.name
    file.write_text(TEXT.replace(stands, written, 1), "utf-8")
    with pytest.raises(BankError) as caught:
        read_bank(file)
    [only] = caught.value.problems
    return f"{only.line}:{only.column} {only.message}"


SLIPS = [
    # names, with the nearest one
    ("lab: spence", "lab: spance", "10:10 lab is 'spance', expected 'spence', 'effort' or 'cues'"),
    ("{threshold: 1.5", "{thresold: 1.5", "12:23 given.thresold: no setting of the lab 'spence'; did you mean 'thresh"),
    ("[{id: threshold", "[{id: treshold", "13:21 controls[0].id: no slider 'treshold' in the lab 'spence'; did you me"),
    ("net_high", "net_hihg", "20:23 goal[0].quantity: no quantity 'net_hihg' in the lab 'spence'; did you mean 'net_h"),
    ("net_high", "trust", "goal[0].quantity: no quantity 'trust' in the lab 'spence'; there are: belief, invests_low,"),
    ("at_least: 1.4", "atleast: 1.4", "goal[0].atleast is not a field here; did you mean 'at_least'?"),
    ("is: holds", "equal: holds", "goal[1].equal is not a field here"),
    # words and numbers
    ("belief: separating", "belief: seperating", "12:60 given.belief: is 'seperating'; did you mean 'separating'?"),
    ("belief: separating", "belief: 1", "given.belief: is 1, expected a word; there are: separating, nobody_invests,"),
    ("belief: separating", "belief: true", "given.belief is true here; write a word, or a plain number such as 12 or"),
    ("share: 0.5", "share: half", "given.share: is 'half', expected a number"),
    ("share: 0.5", "share: 1", "12:36 given.share: is 1; in this lab it goes from 0.05 to 0.95"),
    ("given: {authenticity: 1}", "given: {authenticity: 1, cues: 111}", "given.cues: is 111, expected 1 for each good"),
    ("given: {authenticity: 1}", "given: {authenticity: 1, cues: '112'}", "given.cues: is '112', expected 1 for each"),
    ("is: holds", "is: hold", "20:72 goal[1].is: 'hold'; did you mean 'holds'?"),
    ("is: holds", "at_least: 1", "goal[1].at_least: 'belief' is a word; write is: and one of holds, fails"),
    ("at_least: 1.4", "is: much", "goal[0].is: 'net_high' is a number, and this is 'much'"),
    ("at_least: 1.4", "at_least: much", "goal[0].at_least is 'much' here, expected a number such as 12 or 0.5, withou"),
    ("at_least: 1.4", "at_least: 1.4, at_most: 2", "20:12 goal[0]: it says at_least and at_most; write one of is, at_"),
    (", is: holds", "", "goal[1]: it says nothing; write one of is, at_least, at_most"),
    # sliders
    ("id: threshold", "id: belief", "controls[0].id: 'belief' is not a number, so no slider moves it; give it"),
    ("id: advantage, min: 1", "id: openness, min: 0.05", "34:14 controls[1].id: 'openness' has a slider already; each"),
    ("max: 2.5", "max: 3", "13:45 controls[0].max: in this lab 'threshold' goes from 0 to 2.5"),
    ("min: 1, max: 2.5", "min: -1, max: 2.5", "13:37 controls[0].min: in this lab 'threshold' goes from 0 to 2.5"),
    ("min: 1, max: 2.5", "min: 2, max: 2", "controls[0].max: is 2, expected more than min, 2"),
    ("step: 0.05}]", "step: 0}]", "controls[0].step: is 0, expected a number above 0"),
    ("step: 0.05}]", "step: 0.4}]", "controls[0].max: no step ends there: it is no whole number of steps of 0.4 from"),
    ("step: 0.05}]", "step: 0.00001}]", "controls[0].step cannot be taken"),
    ("{threshold: 1.5", "{threshold: 1.52", "12:24 given.threshold: the slider 'threshold' starts at 1.52, which is n"),
    ("threshold: 1.5, ", "threshold: 2.55, ", "12:24 given.threshold: is 2.55; in this lab it goes from 0 to 2.5"),
    ("min: 1, max: 8", "min: 4.5, max: 8", "34:9 controls[1]: the slider 'advantage' starts at 4, which is none of it"),
    # the goal
    ("at_least: 1.4", "at_least: 1.2", "20:11 goal: the start reaches it already; there is nothing to move"),
    ("at_least: 1.4", "at_least: 1.6", "20:11 goal: none of the 31 positions of the sliders reaches it"),
    ("step: 0.5}", "step: 0.001}", "33:7 controls: 126,018 positions of the sliders, at most 20,000; take longer step"),
    # the prediction
    (", correct: true", "", "17:9 predict.options: no option is the key; give one of them correct: true"),
    ("It starts to invest.,", "No., correct: true,", "predict.options[1].correct: a second key; a prediction has one"),
    ("{id: joins", "{id: stays", "predict.options[1].id: 'stays' is already in this list; each stands once"),
]  # fmt: skip


@pytest.mark.parametrize(("stands", "written", "heard"), SLIPS)
def test_a_slip_is_named_with_its_place_and_what_would_do(
    tmp_path: Path, stands: str, written: str, heard: str
) -> None:
    assert heard in problem(tmp_path, stands, written)


def test_an_item_without_its_parts_names_each_that_is_missing(tmp_path: Path) -> None:
    file = tmp_path / FILE.name
    bare = re.sub(r"    (lab|controls|goal): .*\n", "", TEXT, count=3)
    file.write_text(bare, "utf-8")
    with pytest.raises(BankError) as caught:
        read_bank(file)
    assert [each.message for each in caught.value.problems] == [
        "lab is missing (which model draws and grades)",
        "controls is missing (the sliders that may be moved)",
        "goal is missing (what is to be reached)",
    ]


def test_the_check_reads_the_texts_of_an_explore_item_too(tmp_path: Path) -> None:
    file = tmp_path / FILE.name
    file.write_text(TEXT.replace("when the standard *falls*", r"when $\foo$ falls"), "utf-8")
    [said] = [line for line in check([file]).problems if "predict" in line]
    assert ":15:15: items[0] 'lower-the-bar': predict.prompt" in said


@pytest.mark.parametrize("name", ["lower-the-bar", "open-the-door", "three-cues"])
def test_the_solution_reaches_the_goal_and_nothing_nearer_does(name: str) -> None:
    task = explored(name).task
    start, found = exploring.start(task), exploring.solution(task)
    assert found is not None
    assert exploring.reached(task, found)

    def steps(position: dict[str, Decimal]) -> Decimal:
        moves = (abs(position[each.id] - Decimal(start[each.id])) / each.step for each in task.controls)
        return sum(moves, Decimal(0))

    ways = [
        [each.min + n * each.step for n in range(int((each.max - each.min) / each.step) + 1)] for each in task.controls
    ]
    positions = [dict(zip(found, way, strict=True)) for way in product(*ways)]
    assert min(steps(position) for position in positions if exploring.reached(task, position)) == steps(found)
    assert len([position for position in positions if exploring.reached(task, position)]) < len(positions)


def test_a_goal_that_is_met_just_so_is_met() -> None:
    # 2 - 0.5 * 1.2 is a hair below 1.4 or above, as computers count.
    item = explored("lower-the-bar")
    assert exploring.solution(item.task) == {"threshold": Decimal("1.2")}
    assert exploring.reached(item.task, {"threshold": Decimal("1.2")})
    assert not exploring.reached(item.task, {"threshold": Decimal("1.25")})


def test_nobodys_trust_meets_no_goal() -> None:
    goals = tuple(exploring.Goal("trust", *each) for each in [(None, None, Decimal(1)), (None, Decimal(0), None)])
    for goal in goals:
        task = exploring.Task("effort", (), (), (goal,))
        assert exploring.reached(task, {"effort": Decimal(2)})
        assert not exploring.reached(task, {"effort": Decimal(12)})


def test_groups_do_what_is_best_for_them_even_where_the_belief_does_not_last() -> None:
    task = exploring.Task("spence", (("belief", "separating"),), (), ())
    found = {name: value.item() for name, value in exploring.quantities(task, {"threshold": 0.5}).items()}
    assert found["belief"] == "fails"
    assert (found["invests_low"], found["invests_high"]) == ("yes", "yes")
    assert (found["net_low"], found["net_high"]) == (1.5, 1.75)
    assert (found["gain_low"], found["gain_high"], found["cost_per_head"]) == (0, 0.25, 0.375)


def test_a_wrong_prediction_costs_nothing() -> None:
    item = explored("lower-the-bar")
    results = [grade(item, {"prediction": each, "position": {"threshold": "1.2"}}) for each in ("stays", "joins")]
    assert [(result.verdict, result.score) for result in results] == [("right", Fraction(1))] * 2
    assert [result.notes for result in results] == [("right", "option/stays"), ("right", "option/joins")]


def test_a_verdict_hangs_on_the_whole_task_and_on_no_prose(tmp_path: Path) -> None:
    def changed(stands: str, written: str) -> bool:
        assert stands in TEXT
        item = explored("lower-the-bar", TEXT.replace(stands, written, 1), tmp_path)
        return rev(item) != rev(explored("lower-the-bar"))

    for stands, written in [
        ("share: 0.5", "share: 0.45"), ("step: 0.05}]", "step: 0.1}]"), ("at_least: 1.4", "at_least: 1.35"),
        ("is: holds}", "is: holds}, {quantity: invests_low, is: no}"), ("{id: joins", "{id: enters"),
    ]:  # fmt: skip
        assert changed(stands, written), written
    for stands, written in [
        ("Lower the bar", "A lower bar"), ("It starts to invest.", "It invests."), ("Try 1.2.", "Try less."),
        (", share: 0.5", ""), ("threshold: 1.5", "threshold: 1.50"),
    ]:  # fmt: skip
        assert not changed(stands, written), written


def specs() -> QuizSpec:
    read: Bank = read_bank(FILE)
    return quiz_spec(read, read.items, {})


def test_the_spec_has_all_that_a_browser_needs_and_every_feedback() -> None:
    read = read_bank(FILE)
    spec = item_spec(read, read.items[1], {})
    assert isinstance(spec, ExploreSpec)
    assert spec.start == {"effort": 2, "openness": 0.9, "advantage": 4, "prior": 0.3, "value": 10}
    assert spec.solution == {"openness": "0.4", "advantage": "4"}
    first = {"id": "openness", "min": "0.05", "max": "0.9", "step": "0.05"}
    assert spec.controls[0].model_dump() == first
    assert spec.notes.keys() == {"right", "wrong", "option/lower", "option/higher"}


def test_without_script_the_question_the_prediction_and_a_solution_are_there() -> None:
    html = exercise_html(specs())
    question, answer, *_ = html.split('<noscript><details class="iiv-answer-key">')
    assert "What happens to group I when the standard <em>falls</em> to 1.1?" in question
    assert '<button type="submit" class="iiv-primary" aria-disabled="false">Lock my prediction</button>' in question
    assert "A wrong prediction costs nothing" in question
    assert "<p>Sliders that reach it:</p><ul><li>How much of the signal employers ask for: 1.2</li></ul>" in answer
    assert "✔ It still stays out." in answer
    assert "The lowest standard that still separates costs the least." in answer
    # Hints are about sliders, which are not there before the lock.
    assert ">Hint</button>" not in html
