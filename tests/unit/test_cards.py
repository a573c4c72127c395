"""Role-play cards: what each of the three reads, and what each must not know; and the page for those who lead one."""

from __future__ import annotations

import re
from html import unescape

import pytest

from iiv_course.items import CourseError
from iiv_course.page.cards import RUBRIC, Look, role_play
from iiv_course.page.markup import MarkupError
from iiv_course.page.talk import talk_json
from iiv_course.scenario import FOLDER, Conversation, load, names, read
from tests.scratch import ROOT

SMALL = read(ROOT / "tests" / "cases" / "scenarios" / "small.yml")
PAGE = (ROOT / "book" / "role-play.md").read_text("utf-8")
INSTRUCTORS = (ROOT / "book" / "instructors.md").read_text("utf-8")
WELCOME = (ROOT / "index.md").read_text("utf-8")


def cards(conversation: Conversation = SMALL, without: tuple[str, ...] = ()) -> dict[str, str]:
    """The HTML of the cards: of the one who asks, the one who is asked, the observer."""
    html = role_play(conversation, side='You say "no" *first*.', find_out=["What it costs"], without=without)
    parts = re.findall(r'<details class="iiv-card">(.*?)</details>', html, flags=re.DOTALL)
    return dict(zip(("asks", "asked", "observer"), parts, strict=True))


def turns(card: str) -> list[str]:
    return re.findall(r'<div class="iiv-turn"><p><strong>(.*?)</p>', card)


def test_the_one_who_asks_has_the_setting_and_no_line_of_anybody() -> None:
    card = cards()["asks"]
    assert "You call." in card
    assert "What it costs" in card
    for line in ("Yes?", "Hello", "Good question.", "How?", "“no”"):
        assert line not in card


def test_the_one_who_is_asked_has_her_side_typeset_and_every_scene() -> None:
    card = cards()["asked"]
    assert "You say “no” <em>first</em>." in card
    assert "Ana Lim, director, Invented House" in card
    assert "half open" in card
    assert "You call." not in card
    assert [line in card for line in ("Yes?", "So?")] == [True, True]


def test_what_warms_her_comes_before_what_cools_her_with_where_to_go_on_and_no_points() -> None:
    card = cards()["asked"]
    assert turns(card) == [
        "Warms you</strong> (then scene 2): Hello",
        "Cools you</strong> (then scene 2): Well",
        "Warms you</strong> (then the talk ends): How?",
        "Cools you</strong> (then the talk ends): I am good.",
    ]
    assert '<div class="iiv-thought"><p>Good question.</p>' in card
    assert not re.search(r"[-+]\d|\bpoints?\b", unescape(re.sub("<[^>]*>", " ", card)))


def test_a_line_that_does_neither_is_not_said_to_cool() -> None:
    first, second = SMALL.scenes
    choices = (first.choices[0], first.choices[1]._replace(trust=0))
    talk = SMALL._replace(scenes=(first._replace(choices=choices), second))
    assert "Leaves you as you were" in turns(cards(talk)["asked"])[1]


def test_a_breach_is_what_cools_whatever_it_brings() -> None:
    for name in names():
        talk = load(name)
        for scene in talk.scenes:
            if any(choice.breach for choice in scene.choices):
                card = cards(talk)["asked"]
                number = [each.id for each in talk.scenes].index(scene.id) + 1
                own = card.split(f"<h3>Scene {number}</h3>")[1].split("<h3>")[0]
                cool = own.split("<strong>Cools you</strong>")[1].split("</p>")[0]
                rendered = next(each for each in talk_json(talk)["scenes"] if each["id"] == scene.id)["choices"]
                assert any(each["text"] in cool for each in rendered if "breach" in each), (name, scene.id)


@pytest.mark.parametrize("name", names())
def test_every_scene_can_be_come_to(name: str) -> None:
    talk = load(name)
    card = cards(talk)["asked"]
    numbers = {int(number) for number in re.findall(r"\(then scene (\d+)\)", card)}
    assert numbers == set(range(2, len(talk.scenes) + 1))
    assert "(then the talk ends)" in card


