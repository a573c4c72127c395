"""The cut of the package: arrows point down only, and content is named by no code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from iiv_course import items

PACKAGE = Path(__file__).resolve().parents[2] / "iiv_course"

LAYERS: tuple[tuple[str, ...], ...] = (
    ("signaling", "written"),
    ("exploring",),
    ("items",),
    ("figures",),
    ("bank", "course"),
    ("scenario",),
    ("drafts", "grading"),
    ("workbook",),
    ("page",),
    ("sphinx_ext", "widgets"),
    ("notebooks", "book"),
    ("coverage",),
    ("checks",),
    ("cli",),
    ("__init__", "__main__", "frontend"),
)
"""From the bottom to the top. What stands in one layer knows nothing of each other."""

LAYER = {part: height for height, parts in enumerate(LAYERS) for part in parts}

ONLY_IN = {"yaml": ("bank",), "sqlite3": ("workbook",), "anywidget": ("widgets",), "sphinx": ("sphinx_ext", "book")}
"""Libraries that one part alone may use."""


def sources() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "node_modules" not in path.parts]


def part(path: Path) -> str:
    """The part of the package that a file belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module that is imported, anywhere, with its line; `from a import b` counts as `a.b`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, level=level, names=names):
                assert level == 0, f"line {node.lineno}: a relative import"
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in names)


def own_imports(source: str) -> list[tuple[int, str]]:
    """The parts of the package that a source imports, with the line."""
    names = [(line, name.split(".")) for line, name in imported(ast.parse(source))]
    return [(line, name[1]) for line, name in names if name[0] == "iiv_course" and len(name) > 1]


def arrows_up(importer: str, source: str) -> list[str]:
    """The imports of a source that do not point down."""
    return [
        f"line {line}: {importer} imports {name}"
        for line, name in own_imports(source)
        if name != importer and LAYER[name] >= LAYER[importer]
    ]


def test_every_part_of_the_package_has_its_layer() -> None:
    parts = {part(path) for path in sources()}
    assert parts - LAYER.keys() == set()


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arrows_point_down(path: Path) -> None:
    assert arrows_up(part(path), path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("importer", "source"),
    [
        ("items", "from iiv_course.bank import load"),
        ("items", "from iiv_course import bank"),
        ("bank", "import iiv_course.page.spec"),
        ("widgets", "def f():\n    from iiv_course.sphinx_ext import setup"),
        ("sphinx_ext", "from iiv_course.widgets import quiz"),
    ],
)
def test_an_arrow_that_points_up_or_aside_is_found(importer: str, source: str) -> None:
    assert len(arrows_up(importer, source)) == 1


@pytest.mark.parametrize(("library", "parts"), ONLY_IN.items())
def test_a_library_is_used_where_it_belongs(library: str, parts: tuple[str, ...]) -> None:
    users = {
        part(path)
        for path in sources()
        for _, name in imported(ast.parse(path.read_text("utf-8")))
        if name.split(".")[0] == library
    }
    assert users <= set(parts)


def test_nothing_is_called_utils_or_helpers() -> None:
    assert [
        path for path in sources() if path.stem.strip("_") in ("utils", "util", "helpers", "helper", "common")
    ] == []


def test_code_names_no_bank_and_no_lesson() -> None:
    banks = [path.stem for path in (PACKAGE / "bank").glob("*.yml")]
    lessons = [path.stem for path in (PACKAGE.parent / "notebooks").glob("[0-9]*.ipynb")]
    # A name that is also a module of the code, such as signaling, or a type of item may stand there as such.
    types = {each.model_fields["type"].annotation.__args__[0] for each in get_args(get_args(items.Item)[0])}
    content = [name for name in banks + lessons if name not in LAYER and name not in types]
    named = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.value!r}"
        for path in sources()
        for node in _texts_of_code(ast.parse(path.read_text("utf-8")))
        if any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", str(node.value)) for name in content)
    ]
    assert named == []


def _texts_of_code(tree: ast.Module) -> Iterator[ast.Constant]:
    """Texts in code, without docstrings, where an example may name what it likes."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    beginnings = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    docstrings = {id(statement.value) for statement in beginnings if isinstance(statement, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node
