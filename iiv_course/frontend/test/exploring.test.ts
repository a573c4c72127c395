import { describe, expect, it } from "vitest";
import { explored, readKept } from "../src/exploration";
import { fixed, places, startOf, written } from "../src/exploring";
import type { Explore } from "../src/grading";
import { type Attempt, fresh } from "../src/state";

const item: Explore = {
  type: "explore", key: "b/i", rev: "now", title: "T", objective: "o", prompt: "P", notes: {}, explanation: "E", tries: 2,
  lab: "spence", start: { threshold: 1.5, share: 0.5, cost: 0.5, belief: "separating" },
  controls: [{ id: "threshold", min: "0.05", max: "2.45", step: "0.15" }], prediction: "?",
  options: [{ id: "up", html: "Up" }, { id: "down", html: "Down" }], answer: "up", goals: [], solution: { threshold: "1.1" },
};
const attempt = (id: number, given: Partial<Attempt> = {}): Attempt => ({
  id: `abcdef:${id}`, rev: "now", round: 1, at: "", response: { prediction: "up", position: { threshold: "1.25" } }, score: "0",
  hints: 0, revealed: false, confidence: null, ...given,
});
const after = (...attempts: Attempt[]) => ({ ...fresh("b/i"), attempts });
const kept = { prediction: "down", confidence: null, position: { threshold: "2" }, review: false };

describe("places on a grid", () => {
  it("are written plainly, whatever arithmetic made of them", () => {
    expect([0.1 + 0.2, 1.1500000000000001, 2, 0.0375 * 3, 0].map(written)).toEqual(["0.3", "1.15", "2", "0.1125", "0"]);
  });

  it("are all that a slider stops at, and nothing beside", () => {
    const grid = Array.from({ length: 17 }, (_, i) => written(0.05 + i * 0.15));
    expect(grid.every((threshold) => places(item, { threshold }))).toBe(true);
    for (const threshold of ["0.06", "2.6", "-0.1", "0.2e0", "0.20", "", null, 0.2]) expect(places(item, { threshold })).toBeUndefined();
  });

  it("begin at the start", () => expect(startOf(item)).toEqual({ threshold: "1.5" }));
});

it("says what is given and no slider moves", () => {
  expect(fixed(item).map(([label]) => label)).toEqual([
    "Share of group I among all people", "What one unit of the signal costs group II", "What employers believe",
  ]);
  const cues = { ...item, lab: "cues" as const, start: { cueOpenness: 0.9, authenticity: 1, cuePrior: 0.3, cues: "10" } };
  expect(fixed({ ...cues, controls: [{ ...item.controls[0]!, id: "authenticity" }] }).slice(-1)).toEqual([["Cues so far", "good, bad"]]);
});

describe("what is kept before Check", () => {
  it("is read as it was written", () => expect(readKept(JSON.stringify(kept))).toEqual(kept));

  it.each(["", "a text of one's own", "null", "[]", "{}", '{"prediction": 1, "review": false}', '{"prediction": "up"}'])(
    "is nothing in %j", (text) => expect(readKept(text)).toBeNull(),
  );

  it("in review is nothing in the lesson, and the other way round", () => {
    expect([true, false].map((inReview) => readKept(JSON.stringify(kept), inReview))).toEqual([null, kept]);
  });

  it("takes no sureness that nobody can have", () => {
    expect(readKept(JSON.stringify({ ...kept, confidence: "very" }))?.confidence).toBeNull();
  });
});

describe("the fields of an explore item", () => {
  it("show a locked prediction and where the sliders were left", () => expect(explored(item, after(), kept, false)).toEqual(kept));

  it("show nothing of a prediction that is no option any more", () => {
    expect(explored(item, after(), { ...kept, prediction: "aside" }, false)).toEqual({});
  });

  it("show what was checked until a new try, which keeps the prediction and goes on where the sliders are", () => {
    const state = after(attempt(1));
    expect(explored(item, state, { ...kept, prediction: "up" }, false).position).toEqual({ threshold: "1.25" });
    expect(explored(item, state, { ...kept, prediction: "up" }, true).position).toEqual({ threshold: "2" });
    expect(explored(item, state, null, true).position).toEqual({ threshold: "1.25" });
    expect(explored(item, state, kept, true)).toEqual({ prediction: "up", position: { threshold: "1.25" } });
  });

  it("show the solution beside one's own prediction once it was asked for", () => {
    const state = after(attempt(1), attempt(2, { response: null, score: null, revealed: true }));
    expect(explored(item, state, null, false)).toEqual({ prediction: "up", position: { threshold: "1.1" } });
  });
});
