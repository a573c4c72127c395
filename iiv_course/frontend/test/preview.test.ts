import { describe, expect, it } from "vitest";
import { type Content, erase, merge, nothing } from "../src/merge";
import { inWords, preview } from "../src/preview";
import { startOver } from "../src/rounds";
import { type Draft, type ItemState, fresh } from "../src/state";

const answer = (id: string): ItemState["attempts"][number] => ({
  id, rev: "r", round: 1, at: "", response: "a", score: "1", hints: 0, revealed: false, confidence: null,
});
const text = (version: string, text: string, ...parents: string[]): Draft => ({ version, parents, text, at: "" });
const holding = (item: Partial<ItemState>, key = "b/i"): Content => ({ items: { [key]: { ...fresh(key), ...item } }, erased: [] });
const none = { answers: 0, texts: 0, replaced: 0, apart: 0, rows: 0, restarted: 0, erased: 0, refused: 0 };

describe("what bringing in a file will change", () => {
  const row = { id: "there0:1", version: 1, deleted: false, fields: { who: "A" } };
  it.each([
    ["nothing at all", nothing, nothing, {}],
    ["an answer that is new", nothing, holding({ attempts: [answer("there0:1")] }), { answers: 1 }],
    ["one of two that is new", holding({ attempts: [answer("there0:1")] }), holding({ attempts: [answer("there0:1"), answer("there0:2")] }), { answers: 1 }],
    ["a text that is new", nothing, holding({ draft: [text("there0:1", "t")] }), { texts: 1 }],
    ["a later text", holding({ draft: [text("here00:1", "t")] }), holding({ draft: [text("there0:2", "u", "here00:1")] }), { replaced: 1 }],
    ["an earlier text", holding({ draft: [text("there0:2", "u", "here00:1")] }), holding({ draft: [text("here00:1", "t")] }), {}],
    ["a text written apart", holding({ draft: [text("here00:1", "t")] }), holding({ draft: [text("there0:1", "u")] }), { apart: 1 }],
    ["a table's line that is new", nothing, holding({ rows: [row] }), { rows: 1 }],
    ["a table's line that changed", holding({ rows: [row] }), holding({ rows: [{ ...row, version: 2 }] }), { rows: 1 }],
    ["a table's line that is older", holding({ rows: [{ ...row, version: 2 }] }), holding({ rows: [row] }), {}],
    ["what was erased there", holding({ attempts: [answer("here00:1"), answer("here00:2")] }), { items: {}, erased: ["here00:1"] }, { erased: 1 }],
    ["what was erased here", { items: {}, erased: ["there0:1"] }, holding({ attempts: [answer("there0:1"), answer("there0:2")] }), { answers: 1, refused: 1 }],
    ["a key like no other", nothing, holding({ attempts: [answer("there0:1")] }, "__proto__"), { answers: 1 }],
  ])("counts %s", (_, now, brought, counts) => {
    expect(preview(now, brought)).toEqual({ ...none, ...counts });
    expect(preview(merge(now, brought), brought)).toMatchObject({ answers: 0, texts: 0, replaced: 0, apart: 0, rows: 0, erased: 0 });
  });

  it("counts what was started over there", () => {
    const before = { ...fresh("b/i"), attempts: [answer("here00:1")], draft: [text("here00:2", "t")] };
    const now = holding(before);
    expect(preview(now, holding(startOver(before)))).toEqual({ ...none, answers: 1, restarted: 1 });
  });

  it("counts nothing twice of what was erased and then brought back", () => {
    const old = holding({ attempts: [answer("here00:1")], draft: [text("here00:2", "t")] });
    expect(preview(erase(old), old)).toEqual({ ...none, refused: 2 });
  });

  it("is said in words, one line for each that changes", () => {
    expect(inWords(none)).toEqual([]);
    expect(inWords({ ...none, answers: 1, apart: 2 })).toEqual([
      "1 answer is new.",
      "2 texts were written apart: both versions are kept, and you choose.",
    ]);
    expect(inWords(Object.fromEntries(Object.keys(none).map((name) => [name, 2])) as unknown as typeof none)).toHaveLength(8);
  });
});
