"""What pydantic found wrong with a bank, in the words of somebody who writes banks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from iiv_course.bank._source import Path
from iiv_course.items import Id, Item, Tolerance
from iiv_course.written import quoted, suggestion

_PURPOSE = {
    "id": "the name that answers are saved under",
    "type": "what kind of item it is",
    "title": "a short heading",
    "objective": "which of the bank's objectives it assesses",
    "prompt": "what the learner is asked",
    "explanation": "shown at the end, whatever the answer",
    "feedback": "what a learner is told who answers this",
    "text": "what the learner reads",
    "category": "the id of the category it belongs to",
    "answer": "the right number",
    "value": "the number that many arrive at",
    "accepted": "the answers that count as right",
    "model": "an answer to compare one's own with",
    "right": "what a learner is told whose answer is right",
    "partly": "what a learner is told whose answer is partly right",
    "wrong": "what a learner is told whose answer is wrong",
    "missed": "what a learner is told who missed a key",
    "both": "what a learner is told who missed a key and chose a wrong option",
    "lab": "which model draws and grades",
    "controls": "the sliders that may be moved",
    "min": "where the slider begins",
    "max": "where the slider ends",
    "step": "how far one move of the slider goes",
    "predict": "what the learner predicts before the sliders are free",
    "options": "what to choose from",
    "goal": "what is to be reached",
    "quantity": "what of the model the goal is about",
    "bank": "the name of the bank, equal to the file's",
    "objectives": "what the items assess, an id and a sentence each",
}

_PATTERNS = {
    constraint.pattern: words
    for alias, words in (
        (Id, "lower-case letters, digits and hyphens between them, such as who-to-ask"),
        (Tolerance, "a number such as 0.5, or a percentage such as 5%"),
    )
    for constraint in get_args(alias)[1:]
    if hasattr(constraint, "pattern")
}

_MODELS: dict[str, type[BaseModel]] = {
    get_args(model.model_fields["type"].annotation)[0]: model for model in get_args(get_args(Item)[0])
}

_WANTED = {
    "string_type": "text",
    "tuple_type": "a list (lines that begin with a hyphen)",
    "dict_type": "a mapping (lines of the form name: value)",
    "model_type": "a mapping (lines of the form name: value)",
    "model_attributes_type": "a mapping (lines of the form name: value)",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "is_instance_of": "a number such as 12 or 0.5, without quotes",
}


class Finding(NamedTuple):
    """What is wrong at a path; `text` goes on from the name of the value: "is empty, expected text"."""

    path: Path
    text: str
    at_key: bool = False
    missing: bool = False


def item_finding(error: ErrorDetails) -> Finding:
    """Reword an error from validating one item; the path is within the item."""
    path = error["loc"]
    match error["type"]:
        case "union_tag_not_found":
            return Finding(("type",), f"is missing ({_PURPOSE['type']}): one of {', '.join(_MODELS)}", missing=True)
        case "union_tag_invalid":
            found = error["input"].get("type") if isinstance(error["input"], dict) else None
            return Finding(("type",), f"is {quoted(found)}, expected one of {', '.join(_MODELS)}")
    # pydantic puts the type of the item in front of the path
    model = _MODELS.get(str(path[0])) if path else None
    return finding(error, path[1:], model) if model else finding(error, path, BaseModel)


def finding(error: ErrorDetails, path: Path, model: type[BaseModel]) -> Finding:
    """Reword an error at `path` of a `model`."""
    kind, value = error["type"], error["input"]
    if path and path[-1] == "[key]":
        return Finding(path[:-1], _expected(kind, path[-2], error.get("ctx", {})), at_key=True)
    if kind == "missing":
        purpose = _PURPOSE.get(str(path[-1]))
        return Finding(path, f"is missing ({purpose})" if purpose else "is missing", missing=True)
    if kind == "extra_forbidden":
        return Finding(path, f"is not a field here{suggestion(str(path[-1]), _fields(model, path[:-1]))}", at_key=True)
    return Finding(path, _expected(kind, value, error.get("ctx", {})) or _lower(error["msg"]))


def _expected(kind: str, value: Any, ctx: Mapping[str, Any]) -> str:
    """What was found and what would do, or nothing for a kind without words of ours."""
    if kind in _WANTED:
        remedy = "; put it in quotes" if kind == "string_type" and isinstance(value, int | Decimal) else ""
        return f"is {quoted(value)}{' here' if value is not None else ''}, expected {_WANTED[kind]}{remedy}"
    match kind:
        case "string_too_short":
            return "is empty, expected text"
        case "string_too_long":
            return f"has {len(value):,} characters, at most {ctx['max_length']:,}"
        case "string_pattern_mismatch":
            return f"is {quoted(value)}, expected {_PATTERNS.get(ctx['pattern'], 'another form')}"
        case "too_short":
            return f"has too few entries: {ctx['actual_length'] or 'none'}, at least {ctx['min_length']}"
        case "too_long":
            return f"has too many entries: {len(value)}, at most {ctx['max_length']}"
        case "greater_than_equal":
            return f"is {quoted(value)}, at least {ctx['ge']}"
        case "less_than_equal":
            return f"is {quoted(value)}, at most {ctx['le']}"
        case "value_error":
            return f"is {quoted(value)} here; {ctx['error']}"
        case "literal_error":
            return f"is {quoted(value)}, expected {ctx['expected']}"
    return ""


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """The fields of the model at a path below `model`."""
    below: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, str) and below is not None:
            field = below.model_fields.get(step)
            below = _model_in(field.annotation) if field else None
    return [field.alias or name for name, field in below.model_fields.items()] if below else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _lower(text: str) -> str:
    return f"cannot be taken: {text[:1].lower()}{text[1:]}"
