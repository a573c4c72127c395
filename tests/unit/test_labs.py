"""What a cell asks for when it shows a lab, and what stands for it without script or kernel."""

from __future__ import annotations

import pytest

from iiv_course import InterviewLab, SpenceLab
from iiv_course.items import CourseError
from iiv_course.page import LabSpec, Request, exercise_html


def test_a_lab_keeps_its_settings_under_a_key_of_its_own() -> None:
    specs = [Request.model_validate({"kind": "lab", "lab": lab}).spec({}) for lab in ("spence", "interview")]
    assert specs == [
        LabSpec(kind="lab", lab="spence", key="lab/spence"),
        LabSpec(kind="lab", lab="interview", key="lab/interview"),
    ]


@pytest.mark.parametrize("arguments", [{"kind": "lab"}, {"kind": "review", "lab": "spence"}])
def test_a_lab_without_a_name_and_a_name_without_a_lab_are_refused(arguments: dict[str, str]) -> None:
    with pytest.raises(CourseError, match="a lab is asked for by its name, and nothing else is"):
        Request.model_validate(arguments)


def test_a_cell_shows_a_lab_by_its_call_and_stores_no_more_than_a_placeholder() -> None:
    for call, widget, lab in (("SpenceLab()", SpenceLab(), "spence"), ("InterviewLab()", InterviewLab(), "interview")):
        data, _ = widget._repr_mimebundle_()
        assert data["text/plain"] == call
        assert data["text/html"] == Request.model_validate({"kind": "lab", "lab": lab}).placeholder()


def test_without_script_the_page_says_what_each_lab_would_show() -> None:
    assert "a lab on Spence's example" in exercise_html(Request(kind="lab", lab="spence").spec({}))
    assert "a lab on the interview" in exercise_html(Request(kind="lab", lab="interview").spec({}))
