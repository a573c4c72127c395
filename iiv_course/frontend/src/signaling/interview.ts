// An informational interview as a signaling game, as in `iiv_course/signaling/interview.py`.
import { atLeast, atMost } from "./tie";

export interface InterviewGame {
  value: number;
  openness: number;
  costGenuine: number;
  costOther: number;
  prior: number;
}

/** Who prepares, from little effort asked to much. */
export const REGIMES = ["everybody", "some_others", "only_genuine", "nobody"] as const;
export type RegimeName = (typeof REGIMES)[number];

export interface Regime {
  name: RegimeName;
  /** The chance that someone seen prepared is genuine; NaN where nobody prepares. */
  trust: number;
  shareGenuine: number;
  shareOther: number;
}

/** The efforts at which one regime gives way to the next. */
export function breaks({ value, openness, costGenuine, costOther, prior }: InterviewGame): readonly [number, number, number] {
  const prize = openness * value;
  return [(prior * prize) / costOther, prize / costOther, prize / costGenuine];
}

/** The efforts that only the genuine make, both ends included. */
export function separatingWindow(game: InterviewGame): readonly [number, number] {
  const [, start, end] = breaks(game);
  return [start, end];
}

export function regime(game: InterviewGame, effort: number): Regime {
  const { prior } = game;
  const [everybody, start, end] = breaks(game);
  if (atMost(effort, everybody)) return { name: "everybody", trust: prior, shareGenuine: 1, shareOther: 1 };
  if (!atLeast(effort, start)) {
    const trust = effort / start;
    const share = (prior / (1 - prior)) * (1 / trust - 1);
    return { name: "some_others", trust, shareGenuine: 1, shareOther: Math.min(Math.max(share, 0), 1) };
  }
  if (atMost(effort, end)) return { name: "only_genuine", trust: 1, shareGenuine: 1, shareOther: 0 };
  return { name: "nobody", trust: NaN, shareGenuine: 0, shareOther: 0 };
}
