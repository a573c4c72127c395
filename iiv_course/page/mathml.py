"""TeX to MathML that is safe to put into a page; it reads a closed set of TeX and leaves typesetting to the browser."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LONGEST = 2_000
"""Characters of TeX in one formula."""

DEEPEST = 60
"""Levels of elements in one formula."""

_TEXT = re.compile(r"\\text(?:rm)?\s*\{((?:[^{}\\$]|\\[%$&#_{}])*)\}")
_TOKEN = re.compile(
    r"\\(?P<edge>begin|end)\s*\{(?P<environment>[A-Za-z]+\*?)\}"
    r"|\\operatorname\*?\s*\{[A-Za-z ]+\}|\\[A-Za-z]+|\\.|[{}&%#$]"
)
_ROW_GAP = re.compile(r"\\\\\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm)\s*\]")
# latex2mathml takes "2pt" for a length; no command that takes one is let through, so it is 2·p·t.
_FALSE_LENGTH = re.compile(r"(?<![\w.^])(\d+(?:\.\d+)?)(?=\s*(?:in|mm|cm|pt|em|ex|pc|bp|dd|cc|sp|mu))")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_ENVIRONMENTS = {
    "align": "split",
    "align*": "split",
    "aligned": "split",
    "array": "array",
    "bmatrix": "bmatrix",
    "cases": "cases",
    "equation": "",
    "equation*": "",
    "gather": "displaylines",
    "gather*": "displaylines",
    "gathered": "displaylines",
    "matrix": "matrix",
    "pmatrix": "pmatrix",
    "split": "split",
    "vmatrix": "vmatrix",
}
_COMMANDS = frozenset(
    re.findall(
        r"\\(?:[a-zA-Z]+|.)",
        r"""\frac \dfrac \tfrac \binom \sqrt \left \middle \right \displaystyle \textstyle \quad \qquad \notag \nonumber
        \mathrm \mathbf \mathbb \mathcal \mathscr \mathfrak \overset \underset \stackrel \overbrace \underbrace
        \hat \bar \tilde \vec \dot \ddot \overline
        \big \Big \bigg \Bigg \bigl \Bigl \biggl \Biggl \bigr \Bigr \biggr \Biggr
        \lim \max \min \sup \inf \\ \{ \} \, \: \; \! \% \& \$ \# \_ \| \  """,
    )
)
# Known as symbols, but drawn wrongly by browsers.
_NOT_COMMANDS = frozenset({r"\not", r"\widehat", r"\widetilde", r"\widecheck"})

_LARGE_OPERATORS = frozenset("∏∐∑⋀⋁⋂⋃⨀⨁⨂⨄⨆")
_LIMIT_WORDS = frozenset({"lim", "max", "min", "sup", "inf"})
_RETAGGED = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_SCRIPTS = frozenset({*_RETAGGED, *_RETAGGED.values()})
_CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
_THIN = "0.167em"
_LINE = "‾"
# Set by latex2mathml, without meaning in MathML Core.
_DROPPED = frozenset({"accent", "columnspacing", "rowspacing", "rowlines", "columnlines", "xmlns"})

_PROBLEMS = {
    "NoAvailableTokensError": "something is missing at the end",
    "StopIteration": "something is missing at the end",
    "MissingSuperScriptOrSubscriptError": "nothing follows a ^ or _",
    "DoubleSubscriptsError": "two subscripts in a row; group with braces",
    "DoubleSuperscriptsError": "two superscripts in a row; group with braces",
    "ExtraLeftOrMissingRightError": r"\left and \right do not pair up",
    "RecursionError": f"nested more than {DEEPEST} levels deep",
}


class MathError(ValueError):
    """TeX that cannot be shown: the message names the problem and the formula."""

    def __init__(self, problem: str, tex: str) -> None:
        tex = " ".join(tex.split())
        shown = tex if len(tex) <= 80 else f"{tex[:79]}…"
        super().__init__(f"math: {problem}: {shown}")


class _UnreadableError(Exception):
    """What is wrong, before the formula is named."""


@dataclass(frozen=True)
class Allowed:
    """All that rendered text may consist of; `allowed.json` is the one source, for TypeScript too."""

    elements: dict[str, frozenset[str]]
    classes: frozenset[str]
    schemes: frozenset[str]


@lru_cache(maxsize=1)
def allowed() -> Allowed:
    """The closed sets of elements with their attributes, of classes and of URL schemes."""
    read = json.loads(Path(__file__).with_name("allowed.json").read_text(encoding="utf-8"))
    elements = {name: frozenset(attributes) for name, attributes in read["elements"].items()}
    return Allowed(elements, frozenset(read["classes"]), frozenset(read["schemes"]))


@lru_cache(maxsize=4096)
def to_mathml(tex: str, *, display: bool) -> str:
    """One `<math>` element, every element and attribute of which is in `allowed.json`.

    Raises MathError for unknown commands, broken TeX, more than LONGEST characters or DEEPEST levels.

    >>> to_mathml(r"\\frac{c}{2}", display=False)
    '<math><mfrac><mrow><mi>c</mi></mrow><mrow><mn>2</mn></mrow></mfrac></math>'
    """
    from xml.etree.ElementTree import tostring

    return tostring(_math(tex, display), encoding="unicode", short_empty_elements=False)


