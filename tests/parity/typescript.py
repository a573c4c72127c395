"""Calls the frontend's own workbook code, many calls at once."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests import provision


def in_typescript(calls: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The answer to each `(name, argument, …)`: a value, the place where a file was refused, or a crash."""
    ran = subprocess.run(
        [provision.node(), str(Path(__file__).with_name("workbook.mjs"))],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    said = json.loads(ran.stdout)
    assert not said["touched"], "a prototype or the global object was touched"
    answers: list[dict[str, Any]] = said["answers"]
    return answers


def values(calls: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The values of calls that must not fail."""
    answers = in_typescript(calls)
    failed = [(call, answer) for call, answer in zip(calls, answers, strict=True) if "value" not in answer]
    assert failed[:1] == []
    return [answer["value"] for answer in answers]
