"""What is generated and bundled for browsers is what its sources make."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from iiv_course.frontend.generate import PACKAGE, schemas
from tests import provision

FRONTEND = PACKAGE / "frontend"


@pytest.mark.parametrize("path", schemas(), ids=lambda path: path.name)
def test_a_generated_schema_is_what_the_data_types_say(path: Path) -> None:
    assert path.read_text("utf-8") == schemas()[path], "run: make frontend"


def test_the_bundles_in_the_repository_are_what_a_rebuild_gives(tmp_path: Path) -> None:
    types = [FRONTEND / "src" / name for name in ("spec.ts", "content-types.ts")]
    before = [path.read_bytes() for path in types]
    subprocess.run([provision.node(), "build.mjs", str(tmp_path)], cwd=FRONTEND, check=True, timeout=120)
    assert [path.read_bytes() for path in types] == before, "run: make frontend"
    ours, rebuilt = (
        {path.name: path.read_bytes() for path in folder.glob("*")} for folder in (PACKAGE / "static", tmp_path)
    )
    assert ours.keys() == rebuilt.keys()
    assert [name for name in ours if ours[name] != rebuilt[name]] == [], "run: make frontend"
