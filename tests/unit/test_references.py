"""Sources of items come from the bibliography: labels, strength, and links that lead nowhere harmful."""

from __future__ import annotations

from pathlib import Path

import pytest

from iiv_course.page import Source, read_sources


def read(tmp_path: Path, text: str, base: str | None = None) -> dict[str, Source]:
    path = tmp_path / "references.bib"
    path.write_text(text, "utf-8")
    return read_sources(path, base)


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ("author = {Spence, Michael}, year = {1973}", "Spence 1973"),
        ("author = {Crawford, V. P. and Sobel, Joel}, year = {1982}", "Crawford & Sobel 1982"),
        (r"author = {K{\"o}nig, A and B, C and D, E}, year = {2012}", "König et al. 2012"),
        (r"howpublished = {HW \& Co.}, title = {T}", "HW & Co."),
        ("title = {Only a title}", "Only a title"),
    ],
)
def test_a_label_names_who_and_when(tmp_path: Path, fields: str, label: str) -> None:
    assert read(tmp_path, f"@misc{{key, {fields}}}")["key"].label == label


def test_a_link_leads_to_the_references_page_where_there_is_one(tmp_path: Path) -> None:
    source = read(tmp_path, "@misc{key, title = {T}, doi = {10.1/2}, keywords = {model}}", "references.html")["key"]
    assert source == Source(label="T", strength="model", href="references.html#key")


@pytest.mark.parametrize(
    ("fields", "href"),
    [
        ("doi = {10.1/2}", "https://doi.org/10.1/2"),
        ("url = {https://example.org/a}", "https://example.org/a"),
        ("url = {javascript:alert(1)}", None),
        ("url = {data:text/html,x}", None),
        ("note = {none}", None),
    ],
)
def test_without_that_page_only_web_addresses_are_linked(tmp_path: Path, fields: str, href: str | None) -> None:
    assert read(tmp_path, f"@misc{{key, title = {{T}}, {fields}}}")["key"].href == href


@pytest.mark.parametrize(
    "text", ["@misc{key, title = {open", "@misc{key, title = {a } b}}", '@misc{key, title = "a { b"}']
)
def test_a_broken_bibliography_is_said_with_its_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"references\.bib: "):
        read(tmp_path, text)
