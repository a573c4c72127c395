"""The book's frame, as far as it can be judged without a browser: colors, templates, what is done to a page's HTML."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from docutils import nodes

from iiv_course.sphinx_ext.theme import (
    CONTENT_SECURITY_POLICY,
    HERE,
    accessible,
    description,
    held_together,
    without_inline_styles,
)

FURO = Path(str(distribution("furo").locate_file("furo/theme/furo")))
STYLE = (HERE / "static" / "iiv-book.css").read_text("utf-8")
TEMPLATES = sorted(path.relative_to(HERE / "templates").as_posix() for path in (HERE / "templates").rglob("*.html"))

TEXT, CONTROL = 4.5, 3.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.11
PAGE, PANEL, HOVER, CODE = (
    f"--color-{name}" for name in ("background-primary", "background-secondary", "background-hover", "code-background")
)
PAIRS = [
    *[
        (f"--color-foreground-{name}", paper, TEXT)
        for name in ("primary", "secondary")
        for paper in (PAGE, PANEL, HOVER)
    ],
    *[("--color-foreground-muted", paper, TEXT) for paper in (PAGE, PANEL)],
    *[
        (f"--color-brand-{name}", paper, TEXT)
        for name in ("primary", "content", "visited")
        for paper in (PAGE, PANEL, HOVER)
    ],
    *[("--color-foreground-border", paper, CONTROL) for paper in (PAGE, PANEL)],
    *[("--color-problematic", paper, TEXT) for paper in (PAGE, PANEL)],
    *[
        ("--color-foreground-primary", f"--color-{name}", TEXT)
        for name in ("highlight-on-target", "highlighted-background")
    ],
    ("--color-brand-content", "--color-highlight-on-target", TEXT),
    ("--color-admonition-title", "--color-admonition-background", TEXT),
    *[(f"--iiv-title-{name}", "--color-admonition-background", TEXT) for name in ("warning", "danger", "tip")],
    ("--color-code-foreground", CODE, TEXT),
    *[(f"--iiv-code-{name}", CODE, TEXT) for name in ("comment", "keyword", "name", "number", "string")],
]


def block(selector: str) -> dict[str, str]:
    """The variables that the first rule with exactly this selector sets."""
    rule = re.search(rf"^\s*{re.escape(selector)} \{{(.*?)\}}", STYLE, flags=re.DOTALL | re.MULTILINE)
    assert rule, selector
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", rule[1]))


LIGHT = block("html body")
DARK = block('html body[data-theme="dark"]')


def luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_contrast_the_standard_gives_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper", "least"), PAIRS)
def test_every_pair_of_colors_can_be_read(theme: dict[str, str], ink: str, paper: str, least: float) -> None:
    assert contrast(theme[ink], theme[paper]) >= least


def test_dark_by_choice_and_dark_by_system_are_the_same() -> None:
    assert block('html body:not([data-theme="light"])') == DARK


def test_a_color_set_for_light_is_set_for_dark_too() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_takes_the_place_of_one_of_furos(template: str) -> None:
    assert (FURO / template).is_file()


def test_furo_has_no_inline_style_that_the_templates_do_not_know() -> None:
    known = [' style="display: none;"', ' style="opacity: 50%"']
    unused = {FURO / "domainindex.html", FURO / "genindex.html"}  # the book has no index
    for path in set(FURO.rglob("*.html")) - unused:
        html = path.read_text("utf-8")
        for attribute in known:
            html = html.replace(attribute, "")
        assert " style=" not in html, path
        if path.name != "_head_css_variables.html":  # replaced by an empty one
            assert "<style" not in html, path


def test_the_policy_allows_neither_inline_code_nor_other_hosts() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY


def test_inline_styles_go_and_the_table_stays() -> None:
    html = (
        "<style scoped>\n.a > b {x: y}\n</style>\n"
        '<table class="dataframe"><tr style="text-align: right;"><th>style="kept"</th></tr></table>'
    )
    assert without_inline_styles(html) == '<table class="dataframe"><tr><th>style="kept"</th></tr></table>'


def test_scrolling_boxes_take_the_focus() -> None:
    assert accessible("<pre>x</pre>") == '<pre tabindex="0">x</pre>'
    assert 'tabindex="0"' in accessible('<div class="table-wrapper docutils container"><table></table></div>')


def test_script_islands_are_left_alone() -> None:
    island = '<script type="application/json">{"html": "<pre>x</pre>"}</script>'
    assert accessible(island) == island


@pytest.mark.parametrize(
    "html",
    [
        "<p><math><mi>q</mi></math> is</p>",
        '<div><math display="block"><mi>q</mi></math>.</div>',
        "<form><legend>Is it <math><mi>q</mi></math>?</legend></form>",
        '<script>"<math></math>."</script>',
    ],
)
def test_a_formula_is_left_alone_where_no_sign_of_a_sentence_follows(html: str) -> None:
    assert held_together(html) == html


def test_the_description_is_the_first_paragraph_of_the_pages_own_text() -> None:
    document = nodes.document(None, None)  # type: ignore[arg-type]
    section = nodes.section()
    section += nodes.note("", nodes.paragraph(text="An aside."))
    section += nodes.paragraph(text="What this\npage says.")
    document += section
    assert description(document) == "What this page says."


def test_a_long_description_ends_at_a_word_within_160_characters() -> None:
    document = nodes.document(None, None)  # type: ignore[arg-type]
    document += nodes.paragraph(text="word, " * 60)
    text = description(document)
    assert len(text) <= 160
    assert text.endswith("word…")


def test_a_page_without_text_has_no_description() -> None:
    assert description(None) == ""
