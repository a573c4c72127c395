"""Reading banks: what is taken, and what an author hears about everything else."""

from __future__ import annotations

import gc
import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

from iiv_course import bank, items
from iiv_course.bank import BankError, UnknownName, _shelf, _yaml, read_bank, read_bank_with_positions

BANKS = Path(__file__).parents[1] / "cases" / "banks"

SMALL = """\
bank: small
title: Small
objectives:
  separate: Say what separates
items:
  - id: cheap-talk
    type: choice
    title: Cheap talk
    objective: separate
    prompt: Why?
    explanation: It costs nothing.
    options:
      - {id: free, text: Free, correct: true, feedback: Right.}
      - {id: rude, text: Rude, feedback: No.}
  - id: price
    type: numeric
    title: Price
    objective: separate
    prompt: How much?
    explanation: Count.
    answer: 12
    feedback: {right: Yes., wrong: No.}
"""


def problems_of(path: Path, text: str | bytes, name: str = "small") -> tuple[bank.LocatedProblem, ...]:
    file = path / f"{name}.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    with pytest.raises(BankError) as caught:
        read_bank(file, known_sources={"spence1973", "crawford1982"})
    return caught.value.problems


def test_a_bank_with_every_type_of_item_is_read() -> None:
    good = read_bank(BANKS / "good.yml", known_sources=["crawford1982", "spence1973"])
    assert [item.type for item in good.items] == [
        "choice", "multiple", "numeric", "text", "order", "match", "scale", "reflection"
    ]  # fmt: skip


def test_numbers_are_as_written_and_no_is_a_word() -> None:
    good = read_bank(BANKS / "good.yml")
    trust, word = bank.find(good, "trust"), bank.find(good, "word")
    assert isinstance(trust, items.Numeric)
    assert isinstance(word, items.Text)
    assert (str(trust.answer), trust.mistakes[1].value) == ("0.533", Decimal(1))
    assert word.accepted == ("cheap talk", "no")


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("False", False), ("yes", "yes"), ("no", "no"),
        ("on", "on"), ("12", 12), ("-3", -3), ("0x1f", "0x1f"), ("0o17", "0o17"), ("1_000", "1_000"), ("1e5", "1e5"),
        ("0.10", Decimal("0.10")), (".5", Decimal("0.5")), ("2026-11-24", "2026-11-24"), ("12:30", "12:30"),
        ("'12'", "12"), ("nullify", "nullify"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("loader", [_yaml.LOADER, yaml.SafeLoader])
def test_plain_words_follow_yaml_1_2(
    loader: type[yaml.SafeLoader], plain: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_yaml, "LOADER", loader)
    read = _yaml.read_tree(f"- {plain}").value
    assert read == (value,)
    assert isinstance(read, tuple)
    assert type(read[0]) is type(value)


def test_a_broken_bank_names_the_line_and_the_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BANKS)
    with pytest.raises(BankError) as caught:
        read_bank(BANKS / "many-problems.yml")
    assert (
        "many-problems.yml:7:11: items[0] 'cost': type is 'chioce', "
        "expected one of choice, multiple, numeric, text, order, match, scale, reflection, explore, draft, table, "
        "conversation"
    ) in str(caught.value).splitlines()


def test_all_problems_of_a_file_come_at_once_and_in_its_order() -> None:
    with pytest.raises(BankError) as caught:
        read_bank(BANKS / "many-problems.yml")
    found = [(problem.line, problem.column, problem.message.split()[0]) for problem in caught.value.problems]
    assert found == [
        (1, 1, "title"),
        (2, 1, "titel"),
        (7, 11, "type"),
        (12, 16, "objective"),
        (15, 12, "hints:"),
        (18, 35, "options[1].correct:"),
        (19, 9, "id"),
        (21, 12, "title"),
        (24, 5, "prompt"),
        (26, 13, "answer"),
        (27, 16, "tolerance"),
        (28, 15, "feedback.wrong"),
        (28, 29, "feedback.worng"),
        (29, 5, "the"),
    ]


