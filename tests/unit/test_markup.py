"""Markdown becomes HTML of a closed set of elements, whatever somebody typed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis.strategies import from_regex

from iiv_course.page.markup import _WORDS_ALONE, LONGEST, MarkupError, _markdown, block, inline, plain_text
from iiv_course.page.mathml import allowed
from tests.hostile import HOSTILE

# A text takes a millisecond; this is what no machine, however busy, may need for one.
PATIENCE = 5.0


class Elements(HTMLParser):
    """Collects every element, attribute and other thing that a browser would make of a text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


def assert_only_allowed(html: str) -> None:
    parsed = Elements(html)
    assert parsed.open == []
    assert parsed.others == []
    for tag, attributes in parsed.found:
        assert attributes.keys() <= allowed().elements[tag]
        assert set((attributes.get("class") or "").split()) <= allowed().classes
        href = re.sub(r"[\x00-\x20]", "", attributes.get("href") or "")
        scheme = re.match(r"[^/?#]*?:", href)
        assert scheme is None or scheme[0][:-1].lower() in allowed().schemes
        assert not href.startswith("//")


def test_the_hostile_texts_are_many_and_distinct() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 100


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("render", [inline, block])
def test_hostile_text_gives_allowed_elements_or_an_error(render: Callable[[str], str], text: str) -> None:
    for written in (text, f"${text}$", f"a ${text}$ b", f"$$\n{text}\n$$", f"- [{text}]({text})"):
        start = time.perf_counter()
        try:
            html = render(written)
        except MarkupError:
            continue
        finally:
            assert time.perf_counter() - start < PATIENCE
        assert_only_allowed(html)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_has_plain_words_or_an_error(text: str) -> None:
    try:
        words = plain_text(text)
    except MarkupError:
        return
    assert words == " ".join(words.split())


def test_inline_text_has_no_paragraph() -> None:
    assert inline("a *b* **c** `d`") == "a <em>b</em> <strong>c</strong> <code>d</code>"


@settings(max_examples=1000, deadline=None)
@given(from_regex(_WORDS_ALONE, fullmatch=True))
@example('It pays 0 ("nothing"), and that is 100 % of it!')
@example("a1. b) c - d: e")
def test_words_alone_are_what_the_parser_makes_of_them(text: str) -> None:
    assert block(text) == _markdown().render(text)
    assert inline(text) == _markdown().renderInline(text)


def test_block_marks_in_inline_text_stay_as_typed() -> None:
    assert inline("1. Ask") == "1. Ask"
    assert inline("# 1") == "# 1"


def test_paragraphs_lists_and_quotes_are_blocks() -> None:
    html = block("One.\n\n- a\n- b\n\n> c")
    assert html == "<p>One.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<blockquote>\n<p>c</p>\n</blockquote>\n"


def test_a_table_aligns_by_class_in_a_box_that_scrolls() -> None:
    html = block("| a | b |\n|--:|:--|\n| 1 | 2 |")
    assert '<td class="iiv-r">1</td>\n<td class="iiv-l">2</td>' in html
    assert html.startswith('<div class="iiv-table" role="group" aria-label="Table" tabindex="0"')
    assert "style" not in html


def test_raw_html_is_shown_as_text() -> None:
    assert inline("<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"


def test_quotes_stay_as_typed() -> None:
    assert inline('it\'s -- "so" ...') == "it's -- &quot;so&quot; ..."


def test_math_is_rendered_inline_and_as_a_block() -> None:
    assert inline("so $p$") == "so <math><mi>p</mi></math>"
    assert '<math display="block"><mi>p</mi></math></div>' in block("$$\np\n$$")


def test_prices_are_not_math() -> None:
    assert inline("$5 and $6, or $20–$30") == "$5 and $6, or $20–$30"


def test_math_that_cannot_be_read_is_an_error_with_the_formula() -> None:
    for render in (inline, block, plain_text):
        with pytest.raises(MarkupError, match=r"unknown command \\foo: \\foo"):
            render(r"so $\foo$")


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1", "http://a.example", "mailto:a@b.example", "../x.html#y", "#y"]
)
def test_links_to_the_web_mail_and_the_book_are_links(url: str) -> None:
    assert f'<a href="{url}" data-lm-suppress-shortcuts="true">x</a>' == inline(f"[x]({url})")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.example", "ftp://a"]
)
def test_other_links_stay_as_text(url: str) -> None:
    assert "<a" not in inline(f"[x]({url})")
    assert "<a" not in inline(f"<{url}>")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("# Title", "use **bold**"),
        ("Title\n---", "use **bold**"),
        ("![x](y.png)", "describe it"),
        ("a" * (LONGEST + 1), "at most"),
        ("\ud800", "no character"),
    ],
)
def test_what_is_refused_says_what_to_do(text: str, remedy: str) -> None:
    with pytest.raises(MarkupError) as caught:
        block(text)
    assert remedy in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A **bold** [link](x.html) and `code`", "A bold link and code"),
        ("One.\n\n- two\n- three", "One. two three"),
        ("in*side* words", "inside words"),
        (r"is $\frac{c}{q}$ < 1 & so?", "is c/q < 1 & so?"),
        ("a\nb\\\nc", "a b c"),
    ],
)
def test_plain_words_have_no_marks(text: str, words: str) -> None:
    assert plain_text(text) == words
