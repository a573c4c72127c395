"""A JupyterLab server of its own for the whole session, and a fresh page and notebook for every test."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.browser import STILL, Guard
from tests.lab.hostile_bank import write_hostile_bank
from tests.scratch import cell, notebook, write_notebook

ROOT = Path(__file__).resolve().parents[2]
BANKS = ROOT / "tests" / "cases" / "banks"
TOKEN = "token"  # noqa: S105 - the server listens on loopback for the length of a test run
OF_JUPYTERLAB = (
    "console debug:",
    "console warning:",
    "console error: Could not restore the debugger state: Canceled future",
    "page error: Error: Canceled future for create_subshell_request",
    "console error: Comm not found for comm id",
)
"""What JupyterLab says of its own progress, of a slow machine, of a kernel that is restarted; nothing of ours does."""
START_LIMIT = 60.0
"""Seconds until the server has to answer."""


@dataclass(frozen=True)
class Server:
    """Where JupyterLab answers, and the folder it serves."""

    address: str
    folder: Path


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("lab")
    folders = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
        "IIV_BANKS": home / "banks",
    }
    served = home / "served"
    for folder in (*folders.values(), served):
        folder.mkdir()
    for bank in (
        *(BANKS / f"{name}.yml" for name in ("good", "exploring", "writing", "talking")),
        *(ROOT / "iiv_course" / "bank").glob("*.yml"),
    ):
        shutil.copy(bank, folders["IIV_BANKS"])
    write_hostile_bank(folders["IIV_BANKS"] / "hostile.yml")
    # JupyterLab's own news and its list of extensions come from other hosts.
    disabled = {
        f"@jupyterlab/{name}": True for name in ("apputils-extension:announcements", "extensionmanager-extension")
    }
    labconfig = folders["JUPYTER_CONFIG_DIR"] / "labconfig"
    labconfig.mkdir()
    (labconfig / "page_config.json").write_text(json.dumps({"disabledExtensions": disabled}))

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={served}", "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    environment = os.environ | {name: str(path) for name, path in folders.items()} | {"IIV_WORKBOOK": ":memory:"}
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=served)
    try:
        _wait(process, address, home / "server.log")
        yield Server(address, served)
    finally:
        # The first asks, the second answers yes.
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api/status?token={TOKEN}", timeout=5):  # noqa: S310
                return
        except urllib.error.URLError:
            # Nothing else tells when the port opens.
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


@dataclass(frozen=True)
class Desk:
    """One context for all tests, what guards it, and the pages that tests left tidy, without any notebook."""

    context: BrowserContext
    guard: Guard
    tidy: list[Page]


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Iterator[Desk]:
    context = browser.new_context(**STILL, viewport={"width": 1280, "height": 1400})
    yield Desk(context, Guard(context), [])
    context.close()


@dataclass
class Lab:
    """A notebook open in JupyterLab, ready to run; `spoilt` is a page that a test did something lasting to."""

    page: Page
    path: Path
    address: str
    spoilt: bool = False

    def begin(self) -> None:
        """Load JupyterLab with the notebook and nothing else."""
        self.page.goto(f"{self.address}/lab/tree/{self.path.name}?token={TOKEN}&reset")
        self.ready()

    def open(self) -> None:
        """Open the notebook where JupyterLab is loaded, which takes longer than most tests do."""
        self.command("docmanager:open", path=self.path.name)
        self.ready()

    def put_away(self) -> None:
        """End the kernel, and close the notebook as it is."""
        self.page.evaluate(_PUT_AWAY)
        self.page.wait_for_function(_TIDY)

    @property
    def panel(self) -> Locator:
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    @property
    def widgets(self) -> Locator:
        return self.panel.locator(".iiv")

    def item(self, title: str) -> Locator:
        """The form of the item whose question starts with `title`."""
        return self.panel.locator("form").filter(has=self.page.get_by_role("group", name=title))

    def command(self, name: str, **arguments: Any) -> None:
        """Have JupyterLab do something, and wait until it is done."""
        self.page.evaluate(
            "async ([name, args]) => { await jupyterapp.commands.execute(name, args) }", [name, arguments]
        )

    def run_all(self) -> None:
        self.command("notebook:run-all-cells")

    def run_cell(self, position: int) -> str:
        """Run one cell; what its output says."""
        self.page.evaluate("(at) => { jupyterapp.shell.currentWidget.content.activeCellIndex = at }", position)
        self.command("notebook:run-cell")
        return self.panel.locator(".jp-Cell").nth(position).locator(".jp-OutputArea-output").last.inner_text().strip()

    def python(self, code: str) -> str:
        """What the notebook's own kernel prints; waits for everything sent to it before."""
        printed: str = self.page.evaluate(_EXECUTE, code)
        return printed.strip()

    def occupy(self, code: str) -> None:
        """Give the kernel something to do, and do not wait for it."""
        self.page.evaluate(
            "(code) => { jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({ code }) }", code
        )

    def cells(self) -> list[list[str]]:
        """Kind and source of every cell."""
        cells: list[list[str]] = self.page.evaluate(
            "() => [...jupyterapp.shell.currentWidget.content.model.cells].map("
            "(cell) => [cell.type, cell.sharedModel.getSource()])"
        )
        return cells

    def restart(self) -> None:
        """Restart the kernel, and wait until it answers."""
        self.page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
        self.ready()

    def reload(self) -> None:
        """Load the page anew, with the notebook as it was saved last."""
        self.begin()

    @property
    def saving(self) -> Locator:
        """What the exercises say about being saved."""
        return self.panel.locator(".iiv-saving")

    def ready(self) -> None:
        """Wait until the kernel answers; the sign that JupyterLab shows comes too early."""
        self.page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.sessionContext")
        self.page.evaluate(_READY)


