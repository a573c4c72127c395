"""Killed at any moment, and eight at a time: what was acknowledged is in the workbook, once."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from iiv_course.workbook.store import Store

ANSWERING = Path(__file__).parent / "answering.py"
LONGEST = 0.4
"""Seconds after its first answer until a process is killed: hundreds of transactions."""
WITHOUT_END = 10**6
REDUCED, WHOLE = 6, 200
WRITERS = 8


def start(path: Path, writer: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ANSWERING), str(path), writer, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def saved(path: Path) -> Counter[str]:
    """How often each answer stands in the workbook; the file itself is checked first."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    store = Store(path)
    items = store.content()["items"].values()
    store.close()
    return Counter(attempt["id"] for item in items for attempt in item["attempts"])


def kill_while_answering(path: Path, writer: str, seconds: float) -> int:
    """Kill a process that long after its first answer; the last answer that it said was saved."""
    process = start(path, writer, WITHOUT_END)
    assert process.stdout
    heard = process.stdout.readline()
    # The moment is what is tested.
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    # A line that the kill has cut is no acknowledgment.
    return int((heard + rest).rpartition("\n")[0].split()[-1])


def killed(path: Path, times: int) -> tuple[int, int]:
    """Kill that many processes at random moments, and prove each time that what was acknowledged is there."""
    moments = random.Random(times)
    acknowledged: set[str] = set()
    for turn in range(times):
        writer = f"writer{turn}"
        last = kill_while_answering(path, writer, moments.uniform(0, LONGEST))
        acknowledged |= {f"{writer}:{number}" for number in range(1, last + 1)}
        found = saved(path)
        assert acknowledged - found.keys() == set()
        assert set(found.values()) == {1}
    return len(acknowledged), len(found)


def answer_together(path: Path, count: int) -> Counter[str]:
    processes = [start(path, f"writer{number}", count) for number in range(WRITERS)]
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    return saved(path)


def expected(count: int) -> Counter[str]:
    return Counter(f"writer{writer}:{number}" for writer in range(WRITERS) for number in range(1, count + 1))


def test_what_was_acknowledged_outlives_a_kill_at_any_moment(tmp_path: Path) -> None:
    killed(tmp_path / "workbook.sqlite3", REDUCED)


def test_eight_processes_lose_nothing_and_write_nothing_twice(tmp_path: Path) -> None:
    assert answer_together(tmp_path / "workbook.sqlite3", 25) == expected(25)


@pytest.mark.soak
def test_what_was_acknowledged_outlives_two_hundred_kills(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    acknowledged, found = killed(tmp_path / "workbook.sqlite3", WHOLE)
    with capsys.disabled():
        print(f"\n{WHOLE} kills: {acknowledged:,} answers acknowledged, all of {found:,} kept once")


@pytest.mark.soak
def test_eight_processes_write_a_thousand_answers_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun = time.monotonic()
    assert answer_together(tmp_path / "workbook.sqlite3", 1000) == expected(1000)
    with capsys.disabled():
        print(f"\n{WRITERS} processes × 1,000 answers: none lost, none twice, {time.monotonic() - begun:.1f} s")
