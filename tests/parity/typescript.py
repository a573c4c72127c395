"""Calls the frontend's own workbook code, many calls at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.parity.node import node


def in_typescript(calls: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The answer to each `(name, argument, …)`: a value, the place where a file was refused, or a crash."""
    said = node("workbook.mjs", calls)
    assert not said["touched"], "a prototype or the global object was touched"
    answers: list[dict[str, Any]] = said["answers"]
    return answers


def values(calls: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The values of calls that must not fail."""
    answers = in_typescript(calls)
    failed = [(call, answer) for call, answer in zip(calls, answers, strict=True) if "value" not in answer]
    assert failed[:1] == []
    return [answer["value"] for answer in answers]
