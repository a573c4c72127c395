"""The command `iiv`: check the course, build the book, serve it while writing, run notebooks again."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from iiv_course.course import label, notebooks_of, root_here
from iiv_course.items import CourseError

app = typer.Typer(
    help="Check, build and serve the course on informational interviews.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command; what an author did wrong is said in a line, without a traceback."""
    try:
        app(prog_name="iiv")
    except CourseError as error:
        sys.exit(str(error))


@app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Banks (.yml), notebooks (.ipynb) or folders; else the whole course."),
    ] = None,
) -> None:
    """Prove that banks, notebooks and references fit together; name the place and the remedy where they do not."""
    if not _checked(paths or []):
        raise typer.Exit(1)


@app.command()
def build(
    packed: Annotated[bool, typer.Option("--zip", help="Build anew, and pack the book into a zip.")] = False,
) -> None:
    """Build the book into _build/html, after a check; a warning is an error."""
    from iiv_course import book

    root = root_here()
    if not _checked([root]):
        raise typer.Exit(1)
    with _progress("Building the book"):
        well, said = book.build(root, book.PUBLISHED, strict=True, anew=packed)
    if not well:
        hint = " iiv refresh shows which cell failed, and how." if "Executing notebook failed" in said else ""
        raise CourseError(f"{said}\nThe book was not built.{hint}")
    folder = label(root / book.PUBLISHED)
    typer.echo(f"The book is in {folder}. Open {folder}/index.html, or run: make serve")
    if packed:
        file = (root / book.PUBLISHED).with_name(f"{book.name_of(root)}.zip")
        book.pack(root / book.PUBLISHED, file)
        typer.echo(f"To hand out, it is in {label(file)}. Unpack it before opening index.html.")


@app.command()
def serve(port: Annotated[int, typer.Option(help="Where to listen on this machine.")] = 8000) -> None:
    """Build the book, serve it to this machine, and follow every change."""
    from iiv_course import book

    book.serve(root_here(), port, typer.echo)


@app.command()
def refresh(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[NOTEBOOK]...", help="Notebooks (.ipynb); else all of the course."),
    ] = None,
) -> None:
    """Run notebooks in fresh kernels and store what they show, without a trace of the run."""
    from iiv_course import notebooks

    failures = []
    for path in paths or notebooks_of(root_here()):
        try:
            with _progress(f"Running {label(path)}"):
                changed = notebooks.refresh(path)
            typer.echo(f"{label(path)}: {'refreshed' if changed else 'unchanged'}")
        except notebooks.NotebookError as error:
            failures.append(str(error))
    if failures:
        raise CourseError("\n".join(failures))


def _checked(paths: list[Path]) -> bool:
    from iiv_course.checks import check as check_paths

    with _progress("Checking"):
        report = check_paths(paths)
    for problem in report.problems:
        typer.echo(problem, err=True)
    typer.echo(report, err=bool(report.problems))
    return not report.problems


@contextmanager
def _progress(what: str) -> Iterator[None]:
    """Show what is going on, to a person at a terminal, once it has taken a second."""
    finished = threading.Event()

    def show() -> None:
        if finished.wait(1):
            return
        from rich.console import Console

        with Console(stderr=True).status(f"{what} …"):
            finished.wait()

    spinner = threading.Thread(target=show, daemon=True)
    spinner.start()
    try:
        yield
    finally:
        finished.set()
        spinner.join()