# what stands in SMALL, what an author wrote instead, where the problem is, and words of its message
SLIPS = [
    # YAML
    ("prompt: Why?", "prompt: Why?\n    prompt: How?", "11:5", ["'cheap-talk'", "prompt is given twice", "line 10"]),
    ("prompt: Why?", "prompt: *why", "10:13", ["prompt is an alias (*why)", "write the value out"]),
    ("prompt: Why?", "prompt: &why Why?", "10:13", ["prompt has an anchor (&why)", "take it out"]),
    ("prompt: Why?", "prompt: !!str Why?", "10:13", ["prompt has a tag (!!str)", "quotes"]),
    ("prompt: Why?", "prompt: ! Why?", "10:13", ["prompt has a tag (!)"]),
    ("prompt: Why?", "prompt: !!python/object/apply:os.system [ls]", "10:13", ["has a tag"]),
    ("prompt: Why?", "<<: {prompt: Why?}", "10:5", ["merge key", "write the fields out"]),
    ("prompt: Why?", "prompt: Why? Who: me", "10:21", ["not YAML here", "a colon and a space in it needs quotes"]),
    ("prompt: Why?", "prompt: 'Why?", "10:13", ["not YAML here", "a quote is not closed"]),
    ("prompt: Why?", 'prompt: "Why?', "10:13", ["not YAML here", "a quote is not closed"]),
    ("prompt: Why?", "prompt: @why", "10:13", ["not YAML here", "text that begins with @"]),
    ("prompt: Why?", "\tprompt: Why?", "10:5", ["not YAML here", "indent with spaces"]),
    ("prompt: Why?", "prompt: [Why?", "11:16", ["not YAML here", "begins on line 10", "a bracket is not closed"]),
    ("prompt: Why?", 'prompt: "a \\ud800"', "10:18", ["not YAML here", "write the character itself"]),
    ("prompt: Why?", 'prompt: "a \\0"', "10:13", ["prompt holds the control character U+0000", "take it out"]),
    ("prompt: Why?", "prompt: a \0", "10:15", ["control character U+0000", "take it out"]),
    ("prompt: Why?", "prompt: a \x1b[0m", "10:15", ["control character U+001B"]),
    ("prompt: Why?", "prompt: a \u2028b", "10:15", ["control character U+2028"]),
    ("prompt: Why?", "[a, b]: Why?", "10:5", ["a list or mapping as a key"]),
    ("prompt: Why?", "12: Why?", "10:5", ["has the key '12', which is not text"]),
    ("prompt: Why?", "~: Why?", "10:5", ["has the key '~', which is not text"]),
    ("title: Small\n", "title: Small\n---\n", "3:1", ["a second document"]),
    ("12\n", "9" * 5000 + "\n", "21:13", ["answer is a number of 5,000 digits, at most 40"]),
    ("12\n", ".nan\n", "21:13", ["answer is .nan, which is not a number"]),
    ("12\n", "NaN\n", "21:13", ["answer is NaN, which is not a number"]),
    ("12\n", "-.inf\n", "21:13", ["answer is -.inf, which is not a number"]),
    # values
    ("12\n", '"12"\n', "21:13", ["answer is '12' here, expected a number", "without quotes"]),
    ("12\n", "1e999999999\n", "21:13", ["answer is '1e999999999' here, expected a number such as 12 or 0.5"]),
    ("12\n", "true\n", "21:13", ["answer is true here", "a plain number such as 12 or 0.5"]),
    ("12\n", "\n", "21:12", ["answer is empty, expected a number"]),
    ("12\n", "12\n    tolerance: about 5\n", "22:16", ["tolerance is 'about 5'", "a percentage such as 5%"]),
    ("prompt: Why?", "prompt:", "10:12", ["prompt is empty, expected text"]),
    ("prompt: Why?", 'prompt: "  "', "10:13", ["prompt is empty, expected text"]),
    ("prompt: Why?", "prompt: 2026", "10:13", ["prompt is 2026 here, expected text; put it in quotes"]),
    ("prompt: Why?", "prompt: [Why?]", "10:13", ["prompt is a list here, expected text"]),
    ("prompt: Why?", f"prompt: {'x' * 20_001}", "10:13", ["prompt has 20,001 characters, at most 20,000"]),
    ("prompt: Why?", "prompt: Why?\n    tries: true", "11:12", ["tries is true here, expected a whole number"]),
    ("prompt: Why?", 'prompt: Why?\n    tries: "2"', "11:12", ["tries is '2' here, expected a whole number"]),
    ("prompt: Why?", "prompt: Why?\n    tries: 9", "11:12", ["tries is 9, at most 5"]),
    ("prompt: Why?", "prompt: Why?\n    edition: 0", "11:14", ["edition is 0, at least 1"]),
    ("correct: true", "correct: yes", "13:41", ["options[0].correct is 'yes' here, expected true or false"]),
    ("{right: Yes., wrong: No.}", "Yes.", "22:15", ["feedback is 'Yes.' here, expected a mapping"]),
    ("12\n", f"12\n    unit: {'k' * 41}\n", "22:11", ["unit has 41 characters, at most 40"]),
    # fields
    ("    prompt: Why?\n", "", "6:5", ["items[0] 'cheap-talk': prompt is missing", "what the learner is asked"]),
    (", feedback: No.", "", "14:9", ["options[1].feedback is missing"]),
    ("correct: true", "corect: true", "13:32", ["options[0].corect is not a field here; did you mean 'correct'?"]),
    ("prompt: Why?", "prompt: Why?\n    zzz: 1", "11:5", ["zzz is not a field here; there are: id, title"]),
    ("title: Small", "title: Small\nitem: []", "3:1", ["item is not a field here; did you mean 'items'?"]),
    ("    type: choice\n", "", "6:5", ["type is missing", "one of choice, multiple"]),
    ("type: choice", "type: [choice]", "7:11", ["type is a list, expected one of choice, multiple"]),
    ("title: Small\n", "", "1:1", ["title is missing"]),
    # ids and references
    ("id: cheap-talk", "id: Cheap talk", "6:9", ["id is 'Cheap talk', expected lower-case letters, digits and"]),
    ("id: price", "id: cheap-talk", "15:9", ["id is taken by items[0] on line 6"]),
    ("id: price", 'id: " cheap-talk "', "15:9", ["id is taken by items[0] on line 6"]),
    ("  separate: Say", "  To Separate: Say", "4:3", ["'To Separate', expected lower-case letters"]),
    ("  separate: Say", f"  {'s' * 61}: Say", "4:3", ["has 61 characters, at most 60"]),
    ("objective: separate\n    prompt: Why", "objective: seperate\n    prompt: Why", "9:16", ["mean 'separate'?"]),
    ("objective: separate\n    prompt: Why", "objective: x\n    prompt: Why", "9:16", ["there are: separate"]),
    ("prompt: Why?", "prompt: Why?\n    sources: [spence1972]", "11:15", ["sources[0] is", "mean 'spence1973'?"]),
    ("bank: small", "bank: tall", "1:7", ["bank is 'tall' in a file called 'small.yml'"]),
    # within an item
    ("correct: true, ", "", "13:7", ["options: no option is the key; give one of them correct: true"]),
    ("text: Rude", "text: Rude, correct: true", "14:41", ["options[1].correct: a second key"]),
    ("id: rude", "id: free", "14:14", ["options[1].id: 'free' is already in this list"]),
    ("prompt: Why?", "prompt: Why?\n    hints: [a, b]", "11:12", ["2 hints for 2 tries", "at most 1"]),
    ("      - {id: rude, text: Rude, feedback: No.}\n", "", "13:7", ["options has too few entries: 1, at least 2"]),
]


