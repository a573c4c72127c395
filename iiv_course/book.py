"""The static book: built by Jupyter Book in a process of its own, packed to hand out, served while somebody writes."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from iiv_course.items import CourseError

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PUBLISHED = Path("_build", "html")
SERVED = Path("_build", "serve", "html")
HOST = "127.0.0.1"
OF_SPHINX = (".buildinfo",)
"""Notes that Sphinx keeps among the pages for its next run, and no reader needs."""

_CELL_LINE = re.compile(r"\.ipynb:(\d{5,})")

RELOAD_SCRIPT = """\
new WebSocket(`ws://${location.host}/_reload`).onmessage = () => location.reload();
"""
RELOAD_TAG = b'<script src="/_reload.js"></script>'


def build(root: Path, out: Path, *, strict: bool, anew: bool = False) -> tuple[bool, str]:
    """Build the book of a course into `root/out`: whether it went well, and what the builders said.

    `strict` makes a failure of every warning. `anew` empties the folder before, so that nothing of an earlier book
    stays in it. Cells run with a workbook that is thrown away. Where the book will live, `IIV_BASEURL` says before
    `_config.yml`. Raises `CourseError` if the folder cannot be emptied.
    """
    if anew and (root / out).exists():
        with _failing_plainly(f"{out.as_posix()} cannot be emptied"):
            shutil.rmtree(root / out)
    command = [sys.executable, "-m", "iiv_course.book", str(root), str(root / out), *(["strict"] if strict else [])]
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "IIV_WORKBOOK": ":memory:", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    # Kernels warn of a transport that never leaves the machine.
    said = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("[IPKernelApp]")]
    if done.returncode and not said:
        # What takes the last of the memory is killed so.
        killed = " Something killed it: is there memory left?" if done.returncode < 0 else ""
        said = [f"The builder ended without a word, with code {done.returncode}.{killed}"]
    return done.returncode == 0, _CELL_LINE.sub(_cell_and_line, "\n".join(said)).replace(f"{root}{os.sep}", "")


def _cell_and_line(match: re.Match[str]) -> str:
    """MyST-NB counts ten thousand lines to a cell."""
    cell, line = divmod(int(match[1]), 10_000)
    return f".ipynb: cell {cell}, line {line}"


def name_of(root: Path) -> str:
    """What a course calls its book, `iiv_book` in `_config.yml`, as a name for files."""
    from jupyter_book.config import get_final_config

    config, _ = get_final_config(user_yaml=root / "_config.yml", cli_config={"latex_individualpages": False})
    return re.sub(r"[^\w.-]+", "-", str(config.get("iiv_book", ""))).strip("-.") or "book"


def pack(folder: Path, file: Path) -> None:
    """Put a built book into a zip, as one folder with the name of the zip. The same book gives the same bytes.

    Raises `CourseError` if that fails; a file that was there before is then still there.
    """
    part = file.with_name(f"{file.name}.part")
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    try:
        with _failing_plainly(f"{file.name} could not be written"):
            with ZipFile(part, "w") as archive:
                for name in sorted(files.keys() - set(OF_SPHINX)):
                    # It has a date of its own, always the same, and no trace of this machine.
                    entry = ZipInfo(f"{file.stem}/{name}")
                    entry.create_system, entry.external_attr = 3, 0o644 << 16
                    archive.writestr(entry, files[name].read_bytes(), ZIP_DEFLATED, 9)
            part.replace(file)
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def _failing_plainly(what: str) -> Iterator[None]:
    """What the system refuses becomes one line."""
    try:
        yield
    except OSError as error:
        raise CourseError(f"{what}: {error.strerror or error}") from None


def serve(root: Path, port: int, say: Callable[[str], None]) -> None:
    """Build the book, serve it to this machine, and build it again whenever a source changes, until interrupted.

    Pages are as they will be published but for one script of their own address, so that the same policy holds.
    Raises `CourseError` if the port is taken.
    """
    import uvicorn

    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        raise CourseError(f"port {port} is taken; try: iiv serve --port {port + 1}") from None
    with listener:
        _rebuild((), root=root, say=say)
        server = uvicorn.Server(uvicorn.Config(_application(root, say), log_level="error"))
        say(f"The book is at http://{HOST}:{listener.getsockname()[1]}/ and follows your changes. Stop with Ctrl+C.")
        server.run(sockets=[listener])


def _application(root: Path, say: Callable[[str], None]) -> Starlette:
    from sphinx_autobuild.server import RebuildServer
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.responses import Response
    from starlette.routing import Mount, Route, WebSocketRoute
    from starlette.staticfiles import StaticFiles

    def script(_: Request) -> Response:
        return Response(RELOAD_SCRIPT, media_type="text/javascript")

    out = root / SERVED
    out.mkdir(parents=True, exist_ok=True)
    watcher = RebuildServer([root], partial(_is_no_source, root), partial(_rebuild, root=root, say=say))
    return Starlette(
        routes=[
            WebSocketRoute("/_reload", watcher),
            Route("/_reload.js", script),
            Mount("/", StaticFiles(directory=out, html=True)),
        ],
        middleware=[Middleware(_ReloadTag)],
        lifespan=watcher.lifespan,
    )


class _ReloadTag:
    """Adds the script that reloads a page to every page; sphinx-autobuild's own stands inline, which none may."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.datastructures import MutableHeaders

        page = False

        async def tagged(message: Message) -> None:
            nonlocal page
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                page = headers.get("content-type", "").startswith("text/html")
                if page and "content-length" in headers:
                    headers["content-length"] = str(int(headers["content-length"]) + len(RELOAD_TAG))
            elif message["type"] == "http.response.body" and page and not message.get("more_body"):
                message["body"] += RELOAD_TAG
            await send(message)

        await self._app(scope, receive, tagged)


