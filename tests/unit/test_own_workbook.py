"""The person's own workbook, where the environment says nothing: no build, refresh or test may touch or show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from iiv_course import book, notebooks
from iiv_course.bank import _shelf
from iiv_course.workbook.store import Store
from tests.scratch import write_course

TRACE = "zebra crossing"


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_refresh_and_a_build_leave_it_as_it_is_and_show_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, course = tmp_path / "data", write_course(tmp_path / "course")
    monkeypatch.setattr(_shelf, "FOLDER", course / "banks")
    monkeypatch.setenv("IIV_BANKS", str(course / "banks"))
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    monkeypatch.delenv("IIV_WORKBOOK")
    mine = Store()
    attempt = {"id": "writer:1", "rev": "00000000", "round": 1, "at": "2026-11-24T12:00:00Z", "response": TRACE}
    attempt |= {"score": "0", "hints": 0, "revealed": False, "confidence": None}
    mine.put("small/one", {"key": "small/one", "round": 1, "attempts": [attempt], "draft": [], "rows": []})
    mine.close()
    before = everything_in(data)
    assert any(TRACE.encode() in content for content in before.values())

    notebooks.refresh(course / "notebooks" / "01-small.ipynb")
    well, said = book.build(course, book.PUBLISHED, strict=False)
    assert (well, said) == (True, "")

    assert everything_in(data) == before
    built = everything_in(course)
    assert "_build/html/notebooks/01-small.html" in built
    assert not any(TRACE.encode() in content for content in built.values())
