"""The course index of the book: small, the same each time, loaded where it is needed, and never an old one."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from iiv_course.bank import _shelf
from iiv_course.page import Request, ShownPage, course_index
from tests.book.courses import GOOD, Site, build
from tests.book.whole_course import write_whole_course
from tests.scratch import write

INDEX_LIMIT = 8_000
SCRIPT = Path("_static", "iiv-course.js")
LOADED = re.compile(r'src="[^"]*_static/iiv-course\.js\?v=([0-9a-f]{8})"')


def lessons(folder: Path) -> list[dict[str, object]]:
    """The index as the pages get it."""
    text = (folder / SCRIPT).read_text("utf-8")
    found = re.fullmatch(r'window\.iivCourse=(.*);document\.dispatchEvent\(new Event\("iiv-course"\)\);\n', text)
    assert found
    return list(json.loads(found[1])["lessons"])


def loads(folder: Path) -> dict[str, str]:
    """The digest of the index that each page asks for, of those that do."""
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}
    return {name: found[1] for name, text in texts.items() if (found := LOADED.search(text))}


def test_the_index_follows_its_sources_and_every_page_that_needs_it(tmp_path: Path) -> None:
    root = write_whole_course(tmp_path)
    out = build(root, root / "_build" / "html")
    before, asked = (out / SCRIPT).read_bytes(), loads(out)
    # Where something looks over the whole course; a lesson holds its own part.
    assert asked.keys() == {"index.html", "notebooks/workbook.html"}
    assert len(set(asked.values())) == 1
    assert [lesson["href"] for lesson in lessons(out)] == ["notebooks/good.html", "notebooks/patient.html"]

    build(root, out)
    assert ((out / SCRIPT).read_bytes(), loads(out)) == (before, asked)

    write(root / "banks" / "good.yml", GOOD.replace("title: Cheap talk", "title: Talk is cheap"))
    build(root, out)
    assert b"Talk is cheap" in (out / SCRIPT).read_bytes()
    assert loads(out).keys() == asked.keys()
    assert set(loads(out).values()).isdisjoint(asked.values())
    assert len(set(loads(out).values())) == 1


def test_the_index_of_a_whole_course_is_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"lesson-{number:02}" for number in range(13)]
    heads, items = GOOD.split("items:\n")
    parts = re.split(r"(?m)^(?=  - id: )", items)[1:]
    for name in names:
        text = heads.replace("bank: good", f"bank: {name}") + "items:\n"
        for turn in ("a", "b"):
            text += "".join(re.sub(r"(  - id: )(.*)", rf"\1\2-{name[-2:]}-{turn}", part, count=1) for part in parts)
        write(tmp_path / f"{name}.yml", text)
    monkeypatch.setattr(_shelf, "FOLDER", tmp_path)
    pages = [ShownPage([Request(kind="quiz", bank=name)], f"notebooks/{name}.html") for name in names]
    index = course_index(pages).model_dump_json(exclude_none=True)
    assert index.count('"key"') == 13 * 16
    assert len(gzip.compress(index.encode(), 9)) <= INDEX_LIMIT


def test_the_index_of_this_book_is_small(own_site: Site) -> None:
    assert len(gzip.compress((own_site.folder / SCRIPT).read_bytes(), 9)) <= INDEX_LIMIT