def _is_no_source(root: Path, path: str) -> bool:
    """Whether a change of this file changes no page."""
    parts = Path(path).relative_to(root).parts
    hidden = any(part.startswith(".") or part in ("__pycache__", "node_modules") for part in parts)
    return hidden or parts[0] not in ("book", "notebooks", "iiv_course", "index.md", "_config.yml", "_toc.yml")


def _rebuild(changed_paths: Sequence[Path], *, root: Path, say: Callable[[str], None]) -> None:
    if changed_paths:
        say(f"Building again after a change of {', '.join(str(path.relative_to(root)) for path in changed_paths[:3])}")
    well, said = build(root, SERVED, strict=False)
    if said:
        say(said)
    if not well:
        say("The pages stay as they were.")


def _build_here(root: Path, out: Path, *, strict: bool) -> int:
    """Let Jupyter Book build; its own command does the same, but answers a broken configuration with a traceback."""
    from jupyter_book.config import get_final_config
    from jupyter_book.sphinx import build_sphinx
    from sphinx.util.console import nocolor
    from sphinx_external_toc.parsing import parse_toc_yaml

    nocolor()  # Sphinx colors what it says whoever listens; here it is a pipe
    contents, config = root / "_toc.yml", root / "_config.yml"
    overrides = {"external_toc_path": str(contents), "latex_individualpages": False, "nitpicky": strict}
    if address := os.environ.get("IIV_BASEURL"):
        overrides["html_baseurl"] = address
    try:
        parse_toc_yaml(contents)
    except Exception as error:  # whatever is wrong with a file, its author hears what and where
        return _refuse(contents, error)
    try:
        get_final_config(user_yaml=config, cli_config=dict(overrides), sourcedir=root, raise_on_invalid=True)
    except Exception as error:
        return _refuse(config, error)
    result = build_sphinx(
        root,
        out,
        noconfig=True,
        path_config=config,
        confoverrides=overrides,
        quiet=True,
        warningiserror=strict,
        keep_going=strict,
    )
    return result if isinstance(result, int) else 1


def _refuse(path: Path, error: Exception) -> int:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    place = f"{path.name}:{mark.line + 1}:{mark.column + 1}" if mark else path.name
    sys.stderr.write(f"{place}: {problem or getattr(error, 'message', None) or error or type(error).__name__}\n")
    return 1


if __name__ == "__main__":
    sys.exit(_build_here(Path(sys.argv[1]), Path(sys.argv[2]), strict="strict" in sys.argv[3:]))
