"""A directive that prints a conversation as cards for a role-play, each on a sheet of its own."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from iiv_course import scenario
from iiv_course.items import CourseError
from iiv_course.page.cards import role_play
from iiv_course.page.markup import MarkupError


def setup_cards(app: Sphinx) -> None:
    """Connect the directive."""
    app.add_directive("role-play", RolePlay)


def _list_of(text: str | None) -> list[str]:
    """What stands between semicolons."""
    return [each.strip() for each in (text or "").split(";") if each.strip()]


class RolePlay(SphinxDirective):
    """A fence `{role-play}` with the name of a conversation, and in it what the one who is asked knows beforehand.

    `find-out` says what the one who asks wants to know, between semicolons; `without` names scenes that nobody acts.
    """

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {"find-out": _list_of, "without": str.split}

    def run(self) -> list[nodes.Node]:
        (name,) = self.arguments
        side, find_out = "\n".join(self.content), self.options.get("find-out")
        if not side.strip():
            raise self.error(f"role-play {name}: write in the fence what the one who is asked knows beforehand")
        if not find_out:
            raise self.error(f"role-play {name}: add :find-out: with what there is to find out, between semicolons")
        # Where the file has changed, and be it that it can be read at last, the page is read anew.
        self.env.note_dependency(str(scenario.FOLDER / f"{name}.yml"))
        try:
            cards = role_play(
                scenario.load(name), side=side, find_out=find_out, without=self.options.get("without", ())
            )
        except (CourseError, MarkupError) as error:
            raise self.error(f"role-play {name}: {error}") from None
        return [nodes.raw("", cards, format="html")]
