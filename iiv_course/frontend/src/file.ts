// The workbook file: how it is read, written and cut down to answers; the twin of `iiv_course/workbook/content.py`.
import type { ItemContent, WorkbookFile } from "./content-types";
import { Marks, number, randomName } from "./ids";
import { type Content, canonical, merge, nothing } from "./merge";

const FORMAT = "iiv-workbook";
const VERSION = 1;
const SIZE_LIMIT = 20_000_000;
const DEPTH_LIMIT = 40;
export const TEXT_LIMIT = 100_000;
/** Most texts of one item that were written apart. */
const VERSIONS_LIMIT = 50;
/**
 * Where made-up numbers of names begin, and by how much each writer beyond may exceed that. A number that leaves no room
 * to count on is refused; who goes on from one that was let through is a writer beyond, too, and can read the own file.
 */
const [CLOCK_LIMIT, CLOCK_STEP] = [1e12, 1e6];
/** Most marks of replaced texts, counted once for every text that will bear them; merging costs as much. */
const SPREAD_LIMIT = 2_000_000;
const GRADED = ["choice", "multiple", "numeric", "order", "match", "scale", "explore", "conversation"];

export type FileKind = "everything" | "answers";

/** Why a file is no workbook of this course: the place in it, empty for the whole, and what is wrong there. */
export class FileError extends Error {
  constructor(readonly place: string, problem: string) {
    super(place ? `${place}: ${problem}` : `this file ${problem}`);
  }
}

export interface FileFacts extends Pick<WorkbookFile, "version" | "kind" | "saved"> {
  /** Of a later version than this; it may hold things that are carried along unseen. */
  newer: boolean;
}

/**
 * What a file holds, checked from end to end; throws a FileError with the place of the first problem. `own` comes from
 * this browser, not from outside: a part of a workbook, whose numbers are what they are.
 */
export function readFile(text: string | Uint8Array, book: string, { own = false } = {}): Content {
  const file = checked(text, book);
  if (!own) refuseMadeUpNumbers(file.items);
  const items = Object.fromEntries(file.items.map((item) => [item.key, item]));
  return merge({ ...only(file, (name) => !Object.hasOwn(FILE_FIELDS, name)), items, erased: file.erased }, nothing);
}

/** What a file says of itself; refuses what `readFile` refuses. */
export function fileFacts(text: string | Uint8Array, book: string): FileFacts {
  const { version, kind, saved, items } = checked(text, book);
  refuseMadeUpNumbers(items);
  return { version, kind, saved, newer: version > VERSION };
}

export function writeFile(content: Content, { book, kind }: { book: string; kind: FileKind }): string {
  const about = { format: FORMAT, version: VERSION, book, id: randomName(), saved: new Date().toISOString(), kind };
  return `${canonical({ ...content, ...about, items: Object.values(content.items) })}\n`;
}

/** Throws a FileError where two workbooks together are more than a file can hold. */
export function refuseTooMuch(content: Content, book: string): void {
  try {
    readFile(writeFile(content, { book, kind: "everything" }), book);
  } catch (error) {
    throw new FileError("", `holds more than goes into one workbook with what is here (${(error as Error).message})`);
  }
}

/** What an instructor may see, by the type of each item: no text, table or reflection, and nothing unknown. */
export function answersOnly({ items, erased }: Content, types: ReadonlyMap<string, string>): Content {
  const graded = Object.entries(items).flatMap(([key, { round, attempts }]): [string, ItemContent][] => {
    const type = types.get(key) ?? "";
    if (![...GRADED, "text"].includes(type) || !attempts.length) return [];
    const bare = attempts.map((attempt) => ({
      ...only(attempt, (name) => Object.hasOwn(ATTEMPT_FIELDS, name)),
      // An item may have been one for texts before its author made a choice of it.
      response: type !== "text" && isChosen(attempt.response) ? attempt.response : null,
    }));
    return [[key, { key, round, attempts: bare, draft: [], rows: [] }]];
  });
  return { items: Object.fromEntries(graded), erased };
}

const only = <Thing extends object>(thing: Thing, isWanted: (name: string) => boolean): Thing =>
  Object.fromEntries(Object.entries(thing).filter(([name]) => isWanted(name))) as Thing;

