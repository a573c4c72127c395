import { describe, expect, it } from "vitest";
import { Marks, newId, number } from "../src/ids";
import { type Content, canonical, erase, merge, mergeItems, nothing, replaced } from "../src/merge";
import { type Attempt, type Draft, type ItemState, type Row, fresh } from "../src/state";

const attempt = (id: string, given: Partial<Attempt> = {}): Attempt => ({
  id, rev: "now", round: 1, at: "", response: "a", score: "0", hints: 0, revealed: false, confidence: null, ...given,
});
const draft = (version: string, text: string, ...parents: string[]): Draft => ({ version, parents, text, at: "" });
const row = (version: number, given: Partial<Row> = {}): Row => ({ id: "aaaaaa:1", version, deleted: false, fields: {}, ...given });
const content = (given: Partial<ItemState>, ...erased: string[]): Content => ({
  items: { "b/i": { ...fresh("b/i"), ...given } },
  erased,
});
const item = (merged: Content): ItemState => merged.items["b/i"] ?? fresh("b/i");

describe("merging", () => {
  it("joins attempts in the order of their names, whatever the clocks say", () => {
    const tab = content({ attempts: [attempt("aaaaaa:1", { at: "2099" }), attempt("aaaaaa:10", { at: "1970" })] });
    const other = content({ attempts: [attempt("bbbbbb:2", { at: "2026" })] });
    expect(item(merge(tab, other)).attempts.map(({ id }) => id)).toEqual(["aaaaaa:1", "bbbbbb:2", "aaaaaa:10"]);
  });

  it("keeps two texts that were written apart until one replaces both", () => {
    const here = content({ draft: [draft("aaaaaa:2", "here", "aaaaaa:1")] });
    const there = content({ draft: [draft("bbbbbb:2", "there", "aaaaaa:1")] });
    const both = item(merge(there, merge(here, content({ draft: [draft("aaaaaa:1", "first")] }))));
    expect(both.draft.map(({ text }) => text)).toEqual(["here", "there"]);
    const chosen = content({ draft: [draft(newId(both), "chosen", ...replaced(both.draft))] });
    expect(item(merge(merge(here, chosen), there)).draft.map(({ text }) => text)).toEqual(["chosen"]);
  });

  it("takes the later version of a row, and of two alike the same from either side", () => {
    const [old, gone] = [content({ rows: [row(1)] }), content({ rows: [row(2, { deleted: true })] })];
    expect(item(merge(gone, old)).rows).toEqual([row(2, { deleted: true })]);
    const [a, b] = [content({ rows: [row(1, { fields: { who: "a" } })] }), content({ rows: [row(1, { fields: { who: "b" } })] })];
    expect(merge(a, b)).toEqual(merge(b, a));
  });

  it("brings nothing back of what was erased", () => {
    const before = content({ attempts: [attempt("aaaaaa:4")], draft: [draft("bbbbbb:5", "secret", "aaaaaa:3")] });
    const gone = erase(before);
    expect(gone).toEqual({ items: {}, erased: ["aaaaaa:4", "bbbbbb:5"] });
    expect(merge(before, gone)).toEqual(gone);
  });

  it("is not led astray by keys that mean something to JavaScript", () => {
    const hostile = JSON.parse('{"items": {"__proto__": null}, "erased": [], "__proto__": {"polluted": 1}}') as Content;
    const items = Object.fromEntries([["__proto__", { ...fresh("__proto__"), attempts: [attempt("x")] }]]);
    const merged = merge({ ...hostile, items }, nothing);
    expect(Object.keys(merged.items)).toEqual(["__proto__"]);
    expect(canonical(merged)).toContain('"polluted":1');
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(merge(content({}), nothing).items).not.toHaveProperty("constructor.attempts");
  });

  it("finds nothing where nothing was done", () => {
    expect(mergeItems([fresh("b/i"), undefined])).toBeUndefined();
  });
});

describe("names", () => {
  it("are later than everything known of an item", () => {
    const state = { ...fresh("b/i"), attempts: [attempt("aaaaaa:70")], draft: [draft("bbbbbb:71", "", "cccccc:90")] };
    const first = newId(state);
    expect(number(first)).toBeGreaterThan(90);
    expect(number(newId(fresh("b/j")))).toBeGreaterThan(number(first));
  });

  it("of another make stand for themselves", () => {
    const marks = new Marks(["opaque", "aaaaaa:3"]);
    expect(["opaque", "aaaaaa:2", "aaaaaa:4", "aaaaaa:03"].map((name) => marks.covers(name))).toEqual([true, true, false, false]);
  });
});
