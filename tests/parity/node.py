"""Asks a script beside this file, in Node, and reads its answer; all questions at once, for a start takes long."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests import provision


def node(script: str, asked: Any) -> Any:
    """The JSON that the script prints for the JSON that it is given."""
    ran = subprocess.run(
        [provision.node(), str(Path(__file__).with_name(script))],
        input=json.dumps(asked, allow_nan=False),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return json.loads(ran.stdout)
