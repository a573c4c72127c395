import { describe, expect, it } from "vitest";
import { type Place, firstTries, ofSitting, schedule, sittings } from "../src/schedule";
import { type Attempt, type ItemState, fresh, standing } from "../src/state";

const DAY = 24 * 60 * 60 * 1000;
const START = Date.parse("2027-03-01T12:00:00Z");
const on = (day: number) => new Date(START + day * DAY).toISOString();

let count = 0;
const attempt = (given: Partial<Attempt>): Attempt => ({
  id: `abcdef:${++count}`, rev: "now", round: 1, at: on(0), response: "a", score: "0", hints: 0, revealed: false, confidence: null, ...given,
});
const wrong = (day: number, given: Partial<Attempt> = {}) => attempt({ at: on(day), ...given });
const right = (day: number, given: Partial<Attempt> = {}) => attempt({ at: on(day), score: "1", ...given });
const shown = (day: number, given: Partial<Attempt> = {}) => attempt({ at: on(day), score: null, revealed: true, ...given });
const review = (sitting: string) => ({ review: sitting });
const state = (...attempts: Attempt[]): ItemState => ({ ...fresh("b/i"), attempts });

const ITEM = { key: "b/i", rev: "now" };
const at = (day: number, it: ItemState) => schedule([ITEM], { "b/i": it }, START + day * DAY);
const placed = (day: number, ...attempts: Attempt[]): Place | undefined => {
  const { due, later } = at(day, state(...attempts));
  return [...due, ...later][0];
};

describe("what enters", () => {
  it.each<[string, Attempt[], Place["reason"] | undefined]>([
    ["nothing that was not answered", [], undefined],
    ["nothing that was right on the first try", [right(0)], undefined],
    ["what was missed on the first try", [wrong(0)], "missed"],
    ["what was missed on the first try, although right in the end", [wrong(0), right(0)], "missed"],
    ["what was partly right", [attempt({ score: "2/3" })], "missed"],
    ["what was shown", [wrong(0), shown(0)], "missed"],
    ["what was shown at once", [shown(0)], "missed"],
    ["a guess, although right", [right(0, { confidence: "guess" })], "guessed"],
    ["no answer that one was sure of", [right(0, { confidence: "certain" })], undefined],
    ["a guess that was wrong, as missed", [wrong(0, { confidence: "guess" })], "missed"],
    ["no answer to an earlier version", [wrong(0, { rev: "before" })], undefined],
    ["what was missed in an earlier round, although started over", [wrong(0), right(1, { round: 2 })], "missed"],
    ["what is missed in a later round", [right(0), wrong(1, { round: 2 })], "missed"],
    ["nothing that was not graded", [attempt({ score: null })], undefined],
    ["what was missed in a review that this list knew nothing of", [right(0), wrong(1, review("s"))], "missed-again"],
    ["nothing that was right in a review that this list knew nothing of", [right(0), right(1, review("s"))], undefined],
  ])("%s", (_, attempts, reason) => {
    expect(placed(1, ...attempts)?.reason).toBe(reason);
  });
});

