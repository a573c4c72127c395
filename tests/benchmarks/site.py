"""Serves built books to this machine for the length of a measurement, from a process of its own.

In the process that drives the browser a server would wait for the driver, and a page be blamed for it.
`python -m tests.benchmarks.site FOLDER` serves until it is stopped, and says its port first.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

TEXT = (".html", ".css", ".js", ".svg")


class Handler(SimpleHTTPRequestHandler):
    """Python's own, as hosts are: connections stay open, texts are compressed, and what is short is not held back.

    Otherwise the file after its headers waits until the browser has said that it has the headers, and browsers say so
    after 40 ms: about as long as a page of ours takes in all.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        if path.suffix not in TEXT or not path.is_file():
            return super().send_head()
        body = compressed(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)


@cache
def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of that folder. Raises `RuntimeError` where none begins."""
    command = [sys.executable, "-u", "-m", __name__, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            port = server.stdout.readline().strip()
            if not port:
                raise RuntimeError(f"no server of {folder}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def main(folder: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        print(server.server_port)
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
