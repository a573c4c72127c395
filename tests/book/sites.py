"""Books that a session of tests builds once, whichever of its processes asks first, and that each process serves."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.book.courses import Site, build, served


class Sites:
    """Call it with a name and with what writes the course of that name into a folder and gives the course's root."""

    def __init__(self, shared: Path, closing: ExitStack) -> None:
        self._shared = shared
        self._closing = closing
        self._open: dict[str, Site] = {}

    def __call__(self, name: str, write: Callable[[Path], Path]) -> Site:
        if name not in self._open:
            self._open[name] = self._closing.enter_context(served(self._built(name, write)))
        return self._open[name]

    def _built(self, name: str, write: Callable[[Path], Path]) -> Path:
        folder = self._shared / name
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("w") as lock:
            # Whoever comes second waits here, and finds the book; after a failure it tries on its own.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "built").exists():
                build(write(folder / "course"), folder / "html")
                (folder / "built").touch()
        return folder / "html"
