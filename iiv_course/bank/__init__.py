"""YAML to checked objects: the only part that reads banks, with file, line and column for everything wrong in one."""

from iiv_course.bank._messages import Finding, finding
from iiv_course.bank._plain import read_plain
from iiv_course.bank._read import (
    BankError,
    LocatedProblem,
    Positions,
    dig,
    read_bank,
    read_bank_with_positions,
    tree_of,
)
from iiv_course.bank._shelf import FOLDER, UnknownName, find, load, names, path_of, resolve
from iiv_course.written import suggestion

__all__ = [
    "FOLDER",
    "BankError",
    "Finding",
    "LocatedProblem",
    "Positions",
    "UnknownName",
    "dig",
    "find",
    "finding",
    "load",
    "names",
    "path_of",
    "read_bank",
    "read_bank_with_positions",
    "read_plain",
    "resolve",
    "suggestion",
    "tree_of",
]
