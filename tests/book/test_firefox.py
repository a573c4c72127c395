"""The book from disk in Firefox, driven by WebDriver BiDi, for which it listens itself."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import websocket

from tests.book.courses import Site

pytestmark = pytest.mark.firefox

PATIENCE = 60
NAMES = ("firefox-esr", "firefox")
ANSWER = """() => {
    const form = document.querySelector('form[data-key="good/cheap-talk"]');
    form.querySelector('input[value=free]').click();
    form.querySelector('button[type=submit]').click();
}"""
STATUS = """() => new Promise(resolve => {
    const status = document.querySelector('form[data-key="good/cheap-talk"] [role=status]');
    const look = () => status.textContent ? resolve(status.textContent) : requestAnimationFrame(look);
    look();
})"""

WRITE = """() => {
    const field = document.querySelector('form[data-key="good/looking-back"] textarea');
    field.focus();
    field.value = "She asked me back.";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.blur();
}"""
WORDS = """() => document.querySelector('form[data-key="good/looking-back"] textarea').value"""


class Firefox:
    """One tab, by its socket; what the console would show is collected."""

    def __init__(self, address: str) -> None:
        self.console: list[str] = []
        self._socket = websocket.create_connection(f"{address}/session", timeout=PATIENCE, suppress_origin=True)
        self._ids = count(1)
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        self._tab = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method: str, **params: Any) -> Any:
        """The result of a command; events that come before it are noted."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("method") == "log.entryAdded":
                self.console.append(f"{message['params']['level']}: {message['params']['text']}")
            elif message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]

    def open(self, address: str) -> None:
        self.send("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def reload(self) -> None:
        self.send("browsingContext.reload", context=self._tab, wait="complete")

    def call(self, function: str) -> Any:
        """What a function of the page returns."""
        target = {"context": self._tab}
        said = self.send("script.callFunction", functionDeclaration=function, target=target, awaitPromise=True)
        assert said["type"] == "success", said
        return said["result"].get("value")

    def close(self) -> None:
        self.send("browser.close")
        self._socket.close()


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    assert program, "no Firefox here; install it: apt-get install firefox-esr"
    command = [program, "--headless", "--no-remote", "--profile", str(tmp_path), "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stderr
            lines = (re.search(r"BiDi listening on (ws://\S+)", line) for line in process.stderr)
            browser = Firefox(next(filter(None, lines))[1])
            yield browser
            browser.close()
            process.wait(PATIENCE)
        finally:
            process.kill()


def test_from_disk_answers_outlive_a_reload(firefox: Firefox, site: Site) -> None:
    firefox.open((site.folder / "notebooks" / "all.html").as_uri())
    firefox.call(ANSWER)
    assert "✔ Right" in firefox.call(STATUS)
    firefox.reload()
    assert "✔ Right" in firefox.call(STATUS)
    assert firefox.console == []


def test_from_disk_answers_and_words_follow_to_another_page(firefox: Firefox, site: Site) -> None:
    firefox.open((site.folder / "notebooks" / "all.html").as_uri())
    firefox.call(ANSWER)
    assert "✔ Right" in firefox.call(STATUS)
    firefox.call(WRITE)
    firefox.open((site.folder / "notebooks" / "again.html").as_uri())
    assert "✔ Right" in firefox.call(STATUS)
    assert firefox.call(WORDS) == "She asked me back."
    assert firefox.console == []