/** Whether it can be but ids and a number: no text of one's own. */
function isChosen(response: unknown): boolean {
  if (typeof response === "string") return /^([a-z0-9-]{1,60}| *[+-]?[0-9]{1,40}([.,][0-9]{1,40})? *)$/.test(response);
  const isWord = (part: unknown) => typeof part === "string" && isChosen(part);
  if (isObject(response) && isWord(response["prediction"]) && isObject(response["position"])) {
    const places = Object.entries(response["position"]);
    const isPlace = ([name, place]: [string, unknown]) => /^[A-Za-z]{1,40}$/.test(name) && typeof place === "string" && PLACE.test(place);
    return Object.keys(response).length === 2 && places.every(isPlace);
  }
  return Array.isArray(response) ? response.every(isWord) : isObject(response) && Object.entries(response).flat().every(isWord);
}

function checked(given: string | Uint8Array, book: string): WorkbookFile {
  const file = parsed(given);
  refuseUnreadable(file, "");
  if (!isObject(file) || file["format"] !== FORMAT) throw new FileError("format", `expected "${FORMAT}"; this is no workbook`);
  try {
    FILE(file, "");
  } catch (error) {
    const newer = ORDINAL.test(file["version"]) && (file["version"] as number) > VERSION;
    if (error instanceof FileError && newer) error.message += "; the file was written by a newer version of the course";
    throw error;
  }
  const read = file as unknown as WorkbookFile;
  const seen = new Set<string>();
  let spread = 0;
  read.items.forEach(({ key, draft, replaced = [] }, at) => {
    spread += draft.length * (replaced.length + draft.reduce((sum, { parents }) => sum + parents.length, 0));
    if (spread > SPREAD_LIMIT) throw new FileError(`items[${at}].draft`, "found more marks of replaced texts than a workbook may have");
    if (seen.has(key)) throw new FileError(`items[${at}].key`, `${shown(key)} was there before; an item is expected once`);
    seen.add(key);
  });
  if (read.book !== book) throw new FileError("book", `found ${shown(read.book)}, another book; this one is ${shown(book)}`);
  return read;
}

function refuseMadeUpNumbers(items: readonly ItemContent[]): void {
  const names = items.flatMap(({ attempts, draft, rows, replaced = [] }) => [
    ...attempts.map(({ id }) => id),
    ...rows.map(({ id }) => id),
    ...draft.flatMap(({ version, parents }) => [version, ...parents]),
    ...replaced,
  ]);
  const beyond = new Marks(names).names().map(number).filter((count) => count > CLOCK_LIMIT);
  const highest = beyond.reduce((a, b) => Math.max(a, b), 0);
  if (highest > CLOCK_LIMIT + CLOCK_STEP * beyond.length) {
    throw new FileError("items", `found a name with the number ${highest}, which nobody counts to`);
  }
}

function parsed(given: string | Uint8Array): unknown {
  const bytes = typeof given === "string" ? new TextEncoder().encode(given) : given;
  if (bytes.length > SIZE_LIMIT) throw new FileError("", "has more than the 20 MB that a workbook may have");
  try {
    const text = typeof given === "string" ? given : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(given);
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    if (!isDeep(value, DEPTH_LIMIT)) return value;
  } catch {
    throw new FileError("", "is no workbook, or is cut off: it is not JSON in UTF-8 from end to end");
  }
  throw new FileError("", `is nested deeper than ${DEPTH_LIMIT} levels`);
}

const isDeep = (value: unknown, left: number): boolean =>
  typeof value === "object" && value !== null && (left === 0 || Object.values(value).some((part) => isDeep(part, left - 1)));

function refuseUnreadable(value: unknown, place: string): void {
  if (value === Infinity || value === -Infinity) throw new FileError(place, "found a number beyond all that JavaScript holds");
  if (typeof value === "string" && value.length > TEXT_LIMIT) {
    throw new FileError(place, `found ${value.length} characters, expected at most ${TEXT_LIMIT}`);
  }
  if (Array.isArray(value)) value.forEach((part, at) => refuseUnreadable(part, `${place}[${at}]`));
  // In order, so that both languages meet the same problem first.
  else if (isObject(value)) for (const name of Object.keys(value).sort()) refuseUnreadable(value[name], inside(place, name));
}

/** Throws a FileError where a value is not what is expected in that place. */
type Check = (value: unknown, place: string) => void;

