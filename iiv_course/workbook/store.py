"""What the learner did, kept for the life of a kernel: one state an item, shared by all widgets that show it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

ItemState = dict[str, Any]
"""`{key, round, attempts, draft, rows}` as JSON; see `frontend/src/state.ts`."""

Listener = Callable[[str], None]


class Store:
    """Item states by key. A listener hears the key of every change."""

    def __init__(self) -> None:
        self._states: dict[str, ItemState] = {}
        self._replaced: set[bytes] = set()
        self._listeners: list[Listener] = []

    def get(self, key: str) -> ItemState | None:
        """The state of an item, or None where nothing was done."""
        return self._states.get(key)

    def put(self, key: str, state: ItemState) -> None:
        """Replace the state of an item and tell every listener; a state that was replaced before is ignored.

        Every change has an id of its own, so no state comes twice: whoever sends an old one has not heard of the new.
        """
        known = self._states.get(key)
        if state == known or _digest(state) in self._replaced:
            return
        if known is not None:
            self._replaced.add(_digest(known))
        self._states[key] = state
        for listener in list(self._listeners):
            listener(key)

    def follow(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` of every change until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)


def _digest(state: ItemState) -> bytes:
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).digest()
