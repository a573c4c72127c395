"""From a file to its text, or to the reasons why it cannot be one; and what a place and a fault are."""

from __future__ import annotations

import re
import stat
from itertools import islice
from pathlib import Path as FilePath
from typing import NamedTuple

BYTES_LIMIT = 2_000_000

Path = tuple[str | int, ...]
"""Field names and positions that lead from the top of a file to a value."""


class Place(NamedTuple):
    """Where something stands in a file; both count from 1, columns in code points."""

    line: int
    column: int


class Fault(NamedTuple):
    """Something wrong with what stands at `place`; `finding` goes on from the name of the value: "is empty"."""

    place: Place
    path: Path
    finding: str


TOP = Place(1, 1)

# Line and paragraph separators are in the list because YAML counts them as line ends and editors do not.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def read_text(path: FilePath) -> str | tuple[Fault, ...]:
    """The text of a file, or what keeps it from being read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return (Fault(TOP, (), "is not a regular file; name a bank such as signaling.yml"),)
        with path.open("rb") as file:
            data = file.read(BYTES_LIMIT + 1)
    except (OSError, ValueError) as error:
        return (Fault(TOP, (), f"cannot be read: {getattr(error, 'strerror', None) or error}"),)
    if len(data) > BYTES_LIMIT:
        return (Fault(TOP, (), f"is larger than {BYTES_LIMIT // 1_000_000} MB; split the bank"),)
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode().removeprefix("\ufeff")
        found = f"is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}; save it as UTF-8"
        return (Fault(_place_after(before), (), found),)
    controls = islice(FORBIDDEN.finditer(text), 10)
    faults = tuple(
        Fault(_place_after(text[: match.start()]), (), f"holds the {named(match.group())}; take it out")
        for match in controls
    )
    return faults or text


def named(character: str) -> str:
    """A forbidden character in words."""
    kind = "lone surrogate" if "\ud800" <= character <= "\udfff" else "control character"
    return f"{kind} U+{ord(character):04X}"


def _place_after(text: str) -> Place:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Place(len(lines), len(lines[-1]) + 1)
