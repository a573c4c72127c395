"""A build keeps what it makes: the trees of all pages, every item. To look for garbage in them all the time is slow."""

from __future__ import annotations

import gc

from sphinx.application import Sphinx

SELDOM = (200_000, 100, 100)
"""From how many new objects on, and in every how many such rounds, Python looks for cycles that nobody holds."""


def setup_memory(app: Sphinx) -> None:
    """Look seldom until the build is finished: about a seventh of its time went into looking."""
    before = gc.get_threshold()

    def as_before(app: Sphinx, error: Exception | None) -> None:
        gc.set_threshold(*before)

    gc.set_threshold(*SELDOM)
    app.connect("build-finished", as_before, priority=999)
