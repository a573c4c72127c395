import { describe, expect, it } from "vitest";
import { type Attempt, type ItemState, earlier, fresh, standing } from "../src/state";

const attempt = (given: Partial<Attempt>): Attempt => ({
  id: "1", rev: "now", round: 1, at: "", response: "a", score: "0", hints: 0, revealed: false, confidence: null, ...given,
});
const state = (...attempts: Attempt[]): ItemState => ({ ...fresh("b/i"), attempts });

describe("where a learner stands with an item", () => {
  it("is open before anything was answered", () => {
    expect(standing(state(), "now", 2)).toMatchObject({ last: undefined, triesUsed: 0, finished: false, right: false });
  });

  it("goes on after a wrong try and ends with the last one", () => {
    expect(standing(state(attempt({})), "now", 2)).toMatchObject({ triesUsed: 1, finished: false });
    expect(standing(state(attempt({}), attempt({})), "now", 2)).toMatchObject({ triesUsed: 2, finished: true, right: false });
  });

  it("tells right on the first try from right in the end", () => {
    expect(standing(state(attempt({ score: "1" })), "now", 2)).toMatchObject({ finished: true, firstRight: true, right: true });
    expect(standing(state(attempt({}), attempt({ score: "1" })), "now", 2)).toMatchObject({ firstRight: false, right: true });
  });

  it("does not take a shown answer for a try", () => {
    const shown = attempt({ revealed: true, response: null, score: null });
    expect(standing(state(attempt({}), shown), "now", 3)).toMatchObject({ triesUsed: 1, finished: true, right: false });
  });

  it("counts only this version and this round", () => {
    const old = attempt({ rev: "before", score: "1" });
    const past = attempt({ round: 0, score: "1" });
    expect(standing(state(old, past), "now", 2)).toMatchObject({ last: undefined, right: false });
    expect(earlier(state(old, past), "now")).toBe(old);
  });

  it("never ends where there is nothing to get right", () => {
    expect(standing(state(attempt({ score: null })), "now", Infinity).finished).toBe(false);
  });
});
