// Names of what a learner does, `writer:number`: who made it, and a clock that never runs back (Lamport's).
//
// A writer is one page, notebook view or other place that makes things one after another, so that a mark `w:7` can stand
// for everything up to the seventh of w; lists of marks say what a text replaced, and what was erased.
import type { ItemState } from "./state";

const NAME = /^([a-z0-9]{6,40}):([1-9][0-9]{0,14})$/;

const random = (bytes: number): string =>
  // randomUUID needs a secure context, which a plain http host on a local network is not.
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const writer = random(6);
let clock = 0;

/** Twelve random signs, for what needs to be told apart and nothing more. */
export const randomName = (): string => random(6);

/** The name of something new: later than everything that is known of the item. */
export function newId(after: ItemState): string {
  const seen = [
    ...after.attempts.map(({ id }) => id),
    ...after.draft.flatMap(({ version, parents }) => [version, ...parents]),
    ...after.rows.map(({ id }) => id),
  ];
  clock = seen.reduce((highest, id) => Math.max(highest, number(id)), clock) + 1;
  return `${writer}:${clock}`;
}

/** The place of a name in its clock; 0 for a name of another make. */
export const number = (name: string): number => Number(NAME.exec(name)?.[2] ?? 0);

/** A list of marks as a look-up: by writer the highest number; names of another make stand for themselves. */
export class Marks {
  private readonly highest = new Map<string, number>();
  private readonly others = new Set<string>();

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const [, by, count] = NAME.exec(name) ?? [];
      if (by === undefined) this.others.add(name);
      else this.highest.set(by, Math.max(this.highest.get(by) ?? 0, Number(count)));
    }
  }

  covers(name: string): boolean {
    const [, by, count] = NAME.exec(name) ?? [];
    return by === undefined ? this.others.has(name) : Number(count) <= (this.highest.get(by) ?? 0);
  }

  /**
   * The fewest names that say the same, in order; `below` a number, where marks of later things have no place, and only
   * what is marked `beyond` others.
   */
  names(below = Infinity, beyond?: Marks): string[] {
    const kept = below > 0 ? [...this.others] : [];
    for (const [by, count] of this.highest) {
      const capped = Math.min(count, below - 1);
      if (capped > 0) kept.push(`${by}:${capped}`);
    }
    // As JavaScript sorts: by UTF-16 code units, in both languages.
    return kept.filter((name) => !beyond?.covers(name)).sort();
  }
}
