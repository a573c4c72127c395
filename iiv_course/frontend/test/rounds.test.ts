import { describe, expect, it } from "vitest";
import type { Host } from "../src/host";
import { type Content, merge } from "../src/merge";
import { isBegun, startOver, startOverAll } from "../src/rounds";
import { type ItemState, current, fresh } from "../src/state";

const done: ItemState = {
  key: "b/i",
  round: 1,
  attempts: [
    { id: "before:1", rev: "r1", round: 1, at: "", response: "a", score: "1", hints: 0, revealed: false, confidence: "certain" },
  ],
  draft: [
    { version: "before:2", parents: [], text: "one", at: "" },
    { version: "apart0:3", parents: [], text: "two", at: "" },
  ],
  rows: [
    { id: "before:4", version: 3, deleted: false, fields: { who: "A" } },
    { id: "before:5", version: 1, deleted: true, fields: { who: "B" } },
  ],
};

describe("starting over", () => {
  it("keeps every text and the lines of a table as attempts of the round that ends", () => {
    const next = startOver(done);
    expect(next.attempts.slice(0, 1)).toEqual(done.attempts);
    expect(next.attempts.slice(1)).toMatchObject([
      { rev: "r1", round: 1, response: "one", score: null, hints: 0, revealed: false, confidence: null },
      { rev: "r1", round: 1, response: "two" },
      { rev: "r1", round: 1, response: [done.rows[0]] },
    ]);
    expect(new Set(next.attempts.map(({ id }) => id)).size).toBe(4);
  });

  it("leaves an item that counts as untouched", () => {
    const next = startOver(done);
    expect(next.round).toBe(2);
    expect(current(next, "r1")).toEqual([]);
    expect(next.draft).toMatchObject([{ text: "", parents: ["apart0:3", "before:2"] }]);
    expect(next.rows.map(({ version, deleted }) => [version, deleted])).toEqual([[4, true], [1, true]]);
    expect(isBegun(next)).toBe(false);
    expect(startOver(next)).toBe(next);
  });

  it("does nothing where nothing was done", () => {
    const untouched = fresh("b/i");
    expect(startOver(untouched)).toBe(untouched);
  });

  it("carries along what this version does not know", () => {
    expect(startOver({ ...done, mood: "good" } as ItemState)).toMatchObject({ mood: "good" });
  });

  it("wins over an older copy of the same item, which becomes history", () => {
    const next = startOver(done);
    const both = merge({ items: { "b/i": done }, erased: [] }, { items: { "b/i": next }, erased: [] });
    expect(both.items["b/i"]).toEqual(next);
  });

  it.each([["b", ["b/i"]], [undefined, ["b/i", "bb/i"]]])("of %s takes its items and no others", async (bank, keys) => {
    let content: Content = { items: { "b/i": done, "bb/i": { ...done, key: "bb/i" }, "b/open": fresh("b/open") }, erased: [] };
    const host = { content: async () => content, absorb: async (more: Content) => void (content = merge(content, more)) };
    await startOverAll(host as unknown as Host, bank);
    expect(Object.values(content.items).flatMap(({ key, round }) => (round === 2 ? [key] : []))).toEqual(keys);
  });
});
