// The static book's store: this browser's storage, one entry an item, prefixed by the book; on a shared computer the
// same entries in the storage of the tab.
//
// Another tab may have written, so what is put is first merged into what is stored; and what comes is merged into what
// is shown. An entry that cannot be read is put aside, and nobody but the learner throws it away.
import { ASIDE, ERASED, PROBE, SHARED, type Unreadable, entries, isForeign, keyOf, nameOf, own, pieces, readEntry } from "./entries";
import { Marks } from "./ids";
import { type Content, erase, merge, mergeItems, nothing } from "./merge";
import type { ItemState } from "./state";

export type Trouble = "denied" | "full" | null;

/** Everything of this book, with what could not be read. */
export type Kept = Content & { unreadable?: readonly Unreadable[] };

export interface Store {
  readonly state: Readonly<Record<string, ItemState>>;
  readonly trouble: Trouble;
  /** Kept in this tab only. */
  readonly shared: boolean;
  /** Something would be gone with this tab that no file holds. */
  readonly unsaved: boolean;
  /** How many entries were put aside. */
  readonly aside: number;
  load(keys: string[]): void;
  /** Read again what was loaded: another tab may have written it. */
  refresh(): void;
  put(state: Readonly<Record<string, ItemState>>): void;
  /** All of this book's answers, on this page or not. */
  content(): Kept;
  absorb(content: Kept): void;
  erase(): void;
  /** Move everything into this tab, or back into the browser; false where there is no room for it. */
  share(on: boolean): boolean;
  /** A file holds everything now. */
  saved(): void;
  follow(listener: () => void): () => void;
}

