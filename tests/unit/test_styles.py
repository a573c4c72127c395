"""The styles of the book without what no page holds: nothing goes that could show."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sphinx.application import Sphinx

from iiv_course.sphinx_ext.styles import look, rewrite
from iiv_course.sphinx_ext.theme import HERE
from iiv_course.sphinx_ext.trimming import trimmed

FURO = Path(str(distribution("furo").locate_file("furo/theme/furo/static/styles/furo.css")))
OURS = HERE / "static" / "iiv-book.css"
PAGE = (
    '<link href="_static/styles/furo.css?v=0" /><link href="_static/iiv-book.css?v=0" /><body data-theme="auto">'
    '<article><h2 id="top">Title</h2><p class="lead first">Text</p></article></body>'
)


def kept(style: str, page: str = PAGE, *scripts: str) -> str:
    held = look([page], scripts)
    return trimmed([style], held.may_hold, held.variables)[0]


@pytest.mark.parametrize(
    "selector",
    [
        "h2",
        ".lead",
        "#top",
        "article>p.first",
        "*",
        "body h2+.lead::before",
        "[type=reset]",
        "::placeholder",
        "p:hover",
        ".lead:not(.gone)",
        ":not(#gone)",
        "p:nth-child(2)",
        "article:has(>.lead)",
        "tbody",
    ],
)
def test_what_may_show_stays(selector: str) -> None:
    assert kept(f"{selector}{{top:0}}") == f"{selector}{{top:0}}"


@pytest.mark.parametrize(
    "selector",
    [
        "h3",
        ".gone",
        "#gone",
        "p.gone",
        "article .gone p",
        "article>h3",
        "h3:hover",
        ".gone::before",
        ".gone:not(.lead)",
        ":is(.gone,h3)",
        ":where(h3) p",
        "article:has(.gone)",
    ],
)
def test_what_meets_nothing_goes(selector: str) -> None:
    assert kept(f"{selector}{{top:0}}") == ""


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("h2, .gone, p { top: 0 }", "h2,p{top:0}"),
        (":is(h2, h3, p):focus {top: 0}", ":is(h2,p):focus{top:0}"),
        (":where(h3, .lead) {top: 0}", ":where(h3,.lead){top:0}"),
        # Without it the rule would weigh less.
        (":is(h2, .gone) {top: 0}", ":is(h2,.gone){top:0}"),
        (":is(.lead, .gone, #gone) {top: 0}", ":is(.lead,#gone){top:0}"),
        ("@media print { .gone {top: 0} @media (max-width: 9em) {h3 {top: 0}} }", ""),
        (
            "@media print { @media (max-width: 9em) {p, h3 {top: 0}} }",
            "@media print{@media (max-width: 9em){p{top:0}}}",
        ),
        ("@font-face {font-family: a; src: url(b)}", "@font-face {font-family: a; src: url(b)}"),
        ("p {top: 0 !important; margin: 0  1px}", "p{top:0!important;margin:0 1px}"),
        (r"p.text\:left {top: 0}", ""),
        ("/* why */ p > /* not */ b, p ~ h2 {margin: /* so */ 0}", "p~h2{margin:0}"),
    ],
)
def test_of_a_rule_that_stays_only_dead_parts_go(style: str, shown: str) -> None:
    assert kept(style) == shown


def test_what_only_a_script_names_may_show_any_time() -> None:
    script = "a.classList.add('scrolled'); b = `<dl class=\"mark-${kind}\">`"
    for selector in (".scrolled", "dl", ".mark-right", "#scrolled"):
        assert kept(f"{selector}{{top:0}}", PAGE, script), selector
        assert not kept(f"{selector}{{top:0}}"), selector


def test_content_that_a_script_brings_counts_as_pages_do_and_its_words_do_not() -> None:
    script = r"""window.iivItems["a"]=JSON.parse('[{"prompt":"<h5 class=\\"quote\\" id=\'b\'>No sidebar</h5>"}]');"""
    shown = ".quote{top:0}h5{top:0}#b{top:0}"
    assert kept(shown + ".sidebar{top:0}", PAGE, script) == shown


def test_content_in_the_island_of_an_exercise_counts() -> None:
    page = r'<script type="application/json">{"prompt":"\u003ch5 class=\"quote\">"}</script>'
    assert kept(".quote h5{top:0}", page) == ".quote h5{top:0}"


@pytest.mark.parametrize("attribute", ["class='a b'", 'CLASS="a b"', "class=b", 'class="a\nb"'])
def test_a_class_may_be_written_in_any_way(attribute: str) -> None:
    assert kept(".b{top:0}", f"<p {attribute}>")


def test_a_variable_stays_as_long_as_something_reads_it() -> None:
    style = "body { --a: 1; --b: var(--a); --c: 2; --d: var(--c); --e: 3; --f: 4 } p { top: var(--b, 0) }"
    held = look([PAGE], ['style.getPropertyValue("--e")'], ["p{top:var( --f)}"])
    assert trimmed([style], held.may_hold, held.variables) == ["body{--a:1;--b:var(--a);--e:3;--f:4}p{top:var(--b, 0)}"]


def test_a_variable_that_the_later_style_sets_in_every_such_place_goes_from_the_first() -> None:
    first = "body{--a:1}@media print{body{--a:2}body[data-theme=dark]{--a:3}}p{top:var(--a)}"
    second = '@media print { html body[data-theme="dark"] { --a: 4 } } body { --a: 5 }'
    held = look([PAGE])
    assert trimmed([first, second], held.may_hold) == [
        "@media print{body{--a:2}}p{top:var(--a)}",
        '@media print{html body[data-theme="dark"]{--a:4}}body{--a:5}',
    ]


@pytest.mark.parametrize("path", [FURO, OURS], ids=["furo", "ours"])
def test_trimming_twice_changes_nothing_more(path: Path) -> None:
    once = kept(path.read_text("utf-8"))
    assert kept(once) == once


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder as Sphinx leaves it, with a page."""
    copy_styles(tmp_path)
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    return tmp_path


