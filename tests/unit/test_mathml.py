"""TeX becomes MathML of a closed set of elements, or an error in plain words."""

from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest

from iiv_course.page.mathml import DEEPEST, LONGEST, MathError, allowed, math_box, to_mathml, to_words
from tests.hostile import HOSTILE

# A formula takes half a millisecond; this is what no machine, however busy, may need for one.
PATIENCE = 2.0


def tree(tex: str, *, display: bool = True) -> ElementTree.Element:
    return read(to_mathml(tex, display=display))


def read(xml: str) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314 - our own output


def shape(element: ElementTree.Element) -> str:
    """The tree in one line: tag(child child …) or tag:text."""
    if len(element):
        return f"{element.tag}({' '.join(shape(child) for child in element)})"
    return f"{element.tag}:{element.text or ''}"


def test_display_and_running_text_are_told_apart() -> None:
    assert tree("x", display=True).get("display") == "block"
    assert tree("x", display=False).get("display") is None


def test_a_fraction_has_a_numerator_and_a_denominator() -> None:
    assert shape(tree(r"\frac{c}{2}")) == "math(mfrac(mrow(mi:c) mrow(mn:2)))"


def test_greek_and_roots_become_characters_and_elements() -> None:
    assert shape(tree(r"\sqrt{\alpha}")) == "math(msqrt(mrow(mi:α)))"
    assert shape(tree(r"\sqrt[3]{x}")) == "math(mroot(mrow(mi:x) mn:3))"


def test_capital_greek_stands_upright() -> None:
    assert tree(r"\Delta")[0].attrib == {"mathvariant": "normal"}
    assert tree(r"\delta")[0].attrib == {}


@pytest.mark.parametrize("tex", [r"\sum_{i=1}^n x", r"\left(\sum_{i=1}^n x\right)", r"\frac{\sum_{i=1}^n x}{2}"])
def test_the_limits_of_a_sum_stand_below_and_above_wherever_the_sum_is(tex: str) -> None:
    root = tree(tex)
    assert root.find(".//munderover") is not None
    assert root.find(".//msubsup") is None


def test_the_limits_of_an_integral_stay_at_its_side() -> None:
    assert tree(r"\int_0^1 x")[0].tag == "msubsup"


def test_aligned_rows_meet_at_the_relation() -> None:
    table = tree(r"\begin{aligned} a &= b \\ c &= d \end{aligned}")[0]
    assert table.get("class") == "iiv-aligned"
    assert [[cell.get("class") for cell in row] for row in table] == [["iiv-r", "iiv-l"]] * 2
    assert "&" not in "".join(table.itertext())


@pytest.mark.parametrize("name", ["align", "align*", "split"])
def test_the_other_names_of_aligned_give_the_same(name: str) -> None:
    rows = r"a &= b \\ c &= d"
    aligned = to_mathml(rf"\begin{{aligned}}{rows}\end{{aligned}}", display=True)
    assert to_mathml(rf"\begin{{{name}}}{rows}\end{{{name}}}", display=True) == aligned


def test_gathered_has_one_cell_a_row() -> None:
    table = tree(r"\begin{gathered} a \\ b \end{gathered}")[0]
    assert [len(row) for row in table] == [1, 1]


def test_the_gap_after_a_row_break_is_not_printed() -> None:
    assert "2" not in "".join(tree(r"\begin{aligned} a &= b \\[2pt] c &= d \end{aligned}").itertext())


def test_words_in_a_formula_keep_their_spaces_and_signs() -> None:
    root = tree(r"\frac{\text{who invest}}{\text{all, 50\% & more }}")
    assert [element.text for element in root.iter("mtext")] == ["who invest", "all, 50% & more\xa0"]


def test_html_in_words_of_a_formula_is_text() -> None:
    written = to_mathml(r"\text{<img src=x onerror=alert(1)>}", display=False)
    assert written == "<math><mtext>&lt;img src=x onerror=alert(1)&gt;</mtext></math>"


def test_entities_in_words_of_a_formula_are_not_decoded() -> None:
    assert tree(r"\text{&lt;b&gt;}")[0].text == "&lt;b&gt;"


def test_word_operators_are_set_apart_from_letters_but_not_from_brackets() -> None:
    assert tree(r"\log x")[0].get("rspace") == "0.167em"
    assert tree(r"\log(x)")[0].get("rspace") == "0"


