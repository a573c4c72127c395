"""Any YAML file as plain values with their places, for content that is no bank; refused with the same messages."""

from __future__ import annotations

from pathlib import Path as FilePath

from iiv_course.bank._read import BankError, LocatedProblem, Positions, label, sentence
from iiv_course.bank._source import read_text
from iiv_course.bank._yaml import read_tree


def read_plain(path: FilePath) -> tuple[object, Positions]:
    """The value of a file and the places in it. Raises `BankError` with every fault of the file as YAML."""
    file = label(path)
    text = read_text(path)
    if not isinstance(text, str):
        raise BankError(tuple(LocatedProblem(file, *fault.place, "", f"the file {fault.finding}") for fault in text))
    tree = read_tree(text)
    positions = Positions(file, tree)
    if tree.faults:
        problems = (
            positions.located(fault.place, fault.path, sentence(fault.path, fault.finding)) for fault in tree.faults
        )
        raise BankError(tuple(problems))
    return tree.value, positions