@pytest.mark.parametrize(("good", "slip", "place", "words"), SLIPS)
def test_a_slip_is_answered_with_its_place_and_what_would_do(
    good: str, slip: str, place: str, words: list[str], tmp_path: Path
) -> None:
    assert SMALL.count(good) >= 1
    said = [f"{p.line}:{p.column}: {p}" for p in problems_of(tmp_path, SMALL.replace(good, slip, 1))]
    matching = [line for line in said if line.startswith(f"{place}: ") and all(word in line for word in words)]
    assert matching, "\n".join(said)


FILES = [
    ("", "1:1", "is empty"),
    ("# a comment\n", "1:1", "is empty"),
    ("---\n", "2:1", "is empty, expected a mapping with bank"),
    ("- a\n", "1:1", "is a list, expected a mapping with bank"),
    ("just text", "1:1", "is 'just text', expected a mapping with bank"),
    (b"bank: small\ntitle: Caf\xe9\n", "2:11", "not UTF-8: byte 0xe9 at offset 22"),
    (b"\xef\xbb\xbfbank: \xff\n", "1:7", "not UTF-8: byte 0xff at offset 9"),
    (SMALL.encode("utf-16"), "1:1", "not UTF-8"),
    ("bank: small\nitems: []\n", "2:8", "items has too few entries: none, at least 1"),
    ("bank: small\nitems: {}\n", "2:8", "items is a mapping here, expected a list"),
    ("bank: small\nobjectives: {}\n", "2:13", "objectives has too few entries: none, at least 1"),
    ("bank: small\nitems:\n  - 3\n", "3:5", "items[0]: the item is 3 here, expected a mapping"),
]


