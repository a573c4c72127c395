"""Numbers in and out of the model: read as arrays, refused by name when out of domain, compared with a tolerance."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]

Answer: TypeAlias = Any
"""A float where only numbers came in, otherwise an array of the shape to which they broadcast."""

TIE = 1e-12
"""Amounts that differ by less than this share are a tie, so that 0.1 against 1 - 0.9 is one. Ties go to equilibria."""


def numbers(name: str, value: ArrayLike, *, at_least: float = -inf, at_most: float = inf, above: float = -inf) -> Array:
    """Finite numbers within their domain; anything else is a ValueError with the name and the first bad number.

    >>> numbers("prior", [0.3, 1.2], at_least=0, at_most=1)
    Traceback (most recent call last):
    ValueError: prior is 1.2; expected a number from 0 to 1
    """
    array = _floats(name, value)
    bad = ~(np.isfinite(array) & (array >= at_least) & (array <= at_most) & (array > above))
    if bad.any():
        raise ValueError(f"{name} is {float(array[bad][0])!r}; expected {_domain(at_least, at_most, above)}")
    return array


def _floats(name: str, value: ArrayLike) -> Array:
    try:
        given = np.asarray(value)
        # Fractions and whole numbers beyond 64 bits come as objects.
        if given.dtype.kind in "biuf" or (
            given.dtype.kind == "O" and all(isinstance(each, Real) for each in given.flat)
        ):
            return given.astype(np.float64)
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"{name} is {value!r}; expected a number or an array of numbers")


def _domain(at_least: float, at_most: float, above: float) -> str:
    if above > -inf:
        return f"a finite number above {above:g}"
    if at_most < inf:
        return f"a number from {at_least:g} to {at_most:g}"
    return "a finite number" if at_least == -inf else f"a finite number of at least {at_least:g}"


def no_more_than(name: str, value: Array, limit_name: str, limit: Array) -> None:
    """Refuse a value beyond another one, with both numbers."""
    value, limit = np.broadcast_arrays(value, limit)
    bad = value > limit
    if bad.any():
        raise ValueError(f"{name} is {float(value[bad][0])!r}; expected at most {limit_name}, {float(limit[bad][0])!r}")


def at_most(value: Array, limit: Array) -> NDArray[np.bool_]:
    """Whether the value is below its limit or ties with it; both are at least 0."""
    return np.less_equal(value, limit * (1 + TIE))


def at_least(value: Array, limit: Array) -> NDArray[np.bool_]:
    """Whether the value is above its limit or ties with it; both are at least 0."""
    return np.greater_equal(value, limit * (1 - TIE))


def plain(value: ArrayLike) -> Answer:
    """What is handed out: a float instead of an array without dimensions."""
    array = np.asarray(value, dtype=np.float64)
    return float(array) if array.ndim == 0 else array


def together(*values: ArrayLike) -> tuple[Answer, ...]:
    """Several answers in one shape."""
    return tuple(plain(array.copy()) for array in np.broadcast_arrays(*values))


def kept(value: Array) -> Answer:
    """What an object keeps: a float, or an array that nobody can change afterwards."""
    answer = plain(value.copy())
    if isinstance(answer, np.ndarray):
        answer.flags.writeable = False
    return answer


def pair(name: str, value: Iterable[Any], of: str) -> tuple[Any, Any]:
    """The two parts of a parameter that has one for each kind of people."""
    try:
        parts = tuple(value)
    except TypeError:
        parts = ()
    if len(parts) != 2:
        raise ValueError(f"{name} is {value!r}; expected two, {of}")
    return parts
