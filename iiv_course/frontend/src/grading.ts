// Grades a response to an item; exact, pure, and the same to the letter as iiv_course/grading.py.
import folding from "../../folding.json";
import type { QuizSpec } from "./spec";

export type ItemSpec = QuizSpec["items"][number];
export type Explore = Extract<ItemSpec, { type: "explore" }>;
export type Verdict = "right" | "partly" | "wrong" | "near" | "missing" | "unreadable" | "done";

export interface Result {
  verdict: Verdict;
  /** An exact fraction, "2/3" or "1"; null where there is no score. */
  score: string | null;
  notes: string[];
}

const TEXT_LIMIT = 20_000;
const DIGITS_LIMIT = 40;

const missing: Result = { verdict: "missing", score: null, notes: [] };
const unreadable: Result = { verdict: "unreadable", score: null, notes: [] };

/** The model grades explore items: `explored`, which comes with the labs. */
export function grade(item: ItemSpec, response: unknown, explored?: (item: Explore, response: unknown) => Result): Result {
  switch (item.type) {
    case "choice": {
      if (response == null || response === "") return missing;
      if (!item.options.some((option) => option.id === response)) return unreadable;
      return whole(response === item.answer, `option/${response}`);
    }
    case "multiple": {
      if (response == null || (Array.isArray(response) && response.length === 0)) return missing;
      const chosen = distinct(response);
      if (!chosen || !chosen.every((id) => item.options.some((option) => option.id === id))) return unreadable;
      const right = item.answer.filter((id) => chosen.includes(id)).length;
      const wrong = chosen.length - right;
      const missed = item.answer.length - right;
      const way = wrong && missed ? "both" : wrong ? "wrong" : missed ? "missed" : "right";
      const notes = item.options.filter((option) => chosen.includes(option.id)).map((option) => `option/${option.id}`);
      return scored(right - wrong, item.answer.length, () => [way, ...notes]);
    }
    case "numeric": {
      if (blank(response)) return missing;
      const value = typeof response === "string" ? number(response) : null;
      if (!value) return unreadable;
      if (within(value, item.answer, item.tolerance)) return whole(true, "right");
      const mistake = (item.mistakes ?? []).findIndex((each) => within(value, each.value, each.tolerance));
      return whole(false, mistake >= 0 ? `mistake/${mistake}` : "wrong");
    }
    case "text": {
      if (blank(response)) return missing;
      if (typeof response !== "string" || tooLong(response)) return unreadable;
      const said = fold(response);
      const accepted = item.accepted.map(fold);
      if (accepted.includes(said)) return whole(true, "right");
      const mistake = (item.mistakes ?? []).findIndex((each) => each.accepted.map(fold).includes(said));
      if (mistake >= 0) return whole(false, `mistake/${mistake}`);
      if (accepted.some((answer) => nearby(said, answer, item.near))) return { verdict: "near", score: null, notes: [] };
      return whole(false, "wrong");
    }
    case "order": {
      if (response == null || (Array.isArray(response) && response.length === 0)) return missing;
      const given = distinct(response);
      if (!given || given.length !== item.answer.length || !item.answer.every((id) => given.includes(id))) return unreadable;
      let pairs = 0;
      let concordant = 0;
      item.answer.forEach((a, i) =>
        item.answer.slice(i + 1).forEach((b) => {
          pairs += 1;
          if (given.indexOf(a) < given.indexOf(b)) concordant += 1;
        }),
      );
      return scored(2 * concordant - pairs, pairs, (verdict) => [verdict]);
    }
    case "match": {
      if (response == null) return missing;
      if (typeof response !== "object" || Array.isArray(response)) return unreadable;
      const given = Object.entries(response).filter(([, category]) => category !== null && category !== "");
      const known = given.every(
        ([entry, category]) =>
          item.entries.some((each) => each.id === entry) && item.categories.some((each) => each.id === category),
      );
      if (!known) return unreadable;
      if (given.length < item.entries.length) return missing;
      const right = item.entries.filter(({ id }) => given.some(([entry, category]) => entry === id && category === item.answer[id]));
      return scored(right.length, item.entries.length, (verdict) => [verdict, ...right.map(({ id }) => `entry/${id}`)]);
    }
    case "scale": {
      if (response == null || response === "") return missing;
      if (!item.levels.some((level) => level.id === response)) return unreadable;
      return { verdict: "done", score: null, notes: [`level/${response}`] };
    }
    case "table":
    case "conversation":
      return Array.isArray(response) && response.length ? { verdict: "done", score: null, notes: [] } : missing;
    case "draft":
    case "reflection": {
      if (blank(response)) return missing;
      if (typeof response !== "string" || tooLong(response)) return unreadable;
      return { verdict: "done", score: null, notes: ["model"] };
    }
    case "explore":
      return explored ? explored(item, response) : unreadable;
  }
}

