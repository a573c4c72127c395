"""An exercise as the static book holds it: a form to see at once, its answer for readers without script, its spec.

The form is the first state of the component in `frontend/src/item.tsx`, element by element, so that the host's
script can adopt it when it is first touched instead of building every form of a page anew. A test compares the two.
How sure one is can be said in the first form of an exercise; the script copies that row into the other forms once the
page is there: of a page of many questions a fifth less stands between a reader and the first answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from html import escape

from iiv_course.exploring import SETTINGS
from iiv_course.page.spec import (
    ChoiceSpec,
    ConversationSpec,
    DraftSpec,
    ExploreSpec,
    FormSpec,
    ItemSpec,
    LabSpec,
    LaterSpec,
    MatchSpec,
    MultipleSpec,
    NumericSpec,
    OrderSpec,
    Part,
    ProgressSpec,
    QuizSpec,
    ReflectionSpec,
    ScaleSpec,
    Spec,
    TableSpec,
    TextSpec,
)
from iiv_course.page.talk import person

SUBMIT = {"scale": "Save", "reflection": "Compare with a model answer", "explore": "Lock my prediction"}
APPEARS = {
    "result": "your result of this lesson",
    "progress": "how far you are with this lesson",
    "continue": "where you left off",
    "workbook": "everything that you did in this course",
    "review": "what is due for review",
    "skills": "the picture of your own answers",
    "sheet": "your call sheet",
}
"""What takes a script to be seen, by kind."""
LABS = {
    "spence": "a lab on Spence's example (what employers ask and believe, which group then invests, what each nets)",
    "interview": "a lab on the interview (what being prepared is worth, how trust moves cue by cue)",
}
LATER = (DraftSpec, TableSpec, ConversationSpec)
"""What brings its fields with a script of its own."""
NOT_RATED = (ScaleSpec, ReflectionSpec, *LATER)
"""What has no right answer, so that nobody can be sure of one."""
CONFIDENCE = {"guess": "A guess", "fairly-sure": "Fairly sure", "certain": "Certain"}
LONG = 30
"""From so many items on, what of a list is off screen is not drawn again; lists as lessons have them are in no time."""
NEVER_COUNTS = "A wrong prediction costs nothing: it never counts. Once you lock it, the sliders are yours."


def exercise_html(
    spec: Spec, shown: Counter[str] | None = None, apart: str | None = None, *, soon: bool = False
) -> str:
    """What the static book shows in place of a placeholder; the host's script brings it to life.

    `shown` counts the items that the page has shown so far, and is brought up to date: ids stand once on a page.
    `apart` is the address of a script that holds the spec, where the page does not; `soon`, it loads with the page.
    """
    shown = Counter() if shown is None else shown
    if isinstance(spec, QuizSpec):
        rated = [item.key for item in spec.items if not isinstance(item, NOT_RATED)]
        body = "".join(_item(item, shown, sure=item.key in rated[:1]) for item in spec.items)
    else:
        what = LABS[spec.lab] if isinstance(spec, LabSpec) else APPEARS[spec.kind]
        body = f"<noscript><p>With JavaScript switched on, {what} appears here.</p></noscript>"
    long = " iiv-long" if isinstance(spec, QuizSpec) and len(spec.items) >= LONG else ""
    if apart:
        script = f'<script async src="{escape(apart)}"></script>' if soon else ""
        return (
            f'<div data-iiv="{spec.kind}" data-spec="{escape(apart)}">{script}<div class="iiv{long}">{body}</div></div>'
        )
    # The whole index is a script of its own; a lesson holds its part. Only "<" can end a script or open a comment.
    left_out = None if isinstance(spec, ProgressSpec) else {"index"}
    island = spec.model_dump_json(exclude_none=True, exclude=left_out).replace("<", "\\u003c")
    # The spec comes first: a form can be used as soon as it is there, while the rest of the page still comes.
    return (
        f'<div data-iiv="{spec.kind}"><script type="application/json">{island}</script>'
        f'<div class="iiv{long}">{body}</div></div>'
    )


def anchor(key: str) -> str:
    """The id of an item on a page, where it stands first."""
    # No name holds two hyphens in a row, so two keys never share an id.
    return f"item-{key.replace('/', '--')}"


def _item(item: ItemSpec, shown: Counter[str], *, sure: bool) -> str:
    shown[item.key] += 1
    name = anchor(item.key) + (f"--{shown[item.key]}" if shown[item.key] > 1 else "")
    if isinstance(item, LaterSpec):
        return _later(item, name)
    summary = "A model answer" if isinstance(item, ReflectionSpec) else "Answer and why"
    return (
        f'<div class="iiv-place" data-key="{escape(item.key)}">{_form(item, name, sure=sure)}</div>'
        f'<noscript><details class="iiv-answer-key"><summary>{summary}</summary>'
        f"{_answer(item)}{_sources(item)}</details></noscript>"
    )


def _later(item: LaterSpec, name: str) -> str:
    """A place whose fields come with a script of their own as its reader comes near."""
    match item:
        case DraftSpec():
            shown = f'<details class="iiv-answer-key"><summary>A model</summary>{item.notes["model"]}</details>'
        case TableSpec():
            shown = _list("ul", (escape(column.label) for column in item.columns))
        case ConversationSpec():
            return _talk(item, name)
    return (
        f'<div class="iiv-place iiv-later" data-key="{escape(item.key)}"><section class="iiv-item" id="{name}">'
        f'{_context(item)}<fieldset class="iiv-question"><legend>{_heading(item)}</legend></fieldset></section></div>'
        f"<noscript><p>With JavaScript switched on you can write here; without it, take paper.</p>{shown}</noscript>"
    )


def _talk(item: ConversationSpec, name: str) -> str:
    """A conversation before it begins; the rest comes when somebody does begin, or has begun."""
    talk = item.talk or {}
    return (
        f'<div class="iiv-place iiv-later" data-key="{escape(item.key)}"><section class="iiv-item" id="{name}">'
        f'{_context(item)}<fieldset class="iiv-question"><legend>{_heading(item)}</legend><div class="iiv-answer">'
        f'<p class="iiv-when">With {escape(person(talk))}; invented, like everyone here. '
        f"About {talk['minutes']} minutes. Culture: {escape(talk['culture'])}.</p>"
        f'<div class="iiv-setting">{talk["setting"]}</div><div class="iiv-buttons">'
        f'<button type="button" class="iiv-primary">Begin the conversation</button></div>'
        f"</div></fieldset></section></div>"
        f"<noscript><p>With JavaScript switched on you can hold this conversation here.</p></noscript>"
    )


def _context(item: ItemSpec) -> str:
    return f'<div class="iiv-context">{item.context}</div>' if item.context else ""


def _heading(item: ItemSpec) -> str:
    return f'<span class="iiv-title">{escape(item.title)}</span> <span class="iiv-prompt">{item.prompt}</span>'


def _form(item: FormSpec, name: str, *, sure: bool) -> str:
    # Hints of an explore item are about the sliders, which are not there yet.
    hinted = getattr(item, "hints", ()) and not isinstance(item, ExploreSpec)
    hint = '<button type="button">Hint</button>' if hinted else ""
    return (
        f'<form class="iiv-item" id="{name}" autocomplete="off" novalidate data-key="{escape(item.key)}">'
        f'{_context(item)}<fieldset class="iiv-question"><legend>{_heading(item)}</legend>{_controls(item)}</fieldset>'
        f"{_confidence(item, whole=sure)}"
        f'<div class="iiv-buttons"><button type="submit" class="iiv-primary" aria-disabled="false">'
        f"{SUBMIT.get(item.type, 'Check')}</button>{hint}</div>"
        f'<ol class="iiv-hints" aria-label="Hints" aria-live="polite" hidden></ol>'
        f'<div class="iiv-status" role="status" id="{name}-status" tabindex="-1"></div></form>'
    )


def _controls(item: FormSpec) -> str:
    match item:
        case ChoiceSpec():
            return _options("radio", item.options)
        case MultipleSpec():
            return _options("checkbox", item.options)
        case ScaleSpec():
            return _options("radio", item.levels)
        case NumericSpec():
            unit = f'<span class="iiv-unit"> {escape(item.unit)}</span>' if item.unit else ""
            return _line("decimal", 40, unit)
        case TextSpec():
            return _line("text", 200)
        case OrderSpec():
            rows = enumerate(item.entries)
            moves = "".join(_entry(entry, first=i == 0, last=i == len(item.entries) - 1) for i, entry in rows)
            return (
                f'<div class="iiv-answer"><ol class="iiv-order">{moves}</ol>'
                f'<p class="iiv-hidden" aria-live="polite"></p></div>'
            )
        case MatchSpec():
            options = "".join(f'<option value="{c.id}">{_words(c.html)}</option>' for c in item.categories)
            lines = (
                f'<label><span>{entry.html}</span><select name="answer/{entry.id}">'
                f'<option value="">Choose …</option>{options}</select></label>'
                for entry in item.entries
            )
            return _list("ul", lines, "iiv-answer iiv-match")
        case ReflectionSpec():
            return (
                '<div class="iiv-answer"><label><span class="iiv-hidden">Your text</span>'
                '<textarea name="answer" rows="6" maxlength="20000"></textarea></label></div>'
            )
        case ExploreSpec():
            legend = f"<legend><span>{item.prediction}</span></legend>"
            options = _options("radio", item.options)
            return f'<fieldset class="iiv-predict">{legend}{options}<p>{NEVER_COUNTS}</p></fieldset>'


def _options(kind: str, parts: Iterable[Part]) -> str:
    lines = (
        f'<label><input type="{kind}" name="answer" value="{part.id}"><span>{part.html}</span></label>'
        for part in parts
    )
    return _list("ul", lines, "iiv-answer iiv-options")


def _line(mode: str, longest: int, unit: str = "") -> str:
    return (
        f'<div class="iiv-answer iiv-line"><label><span class="iiv-hidden">Your answer</span>'
        f'<input type="text" name="answer" inputmode="{mode}" autocomplete="off" maxlength="{longest}">'
        f"{unit}</label></div>"
    )


def _entry(entry: Part, *, first: bool, last: bool) -> str:
    def move(up: bool, arrow: str, words: str, end: bool) -> str:
        return (
            f'<button type="button" data-up="{str(up).lower()}" aria-disabled="{str(end).lower()}">'
            f'<span aria-hidden="true">{arrow}</span>'
            f'<span class="iiv-hidden">{words}<span>{entry.html}</span></span></button>'
        )

    return (
        f'<li data-id="{entry.id}"><input type="hidden" name="answer" value="{entry.id}">'
        f'<span class="iiv-entry">{entry.html}</span><span class="iiv-moves">'
        f"{move(True, '↑', 'Move up: ', first)}{move(False, '↓', 'Move down: ', last)}</span></li>"
    )


def _confidence(item: FormSpec, *, whole: bool) -> str:
    if isinstance(item, NOT_RATED):
        return ""
    levels = "".join(
        f'<label><input type="radio" name="confidence" value="{value}"> {label}</label>'
        for value, label in CONFIDENCE.items()
    )
    row = f"<legend>How sure are you? (optional)</legend>{levels}" if whole else ""
    return f'<fieldset class="iiv-confidence">{row}</fieldset>'


def _answer(item: FormSpec) -> str:
    notes = item.notes
    match item:
        case ChoiceSpec() | MultipleSpec():
            keys = (item.answer,) if isinstance(item, ChoiceSpec) else item.answer
            shown = _marked(item.options, keys, notes)
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
        case ExploreSpec():
            slides = SETTINGS[item.lab]
            places = (f"{escape(slides[name].label)}: {place}" for name, place in item.solution.items())
            shown = (
                f"{_marked(item.options, (item.answer,), notes)}<p>Sliders that reach it:</p>"
                f"{_list('ul', places)}{notes['right']}"
            )
    return shown + item.explanation


def _marked(options: Iterable[Part], keys: Container[str], notes: Mapping[str, str]) -> str:
    lines = (f"{'✔' if o.id in keys else '✖'} {o.html} <div>{notes[f'option/{o.id}']}</div>" for o in options)
    return _list("ul", lines)


def _sources(item: ItemSpec) -> str:
    if not item.sources:
        return ""
    shown = []
    for source in item.sources:
        label = escape(source.label)
        linked = f'<a href="{escape(source.href)}">{label}</a>' if source.href else label
        shown.append(linked + (f" ({escape(source.strength)})" if source.strength else ""))
    return f'<p class="iiv-sources">Sources: {"; ".join(shown)}</p>'


def _list(tag: str, entries: Iterable[str], classes: str = "") -> str:
    opening = f'{tag} class="{classes}"' if classes else tag
    return f"<{opening}>{''.join(f'<li>{entry}</li>' for entry in entries)}</{tag}>"


def _words(html: str) -> str:
    """Options of a select hold words only."""
    return re.sub(r"<[^>]*>", "", html)
