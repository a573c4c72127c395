// What bringing in a file will change, counted beforehand and said in words; pure functions of two workbooks.
import { Marks } from "./ids";
import { type Content, canonical, merge } from "./merge";
import type { ItemState } from "./state";

export interface Preview {
  /** What is not here yet. */
  answers: number;
  texts: number;
  /** Texts here that the file has a later version of. */
  replaced: number;
  /** Texts that were written apart; both versions will stand here. */
  apart: number;
  /** Lines of tables, new or changed. */
  rows: number;
  /** Exercises that were started over where the file was made. */
  restarted: number;
  /** Answers, texts and lines here that were erased there. */
  erased: number;
  /** Those in the file that were erased here, and stay so. */
  refused: number;
}

export function preview(now: Content, brought: Content): Preview {
  const counts = { answers: 0, texts: 0, replaced: 0, apart: 0, rows: 0, restarted: 0, erased: 0, refused: 0 };
  const then = new Map(Object.entries(merge(now, brought).items));
  const theirs = new Map(Object.entries(brought.items));
  const here = new Map(Object.entries(now.items));
  const [erasedThere, erasedHere] = [new Marks(brought.erased), new Marks(now.erased)];
  for (const key of new Set([...here.keys(), ...theirs.keys()])) {
    const before = here.get(key);
    const after = then.get(key);
    counts.erased += names(before).filter((name) => erasedThere.covers(name)).length;
    counts.refused += names(theirs.get(key)).filter((name) => erasedHere.covers(name)).length;
    if (!after) continue;
    counts.answers += fresh(before?.attempts, after.attempts, ({ id }) => id);
    counts.rows += fresh(before?.rows, after.rows, canonical);
    if (before && after.round > before.round) counts.restarted += 1;
    const texts = texted(after);
    if (!fresh(before && texted(before), texts, ({ version, text }) => `${version} ${text}`)) continue;
    if (texts.length > 1) counts.apart += 1;
    else if (before && texted(before).length) counts.replaced += 1;
    else counts.texts += 1;
  }
  return counts;
}

/** One line for each that will change; none where all is here already. */
export function inWords(counts: Preview): string[] {
  const say = (count: number, one: string, more: string) => (count ? [count === 1 ? one : `${count} ${more}`] : []);
  return [
    ...say(counts.answers, "1 answer is new.", "answers are new."),
    ...say(counts.texts, "1 text is new.", "texts are new."),
    ...say(counts.replaced, "1 text here is replaced by a later version of it.", "texts here are replaced by later versions of them."),
    ...say(counts.apart, "1 text was written apart: both versions are kept, and you choose.", "texts were written apart: both versions are kept, and you choose."),
    ...say(counts.rows, "1 line of a table is new or changed.", "lines of tables are new or changed."),
    ...say(counts.restarted, "1 exercise is started over, as it was there.", "exercises are started over, as they were there."),
    ...say(counts.erased, "1 thing here goes, because you erased it there.", "things here go, because you erased them there."),
    ...say(counts.refused, "1 thing in it stays out, because you erased it here.", "things in it stay out, because you erased them here."),
  ];
}

/** Empty texts say that one started over. */
const texted = ({ draft }: ItemState) => draft.filter(({ text }) => text.trim());

const names = (state: ItemState | undefined): string[] =>
  state
    ? [...state.attempts.map(({ id }) => id), ...texted(state).map(({ version }) => version), ...state.rows.map(({ id }) => id)]
    : [];

function fresh<Thing>(before: readonly Thing[] = [], after: readonly Thing[], name: (thing: Thing) => string): number {
  const known = new Set(before.map(name));
  return after.filter((thing) => !known.has(name(thing))).length;
}