/** Where a slider stands. */
const PLACE = /^(0|[1-9][0-9]{0,5})(\.[0-9]{0,3}[1-9])?$/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const inside = (place: string, name: string): string => {
  const shown = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(name) ? name : "…";
  return place ? `${place}.${shown}` : shown;
};

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const written = JSON.stringify(value);
  return written.length > 60 ? `${written.slice(0, 57)}…` : written;
}

const expect = (expected: string, test: (value: unknown) => boolean): Check & { test: typeof test } =>
  Object.assign(
    (value: unknown, place: string) => {
      if (!test(value)) throw new FileError(place, `found ${shown(value)}, expected ${expected}`);
    },
    { test },
  );

const list = (part: Check, most = Infinity): Check => {
  const expected = most === Infinity ? "a list" : `a list of at most ${most} entries`;
  const fits = expect(expected, (value) => Array.isArray(value) && value.length <= most);
  return (value, place) => {
    fits(value, place);
    (value as unknown[]).forEach((each, at) => part(each, `${place}[${at}]`));
  };
};

/** Fields in the order of the Python types, so that the first problem is the same; what is unknown is carried along. */
const object = (fields: Record<string, Check>, optional: string[] = []): Check => {
  const named = expect("an object with named fields", isObject);
  return (value, place) => {
    named(value, place);
    const given = value as Record<string, unknown>;
    for (const [name, check] of Object.entries(fields)) {
      if (Object.hasOwn(given, name)) check(given[name], inside(place, name));
      else if (!optional.includes(name)) throw new FileError(inside(place, name), "is missing");
    }
  };
};

const isText = (value: unknown, most = TEXT_LIMIT): boolean => typeof value === "string" && value.length <= most;

const ANY: Check = () => undefined;
const BOOLEAN = expect("true or false", (value) => typeof value === "boolean");
const wholeFrom = (least: number) =>
  expect(`a whole number from ${least} on`, (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= 2 ** 53);
const ORDINAL = wholeFrom(1);
const LABEL = expect("a text of at most 80 characters", (value) => isText(value, 80));
const NAME = expect(
  "a name of 1 to 80 characters",
  // Names go into storage and databases; texts may hold anything.
  (value) => isText(value, 80) && /^[^\x00-\x1f\x7f\p{Surrogate}]+$/u.test(value as string),
);
const LONG_TEXT = expect(`a text of at most ${TEXT_LIMIT} characters`, (value) => isText(value));
const SCORE = expect('a fraction from 0 to 1, such as "2/3", or null', (value) => {
  const [found, above, below] = (typeof value === "string" && /^(?:[01]|([1-9]\d{0,8})\/([1-9]\d{0,8}))$/.exec(value)) || [];
  return value === null || (found !== undefined && (above === undefined || Number(above) < Number(below)));
});
const CONFIDENCE = expect('"guess", "fairly-sure", "certain" or null', (value) =>
  ["guess", "fairly-sure", "certain", null].includes(value as string | null),
);
const FIELDS = expect(
  "at most 200 texts by name",
  (value) => isObject(value) && Object.keys(value).length <= 200 && Object.values(value).every((field) => isText(field)),
);
const MARKS = list(NAME);

const ATTEMPT_FIELDS = {
  id: NAME, rev: LABEL, round: ORDINAL, at: LABEL, response: ANY, score: SCORE, hints: wholeFrom(0), revealed: BOOLEAN,
  confidence: CONFIDENCE, review: NAME,
};
const ATTEMPT = object(ATTEMPT_FIELDS, ["review"]);
const DRAFT = object({ version: NAME, parents: MARKS, text: LONG_TEXT, at: LABEL });
const ROW = object({ id: NAME, version: ORDINAL, deleted: BOOLEAN, fields: FIELDS });
const ITEM = object(
  {
    key: NAME, round: ORDINAL, attempts: list(ATTEMPT), draft: list(DRAFT, VERSIONS_LIMIT), rows: list(ROW), replaced: MARKS,
  },
  ["replaced"],
);
const FILE_FIELDS = {
  format: ANY, version: ORDINAL, book: NAME, id: NAME, saved: LABEL, kind: LABEL, items: list(ITEM), erased: MARKS,
};
const FILE = object(FILE_FIELDS);
