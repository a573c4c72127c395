// How far a learner is, counted over the course index; pure functions of values.
import type { IndexItem, IndexLesson } from "./spec";
import { type ItemState, current, standing } from "./state";

export type States = Readonly<Record<string, ItemState>>;

export interface Counts {
  answered: number;
  /** What can be answered: all but open writing. */
  of: number;
  /** What was written, and how many places there are to write. */
  texts: number;
  places: number;
  /** Of those that are graded. */
  graded: number;
  first: number;
  end: number;
}

export function counted(items: readonly IndexItem[], states: States): Counts {
  const counts: Counts = { answered: 0, of: 0, texts: 0, places: 0, graded: 0, first: 0, end: 0 };
  for (const item of items) {
    const done = isDone(item, states);
    if (isOpen(item)) {
      counts.places += 1;
      if (done) counts.texts += 1;
      continue;
    }
    counts.of += 1;
    if (done) counts.answered += 1;
    if (typeof item.tries !== "number") continue;
    counts.graded += 1;
    const state = states[item.key];
    const { firstRight, right } = state ? standing(state, item.rev, item.tries) : { firstRight: false, right: false };
    if (firstRight) counts.first += 1;
    if (right) counts.end += 1;
  }
  return counts;
}

/** Open writing, which is never graded. */
export const isOpen = ({ type }: IndexItem): boolean => ["reflection", "draft", "table"].includes(type);

export function isDone(item: IndexItem, states: States): boolean {
  const state = states[item.key];
  if (!state) return false;
  if (!isOpen(item)) return current(state, item.rev).length > 0;
  return state.draft.some(({ text }) => text.trim()) || state.rows.some(({ deleted }) => !deleted);
}

export interface Next {
  lesson: IndexLesson;
  /** None where a lesson is to be begun. */
  item?: IndexItem;
}

/** Where to go on: after what was touched last, in its lesson, else in the next that is not done. */
export function next(lessons: readonly IndexLesson[], states: States): Next | undefined {
  const touched = lessons.flatMap((lesson) => lesson.items.map((item) => ({ lesson, item, at: lastTouch(states[item.key]) })));
  // Clocks may be wrong; all that hangs on them is what is offered first.
  const last = touched.filter(({ at }) => at > 0).sort((a, b) => b.at - a.at)[0];
  if (!last) return undefined;
  const { items } = last.lesson;
  const open = (from: readonly IndexItem[]) => from.find((item) => !isDone(item, states));
  const after = items.indexOf(last.item) + 1;
  const item = open([...items.slice(after), ...items.slice(0, after)]);
  if (item) return { lesson: last.lesson, item };
  const place = lessons.indexOf(last.lesson) + 1;
  const lesson = [...lessons.slice(place), ...lessons.slice(0, place)].find(({ items: all }) => open(all));
  return lesson && { lesson };
}

/** When an item was last answered or written, in milliseconds; 0 for never, 1 where nobody knows when. */
function lastTouch(state: ItemState | undefined): number {
  const made = [...(state?.attempts ?? []), ...(state?.draft ?? [])].map(({ at }) => Date.parse(at) || 1);
  return made.reduce((last, at) => Math.max(last, at), 0);
}

/** `3 texts`, `1 text`. */
export const many = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? "" : "s"}`;