def test_a_scene_that_nobody_acts_is_left_out_and_the_talk_ends_before_it() -> None:
    card = cards(without=("second",))["asked"]
    assert "So?" not in card
    assert turns(card)[0] == "Warms you</strong> (then the talk ends): Hello"


def test_an_unknown_scene_is_said_with_the_nearest() -> None:
    with pytest.raises(CourseError, match=r"no scene 'secnd' in 'small'; did you mean 'second'\?"):
        cards(without=("secnd",))


def test_markdown_that_cannot_be_shown_is_refused() -> None:
    with pytest.raises(MarkupError, match="heading"):
        role_play(SMALL, side="# Big", find_out=["x"])


def test_a_name_cannot_bring_markup() -> None:
    talk = SMALL._replace(title="<b>", who=SMALL.who._replace(name="<i>"))
    html = role_play(talk, side="x", find_out=["<u>"])
    assert "&lt;b&gt;" in html
    assert not re.search(r"<[iu]>|<b></", html)


def test_the_observer_ticks_one_of_three_in_each_of_four() -> None:
    card = cards()["observer"]
    assert re.findall("<h3>(.*?)</h3>", card) == ["Opening", "Listening", "Follow-up", "Closing"]
    assert card.count("<li><b>") == 12
    assert card.count('class="iiv-lines"') == 4


@pytest.mark.parametrize("look", RUBRIC, ids=lambda look: look.at)
def test_the_observer_reads_what_the_page_for_instructors_says(look: Look) -> None:
    rubric = (
        INSTRUCTORS.split("### What the observer looks for", 1)[1].split(f"**{look.at}**", 1)[1].split("\n**", 1)[0]
    )
    for name, level in zip(("Not yet", "Partly", "Clear"), look[1:], strict=True):
        assert f"- *{name}:* {level}" in rubric


# The pages of this course


def test_the_page_has_six_conversations_and_what_each_side_needs() -> None:
    asked = re.findall(r"^```\{role-play\} (\S+)\n:find-out: (.+)\n", PAGE, flags=re.MULTILINE)
    assert len(asked) == 6
    assert {name for name, _ in asked} <= set(names())
    assert all(wanted.count(";") == 2 for _, wanted in asked)


def test_times_for_instructors_are_those_of_the_welcome_page() -> None:
    table = WELCOME.split("## How long it takes", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| [^|]+ \| (?:\*\*)?(\d+)(?:\*\*)? \| (?:\*\*)?(\d+)(?:\*\*)? \|", table, flags=re.MULTILINE)
    lessons, last = [tuple(map(int, row)) for row in rows[:11]], [int(each) for each in rows[-1]]
    short, long = min(lessons), max(lessons)
    said = INSTRUCTORS.split("## What you have", 1)[1].split("\n- **Workshops", 1)[0]
    assert sum(35 <= minutes <= 60 for minutes, _ in lessons) > len(lessons) / 2
    assert f"The shortest, lesson {lessons.index(short)}, takes about {round(short[0], -1)}." in said
    assert (
        f"The longest, lesson {lessons.index(long)}, takes about {round(long[0], -1)}, or {round(long[1], -1)} " in said
    )
    words = {8: "eight", 9: "nine", 10: "ten", 11: "eleven"}
    together, complete = (words[round(minutes / 60)] for minutes in last)
    assert f"about {together} hours, or {complete} with all exercises" in said


def test_every_meeting_leaves_ten_minutes_of_the_hour() -> None:
    plan = INSTRUCTORS.split("## Six meetings", 1)[1].split("### A group of twelve", 1)[0]
    meetings = re.split(r"^### \d\. ", plan, flags=re.MULTILINE)[1:]
    minutes = [
        [int(each) for each in re.findall(r"^  - \*(\d+)(?: min)?\*", meeting, flags=re.M)] for meeting in meetings
    ]
    assert [sum(each) for each in minutes] == [50] * 6


@pytest.mark.parametrize(
    ("name", "fence"), re.findall(r"^```\{role-play\} (\S+)\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
)
def test_names_on_her_side_are_those_of_the_conversation(name: str, fence: str) -> None:
    told = (FOLDER / f"{name}.yml").read_text("utf-8")
    named = re.findall(r"(?<=[\w,] )[A-Z]\w+", fence)
    assert [word for word in named if word not in told] == []
