"""Notebooks as files: read, look into a cell, strip what a run leaves behind, run again; what is right, checks say."""

from __future__ import annotations

import ast
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ValidationError

from iiv_course.course import label
from iiv_course.items import CourseError
from iiv_course.page import CALLS

WIDGET_TYPES = ("application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json")
"""Outputs that mean nothing without the kernel that made them."""


class NotebookError(CourseError):
    """A notebook that cannot be read or run; the message names the file, the place and what would do."""


def _joined(value: object) -> object:
    return "".join(value) if isinstance(value, list) and all(isinstance(line, str) for line in value) else value


Text = Annotated[str, BeforeValidator(_joined)]


class Cell(BaseModel):
    """One cell as stored."""

    cell_type: Literal["code", "markdown", "raw"]
    id: str | None = None
    source: Text
    metadata: dict[str, Any] = {}
    outputs: list[dict[str, Any]] = []

    def html(self) -> list[str]:
        """The HTML that its outputs hold."""
        return [_as_text(html) for output in self.outputs if (html := _data(output).get("text/html")) is not None]

    def has_widget(self) -> bool:
        return any(kind in _data(output) for output in self.outputs for kind in WIDGET_TYPES)


class Notebook(BaseModel):
    """A notebook as stored, in the fourth version of the format."""

    nbformat: Literal[4]
    metadata: dict[str, Any]
    cells: list[Cell]

    def named_cells(self) -> Iterator[tuple[str, Cell]]:
        """Each cell with its name in messages: `cell 5 (close)`, counted from 1."""
        for number, cell in enumerate(self.cells, 1):
            yield f"cell {number} ({cell.id})" if cell.id else f"cell {number}", cell


class Call(NamedTuple):
    """A call of one of `page.CALLS`; `shown` if the cell ends in it, so that it has an output."""

    name: str
    node: ast.Call
    shown: bool


def read(path: Path) -> Notebook:
    """The notebook in a file. Raises `NotebookError`."""
    name = label(path)
    try:
        return Notebook.model_validate(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise NotebookError(f"{name}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise NotebookError(f"{name}: is not UTF-8 at byte {error.start}; save it again in JupyterLab") from None
    except json.JSONDecodeError as error:
        raise NotebookError(f"{name}:{error.lineno}:{error.colno}: no notebook (no JSON): {error.msg}") from None
    except RecursionError:
        raise NotebookError(f"{name}: no notebook: it is nested too deeply") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise NotebookError(f"{name}: no notebook of format 4: {place}: {first['msg']}") from None


def calls(source: str) -> list[Call]:
    """The exercises that the code of a cell asks for, in order. Raises `SyntaxError`."""
    body = _parsed(source).body
    # A semicolon at its end keeps IPython from showing what a cell ends in.
    last = body[-1] if body and not source.rstrip().endswith(";") else None
    ending = last.value if isinstance(last, ast.Expr) else None
    found = [node for statement in body for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return [
        Call(name, node, node is ending)
        for node in found
        if (name := _called(node)) in CALLS
    ]  # fmt: skip


def strip(notebook: dict[str, Any]) -> None:
    """Take out, in place, what differs from run to run or works only beside the kernel that made it."""
    notebook["metadata"].pop("widgets", None)
    if "language_info" in notebook["metadata"]:
        # The rest names the version of Python that ran it.
        notebook["metadata"]["language_info"] = {"name": notebook["metadata"]["language_info"].get("name", "python")}
    ran = 0
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] != "code":
            continue
        # Numbered as by a fresh kernel: nbval takes a cell without a number for one that was never run.
        runs = bool(_as_text(cell["source"]).strip())
        ran += runs
        cell["execution_count"] = ran if runs else None
        for output in cell["outputs"]:
            for kind in WIDGET_TYPES:
                _data(output).pop(kind, None)
            if "execution_count" in output:
                output["execution_count"] = cell["execution_count"]
        cell["outputs"] = [output for output in cell["outputs"] if _data(output) or "data" not in output]


def refresh(path: Path) -> bool:
    """Run a notebook in a fresh kernel and store its outputs, stripped; whether the file changed.

    The learner's own workbook stays untouched. Raises `NotebookError`, and then leaves the file as it is.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, DeadKernelError

    read(path)
    before = path.read_text("utf-8")
    notebook = nbformat.reads(before, as_version=4)
    notebook["metadata"].pop("widgets", None)
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.absolute().parent)}},
        record_timing=False,
        store_widget_state=False,
    )
    try:
        # Cells write by messages; on stderr a kernel only warns of a transport that never leaves the machine.
        client.execute(env={**os.environ, "IIV_WORKBOOK": ":memory:"}, stderr=subprocess.DEVNULL)
    except (CellControlSignal, DeadKernelError) as error:
        raise NotebookError(f"{label(path)}: {_failure(notebook, error)}") from None
    strip(notebook)
    after: str = nbformat.writes(notebook, version=4) + "\n"
    if after != before:
        path.write_text(after, encoding="utf-8")
    return after != before


def _failure(notebook: dict[str, Any], error: Exception) -> str:
    """Which cell failed, and how, in one line."""
    for number, cell in enumerate(notebook["cells"], 1):
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                name = f"cell {number} ({cell['id']})" if "id" in cell else f"cell {number}"
                return f"{name}: {output['ename']}: {output['evalue']}"
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:
        # Magics and shell lines are no Python before IPython has turned them into it.
        from IPython.core.inputtransformer2 import TransformerManager

        return ast.parse(TransformerManager().transform_cell(source))


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _data(output: dict[str, Any]) -> dict[str, Any]:
    data = output.get("data")
    return data if isinstance(data, dict) else {}


def _as_text(value: object) -> str:
    return str(_joined(value))
