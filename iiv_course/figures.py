"""Tables and simple figures as HTML and SVG without inline style or script; the same frame gives the same bytes."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from numbers import Real
from typing import TYPE_CHECKING, Literal, TypeGuard, get_args

from iiv_course.items import CourseError

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["bars", "dots"]

SERIES_LIMIT = 2
"""Columns of numbers in one figure: what is filled and what is hollow can be told apart without color."""

LINE = 36
"""Characters in a line of a figure: what a column of 288 px holds, the narrowest that is promised."""

# JupyterLab's shortcuts stop at what carries this; every part that takes the focus needs it.
_OWN_KEYS = 'data-lm-suppress-shortcuts="true"'

# Lengths across are percentages and lengths down are em: a figure fills any width, and its words keep their size.
_LINE_HEIGHT = 1.4
_BAR_HEIGHT = 1.15
_BAR_STEP = 1.35
_ROW_GAP = 0.8
_BAR_ROOM = 78
"""Percent of the width for the longest bar; the rest is for its number."""
_TRACK = (3, 97)
"""Where the line of a dot plot begins and ends, in percent: a dot at an end is not cut."""
_DOT = 0.42


@dataclass(frozen=True, slots=True, repr=False)
class Display:
    """What a notebook shows for a table or a figure."""

    call: str
    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.call


@dataclass(frozen=True, slots=True)
class _Data:
    """A frame as plain values: its headings, then one row after the other."""

    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def table(frame: pd.DataFrame, *, caption: str, source: str) -> Display:
    """A table of all columns of a frame in their order; the first names the rows.

    Its box scrolls and takes the focus, texts are escaped, columns of numbers stand to the right.
    Raises `CourseError` for what is no frame, for a frame without rows or columns, and for an empty text.

    >>> import pandas as pd
    >>> table(pd.DataFrame({"Year": [2012, 2017], "Jobs": [11.4, 12.5]}), caption="Jobs", source="BLS")
    table(caption='Jobs')
    """
    _said("table", caption=caption, source=source)
    data = _read("table", frame)
    html = f'<div class="iiv iiv-data">{_table(data, caption)}{_source(source)}</div>'
    return Display(f"table(caption={caption!r})", html)


def figure(
    kind: Kind, frame: pd.DataFrame, *, alt: str, caption: str, source: str, unit: str = "", full: float | None = None
) -> Display:
    """Bars or dots, one row of the figure for each row of the frame, with the numbers in a table that unfolds.

    The first column of the frame names the rows, one or two columns of numbers follow; the headings name the series.
    `alt` says what the figure shows to those who do not see it. `unit` stands behind each number. `full` is what the
    whole width stands for, in the unit of the numbers; without it that is the largest of them.
    Raises `CourseError` for an unknown kind, a frame that does not fit, numbers below 0, above `full` or missing,
    and for an empty text.

    >>> import pandas as pd
    >>> figure("bars", pd.DataFrame({"Channel": ["Friends"], "Use": [85]}), alt="85", caption="Use", source="HR")
    figure('bars', caption='Use')
    """
    if kind not in get_args(Kind):
        raise CourseError(f"no figure {kind!r}; expected {' or '.join(map(repr, get_args(Kind)))}")
    _said("figure", alt=alt, caption=caption, source=source)
    data = _read("figure", frame)
    names = [str(row[0]) for row in data.rows]
    numbers = _numbers(data)
    whole = max(map(max, numbers)) if full is None else full
    if not (math.isfinite(whole) and whole > 0):
        raise CourseError(f"figure(): the whole width must stand for a number above 0, not {whole!r}")
    if beyond := [value for row in numbers for value in row if value > whole]:
        raise CourseError(f"figure(): {beyond[0]!r} is more than full={full!r}, which the whole width stands for")
    draw = _bars if kind == "bars" else _dots
    series = data.headings[1:]
    height, shapes = draw(names, series, numbers, whole, unit)
    legend = _legend(kind, series) if len(series) > 1 else ""
    html = (
        f'<figure class="iiv iiv-figure iiv-{kind}"><figcaption>{escape(caption)}</figcaption>{legend}'
        f'<svg role="img" aria-label="{escape(alt)}" width="100%" height="{_em(height)}" fill="currentColor" '
        f'overflow="visible">{"".join(shapes)}</svg>{_source(source)}'
        f"<details><summary {_OWN_KEYS}>The numbers as a table</summary>"
        f'<div class="iiv-data">{_table(data, caption, unit)}</div></details></figure>'
    )
    return Display(f"figure({kind!r}, caption={caption!r})", html)


def _said(function: str, **texts: str) -> None:
    for name, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise CourseError(f"{function}(): {name} is empty; say it in words")


def _read(function: str, frame: pd.DataFrame) -> _Data:
    if not hasattr(frame, "itertuples"):
        raise CourseError(f"{function}() shows a DataFrame, not {type(frame).__name__!r}")
    data = _Data(tuple(map(str, frame.columns)), tuple(frame.itertuples(index=False, name=None)))
    if not data.rows or not data.headings:
        raise CourseError(f"{function}(): the frame has no {'rows' if data.headings else 'columns'}")
    return data


def _numbers(data: _Data) -> list[list[float]]:
    """The numbers of a figure, row by row."""
    series = len(data.headings) - 1
    if not 1 <= series <= SERIES_LIMIT:
        raise CourseError(
            f"figure(): the frame has {series} columns after the names; "
            f"a figure shows 1 to {SERIES_LIMIT} (choose them: frame[['name', 'number']])"
        )
    for row in data.rows:
        for heading, value in zip(data.headings[1:], row[1:], strict=True):
            if not _is_number(value) or not math.isfinite(value) or value < 0:
                raise CourseError(f"figure(): {heading!r} of {str(row[0])!r} is {value!r}; expected a number from 0 up")
    return [[float(value) for value in row[1:] if _is_number(value)] for row in data.rows]


# Tables


def _table(data: _Data, caption: str, unit: str = "") -> str:
    columns = list(zip(*data.rows, strict=True))
    # The first column names the rows: a year there is a name, not an amount.
    sides = ["", *(' class="iiv-number"' if all(map(_is_number, column)) else "" for column in columns[1:])]
    head = "".join(
        f'<th scope="col"{side}>{escape(heading)}</th>' for side, heading in zip(sides, data.headings, strict=True)
    )
    body = "".join(
        f'<tr><th scope="row">{escape(str(row[0]))}</th>'
        + "".join(f"<td{side}>{_cell(value, unit)}</td>" for side, value in zip(sides[1:], row[1:], strict=True))
        + "</tr>"
        for row in data.rows
    )
    return (
        f'<div class="iiv-scroll" tabindex="0" role="group" aria-label="Table: {escape(caption)}" {_OWN_KEYS}>'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _source(source: str) -> str:
    return f'<p class="iiv-source">Source: {escape(source)}</p>'


def _cell(value: object, unit: str) -> str:
    return escape(_written(value, unit) if _is_number(value) else str(value))


def _written(value: float, unit: str) -> str:
    """A number for reading: thousands in groups, at most two decimals, a real minus sign, its unit."""
    if not math.isfinite(value):
        return "–"
    number = f"{float(value):,.2f}".rstrip("0").rstrip(".")
    return ("0" if number == "-0" else number.replace("-", "−")) + unit


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, Real) and not isinstance(value, bool)


# Figures


def _bars(
    names: Sequence[str], series: Sequence[str], numbers: Sequence[Sequence[float]], whole: float, unit: str
) -> tuple[float, list[str]]:
    """The height in em and the shapes: under each name a bar for each series, its number behind it."""
    shapes: list[str] = []
    top = 0.0
    for name, row in zip(names, numbers, strict=True):
        top, words = _words(name, top)
        shapes += words
        for place, value in enumerate(row):
            width = _percent(_BAR_ROOM * value / whole)
            baseline = _em(top + 0.72 * _BAR_HEIGHT)
            shapes.append(
                f'<rect x="0" y="{_em(top)}" width="{width}" height="{_em(_BAR_HEIGHT)}"{_look(place)}/>'
                f'<text x="{width}" dx="0.5em" y="{baseline}">{escape(_written(value, unit))}</text>'
            )
            top += _BAR_STEP
        top += _ROW_GAP
    height = top - _ROW_GAP
    axis = f'<line class="iiv-axis" x1="0" x2="0" y1="0" y2="{_em(height)}" stroke="currentColor"/>'
    return height, [*shapes, axis]


def _dots(
    names: Sequence[str], series: Sequence[str], numbers: Sequence[Sequence[float]], whole: float, unit: str
) -> tuple[float, list[str]]:
    """The height in em and the shapes: under each name a line from 0 to the whole with its dots, then the numbers."""
    start, end = _TRACK
    shapes: list[str] = []
    top = 0.0
    for name, row in zip(names, numbers, strict=True):
        top, words = _words(name, top)
        shapes += words
        middle = _em(top + 0.5)
        shapes.append(
            f'<line class="iiv-track" x1="{_percent(start)}" x2="{_percent(end)}" y1="{middle}" y2="{middle}" '
            'stroke="currentColor"/>'
        )
        for place, value in enumerate(row):
            at = _percent(start + (end - start) * value / whole)
            shapes.append(f'<svg x="{at}" y="{middle}" overflow="visible">{_dot(place)}</svg>')
        said = [f"{heading}: {_written(value, unit)}" for heading, value in zip(series, row, strict=True)]
        top, words = _words(" · ".join(said), top + 1.1, "iiv-values")
        shapes += words
        top += _ROW_GAP
    baseline = _em(top + 0.4)
    ends = [
        f'<text class="iiv-values" x="{_percent(at)}" y="{baseline}" text-anchor="{anchor}">'
        f"{escape(_written(value, unit))}</text>"
        for at, anchor, value in ((start, "start", 0), (end, "end", whole))
    ]
    return top + 0.8, [*shapes, *ends]


def _words(text: str, top: float, look: str = "iiv-name") -> tuple[float, list[str]]:
    """Lines of text from `top` down: where they end, and the lines."""
    lines = textwrap.wrap(text, LINE) or [""]
    shapes = [
        f'<text class="{look}" x="0" dx="0.5em" y="{_em(top + _LINE_HEIGHT * line + 0.95)}">{escape(part)}</text>'
        for line, part in enumerate(lines)
    ]
    return top + _LINE_HEIGHT * len(lines), shapes


def _legend(kind: Kind, series: Sequence[str]) -> str:
    """What the two looks stand for; the alternative text and the table say it to those who do not see it."""
    entries = (
        '<span><svg width="1.2em" height="0.9em" fill="currentColor" overflow="visible">'
        + (
            f'<rect x="0" y="0" width="1.2em" height="0.9em"{_look(place)}/>'
            if kind == "bars"
            else f'<svg x="0.6em" y="0.45em" overflow="visible">{_dot(place)}</svg>'
        )
        + f"</svg> {escape(heading)}</span>"
        for place, heading in enumerate(series)
    )
    return f'<p class="iiv-legend" aria-hidden="true">{" ".join(entries)}</p>'


def _dot(place: int) -> str:
    if place == 0:
        return f'<circle r="{_em(_DOT)}"{_look(place)}/>'
    side = _em(2 * _DOT)
    return f'<rect x="-{_em(_DOT)}" y="-{_em(_DOT)}" width="{side}" height="{side}"{_look(place)}/>'


def _look(place: int) -> str:
    """The first series is filled, the second hollow; the attributes serve a host that has no style of ours."""
    return (
        ' class="iiv-first"',
        ' class="iiv-second" fill="none" stroke="currentColor" stroke-width="2"',
    )[place]


def _em(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".") + "em"


def _percent(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".") + "%"
