// The entries of the static book's store: their names, and what may stand in them.
import { readFile } from "./file";
import type { Content } from "./merge";
import type { ItemState } from "./state";

export interface Unreadable {
  key: string;
  text: string;
}

export const PROBE = "?";
export const ERASED = "erased";
export const SHARED = "shared";
export const ASIDE = /^unreadable:(.*):\d+$/s;
/** As long as a text in a file may be. */
const PIECE = /[^]{1,100000}/g;

/** Keys come from banks and from files, where they may be anything; entries that are no items' have other names. */
const PLAIN = /^[a-z0-9-]+\/[a-z0-9-]+$/;

export const nameOf = (key: string): string => (PLAIN.test(key) ? key : `*/${encodeURIComponent(key)}`);

export function keyOf(name: string): string | undefined {
  if (PLAIN.test(name)) return name;
  try {
    const key = name.startsWith("*/") ? decodeURIComponent(name.slice(2)) : undefined;
    return key !== undefined && nameOf(key) === name ? key : undefined;
  } catch {
    return undefined;
  }
}

export const isForeign = (name: string): boolean =>
  keyOf(name) === undefined && ![ERASED, SHARED, PROBE].includes(name) && !ASIDE.test(name);

export const own = <Value,>(from: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(from, key) ? from[key] : undefined;

/** An entry, checked as a file is; null where it is none. With a key it is that item's, else it is said of no item. */
export function readEntry(text: string, key?: string): Content | null {
  try {
    const value: unknown = JSON.parse(text);
    if (key !== undefined && (value as ItemState).key !== key) return null;
    const said = key === undefined ? { ...(value as object), items: [] } : { items: [value], erased: [] };
    const file = { ...said, format: "iiv-workbook", version: 1, book: "-", id: "-", saved: "", kind: "" };
    return readFile(JSON.stringify(file), "-", { own: true });
  } catch {
    return null;
  }
}

export const pieces = (key: string, text: string | null): Unreadable[] => (text?.match(PIECE) ?? [""]).map((piece) => ({ key, text: piece }));

/** As a file has them, which says anything. */
export const entries = (given: unknown): Unreadable[] =>
  Array.isArray(given) ? given.filter((entry) => typeof entry?.key === "string" && typeof entry.text === "string") : [];
