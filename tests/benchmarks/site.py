"""Serves built books to this machine for the length of a measurement, from a process of its own.

In the process that drives the browser a server would wait for the driver, and a page be blamed for it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of that folder. Raises `RuntimeError` where none begins."""
    options = ["--bind", "127.0.0.1", "--protocol", "HTTP/1.1", "--directory", str(folder), "0"]
    command = [sys.executable, "-u", "-m", "http.server", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            said = server.stdout.readline()
            port = re.search(r" port (\d+) ", said)
            if not port:
                raise RuntimeError(f"no server of {folder}: {said!r}")
            yield f"http://127.0.0.1:{port[1]}"
        finally:
            server.terminate()