def math_box(tex: str, label: str = "Formula") -> str:
    """Display math in a box that scrolls when it is wide and that a keyboard can reach.

    The attribute for JupyterLab keeps its command shortcuts away while the box has focus.
    """
    return (
        f'<div class="iiv-math" role="group" aria-label="{html.escape(label)}" tabindex="0"'
        f' data-lm-suppress-shortcuts="true">{to_mathml(tex, display=True)}</div>'
    )


def to_words(tex: str) -> str:
    """The formula on one line of plain characters, for titles and search; raises MathError.

    >>> to_words(r"\\frac{c}{q} \\leq p_1^2")
    'c/q ≤ p_1^2'
    """
    return re.sub(r"\s+", " ", _words(_math(tex, display=False))).strip()


def _math(tex: str, display: bool) -> Element:
    from latex2mathml.converter import convert_to_element

    try:
        prepared, texts = _prepared(tex)
        try:
            math = convert_to_element(prepared, display="block" if display else "inline")
        except Exception as error:  # the converter leaks IndexError, KeyError, StopIteration … on broken TeX
            raise _UnreadableError(_PROBLEMS.get(type(error).__name__, "it is not complete")) from error
        _check_depth(math)
        if not display:
            del math.attrib["display"]
        _tidy(math, texts)
    except _UnreadableError as problem:
        raise MathError(str(problem), tex) from problem
    # The outermost row only repeats what <math> is.
    row = math[0]
    math[:] = row[:]
    return math


def _prepared(tex: str) -> tuple[str, list[str]]:
    """The TeX as the converter understands it, and the words of `\\text`, which it never sees."""
    if len(tex) > LONGEST:
        raise _UnreadableError(f"longer than {LONGEST} characters")
    if not tex.strip():
        raise _UnreadableError("the formula is empty")
    if _CONTROL.search(tex):
        raise _UnreadableError("contains a control character")
    texts: list[str] = []

    def stash(match: re.Match[str]) -> str:
        words = re.sub(r"\\(.)", r"\1", match[1])
        texts.append(re.sub("^ | $", "\xa0", words))  # a space at an end would collapse
        return rf"\text{{{len(texts) - 1}}}"

    tex = _TEXT.sub(stash, " ".join(tex.split()))
    _check_tokens(_TEXT.sub("", tex))
    tex = _FALSE_LENGTH.sub(r"{\1}", _ROW_GAP.sub(r"\\\\", tex))
    return _TOKEN.sub(_renamed, tex), texts


def _renamed(match: re.Match[str]) -> str:
    if match["environment"] is None:
        return match[0]
    name = _ENVIRONMENTS[match["environment"]]
    return rf"\{match['edge']}{{{name}}}" if name else ""


def _check_tokens(tex: str) -> None:
    """Braces and environments pair up, and every command is one we know."""
    open_groups: list[str] = []
    for match in _TOKEN.finditer(tex):
        mark, environment = match[0], match["environment"]
        if match["edge"] == "begin":
            if environment not in _ENVIRONMENTS:
                raise _UnreadableError(f"unknown environment {environment!r}")
            open_groups.append(environment)
        elif mark == "{":
            open_groups.append(mark)
        elif mark == "}" or match["edge"] == "end":
            if not open_groups or open_groups.pop() != (environment or "{"):
                raise _UnreadableError(f"{mark} closes nothing")
        elif mark in ("&", "\\\\"):
            if not open_groups or open_groups[-1] in ("{", "equation", "equation*"):
                raise _UnreadableError(f"{mark} stands outside of an environment such as aligned")
        elif mark in ("%", "#", "$"):
            raise _UnreadableError(rf"a bare {mark}; write \{mark}")
        elif mark in (r"\text", r"\textrm"):
            raise _UnreadableError(rf"{mark} takes words in braces, with no math, command or braces among them")
        elif "{" not in mark and not _known(mark):
            raise _UnreadableError(f"unknown command {mark}")
    if open_groups:
        raise _UnreadableError(f"{open_groups[-1]} is never closed")


def _known(command: str) -> bool:
    from latex2mathml.commands import FUNCTIONS
    from latex2mathml.converter import MOVABLE_LIMIT_TEXTS
    from latex2mathml.symbols_parser import SYMBOLS

    return command not in _NOT_COMMANDS and (
        command in _COMMANDS or command in SYMBOLS or command in FUNCTIONS or command in MOVABLE_LIMIT_TEXTS
    )


def _check_depth(math: Element) -> None:
    level, depth = [math], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _UnreadableError(_PROBLEMS["RecursionError"])
        level = [child for element in level for child in element]