describe("when it is due", () => {
  it.each([
    [-1, false],
    [0, true],
    [1, true],
  ])("a day after the miss, to the millisecond: %d", (offset, due) => {
    const { due: now, later } = schedule([ITEM], { "b/i": state(wrong(0)) }, START + DAY + offset);
    expect([now.length, later.length]).toEqual(due ? [1, 0] : [0, 1]);
  });

  const S = ["one", "two", "three", "four", "five"].map(review);
  it.each<[string, Attempt[], number | undefined, number | undefined]>([
    ["a miss waits 1 day", [wrong(0)], 0, 1],
    ["then right: 3 days", [wrong(0), right(1, S[0])], 1, 4],
    ["right again: 7 days", [wrong(0), right(1, S[0]), right(4, S[1])], 2, 11],
    ["right again: 21 days", [wrong(0), right(1, S[0]), right(4, S[1]), right(11, S[2])], 3, 32],
    ["right after 21 days: out", [wrong(0), right(1, S[0]), right(4, S[1]), right(11, S[2]), right(32, S[3])], undefined, undefined],
    ["wrong in the first box: stays there", [wrong(0), wrong(1, S[0])], 0, 2],
    ["wrong in the second: back to the first", [wrong(0), right(1, S[0]), wrong(4, S[1])], 0, 5],
    ["wrong in the third: back to the second", [wrong(0), right(1, S[0]), right(4, S[1]), wrong(11, S[2])], 1, 14],
    ["wrong in the last: back to the third", [wrong(0), right(1, S[0]), right(4, S[1]), right(11, S[2]), wrong(32, S[3])], 2, 39],
    ["only the first try of a sitting counts", [wrong(0), wrong(1, S[0]), right(1, S[0])], 0, 2],
    ["an answer shown in a sitting does not move it twice", [wrong(0), right(1, S[0]), wrong(4, S[1]), shown(4, S[1])], 0, 5],
    ["a sitting late counts from the sitting", [wrong(0), right(9, S[0])], 1, 12],
    ["missed in the lesson once more: from the start", [wrong(0), right(1, S[0]), wrong(2, { round: 2 })], 0, 3],
    ["right in the lesson meanwhile changes nothing", [wrong(0), right(1, S[0]), right(2, { round: 2 })], 1, 4],
    ["guessed in the lesson meanwhile changes nothing", [wrong(0), right(1, S[0]), right(2, { round: 2, confidence: "guess" })], 1, 4],
    ["out, and missed in a later round: in again", [wrong(0), ...S.slice(0, 4).map((s, i) => right(i, s)), wrong(50, { round: 2 })], 0, 51],
  ])("%s", (_, attempts, box, day) => {
    const found = placed(100, ...attempts);
    expect(found?.box).toBe(box);
    expect(found?.due).toBe(day === undefined ? undefined : START + day * DAY);
  });

  it("takes a time to come for now", () => {
    expect(placed(1, wrong(400))).toMatchObject({ at: START + DAY, due: START + 2 * DAY });
  });

  it.each(["", "yesterday", "2027-13-45"])("takes a time that nobody can read for long ago: %j", (unreadable) => {
    expect(at(0, state(attempt({ at: unreadable }))).due).toMatchObject([{ at: null, due: -Infinity }]);
  });

  it("goes by names where a clock ran back", () => {
    const first = wrong(5);
    expect(placed(6, first, right(1, review("s")))).toMatchObject({ box: 1, due: START + 4 * DAY });
  });
});

describe("the order of a sitting", () => {
  const keys = (places: Place[]) => places.map(({ key }) => key);
  const items = ["b/a", "b/b", "b/c", "b/d", "b/e"].map((key) => ({ key, rev: "now" }));
  const of = (key: string, it: Attempt): [string, ItemState] => [key, { ...fresh(key), attempts: [it] }];

  it("has the longest overdue first, then goes by key, and says what comes later", () => {
    const all = Object.fromEntries([
      of("b/a", wrong(2)),
      of("b/b", wrong(1)),
      of("b/c", wrong(1)),
      of("b/d", attempt({ at: "?" })),
      of("b/e", wrong(2.5)),
    ]);
    const { due, later } = schedule([...items].reverse(), all, START + 3 * DAY);
    expect(keys(due)).toEqual(["b/d", "b/b", "b/c", "b/a"]);
    expect(keys(later)).toEqual(["b/e"]);
  });

  it("goes by key where nobody knows since when", () => {
    const all = Object.fromEntries(["b/c", "b/a", "b/b"].map((key) => of(key, attempt({ at: "?" }))));
    expect(keys(schedule([...items].reverse(), all, START).due)).toEqual(["b/a", "b/b", "b/c"]);
  });

  it("knows nothing of items that the course has no more", () => {
    expect(schedule([], { "b/i": state(wrong(0)) }, START + 2 * DAY)).toEqual({ due: [], later: [] });
  });
});

describe("a sitting", () => {
  const s = review("abcdef:9");
  const it_ = state(wrong(0), right(0), wrong(1, s), shown(1, s), right(2, { rev: "before", ...review("old") }));

  it("is seen apart from the lesson and from other sittings", () => {
    expect(ofSitting(it_, "abcdef:9").attempts.map(({ at }) => at)).toEqual([on(1), on(1)]);
    expect(standing(ofSitting(it_, "abcdef:9"), "now", 2)).toMatchObject({ triesUsed: 1, finished: true, right: false });
    expect(ofSitting(it_, null).attempts).toEqual([]);
  });

  it("does not count in the lesson", () => {
    expect(standing(it_, "now", 2)).toMatchObject({ triesUsed: 2, right: true, firstRight: false });
  });

  it("is known by the version of the question", () => {
    expect(sittings(it_, "now")).toEqual(["abcdef:9"]);
    expect(firstTries(it_, "now").map(({ review: sitting, score }) => [sitting, score])).toEqual([[undefined, "0"], ["abcdef:9", "0"]]);
  });

  it("is seen also after the lesson was started over", () => {
    expect(standing(ofSitting({ ...it_, round: 2 }, "abcdef:9"), "now", 2)).toMatchObject({ triesUsed: 1, finished: true });
  });
});
