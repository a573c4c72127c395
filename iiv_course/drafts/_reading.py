"""Reads the rules from their files and compiles them; everything wrong in a file is said with line and column."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from iiv_course.bank import BankError, LocatedProblem, Positions, read_plain
from iiv_course.drafts._compile import BrokenPatternsError, Compiler, PatternError
from iiv_course.drafts._rules import (
    Answer,
    Criterion,
    Cut,
    Form,
    Learned,
    Parts,
    Patterns,
    Rules,
    Strength,
    Way,
    Weights,
)

FOLDER = Path(__file__).resolve().parents[1] / "criteria"
"""Where the rules are: words, parts, a file for each kind of draft, and learned weights."""
KINDS = ("question", "thank-you-note", "outreach-message")

Text = Annotated[str, Field(min_length=1)]
Where = tuple[str | int, ...]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Model):
    letters: dict[str, Text]
    spellings: dict[str, Text]
    endings: Text
    abbreviations: Text
    words: dict[str, Text]
    phrases: dict[str, Text]


class _Cut(_Model):
    joints: Text
    heads: Text


class _Form(_Model):
    form: Text
    answer: Answer
    flaw: str = ""
    marked: bool = False
    patterns: Text


class _Parts(_Model):
    leads: Text
    wraps: Text
    asides: Text
    cuts: tuple[_Cut, ...]
    depends: Text
    ties: Text
    tags: tuple[_Form, ...]
    forms: tuple[_Form, ...]


class _Criterion(_Model):
    criterion: Text
    strength: Strength
    way: Way
    advice: Text
    example: Text
    counter_example: Text
    patterns: str = ""
    unless: str = ""
    never: str = ""
    most: int = 0


class _Kind(_Model):
    kind: Literal["question", "thank-you-note", "outreach-message"]
    asks: bool = False
    criteria: Annotated[tuple[_Criterion, ...], Field(min_length=1)]


Shape = TypeVar("Shape", bound=_Model)


@cache
def rules() -> Rules:
    """The rules that come with the course."""
    return read_rules(FOLDER)


def read_rules(folder: Path) -> Rules:
    """The rules in a folder, compiled. Raises `BankError` with the problems of the first file that has any."""
    words, _ = _read(folder / "words.yml", _Words)
    phrases = {name: tuple(line for _, line in _lines(text)) for name, text in words.phrases.items()}
    compiler = Compiler(words.words, phrases)
    compiled_phrases = compiler.phrases
    parts, parts_at = _read(folder / "parts.yml", _Parts)
    compiled_parts = _parts(parts, _Patterns(compiler, folder / "parts.yml", parts_at))
    kinds = {}
    asking = []
    for kind in KINDS:
        path = folder / f"{kind}.yml"
        content, at = _read(path, _Kind)
        patterns = _Patterns(compiler, path, at)
        kinds[kind] = tuple(_criterion(each, ("criteria", i), patterns) for i, each in enumerate(content.criteria))
        patterns.done()
        asking += [kind] * content.asks
    return Rules(
        letters=words.letters,
        spellings={word: tuple(spelled.split()) for word, spelled in words.spellings.items()},
        endings=tuple(words.endings.split()),
        abbreviations=tuple(words.abbreviations.split()),
        lists=compiler.lists,
        phrases=compiled_phrases,
        classes=compiler.classes,
        parts=compiled_parts,
        asking=tuple(asking),
        kinds=kinds,
        learned=_learned(folder / "weights.json"),
    )


def _learned(path: Path) -> Learned:
    """Weights as `tests/drafts/learn.py` has written them; nobody writes them by hand."""
    raw = json.loads(path.read_text("utf-8"))
    weights = {criterion: Weights(**each) for criterion, each in raw["weights"].items()}
    return Learned(raw["buckets"], tuple(raw["lists"]), weights)


class _Patterns:
    """Compiles the blocks of patterns of a file, and keeps what is wrong until the file is done."""

    def __init__(self, compiler: Compiler, path: Path, positions: Positions) -> None:
        self._compiler = compiler
        self._lines = path.read_text("utf-8").splitlines()
        self._positions = positions
        self._problems: list[LocatedProblem] = []

    def of(self, where: Where, block: str) -> Patterns:
        """The patterns of a block; a line of its own begins below the place of the block."""
        lines = list(_lines(block))
        try:
            return self._compiler.patterns(line for _, line in lines)
        except BrokenPatternsError as errors:
            self._problems += [self._located(where, *lines[each], error) for each, error in errors.broken.items()]
            return ()

    def done(self) -> None:
        if self._problems:
            raise BankError(tuple(self._problems))

    def _located(self, where: Where, number: int, line: str, error: PatternError) -> LocatedProblem:
        place = self._positions.place(where)
        row = place.line + number + 1
        written = self._lines[row - 1] if row <= len(self._lines) else ""
        if written.strip() and line.startswith(written.strip()):
            place = place._replace(line=row, column=len(written) - len(written.lstrip()) + 1)
        return self._positions.located(place, (), f"the pattern '{line}' {error}")


def _parts(parts: _Parts, patterns: _Patterns) -> Parts:
    compiled = Parts(
        leads=patterns.of(("leads",), parts.leads),
        wraps=patterns.of(("wraps",), parts.wraps),
        asides=patterns.of(("asides",), parts.asides),
        cuts=tuple(
            Cut(
                patterns.of(("cuts", i, "joints"), cut.joints),
                patterns.of(("cuts", i, "heads"), cut.heads),
            )
            for i, cut in enumerate(parts.cuts)
        ),
        depends=patterns.of(("depends",), parts.depends),
        ties=patterns.of(("ties",), parts.ties),
        tags=_forms("tags", parts.tags, patterns),
        forms=_forms("forms", parts.forms, patterns),
    )
    patterns.done()
    return compiled


def _forms(where: str, forms: tuple[_Form, ...], patterns: _Patterns) -> tuple[Form, ...]:
    return tuple(
        Form(each.form, each.answer, each.flaw, each.marked, patterns.of((where, i, "patterns"), each.patterns))
        for i, each in enumerate(forms)
    )


def _criterion(raw: _Criterion, where: Where, patterns: _Patterns) -> Criterion:
    return Criterion(
        criterion=raw.criterion,
        strength=raw.strength,
        way=raw.way,
        advice=" ".join(raw.advice.split()),
        example=raw.example,
        counter_example=raw.counter_example,
        found=patterns.of((*where, "patterns"), raw.patterns),
        spared=patterns.of((*where, "unless"), raw.unless),
        never=patterns.of((*where, "never"), raw.never),
        most=raw.most,
    )


def _lines(block: str) -> Iterator[tuple[int, str]]:
    """The patterns of a block with the number of their line, without remarks; an indented line goes on."""
    pattern, first = "", 0
    for number, line in enumerate([*block.splitlines(), ""]):
        if line.startswith(" ") and pattern:
            pattern += f" {line.strip()}"
            continue
        if pattern and not pattern.startswith("# "):
            yield first, pattern
        pattern, first = line.strip(), number


def _read(path: Path, shape: type[Shape]) -> tuple[Shape, Positions]:
    value, positions = read_plain(path)
    try:
        return shape.model_validate(value), positions
    except ValidationError as error:
        raise BankError(tuple(_problems(error, positions))) from None


def _problems(error: ValidationError, positions: Positions) -> Iterator[LocatedProblem]:
    for details in error.errors(include_url=False):
        where: Where = details["loc"]
        name = ".".join(map(str, where)) or "the file"
        yield positions.located(positions.place(where), (), f"{name}: {details['msg'][:1].lower()}{details['msg'][1:]}")
