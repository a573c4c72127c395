"""What git tracks: the top level as designed, pinned requirements, and no address of a machine or a registry."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TOP_LEVEL = {
    "_config.yml", "_toc.yml", "index.md",
    "requirements.txt", "requirements-test.txt", "pyproject.toml", "Makefile", "README.md", "LICENSE", "conftest.py",
    "book", "notebooks", "iiv_course", "tests",
}  # fmt: skip

HOSTS = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npmjs" + ".org",
    "registry.yarnpkg" + ".com",
    "jsdelivr" + ".net",
)
# Written in two pieces, so that this file does not match itself.
MACHINE = re.compile(r"(?<![\w.:/-])/(?:home|Users|root|work|tmp|opt|usr|var|etc|private|mnt)" + r"/[\w.-]+")
SHEBANG = "#!/usr/bin/env"


@cache
def tracked() -> tuple[Path, ...]:
    """The files that git tracks or would track."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no git repository around these files")
    return tuple(path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file())


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        try:
            found.append((path.relative_to(ROOT), path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_the_top_level_is_as_designed() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} == TOP_LEVEL


@pytest.mark.parametrize("host", HOSTS)
def test_no_file_names_a_registry(host: str) -> None:
    assert [str(path) for path, text in texts() if host in text] == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    found = [
        f"{path}:{number}: {match[0]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        for match in MACHINE.finditer(line.replace(SHEBANG, ""))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_requirement_is_pinned(name: str) -> None:
    loose = [
        line
        for line in (ROOT / name).read_text("utf-8").splitlines()
        if not re.match(r"[\w.-]+(\[[\w,]+\])?==\S+", line)
    ]
    assert loose == []


def test_the_tests_run_on_what_the_book_runs_on() -> None:
    book, test = (
        (ROOT / name).read_text("utf-8").splitlines() for name in ("requirements.txt", "requirements-test.txt")
    )
    assert set(book) <= set(test)


def test_locked_node_modules_carry_a_digest_and_no_address() -> None:
    lock = json.loads((ROOT / "iiv_course" / "frontend" / "package-lock.json").read_text("utf-8"))
    modules = {name: module for name, module in lock["packages"].items() if name}
    assert [name for name, module in modules.items() if "resolved" in module] == []
    assert [name for name, module in modules.items() if "integrity" not in module] == []
