"""An exercise as readable HTML: question, options and answer without any script, and the spec beside it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from iiv_course.page.spec import (
    ChoiceSpec,
    ItemSpec,
    MatchSpec,
    MultipleSpec,
    NumericSpec,
    OrderSpec,
    QuizSpec,
    ReflectionSpec,
    ResultSpec,
    ScaleSpec,
    TextSpec,
)


def exercise_html(spec: QuizSpec | ResultSpec) -> str:
    """What the static book shows in place of a placeholder; the host's script mounts over it."""
    match spec:
        case QuizSpec():
            readable = "".join(_item(item) for item in spec.items)
        case ResultSpec():
            readable = "<p>With JavaScript switched on, your result of this lesson appears here.</p>"
    island = _island(spec.model_dump_json(exclude_none=True))
    return f'<div data-iiv="{spec.kind}"><div class="iiv">{readable}</div>{island}</div>'


def anchor(key: str) -> str:
    """The id of an item on a page; the host's script gives the same to the form it mounts."""
    return f"item-{key.replace('/', '-')}"


def _island(json_text: str) -> str:
    # Inside a script element only "<" can end it or open a comment.
    safe = json_text.replace("<", "\\u003c")
    return f'<script type="application/json">{safe}</script>'


def _item(item: ItemSpec) -> str:
    context = f'<div class="iiv-context">{item.context}</div>' if item.context else ""
    question = f'<p class="iiv-title">{escape(item.title)}</p><p class="iiv-prompt">{item.prompt}</p>'
    return (
        f'<div class="iiv-item" id="{anchor(item.key)}">{context}{question}{_body(item)}'
        f"<details><summary>{'A model answer' if isinstance(item, ReflectionSpec) else 'Answer and why'}</summary>"
        f"{_answer(item)}{_sources(item)}</details></div>"
    )


def _body(item: ItemSpec) -> str:
    match item:
        case ChoiceSpec() | MultipleSpec():
            return _list("ul", (option.html for option in item.options))
        case ScaleSpec():
            return _list("ul", (level.html for level in item.levels))
        case OrderSpec():
            return "<p>Put in order:</p>" + _list("ul", (entry.html for entry in item.entries))
        case MatchSpec():
            categories = _list("ul", (category.html for category in item.categories))
            return _list("ul", (entry.html for entry in item.entries)) + f"<p>Each belongs to one of:</p>{categories}"
        case NumericSpec() | TextSpec() | ReflectionSpec():
            return ""


def _answer(item: ItemSpec) -> str:
    notes = item.notes
    match item:
        case ChoiceSpec() | MultipleSpec():
            keys = (item.answer,) if isinstance(item, ChoiceSpec) else item.answer
            shown = _list(
                "ul",
                (f"{'✔' if o.id in keys else '✖'} {o.html} <div>{notes[f'option/{o.id}']}</div>" for o in item.options),
            )
        case NumericSpec():
            shown = f"<p>{escape(item.answer)} {escape(item.unit or '')}</p>{notes['right']}"
        case TextSpec():
            shown = f"<p>{escape(item.accepted[0])}</p>{notes['right']}"
        case OrderSpec():
            texts = {entry.id: entry.html for entry in item.entries}
            shown = _list("ol", (f"{texts[id]} {notes.get(f'entry/{id}', '')}" for id in item.answer))
        case MatchSpec():
            texts = {category.id: category.html for category in item.categories}
            shown = _list(
                "ul",
                (f"{e.html}: {texts[item.answer[e.id]]} <div>{notes[f'entry/{e.id}']}</div>" for e in item.entries),
            )
        case ScaleSpec():
            return "<p>There is no right answer: it is your own rating.</p>" + "".join(notes.values())
        case ReflectionSpec():
            return notes["model"]
    return shown + item.explanation


def _sources(item: ItemSpec) -> str:
    if not item.sources:
        return ""
    shown = []
    for source in item.sources:
        label = escape(source.label)
        linked = f'<a href="{escape(source.href)}">{label}</a>' if source.href else label
        shown.append(linked + (f" ({escape(source.strength)})" if source.strength else ""))
    return f'<p class="iiv-sources">Sources: {"; ".join(shown)}</p>'


def _list(tag: str, entries: Iterable[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{entry}</li>' for entry in entries)}</{tag}>"