@pytest.mark.parametrize(("text", "place", "words"), FILES)
def test_a_file_that_is_no_bank_is_answered_with_what_it_is(
    text: str | bytes, place: str, words: str, tmp_path: Path
) -> None:
    said = [f"{p.line}:{p.column}: {p}" for p in problems_of(tmp_path, text)]
    assert any(line.startswith(f"{place}: ") and words in line for line in said), "\n".join(said)


def test_a_byte_order_mark_is_no_mistake_and_shifts_no_column(tmp_path: Path) -> None:
    (tmp_path / "small.yml").write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert read_bank(tmp_path / "small.yml").bank == "small"
    [problem] = problems_of(tmp_path, b"\xef\xbb\xbf" + SMALL.replace("bank: small", "bank: tall").encode())
    assert (problem.line, problem.column) == (1, 7)


@pytest.mark.parametrize("name", ["missing.yml", ".", "bad\0name.yml"])
def test_a_path_without_a_readable_file_is_a_bank_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(BankError, match=r":1:1: the file (cannot be read|is not a regular file)"):
        read_bank(tmp_path / name)


LARGE = {
    "5,000 brackets": ("[" * 5000, "deeper than 40 levels"),
    "5,000 braces": ("{" * 5000, "as a key"),
    "brackets in an item": (SMALL.replace("prompt: Why?", "prompt: " + "[" * 5000), "the item is nested deeper"),
    "deep blocks": ("\n".join(" " * i + "a:" for i in range(1500)), "deeper than 40 levels"),
    "100,000 lines": ("a:\n" + "- b: c\n" * 100_000, "more than 50,000 values"),
    "100,000 entries in a line": ("[" + "a," * 100_000, "more than 50,000 values"),
    "45,000 wrong items": ("items:\n" + "- 3\n" * 45_000, "the item is 3 here"),
    "1 MB of text": (SMALL.replace("Why?", "x" * 1_000_000), "1,000,000 characters"),
    "1 MB of digits": ("a: " + "9" * 1_000_000, "1,000,000 digits"),
    "a billion laughs": (
        "a: &a [ha, ha]\n" + "".join(f"{y}: &{y} [*{x}, *{x}]\n" for x, y in zip("abcdefgh", "bcdefghi", strict=True)),
        "is an alias",
    ),
    "more than 2 MB": ("#" * 2_000_001, "larger than 2 MB"),
}


@pytest.mark.parametrize(("text", "words"), LARGE.values(), ids=LARGE.keys())
def test_a_file_of_any_size_is_refused_within_a_second(text: str, words: str, tmp_path: Path) -> None:
    # What a long session has left behind is no part of it: the collector of garbage would look through it all.
    gc.collect()
    gc.freeze()
    try:
        before = time.process_time()
        problems = problems_of(tmp_path, text)
        assert time.process_time() - before < 1
    finally:
        gc.unfreeze()
    assert any(words in str(problem) for problem in problems)
    assert len(problems) <= 100
    assert max(len(problem.message) for problem in problems) < 500


def test_without_libyaml_the_same_slips_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_yaml, "LOADER", yaml.SafeLoader)
    for escape, words in (("\\ud800", "lone surrogate U+D800"), ("\\U99999999", "not YAML here"), ("\\0", "U+0000")):
        problems = problems_of(tmp_path, SMALL.replace("Why?", f'"{escape}"'))
        assert words in str(problems[0])


NASTY = [
    b"", b"\0", b"\xff", b"\t", b"\n", b"  ", b"- ", b": ", b":", b"{", b"}", b"[", b"]", b"*a", b"&a ", b"!!int ",
    b"! ", b"<<: ", b"? ", b"'", b'"', b'"\\ud800"', b'"\\0"', b"|\n", b">\n", b"---\n", b"...\n", b"%YAML 1.1\n",
    b"#", b"@", b"`", b".nan", b"-.inf", b"1e999", b"-0", b"9" * 50, b"0.1", b"true", b"null", b"~", b"yes",
    b"[key]: 1\n", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"[" * 60,
]  # fmt: skip


@st.composite
def spoiled_banks(draw: st.DrawFn) -> bytes:
    """The good bank after a few cuts, moves and insertions, by bytes or by lines."""
    data = (BANKS / "good.yml").read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            lines = data.splitlines(keepends=True) or [b""]
            i, j = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
            lines[i] = draw(st.sampled_from([lines[j], b"", lines[i] + lines[j], b"  " + lines[i], lines[i].lstrip()]))
            data = b"".join(lines)
        else:
            at = draw(st.integers(0, len(data)))
            cut = draw(st.sampled_from([0, 0, 1, 2, 20]))
            data = data[:at] + draw(st.sampled_from(NASTY) | st.binary(max_size=4)) + data[at + cut :]
    return data


