// Two workbooks into one: in any order, any number of times, with one result; the twin of `workbook/merge.py`.
//
// Attempts and rows are joined by name, of rows the higher version counts. Of texts those stay that no other replaced.
// What either side erased is gone. Clocks of the day decide nothing. What this version does not know is carried along.
// Where two things bear one name and differ, each field has the greater value, by its JSON; null is the least.
import { Marks, newId, number } from "./ids";
import type { Attempt, Draft, ItemState, Row } from "./state";

/** Everything that a learner did, and the marks of what was erased. */
export interface Content {
  items: Readonly<Record<string, ItemState>>;
  erased: readonly string[];
}

const CONTENT = ["items", "erased"];
const ITEM = ["key", "round", "attempts", "draft", "rows", "replaced"];

export const nothing: Content = { items: {}, erased: [] };

export function merge(a: Content, b: Content): Content {
  const erased = new Marks([...a.erased, ...b.erased]);
  const keys = [...new Set([...Object.keys(a.items), ...Object.keys(b.items)])].sort();
  const entries = keys.flatMap((key): [string, ItemState][] => {
    const item = mergeItems([own(a.items, key), own(b.items, key)], erased);
    return item ? [[key, item]] : [];
  });
  // Keys are whatever a file says: never assigned one by one, for one of them may be `__proto__`.
  return { ...join(rest(a, CONTENT), rest(b, CONTENT)), items: Object.fromEntries(entries), erased: erased.names() };
}

/** The states of one item into one; undefined where nothing is left. */
export function mergeItems(given: (ItemState | undefined)[], erased: Marks = new Marks([])): ItemState | undefined {
  const states = given.filter((state) => state !== undefined);
  const [first] = states;
  if (!first) return undefined;
  const [draft, replaced] = heads(states, erased);
  const item: ItemState = {
    ...states.map((state) => rest(state, ITEM)).reduce(join),
    key: first.key,
    round: Math.max(...states.map(({ round }) => round)),
    attempts: union(states.flatMap(({ attempts }) => attempts), join).filter(({ id }) => !erased.covers(id)),
    draft,
    rows: union(states.flatMap(({ rows }) => rows), later).filter(({ id }) => !erased.covers(id)),
    ...(replaced.length ? { replaced } : {}),
  };
  const things = item.attempts.length + item.draft.length + item.rows.length + replaced.length;
  return things || item.round > 1 || Object.keys(rest(item, ITEM)).length ? item : undefined;
}

/** Forget everything, so that no older copy brings it back: names alone remain. */
export function erase({ items, erased }: Content): Content {
  const done = Object.values(items).flatMap(({ attempts, draft, rows, replaced = [] }) => [
    ...attempts.map(({ id }) => id),
    ...draft.flatMap(({ version, parents }) => [version, ...parents]),
    ...rows.map(({ id }) => id),
    ...replaced,
  ]);
  return { items: {}, erased: new Marks([...erased, ...done]).names() };
}

/** What a new text replaces: all that stand there now, and what those replaced. */
export function replaced(draft: readonly Draft[]): string[] {
  return new Marks(draft.flatMap(({ version, parents }) => [version, ...parents])).names();
}

/** A new text of an item, in place of `over`. */
export function version(state: ItemState, text: string, over: readonly Draft[] = state.draft): Draft {
  return { version: newId(state), parents: replaced(over), text, at: new Date().toISOString() };
}

/** One each, by name, in the order in which they were made; `both` makes one of two. */
function union<Thing extends Attempt | Row>(things: Thing[], both: (a: Thing, b: Thing) => Thing): Thing[] {
  const kept = new Map<string, Thing>();
  for (const thing of things) {
    const known = kept.get(thing.id);
    kept.set(thing.id, known ? both(known, thing) : thing);
  }
  return [...kept.values()].sort((a, b) => inOrder(a.id, b.id));
}

const later = (a: Row, b: Row): Row => (a.version === b.version ? join(a, b) : a.version > b.version ? a : b);

/**
 * The texts that no other replaced; each says of all that was replaced what came before it. The marks of an erased text
 * outlive it, for it may have replaced one that is yet to come: those that nothing else says are given beside.
 */
function heads(states: ItemState[], gone: Marks): [Draft[], string[]] {
  const drafts = states.flatMap(({ draft }) => draft);
  const replaced = new Marks([
    ...states.flatMap(({ replaced = [] }) => replaced),
    // A text replaces earlier ones only, whatever a file says; so no two replace each other.
    ...drafts.flatMap(({ version, parents }) => new Marks(parents).names(number(version))),
  ]);
  const kept = new Map<string, Draft>();
  let last = 0;
  for (const draft of drafts) {
    const { version } = draft;
    if (replaced.covers(version) || gone.covers(version)) continue;
    const head = { ...draft, parents: replaced.names(number(version), gone) };
    // Two texts under one name both stay.
    kept.set(canonical(head), head);
    last = Math.max(last, number(version));
  }
  const order = [...kept].sort(([a, x], [b, y]) => inOrder(x.version, y.version) || (a < b ? -1 : 1));
  return [order.map(([, head]) => head), replaced.names(Infinity, gone).filter((name) => number(name) >= last)];
}

const inOrder = (a: string, b: string): number => number(a) - number(b) || (a < b ? -1 : a > b ? 1 : 0);

const own = <Value,>(from: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(from, key) ? from[key] : undefined;

/** What this version does not know. */
const rest = (thing: object, known: readonly string[]): object =>
  Object.fromEntries(Object.entries(thing).filter(([name]) => !known.includes(name)));

/** The fields of both; where they differ, the greater, by its JSON; null is the least. */
function join<Thing extends object>(a: Thing, b: Thing): Thing {
  const fields = new Map<string, unknown>(Object.entries(a));
  for (const [name, value] of Object.entries(b)) {
    const known = fields.get(name) ?? null;
    if (!fields.has(name) || (value !== null && (known === null || canonical(value) > canonical(known)))) fields.set(name, value);
  }
  return Object.fromEntries(fields) as Thing;
}

/** JSON that is the same for the same value, in both languages: keys in order, no spaces. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join()}}`;
  }
  return JSON.stringify(value);
}
