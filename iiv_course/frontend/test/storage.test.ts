import { beforeEach, describe, expect, it } from "vitest";
import { readFile, writeFile } from "../src/file";
import { type ItemState, fresh } from "../src/state";
import { bookStore } from "../src/storage";

/** As strict as a browser's: strings only, a quota, and keys as properties of the object. */
class MemoryStorage {
  [name: string]: unknown;
  constructor(public quota = Infinity) {
    Object.defineProperty(this, "quota", { enumerable: false, writable: true });
  }
  getItem(name: string): string | null {
    return Object.hasOwn(this, name) ? (this[name] as string) : null;
  }
  setItem(name: string, value: string): void {
    if (typeof value !== "string") throw new TypeError("strings only");
    const used = Object.entries(this).reduce((sum, [key, text]) => sum + (key === name ? 0 : key.length + (text as string).length), 0);
    if (used + name.length + value.length > this.quota) throw new DOMException("full", "QuotaExceededError");
    this[name] = value;
  }
  removeItem(name: string): void {
    delete this[name];
  }
}

const KEY = "b/i";
const attempt = (id: string): ItemState["attempts"][number] => ({
  id, rev: "r", round: 1, at: "", response: "a", score: "1", hints: 0, revealed: false, confidence: null,
});
const answered = (key = KEY, ...ids: string[]): ItemState => ({ ...fresh(key), attempts: (ids.length ? ids : ["first0:1"]).map(attempt) });
const written = (version: string, text: string, parents: string[] = []): ItemState => ({
  ...fresh(KEY),
  draft: [{ version, parents, text, at: "" }],
});
const of = (state: ItemState) => ({ [state.key]: state });

let storage: MemoryStorage;
let tab: MemoryStorage;
/** Another page of the book, in the same tab or with a tab of its own. */
const open = (inTab: MemoryStorage = tab, book = "book") =>
  bookStore(book, () => storage as unknown as Storage, () => inTab as unknown as Storage);

beforeEach(() => {
  storage = new MemoryStorage();
  tab = new MemoryStorage();
});

describe("the store of a book", () => {
  it("gives back after a reload what was put", () => {
    open().put(of(answered()));
    const again = open();
    again.load([KEY, "b/other"]);
    expect(again.state).toEqual(of(answered()));
  });

  it("reads what was written on top of a number that a file made up", () => {
    // Each entry by itself says too little to tell that number from a made-up one.
    const pushed = answered(KEY, "aaaaaa:999999999999999");
    open().put(of(pushed));
    const again = open();
    again.load([KEY]);
    expect(again.state).toEqual(of(pushed));
    expect(again.aside).toBe(0);
  });

  it("reads names of older software, which were random", () => {
    const old = answered(KEY, "0e6d2b0f-6f1c-4a8e-9c51-5b1d2f0a7c11");
    storage.setItem(`iiv:book:${KEY}`, JSON.stringify(old));
    const store = open();
    store.load([KEY]);
    expect(store.state).toEqual(of(old));
    expect(store.aside).toBe(0);
  });

  it("keeps books of one address apart", () => {
    open(tab, "one").put(of(answered()));
    const other = open(tab, "two");
    other.load([KEY]);
    expect(other.state).toEqual({});
    other.erase();
    expect(Object.keys(open(tab, "one").content().items)).toEqual([KEY]);
  });

  it("tells every follower until it stops to follow", () => {
    const store = open();
    let heard = 0;
    const stop = store.follow(() => (heard += 1));
    store.put(of(answered()));
    stop();
    store.erase();
    expect(heard).toBe(1);
  });

  it("keeps whatever key a file names apart from its own entries", () => {
    const keys = ["erased", "shared", "?", "__proto__", "unreadable:b/i:1", "a:b/c", "*/x", "ünï/cødé", "b/i"];
    const store = open();
    for (const key of keys) store.put({ ...store.state, [key]: answered(key) });
    const { items } = open().content();
    expect(Object.keys(items).sort()).toEqual([...keys].sort());
    for (const key of keys) expect(Object.getOwnPropertyDescriptor(items, key)?.value).toEqual(answered(key));
  });
});