/** A score as whole percent, halves rounded up. */
export function percent(score: string): number {
  const [top, bottom] = fraction(score);
  return Math.floor((top * 200 + bottom) / (2 * bottom));
}

export function fraction(score: string): [top: number, bottom: number] {
  const [top = "0", bottom = "1"] = score.split("/");
  return [Number(top), Number(bottom)];
}

const spaces = new Set(folding.spaces);
const letters = new Map<number, string>(
  (folding.lower as [number, number, number, number][]).flatMap(([first, last, step, offset]) => {
    const pairs: [number, string][] = [];
    for (let code = first; code <= last; code += step) pairs.push([code, String.fromCodePoint(code + offset)]);
    return pairs;
  }),
);
for (const [letter, plain] of Object.entries(folding.letters)) letters.set(letter.codePointAt(0)!, plain);

const despace = (text: string) => [...text].map((each) => (spaces.has(each.codePointAt(0)!) ? " " : each)).join("");

/** Fold a typed answer: NFC, case and look-alikes by a written table, white space collapsed. */
export function fold(text: string): string {
  return [...despace(text.normalize("NFC"))]
    .map((each) => letters.get(each.codePointAt(0)!) ?? each)
    .join("")
    .split(" ")
    .filter(Boolean)
    .join(" ");
}

type Rational = readonly [top: bigint, bottom: bigint];

/** The number that a learner typed, exactly, or null; a comma is a decimal comma. */
export function number(text: string): Rational | null {
  const trimmed = despace(text).trim();
  return trimmed.length <= DIGITS_LIMIT && /^[+-]?[0-9]+([.,][0-9]+)?$/.test(trimmed) ? rational(trimmed) : null;
}

function rational(text: string): Rational {
  const [whole = "", decimals = ""] = text.replace(/^\+/, "").split(/[.,]/);
  return [BigInt(whole.replace("-", "") + decimals) * (whole.startsWith("-") ? -1n : 1n), 10n ** BigInt(decimals.length)];
}

const size = (value: bigint) => (value < 0n ? -value : value);

function within([top, bottom]: Rational, answer: string, tolerance: string): boolean {
  const [a, b] = rational(answer);
  const gap: Rational = [size(top * b - a * bottom), bottom * b];
  const [t, u] = rational(tolerance.replace("%", ""));
  const allowed: Rational = tolerance.endsWith("%") ? [size(a) * t, b * u * 100n] : [t, u];
  return gap[0] * allowed[1] <= allowed[0] * gap[1];
}

function nearby(left: string, right: string, near: number): boolean {
  const [a, b] = [[...left], [...right]];
  // The lengths alone rule out most answers; only what is left is worth the quadratic comparison.
  return Math.abs(a.length - b.length) <= near && distance(a, b) <= near;
}

/** Levenshtein distance in code points. */
export function distance(left: string[], right: string[]): number {
  let previous = Array.from({ length: right.length + 1 }, (_, j) => j);
  left.forEach((a, i) => {
    const current = [i + 1];
    right.forEach((b, j) => {
      current.push(Math.min(previous[j + 1]! + 1, current[j]! + 1, previous[j]! + (a === b ? 0 : 1)));
    });
    previous = current;
  });
  return previous[right.length]!;
}

function whole(right: boolean, note: string): Result {
  return { verdict: right ? "right" : "wrong", score: right ? "1" : "0", notes: [note] };
}

function scored(top: number, bottom: number, notes: (verdict: "right" | "partly" | "wrong") => string[]): Result {
  const positive = Math.max(0, top);
  const verdict = positive === bottom ? "right" : positive > 0 ? "partly" : "wrong";
  const divisor = common(positive, bottom);
  const score = bottom === divisor ? `${positive / divisor}` : `${positive / divisor}/${bottom / divisor}`;
  return { verdict, score, notes: notes(verdict) };
}

const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));
const blank = (text: unknown) => text == null || (typeof text === "string" && despace(text).replaceAll(" ", "") === "");
const tooLong = (text: string) => text.length > TEXT_LIMIT && [...text].length > TEXT_LIMIT;

function distinct(response: unknown): string[] | null {
  const strings = Array.isArray(response) && response.every((each) => typeof each === "string");
  return strings && new Set(response).size === response.length ? response : null;
}
