"""Makes workbooks for tests: honest histories of several writers, and anything at all that a file may say."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from iiv_course.workbook.marks import Marks, number
from iiv_course.workbook.merge import Content, ItemState, erase, merge
from tests.hostile import HOSTILE

KEYS = ("b/one", "b/two", "c/three", "__proto__", "constructor", "ключ/𝒳")
NOTHING: Content = {"items": {}, "erased": []}


@dataclass
class Replica:
    """A place with a workbook of its own: a tab, a kernel, a file that was put aside."""

    content: Content = field(default_factory=lambda: NOTHING)
    writer: str = ""
    clock: int = 0

    def name(self, item: ItemState) -> str:
        """As `newId` makes it: later than all that is known of the item and all that this writer made."""
        seen = [thing["id"] for thing in (*item["attempts"], *item["rows"])]
        seen += [name for draft in item["draft"] for name in (draft["version"], *draft["parents"])]
        self.clock = max([self.clock, *map(number, seen)]) + 1
        return f"{self.writer}:{self.clock}"


class History:
    """Several replicas that answer, write, start over, erase and sync at random, and what became of it all."""

    def __init__(self, rng: random.Random, steps: int = 60) -> None:
        self.rng = rng
        self.replicas = [Replica() for _ in range(rng.randint(2, 4))]
        self.copies: list[Content] = []
        self.attempts: dict[str, str] = {}
        """The key of every attempt by its name."""
        self.texts: dict[str, tuple[str, str]] = {}
        """Key and text of every version that nobody who had seen it replaced."""
        self.rows: dict[str, int] = {}
        """The highest version of every row."""
        self.dead: list[str] = []
        """Marks of everything that was erased."""
        for replica in self.replicas:
            self.reload(replica)
        does = [self.answer] * 4 + [self.write] * 6 + [self.edit] * 3 + [self.sync] * 5
        does += [self.start_over, self.erase, self.put_aside, self.bring_back, self.reload]
        for _ in range(steps):
            rng.choice(does)(rng.choice(self.replicas))

    def workbooks(self) -> list[Content]:
        return [*(replica.content for replica in self.replicas), *self.copies]

    def reload(self, replica: Replica) -> None:
        replica.writer = f"{self.rng.getrandbits(48):012x}"
        replica.clock = 0

    def answer(self, replica: Replica) -> None:
        item = self._item(replica)
        name = replica.name(item)
        self.attempts[name] = item["key"]
        self._put(replica, {**item, "attempts": [*item["attempts"], attempt(self.rng, name, item["round"])]})

    def write(self, replica: Replica) -> None:
        self._write(replica, self._item(replica), f"text {self.rng.getrandbits(32)}")

    def edit(self, replica: Replica) -> None:
        item = self._item(replica)
        known = self.rng.choice(item["rows"]) if item["rows"] and self.rng.random() < 0.7 else None
        row = {
            "id": known["id"] if known else replica.name(item),
            "version": known["version"] + 1 if known else 1,
            "deleted": self.rng.random() < 0.2,
            "fields": {"who": f"cell {self.rng.getrandbits(16)}"},
        }
        self._rows(replica, item, [row])

    def start_over(self, replica: Replica) -> None:
        """As a page does: what stands there becomes an attempt of the old round, then all begins anew."""
        item = self._item(replica)
        if item["draft"]:
            name = replica.name(item)
            self.attempts[name] = item["key"]
            kept = {**attempt(self.rng, name, item["round"]), "response": item["draft"][0]["text"], "score": None}
            item = {**item, "attempts": [*item["attempts"], kept]}
        item = {**item, "round": item["round"] + 1}
        self._write(replica, item, "")
        item = replica.content["items"][item["key"]]
        self._rows(replica, item, [{**row, "version": row["version"] + 1, "deleted": True} for row in item["rows"]])

    def erase(self, replica: Replica) -> None:
        replica.content = erase(replica.content)
        self.dead += replica.content["erased"]

    def sync(self, replica: Replica) -> None:
        replica.content = merge(replica.content, self.rng.choice(self.replicas).content)

    def put_aside(self, replica: Replica) -> None:
        self.copies.append(replica.content)

    def bring_back(self, replica: Replica) -> None:
        if self.copies:
            replica.content = merge(self.rng.choice(self.copies), replica.content)

    def _item(self, replica: Replica) -> ItemState:
        key = self.rng.choice(KEYS[:3])
        empty: ItemState = {"key": key, "round": 1, "attempts": [], "draft": [], "rows": []}
        state: ItemState = replica.content["items"].get(key, empty)
        return state

    def _write(self, replica: Replica, item: ItemState, text: str) -> None:
        version = replica.name(item)
        known = [name for draft in item["draft"] for name in (draft["version"], *draft["parents"])]
        for draft in item["draft"]:
            self.texts.pop(draft["version"], None)
        self.texts[version] = (item["key"], text)
        new = {"version": version, "parents": Marks(known).names(), "text": text, "at": at(self.rng)}
        self._put(replica, {**item, "draft": [new]})

    def _rows(self, replica: Replica, item: ItemState, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            self.rows[row["id"]] = max(self.rows.get(row["id"], 0), row["version"])
        changed = {row["id"] for row in rows}
        self._put(replica, {**item, "rows": [*(row for row in item["rows"] if row["id"] not in changed), *rows]})

    def _put(self, replica: Replica, item: ItemState) -> None:
        replica.content = merge({**replica.content, "items": {**replica.content["items"], item["key"]: item}}, NOTHING)


def attempt(rng: random.Random, name: str, round_: int) -> dict[str, Any]:
    return {
        "id": name,
        "rev": f"{rng.getrandbits(8):08x}",
        "round": round_,
        "at": at(rng),
        "response": rng.choice(["a", ["a", "b"], {"x": "y"}, "0.5", None]),
        "score": rng.choice(["0", "1", "2/3", None]),
        "hints": rng.randint(0, 2),
        "revealed": rng.random() < 0.1,
        "confidence": rng.choice(["guess", "fairly-sure", "certain", None]),
    }


def at(rng: random.Random) -> str:
    """A clock that is wrong as often as not."""
    return f"{rng.choice([1970, 2026, 2099])}-0{rng.randint(1, 9)}-01T00:00:00.000Z"


def arbitrary(rng: random.Random) -> Content:
    """Whatever a valid file may hold: names that collide, versions that lie, and things this version does not know."""
    items = {key: _item(rng, key) for key in rng.sample(KEYS, rng.randint(0, 4))}
    erased = [_name(rng) for _ in range(rng.randint(0, 2))] if rng.random() < 0.5 else []
    return {**_unknown(rng), "items": items, "erased": erased}


def _item(rng: random.Random, key: str) -> ItemState:
    return {
        **_unknown(rng),
        "key": key,
        "round": rng.randint(1, 3),
        "attempts": _few(rng, lambda: {**_unknown(rng), **attempt(rng, _name(rng), 1), **_review(rng)}),
        "draft": _few(rng, lambda: _draft(rng)),
        "rows": _few(rng, lambda: _row(rng)),
        **({"replaced": [_name(rng)]} if rng.random() < 0.1 else {}),
    }


def _few(rng: random.Random, make: Any) -> list[dict[str, Any]]:
    """Names differ within a list, as in a workbook that was merged before; drafts may share one."""
    things = {(thing.get("id"), rng.random() if "version" in thing else 0): thing for thing in _some(rng, make)}
    return list(things.values())


def _some(rng: random.Random, make: Any) -> list[dict[str, Any]]:
    return [make() for _ in range(rng.choice([0, 0, 1, 2, 4]))]


def _review(rng: random.Random) -> dict[str, Any]:
    return {"review": _name(rng)} if rng.random() < 0.2 else {}


def _draft(rng: random.Random) -> dict[str, Any]:
    parents = [_name(rng) for _ in range(rng.randint(0, 3))]
    text = rng.choice(["", "x", "y", rng.choice(_SHORT)])
    return {**_unknown(rng), "version": _name(rng), "parents": parents, "text": text, "at": at(rng)}


def _row(rng: random.Random) -> dict[str, Any]:
    fields = {
        rng.choice(["who", "__proto__", "\ud800", "𝒳"]): rng.choice(["", "x", rng.choice(_SHORT)]) for _ in range(2)
    }
    known = {"id": _name(rng), "version": rng.randint(1, 3), "deleted": rng.random() < 0.3, "fields": fields}
    return {**_unknown(rng), **known}


_SHORT = [text for text in HOSTILE if len(text) < 200]


def _name(rng: random.Random) -> str:
    """From so few that two workbooks often say different things of one."""
    made = f"{rng.choice(['aaaaaa', 'bbbbbb', 'cccccc'])}:{rng.randint(1, 6)}"
    return rng.choice(
        [made, made, made, made, rng.choice(["x", "é𝒳", "__proto__", "aaaaaa:0", "aaaaaa:09", "AAAAAA:1"])]
    )


def _unknown(rng: random.Random) -> dict[str, Any]:
    if rng.random() < 0.7:
        return {}
    names = ["new", "__proto__", "constructor", "\udfff", "𝒳", "1", "items!"]
    return {rng.choice(names): value(rng, 3) for _ in range(rng.randint(1, 2))}


def value(rng: random.Random, depth: int) -> Any:
    """Any JSON that JavaScript holds; whole numbers as whole numbers, as a file is read."""
    number_ = rng.choice(
        [0, 1, -1, 0.5, 2**53, 1e21, 1.5e300, 5e-324, 1e-7, 123456.789, -0.000001234, rng.uniform(-9, 9)]
    )
    plain = [None, True, False, number_, number_, rng.choice(_SHORT), ""]
    if depth == 0 or rng.random() < 0.6:
        return rng.choice(plain)
    if rng.random() < 0.5:
        return [value(rng, depth - 1) for _ in range(rng.randint(0, 3))]
    return {
        rng.choice(["a", "b", "__proto__", "10", "9", "\ud83d", "\uffff", "𝒳"]): value(rng, depth - 1) for _ in range(3)
    }