describe("two tabs", () => {
  it("lose none of each other's attempts, whoever writes from what it knew", () => {
    const [one, two] = [open(), open(new MemoryStorage())];
    one.load([KEY]);
    two.load([KEY]);
    one.put(of(answered(KEY, "first0:1")));
    two.put(of(answered(KEY, "second:1")));
    one.refresh();
    for (const store of [one, two, open()]) expect(store.content().items[KEY]).toEqual(answered(KEY, "first0:1", "second:1"));
    expect(one.state[KEY]).toEqual(answered(KEY, "first0:1", "second:1"));
  });

  it("keep two texts that did not know of each other", () => {
    const [one, two] = [open(), open(new MemoryStorage())];
    one.put(of(written("first0:1", "one")));
    two.put(of(written("second:1", "two")));
    expect(open().content().items[KEY]?.draft.map(({ text }) => text)).toEqual(["one", "two"]);
  });

  it("hear of an erasure, and what is stale brings nothing back", () => {
    const [one, two] = [open(), open(new MemoryStorage())];
    one.put(of(answered()));
    two.load([KEY]);
    one.erase();
    two.put({ ...two.state, "b/other": answered("b/other", "second:1") });
    two.refresh();
    expect(Object.keys(two.state)).toEqual(["b/other"]);
    two.put(of(answered()));
    expect(Object.keys(open().content().items)).toEqual(["b/other"]);
  });

  it("change nothing that is the same", () => {
    const store = open();
    store.put(of(answered()));
    const before = store.state[KEY];
    store.refresh();
    expect(store.state[KEY]).toBe(before);
  });
});

describe("storage that fails", () => {
  it("is said when it is denied; all works on in memory", () => {
    const denied = () => {
      throw new DOMException("no", "SecurityError");
    };
    const store = bookStore("book", denied, denied);
    expect(store.trouble).toBe("denied");
    store.put(of(answered()));
    expect(store.content().items).toEqual(of(answered()));
    expect(store.unsaved).toBe(true);
    expect(store.share(true)).toBe(false);
    store.erase();
    expect(store.content()).toMatchObject({ items: {}, erased: ["first0:1"] });
  });

  it("is said when it is full; nothing of what is on the page is lost", () => {
    storage.quota = 60;
    const store = open();
    expect(store.trouble).toBe(null);
    store.put(of(answered()));
    expect([store.trouble, store.unsaved]).toEqual(["full", true]);
    store.refresh();
    expect(store.content().items).toEqual(of(answered()));
  });

  it("is caught up with when there is room again", () => {
    storage.quota = 60;
    const store = open();
    store.put(of(answered()));
    store.put({ ...store.state, "b/other": answered("b/other") });
    storage.quota = Infinity;
    store.refresh();
    expect([store.trouble, store.unsaved]).toEqual([null, false]);
    expect(Object.keys(open().content().items)).toEqual([KEY, "b/other"]);
  });
});

describe("an entry that cannot be read", () => {
  const corrupt = ["", "{", "null", "[]", '{"key":"b/other"}', '{"key":"b/i","round":1,"attempts":[null],"draft":[],"rows":[]}', `{"key":"b/i","x":${"[".repeat(99)}${"]".repeat(99)}}`];

  it.each(corrupt)("is put aside unchanged, goes into the file and is in nobody's way: %s", (text) => {
    storage.setItem(`iiv:book:${KEY}`, text);
    const store = open();
    store.load([KEY]);
    expect(store.state).toEqual({});
    store.put(of(answered()));
    expect([store.aside, storage.getItem(`iiv:book:unreadable:${KEY}:1`)]).toEqual([1, text]);
    expect(open().content()).toMatchObject({ items: of(answered()), unreadable: [{ key: KEY, text }] });
  });

  it("is kept beside others of the same key", () => {
    for (const text of ["{", "[", "{"]) {
      storage.setItem(`iiv:book:${KEY}`, text);
      open().load([KEY]);
    }
    expect(open().content().unreadable?.map(({ text }) => text)).toEqual(["{", "["]);
  });

  it("is not written over where there is no room to put it aside", () => {
    storage.setItem(`iiv:book:${KEY}`, "{".repeat(100));
    storage.quota = 150;
    const store = open();
    store.load([KEY]);
    store.put(of(answered()));
    expect([store.trouble, storage.getItem(`iiv:book:${KEY}`)]).toEqual(["full", "{".repeat(100)]);
    expect(store.content().unreadable).toEqual([{ key: KEY, text: "{".repeat(100) }]);
    storage.quota = Infinity;
    store.refresh();
    expect([store.trouble, store.aside]).toEqual([null, 1]);
    expect(open().content().items).toEqual(of(answered()));
  });

  it("may be the list of what was erased", () => {
    storage.setItem("iiv:book:erased", "{");
    const store = open();
    store.put(of(answered()));
    store.erase();
    expect(open().content()).toEqual({ items: {}, erased: ["first0:1"] });
  });

  it("makes no file that cannot be brought back, however long it is", () => {
    storage.setItem(`iiv:book:${KEY}`, "x".repeat(250_000));
    const file = writeFile(open().content(), { book: "book", kind: "everything" });
    storage = new MemoryStorage();
    for (const _ of ["once", "twice"]) open().absorb(readFile(file, "book"));
    expect(open().content().unreadable?.map(({ text }) => text.length)).toEqual([100_000, 50_000]);
  });
});

