"""Publishing: the zip to hand out, what hosts read beside the pages, the workflows, and what Binder installs."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from iiv_course import book
from iiv_course.items import CourseError
from iiv_course.sphinx_ext.hosting import HEADERS, headers_file
from tests.scratch import ROOT, lesson, write, write_course, write_notebook

ADDRESS = "https://example.org/courses/talk"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BINDER = ROOT / ".binder"
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
PYTHONS = SpecifierSet(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"])


class Published(NamedTuple):
    """A course that was published with `iiv build --zip`, and what the command said."""

    root: Path
    said: str

    @property
    def pages(self) -> Path:
        return self.root / book.PUBLISHED

    @property
    def zip(self) -> Path:
        return self.root / "_build" / "twenty-minutes.zip"


def publish(root: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "iiv_course", "build", "--zip"],
        cwd=root,
        env={**os.environ, "IIV_BANKS": str(root / "banks"), "PYTHONPATH": str(ROOT), "IIV_BASEURL": ADDRESS},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    root = write_course(tmp_path_factory.mktemp("course"))
    config = root / "_config.yml"
    write(config, config.read_text("utf-8").replace("execute_notebooks: cache", "execute_notebooks: 'off'"))
    content = lesson()
    content["metadata"]["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    write_notebook(root / "notebooks" / "01-small.ipynb", content)
    return Published(root, publish(root))


def names(file: Path) -> list[str]:
    with ZipFile(file) as archive:
        return archive.namelist()


# The zip


def test_the_command_says_where_the_zip_is(published: Published) -> None:
    assert published.said.splitlines()[-2:] == [
        "The book is in _build/html. Open _build/html/index.html, or run: make serve",
        "To hand out, it is in _build/twenty-minutes.zip. Unpack it before opening index.html.",
    ]


def test_the_zip_holds_the_whole_book_in_one_folder(published: Published) -> None:
    book_files = {path.relative_to(published.pages) for path in published.pages.rglob("*") if path.is_file()}
    expected = {f"twenty-minutes/{path.as_posix()}" for path in book_files} - {"twenty-minutes/.buildinfo"}
    assert "twenty-minutes/notebooks/01-small.html" in expected
    assert names(published.zip) == sorted(expected)


def test_the_zip_unpacks_to_the_files_as_built(published: Published, tmp_path: Path) -> None:
    shutil.unpack_archive(published.zip, tmp_path)
    for path in published.pages.rglob("*"):
        if path.is_file() and path.name != ".buildinfo":
            unpacked = tmp_path / "twenty-minutes" / path.relative_to(published.pages)
            assert unpacked.read_bytes() == path.read_bytes()


def test_building_again_gives_the_same_bytes_and_nothing_of_a_book_before(published: Published) -> None:
    before = published.zip.read_bytes()
    write(published.pages / "notebooks" / "00-taken-out.html", "an older edition")
    published.zip.unlink()
    publish(published.root)
    assert "twenty-minutes/notebooks/00-taken-out.html" not in names(published.zip)
    assert published.zip.read_bytes() == before


def a_book(folder: Path, *files: str) -> Path:
    for name in files:
        write(folder / name, f"text of {name}")
    return folder


def test_the_same_files_give_the_same_bytes_wherever_and_whenever_they_were_written(tmp_path: Path) -> None:
    one = a_book(tmp_path / "one", "index.html", "a/b.html", "a-b.html")
    other = a_book(tmp_path / "elsewhere" / "other", "a-b.html", "a/b.html", "index.html")
    for path in other.rglob("*.html"):
        os.utime(path, (0, 1_000_000_000))
        path.chmod(0o600)
    for folder in (one, other):
        book.pack(folder, folder.parent / "talk.zip")
    assert (one.parent / "talk.zip").read_bytes() == (other.parent / "talk.zip").read_bytes()


def test_another_text_gives_other_bytes(tmp_path: Path) -> None:
    folder, file = a_book(tmp_path / "html", "index.html"), tmp_path / "talk.zip"
    book.pack(folder, file)
    before = file.read_bytes()
    write(folder / "index.html", "another text")
    book.pack(folder, file)
    assert file.read_bytes() != before


def test_what_sphinx_keeps_for_itself_is_not_handed_out(tmp_path: Path) -> None:
    folder = a_book(tmp_path / "html", "index.html", ".buildinfo", ".nojekyll")
    book.pack(folder, tmp_path / "talk.zip")
    assert names(tmp_path / "talk.zip") == ["talk/.nojekyll", "talk/index.html"]


def test_a_zip_that_cannot_be_written_is_one_line_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = a_book(tmp_path / "html", "index.html")
    (tmp_path / "talk.zip").mkdir()
    with pytest.raises(CourseError, match=r"^talk\.zip could not be written: Is a directory$"):
        book.pack(folder, tmp_path / "talk.zip")
    assert {path.name for path in tmp_path.iterdir()} == {"html", "talk.zip"}


def test_where_packing_fails_the_zip_of_before_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, file = a_book(tmp_path / "html", "index.html"), write(tmp_path / "talk.zip", "the zip of before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ZipFile, "writestr", full)
    with pytest.raises(CourseError, match="No space left on device"):
        book.pack(folder, file)
    assert file.read_text("utf-8") == "the zip of before"
    assert {path.name for path in tmp_path.iterdir()} == {"html", "talk.zip"}


@pytest.mark.parametrize(
    ("configured", "name"),
    [
        ("twenty-minutes", "twenty-minutes"),
        ('"Gespräche 2.0"', "Gespräche-2.0"),
        ("../up/and away", "up-and-away"),
        ('".."', "book"),
        ("2026", "2026"),
    ],
)
def test_the_zip_has_the_name_of_the_book_in_letters_that_any_disk_takes(
    tmp_path: Path, configured: str, name: str
) -> None:
    write(tmp_path / "_config.yml", f"title: Talk\nsphinx:\n  config:\n    iiv_book: {configured}\n")
    assert book.name_of(tmp_path) == name


def test_a_course_that_names_no_book_gets_a_name(tmp_path: Path) -> None:
    write(tmp_path / "_config.yml", "title: Talk\n")
    assert book.name_of(tmp_path) == "book"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 7", "The builder ended without a word, with code 7."),
        ("kill -9 $$", "The builder ended without a word, with code -9. Something killed it: is there memory left?"),
    ],
)
def test_a_builder_that_ends_without_a_word_is_spoken_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    program = write(tmp_path / "python", f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    assert book.build(tmp_path, book.PUBLISHED, strict=True) == (False, said)


# What hosts read


def rules(text: str) -> dict[str, dict[str, str]]:
    """Headers by path, as Netlify and Cloudflare Pages read the file: a path, then indented lines."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("/"):
            path = line.strip()
            found[path] = {}
        else:
            name, _, value = line.partition(":")
            assert name.startswith("  "), line
            assert len(line) <= 2000  # Cloudflare reads no more
            found[path][name.strip()] = value.strip()
    return found


