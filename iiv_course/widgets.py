"""Exercises as live widgets of a notebook: the same component as in the static book, with Python behind it."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from pydantic import ValidationError

from iiv_course import bank as banks
from iiv_course.grading import grade
from iiv_course.items import CourseError, Graded, rev
from iiv_course.page import Request, Source, Spec, read_sources
from iiv_course.workbook import Store

STATIC = Path(__file__).parent / "static"

store = Store()


class Exercise(anywidget.AnyWidget):
    """A quiz or a lesson's result; `state` follows every other widget of this kernel that shows the same items."""

    # Texts, not paths: anywidget keeps every widget alive whose files it watches.
    _esm = (STATIC / "iiv.esm.js").read_text("utf-8")
    _css = (STATIC / "iiv.css").read_text("utf-8")

    spec = traitlets.Dict(read_only=True).tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, request: Request, spec: Spec) -> None:
        self._request = request
        super().__init__()
        self.set_trait("spec", spec.model_dump(mode="json", exclude_none=True))
        self._keys = _keys(self.spec)
        self.state = self._stored()
        # The store must not keep a widget alive that nobody shows any more.
        self._unfollow = weakref.finalize(self, store.follow(_Follower(self)))

    def close(self) -> None:
        """Take the widget out of every view, and stop following."""
        self._unfollow()
        super().close()

    @traitlets.observe("state")
    def _write(self, change: dict[str, Any]) -> None:
        for key in self._keys:
            if key in change["new"]:
                store.put(key, change["new"][key])
        # A view that had not heard of a change yet sends old states along; it is told again.
        if self.state != (stored := self._stored()):
            self.state = stored

    def _stored(self) -> dict[str, Any]:
        return {key: state for key in self._keys if (state := store.get(key))}

    def _read(self, key: str) -> None:
        state = store.get(key)
        if key in self._keys and self.state.get(key) != state:
            self.state = {**self.state, key: state}

    @property
    def responses(self) -> dict[str, Any]:
        """The last answer to each item that has one, by the item's id; of a reflection, the text."""
        given = {}
        for item in self._request.chosen():
            state = self.state.get(f"{self._request.bank}/{item.id}")
            if state and state["draft"]:
                given[item.id] = state["draft"][-1]["text"]
            elif attempts := _attempts(state, rev(item)):
                given[item.id] = attempts[-1]["response"]
        return given

    @property
    def score(self) -> float | None:
        """The share of points reached with the last answers, graded here; what is unanswered counts zero.

        None where nothing is graded.
        """
        graded = [item for item in self._request.chosen() if isinstance(item, Graded)]
        if not graded:
            return None
        responses = self.responses
        scores = [grade(item, responses.get(item.id)).score or Fraction(0) for item in graded]
        return float(sum(scores) / len(graded))

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        # What is stored in a notebook holds no content and is the same on every run.
        return {**data, "text/plain": repr(self), "text/html": self._request.placeholder()}, metadata

    def __repr__(self) -> str:
        arguments = self._request.model_dump(exclude={"kind", "bank"}, exclude_defaults=True)
        named = "".join(f", {name}={list(v) if isinstance(v, tuple) else v!r}" for name, v in arguments.items())
        return f"{'lesson_result' if self._request.kind == 'result' else 'quiz'}({self._request.bank!r}{named})"


class _Follower:
    def __init__(self, widget: Exercise) -> None:
        self._widget = weakref.ref(widget)

    def __call__(self, key: str) -> None:
        if (widget := self._widget()) is not None:
            widget._read(key)


def quiz(bank: str, items: Sequence[str] | None = None, *, pick: int | None = None, seed: int = 0) -> Exercise:
    """A list of exercises from a bank: all, those named, or a draw of `pick` that `seed` repeats.

    Raises `UnknownName` (offering the nearest) for a bank or item that does not exist, `CourseError` for arguments
    that do not fit, `BankError` for a bank that cannot be read.
    """
    return _exercise(kind="quiz", bank=bank, items=items, pick=pick, seed=seed)


def exercise(key: str) -> Exercise:
    """One exercise, `bank/id`; a bare id where only one bank has it. Raises as `quiz` does."""
    bank, item = banks.resolve(key)
    return _exercise(kind="quiz", bank=bank.bank, items=[item.id])


def lesson_result(bank: str) -> Exercise:
    """What closes a lesson: the result by objective, and what is worth repeating. Raises as `quiz` does."""
    return _exercise(kind="result", bank=bank)


def _exercise(**arguments: Any) -> Exercise:
    try:
        request = Request.model_validate(arguments)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise CourseError(f"{name}: {first['msg']}, not {first['input']!r}") from None
    # A mistake is found before there is a widget, which would be left half made.
    return Exercise(request, request.spec(_sources()))


def _keys(spec: dict[str, Any]) -> tuple[str, ...]:
    parts = spec["objectives"] if spec["kind"] == "result" else [spec]
    return tuple(item["key"] for part in parts for item in part["items"])


def _attempts(state: dict[str, Any] | None, current_rev: str) -> list[dict[str, Any]]:
    if not state:
        return []
    return [
        attempt
        for attempt in state["attempts"]
        if attempt["rev"] == current_rev and attempt["round"] == state["round"] and not attempt["revealed"]
    ]


@cache
def _sources() -> dict[str, Source]:
    # The references belong to the course around the package; a package alone shows the bare keys.
    path = Path(__file__).resolve().parents[1] / "book" / "references.bib"
    return read_sources(path) if path.exists() else {}
