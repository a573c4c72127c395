"""Values and names as a message to an author writes them: short, on one line, with the nearest known name."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from decimal import Decimal
from itertools import islice

_COMPARED = 1_000
_LISTED = 12


def suggestion(name: str, known: Collection[str]) -> str:
    """The end of a message about an unknown name: the nearest known one, or which ones there are."""
    # names of machine length are no slip of the pen, and comparing them takes time
    near = difflib.get_close_matches(name, known, n=1) if len(name) <= 100 and len(known) <= _COMPARED else []
    if near:
        return f"; did you mean {quoted(near[0])}?"
    if not known:
        return "; there are none"
    listed = [name if name.isprintable() and len(name) <= 60 else quoted(name) for name in islice(known, _LISTED)]
    return f"; there are: {', '.join(listed)}{', …' if len(known) > _LISTED else ''}"


def quoted(value: object) -> str:
    """A value of a bank as a message shows it, on one line and short."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(value if len(value) <= 60 else f"{value[:59]}…")
        case int() | Decimal():
            return str(value)
        case Mapping():
            return "a mapping"
    return "a list"