describe("a file brought back", () => {
  it("gives the same again in an empty browser", () => {
    const store = open();
    store.put({ ...of(answered()), "b/text": { ...written("first0:2", "<b>", []), key: "b/text" } });
    const before = store.content();
    const file = writeFile(before, { book: "book", kind: "everything" });
    storage = new MemoryStorage();
    open().absorb(readFile(file, "book"));
    expect(open().content()).toEqual(before);
  });

  it("carries along what this version does not know", () => {
    const carried = { items: of({ ...answered(), mood: "good" } as ItemState), erased: [], plans: { next: [1] } };
    open().absorb(carried);
    expect(open().content()).toEqual(carried);
  });

  it("takes away what was erased where it comes from", () => {
    const store = open();
    store.put(of(answered()));
    store.absorb({ items: {}, erased: ["first0:1"] });
    expect([store.state, Object.keys(storage)]).toEqual([{}, ["iiv:book:erased"]]);
  });

  it.each([[null], ["x"], [[null, 5, { key: 1, text: "x" }, { key: "x" }]]])("may say any nonsense of what was unreadable: %j", (unreadable) => {
    const store = open();
    store.absorb({ items: of(answered()), erased: [], unreadable } as never);
    expect(open().content()).toEqual({ items: of(answered()), erased: [] });
  });
});

describe("erasing", () => {
  it("leaves nothing but random names, and an older file brings nothing back", () => {
    const store = open();
    store.absorb({ items: of(written("first0:1", "secret")), erased: [], diary: "secret" } as never);
    storage.setItem("iiv:book:b/x", "secret");
    storage.setItem("iiv:book:of-later-software", "secret");
    const old = store.content();
    store.erase();
    expect(Object.entries(storage)).toEqual([["iiv:book:erased", JSON.stringify({ erased: ["first0:1"] })]]);
    store.absorb({ ...old, unreadable: [] });
    expect(store.content().items).toEqual({});
  });

  it("leaves no entry where nothing was", () => {
    open().erase();
    expect(Object.keys(storage)).toEqual([]);
  });
});

describe("a shared computer", () => {
  it("keeps everything in the tab, and leaves nothing in the browser", () => {
    const store = open();
    store.put(of(answered()));
    storage.setItem("iiv:book:b/x", "{");
    storage.setItem("iiv:book:of-later-software", "?");
    storage.setItem(`iiv:other:${KEY}`, "theirs");
    const before = store.content();
    expect(store.share(true)).toBe(true);
    expect(Object.keys(storage)).toEqual([`iiv:other:${KEY}`]);
    expect(tab.getItem("iiv:book:of-later-software")).toBe("?");
    expect(store.content()).toEqual(before);
    store.put({ ...store.state, "b/other": answered("b/other") });
    expect(Object.keys(storage)).toEqual([`iiv:other:${KEY}`]);
  });

  it("goes along from page to page of the tab, and no further", () => {
    open().share(true);
    open().put(of(answered()));
    const next = open();
    expect([next.shared, next.unsaved, Object.keys(next.content().items)]).toEqual([true, true, [KEY]]);
    const another = open(new MemoryStorage());
    expect([another.shared, another.content().items]).toEqual([false, {}]);
  });

  it("is left again with everything, beside what another tab has written meanwhile", () => {
    const store = open();
    store.share(true);
    store.put(of(answered(KEY, "first0:1")));
    open(new MemoryStorage()).put(of(answered(KEY, "second:1")));
    expect(store.share(false)).toBe(true);
    expect([Object.keys(tab), Object.keys(storage), store.shared, store.unsaved]).toEqual([[], [`iiv:book:${KEY}`], false, false]);
    expect(open().content().items).toEqual(of(answered(KEY, "first0:1", "second:1")));
  });

  it("knows whether a file holds everything", () => {
    const store = open();
    store.share(true);
    expect(store.unsaved).toBe(false);
    store.put(of(answered()));
    store.saved();
    expect([store.unsaved, open().unsaved]).toEqual([false, false]);
    store.put(of(answered(KEY, "first0:2")));
    expect([store.unsaved, open().unsaved]).toEqual([true, true]);
    store.erase();
    expect([store.unsaved, open().unsaved, open().shared]).toEqual([false, false, true]);
  });

  it("is refused where the tab has no room, and nothing moves", () => {
    tab.quota = 100;
    const store = open();
    store.put(of(answered()));
    expect([store.share(true), store.shared, store.trouble]).toEqual([false, false, null]);
    expect(open(new MemoryStorage()).content().items).toEqual(of(answered()));
    store.put({ ...store.state, "b/other": answered("b/other") });
    expect(Object.keys(open(new MemoryStorage()).content().items)).toEqual([KEY, "b/other"]);
  });
});
