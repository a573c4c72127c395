"""Two workbooks into one: in any order, any number of times, with one result; the twin of `frontend/src/merge.ts`.

Attempts and rows are joined by name, of rows the higher version counts. Of texts those stay that no other replaced.
What either side erased is gone. Clocks of the day decide nothing. What this version does not know is carried along.
Where two things bear one name and differ, each field has the greater value, by its JSON; null is the least.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from iiv_course.workbook.marks import Marks, number, units

ItemState = dict[str, Any]
"""`{key, round, attempts, draft, rows}` as JSON, checked before it gets here; see `content.py`."""

Content = dict[str, Any]
"""`{items: {key: ItemState}, erased: [mark]}`: everything that a learner did, and what was erased."""

_CONTENT = ("items", "erased")
_ITEM = ("key", "round", "attempts", "draft", "rows", "replaced")

_Thing = dict[str, Any]


def merge(a: Content, b: Content) -> Content:
    """The one workbook that holds both. Idempotent, commutative, associative; changes neither."""
    erased = Marks([*a["erased"], *b["erased"]])
    items = {}
    for key in sorted({*a["items"], *b["items"]}, key=units):
        item = merge_items([content["items"].get(key) for content in (a, b)], erased)
        if item is not None:
            items[key] = item
    return {**_join(_rest(a, _CONTENT), _rest(b, _CONTENT)), "items": items, "erased": erased.names()}


def merge_items(given: Iterable[ItemState | None], erased: Marks | None = None) -> ItemState | None:
    """The states of one item into one; None where nothing is left."""
    states = [state for state in given if state is not None]
    if not states:
        return None
    gone = erased or Marks(())
    rest: _Thing = {}
    for state in states:
        rest = _join(rest, _rest(state, _ITEM))
    draft, replaced = _heads(
        _all(states, "draft"), [name for state in states for name in state.get("replaced", ())], gone
    )
    item = {
        **rest,
        "key": states[0]["key"],
        "round": max(state["round"] for state in states),
        "attempts": [attempt for attempt in _union(_all(states, "attempts"), _join) if not gone.covers(attempt["id"])],
        "draft": draft,
        "rows": [row for row in _union(_all(states, "rows"), _later) if not gone.covers(row["id"])],
    }
    if replaced:
        item["replaced"] = replaced
    things = item["attempts"] or item["draft"] or item["rows"] or replaced
    return item if things or item["round"] > 1 or _rest(item, _ITEM) else None


def current(state: ItemState | None, rev: str) -> list[dict[str, Any]]:
    """What counts in the lesson now: the attempts of this round at this version of the item; not those in review."""
    return [
        attempt
        for attempt in (state["attempts"] if state else ())
        if state and attempt["rev"] == rev and attempt["round"] == state["round"] and not attempt.get("review")
    ]


def erase(content: Content) -> Content:
    """Forget everything, so that no older copy brings it back: names alone remain."""
    items = content["items"].values()
    done = [thing["id"] for item in items for thing in (*item["attempts"], *item["rows"])]
    done += [name for item in items for draft in item["draft"] for name in (draft["version"], *draft["parents"])]
    done += [name for item in items for name in item.get("replaced", ())]
    return {"items": {}, "erased": Marks([*content["erased"], *done]).names()}


def canonical(value: Any) -> str:
    """JSON that is the same for the same value, in both languages: keys in order, numbers as JavaScript writes them."""
    match value:
        case dict():
            fields = sorted(value.items(), key=lambda field: units(field[0]))
            return "{" + ",".join(f"{canonical(name)}:{canonical(field)}" for name, field in fields) + "}"
        case list():
            return "[" + ",".join(map(canonical, value)) + "]"
        case str():
            written = json.dumps(value, ensure_ascii=False)
            return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", written)
        case float():
            return _number(value)
        case _:
            return json.dumps(value)


def _number(value: float) -> str:
    """A number as JavaScript writes it: the same digits, but another rule for when an exponent is used."""
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    sign = "-" if value < 0 else ""
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    shown = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{sign}{shown}e{point - 1:+d}"


def _all(states: Sequence[ItemState], name: str) -> list[_Thing]:
    return [thing for state in states for thing in state[name]]


def _rest(thing: _Thing, known: Sequence[str]) -> _Thing:
    """What this version does not know."""
    return {name: value for name, value in thing.items() if name not in known}


def _union(things: Iterable[_Thing], both: Callable[[_Thing, _Thing], _Thing]) -> list[_Thing]:
    """One each, by name, in the order in which they were made; `both` makes one of two."""
    kept: dict[str, _Thing] = {}
    for thing in things:
        known = kept.get(thing["id"])
        kept[thing["id"]] = thing if known is None else both(known, thing)
    return sorted(kept.values(), key=lambda thing: (number(thing["id"]), units(thing["id"])))


def _later(a: _Thing, b: _Thing) -> _Thing:
    if a["version"] == b["version"]:
        return _join(a, b)
    return a if a["version"] > b["version"] else b


def _heads(drafts: Sequence[_Thing], left: Iterable[str], gone: Marks) -> tuple[list[_Thing], list[str]]:
    """The texts that no other replaced; each says of all that was replaced what came before it.

    The marks of an erased text outlive it, for it may have replaced one that is yet to come: those that nothing else
    says are given beside.
    """
    # A text replaces earlier ones only, whatever a file says; so no two replace each other.
    names = [name for d in drafts for name in Marks(d["parents"]).names(below=number(d["version"]))]
    replaced = Marks([*left, *names])
    kept = {}
    for draft in drafts:
        version = draft["version"]
        if not replaced.covers(version) and not gone.covers(version):
            head = {**draft, "parents": replaced.names(below=number(version), beyond=gone)}
            # Two texts under one name both stay.
            kept[canonical(head)] = head
    order = sorted(kept.items(), key=lambda one: (number(one[1]["version"]), units(one[1]["version"]), units(one[0])))
    last = max((number(head["version"]) for head in kept.values()), default=0)
    return [head for _, head in order], [name for name in replaced.names(beyond=gone) if number(name) >= last]


def _join(a: _Thing, b: _Thing) -> _Thing:
    """The fields of both; where they differ, the greater."""
    fields = dict(a)
    for name, value in b.items():
        if name not in fields or _rank(value) > _rank(fields[name]):
            fields[name] = value
    return fields


def _rank(value: Any) -> tuple[bool, bytes]:
    return value is not None, units(canonical(value))
