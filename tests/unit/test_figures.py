"""Tables and figures: what they say, to whom, and that a strict policy lets them through."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from iiv_course.figures import LINE, SERIES_LIMIT, Display, figure, table
from iiv_course.items import CourseError

STYLE = Path(__file__).resolve().parents[2] / "iiv_course" / "frontend" / "src" / "iiv.css"
HOSTILE = """<img src=x onerror="alert('1')"> & {{x}}"""

SIZES = pd.DataFrame({"Employers with": ["few", "many"], "Organizations": [80, 1.5], "Jobs": [10.25, 40]})
ONE = SIZES[["Employers with", "Jobs"]]


def drawn(kind: Any = "bars", frame: Any = SIZES, **changed: Any) -> Display:
    texts = {"alt": "Few have many jobs.", "caption": "Sizes", "source": "a count", "unit": "%", "full": 100}
    return figure(kind, frame, **{**texts, **changed})


def shown(frame: Any = SIZES, **changed: Any) -> Display:
    return table(frame, **{"caption": "Sizes", "source": "a count", **changed})


def parsed(display: Display) -> ElementTree.Element:
    # It is our own output, and what authors write is escaped in it.
    return ElementTree.fromstring(display._repr_html_())  # noqa: S314


def texts(tree: ElementTree.Element, path: str) -> list[str]:
    return ["".join(element.itertext()) for element in tree.iterfind(path)]


def lengths(tree: ElementTree.Element, path: str, name: str) -> list[float]:
    return [float(element.get(name, "").rstrip("%em")) for element in tree.iterfind(path)]


# Both


@pytest.mark.parametrize("display", [shown(), drawn("bars"), drawn("dots"), drawn("dots", ONE)], ids=repr)
def test_nothing_in_it_needs_an_inline_style_or_a_script(display: Display) -> None:
    html = display._repr_html_()
    assert re.findall(r"<(?:script|style|link|iframe)|\sstyle=|\son\w+=|\bid=|javascript:", html) == []


@pytest.mark.parametrize("make", [shown, drawn, lambda: drawn("dots")])
def test_the_same_frame_gives_the_same_bytes(make: Any) -> None:
    assert (make()._repr_html_(), repr(make())) == (make()._repr_html_(), repr(make()))


def test_the_plain_text_is_the_call_and_no_address_in_memory() -> None:
    assert [repr(shown()), repr(drawn("dots"))] == ["table(caption='Sizes')", "figure('dots', caption='Sizes')"]


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_texts_of_a_figure_stay_texts(kind: str) -> None:
    frame = pd.DataFrame({HOSTILE: [HOSTILE], HOSTILE + "1": [1], HOSTILE + "2": [2]})
    tree = parsed(drawn(kind, frame, alt=HOSTILE, caption=HOSTILE, source=HOSTILE, unit=HOSTILE))
    assert tree.find(".//img") is None
    assert tree.findtext("figcaption") == HOSTILE
    assert [svg.get("aria-label") for svg in tree.iterfind("svg")] == [HOSTILE]


def test_texts_of_a_table_stay_texts() -> None:
    tree = parsed(shown(pd.DataFrame({HOSTILE: [HOSTILE], "b": [HOSTILE]}), caption=HOSTILE, source=HOSTILE))
    assert texts(tree, ".//caption") + texts(tree, ".//th") + texts(tree, ".//td") == [
        HOSTILE, HOSTILE, "b", HOSTILE, HOSTILE,
    ]  # fmt: skip


@pytest.mark.parametrize("display", [shown(), drawn("bars"), drawn("dots")], ids=repr)
def test_whatever_takes_the_focus_keeps_its_keys_in_jupyterlab(display: Display) -> None:
    focusable = [e for e in parsed(display).iter() if e.tag == "summary" or e.get("tabindex")]
    assert focusable
    assert [element.tag for element in focusable if element.get("data-lm-suppress-shortcuts") != "true"] == []


@pytest.mark.parametrize("display", [shown(), drawn("bars"), drawn("dots")], ids=repr)
def test_every_class_is_one_of_ours_and_has_its_style(display: Display) -> None:
    style = STYLE.read_text("utf-8")
    names = {name for element in parsed(display).iter() for name in element.get("class", "").split()}
    unstyled = {"iiv-bars", "iiv-dots", "iiv-name"}
    assert [name for name in sorted(names - unstyled) if not re.search(rf"\.{name}\b(?!-)", style)] == []
    assert [name for name in names if not name.startswith("iiv")] == []


def test_asking_for_a_figure_loads_no_widgets() -> None:
    code = "import sys; from iiv_course import figure, table; print('anywidget' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


# Tables


def test_headings_say_what_they_head() -> None:
    tree = parsed(shown())
    assert [(th.text, th.get("scope")) for th in tree.iter("th")] == [
        ("Employers with", "col"), ("Organizations", "col"), ("Jobs", "col"), ("few", "row"), ("many", "row"),
    ]  # fmt: skip


def test_the_box_of_a_table_scrolls_takes_the_focus_and_has_a_name() -> None:
    (box,) = parsed(shown()).iterfind("div")
    assert {name: box.get(name) for name in ("class", "tabindex", "role", "aria-label")} == {
        "class": "iiv-scroll", "tabindex": "0", "role": "group", "aria-label": "Table: Sizes",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "written"),
    [(12488562, "12,488,562"), (10.2, "10.2"), (35.194, "35.19"), (39.0, "39"), (-4, "−4"), (-0.001, "0"),
     (float("nan"), "–")],
)  # fmt: skip
def test_numbers_are_written_for_reading(number: float, written: str) -> None:
    assert texts(parsed(shown(pd.DataFrame({"a": ["x"], "b": [number]}))), ".//td") == [written]


def test_only_columns_of_numbers_stand_to_the_right() -> None:
    tree = parsed(shown(pd.DataFrame({"a": ["x", "y"], "number": [1, 2], "mixed": [1, "two"], "truth": [True, False]})))
    assert [th.text for th in tree.iter("th") if th.get("class") == "iiv-number"] == ["number"]
    assert [td.text for td in tree.iter("td") if td.get("class") == "iiv-number"] == ["1", "2"]


def test_a_year_that_names_a_row_is_no_amount() -> None:
    tree = parsed(shown(pd.DataFrame({"Year": [2014, 2016], "Share": [85, 54]})))
    assert [th.text for th in tree.iter("th") if th.get("scope") == "row"] == ["2014", "2016"]


# Figures


def test_a_figure_is_an_image_with_words_for_it() -> None:
    (image,) = parsed(drawn()).iterfind("svg")
    assert (image.get("role"), image.get("aria-label")) == ("img", "Few have many jobs.")


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_the_numbers_unfold_as_a_table(kind: str) -> None:
    tree = parsed(drawn(kind))
    assert texts(tree, "details/summary") == ["The numbers as a table"]
    assert texts(tree, "details//td") == ["80%", "10.25%", "1.5%", "40%"]


def test_bars_are_as_long_as_their_numbers() -> None:
    widths = lengths(parsed(drawn()), "svg/rect", "width")
    assert [width / widths[0] for width in widths] == pytest.approx([1, 10.25 / 80, 1.5 / 80, 0.5], abs=0.001)


def test_dots_stand_where_their_numbers_are_on_the_line() -> None:
    tree = parsed(drawn("dots", ONE))
    (start, *_), (end, *_) = (lengths(tree, "svg/line", name) for name in ("x1", "x2"))
    places = [(x - start) / (end - start) for x in lengths(tree, "svg/svg", "x")]
    assert places == pytest.approx([0.1025, 0.4], abs=0.001)


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_without_a_whole_the_largest_number_fills_the_width(kind: str) -> None:
    filled, half = drawn(kind, full=None)._repr_html_(), drawn(kind, full=160)._repr_html_()
    assert drawn(kind, full=80)._repr_html_() == filled != half


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_two_series_are_told_apart_by_more_than_color(kind: str) -> None:
    tree = parsed(drawn(kind))
    looks = {shape.get("class"): shape.get("fill") for shape in tree.find("svg").iter()}  # type: ignore[union-attr]
    assert (looks["iiv-first"], looks["iiv-second"]) == (None, "none")
    assert texts(tree, "p[@class='iiv-legend']/span") == [" Organizations", " Jobs"]


def test_one_series_needs_no_legend() -> None:
    assert parsed(drawn("bars", ONE)).find("p[@class='iiv-legend']") is None


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_a_figure_fills_any_width_and_grows_with_the_letters(kind: str) -> None:
    tree = parsed(drawn(kind))
    across = [value for e in tree.iter() for name in ("x", "x1", "x2") if (value := e.get(name))]
    assert [value for value in across if not re.fullmatch(r"0|\d+(\.\d+)?%|-?0\.\d+em", value)] == []
    assert max(float(value.rstrip("%")) for value in across if value.endswith("%")) <= 100
    down = [value for e in tree.iter() for name in ("y", "y1", "y2", "height") if (value := e.get(name))]
    assert [value for value in down if not re.fullmatch(r"0|-?\d+(\.\d+)?em", value)] == []


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_long_names_break_into_lines_below_each_other(kind: str) -> None:
    name = "Organizations that help people who look for a place to stay for the night"
    tree = parsed(drawn(kind, pd.DataFrame({"a": [name], "b": [1]})))
    lines = [text for text in tree.iterfind("svg/text") if text.get("class") == "iiv-name"]
    assert " ".join("".join(line.itertext()) for line in lines) == name
    assert max(len(line.text or "") for line in lines) <= LINE
    heights = [float(line.get("y", "").removesuffix("em")) for line in lines]
    assert heights == sorted(set(heights))


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_everything_lies_within_the_height_of_the_figure(kind: str) -> None:
    (image,) = parsed(drawn(kind)).iterfind("svg")
    height = float(image.get("height", "").removesuffix("em"))
    assert max(float(text.get("y", "").removesuffix("em")) for text in image.iterfind("text")) < height


# Mistakes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kind": "pie"}, "no figure 'pie'; expected 'bars' or 'dots'"),
        ({"frame": [1, 2]}, "figure() shows a DataFrame, not 'list'"),
        ({"frame": SIZES[:0]}, "the frame has no rows"),
        ({"frame": SIZES[["Jobs"]]}, "has 0 columns after the names; a figure shows 1 to 2"),
        ({"frame": SIZES.assign(More=1)}, f"has {SERIES_LIMIT + 1} columns after the names"),
        ({"frame": SIZES.assign(Jobs=["1", "2"])}, "'Jobs' of 'few' is '1'; expected a number from 0 up"),
        ({"frame": SIZES.assign(Jobs=[1, -2])}, "'Jobs' of 'many' is -2"),
        ({"frame": SIZES.assign(Jobs=[1.0, float("nan")])}, "'Jobs' of 'many' is nan"),
        ({"frame": SIZES.assign(Jobs=[True, False])}, "'Jobs' of 'few' is True"),
        ({"frame": SIZES.assign(Jobs=0, Organizations=0), "full": None}, "a number above 0, not 0"),
        ({"full": 50}, "80.0 is more than full=50"),
        ({"full": float("inf")}, "a number above 0, not inf"),
        ({"alt": " "}, "alt is empty; say it in words"),
        ({"source": ""}, "source is empty"),
        ({"caption": None}, "caption is empty"),
    ],
)
def test_what_no_figure_can_show_is_said_in_one_line(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(CourseError) as error:
        drawn(**arguments)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("frame", "changed", "message"),
    [
        ("text", {}, "table() shows a DataFrame, not 'str'"),
        (pd.DataFrame({"a": []}), {}, "the frame has no rows"),
        (pd.DataFrame(), {}, "the frame has no columns"),
        (SIZES, {"caption": ""}, "caption is empty"),
    ],
)
def test_what_no_table_can_show_is_said_in_one_line(frame: Any, changed: dict[str, str], message: str) -> None:
    with pytest.raises(CourseError, match=re.escape(message)):
        shown(frame, **changed)
