"""Conversations: what a file may say, what its writer hears about everything else, and what the meters mean."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iiv_course import scenario
from iiv_course.bank import BankError, LocatedProblem, UnknownName
from iiv_course.page import read_sources
from iiv_course.page.markup import block, inline, plain_text
from iiv_course.scenario import Conversation, as_json, load, names, play, read, texts, verdict_basis, walk, word
from iiv_course.scenario.__main__ import main
from iiv_course.scenario._problems import _number_of_paths
from iiv_course.signaling import trust_after, uncertainty_removed

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "scenarios"
SMALL = (CASES / "small.yml").read_text("utf-8")
TOLERANCE = 1e-9


def changed(tmp_path: Path, *changes: tuple[str, str], name: str = "small") -> Path:
    """The small conversation with some of its text replaced."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file = tmp_path / f"{name}.yml"
    file.write_text(text, "utf-8")
    return file


def problems_of(file: Path) -> tuple[LocatedProblem, ...]:
    with pytest.raises(BankError) as caught:
        read(file)
    return caught.value.problems


def small() -> Conversation:
    return read(CASES / "small.yml")


# What is said about a file


def test_all_problems_of_a_file_are_said_at_once_each_with_its_place_and_what_would_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(CASES)
    with pytest.raises(BankError) as caught:
        read(CASES / "many-problems.yml", known_sources={"kluger2024"}, known_lessons={"04-questions"})
    assert str(caught.value) + "\n" == (CASES / "many-problems.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        (
            "thought: Hm., trust: -1, next: second",
            "thought: Hm., trust: -1, next: first",
            (16, 63),
            "next is 'first', which comes before; a talk goes only forward",
        ),
        (
            "endings:",
            "  - {id: aside, says: A, skill: asking, choices: [{id: v, text: V, thought: T, next: end}, "
            "{id: w, text: W, thought: T, next: end}]}\nendings:",
            (23, 5),
            "scenes[2] 'aside': the scene is not reached: no choices lead here from 'first'",
        ),
        (
            "learn: 1, next: end}\n      - {id: talks, text: I am good., thought: Is she?,",
            "trust: -1, learn: 2, next: end}\n      - {id: talks, text: I am good., thought: Is she?, trust: -1,",
            (17, 5),
            "scenes[1] 'second': the scene has no polite way out: from here every way to the end loses trust",
        ),
        (
            "trust: 1, next: second",
            "trust: 2, next: second",
            (11, 5),
            "a best choice that is too plain: 'warm' stands at 2 in all, the next, 'cold', at -1; at most 2 less",
        ),
        (
            "  - {id: other, title: Other, debrief: Again.}",
            "  - {id: other, title: Other, when: [{chose: talks}], debrief: Again.}",
            (24, 3),
            "endings leave a dead end: after 'cold', 'asks' none applies; give the last one no `when`",
        ),
        (
            "at_least: 0.4",
            "at_least: 0.99",
            (24, 5),
            "endings[0] 'good': the ending is met by no path: its conditions hold at no end; there trust is from 0.20",
        ),
        (
            "when: [{meter: trust, at_least: 0.4}]",
            "when: [{meter: trust, at_least: 0}]",
            (28, 5),
            "endings[1] 'other': the ending is met by no path: endings before it take all 4 paths where its conditions",
        ),
        (
            "thought: Is she?, fit: -1",
            "thought: Is she?, fit: 0",
            (11, 3),
            "scenes never move the meter 'fit': it ends on every path where it began",
        ),
        (
            "thought: Is she?, fit: -1",
            "thought: Is she?, fit: -1, trust: -1, breach: {kind: lying, hidden: first}",
            (22, 107),
            "breach.hidden is 'first', which never comes after this choice; name a later scene, or end",
        ),
    ],
    ids=["a loop", "not reached", "not polite", "too plain", "a dead end", "not met", "shadowed", "no move", "not out"],
)
def test_a_conversation_that_does_not_work_is_told_where_and_why(
    tmp_path: Path, old: str, new: str, place: tuple[int, int], says: str
) -> None:
    found = problems_of(changed(tmp_path, (old, new)))
    assert [(problem.line, problem.column) for problem in found if says in str(problem)] == [place], "\n".join(
        map(str, found)
    )


