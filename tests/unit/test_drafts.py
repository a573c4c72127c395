"""The rules for drafts: what they find in labeled texts, what they refuse, and that hostile texts cost no more time."""

from __future__ import annotations

import gzip
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from iiv_course import bank, drafts
from iiv_course.drafts import TEXT_LIMIT, DraftError, review, rules
from tests.drafts import figures, learn
from tests.hostile_drafts import HARMLESS, HOSTILE

KINDS = tuple(rules().kinds)


def flaws(text: str) -> list[str]:
    return [finding.criterion for finding in review("question", text) if not finding.met]


def test_the_questions_of_the_course_get_the_labels_that_it_gives_them() -> None:
    rows = figures.texts("course-questions")
    assert [(row["text"], figures.found(row)) for row in rows if figures.found(row) != figures.labels(row)] == []


@pytest.mark.parametrize("name", figures.FLOORS)
def test_the_rules_find_what_people_labeled(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{figures.table(name)}")
    assert figures.macro_f1(figures.texts(name)) >= figures.FLOORS[name]


def test_the_weights_are_what_the_sets_teach() -> None:
    # Another machine may round a weight that lies between two levels the other way.
    kept = rules().learned
    again = learn.learned([row for rows in learn.read().values() for row in rows])
    assert (kept.buckets, kept.lists) == (learn.BUCKETS, learn.lists())
    for flaw, weights in again.items():
        assert sum(a != b for a, b in zip(weights.buckets, kept.weights[flaw].buckets, strict=True)) <= 10
        assert abs(weights.base - kept.weights[flaw].base) <= 1
        assert abs(weights.rule - kept.weights[flaw].rule) <= 1


def test_the_sets_are_as_large_as_the_figures_need() -> None:
    letters = [row["kind"] for row in figures.texts("dev-letters")]
    assert len(figures.texts("dev-questions")) >= 150
    assert min(letters.count("thank-you-note"), letters.count("outreach-message")) >= 20


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_and_counter_example_shows_its_criterion(kind: str) -> None:
    for criterion in rules().kinds[kind]:
        if criterion.way == "words":
            continue
        met = {
            text: next(each.met for each in review(kind, text) if each.criterion == criterion.criterion)
            for text in (criterion.example, criterion.counter_example)
        }
        fails = kind == "question"
        assert met == {criterion.example: not fails, criterion.counter_example: fails}, criterion.criterion


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", " \n", "?", "…!", "🙂🙂", "\ud800", "a\u0301\u0301", "'", "-- , ; :"])
def test_any_text_gets_each_criterion_once_in_the_order_of_the_rules(kind: str, text: str) -> None:
    assert [each.criterion for each in review(kind, text)] == [each.criterion for each in rules().kinds[kind]]


def test_every_flaw_has_a_place_in_the_text() -> None:
    found = [(row["text"], each) for row in figures.texts("dev-questions") for each in review("question", row["text"])]
    spans = [(text, each.span) for text, each in found if not each.met]
    assert [text for text, span in spans if span is None or not 0 <= span[0] < span[1] <= len(text)] == []
    assert len(spans) > 100


@pytest.mark.parametrize(
    ("text", "criterion", "words"),
    [
        ("🙂 Could you pass on my CV?", "job_ask", "pass on my CV"),
        ("I liked the report. How much do you earn?", "intrusive", "How much do you earn"),
        ("How do you plan, and who decides about pay?", "double", "who decides about pay"),
    ],
)
def test_the_place_of_a_flaw_is_counted_in_code_points(text: str, criterion: str, words: str) -> None:
    span = next(finding.span for finding in review("question", text) if finding.criterion == criterion)
    assert span is not None
    assert words in text[slice(*span)]


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Isn't the pay low?", "isn’t the pay low"),
        ("What's your mission?", "whats your mission"),
        ("Could you pass on my résumé?", "could you pass on my re\u0301sume\u0301?"),
        ("What does your organization do?", "Good morning! What does your organisation do"),
    ],
)
def test_spelling_and_greeting_change_nothing(written: str, other: str) -> None:
    assert flaws(written) == flaws(other) != []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "You don't need a degree, do you, and would your department take me?",
            ["closed", "job_ask", "double", "leading"],
        ),
        ("When I joined the railway nobody helped me. What is it like to work here?", ["broad"]),
        ("When you joined the railway, what surprised you?", []),
        ("Could you tell me when your organization was founded?", ["searchable"]),
        ("Which reflex from trading tripped you up, would you guess?", []),
        ("'Is it safe?' my aunt said. What do you say to that?", []),
    ],
)
def test_what_leads_to_a_question_wraps_or_ends_it_is_told_from_it(text: str, found: list[str]) -> None:
    assert flaws(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In a crew like yours, who stays past the first winter and who goes?", []),
        ("What did you think the work was before you came, and what do you think it is now?", []),
        ("How do you know that a session went well? I mean, what do you look for?", []),
        ("Where do most clients come from, and how do you price a workshop?", ["double"]),
        ("Who are the hardest clients? What would you change about your training?", ["double"]),
    ],
)
def test_what_hangs_together_is_one_question(text: str, found: list[str]) -> None:
    assert flaws(text) == found