export function bookStore(book: string, open = () => localStorage, openTab = () => sessionStorage): Store {
  const prefix = `iiv:${book}:`;
  const listeners = new Set<() => void>();
  const tab = opened(openTab);
  let shared = Boolean(read(tab, SHARED));
  let storage = shared ? tab : opened(open);
  let state: Record<string, ItemState> = {};
  /** The text of every loaded entry as it was last seen. */
  const seen = new Map<string, string | null>();
  /** Names of entries that could not be written; what they would hold is here alone. */
  const waiting = new Set<string>();
  /** What was erased, and what else was said of no single item. */
  let rest: Content = nothing;
  let marks = new Marks([]);
  let changed = read(tab, SHARED) === "unsaved";
  let persistent = false;

  function opened(get: () => Storage): Storage | null {
    try {
      return get();
    } catch {
      return null;
    }
  }

  function read(from: Storage | null, name: string): string | null {
    try {
      return from?.getItem(prefix + name) ?? null;
    } catch {
      return null;
    }
  }

  /** Throws where there is no room, or no right to write. */
  function write(name: string, text: string | null): void {
    if (text === null) storage?.removeItem(prefix + name);
    else storage?.setItem(prefix + name, text);
  }

  function names(): string[] {
    try {
      return Object.keys(storage ?? {}).flatMap((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : []));
    } catch {
      return [];
    }
  }

  const keys = (): string[] => [...new Set([...names().flatMap((name) => keyOf(name) ?? []), ...Object.keys(state)])];

  /** What is stored of an item; throws where that cannot be read and cannot be put aside either. */
  function stored(key: string): ItemState | undefined {
    const text = read(storage, nameOf(key));
    if (text === null) return undefined;
    const found = readEntry(text, key);
    if (found) return own(found.items, key);
    putAside(key, text);
    write(nameOf(key), null);
    return undefined;
  }

  /** The same of what is said of no single item. */
  function storedRest(): Content {
    const text = read(storage, ERASED);
    const found = text === null ? nothing : readEntry(text);
    if (found) return found;
    putAside(ERASED, text ?? "");
    write(ERASED, null);
    return nothing;
  }

  /** What is shown and what is stored of an item, in one. */
  function merged(key: string): ItemState | undefined {
    try {
      return mergeItems([own(state, key), stored(key)], marks);
    } catch {
      waiting.add(nameOf(key));
      return own(state, key);
    }
  }

  function putAside(key: string, text: string): void {
    const taken = names().filter((name) => ASIDE.exec(name)?.[1] === key);
    if (taken.some((name) => read(storage, name) === text)) return;
    let place = 1;
    while (taken.includes(`unreadable:${key}:${place}`)) place += 1;
    write(`unreadable:${key}:${place}`, text);
  }

  function unreadable(): Unreadable[] {
    return names().flatMap((name) => {
      const key = ASIDE.exec(name)?.[1];
      if (key !== undefined) return pieces(key, read(storage, name));
      // Found no room aside.
      const item = keyOf(name);
      const text = item === undefined ? null : read(storage, name);
      return item === undefined || text === null || readEntry(text, item) ? [] : pieces(item, text);
    });
  }

  /** Learn of what was erased, here or in another tab; true where that is news. */
  function learn(more: Content = nothing): boolean {
    const text = read(storage, ERASED);
    if (text !== seen.get(ERASED)) {
      seen.set(ERASED, text);
      try {
        rest = merge(rest, storedRest());
      } catch {
        waiting.add(ERASED);
      }
    }
    const before = marks.names().join();
    rest = merge(rest, { ...more, items: {} });
    marks = new Marks(rest.erased);
    return marks.names().join() !== before;
  }

  function show(key: string, item: ItemState | undefined): void {
    const { [key]: _, ...others } = state;
    state = item ? { ...others, [key]: item } : others;
  }

  /** Do what writes; what fails is tried again with the next thing that is written. */
  function attempt(name: string, doing: () => void): void {
    try {
      doing();
      waiting.delete(name);
    } catch {
      waiting.add(name);
    }
  }

  function save(key: string): void {
    const name = nameOf(key);
    attempt(name, () => {
      const item = mergeItems([own(state, key), stored(key)], marks);
      show(key, item);
      const text = item ? JSON.stringify(item) : null;
      if (text !== read(storage, name)) write(name, text);
      seen.set(key, text);
    });
  }

  function saveRest(): void {
    attempt(ERASED, () => {
      rest = merge(rest, storedRest());
      const { items: _, ...said } = rest;
      const text = rest.erased.length || Object.keys(said).length > 1 ? JSON.stringify(said) : null;
      if (text !== read(storage, ERASED)) write(ERASED, text);
      seen.set(ERASED, text);
    });
  }

  function retry(): void {
    for (const name of [...waiting]) {
      if (name === PROBE) probe();
      else if (name === ERASED) saveRest();
      else save(keyOf(name) ?? name);
    }
  }

  /** Some browsers hand out a storage that refuses every write. */
  function probe(): void {
    try {
      write(PROBE, "");
      write(PROBE, null);
      waiting.delete(PROBE);
    } catch (error) {
      if (isFull(error)) waiting.add(PROBE);
      else storage = null;
    }
  }

  function turnTo(other: Storage): void {
    storage = other;
    waiting.clear();
    seen.forEach((_, key) => seen.set(key, null));
  }

  const tell = () => listeners.forEach((listener) => listener());

  /** Tells the next page of this tab that the tab alone is used, and whether a file holds it all. */
  function mark(how: "saved" | "unsaved"): void {
    try {
      tab?.setItem(prefix + SHARED, how);
    } catch {
      // It says so already; a tab that is full cannot say more.
    }
  }

  function noteChange(): void {
    changed = true;
    if (shared) mark("unsaved");
    else if (!persistent && storage && storage !== tab && !waiting.size) {
      persistent = true;
      // Only asks that a browser short of room takes others' entries first; it may well say no.
      globalThis.navigator?.storage?.persist?.().catch(() => {});
    }
  }

  function load(wanted: Iterable<string>): boolean {
    const news = learn();
    let found = false;
    for (const key of wanted) {
      const text = read(storage, nameOf(key));
      if (!news && seen.has(key) && text === seen.get(key)) continue;
      seen.set(key, text);
      show(key, merged(key));
      found = true;
    }
    return found;
  }

  const store: Store = {
    get state() {
      return state;
    },
    get trouble() {
      return storage ? (waiting.size ? "full" : null) : "denied";
    },
    get shared() {
      return shared;
    },
    get unsaved() {
      return changed && (shared || store.trouble !== null) && (Object.keys(state).length > 0 || keys().length > 0);
    },
    get aside() {
      return names().filter((name) => ASIDE.test(name)).length;
    },
    load: (wanted) => void load(wanted),
    refresh() {
      const trouble = store.trouble;
      if (waiting.size) retry();
      if (load([...seen.keys()].filter((key) => key !== ERASED)) || store.trouble !== trouble) tell();
    },
    put(next) {
      learn();
      const keys = Object.keys(next).filter((key) => next[key] !== state[key]);
      state = { ...next };
      retry();
      keys.forEach(save);
      noteChange();
      tell();
    },
    content() {
      const items: [string, ItemState][] = [];
      learn();
      for (const key of keys()) {
        const item = merged(key);
        if (item) items.push([key, item]);
      }
      const beside = unreadable();
      const all = merge(nothing, { ...rest, items: Object.fromEntries(items) });
      return beside.length ? { ...all, unreadable: beside } : all;
    },
    absorb({ unreadable: brought, ...content }) {
      const known = new Set(unreadable().map(({ key, text }) => `${key} ${text}`));
      for (const entry of entries(brought)) {
        if (!known.has(`${entry.key} ${entry.text}`)) attempt(PROBE, () => putAside(entry.key, entry.text));
      }
      const before = keys();
      learn(content);
      for (const [key, item] of Object.entries(content.items)) show(key, mergeItems([own(state, key), item], marks));
      saveRest();
      for (const key of new Set([...before, ...Object.keys(content.items)])) save(key);
      noteChange();
      tell();
    },
    erase() {
      rest = erase(store.content());
      marks = new Marks(rest.erased);
      for (const name of names()) if (name !== SHARED) storage?.removeItem(prefix + name);
      state = {};
      waiting.clear();
      seen.forEach((_, key) => seen.set(key, null));
      saveRest();
      changed = false;
      if (shared) mark("saved");
      tell();
    },
    share(on) {
      const to = on ? tab : opened(open);
      const from = storage;
      if (on === shared || !to || !from) return on === shared;
      const content = store.content();
      const left = names();
      turnTo(to);
      if (on) attempt(SHARED, () => write(SHARED, "saved"));
      store.absorb(content);
      // What a later version of this software may keep goes along as it is.
      for (const name of left) if (isForeign(name)) attempt(name, () => write(name, read(from, name)));
      const moved = !waiting.size;
      if (moved) {
        for (const name of left) from.removeItem(prefix + name);
        shared = on;
        if (on) mark(keys().length ? "unsaved" : "saved");
      } else {
        // What came to stand in both places is one when it meets again.
        turnTo(from);
        if (on) tab?.removeItem(prefix + SHARED);
      }
      tell();
      return moved;
    },
    saved() {
      changed = false;
      if (shared) mark("saved");
      tell();
    },
    follow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };

  if (storage) probe();
  return store;
}

const isFull = (error: unknown) => error instanceof DOMException && error.name === "QuotaExceededError";
