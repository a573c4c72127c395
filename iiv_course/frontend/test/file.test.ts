import { describe, expect, it } from "vitest";
import good from "../../../tests/cases/workbooks/good.json";
import refused from "../../../tests/cases/workbooks/refused.json";
import { FileError, answersOnly, fileFacts, readFile, writeFile } from "../src/file";
import { merge, nothing } from "../src/merge";

interface Case {
  name: string;
  place: string;
  text?: string;
  at?: (string | number)[];
  put?: unknown;
  times?: number;
}

/** The text of a refused file: as it stands, or the good one with one thing changed. */
function changed({ text, at = [], times, ...rest }: Case): string {
  const repeat = (value: unknown) => (times === undefined ? value : String(value).repeat(times));
  if (text !== undefined) return repeat(text) as string;
  const file = structuredClone(good) as unknown;
  const [last, ...way] = [...at].reverse() as string[];
  const place = way.reverse().reduce((inside, step) => (inside as Record<string, unknown>)[step], file) as Record<string, unknown>;
  if ("put" in rest) place[last!] = repeat(rest.put);
  else delete place[last!];
  return JSON.stringify(file);
}

const placeOf = (text: string): string | undefined => {
  try {
    readFile(text, good.book);
    return undefined;
  } catch (error) {
    if (error instanceof FileError) return error.place;
    throw error;
  }
};

describe("a workbook file", () => {
  it.each(refused as Case[])("is refused with its place: $name", (each) => {
    expect(placeOf(changed(each))).toBe(each.place);
  });

  it("is read as it was written", () => {
    const content = readFile(JSON.stringify(good), good.book);
    expect(Object.keys(content.items)).toHaveLength(good.items.length);
    expect(readFile(writeFile(content, { book: good.book, kind: "everything" }), good.book)).toEqual(content);
  });

  it("is read from bytes, with or without a mark of their order", () => {
    const bytes = new TextEncoder().encode(`\ufeff${JSON.stringify(good)}`);
    expect(readFile(bytes, good.book)).toEqual(readFile(JSON.stringify(good), good.book));
    expect(() => readFile(bytes.slice(0, -1), good.book)).toThrow(FileError);
    expect(() => readFile(Uint8Array.of(0xff, 0xfe, 0x7b, 0), good.book)).toThrow("not JSON in UTF-8");
  });

  it("says when a newer version wrote it, and is read as far as known", () => {
    const newer = JSON.stringify({ ...good, version: 2, later: "kept" });
    expect(fileFacts(newer, good.book)).toEqual({ version: 2, kind: "everything", saved: good.saved, newer: true });
    expect(readFile(newer, good.book)).toMatchObject({ later: "kept" });
    expect(writeFile(readFile(newer, good.book), { book: good.book, kind: "everything" })).toContain('"later":"kept"');
  });

  it("of answers only holds no word of the learner's own", () => {
    const types = new Map([["signaling/cheap-talk", "choice"], ["signaling/name-it", "text"], ["preparation/dossier", "table"]]);
    const content = readFile(JSON.stringify(good), good.book);
    const answers = answersOnly(content, types);
    const file = writeFile(answers, { book: good.book, kind: "answers" });
    expect(Object.keys(answers.items)).toEqual(["signaling/cheap-talk", "signaling/name-it"]);
    expect(file).toContain('"response":"free"');
    for (const own of ["single crossing", "teaching", "train", "colleague"]) {
      expect(writeFile(content, { book: good.book, kind: "everything" })).toContain(own);
      expect(file).not.toContain(own);
    }
    expect(merge(answers, content)).toEqual(merge(content, nothing));
  });
});
