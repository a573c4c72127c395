"""Learns the weights from the labeled development sets, and judges them by sets that they did not learn from.

`python -m tests.drafts.learn` writes the weights, `python -m tests.drafts.learn judge` prints what they are worth.
A support vector machine for each flaw (Hsieh et al. 2008, dual coordinate descent), over the parts of the texts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
import numpy.typing as npt

from iiv_course.drafts import FOLDER, rules
from iiv_course.drafts._parts import Cutter, Part
from iiv_course.drafts._review import Judge, unbounded
from iiv_course.drafts._rules import ZERO, Learned, Weights
from iiv_course.drafts._tokens import tokens
from tests.drafts import figures

FILE = FOLDER / "weights.json"
FLAWS = ("job_ask", "intrusive", "searchable", "leading", "broad")
"""What words show; `closed` and `double` are a matter of forms and parts."""
OF_FORMS = tuple(f"dev-questions-{number}" for number in (15, 16))
"""Sets about `closed` and `double`: their other flaws are few, and not those that people write."""
SETS = tuple(name for name in figures.OPEN if "questions" in name and name not in OF_FORMS)
JUDGED = tuple(f"dev-questions-{number}" for number in range(4, 14))
"""The sets by writers who have seen no rules. Rules for `intrusive` were written from what was missed in them."""
BUCKETS = 8_000
COMMON = {"pronoun", "determiner", "aux-first", "subject", "adverb", "be", "please", "like-me"}
"""Lists of words that are evidence of nothing; no more are those that only letters need."""
LEVELS, STEP = 3, 4.0
"""How far a weight may be from nothing, and for how many root mean squares of all weights that stands."""
RULE, DOUBT = 0.75, 0.25
"""What a finding of the rule weighs, and how much more than even the evidence must be; a margin is 1."""
COST, ROUNDS, PASSES = 0.02, 2, 20
"""The cost of an error; how often the part that bears a flaw is chosen anew; how often each part is seen."""

Floats = npt.NDArray[np.float64]
Evidence = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Row:
    """A labeled text: the evidence of its parts, those that may bear a flaw, and those in which the rule finds it."""

    flaws: frozenset[str]
    evidence: tuple[Evidence, ...]
    asking: frozenset[int]
    bearing: dict[str, tuple[int, ...]]
    ruled: dict[str, frozenset[int]]


def lists() -> tuple[str, ...]:
    """The lists of words that are evidence."""
    written = "".join((FOLDER / each).read_text("utf-8") for each in ("question.yml", "parts.yml"))
    return tuple(each for each in rules().lists if each not in COMMON and f"<{each}>" in written)


def read() -> dict[str, list[Row]]:
    """The sets by name."""
    given = replace(rules(), learned=Learned(BUCKETS, lists(), {}))
    cutter = Cutter(given)
    judges = {each.criterion: Judge(each, given) for each in given.kinds["question"]}

    def row(text: str, flaws: Sequence[str]) -> Row:
        parts = cutter.parts(tokens(text, given))
        return Row(
            frozenset(flaws),
            tuple(np.array([*sorted(part.buckets), BUCKETS]) for part in parts),
            frozenset(i for i, part in enumerate(parts) if part.answer != "none"),
            {flaw: _bearing(flaw, parts) for flaw in FLAWS},
            {flaw: frozenset(i for i, part in enumerate(parts) if judges[flaw].ruled(part)) for flaw in FLAWS},
        )

    return {name: [row(each["text"], each["flaws"]) for each in figures.texts(name)] for name in SETS}


def _bearing(flaw: str, parts: list[Part]) -> tuple[int, ...]:
    among = {id(part) for part in (unbounded(parts) if flaw == "broad" else parts)}
    return tuple(i for i, part in enumerate(parts) if id(part) in among)


def learned(rows: Sequence[Row]) -> dict[str, Weights]:
    return {flaw: _whole(_weights(rows, flaw)) for flaw in FLAWS}


def _weights(rows: Sequence[Row], flaw: str) -> Floats:
    """The weight of each bucket, and last of what is always there."""
    known = np.bincount(np.concatenate([part for row in rows for part in row.evidence]), minlength=BUCKETS + 1) > 1
    weights: Floats | None = None
    for _ in range(ROUNDS):
        chosen = [(part[known[part]], label) for row in rows for part, label in _examples(row, flaw, weights)]
        weights = _machine([part for part, _ in chosen], np.array([label for _, label in chosen]))
    assert weights is not None
    return weights


def _examples(row: Row, flaw: str, weights: Floats | None) -> Iterable[tuple[Evidence, float]]:
    """The parts that a label speaks of: all, or where one is enough, those that ask, and then the one that shows it."""
    has, parts = flaw in row.flaws, row.bearing[flaw]
    one_is_enough = has != (flaw == "broad")
    if one_is_enough and parts:
        if weights is None:
            parts = tuple(each for each in parts if each in row.asking) or parts
        else:
            sums = [weights[row.evidence[each]].sum() for each in parts]
            parts = (parts[int(np.argmax(sums) if has else np.argmin(sums))],)
    return [(row.evidence[each], 1.0 if has else -1.0) for each in parts]


def _machine(examples: Sequence[Evidence], labels: Floats) -> Floats:
    weights = np.zeros(BUCKETS + 1)
    shares = np.zeros(len(examples))
    ridge = 1 / (2 * COST)
    order = np.random.default_rng(0)
    for _ in range(PASSES):
        for i in order.permutation(len(examples)):
            at, label = examples[i], labels[i]
            slope = label * weights[at].sum() - 1 + shares[i] * ridge
            share = max(shares[i] - slope / (len(at) + ridge), 0.0)
            if share != shares[i]:
                weights[at] += (share - shares[i]) * label
                shares[i] = share
    return weights


def _whole(weights: Floats) -> Weights:
    """Weights as whole numbers of a step, so that sums are exact in any language."""
    step = np.sqrt(np.mean(weights[:-1] ** 2)) * STEP / LEVELS
    levels = np.clip(np.round(weights[:-1] / step), -LEVELS, LEVELS).astype(int)
    letters = "".join(chr(ord(ZERO) + level) for level in levels)
    return Weights(round((weights[-1] - DOUBT) / step), round(RULE / step), letters)


def findings(row: Row, weights: dict[str, Weights]) -> set[str]:
    """The flaws of a text by the weights, as the engine finds them."""
    found = set()
    for flaw, each in weights.items():
        fails = [each.sum(row.evidence[i][:-1], ruled=i in row.ruled[flaw]) > 0 for i in row.bearing[flaw]]
        if fails and (all(fails) if flaw == "broad" else any(fails)):
            found.add(flaw)
    return found


def written(weights: dict[str, Weights]) -> str:
    content = {"buckets": BUCKETS, "lists": lists(), "weights": {flaw: asdict(each) for flaw, each in weights.items()}}
    return json.dumps(content, indent=1) + "\n"


def judge() -> None:
    """Prints, for each set by other writers, what the weights of all other sets find there, with the rule and alone."""
    sets = read()
    for name in JUDGED:
        weights = learned([row for other in SETS if other != name for row in sets[other]])
        alone = {flaw: replace(each, rule=0) for flaw, each in weights.items()}
        texts = figures.texts(name)
        print(name)
        for label, found in (
            ("rules", [{flaw for flaw in FLAWS if row.ruled[flaw]} for row in sets[name]]),
            ("weights", [findings(row, alone) for row in sets[name]]),
            ("both", [findings(row, weights) for row in sets[name]]),
        ):
            print(f"  {label:8}", _figures([set(each["flaws"]) for each in texts], found))


def _figures(wanted: list[set[str]], found: list[set[str]]) -> str:
    scores = []
    for flaw in FLAWS:
        hits = sum(flaw in one and flaw in other for one, other in zip(wanted, found, strict=True))
        either = sum(flaw in one for one in wanted) + sum(flaw in one for one in found)
        scores.append(2 * hits / either)
    blamed = sum(not one and bool(other) for one, other in zip(wanted, found, strict=True))
    each = "  ".join(f"{flaw} {score:.2f}" for flaw, score in zip(FLAWS, scores, strict=True))
    return f"F1 {sum(scores) / len(scores):.3f}  blamed {blamed} of {sum(not one for one in wanted)}  {each}"


if __name__ == "__main__":
    if sys.argv[1:] == ["judge"]:
        judge()
    else:
        FILE.write_text(written(learned([row for rows in read().values() for row in rows])), "utf-8")
