"""What the README shows is what happens."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from iiv_course.bank import BankError, read_bank

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
HEAD = "bank: signaling\ntitle: Signals\nobjectives:\n  separate: Tell genuine from not genuine\nitems:\n"


def block(language: str, heading: str) -> str:
    section = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found, f"no {language} block under {heading}"
    return found[1]


def test_the_example_of_a_question_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "signaling.yml"
    path.write_text(HEAD + block("yaml", "Write a question"), "utf-8")
    assert [item.id for item in read_bank(path).items] == ["cheap-talk"]


def test_the_slip_in_the_example_gives_the_message_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "signaling.yml"
    slip = block("yaml", "Write a question").replace("feedback: Politeness", "feedbak: Politeness")
    path.write_text(HEAD + slip, "utf-8")
    with pytest.raises(BankError) as caught:
        read_bank(path)
    assert str(caught.value) == block("text", "Write a question").replace("iiv_course/bank/", "").strip()


def test_the_session_in_the_readme_runs() -> None:
    assert doctest.testfile(str(ROOT / "README.md"), module_relative=False).failed == 0


def test_every_make_target_is_in_the_readme() -> None:
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert targets
    assert [target for target in targets if f"`make {target}`" not in README] == ["help"]
