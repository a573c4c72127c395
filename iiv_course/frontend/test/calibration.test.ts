import { describe, expect, it } from "vitest";
import { byConfidence } from "../src/confidence";
import { type Attempt, type Confidence, fresh } from "../src/state";

let count = 0;
const attempt = (confidence: Confidence | null, score: string | null, given: Partial<Attempt> = {}): Attempt => ({
  id: `abcdef:${++count}`, rev: "now", round: 1, at: "", response: "a", score, hints: 0, revealed: false, confidence, ...given,
});
const counts = (...attempts: Attempt[]) => byConfidence([{ key: "b/i", rev: "now" }], { "b/i": { ...fresh("b/i"), attempts } });
const NONE = { answered: 0, right: 0 };

describe("confidence against result", () => {
  it("is nothing before anything was answered", () => {
    expect(byConfidence([{ key: "b/i", rev: "now" }], {})).toEqual({ certain: NONE, "fairly-sure": NONE, guess: NONE });
  });

  it.each<[string, Attempt[], number, number]>([
    ["a right first try", [attempt("certain", "1")], 1, 1],
    ["a wrong first try", [attempt("certain", "0")], 1, 0],
    ["partly right is not right", [attempt("certain", "2/3")], 1, 0],
    ["the second try does not count", [attempt("certain", "0"), attempt("certain", "1")], 1, 0],
    ["nor does one after a first try without a word", [attempt(null, "0"), attempt("certain", "1")], 0, 0],
    ["every round has a first try", [attempt("certain", "0"), attempt("certain", "1", { round: 2 })], 2, 1],
    ["every sitting has a first try", [attempt("certain", "0"), attempt("certain", "1", { review: "s" }), attempt("certain", "0", { review: "t" })], 3, 1],
    ["an answer shown is no answer", [attempt("certain", null, { revealed: true })], 0, 0],
    ["an answer to an earlier version is none to this one", [attempt("certain", "1", { rev: "before" })], 0, 0],
  ])("%s", (_, attempts, answered, right) => {
    expect(counts(...attempts)).toEqual({ certain: { answered, right }, "fairly-sure": NONE, guess: NONE });
  });

  it("keeps the levels apart, and leaves out words that it does not know", () => {
    const all = [attempt("guess", "1"), attempt("fairly-sure", "0", { round: 2 }), attempt("toString" as Confidence, "1", { round: 3 })];
    expect(counts(...all)).toEqual({ certain: NONE, "fairly-sure": { answered: 1, right: 0 }, guess: { answered: 1, right: 1 } });
  });

  it("leaves out items that are not asked for", () => {
    const state = { "b/i": { ...fresh("b/i"), attempts: [attempt("guess", "1")] } };
    expect(byConfidence([], state).guess).toEqual(NONE);
  });
});