_READY = """async () => {
  const notebook = jupyterapp.shell.currentWidget;
  await notebook.context.ready;
  await notebook.sessionContext.ready;
  await notebook.sessionContext.session.kernel.info;
}"""
_PUT_AWAY = """async () => {
  const notebook = jupyterapp.shell.currentWidget;
  await notebook.sessionContext.shutdown();
  notebook.context.model.dirty = false;
  notebook.close();
  const ours = Object.keys(sessionStorage).filter((name) => name.startsWith("iiv:"));
  ours.forEach((name) => sessionStorage.removeItem(name));
}"""
_TIDY = "() => !document.querySelector('.jp-NotebookPanel, .jp-Dialog')"
# A widget holds back what changes until its message before is answered; after that much, nothing is held back.
_EXECUTE = """async (code) => {
  const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
  await kernel.requestExecute({ code: "pass", store_history: false }).done;
  const future = kernel.requestExecute({ code, store_history: false });
  let printed = "";
  future.onIOPub = ({ content }) => { printed += content.text ?? content.traceback?.join("\\n") ?? "" };
  const reply = await future.done;
  if (reply.content.status !== "ok") throw new Error(printed);
  return printed;
}"""


Open = Callable[..., Lab]


@pytest.fixture
def open_notebook(server: Server, desk: Desk, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens a notebook of the given cells in a page without any other, or the file at `path` in the served folder.

    Fails the test afterwards for whatever the page complained about and for every request to another host.
    """
    desk.guard.complaints.clear()
    opened: list[Lab] = []

    def open_page(*sources: str | dict[str, Any], path: Path | None = None) -> Lab:
        if path is None:
            cells = [cell(f"c{i}", source) if isinstance(source, str) else source for i, source in enumerate(sources)]
            kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
            name = f"{request.node.name}{len(opened) or ''}.ipynb"
            path = write_notebook(server.folder / name, notebook(*cells, **kernel))
        loaded = bool(desk.tidy)
        lab = Lab(desk.tidy.pop() if loaded else desk.context.new_page(), path, server.address)
        (lab.open if loaded else lab.begin)()
        opened.append(lab)
        return lab

    try:
        yield open_page
        assert [said for said in desk.guard.complaints if not said.startswith(OF_JUPYTERLAB)] == []
        for lab in opened:
            lab.put_away()
        desk.tidy.extend(lab.page for lab in opened if not lab.spoilt)
    finally:
        for page in desk.context.pages:
            if page not in desk.tidy:
                page.close()
