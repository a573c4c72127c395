"""One exercise of a page, found, answered and read as a person does: by role and name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect


class Exercise:
    """The exercise of that title; `place` counts where a page shows it more than once."""

    def __init__(self, page: Page, title: str, place: int = 0) -> None:
        self.page = page
        self.form = page.locator("form").filter(has=page.get_by_role("group", name=title)).nth(place)
        self.status = self.form.get_by_role("status")

    def choose(self, *names: str) -> None:
        """Pick options; a radio button takes the place of the one picked before."""
        for name in names:
            self.form.get_by_label(name, exact=True).check()

    def write(self, text: str) -> None:
        self.form.get_by_role("textbox").fill(text)

    def assign(self, categories: dict[str, str]) -> None:
        """Choose the category of each entry."""
        for entry, category in categories.items():
            self.form.get_by_role("combobox", name=entry).select_option(category)

    def arrange(self, *names: str) -> None:
        """Move entries up until they stand in this order."""
        for place, name in enumerate(names):
            while (at := self.entries().index(name)) > place:
                self.press(f"Move up: {name}")
                expect(self.form.locator(".iiv-entry").nth(at - 1)).to_have_text(name)

    def entries(self) -> list[str]:
        """The entries of an order as they stand."""
        return self.form.locator(".iiv-entry").all_text_contents()

    def button(self, name: str) -> Locator:
        return self.form.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        self.button(name).click()

    def says(self, *words: str) -> None:
        """Wait until the status holds all these words."""
        for each in words:
            expect(self.status).to_contain_text(each)

    def look(self) -> Any:
        """What there is to see: all words, and what the fields hold."""
        fields = "[...form.elements].map(e => [e.name, e.value, e.checked, e.disabled, e.readOnly])"
        return self.form.evaluate(f"form => [form.textContent, {fields}]")


Answer = Callable[[Exercise], None]

TITLES = {
    "choice": "Cheap talk",
    "multiple": "Costly signs",
    "numeric": "Trust after one cue",
    "text": "The word",
    "order": "The steps",
    "match": "Sort them",
    "scale": "How easy",
    "reflection": "Looking back",
}
"""The items of cases/banks/good.yml by type."""

RIGHT: dict[str, Answer] = {
    "choice": lambda it: it.choose("Anyone can say it at no cost."),
    "multiple": lambda it: it.choose("Months of volunteering", "A course with an exam"),
    "numeric": lambda it: it.write("0.533"),
    "text": lambda it: it.write("Cheap  TALK"),
    "order": lambda it: it.arrange("Ask", "Wait", "Thank"),
    "match": lambda it: it.assign({"How did you start?": "Open", "Do you like it?": "Closed"}),
}
WRONG: dict[str, Answer] = {
    "choice": lambda it: it.choose("It sounds impolite."),
    "multiple": lambda it: it.choose("A like"),
    "numeric": lambda it: it.write("0.8"),
    "text": lambda it: it.write("small talk"),
    "order": lambda it: it.arrange("Thank", "Wait", "Ask"),
    "match": lambda it: it.assign({"How did you start?": "Closed", "Do you like it?": "Open"}),
}
OPEN: dict[str, Answer] = {
    "scale": lambda it: it.choose("Hard"),
    "reflection": lambda it: it.write("She asked me back."),
}
SUBMIT = {"scale": "Save", "reflection": "Compare with a model answer"}


def answered(page: Page, type: str, answer: Answer, place: int = 0) -> Exercise:
    """The exercise of a type, answered and checked."""
    exercise = Exercise(page, TITLES[type], place)
    answer(exercise)
    exercise.press(SUBMIT.get(type, "Check"))
    expect(exercise.status).not_to_be_empty()
    return exercise


def book(page: Page) -> str:
    """The name of this book in the browser's storage, which other books of the same address share."""
    return str(page.locator("meta[name=iiv-book]").get_attribute("content"))


def entry(page: Page, key: str) -> str | None:
    """What the browser keeps under the key of an item, as it stands."""
    text = page.evaluate("name => localStorage.getItem(name)", f"iiv:{book(page)}:{key}")
    return None if text is None else str(text)


def stored(page: Page, key: str) -> Any:
    """What the browser keeps of an item, or None."""
    text = entry(page, key)
    return None if text is None else json.loads(text)


def attempts(page: Page, key: str) -> list[dict[str, Any]]:
    """The attempts that the browser keeps of an item."""
    state = stored(page, key)
    return [] if state is None else list(state["attempts"])


def kept(page: Page) -> list[str]:
    """The names of all entries of this book that the browser keeps: keys of items, and the list of what was erased."""
    names = page.evaluate("Object.keys(localStorage).sort()")
    start = f"iiv:{book(page)}:"
    return [name.removeprefix(start) for name in names if name.startswith(start)]


def keep(page: Page, key: str, text: str, of: str | None = None) -> None:
    """Put an entry into the browser's storage, of this book or of another."""
    page.evaluate("entry => localStorage.setItem(...entry)", [f"iiv:{of or book(page)}:{key}", text])


def saved_file(page: Page) -> dict[str, Any]:
    """The file that the page hands out."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers as a file").click()
    content = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def file_responses(content: dict[str, Any], key: str) -> list[Any]:
    """The responses of an item in a file."""
    return [attempt["response"] for item in content["items"] if item["key"] == key for attempt in item["attempts"]]


def bring(page: Page, text: str, name: str = "brought.json") -> None:
    """Choose a file to bring back."""
    panel = page.get_by_role("group", name="Bring answers back")
    if not panel.is_visible():
        page.get_by_role("button", name="Bring answers back").click()
    file: FilePayload = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    panel.get_by_label("A file that you saved from this course").set_input_files(file)


def changes(page: Page) -> list[str]:
    """What the chosen file will change, line by line."""
    panel = page.get_by_role("group", name="Bring answers back")
    expect(panel.get_by_role("button", name="Bring in", exact=True)).to_be_visible()
    return panel.get_by_role("listitem").all_text_contents()


def bring_in(page: Page) -> None:
    page.get_by_role("button", name="Bring in", exact=True).click()
    expect(page.get_by_text("Brought in. What the file holds is here now.")).to_be_visible()
