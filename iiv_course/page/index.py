"""The course index: what there is to do, lesson by lesson, and where it stands; no question and no answer is in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from iiv_course import bank as banks
from iiv_course import items
from iiv_course.course import notebooks_of, root_above
from iiv_course.items import CourseError
from iiv_course.page.html import anchor
from iiv_course.page.markup import MarkupError, plain_text
from iiv_course.page.request import Request, requests_in
from iiv_course.page.spec import CourseIndex, IndexItem, IndexLesson


class ShownPage(NamedTuple):
    """What a page asks for; `href` leads to it, None where nothing can."""

    requests: Sequence[Request]
    href: str | None = None


def course_index(pages: Iterable[ShownPage]) -> CourseIndex:
    """A lesson for every bank that pages show something of, in their order; an item stands where it is shown first.

    What cannot be found or read is left out: the page that asks for it says so.
    """
    shown: dict[str, dict[str, str | None]] = {}
    for page in pages:
        for request in page.requests:
            if request.kind == "quiz":
                with suppress(CourseError):
                    for item in request.chosen():
                        shown.setdefault(request.bank, {}).setdefault(item.id, page.href)
    lessons = []
    for name, places in shown.items():
        with suppress(CourseError, MarkupError):
            lessons.append(_lesson(banks.load(name), places))
    return CourseIndex(lessons=tuple(lessons))


def notebook_index(root: Path | None = None, bank: str = "") -> CourseIndex:
    """The index for a live notebook, of the whole course or of one bank: links lead nowhere from there.

    The notebooks beside the package (or in the course at `root`) say what lessons show; what none of them shows
    follows whole, so that a package alone has an index, too.
    """
    root = root or root_above(Path(__file__).parent)
    pages = [ShownPage(tuple(_asked(path, bank))) for path in (notebooks_of(root) if root else ())]
    shown = {request.bank for page in pages for request in page.requests}
    rest = [name for name in ([bank] if bank else banks.names()) if name not in shown]
    return course_index([*pages, ShownPage(tuple(Request(kind="quiz", bank=name) for name in rest))])


def _lesson(bank: items.Bank, places: Mapping[str, str | None]) -> IndexLesson:
    held = [banks.find(bank, id) for id in places]
    first = next(iter(places.values()))
    return IndexLesson(
        bank=bank.bank,
        title=plain_text(bank.title),
        href=first,
        items=tuple(
            IndexItem(
                key=bank.key(item),
                rev=items.rev(item),
                type=item.type,
                title=plain_text(item.title),
                tries=item.tries if isinstance(item, items.Graded) else None,
                href=None if (place := places[item.id]) == first else f"{place}#{anchor(bank.key(item))}",
            )
            for item in held
        ),
    )


def _asked(path: Path, bank: str) -> Iterator[Request]:
    """The quizzes whose outputs a notebook stores. One that is being written, or is none, asks for nothing."""
    with suppress(OSError, ValueError, RecursionError, TypeError, KeyError, AttributeError):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                for request in requests_in(_text(output.get("data", {}).get("text/html", ""))):
                    if request.kind == "quiz" and bank in ("", request.bank):
                        yield request


def _text(stored: Any) -> str:
    return stored if isinstance(stored, str) else "".join(stored)
