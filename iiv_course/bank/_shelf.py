"""The banks that come with the package, by name: loaded once, looked up with a nearest name for a slip."""

from __future__ import annotations

import os
import re
from pathlib import Path

from iiv_course.bank._read import read_bank
from iiv_course.items import Bank, CourseError, Item
from iiv_course.written import quoted, suggestion

FOLDER = Path(os.environ.get("IIV_BANKS") or Path(__file__).parent)
"""Where banks are looked for; `IIV_BANKS` names another folder, as trials and tests do."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_loaded: dict[Path, tuple[tuple[int, int], Bank]] = {}


class UnknownName(CourseError, LookupError):  # noqa: N818 - it says what is wrong
    """A bank or item that does not exist; the message offers the nearest name, or lists them."""


def names() -> tuple[str, ...]:
    """The names of all banks, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yml") if _NAME.fullmatch(path.stem)))


def path_of(name: str) -> Path:
    """The file of a bank. Raises `UnknownName`."""
    path = FOLDER / f"{name}.yml"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise _unknown_bank(name)
    return path


def load(name: str) -> Bank:
    """The bank of that name, read again only when its file has changed. Raises `UnknownName` or `BankError`."""
    if not _NAME.fullmatch(name):
        raise _unknown_bank(name)
    path = FOLDER / f"{name}.yml"
    try:
        status = path.stat()
    except OSError:
        raise _unknown_bank(name) from None
    stamp = (status.st_mtime_ns, status.st_size)
    known = _loaded.get(path)
    if known is None or known[0] != stamp:
        known = _loaded[path] = (stamp, read_bank(path))
    return known[1]


def find(bank: Bank, item_id: str) -> Item:
    """The item with that id. Raises `UnknownName`."""
    for item in bank.items:
        if item.id == item_id:
            return item
    near = suggestion(item_id, [item.id for item in bank.items])
    raise UnknownName(f"no item {quoted(item_id)} in bank '{bank.bank}'{near}")


def resolve(key: str) -> tuple[Bank, Item]:
    """The bank and item of `bank/id`, or of an id that only one bank has. Raises `UnknownName` or `BankError`."""
    name, slash, item_id = key.partition("/")
    if slash:
        bank = load(name)
        return bank, find(bank, item_id)
    held = [(bank, item) for bank in map(load, names()) for item in bank.items]
    found = [(bank, item) for bank, item in held if item.id == key]
    if len(found) == 1:
        return found[0]
    if found:
        keys = " or ".join(f"'{bank.key(item)}'" for bank, item in found)
        raise UnknownName(f"several banks have an item {quoted(key)}; write {keys}")
    near = suggestion(key, sorted({item.id for _, item in held}))
    raise UnknownName(f"no bank has an item {quoted(key)}{near}")


def _unknown_bank(name: str) -> UnknownName:
    return UnknownName(f"no bank {quoted(name)}{suggestion(name, names())}")