@pytest.mark.parametrize(("tex", "tag"), [(r"\pm", "mo"), (r"\iff", "mo"), (r"\infty", "mi"), (r"\%", "mi")])
def test_signs_are_operators_or_letters_by_what_they_mean(tex: str, tag: str) -> None:
    assert tree(tex)[0].tag == tag


def test_a_number_before_letters_of_a_unit_is_a_product() -> None:
    assert shape(tree("2pt")) == "math(mrow(mn:2) mi:p mi:t)"


@pytest.mark.parametrize(
    ("tex", "problem"),
    [
        (r"\foo x", r"unknown command \foo"),
        (r"\href{javascript:alert(1)}{x}", r"unknown command \href"),
        (r"\style{x}{y}", r"unknown command \style"),
        (r"\class{x}{y}", r"unknown command \class"),
        (r"\def\x{y}\x", r"unknown command \def"),
        (r"\begin{tikzpicture}x\end{tikzpicture}", "unknown environment 'tikzpicture'"),
        (r"\frac{a", "{ is never closed"),
        (r"a}", "} closes nothing"),
        (r"\begin{aligned} a", "aligned is never closed"),
        (r"\begin{aligned} a \end{cases}", "closes nothing"),
        (r"\frac{a}", "an argument is missing"),
        (r"\sqrt", "something is missing at the end"),
        (r"x^", "nothing follows a ^ or _"),
        (r"{x^}", "cannot be read where it stands"),
        (r"a_b_c", "two subscripts in a row"),
        (r"\left( x", r"\left and \right do not pair up"),
        (r"a & b", "& stands outside"),
        (r"a \\ b", r"\\ stands outside"),
        (r"50%", r"write \%"),
        (r"\text{$x$}", r"\text takes words in braces"),
        (r"\mathbf{xy}", "takes one letter"),
        ("", "empty"),
        ("x\x00", "control character"),
        ("\ud800", "control character"),
    ],
)
def test_broken_tex_is_refused_in_words_that_name_the_problem_and_the_formula(tex: str, problem: str) -> None:
    with pytest.raises(MathError) as caught:
        to_mathml(tex, display=True)
    assert problem in str(caught.value)
    assert str(caught.value).endswith(" ".join(tex.split()))


@pytest.mark.parametrize(
    "tex",
    [
        "x" * (LONGEST + 1),
        r"\frac" * 5_000,
        r"\sqrt " * (LONGEST // 6 - 1) + "x",
        "{" * (LONGEST // 2) + "}" * (LONGEST // 2),
        r"\left(" * 140 + r"\right)" * 140,
        "x^{" * 400 + "}" * 400,
    ],
)
def test_formulas_that_are_too_long_or_too_deep_are_refused_at_once(tex: str) -> None:
    start = time.perf_counter()
    with pytest.raises(MathError):
        to_mathml(tex, display=True)
    assert time.perf_counter() - start < PATIENCE


def test_a_formula_of_the_greatest_length_is_drawn_at_once() -> None:
    start = time.perf_counter()
    to_mathml("x+" * (LONGEST // 2 - 1) + "x", display=True)
    assert time.perf_counter() - start < PATIENCE


def test_depth_that_is_reasonable_is_drawn() -> None:
    assert to_mathml(r"\sqrt{" * 20 + "x" + "}" * 20, display=True).count("<msqrt>") == 20
    assert DEEPEST > 40


@pytest.mark.parametrize("tex", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_tex_gives_allowed_elements_or_an_error(tex: str) -> None:
    try:
        root = tree(tex.strip("$"))
    except MathError:
        return
    for element in root.iter():
        assert element.attrib.keys() <= allowed().elements[element.tag]
        assert set(element.get("class", "").split()) <= allowed().classes


def test_display_math_can_be_reached_and_scrolled_by_keyboard() -> None:
    box = read(math_box("x", 'Equation "1"'))
    assert box.attrib == {
        "class": "iiv-math",
        "role": "group",
        "aria-label": 'Equation "1"',
        "tabindex": "0",
        "data-lm-suppress-shortcuts": "true",
    }
    assert box[0].get("display") == "block"


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\frac{c}{1-p} \leq q", "c/(1 − p) ≤ q"),
        (r"x_1^2 + \bar y", "x_1^2 + y‾"),
        (r"\sqrt{2} f'(x)", "√2f′(x)"),
        (r"P(\text{genuine})", "P(genuine)"),
    ],
)
def test_a_formula_can_be_said_on_one_line(tex: str, words: str) -> None:
    assert to_words(tex) == words