@pytest.fixture(scope="module")
def spoiled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spoiled") / "good.yml"


@settings(max_examples=500, derandomize=True, deadline=None, database=None)
@given(data=spoiled_banks())
def test_a_spoiled_bank_is_read_or_refused_and_nothing_else(spoiled_file: Path, data: bytes) -> None:
    spoiled_file.write_bytes(data)
    problems: tuple[bank.LocatedProblem, ...] = ()
    try:
        read_bank(spoiled_file, known_sources={"crawford1982"})
    except BankError as error:
        problems = error.problems
        event("refused")
    last = data.count(b"\n") + data.count(b"\r") + 2
    for problem in problems:
        assert 1 <= problem.line <= last
        assert problem.column >= 1
        assert not re.search(r"pydantic|Input should|tuple|Decimal|\n", str(problem))


def test_a_later_check_can_place_what_it_finds(tmp_path: Path) -> None:
    file = tmp_path / "small.yml"
    file.write_text(SMALL)
    _, positions = read_bank_with_positions(file)
    problem = positions.problem(("items", 0, "options", 1, "text"), "raw HTML")
    assert str(problem) == f"{file}:14:26: items[0] 'cheap-talk': options[1].text: raw HTML"
    unwritten = positions.problem(("items", 1, "tries"), "too few")
    assert (unwritten.line, unwritten.column) == (15, 5)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two banks in place of the package's own."""
    (tmp_path / "small.yml").write_text(SMALL)
    other = SMALL.replace("bank: small", "bank: other").replace("id: price", "id: cost")
    (tmp_path / "other.yml").write_text(other)
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path)
    return tmp_path


def test_banks_are_found_by_name(shelf: Path) -> None:
    assert bank.names() == ("other", "small")
    assert bank.path_of("small") == shelf / "small.yml"
    assert bank.load("small").title == "Small"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("smal", "no bank 'smal'; did you mean 'small'?"),
        ("zzz", "no bank 'zzz'; there are: other, small"),
        ("../small", "no bank '../small'; did you mean 'small'?"),
        ("small\0", "no bank 'small\\x00'; did you mean 'small'?"),
    ],
)
def test_an_unknown_bank_offers_the_nearest_name(shelf: Path, name: str, message: str) -> None:
    for look_up in (bank.load, bank.path_of):
        with pytest.raises(UnknownName) as caught:
            look_up(name)
        assert str(caught.value) == message


def test_an_unknown_item_offers_the_nearest_id(shelf: Path) -> None:
    with pytest.raises(UnknownName) as caught:
        bank.find(bank.load("small"), "cheap-tlak")
    assert str(caught.value) == "no item 'cheap-tlak' in bank 'small'; did you mean 'cheap-talk'?"


@pytest.mark.parametrize(("key", "found"), [("small/cheap-talk", "small/cheap-talk"), ("cost", "other/cost")])
def test_a_key_or_an_id_that_is_unique_leads_to_an_item(shelf: Path, key: str, found: str) -> None:
    held, item = bank.resolve(key)
    assert held.key(item) == found


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("cheap-talk", "several banks have an item 'cheap-talk'; write 'other/cheap-talk' or 'small/cheap-talk'"),
        ("prise", "no bank has an item 'prise'; did you mean 'price'?"),
        ("smal/price", "no bank 'smal'; did you mean 'small'?"),
        ("small/prise", "no item 'prise' in bank 'small'; did you mean 'price'?"),
    ],
)
def test_a_key_that_leads_nowhere_says_what_to_write(shelf: Path, key: str, message: str) -> None:
    with pytest.raises(UnknownName) as caught:
        bank.resolve(key)
    assert str(caught.value) == message


def test_a_bank_is_read_once_until_its_file_changes(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []

    def counted(path: Path) -> items.Bank:
        reads.append(path)
        return read_bank(path)

    monkeypatch.setattr(_shelf, "read_bank", counted)
    first = bank.load("small")
    assert bank.load("small") is first
    assert len(reads) == 1
    (shelf / "small.yml").write_text(SMALL.replace("title: Small", "title: Changed"))
    assert bank.load("small").title == "Changed"
    assert len(reads) == 2


def test_every_bank_of_the_package_can_be_read() -> None:
    for name in bank.names():
        assert bank.load(name).bank == name
