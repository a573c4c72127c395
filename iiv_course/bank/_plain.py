"""Any YAML file as plain values with their places, for content that is no bank; refused with the same messages."""

from __future__ import annotations

from pathlib import Path as FilePath

from iiv_course.bank._read import BankError, Positions, sentence, tree_of


def read_plain(path: FilePath) -> tuple[object, Positions]:
    """The value of a file and the places in it. Raises `BankError` with every fault of the file as YAML."""
    tree, positions = tree_of(path)
    if tree.faults:
        problems = (
            positions.located(fault.place, fault.path, sentence(fault.path, fault.finding)) for fault in tree.faults
        )
        raise BankError(tuple(problems))
    return tree.value, positions
