// The static book's store: this browser's localStorage, one entry an item, prefixed by the book.
import type { ItemState } from "./state";

export type Trouble = "denied" | "full" | null;

export interface Store {
  state: Readonly<Record<string, ItemState>>;
  readonly trouble: Trouble;
  load(keys: string[]): void;
  /** Read again what was loaded: another tab may have written it. */
  refresh(): void;
  put(state: Readonly<Record<string, ItemState>>): void;
  /** All of this book's answers, on this page or not. */
  all(): Record<string, ItemState>;
  erase(): void;
  follow(listener: () => void): () => void;
}

export function bookStore(book: string, open: () => Storage = () => localStorage): Store {
  const listeners = new Set<() => void>();
  const loaded = new Set<string>();
  const place = (key: string) => `iiv:${book}:${key}`;
  let trouble: Trouble = null;
  let storage: Storage | null = null;
  try {
    storage = open();
    // Some browsers hand out a storage that refuses every write.
    storage.setItem(place("?"), "");
    storage.removeItem(place("?"));
  } catch (error) {
    trouble = isFull(error) ? "full" : "denied";
  }

  const store = {
    state: {} as Record<string, ItemState>,
    get trouble() {
      return trouble;
    },
    load(keys: string[]) {
      for (const key of keys) {
        loaded.add(key);
        const state = store.state[key] ?? read(key);
        if (state) store.state = { ...store.state, [key]: state };
      }
    },
    refresh() {
      // What could not be written is here alone.
      if (trouble) return;
      store.state = {};
      store.load([...loaded]);
      listeners.forEach((listener) => listener());
    },
    put(next: Readonly<Record<string, ItemState>>) {
      const changed = Object.keys(next).filter((key) => next[key] !== store.state[key]);
      store.state = { ...next };
      for (const key of changed) {
        try {
          if (trouble !== "denied") storage?.setItem(place(key), JSON.stringify(next[key]));
        } catch {
          trouble = "full";
        }
      }
      listeners.forEach((listener) => listener());
    },
    all() {
      const found: Record<string, ItemState> = {};
      for (const name of names()) {
        const state = read(name.slice(place("").length));
        if (state) found[state.key] = state;
      }
      return { ...found, ...store.state };
    },
    erase() {
      for (const name of names()) storage?.removeItem(name);
      store.state = {};
      listeners.forEach((listener) => listener());
    },
    follow(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };

  function names(): string[] {
    try {
      return Object.keys(storage ?? {}).filter((name) => name.startsWith(place("")));
    } catch {
      return [];
    }
  }

  /** An entry that is no item's state is left where it is and not used. */
  function read(key: string): ItemState | null {
    try {
      const value = JSON.parse(storage?.getItem(place(key)) ?? "null");
      return isItemState(value, key) ? value : null;
    } catch {
      return null;
    }
  }

  return store;
}

function isItemState(value: unknown, key: string): value is ItemState {
  const state = value as ItemState | null;
  return (
    typeof state === "object" &&
    state?.key === key &&
    typeof state.round === "number" &&
    Array.isArray(state.attempts) &&
    state.attempts.every((attempt) => typeof attempt === "object" && typeof attempt?.id === "string" && typeof attempt.rev === "string") &&
    Array.isArray(state.draft) &&
    state.draft.every((draft) => typeof draft?.text === "string") &&
    Array.isArray(state.rows)
  );
}

const isFull = (error: unknown) => error instanceof DOMException && error.name === "QuotaExceededError";
