"""Notebooks as files: what is stripped, what a run stores, and what is said when a cell fails."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from iiv_course import bank, notebooks
from iiv_course.bank import _shelf
from iiv_course.checks import check
from iiv_course.course import notebooks_of
from iiv_course.notebooks import NotebookError
from tests.scratch import ROOT, cell, lesson, notebook, write, write_course, write_notebook


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound course, which is also the current folder, for this process and for kernels."""
    write_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bank, "FOLDER", tmp_path / "banks")
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path / "banks")
    monkeypatch.setenv("IIV_BANKS", str(tmp_path / "banks"))
    return tmp_path


def as_jupyterlab_saves(content: dict[str, Any]) -> dict[str, Any]:
    """The same notebook after a run in JupyterLab."""
    saved = copy.deepcopy(content)
    saved["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    saved["metadata"]["language_info"] = {"name": "python", "version": "3.11.7", "pygments_lexer": "ipython3"}
    for number, each in enumerate(saved["cells"], 40):
        each["metadata"]["execution"] = {"iopub.status.busy": "2026-11-24T12:00:00Z"}
        if each["cell_type"] == "code":
            each["execution_count"] = number
        for output in each.get("outputs", ()):
            output["execution_count"] = number
            output["data"]["application/vnd.jupyter.widget-view+json"] = {"model_id": f"{number}"}
    return saved


def test_stripping_leaves_what_is_the_same_after_every_run() -> None:
    saved = as_jupyterlab_saves(lesson())
    notebooks.strip(saved)
    assert saved == {**lesson(), "metadata": {"language_info": {"name": "python"}}}


def test_stripping_twice_is_stripping_once() -> None:
    once = as_jupyterlab_saves(lesson())
    notebooks.strip(once)
    twice = copy.deepcopy(once)
    notebooks.strip(twice)
    assert twice == once


def test_an_output_that_was_nothing_but_a_widget_goes_as_a_whole() -> None:
    content = notebook(cell("a", "slider", "<p>x</p>"))
    content["cells"][0]["outputs"][0]["data"] = {"application/vnd.jupyter.widget-view+json": {}}
    notebooks.strip(content)
    assert content["cells"][0]["outputs"] == []


def test_printed_lines_stay() -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": "1\n"}
    content = notebook(cell("a", "print(1)"))
    content["cells"][0]["outputs"] = [printed]
    notebooks.strip(content)
    assert content["cells"][0]["outputs"] == [printed]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"a\.ipynb:1:1: no notebook \(no JSON\): Expecting value"),
        ("[]", r"a\.ipynb: no notebook of format 4: the file: "),
        ('{"nbformat": 3, "metadata": {}, "cells": []}', r"a\.ipynb: no notebook of format 4: nbformat: "),
        ('{"nbformat": 4, "metadata": {}, "cells": [{}]}', r"a\.ipynb: no notebook of format 4: cells\.0\.cell_type: "),
        ("[" * 100_000, r"a\.ipynb: no notebook: it is nested too deeply"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(NotebookError, match=message):
        notebooks.read(write(tmp_path / "a.ipynb", text))


def test_a_notebook_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(b'{"caf\xe9": 1}')
    with pytest.raises(NotebookError, match="is not UTF-8 at byte 5"):
        notebooks.read(path)


def test_a_notebook_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="cannot be read: No such file"):
        notebooks.read(tmp_path / "a.ipynb")


def test_running_again_stores_what_check_wants_and_the_second_time_changes_nothing(course: Path) -> None:
    content = as_jupyterlab_saves(lesson())
    for each in content["cells"]:
        if each["cell_type"] == "code":
            each["outputs"] = []
    path = write_notebook(course / "notebooks" / "01-small.ipynb", content)
    assert check().problems != []
    assert notebooks.refresh(path)
    assert check().problems == []
    first = path.read_bytes()
    assert not notebooks.refresh(path)
    assert path.read_bytes() == first


def test_a_cell_that_fails_is_named_and_the_file_stays_as_it_was(course: Path) -> None:
    path = write_notebook(course / "notebooks" / "02-bad.ipynb", notebook(cell("one", "1"), cell("zero", "1 / 0")))
    before = path.read_bytes()
    with pytest.raises(NotebookError) as caught:
        notebooks.refresh(path)
    assert str(caught.value) == "notebooks/02-bad.ipynb: cell 2 (zero): ZeroDivisionError: division by zero"
    assert path.read_bytes() == before


def test_a_refreshed_notebook_passes_strict_nbval_and_one_with_another_output_does_not(course: Path) -> None:
    path = course / "notebooks" / "01-small.ipynb"
    notebooks.refresh(path)
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "--nbval", str(path)]
    assert subprocess.run(command, cwd=course, capture_output=True, check=False).returncode == 0
    path.write_text(path.read_text("utf-8").replace("An exercise of this course", "Another"), encoding="utf-8")
    assert subprocess.run(command, cwd=course, capture_output=True, check=False).returncode == 1


def test_a_run_has_a_workbook_of_its_own(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IIV_WORKBOOK", str(course / "mine.sqlite"))
    path = write_notebook(
        course / "notebooks" / "03.ipynb", notebook(cell("a", "import os\nprint(os.environ['IIV_WORKBOOK'])"))
    )
    notebooks.refresh(path)
    [output] = json.loads(path.read_text("utf-8"))["cells"][0]["outputs"]
    assert output["text"] == [":memory:\n"]


def test_every_notebook_of_the_course_begins_with_what_to_do_in_jupyterlab() -> None:
    """The book leaves the line out. Where cells were not run there is no exercise, or an error of JupyterLab's own."""
    [first] = {notebooks.read(path).cells[0].model_dump_json() for path in notebooks_of(ROOT)}
    cell = json.loads(first)
    assert (cell["cell_type"], cell["metadata"]) == ("markdown", {"tags": ["remove-cell"]})
    assert cell["source"].startswith("**In JupyterLab:** choose *Run*")
