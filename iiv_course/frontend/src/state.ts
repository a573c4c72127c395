// What a learner did with an item, and what follows from it; pure functions of values.
import type { ItemSpec, Verdict } from "./grading";

export type Confidence = "guess" | "fairly-sure" | "certain";

export interface Attempt {
  id: string;
  rev: string;
  round: number;
  /** ISO 8601, for display only. */
  at: string;
  response: unknown;
  /** An exact fraction such as "2/3"; null where nothing was graded. */
  score: string | null;
  hints: number;
  /** The answer was shown instead of given. */
  revealed: boolean;
  confidence: Confidence | null;
}

export interface Draft {
  version: string;
  parents: string[];
  text: string;
  at: string;
}

export interface ItemState {
  key: string;
  round: number;
  attempts: Attempt[];
  draft: Draft[];
  rows: unknown[];
}

export const fresh = (key: string): ItemState => ({ key, round: 1, attempts: [], draft: [], rows: [] });

/** What counts now: the attempts of this round at this version of the item. */
export function current(state: ItemState, rev: string): Attempt[] {
  return state.attempts.filter((attempt) => attempt.rev === rev && attempt.round === state.round);
}

/** An answer to an earlier version of the question is kept and said, never graded anew. */
export function earlier(state: ItemState, rev: string): Attempt | undefined {
  return state.attempts.filter((attempt) => attempt.rev !== rev && attempt.round === state.round).pop();
}

export interface Standing {
  last: Attempt | undefined;
  triesUsed: number;
  /** Nothing more to check: right, shown, or out of tries. */
  finished: boolean;
  firstRight: boolean;
  right: boolean;
}

export function standing(state: ItemState, rev: string, tries: number): Standing {
  const attempts = current(state, rev);
  const checked = attempts.filter((attempt) => !attempt.revealed);
  const last = attempts[attempts.length - 1];
  const right = checked.some((attempt) => attempt.score === "1");
  return {
    last,
    triesUsed: checked.length,
    finished: right || attempts.some((attempt) => attempt.revealed) || checked.length >= tries,
    firstRight: checked[0]?.score === "1",
    right,
  };
}

export const tries = (item: ItemSpec): number => ("tries" in item ? item.tries : Infinity);

export const newId = (): string =>
  // randomUUID needs a secure context, which a plain http host on a local network is not.
  crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const isAttempt = (verdict: Verdict): boolean => ["right", "partly", "wrong", "done"].includes(verdict);