@pytest.mark.parametrize(("words", "met"), [(150, True), (151, False)])
def test_a_message_may_have_150_words_besides_its_subject(words: int, met: bool) -> None:
    text = "Subject: one two three\n" + "word – " * words
    short = review("outreach-message", text)[0]
    assert (short.criterion, short.met) == ("short", met)
    assert met or text[slice(*short.span or ())] == "word – "


def test_an_unknown_kind_gets_the_nearest_name() -> None:
    with pytest.raises(DraftError, match="no kind of draft 'questions'; did you mean 'question'"):
        review("questions", "Why?")


def test_a_text_may_be_as_long_as_a_field_and_no_longer() -> None:
    assert review("question", "a" * TEXT_LIMIT)
    with pytest.raises(DraftError, match="a draft of 20,001 characters, at most 20,000"):
        review("question", "a" * (TEXT_LIMIT + 1))


def durations(kind: str, text: str) -> Iterator[float]:
    """Three runs; the best counts, so that after a good one nobody asks for more."""
    for _ in range(3):
        begun = time.process_time()
        review(kind, text)
        yield time.process_time() - begun


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_text_takes_little_longer_than_a_harmless_one(kind: str) -> None:
    harmless = min(durations(kind, HARMLESS))
    slow = [text[:40] for text in HOSTILE if not any(took <= 8 * harmless for took in durations(kind, text))]
    assert slow == []


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_twice_the_text_takes_about_twice_the_time(text: str) -> None:
    half = min(durations("question", text[: TEXT_LIMIT // 2]))
    assert any(took < 3.2 * half + 0.02 for took in durations("question", text))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("question.yml", "      ^ should i\n", "      ^ should <nobdy> i\n", r"has <nobdy>, which is no list"),
        ("question.yml", "      ^ should i\n", "      ^ should (i\n", r"has a \( that is not closed"),
        ("question.yml", "      ^ should i\n", "      should?\n", "may match nothing at all"),
        ("question.yml", "      ^ should i\n", "      ^ _3 $\n", "may match nothing at all"),
        ("question.yml", "      ^ should i\n", "      should Anyone\n", "has 'Anyone', which is no word in lower case"),
        ("question.yml", "      ^ should i\n", "      should _99 i\n", "has a gap of 99 words, expected 1 to 12"),
        ("question.yml", "    way: unbounded\n", "    way: endless\n", "way: input should be"),
        ("parts.yml", "    answer: none\n", "    answer: [\n", "is not YAML here"),
    ],
)
def test_a_broken_rule_is_refused_with_its_place(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    folder = tmp_path / "criteria"
    shutil.copytree(drafts.FOLDER, folder)
    before, found, after = (folder / file).read_text("utf-8").partition(old)
    assert found
    (folder / file).write_text(before + new + after, "utf-8")
    with pytest.raises(bank.BankError, match=said) as refused:
        drafts.read_rules(folder)
    problem = refused.value.problems[0]
    assert problem.file.endswith(file)
    assert problem.line >= before.count("\n") + 1
    assert problem.column > 1


def test_the_place_of_a_broken_pattern_is_its_own_line(tmp_path: Path) -> None:
    folder = tmp_path / "criteria"
    shutil.copytree(drafts.FOLDER, folder)
    text = (folder / "question.yml").read_text("utf-8")
    (folder / "question.yml").write_text(text.replace("      ^ should i\n", "      ^ should <x> i\n"), "utf-8")
    with pytest.raises(bank.BankError) as refused:
        drafts.read_rules(folder)
    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (text.partition("      ^ should i\n")[0].count("\n") + 1, 7)


def test_an_indented_line_goes_on_with_the_pattern_before(tmp_path: Path) -> None:
    folder = tmp_path / "criteria"
    shutil.copytree(drafts.FOLDER, folder)
    text = (folder / "question.yml").read_text("utf-8")
    (folder / "question.yml").write_text(
        text.replace("      ^ should i\n", "      ^\n        should\n        i\n"), "utf-8"
    )
    assert drafts.read_rules(folder) == rules()


@pytest.mark.parametrize(
    ("kind", "most"), [("question", 68_000), ("thank-you-note", 18_000), ("outreach-message", 15_000)]
)
def test_what_a_browser_needs_for_a_kind_is_small(kind: str, most: int) -> None:
    said = json.dumps(rules().as_json(kind), ensure_ascii=False, separators=(",", ":"))
    assert len(gzip.compress(said.encode(), 9)) <= most


def test_no_bank_is_taken_from_the_criteria() -> None:
    assert set(bank.names()).isdisjoint(path.stem for path in drafts.FOLDER.glob("*.yml"))
