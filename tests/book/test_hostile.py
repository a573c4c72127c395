"""Texts that try to run script stay texts: in every field of an author, in every field of a learner."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from iiv_course.page.mathml import allowed
from tests.book.courses import Site, build, served
from tests.book.exercise import book
from tests.book.hostile_course import LONGEST, TYPES, HostileCourse, write_hostile_course
from tests.hostile import HOSTILE

SHORT = sum(len(text) <= LONGEST for text in HOSTILE)
# What the component itself is made of, beside what texts may hold.
OWN_ELEMENTS = {
    *("form", "fieldset", "legend", "label", "input", "select", "option", "textarea", "button", "span"),
    *("noscript", "details", "summary", "section"),
}
OWN_ATTRIBUTES = {
    *("class", "id", "type", "name", "value", "disabled", "readonly", "hidden", "novalidate", "rows", "maxlength"),
    *(
        "inputmode",
        "autocomplete",
        "scope",
        "selected",
        "checked",
        "data-key",
        "data-id",
        "data-up",
        "role",
        "tabindex",
    ),
    *(
        "aria-label",
        "aria-live",
        "aria-expanded",
        "aria-hidden",
        "aria-describedby",
        "aria-disabled",
        "data-lm-suppress-shortcuts",
    ),
}
TEXTS = (
    ".iiv-context, .iiv-prompt, .iiv-note, .iiv-entry, .iiv-explanation > div, .iiv-hints div, .iiv-key, label > span"
)
SURVEY = """() => {
    const elements = [...document.querySelectorAll('.iiv *')];
    const inText = [...document.querySelectorAll('.iiv :is(TEXTS)')].flatMap(text => [...text.querySelectorAll('*')]);
    return {
        pwned: window.__pwned ?? null,
        elements: [...new Set(elements.map(element => element.localName))],
        inText: [...new Set(inText.map(element => element.localName))],
        attributes: [...new Set(elements.flatMap(element => element.getAttributeNames()))],
        schemes: [...new Set(elements.filter(element => element.hasAttribute('href'))
            .map(element => new URL(element.getAttribute('href'), location.href).protocol))],
    };
}""".replace("TEXTS", TEXTS)
# Each answer moves the focus, for which the page is laid out; so it is out of sight while hundreds are given.
AT_ONCE = """async argument => {
    document.body.hidden = true;
    const done = (ACT)(argument);
    await new Promise(resolve => setTimeout(resolve));
    return done;
}"""
SHOW = "document.body.hidden = false"
ANSWER = AT_ONCE.replace(
    "ACT",
    """values => document.querySelectorAll('form.iiv-item').forEach(form => {
        [...form.elements].filter(field => field.name.startsWith('answer')).forEach((field, i) => {
            if (field.type === 'radio' || field.type === 'checkbox') field.checked = values.includes(field.value);
            // A hidden field is a place of an order.
            else field.value = values[i % values.length];
            field.dispatchEvent(new Event('input', {bubbles: true}));
        });
        form.requestSubmit();
    })""",
)
PRESS = AT_ONCE.replace(
    "ACT",
    """name => [...document.querySelectorAll('form.iiv-item button')]
        .filter(button => button.textContent === name).map(button => button.click()).length""",
)
WAYS = {
    "choice": [["b"], ["c"], ["a"]],
    "multiple": [["a", "b", "c"], ["a"], ["c"], ["a", "b"]],
    "numeric": [["2"], ["3"], ["1"]],
    "text": [["slip"], ["something else altogether"]],
    "order": [["c", "b", "a"], ["a", "c", "b"], ["a", "b", "c"]],
    "match": [["l", "k"], ["k", "k"], ["k", "l"]],
    "scale": [["a"], ["b"]],
    "reflection": [["What I heard."]],
}
"""Answers of each type that bring out every feedback, the last of them a right one where there is one."""
VERDICTS = {
    "numeric": "✔ Right",
    "text": "✖ Not right",
    "scale": "✔ Saved",
    "reflection": "✔ Saved. Compare with a model answer:",
}


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> HostileCourse:
    return write_hostile_course(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def hostile_site(course: HostileCourse) -> Iterator[Site]:
    with served(build(course.root, course.root / "_build" / "html")) as site:
        yield site


def assert_harmless(page: Page) -> None:
    survey = page.evaluate(SURVEY)
    elements = allowed().elements
    assert survey["pwned"] is None
    assert set(survey["inText"]) <= elements.keys() | {"span"}
    assert set(survey["elements"]) <= elements.keys() | OWN_ELEMENTS
    assert set(survey["attributes"]) <= {name for names in elements.values() for name in names} | OWN_ATTRIBUTES
    assert set(survey["schemes"]) <= {"http:", "https:", "mailto:"}


def test_a_text_is_either_taken_or_refused_with_a_reason(course: HostileCourse) -> None:
    for kind, taken in course.taken.items():
        refused = course.refusals[kind]
        assert sorted([*taken, *refused]) == list(range(len(HOSTILE)))
        assert all(reason.strip() for reason in refused.values())
        # Enough of them stand on the pages for the tests below to mean something.
        assert len(taken) >= 60


@pytest.mark.parametrize("type", TYPES)
def test_hostile_texts_do_nothing_before_during_and_after_an_answer(page: Page, hostile_site: Site, type: str) -> None:
    page.goto(f"{hostile_site.url}notebooks/{type}.html")
    expect(page.locator("form.iiv-item")).to_have_count(SHORT)
    assert_harmless(page)
    hints = page.evaluate(PRESS, "Hint")
    assert hints == (0 if type in ("scale", "reflection") else SHORT)
    verdicts = page.locator(".iiv-verdict")
    for way in WAYS[type]:
        if page.evaluate(PRESS, "Try again"):
            expect(verdicts).to_have_count(0)
        page.evaluate(ANSWER, way)
        expect(verdicts).to_have_count(SHORT)
        assert_harmless(page)
    if page.evaluate(PRESS, "Show answer"):
        expect(verdicts).to_have_text(
            ["This is the answer. The question stays on your list of what is worth repeating."] * SHORT
        )
        assert_harmless(page)
    else:
        expect(verdicts).to_have_text([VERDICTS.get(type, "✔ Right")] * SHORT)
    page.evaluate(SHOW)
    assert_harmless(page)


@pytest.mark.parametrize("name", ["long", "results"])
def test_long_texts_and_hostile_titles_do_nothing(page: Page, hostile_site: Site, name: str) -> None:
    page.goto(f"{hostile_site.url}notebooks/{name}.html")
    expect(page.locator("form.iiv-item, section.iiv-result").last).to_be_visible()
    assert_harmless(page)


def test_hostile_references_do_nothing(page: Page, hostile_site: Site) -> None:
    page.goto(f"{hostile_site.url}book/references.html")
    script = "main :is(script, iframe, img, svg, object, embed, form, style, base), main [href^='javascript:' i]"
    assert page.locator(script).count() == 0
    assert page.evaluate("window.__pwned ?? null") is None


@pytest.mark.parametrize("type", TYPES)
def test_without_the_exercises_script_hostile_texts_stay_in_their_places(
    browser: Browser, hostile_site: Site, type: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{hostile_site.url}notebooks/{type}.html")
    items = page.locator("[data-iiv=quiz] > .iiv > .iiv-place > .iiv-item")
    islands = page.locator("article script")
    assert (items.count(), islands.count()) == (SHORT, 1)
    assert_harmless(page)
    context.close()


TYPE_INTO = AT_ONCE.replace(
    "ACT",
    """([start, texts]) => JSON.parse(texts).forEach((text, i) => {
        const form = document.querySelector(`form[data-key="${start}-${i}"]`);
        const field = form.elements.answer;
        field.value = text;
        field.dispatchEvent(new Event('input', {bubbles: true}));
        form.requestSubmit();
    })""",
)
# Lone surrogates pass only as escapes.
READ = """([start, count]) => JSON.stringify(Array.from({length: count}, (_, i) => {
    const {answer} = document.querySelector(`form[data-key="${start}-${i}"]`).elements;
    return [answer.value, answer.readOnly];
}))"""
STORED = "name => JSON.stringify(JSON.parse(localStorage.getItem(name)))"


def typed(page: Page, type: str) -> list[str]:
    """What the fields of a type hold that were answered (a long text counts without Check)."""
    fields = json.loads(page.evaluate(READ, [f"learner-{type}/{type}", len(HOSTILE)]))
    return [value if locked or type == "reflection" else "" for value, locked in fields]


def learner_typed_everything(page: Page, site: Site, type: str) -> list[str]:
    """Every hostile text typed into a field of its own and checked; what the fields made of them."""
    page.goto(f"{site.url}notebooks/learner-{type}.html")
    most = {"numeric": 40, "text": 200, "reflection": 20_000}[type]
    texts = json.dumps([text[:most] for text in HOSTILE])
    page.evaluate(TYPE_INTO, [f"learner-{type}/{type}", texts])
    submitted = page.locator(f"form[data-key^='learner-{type}/'] [role=status]:not(:empty)")
    expect(submitted).to_have_count(len(HOSTILE))
    page.evaluate(SHOW)
    return typed(page, type)


@pytest.mark.parametrize("type", ["numeric", "text", "reflection"])
def test_what_a_learner_types_does_nothing_and_comes_back_exactly(page: Page, hostile_site: Site, type: str) -> None:
    before = learner_typed_everything(page, hostile_site, type)
    assert_harmless(page)
    page.reload()
    assert_harmless(page)
    assert typed(page, type) == before


@pytest.mark.parametrize("type", ["text", "reflection"])
def test_the_saved_file_holds_exactly_what_a_learner_typed(page: Page, hostile_site: Site, type: str) -> None:
    before = learner_typed_everything(page, hostile_site, type)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers as a file").click()
    items = json.loads(Path(download.value.path()).read_text("utf-8"))["items"]
    saved = {item["key"]: _words(item) for item in items}
    kept = {f"learner-{type}/{type}-{n}": text for n, text in enumerate(before) if text}
    assert {key: text for key, text in saved.items() if text} == kept
    assert f"iiv:{book(page)}:" not in json.dumps(items)


def _words(item: dict[str, Any]) -> str:
    return str(item["draft"][-1]["text"] if item["draft"] else item["attempts"][-1]["response"])
