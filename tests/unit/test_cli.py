"""The command `iiv`: what it prints where, how it ends, and that no author ever meets a traceback."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from iiv_course import book
from tests.scratch import ROOT, cell, notebook, write, write_course, write_notebook

Iiv = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path)


@pytest.fixture
def iiv(course: Path) -> Iiv:
    """The command, run in the course."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "iiv_course", *arguments],
            cwd=course,
            env={**os.environ, "IIV_BANKS": str(course / "banks"), "PYTHONPATH": str(ROOT), "COLUMNS": "120"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return run


def test_a_sound_course_is_one_line_on_stdout(iiv: Iiv) -> None:
    done = iiv("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "checked 1 bank, 3 items, 1 notebook, 2 references: no problem\n"


def test_problems_are_lines_on_stderr_with_their_number_at_the_end(iiv: Iiv, course: Path) -> None:
    bank = course / "banks" / "small.yml"
    write(bank, bank.read_text("utf-8").replace("type: choice", "type: chioce"))
    done = iiv("check")
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert lines[0].startswith("banks/small.yml:7:11: items[0] 'one': type is 'chioce', expected one of choice,")
    assert lines[-1] == "3 problems"
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("banks/small.yml", "bank: ["),
        ("banks/small.yml", ""),
        ("notebooks/01-small.ipynb", "{"),
        ("notebooks/01-small.ipynb", "null"),
        ("book/references.bib", "@article{"),
        ("index.md", "[x](book/references.md#nobody1900)"),
    ],
)
def test_a_broken_file_is_named_by_check_and_stops_the_build(iiv: Iiv, course: Path, file: str, content: str) -> None:
    write(course / file, content)
    for command in ("check", "build"):
        done = iiv(command)
        assert done.returncode == 1
        assert any(line.startswith(file) for line in done.stderr.splitlines())
    assert not (course / "_build").exists()


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("_config.yml", "title: [", "_config.yml:1:9: expected the node content"),
        ("_config.yml", "execute: 3", "_config.yml: - 3 is not of type 'object' [key path: 'execute']"),
        ("_toc.yml", "format: jb-book\nroot: index\nchapters: [", "_toc.yml:3:12: expected the node content"),
        ("_toc.yml", "format: jb-book\nroot: index\nchapters:\n- fil: x", "_toc.yml: entry does not contain one of"),
    ],
)
def test_a_broken_configuration_is_named_by_the_build(
    iiv: Iiv, course: Path, file: str, content: str, message: str
) -> None:
    write(course / file, content)
    done = iiv("build")
    assert done.returncode == 1
    assert message in done.stderr
    assert done.stderr.endswith("The book was not built.\n")


def test_what_the_builders_say_has_a_place_and_no_color(iiv: Iiv, course: Path) -> None:
    config = course / "_config.yml"
    write(config, config.read_text("utf-8").replace("execute_notebooks: cache", "execute_notebooks: 'off'"))
    done = iiv("build")  # nobody ran the notebook, so it names no language
    assert done.returncode == 1
    first, *_, last = done.stderr.splitlines()
    assert first.startswith("notebooks/01-small.ipynb: cell 2, line 2: WARNING: No source code lexer found")
    assert last == "The book was not built."
    assert "\x1b" not in done.stderr


def test_a_path_that_does_not_exist_is_one_line(iiv: Iiv) -> None:
    done = iiv("check", "banks/smal.yml")
    assert (done.returncode, done.stderr) == (1, "banks/smal.yml: no such file or folder\n1 problem\n")


@pytest.mark.parametrize("command", ["check", "build", "serve", "refresh"])
def test_outside_of_a_course_every_command_says_so(iiv: Iiv, course: Path, command: str) -> None:
    (course / "_config.yml").unlink()
    done = iiv(command)
    assert (done.returncode, done.stderr) == (1, "no course here: no _config.yml in this folder or above it\n")


def test_a_port_in_use_is_one_line_and_another_is_offered(iiv: Iiv) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = iiv("serve", "--port", str(port))
    assert (done.returncode, done.stderr) == (1, f"port {port} is taken; try: iiv serve --port {port + 1}\n")


def test_refresh_goes_on_after_a_failure_and_tells_it_at_the_end(iiv: Iiv, course: Path) -> None:
    write_notebook(course / "notebooks" / "00-bad.ipynb", notebook(cell("zero", "1 / 0")))
    done = iiv("refresh")
    assert done.returncode == 1
    assert done.stdout == "notebooks/01-small.ipynb: refreshed\n"
    assert done.stderr == "notebooks/00-bad.ipynb: cell 1 (zero): ZeroDivisionError: division by zero\n"


def test_help_names_every_command(iiv: Iiv) -> None:
    done = iiv("--help")
    assert done.returncode == 0
    for command in ("check", "build", "serve", "refresh"):
        assert command in done.stdout


def test_help_loads_none_of_the_heavy_libraries() -> None:
    script = (
        "import sys; from iiv_course import cli; "
        "print(sorted({'nbclient', 'nbformat', 'sphinx', 'pandas', 'anywidget', 'IPython'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_served_pages_are_those_published_and_one_script_of_their_own_address(course: Path) -> None:
    page = "<!doctype html><title>Welcome</title>"
    write(course / book.SERVED / "index.html", page)
    write(course / book.SERVED / "a.css", "p {}")
    app = book._application(course, print)

    async def texts(*paths: str) -> list[str]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://book") as client:
            return [(await client.get(path)).text for path in paths]

    # In a thread of its own: where browser tests ran before, this one has Playwright's loop.
    with ThreadPoolExecutor() as threads:
        served = threads.submit(lambda: asyncio.run(texts("/", "/_reload.js", "/a.css"))).result()
    assert served == [
        f'{page}<script src="/_reload.js"></script>',
        book.RELOAD_SCRIPT,
        "p {}",
    ]


@pytest.mark.parametrize(
    ("path", "builds"),
    [
        ("index.md", True),
        ("_toc.yml", True),
        ("notebooks/01-small.ipynb", True),
        ("iiv_course/bank/small.yml", True),
        ("iiv_course/__pycache__/cli.pyc", False),
        ("iiv_course/frontend/node_modules/x.js", False),
        ("notebooks/.ipynb_checkpoints/01-small.ipynb", False),
        ("_build/serve/html/index.html", False),
        (".venv/bin/python", False),
    ],
)
def test_only_a_change_of_a_source_builds_again(course: Path, path: str, builds: bool) -> None:
    assert book._is_no_source(course, str(course / path)) is not builds
