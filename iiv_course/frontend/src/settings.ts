// The settings of a lab: what they may be, read from a text, and what of them moved, in words.
export type Settings = Readonly<Record<string, number | string>>;
/** What a setting may be: a number of a slider, one of some words, or a text that is checked. */
export type Allowed = Slide | readonly string[] | RegExp;
export type Rules<S extends Settings> = { readonly [Name in keyof S]: Allowed };

export interface Slide {
  label: string;
  min: number;
  max: number;
  step: number;
  /** The value in words. */
  words(value: number): string;
}

export const percent = (value: number): string => `${Math.round(100 * value)}%`;
/** At most two decimals. */
export const short = (value: number): string => String(Number(value.toFixed(2)));

/** The word of the first limit above a value. */
export const inWords = (value: number, words: readonly [limit: number, word: string][]): string =>
  words.find(([limit]) => value < limit)?.[1] ?? "";

/** The settings that a text holds; what is missing or out of bounds is as it was at the start. */
export function readSettings<S extends Settings>(text: string, start: S, rules: Rules<S>): S {
  let found: Record<string, unknown> = {};
  try {
    found = Object(JSON.parse(text));
  } catch {
    // Nothing written yet, or not by a lab.
  }
  const fits = (value: unknown, rule: Allowed): boolean => {
    if (rule instanceof RegExp) return typeof value === "string" && rule.test(value);
    if ("min" in rule) return typeof value === "number" && value >= rule.min && value <= rule.max;
    return rule.includes(value as string);
  };
  const read = Object.entries(start).map(([name, value]) => {
    const mine = Object.prototype.hasOwnProperty.call(found, name) && fits(found[name], rules[name] as Allowed);
    return [name, mine ? found[name] : value];
  });
  return Object.fromEntries(read) as S;
}

export type Examples<S extends Settings> = Readonly<Record<string, Partial<S>>>;

/** The example that these settings are, if they are one. */
export const exampleOf = <S extends Settings>(settings: S, examples: Examples<S>): string | undefined =>
  Object.keys(examples).find((name) => Object.entries(examples[name] ?? {}).every(([key, value]) => settings[key] === value));

/** What moved, in words: the example that was chosen, or the one slider that was moved. */
export function moved<S extends Settings>(now: S, before: S, examples: Examples<S>, rules: Partial<Rules<S>>): string {
  const changed = Object.keys(now).filter((name) => now[name] !== before[name]);
  const example = exampleOf(now, examples);
  if (!changed.length) return "";
  if (example) return `Example “${example}”. `;
  const [name = ""] = changed;
  const rule = rules[name];
  return changed.length === 1 && rule && "min" in rule ? `${rule.label}: now ${rule.words(now[name] as number)}. ` : "";
}