def test_a_path_with_more_cues_than_a_belief_has_room_for_is_named(tmp_path: Path) -> None:
    third = (
        "  - {id: third, says: A, skill: asking, choices: [{id: v, text: V, thought: T, trust: 1, next: end}, "
        "{id: w, text: W, thought: T, next: end}]}\nendings:"
    )
    file = changed(
        tmp_path,
        ("trust: 1, next: second", "trust: 2, next: second"),
        ("trust: -1, next: second", "next: second"),
        ("learn: 1, next: end", "learn: 1, trust: 2, next: third"),
        ("fit: -1, next: end", "fit: -1, trust: 2, next: third"),
        ("endings:", third),
    )
    [found] = [problem for problem in problems_of(file) if "on one path" in problem.message]
    assert found.path == "scenes[2] 'third' choices[0] 'v'"
    assert "trust makes 5 points up on one path, at most 4, or the belief is settled: 'warm', 'asks', 'v'" in str(found)


def test_too_many_paths_are_refused_before_they_are_walked(tmp_path: Path) -> None:
    scenes = [
        f"  - {{id: s{i}, says: S, skill: asking, choices: [{{id: a{i}, text: T, thought: T, next: s{i + 1}}}, "
        f"{{id: b{i}, text: T, thought: T, next: s{i + 1}}}]}}\n"
        for i in range(30)
    ]
    head, tail = SMALL.split("  - id: first")
    rest = "  - id: s30" + tail
    file = tmp_path / "small.yml"
    file.write_text(head + "".join(scenes) + rest, "utf-8")
    [found] = problems_of(file)
    assert "scenes have more than 10,000 paths; let choices meet again sooner" in found.message


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_file_makes_the_reader_crash(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SMALL)))
    much = data.draw(st.integers(0, 30))
    put = data.draw(
        st.sampled_from(
            ["", " ", "-", ": ", "[", "{", "}", "first", "end", "null", "1e9", "- -1", "\n", "\x00", "é", "&a"]
        )
    )
    file = tmp_path_factory.getbasetemp() / "small.yml"
    file.write_text(SMALL[:at] + put + SMALL[at + much :], "utf-8")
    try:
        played = read(file)
    except BankError as error:
        assert all(str(problem).startswith(str(file)) for problem in error.problems)  # noqa: PT017
    else:
        assert all(way.ending for way in walk(played))


def test_a_conversation_that_does_not_exist_offers_the_nearest() -> None:
    with pytest.raises(UnknownName, match="no conversation 'twelve-minute'; did you mean 'twelve-minutes'"):
        load("twelve-minute")
    with pytest.raises(UnknownName):
        load("../bank/signaling")


# What the meters mean


def test_trust_and_learning_are_those_of_the_lesson(tmp_path: Path) -> None:
    file = changed(tmp_path, ("openness: 0.5", "openness: 0.6\nauthenticity: 0.9"))
    meters = play(read(file), ["warm", "asks"]).meters
    assert meters.trust == pytest.approx(trust_after(0.3, [1], authenticity=0.9, openness=0.6), abs=TOLERANCE)
    assert meters.learn == pytest.approx(uncertainty_removed(1, 0.6, 1, 0.5), abs=TOLERANCE)
    cold = play(read(file), ["cold", "talks"]).meters
    assert cold.trust == pytest.approx(trust_after(0.3, [0], authenticity=0.9, openness=0.6), abs=TOLERANCE)
    assert cold.fit == pytest.approx(trust_after(0.3, [0], authenticity=0.9, openness=0.6), abs=TOLERANCE)


@pytest.mark.parametrize("name", names())
def test_the_same_behavior_moves_less_where_less_comes_through(name: str) -> None:
    given = load(name)
    beliefs = [given.start.trust, given.start.fit] if given.start else [given.prior] * 2
    begins = (*beliefs, 0.0)
    plain = [each for scene in given.scenes for each in scene.choices if each.breach is None and each.carry is None]
    safe = {each.id for each in plain}
    one_sided = 0
    for path, _, _ in walk(given):
        closed, opened = (play(given, path, openness=openness).meters for openness in (0.2, 0.9))
        assert closed.learn <= opened.learn
        moves = [[points_of(given, each, meter) for each in path] for meter in ("trust", "fit")]
        for i, points in enumerate(moves):
            # Where cues are of one kind only, more of it coming through moves farther.
            if safe.issuperset(path) and (min(points) >= 0 or max(points) <= 0):
                assert abs(closed[i] - begins[i]) <= abs(opened[i] - begins[i]) + TOLERANCE
                one_sided += 1
    # In a follow-up time passes on every path first.
    assert one_sided or not any(safe.issuperset(way.path) for way in walk(given))


def points_of(conversation: Conversation, name: str, meter: str) -> int:
    """The points of a choice on a meter."""
    [points] = [getattr(each, meter) for scene in conversation.scenes for each in scene.choices if each.id == name]
    return int(points)


