"""Readers who were here before: what they did is done once for all tests of a module, and kept by their browsers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, StorageState

from tests.browser import STILL, Guard


def after(browser: Browser, act: Callable[[Page], None], **options: Any) -> StorageState:
    """What a browser keeps after `act`, in which the console has to stay as quiet as in a test."""
    context = browser.new_context(**STILL, **options)
    guard = Guard(context)
    act(context.new_page())
    kept = context.storage_state()
    context.close()
    guard.check()
    return kept
