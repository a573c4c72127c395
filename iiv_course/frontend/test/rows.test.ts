import { describe, expect, it } from "vitest";
import { csv } from "../src/csv";
import { mailto, readLetter, wordsIn, writeLetter } from "../src/letter";
import { addRow, changeRow, moveRow, problem, sorted, standingRows, words } from "../src/rows";
import type { ColumnSpec } from "../src/spec";
import { type ItemState, fresh } from "../src/state";

const filled = (...names: string[]): ItemState => names.reduce((state, name) => addRow(state, { name }), fresh("bank/table"));
const names = (state: ItemState) => standingRows(state).map(({ fields }) => fields["name"]);
const idOf = (state: ItemState, name: string) => state.rows.find(({ fields }) => fields["name"] === name)!.id;

describe("rows", () => {
  it("stand in the order in which they were made, until one is moved", () => {
    const state = filled("a", "b", "c");
    expect(names(state)).toEqual(["a", "b", "c"]);
    expect(names(moveRow(state, idOf(state, "c"), true))).toEqual(["a", "c", "b"]);
    expect(names(addRow(moveRow(state, idOf(state, "c"), true), { name: "d" }))).toEqual(["a", "c", "b", "d"]);
  });

  it("do not move beyond either end", () => {
    const state = filled("a", "b");
    expect(moveRow(state, idOf(state, "a"), true)).toBe(state);
    expect(moveRow(state, idOf(state, "b"), false)).toBe(state);
    expect(moveRow(state, "nobody:1", true)).toBe(state);
  });

  it("count their versions with every change, and come back as they were", () => {
    const state = filled("a", "b");
    const id = idOf(state, "a");
    const gone = changeRow(changeRow(state, id, { fields: { note: "x" } }), id, { deleted: true });
    expect(names(gone)).toEqual(["b"]);
    expect(standingRows(changeRow(gone, id, { deleted: false }))[0]).toMatchObject({ version: 4, fields: { name: "a", note: "x" } });
  });

  it("are sorted by the order of options, with what is empty last", () => {
    const column = { id: "name", kind: "choice", options: [{ id: "late", text: "Late" }, { id: "early", text: "Early" }] };
    const state = filled("", "early", "late");
    expect(sorted(standingRows(state), column).map(({ fields }) => fields["name"])).toEqual(["late", "early", ""]);
    expect(words(column, "early")).toBe("Early");
    expect(words(column, "of an older version")).toBe("of an older version");
  });

  it("say what is wrong with a field", () => {
    const name = { kind: "text", label: "Name", required: true };
    expect(problem(name, " ")).toBe("Name is missing.");
    expect(problem(name, "Ana")).toBeNull();
    expect(problem({ kind: "url", label: "Page" }, "javascript:alert(1)")).toMatch(/whole address/);
    expect(problem({ kind: "url", label: "Page" }, "https://example.org/a b")).toBeNull();
    expect(problem({ kind: "url", label: "Page" }, "")).toBeNull();
  });
});

describe("the file for spreadsheets", () => {
  const columns = [{ id: "a", label: 'Say "hi"', kind: "text" }] as ColumnSpec[];
  const cell = (value: string) => csv(columns, [{ fields: { a: value } }]).split("\r\n").slice(1).join("\r\n");

  it("quotes everything", () => {
    expect(csv(columns, [])).toBe('\ufeff"Say ""hi"""\r\n');
    expect(cell('a,"b"\nc')).toBe('"a,""b""\nc"\r\n');
  });

  it("runs nothing as a formula, and leaves numbers as they are", () => {
    for (const formula of ["=1+1", "@SUM(A1)", "\t=1", "+cmd|' /C calc'!A0", "-2+3+cmd"]) expect(cell(formula)).toMatch(/^"'/);
    for (const number of ["+49 30 1234", "-5", "(030) 12"]) expect(cell(number)).toBe(`"${number}"\r\n`);
  });
});

describe("a letter", () => {
  it("is one text with its subject in the first line", () => {
    for (const letter of [{ subject: "Twenty minutes?", body: "Dear Ana,\n\nhello" }, { subject: "", body: "Hello" }, { subject: "S", body: "" }]) {
      expect(readLetter(writeLetter(letter))).toEqual(letter);
    }
    expect(readLetter("Subject: as pasted\nDear Ana")).toEqual({ subject: "as pasted", body: "Dear Ana" });
  });

  it("counts words that hold a letter or digit", () => {
    expect(wordsIn("20 minutes – or less, Ms O'Neil?")).toBe(6);
    expect(wordsIn(" \n– …")).toBe(0);
  });

  it("goes to a mail program as text, and not at all where it is too long", () => {
    expect(mailto({ subject: "a&b=c", body: "x\ny" })).toBe("mailto:?subject=a%26b%3Dc&body=x%0D%0Ay");
    expect(mailto({ subject: "", body: "half \ud83d of a pair" })).toContain("%EF%BF%BD");
    expect(mailto({ subject: "", body: "a".repeat(3000) })).toBeNull();
  });
});
