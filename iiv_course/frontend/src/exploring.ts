// What the model makes of a position of the sliders, and whether it reaches the goal; the twin of `iiv_course/exploring.py`.
import * as cues from "./cue-outcome";
import * as effort from "./effort-outcome";
import type { Position } from "./exploration";
import type { Explore, Result } from "./grading";
import type { Slide } from "./settings";
import { RATES, breaks, choices, conversationsNeeded, exists, goodCueWeight, noSignal, regime } from "./signaling";
import * as spence from "./spence-outcome";

export type Settings = Explore["start"];
type Values = Readonly<Record<string, number | string>>;
type Goal = Explore["goals"][number];

/** Quantities that differ by less than this are equal. */
const TOLERANCE = 1e-9;
/** How a place on a grid is written: plainly, without zeros at the end. */
const PLACE = /^(0|[1-9][0-9]{0,5})(\.[0-9]{0,3}[1-9])?$/;
/** Numbers of a slider have four decimals at most: so many are a whole. */
const PARTS = 10_000;

const parts = (place: string | number): number => Math.round(Number(place) * PARTS);

/** A place of a slider as a response writes it. */
export const written = (place: number): string => String(parts(place) / PARTS);

/** The sliders that each lab has. */
export const SLIDES: Record<Explore["lab"], Readonly<Record<string, Slide>>> = {
  spence: { threshold: spence.THRESHOLD, share: spence.RULES.share, cost: spence.RULES.cost },
  effort: effort.RULES,
  cues: cues.SLIDES,
};

const invested = (yes: boolean): string => (yes ? "yes" : "no");

/** All of one badge. */
export const spenceNow = (settings: Settings): spence.Now => ({ ...spence.START, ...settings }) as spence.Now;

const VALUES: Record<Explore["lab"], (now: Settings) => Values> = {
  spence: (settings) => {
    const now = spenceNow(settings);
    const game = spence.gameOf(now);
    const [low, high] = choices(game, now.belief, now.threshold);
    const without = noSignal(game);
    return {
      belief: exists(game, now.belief, now.threshold) ? "holds" : "fails",
      invests_low: invested(low.invests),
      invests_high: invested(high.invests),
      net_low: low.nets,
      net_high: high.nets,
      gain_low: low.nets - without,
      gain_high: high.nets - without,
      cost_per_head: game.shareLow * low.cost + (1 - game.shareLow) * high.cost,
    };
  },
  effort: (settings) => {
    const now = settings as effort.Now;
    const game = effort.gameOf(now);
    const { name, trust, shareOther } = regime(game, now.effort);
    const [, start, end] = breaks(game);
    return { regime: name, trust, share_other: shareOther, window_start: start, window_end: end, window_width: end - start };
  },
  cues: (settings) => {
    const now = settings as cues.Now;
    return {
      trust: cues.trustBySteps(now)[now.cues.length] ?? NaN,
      weight_good: goodCueWeight({ ...RATES, authenticity: now.authenticity, openness: now.cueOpenness }),
      conversations: conversationsNeeded(0.5, now.cueOpenness, 1, 1),
    };
  },
};

function meets({ equal, at_least, at_most }: Goal, value: number | string | undefined): boolean {
  if (typeof equal === "string" || typeof value !== "number") return value === equal;
  // What is nobody's trust is not a number, and meets no goal.
  if (equal != null) return Math.abs(value - equal) <= TOLERANCE;
  if (at_least != null) return value >= at_least - TOLERANCE;
  return at_most != null && value <= at_most + TOLERANCE;
}

/** All settings, with the sliders at a position. */
export const settingsAt = (item: Explore, position: Position): Settings => ({
  ...item.start,
  ...Object.fromEntries(Object.entries(position).map(([id, place]) => [id, Number(place)])),
});

export const startOf = ({ controls, start }: Explore): Position =>
  Object.fromEntries(controls.map(({ id }) => [id, written(start[id] as number)]));

/** The places of all sliders; undefined where it is no position of this item. */
export function places({ controls }: Explore, given: unknown): Position | undefined {
  if (typeof given !== "object" || given === null || Object.keys(given).length !== controls.length) return undefined;
  const fits = controls.every(({ id, min, max, step }) => {
    const place: unknown = Object.hasOwn(given, id) ? (given as Position)[id] : undefined;
    if (typeof place !== "string" || !PLACE.test(place)) return false;
    const beyond = parts(place) - parts(min);
    return beyond >= 0 && parts(place) <= parts(max) && beyond % parts(step) === 0;
  });
  return fits ? (given as Position) : undefined;
}

/** The position alone is graded; the prediction is only told right or wrong, by its note. */
export function grade(item: Explore, response: unknown): Result {
  const said = (verdict: Result["verdict"]): Result => ({ verdict, score: null, notes: [] });
  if (response == null) return said("missing");
  if (typeof response !== "object" || Array.isArray(response)) return said("unreadable");
  if (!Object.keys(response).every((name) => name === "prediction" || name === "position")) return said("unreadable");
  const { prediction, position } = response as { prediction?: unknown; position?: unknown };
  if (prediction == null || prediction === "") return said("missing");
  const at = places(item, position);
  if (!at || !item.options.some(({ id }) => id === prediction)) return said("unreadable");
  const values = VALUES[item.lab](settingsAt(item, at));
  const right = item.goals.every((goal) => meets(goal, values[goal.quantity]));
  const verdict = right ? "right" : "wrong";
  return { verdict, score: right ? "1" : "0", notes: [verdict, `option/${String(prediction)}`] };
}

/** What stays as it is while the sliders move, in words. */
export function fixed({ lab, start, controls }: Explore): [label: string, words: string][] {
  const free = new Set(controls.map(({ id }) => id));
  const slides = Object.entries(SLIDES[lab]).filter(([name]) => !free.has(name));
  const said = slides.map(([name, { label, words }]): [string, string] => [label, words(start[name] as number)]);
  if (lab === "spence") said.push(["What employers believe", spence.BELIEFS[(start as spence.Now).belief]]);
  if (lab === "cues") {
    const seen = [...(start as cues.Now).cues].map((cue) => (cue === "1" ? "good" : "bad"));
    said.push(["Cues so far", seen.join(", ") || "none"]);
  }
  return said;
}

/** What the settings lead to, in the words of the lab, with what was before. */
export function outcome(lab: Explore["lab"], now: Settings, before: Settings): string {
  switch (lab) {
    case "spence":
      return spence.outcome(spenceNow(now), spenceNow(before));
    case "effort":
      return effort.said(now as effort.Now, before as effort.Now);
    case "cues":
      return cues.said(now as cues.Now, before as cues.Now);
  }
}
