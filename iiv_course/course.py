"""Where the files of a course are, and how messages name them."""

from __future__ import annotations

from pathlib import Path

from iiv_course.items import CourseError


def root_above(start: Path) -> Path | None:
    """The nearest folder with a `_config.yml`, from `start` upward."""
    start = start.absolute()
    return next((folder for folder in (start, *start.parents) if (folder / "_config.yml").is_file()), None)


def root_here() -> Path:
    """The course that one works in. Raises `CourseError` outside of any."""
    root = root_above(Path.cwd())
    if root is None:
        raise CourseError("no course here: no _config.yml in this folder or above it")
    return root


def references_of(root: Path) -> Path:
    """The file of the course's references."""
    return root / "book" / "references.bib"


def notebooks_of(root: Path) -> list[Path]:
    """The notebooks of the course, in the order of their names."""
    return visible(root / "notebooks", "*.ipynb")


def pages_of(root: Path) -> list[Path]:
    """The pages without code."""
    return [path for path in (root / "index.md", *visible(root / "book", "*.md")) if path.is_file()]


def visible(folder: Path, pattern: str) -> list[Path]:
    """Files below a folder, without what tools keep there: names that begin with a dot or underscore, modules."""
    return [
        path
        for path in sorted(folder.rglob(pattern))
        if path.is_file()
        and not any(part.startswith((".", "_")) or part == "node_modules" for part in path.relative_to(folder).parts)
    ]


def label(path: Path) -> str:
    """A file as seen from the folder one works in."""
    here, file = Path.cwd(), path.absolute()
    return str(file.relative_to(here) if file.is_relative_to(here) else path)