def test_the_headers_of_hosts_are_those_meant(published: Published) -> None:
    assert rules((published.pages / "_headers").read_text("utf-8")) == {"/*": HEADERS}


def test_hosts_send_the_very_policy_of_the_pages(published: Published) -> None:
    sent = rules((published.pages / "_headers").read_text("utf-8"))["/*"]["Content-Security-Policy"]
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
    pages = sorted(published.pages.rglob("*.html"))
    assert len(pages) >= 5
    in_pages = {page.name: [html.unescape(each) for each in policy.findall(page.read_text("utf-8"))] for page in pages}
    assert in_pages == {page.name: [sent] for page in pages}


def test_types_are_not_guessed_and_no_other_site_learns_who_linked_to_it() -> None:
    headers = rules(headers_file())["/*"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_learning_platform_may_show_the_book_in_a_frame() -> None:
    assert "frame-ancestors" not in headers_file()
    assert "X-Frame-Options" not in headers_file()


def test_no_copy_is_kept_unasked_of_an_address_that_the_next_edition_uses_too(published: Published) -> None:
    digest = re.compile(r"[.-][0-9a-f]{8,}\.\w+$")
    addresses = [
        address.partition("?")[0]
        for page in published.pages.rglob("*.html")
        for address in re.findall(r'(?:src|href)="([^"]*_static/[^"]*)"', page.read_text("utf-8"))
    ]
    assert addresses
    assert all(map(digest.search, addresses)) or "Cache-Control" not in headers_file()


def test_nothing_is_left_out_where_a_branch_is_published(published: Published) -> None:
    assert (published.pages / ".nojekyll").read_bytes() == b""


def test_the_page_for_lost_addresses_knows_where_the_book_lives(published: Published) -> None:
    page = (published.pages / "404.html").read_text("utf-8")
    assert '<a href="/courses/talk/index.html">' in page
    assert 'href="/courses/talk/_static/' in page


# The workflows


def steps(path: Path) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The jobs of a workflow, each with its steps."""
    for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
        yield job, job["steps"]


def runs(path: Path) -> list[str]:
    return [line for _, of_job in steps(path) for step in of_job for line in step.get("run", "").splitlines()]


def test_there_is_one_workflow_to_publish_and_one_to_prove() -> None:
    assert [path.name for path in WORKFLOWS] == ["pages.yml", "test.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_only_what_this_repository_has(path: Path) -> None:
    assert runs(path)
    for line in runs(path):
        program, *arguments = line.split()
        if program == "make":
            assert set(arguments) <= TARGETS
        else:
            assert os.access(ROOT / program, os.X_OK), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_takes_official_actions_of_one_major_version(path: Path) -> None:
    used = [step["uses"] for _, of_job in steps(path) for step in of_job if "uses" in step]
    assert used
    assert [action for action in used if not re.fullmatch(r"actions/[a-z-]+@v[1-9]\d*", action)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_a_python_that_the_course_takes(path: Path) -> None:
    versions = [
        step["with"]["python-version"]
        for _, of_job in steps(path)
        for step in of_job
        if step.get("uses", "").startswith("actions/setup-python@")
    ]
    assert versions
    # A number would turn 3.10 into 3.1.
    assert [version for version in versions if not isinstance(version, str) or version not in PYTHONS] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_only_the_job_that_deploys_may_write(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    granted = [workflow["permissions"], *(job.get("permissions", {}) for job in workflow["jobs"].values())]
    writing = [each for each in granted if "write" in str(each)]
    assert writing == ([{"pages": "write", "id-token": "write"}] if path.name == "pages.yml" else [])
    for _, of_job in steps(path):
        for step in of_job:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_main_is_published_and_so_is_what_somebody_asks_for_by_hand() -> None:
    # YAML 1.1 takes the word for a truth value.
    events = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8"))[True]
    assert events == {"push": {"branches": ["main"]}, "workflow_dispatch": None}


def test_the_workflow_publishes_the_folder_of_the_book_under_the_address_of_the_site() -> None:
    (_, build), (deploying, deploy) = steps(ROOT / ".github" / "workflows" / "pages.yml")
    named = {step["id"]: step["uses"] for step in build + deploy if "id" in step}
    making, uploading = build[-2:]
    assert making["run"] == "make book"
    assert making["env"] == {"IIV_BASEURL": "${{ steps.pages.outputs.base_url }}"}
    assert named["pages"].startswith("actions/configure-pages@")
    assert uploading["uses"].startswith("actions/upload-pages-artifact@")
    assert uploading["with"] == {"path": book.PUBLISHED.as_posix()}
    assert named["deployment"].startswith("actions/deploy-pages@")
    assert deploying["needs"] == "build"


# Binder


def test_binder_has_a_python_that_the_course_takes() -> None:
    name, _, version = (BINDER / "runtime.txt").read_text("utf-8").strip().partition("-")
    assert name == "python"
    assert version in PYTHONS


def test_binder_installs_what_is_pinned_for_everybody() -> None:
    lines = (BINDER / "requirements.txt").read_text("utf-8").splitlines()
    (requirement,) = [line for line in lines if not line.startswith("#")]
    option, _, path = requirement.partition(" ")
    assert option == "-r"
    assert (BINDER / path).resolve() == ROOT / "requirements.txt"


def test_binder_adds_the_course_and_no_other_versions() -> None:
    script = BINDER / "postBuild"
    assert os.access(script, os.X_OK)
    lines = script.read_text("utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    (install,) = [line for line in lines if line.startswith("pip ")]
    assert "--no-deps" in install
    assert install.endswith(" .")


# What instructors read


def test_what_the_page_on_publishing_names_is_there() -> None:
    page = (ROOT / "book" / "instructors.md").read_text("utf-8")
    section = page.split("\n## Publish it\n", 1)[1].split("\n## ", 1)[0]
    code = re.findall(r"`([^`\n]+)`", section)
    assert {"make book", ".venv/bin/iiv build --zip", ".github/workflows/pages.yml", ".binder"} <= set(code)
    paths = [each for each in code if re.fullmatch(r"[._][\w./-]+", each) and not each.startswith("_build")]
    of_the_book = {"_headers", ".nojekyll"}
    assert [each for each in paths if each not in of_the_book and not (ROOT / each).exists()] == []