def _tidy(element: Element, texts: list[str]) -> None:
    """Make the converter's tree what browsers draw well, and refuse whatever is not on the list."""
    for child in element:
        _tidy(child, texts)
    _tidy_text(element, texts)
    _tidy_attributes(element)
    if element.tag == "msup" and not (element[-1].text or "x").strip("′″‴⁗"):
        element.tag = "mrow"  # a prime is raised as it is, and too small as an exponent
    if element.tag in _CHILDREN and len(element) != _CHILDREN[element.tag]:
        raise _UnreadableError("an argument is missing")
    if element.tag in _RETAGGED and _takes_limits(element[0]):
        element.tag = _RETAGGED[element.tag]  # the operator's movablelimits moves them back to the side in running text
    _space_words(element)
    may = allowed().elements.get(element.tag)
    if may is None:
        raise _UnreadableError(f"needs the element <{element.tag}>, which pages do not allow")
    for name, value in element.attrib.items():
        if name not in may or not re.fullmatch(r"[\w.+\- ]+", value):
            raise _UnreadableError(f"needs {name}={value!r} on <{element.tag}>, which pages do not allow")


def _tidy_text(element: Element, texts: list[str]) -> None:
    raw = element.text
    if raw is None:
        return
    if raw in ("{", "}", "&", "^", "_") or raw.startswith("\\"):
        raise _UnreadableError(f"{raw} cannot be read where it stands")
    text = texts[int(raw)] if element.tag == "mtext" and raw.isdecimal() else html.unescape(raw)
    element.text = text
    if element.tag == "mi" and len(text) == 1 and "\u0391" <= text <= "\u03a9":
        element.set("mathvariant", "normal")  # capital Greek is upright in TeX
    if element.tag == "mi" and len(text) == 1 and category(text) == "Sm":
        element.tag = "mo"  # ± and ⟺ come as letters, without space about them
    if element.tag == "mo" and text in ("∞", "∅"):
        element.tag = "mi"
    if element.tag == "mo":
        _tidy_operator(element, text)


def _tidy_operator(operator: Element, text: str) -> None:
    if text in _LIMIT_WORDS:
        operator.set("movablelimits", "true")
    elif text in ("¯", "―"):
        operator.text = _LINE  # the one line in the font that stretches and stands clear of the letter
        operator.set("stretchy", "true" if text == "―" else "false")
    elif text == "|" and "form" not in operator.attrib:
        operator.attrib.update(lspace="0", rspace="0")


def _tidy_attributes(element: Element) -> None:
    attributes = element.attrib
    if element.tag == "mtable" and attributes.get("columnspacing") == "0em":
        attributes["class"] = "iiv-aligned"
    for name in _DROPPED & attributes.keys():
        del attributes[name]
    align = attributes.pop("columnalign", None)
    if align in ("left", "right"):
        attributes["class"] = f"iiv-{align[0]}"  # Chromium ignores columnalign
    if attributes.get("width") == "negativethinmathspace":
        attributes["width"] = f"-{_THIN}"
    if attributes.get("mathvariant", "normal") != "normal":
        raise _UnreadableError(r"a font command such as \mathbf takes one letter in braces: \mathbf{x}")


def _takes_limits(base: Element) -> bool:
    return base.tag == "mo" and ((base.text or "") in _LARGE_OPERATORS or base.get("movablelimits") == "true")


def _space_words(parent: Element) -> None:
    """A thin space about operators that are words: 2 log x, but log(x)."""
    if parent.tag in _SCRIPTS:
        return
    before: Element | None = None
    for child, after in zip(parent, [*parent[1:], None], strict=False):
        core = child
        while core.tag in _SCRIPTS:
            core = core[0]
        word = core.text or ""
        if core.tag in ("mi", "mo") and len(word) > 1 and word[0].isalpha():
            core.tag = "mo"
            core.attrib.pop("mathvariant", None)
            bracket = after is None or (after.tag == "mo" and (after.text or "") in "([{|)]},")
            core.set("lspace", "0" if before is None or before.tag == "mo" else _THIN)
            core.set("rspace", "0" if bracket else _THIN)
        before = child


def _words(element: Element) -> str:
    parts = [_words(child) for child in element]
    match element.tag, parts:
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msqrt", _:
            return f"√{_grouped(''.join(parts))}"
        case "mroot", [inside, degree]:
            return f"{_grouped(inside)}^(1/{degree})"
        case ("mover", [base, mark]) | ("munder", [base, mark]) | ("msup", [base, "′" as mark]) if _is_mark(mark):
            return base + mark.strip()
        case "msub" | "munder", [base, below]:
            return f"{base.strip()}_{_grouped(below)} "
        case "msup" | "mover", [base, above]:
            return f"{base.strip()}^{_grouped(above)} "
        case "msubsup" | "munderover", [base, below, above]:
            return f"{base.strip()}_{_grouped(below)}^{_grouped(above)} "
        case "mo", _:
            text = element.text or ""
            return text if text in "()[]{}|,!/⟨⟩" else f" {text} "
        case "mspace" | "mtd" | "mtr", _:
            return f" {''.join(parts)} "
    return (element.text or "") + "".join(parts)


def _grouped(words: str) -> str:
    words = words.strip()
    return words if re.fullmatch(r"\w*|[\w.]+|.", words) else f"({words})"


def _is_mark(words: str) -> bool:
    return len(words.strip()) == 1 and not words.strip().isalnum()