def copy_styles(book: Path) -> None:
    """Sphinx does it before every build."""
    (book / "_static" / "styles").mkdir(parents=True, exist_ok=True)
    (book / "_static" / "styles" / "furo.css").write_bytes(FURO.read_bytes())
    (book / "_static" / "iiv-book.css").write_bytes(OURS.read_bytes())


def finish(book: Path) -> str:
    rewrite(cast(Sphinx, SimpleNamespace(outdir=book)), None)
    return (book / "_static" / "styles" / "furo.css").read_text("utf-8")


@pytest.mark.parametrize(
    ("added", "rule"),
    [
        ('<div class="admonition note"><p class="admonition-title">Note</p></div>', r"\.admonition\.note\{"),
        ('<figure class="align-left"></figure>', r"article \.align-left"),
        ("<h4>Fourth</h4>", r"(?<=\})h4\{font-size"),
        ("<kbd>Tab</kbd>", r"kbd:not"),
    ],
)
def test_what_an_author_adds_has_its_style_with_the_next_build(book: Path, added: str, rule: str) -> None:
    assert not re.search(rule, finish(book))
    # One page is written anew, the other stays as it was left.
    copy_styles(book)
    (book / "b.html").write_text(PAGE + added, "utf-8")
    assert re.search(rule, finish(book))


def test_the_address_of_a_style_changes_with_what_is_in_it_on_pages_old_and_new(book: Path) -> None:
    def addresses(page: str) -> list[str]:
        return re.findall(r'href="([^"]+)"', (book / page).read_text("utf-8"))

    finish(book)
    before = addresses("a.html")
    copy_styles(book)
    (book / "b.html").write_text(PAGE + "<h4>Fourth</h4>", "utf-8")
    finish(book)
    assert addresses("a.html") == addresses("b.html")
    assert len({*before, *addresses("a.html")}) == 4


def test_a_build_that_failed_leaves_all_as_it_is(book: Path) -> None:
    rewrite(cast(Sphinx, SimpleNamespace(outdir=book)), RuntimeError())
    assert (book / "_static" / "iiv-book.css").read_bytes() == OURS.read_bytes()
