import { describe, expect, it } from "vitest";
import * as cue from "../src/cue-outcome";
import * as effort from "../src/effort-outcome";
import { exampleOf, moved, readSettings } from "../src/settings";
import { EQUILIBRIA, INVESTS, choices, equilibria, exists } from "../src/signaling";
import * as spence from "../src/spence-outcome";

const readSpence = (text: string) => readSettings(text, spence.START, spence.RULES);
const readCues = (text: string) => readSettings(text, cue.START, cue.RULES);

describe("stored settings", () => {
  it("come back as they were written", () => {
    const settings = { ...spence.START, threshold: 0.7, belief: "everybody_invests", badges: "two" };
    expect(readSpence(JSON.stringify(settings))).toEqual(settings);
  });

  it.each(["", "not JSON", "null", "7", "[]", '{"threshold": "1"}', '{"threshold": 99, "belief": "x", "badges": 2, "__proto__": {"share": 0.2}}'])(
    "%j is no reason for anything but the start",
    (text) => expect(readSpence(text)).toEqual(spence.START),
  );

  it("keep what is right where something else is wrong, and nothing that no lab has", () => {
    expect(readSpence('{"threshold": 1, "share": -1, "other": 3}')).toEqual({ ...spence.START, threshold: 1 });
    expect(readCues('{"cues": "0110", "cueOpenness": null}')).toEqual({ ...cue.START, cues: "0110" });
    expect(readCues('{"cues": "01101101101"}')).toEqual(cue.START);
  });
});

describe.each([
  ["Spence", spence.EXAMPLES, spence.START, spence.RULES],
  ["effort", effort.EXAMPLES, effort.START, effort.RULES],
  ["cues", cue.EXAMPLES, cue.START, cue.RULES],
])("the examples of %s", (_, examples, start, rules) => {
  it.each(Object.keys(examples))("%s is within bounds and known again", (name) => {
    const settings = { ...start, ...examples[name as keyof typeof examples] };
    expect(readSettings(JSON.stringify(settings), start, rules as never)).toEqual(settings);
    expect(exampleOf<Record<string, number | string>>(settings, examples)).toBe(name);
  });
});

const now = (name: string) => ({ ...spence.START, ...spence.EXAMPLES[name] });
const said = (name: string) => spence.outcome(now(name), now(name));

describe("Spence's lab", () => {
  it("shows a belief as lasting exactly where both groups do what it says", () => {
    for (const share of [0.05, 0.35, 0.5, 0.95]) {
      for (const cost of [0.25, 0.5, 1]) {
        const game = spence.gameOf({ ...spence.START, share, cost });
        for (let threshold = 0; threshold <= 50; threshold += 1) {
          for (const each of EQUILIBRIA) {
            const done = choices(game, each, threshold / 20).map(({ invests }) => invests);
            expect(exists(game, each, threshold / 20)).toBe(String(done) === String(INVESTS[each]));
          }
        }
      }
    }
  });

  it("has the traps among its examples", () => {
    expect(said("Groups told apart")).toContain("Group II gains and group I loses");
    expect(said("Both groups worse off")).toMatch(/nets 1\.00; group II invests and nets 1\.25.*all would have 1\.50\. Both are worse off/);
    expect(said("Everybody invests")).toMatch(/Group I invests and nets 1\.10; group II invests and nets 1\.45.*all would have 1\.80/);
    expect(said("Nobody invests")).toContain("All have 1.50, as without the signal");
    expect(said("Two groups, two standards")).toContain("people with badge A net 0.40 more than those with badge B");
    expect(said("No cost advantage")).toContain("This belief does not last: employers would see that both groups invest");
  });

  it("says what there is where none of the three beliefs lasts", () => {
    const settings = { ...spence.START, threshold: 0.75 };
    expect(equilibria(spence.gameOf(settings), 0.75)).toEqual([]);
    expect(spence.outcome(settings, settings)).toContain("all of group II and 33% of group I would end up investing");
  });

  it("says what moved and what it was before", () => {
    const before = { ...spence.START, threshold: 1.3 };
    const after = { ...before, threshold: 1.4 };
    expect(moved(after, before, spence.EXAMPLES, spence.RULES)).toBe("How much of the signal employers ask for: now 1.40 (a lot). ");
    expect(spence.outcome(after, before)).toContain("group II invests and nets 1.30 (before: 1.35)");
    expect(moved(now("Nobody invests"), before, spence.EXAMPLES, spence.RULES)).toBe("Example “Nobody invests”. ");
    expect(moved(before, before, spence.EXAMPLES, spence.RULES)).toBe("");
  });
});

describe("the interview lab", () => {
  it.each([
    [0.6, "everybody prepares", "30%"],
    [1.5, "some bluffers prepare, too", "75%"],
    [2, "only the genuine prepare", "100%"],
    [8, "only the genuine prepare", "100%"],
  ])("at %d h says that %s", (hours, who, trust) => {
    const settings = { ...effort.START, effort: hours };
    expect(effort.said(settings, settings)).toContain(`At ${hours} h, ${who}`);
    expect(effort.said(settings, settings)).toContain(`Trust in whoever is seen prepared: ${trust}.`);
  });

  it("says nothing of trust where nobody prepares, and what was before", () => {
    expect(effort.said({ ...effort.START, effort: 9 }, effort.START)).toBe(
      "At 9 h, nobody prepares (before: only the genuine prepare): it pays for no one. Only the genuine prepare from 2 to 8 h.",
    );
  });

  it("moves trust cue by cue as in the lesson's table", () => {
    const trust = (settings: object) => cue.trustBySteps({ ...cue.START, ...settings }).map((each) => each.toFixed(2));
    expect(trust({ authenticity: 1, cueOpenness: 1 })).toEqual(["0.30", "0.53", "0.75", "0.89"]);
    expect(trust({ authenticity: 0.9, cueOpenness: 0.1 }).at(-1)).toBe("0.36");
    expect(trust({ authenticity: 0 })).toEqual(["0.30", "0.30", "0.30", "0.30"]);
    expect(trust({ authenticity: 1, cueOpenness: 1, cues: "111110" }).at(-1)).toBe("0.94");
  });

  it("counts the conversations up to whole ones", () => {
    const about = (cueOpenness: number) => cue.said({ ...cue.START, cueOpenness }, cue.START);
    expect(about(0.9)).toContain("is gone after 2 conversations (to be exact, 1.11), each with somebody else.");
    expect(about(0.1)).toContain("is gone after 10 conversations, each with somebody else.");
    expect(about(1)).toContain("is gone after 1 conversation.");
  });
});
