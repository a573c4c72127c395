"""Exercises as live widgets of a notebook: the same component as in the static book, with Python behind it."""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
from iiv_course.page import (
    CALLS,
    INDEXED,
    BesideSpec,
    ConversationSpec,
    DraftSpec,
    ItemSpec,
    LabSpec,
    LaterSpec,
    QuizSpec,
    Request,
    ResultSpec,
    SheetSpec,
    SkillsSpec,
    Source,
    Spec,
    notebook_index,
    read_sources,
)
from iiv_course.workbook.merge import current
from iiv_course.workbook.store import BOOK, StoreError, own

STATIC = Path(__file__).parent / "static"


def _to_text(value: Any, _: object) -> str:
    # In ASCII, because half a surrogate pair may stand in a text, and no message to a page can hold it.
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _from_text(text: str, _: object) -> Any:
    return json.loads(text)


AS_TEXT: dict[str, Any] = {"sync": True, "to_json": _to_text, "from_json": _from_text, "echo_update": False}


class CourseWidget(anywidget.AnyWidget):
    """What a cell shows; its `state` is that of the learner's workbook, and is written there when a page changes it.

    A page counts its messages in `turn`; what is in the workbook comes back in `saved`, and why not in `trouble`.
    """

    # Texts, not paths: anywidget keeps every widget alive whose files it watches.
    # Every widget sends its script, so that one with exercises carries no more than those need.
    _esm = (STATIC / "iiv.esm.js").read_text("utf-8")
    # The style is one for all: it is small beside any script.
    _css = "".join((STATIC / name).read_text("utf-8") for name in ("iiv.css", "iiv-more.css"))

    spec = traitlets.Dict(read_only=True).tag(sync=True)
    book = traitlets.Unicode(BOOK, read_only=True).tag(sync=True)
    state = traitlets.Dict().tag(**AS_TEXT)
    erased: traitlets.List[str] = traitlets.List().tag(**AS_TEXT)
    turn = traitlets.Dict().tag(sync=True, echo_update=False)
    saved = traitlets.Dict().tag(sync=True)
    trouble = traitlets.Unicode("").tag(sync=True)

    def __init__(self, request: Request, spec: Spec) -> None:
        self._request = request
        self._shown = _keys(request, spec)
        self._written: dict[str, Any] = {}
        self._reading = False
        super().__init__()
        self.set_trait("spec", spec.model_dump(mode="json", exclude_none=True))
        self._read()
        # The store must not keep a widget alive that nobody shows any more.
        self._unfollow = weakref.finalize(self, own().follow(_Follower(self)))
        self.on_msg(_answer)

    def close(self) -> None:
        """Take the widget out of every view, and stop following."""
        self._unfollow()
        super().close()

    @traitlets.observe("state", "turn")
    def _write(self, _: dict[str, Any]) -> None:
        if self._reading:
            return
        with self._troubled():
            if self.state is not self._written:
                own().absorb({"items": self.state, "erased": []})
            else:
                own().refresh()
        if not self.trouble:
            # A view that had not heard of a change yet sends old states along; it is told again.
            self._read()
            self.saved = {name: max(count, self.saved.get(name, 0)) for name, count in (self.saved | self.turn).items()}

    def _read(self, key: str | None = None) -> None:
        """Show what the workbook has now: of one item, or of all that are shown here."""
        if key is not None and self._shown is not None and key not in self._shown:
            return
        with self._troubled():
            content = own().content() if self._shown is None else _only(self._shown)
            self._reading = True
            try:
                with self.hold_sync():
                    self.erased, self.state = content["erased"], content["items"]
            finally:
                self._reading = False
            self._written = self.state

    @contextmanager
    def _troubled(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            self.trouble = f"{error}."
        else:
            self.trouble = ""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        # What is stored in a notebook holds no content and is the same on every run.
        return {**data, "text/plain": repr(self), "text/html": self._request.placeholder()}, metadata

    def __repr__(self) -> str:
        arguments = self._request.model_dump(exclude={"kind", "bank", "lab"}, exclude_defaults=True)
        given = [repr(self._request.bank)] if self._request.bank else []
        given += [f"{name}={list(v) if isinstance(v, tuple) else v!r}" for name, v in arguments.items()]
        settled = self._request.model_dump(include={"kind", "lab"}, exclude_none=True)
        call = next(name for name, settles in CALLS.items() if settles == settled)
        return f"{call}({', '.join(given)})"


class Exercise(CourseWidget):
    """A quiz or a lesson's result: what was answered can be read back in Python."""

    @property
    def responses(self) -> dict[str, Any]:
        """The last answer to each item that has one, by the item's id; of a reflection or draft, the text."""
        given = {}
        for item in self._request.chosen():
            state = self.state.get(f"{self._request.bank}/{item.id}")
            # A text that was started over is empty.
            if state and (texts := [draft["text"] for draft in state["draft"] if draft["text"]]):
                given[item.id] = texts[-1]
            elif checked := [attempt for attempt in current(state, rev(item)) if not attempt["revealed"]]:
                given[item.id] = checked[-1]["response"]
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


class Workshop(Exercise):
    """A quiz among whose items are some that are more than a form: places to write, conversations."""

    _esm = (STATIC / "iiv-workshop.esm.js").read_text("utf-8")


class CallSheet(CourseWidget):
    """What one has at hand during a talk."""

    _esm = Workshop._esm


class Overview(CourseWidget):
    """What looks over the whole course, and the labs."""

    _esm = (STATIC / "iiv-all.esm.js").read_text("utf-8")


class _Follower:
    def __init__(self, widget: CourseWidget) -> None:
        self._widget = weakref.ref(widget)

    def __call__(self, key: str | None) -> None:
        if (widget := self._widget()) is not None:
            widget._read(key)


def _answer(widget: CourseWidget, message: dict[str, Any], _: object) -> None:
    """What a page asks of the whole workbook: to have it, to bring a file in, to erase it."""
    answer: dict[str, Any] = {}
    try:
        match message["ask"]:
            case "content":
                answer["content"] = _to_text(own().content(), None)
            case "rules":
                # Compiled when somebody first writes: an import is no time for it either.
                from iiv_course.drafts import rules

                answer["rules"] = _to_text(rules().as_json(message["kind"]), None)
            case "absorb":
                # What may stand in a file is worked out when it is first needed: an import is no time for it.
                from iiv_course.workbook.content import read_file

                own().absorb(read_file(message["file"], book=BOOK, own=True))
            case "erase":
                # What the page has not saved yet is forgotten, too.
                own().absorb({"items": {}, "erased": json.loads(message["erased"])})
                own().erase()
    except CourseError as error:
        answer["refused"] = str(error)
    widget.send({"answers": message["id"], **answer})


def _only(keys: Sequence[str]) -> dict[str, Any]:
    store = own()
    return {"items": {key: state for key in keys if (state := store.get(key))}, "erased": store.erased()}


def quiz(bank: str, items: Sequence[str] | None = None, *, pick: int | None = None, seed: int = 0) -> Exercise:
    """A list of exercises from a bank: all, those named, or a draw of `pick` that `seed` repeats.

    Raises `UnknownName` (offering the nearest) for a bank or item that does not exist, `CourseError` for arguments
    that do not fit, `BankError` for a bank that cannot be read.
    """
    return _exercise(*_asked(kind="quiz", bank=bank, items=items, pick=pick, seed=seed))


def exercise(key: str) -> Exercise:
    """One exercise, `bank/id`; a bare id where only one bank has it. Raises as `quiz` does."""
    bank, item = banks.resolve(key)
    return _exercise(*_asked(kind="quiz", bank=bank.bank, items=[item.id]))


def lesson_result(bank: str) -> Exercise:
    """What closes a lesson: the result by objective, and what is worth repeating. Raises as `quiz` does."""
    return Exercise(*_asked(kind="result", bank=bank))


def lesson_progress(bank: str) -> CourseWidget:
    """What heads a lesson: how much of it is answered. Raises as `quiz` does."""
    return CourseWidget(*_asked(kind="progress", bank=bank))


def skills_plot(bank: str, *, before: str | None = None) -> Overview:
    """The self-assessment of a bank, as a plot of the learner's own answers; beside it that of the bank `before`.

    Raises as `quiz` does, and `CourseError` for a bank before it that has other skills.
    """
    return Overview(*_asked(kind="skills", bank=bank, before=before))


def review() -> Overview:
    """What was missed or guessed, when it is about to fade."""
    return Overview(*_asked(kind="review"))


def my_workbook() -> Overview:
    """Everything that the learner did: to see, take away, bring back and erase."""
    return Overview(*_asked(kind="workbook"))


def call_sheet(record: str, ranked: str, notes: str, *, show: Sequence[str]) -> CallSheet:
    """What one has at hand during a talk: a record in the columns `show`, the first of ranked questions, notes.

    All three are tables, `bank/id`. Raises as `quiz` does, and `CourseError` for items that are none or do not fit.
    """
    return CallSheet(*_asked(kind="sheet", record=record, ranked=ranked, notes=notes, show=show))


def SpenceLab() -> Overview:  # noqa: N802 - a lesson shows it as a thing
    """Spence's example to touch: what employers ask and believe, who invests, and who gains."""
    return Overview(*_asked(kind="lab", lab="spence"))


def InterviewLab() -> Overview:  # noqa: N802
    """The interview to touch: what preparation is worth believing, and trust cue by cue."""
    return Overview(*_asked(kind="lab", lab="interview"))


def _exercise(request: Request, spec: Spec) -> Exercise:
    written = isinstance(spec, QuizSpec) and any(isinstance(item, LaterSpec) for item in spec.items)
    return (Workshop if written else Exercise)(request, spec)


def _asked(**arguments: Any) -> tuple[Request, Spec]:
    try:
        request = Request.model_validate(arguments)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise CourseError(f"{name}: {first['msg']}, not {first['input']!r}") from None
    # A mistake is found before there is a widget, which would be left half made.
    index = notebook_index(bank=request.bank) if request.kind in INDEXED else None
    return request, request.spec(_sources(), index)


def _keys(request: Request, spec: Spec) -> tuple[str, ...] | None:
    """The items that are shown; None for all that there are."""
    match spec:
        case QuizSpec():
            return tuple(dict.fromkeys(key for item in spec.items for key in _keys_of(item)))
        case ResultSpec():
            return tuple(item.key for objective in spec.objectives for item in objective.items)
        case SkillsSpec():
            rated = [each for skill in spec.skills for each in (skill.before, skill) if each]
            return tuple(item.key for each in rated for item in (each.task, each.sure))
        case LabSpec():
            return (spec.key,)
        case SheetSpec():
            return (spec.record.key, spec.questions.key, spec.notes.key)
        case _ if request.bank:
            bank = banks.load(request.bank)
            return tuple(map(bank.key, bank.items))
        case _:
            return None


def _keys_of(item: ItemSpec) -> Iterator[str]:
    """The item itself, and what it reads of others."""
    yield item.key
    match item:
        case DraftSpec(beside=BesideSpec(key=key)) | ConversationSpec(follows=str(key)):
            yield key


@cache
def _sources() -> dict[str, Source]:
    # The references belong to the course around the package; a package alone shows the bare keys.
    path = Path(__file__).resolve().parents[1] / "book" / "references.bib"
    return read_sources(path) if path.exists() else {}
