"""The course's references as sources of items: a short label, the strength of the evidence, a link."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from iiv_course.page.spec import Source

if TYPE_CHECKING:
    from pybtex.database import Entry, Person


def read_sources(path: Path, base: str | None = None) -> dict[str, Source]:
    """Every entry of a BibTeX file by its key; `keywords` says how strong the evidence is.

    Links go to `base#KEY` where a base is given (the references page), else to the DOI or URL.
    Raises `OSError`, or `ValueError` with BibTeX's own words.
    """
    found = _entries(path, path.stat().st_mtime_ns)
    if not base:
        return dict(found)
    return {key: source.model_copy(update={"href": f"{base}#{key}"}) for key, source in found.items()}


@lru_cache(maxsize=8)
def _entries(path: Path, changed: int) -> Mapping[str, Source]:
    """Read once for all pages; `changed` is when the file was, so that a change is seen."""
    from pybtex.database import parse_file
    from pybtex.exceptions import PybtexError

    try:
        entries = parse_file(str(path), bib_format="bibtex").entries
        return {
            key: Source(label=_label(entry), strength=entry.fields.get("keywords"), href=_address(entry))
            for key, entry in entries.items()
        }
    except PybtexError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _label(entry: Entry) -> str:
    people = [_surname(person) for person in entry.persons.get("author", [])]
    if not people:
        who = _text(entry.fields.get("howpublished") or entry.fields.get("title", ""))
    elif len(people) > 2:
        who = f"{people[0]} et al."
    else:
        who = " & ".join(people)
    return " ".join(filter(None, [who, entry.fields.get("year", "")]))


def _surname(person: Person) -> str:
    return _text(" ".join([*person.prelast_names, *person.last_names]))


def _text(latex: str) -> str:
    from pybtex.richtext import Text

    return str(Text.from_latex(latex))


def _address(entry: Entry) -> str | None:
    doi = entry.fields.get("doi")
    address = f"https://doi.org/{doi}" if doi else entry.fields.get("url", "")
    return address if address.startswith(("https://", "http://")) else None