def test_choices_that_cannot_be_taken_say_what_there_is() -> None:
    with pytest.raises(ValueError, match="no choice 'worm' in the scene 'first'; did you mean 'warm'"):
        play(small(), ["worm"])
    with pytest.raises(ValueError, match="the conversation ended after 2 choices; 3 were given"):
        play(small(), ["warm", "asks", "asks"])
    with pytest.raises(ValueError, match="openness is 2; expected a number from 0 to 1"):
        play(small(), [], openness=2)


@given(st.lists(st.one_of(st.text(), st.sampled_from(["warm", "cold", "asks", "talks"]), st.integers(), st.none())))
def test_any_list_is_played_or_refused(choices: list[str]) -> None:
    try:
        transcript = play(small(), choices)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - any list may be refused
    else:
        assert [step.choice for step in transcript.steps] == choices


# What is handed on


def test_a_transcript_and_a_conversation_are_plain_json() -> None:
    given = small()
    for value in (as_json(given), as_json(play(given, ["warm"])), verdict_basis(given)):
        assert json.loads(json.dumps(value, allow_nan=False)) == value


def test_prose_is_no_part_of_what_a_transcript_depends_on(tmp_path: Path) -> None:
    basis = verdict_basis(small())
    prose = (
        ("says: Yes?", "says: No?"),
        ("text: Hello", "text: Hi"),
        ("Good question.", "Hm."),
        ("Well done.", "Done."),
    )
    assert verdict_basis(read(changed(tmp_path, *prose, ("title: Good", "title: Fine")))) == basis
    said = json.dumps(basis)
    assert not any(text in said for _, field, text in texts(small()) if field != "promise")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("openness: 0.5", "openness: 0.6"),
        ("openness: 0.5", "openness: 0.5\nprior: 0.31"),
        ("openness: 0.5", "openness: 0.5\nauthenticity: 0.99"),
        ("openness: 0.5", "openness: 0.5\nstart: {trust: 0.4, fit: 0.3}"),
        ("id: asks", "id: wonders"),
        ("fit: -1", "fit: 1"),
        ("trust: 1, next: second", "trust: 1, next: end"),
        ("learn: 1,", "learn: 1, authenticity: 0.5,"),
        ("trust: -1, next", "trust: -1, breach: {kind: lying}, next"),
        ("trust: 1, next", "trust: 1, set: {openness: 0.7}, next"),
        ("trust: 1, next", "trust: 1, carry: 0.5, next"),
        ("at_least: 0.4", "at_least: 0.35"),
        ("{meter: trust, at_least: 0.4}", "{chose: asks}"),
    ],
)
def test_whatever_a_transcript_depends_on_changes_its_basis(tmp_path: Path, old: str, new: str) -> None:
    assert verdict_basis(read(changed(tmp_path, (old, new)))) != verdict_basis(small())


def test_the_writer_is_shown_what_a_conversation_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CASES / "small.yml")]) == 0
    said = capsys.readouterr().out
    assert "small: 2 scenes, 4 choices, 4 paths" in said
    assert "2 paths  good" in said
    assert "best path, +2 points: warm, asks" in said
    assert "worst path, -2 points: cold, talks" in said
    assert main([str(changed(tmp_path, ("fit: -1", "fit: -3")))]) == 1
    assert "fit is -3, at least -2" in capsys.readouterr().out
    assert main([]) == 2


# The conversations of the course


@pytest.mark.parametrize("name", names())
def test_the_texts_of_a_conversation_can_be_shown_and_cite_what_it_names(name: str) -> None:
    given = read(scenario.FOLDER / f"{name}.yml", known_sources=read_sources(ROOT / "book" / "references.bib"))
    render = {"plain": plain_text, "inline": inline, "block": block}
    cited = set()
    for _, field, text in texts(given):
        assert render[scenario.TEXTS[field]](text)
        cited |= set(re.findall(r"references\.md#([\w:.+/-]*\w)", text))
    assert cited == set(given.sources)


@pytest.mark.parametrize("name", names())
def test_to_walk_all_ways_is_to_play_each(name: str) -> None:
    given = load(name)
    ways = list(walk(given))
    for path, meters, ending in ways:
        played = play(given, path)
        assert (meters, ending) == (played.meters, played.ending)
    assert len({way.path for way in ways}) == len(ways) == _number_of_paths(given)


@pytest.mark.parametrize("name", names())
def test_a_conversation_has_a_good_ending_and_none_for_all(name: str) -> None:
    given = load(name)
    ends = list(walk(given))
    best = max(ends, key=lambda way: way.meters.trust)
    assert word(best.meters.trust) in ("leaning", "convinced") or given.openness < 0.5
    assert len({way.ending for way in ends}) >= 3
