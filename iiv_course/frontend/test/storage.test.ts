import { beforeEach, describe, expect, it } from "vitest";
import { type ItemState, fresh } from "../src/state";
import { bookStore } from "../src/storage";

/** As strict as a browser's: strings only, a quota, and keys as properties of the object. */
class MemoryStorage {
  [name: string]: unknown;
  constructor(private readonly quota = Infinity) {
    Object.defineProperty(this, "quota", { enumerable: false });
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

const as = (storage: MemoryStorage) => () => storage as unknown as Storage;
const answered = (key: string): ItemState => ({
  ...fresh(key),
  attempts: [
    { id: "1", rev: "r", round: 1, at: "", response: "a", score: "1", hints: 0, revealed: false, confidence: null },
  ],
});

let storage: MemoryStorage;
beforeEach(() => {
  storage = new MemoryStorage();
});

describe("the store of a book", () => {
  it("gives back after a reload what was put", () => {
    bookStore("book", as(storage)).put({ "b/i": answered("b/i") });
    const again = bookStore("book", as(storage));
    again.load(["b/i", "b/other"]);
    expect(again.state).toEqual({ "b/i": answered("b/i") });
  });

  it("keeps books of one address apart", () => {
    bookStore("one", as(storage)).put({ "b/i": answered("b/i") });
    const other = bookStore("two", as(storage));
    other.load(["b/i"]);
    expect(other.state).toEqual({});
    other.erase();
    expect(Object.keys(bookStore("one", as(storage)).all())).toEqual(["b/i"]);
  });

  it("says when storage is denied and works on in memory", () => {
    const store = bookStore("book", () => {
      throw new DOMException("no", "SecurityError");
    });
    expect(store.trouble).toBe("denied");
    store.put({ "b/i": answered("b/i") });
    expect(store.all()).toEqual({ "b/i": answered("b/i") });
  });

  it("says when storage is full and loses nothing of what is on the page", () => {
    const store = bookStore("book", as(new MemoryStorage(60)));
    expect(store.trouble).toBe(null);
    store.put({ "b/i": answered("b/i") });
    expect(store.trouble).toBe("full");
    expect(store.all()).toEqual({ "b/i": answered("b/i") });
  });

  it.each(["", "{", "null", "[]", '{"key":"b/other"}', '{"key":"b/i","round":1,"attempts":[null],"draft":[],"rows":[]}'])(
    "leaves a corrupt entry where it is: %s",
    (text) => {
      storage.setItem("iiv:book:b/i", text);
      const store = bookStore("book", as(storage));
      store.load(["b/i"]);
      expect(store.state).toEqual({});
      expect(storage.getItem("iiv:book:b/i")).toBe(text);
    },
  );

  it("tells every follower until it stops to follow", () => {
    const store = bookStore("book", as(storage));
    let heard = 0;
    const stop = store.follow(() => (heard += 1));
    store.put({ "b/i": answered("b/i") });
    stop();
    store.erase();
    expect(heard).toBe(1);
    expect(storage.getItem("iiv:book:b/i")).toBe(null);
  });
});
