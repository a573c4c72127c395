// What comes back when: items missed or guessed, after 1, 3, 7 and 21 days; pure functions of values and of `now`.
//
// The order of tries is the order of their names. Clocks, which may be wrong, only say how long ago a try was.
import type { Attempt, ItemState } from "./state";

/** How many days an item waits in each box. Right on the first try moves it on, and out of the last; wrong moves it back. */
export const DAYS = [1, 3, 7, 21] as const;
const DAY = 86_400_000;

export type Reason = "missed" | "guessed" | "missed-again" | "right";

export interface Place {
  key: string;
  /** A place in `DAYS`. */
  box: number;
  reason: Reason;
  /** When that was, in milliseconds; null where nobody knows. */
  at: number | null;
  /** From when on it is due; where nobody knows when it was answered, it is due. */
  due: number;
}

export interface Schedule {
  /** The longest overdue first. */
  due: Place[];
  /** The soonest first. */
  later: Place[];
}

interface Graded {
  key: string;
  rev: string;
}

export function schedule(items: readonly Graded[], state: Readonly<Record<string, ItemState>>, now: number): Schedule {
  const places = items
    .flatMap(({ key, rev }) => place(state[key], rev, now) ?? [])
    .sort((a, b) => a.due - b.due || (a.key < b.key ? -1 : 1));
  return { due: places.filter(({ due }) => due <= now), later: places.filter(({ due }) => due > now) };
}

/** Where an item stands in review; undefined where it need not come back. */
export function place(state: ItemState | undefined, rev: string, now: number): Place | undefined {
  let found: { box: number; reason: Reason; at: string } | undefined;
  for (const first of state ? firstTries(state, rev) : []) {
    const { at } = first;
    const right = first.score === "1";
    if (first.review) {
      if (!right) found = { box: Math.max(0, (found?.box ?? 0) - 1), reason: "missed-again", at };
      else if (found) found = found.box + 1 < DAYS.length ? { box: found.box + 1, reason: "right", at } : undefined;
    } else if (!right) {
      found = { box: 0, reason: "missed", at };
    } else if (first.confidence === "guess") {
      found ??= { box: 0, reason: "guessed", at };
    }
  }
  if (!state || !found) return undefined;
  const told = Date.parse(found.at);
  const at = Number.isNaN(told) ? null : Math.min(told, now);
  return { key: state.key, box: found.box, reason: found.reason, at, due: at === null ? -Infinity : at + days(found.box) * DAY };
}

export const days = (box: number): number => DAYS[box] ?? 0;

/** The first try of each time that an item was taken up: once a round in the lesson, once a sitting in review. */
export function firstTries(state: ItemState, rev: string): Attempt[] {
  const firsts = new Map<string | number, Attempt>();
  for (const attempt of state.attempts) {
    const time = attempt.review ?? attempt.round;
    const counts = attempt.rev === rev && (attempt.score !== null || attempt.revealed);
    if (counts && !firsts.has(time)) firsts.set(time, attempt);
  }
  return [...firsts.values()];
}

/** The sittings in which an item came back, in order. */
export const sittings = (state: ItemState, rev: string): string[] =>
  firstTries(state, rev).flatMap(({ review }) => review ?? []);

/** The item as one sitting sees it: what was tried there and nothing else, so that a new sitting starts fresh. */
export function ofSitting(state: ItemState, sitting: string | null): ItemState {
  const tried = state.attempts.filter(({ review }) => review && review === sitting);
  return { ...state, attempts: tried.map(({ review: _, ...attempt }) => ({ ...attempt, round: state.round })) };
}
