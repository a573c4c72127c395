// What a learner did with an item, and what follows from it; pure functions of values.
import type { Attempt, Draft, ItemContent } from "./content-types";
import type { ItemSpec, Verdict } from "./grading";

export type { Attempt, Draft, Row } from "./content-types";
export type Confidence = NonNullable<Attempt["confidence"]>;
export type ItemState = ItemContent;

export const fresh = (key: string): ItemState => ({ key, round: 1, attempts: [], draft: [], rows: [] });

/** What counts in the lesson now: the attempts of this round at this version of the item. */
export function current(state: ItemState, rev: string): Attempt[] {
  return state.attempts.filter((attempt) => attempt.rev === rev && attempt.round === state.round && !attempt.review);
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

export const isAttempt = (verdict: Verdict): boolean => ["right", "partly", "wrong", "done"].includes(verdict);

/** The texts that differ; an empty one says that somebody started over, and two that are the same need no choice. */
export function versionsOf(draft: readonly Draft[]): Draft[] {
  return [...new Map(draft.filter(({ text }) => text.trim()).map((each) => [each.text, each])).values()];
}
