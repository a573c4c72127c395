// The rows of a table as they stand: in order, changed, ranked; pure functions of values.
import { newId, number } from "./ids";
import type { ItemState, Row } from "./state";

/** Most rows of a table, and most characters of a field. */
export const ROWS_LIMIT = 500;

export type Fields = Readonly<Record<string, string>>;

/** Where a row stands among the ranked; no column's id begins so. */
const RANK = "_rank";

/** One that has no rank comes as it was made. */
const rankOf = ({ id, fields }: Row): number => (/^[1-9]\d{0,8}$/.test(fields[RANK] ?? "") ? Number(fields[RANK]) : number(id));

/** The rows that stand, ranked ones first, then in the order in which they were made. */
export function standingRows({ rows }: Pick<ItemState, "rows">): Row[] {
  return rows.filter(({ deleted }) => !deleted).sort((a, b) => rankOf(a) - rankOf(b) || number(a.id) - number(b.id));
}

export function addRow(state: ItemState, fields: Fields = {}): ItemState {
  return { ...state, rows: [...state.rows, { id: newId(state), version: 1, deleted: false, fields: { ...fields } }] };
}

/** The same row with other fields, or taken out or put back. */
export function changeRow(state: ItemState, id: string, change: Partial<Pick<Row, "fields" | "deleted">>): ItemState {
  const changed = (row: Row): Row => ({ ...row, ...change, fields: { ...row.fields, ...change.fields }, version: row.version + 1 });
  return { ...state, rows: state.rows.map((row) => (row.id === id ? changed(row) : row)) };
}

/** A row up or down among those that stand; every row then has its rank. */
export function moveRow(state: ItemState, id: string, up: boolean): ItemState {
  const ids = standingRows(state).map((row) => row.id);
  const from = ids.indexOf(id);
  const to = from + (up ? -1 : 1);
  if (from < 0 || to < 0 || to >= ids.length) return state;
  ids.splice(from, 1);
  ids.splice(to, 0, id);
  return ids.reduce((now, each, at) => {
    const rank = String(at + 1);
    const row = now.rows.find((row) => row.id === each);
    return row?.fields[RANK] === rank ? now : changeRow(now, each, { fields: { [RANK]: rank } });
  }, state);
}

/** What a field must be told, or nothing. */
export function problem(column: { kind: string; label: string; required?: boolean | undefined }, value: string): string | null {
  if (!value.trim()) return column.required ? `${column.label} is missing.` : null;
  if (column.kind === "url" && !address(value)) return "Write the whole address, such as https://example.org.";
  return null;
}

/** A web address that may be followed; null for anything else. */
export function address(value: string): string | null {
  try {
    const url = new URL(value.trim());
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

interface Field {
  id: string;
  kind?: string | undefined;
  options?: readonly { id: string; text: string }[] | undefined;
}

/** A value as its reader sees it: the words of an option, a day in the reader's way. */
export function words({ kind, options = [] }: Field, value: string | undefined): string {
  if (!value) return "";
  if (kind === "date") return dayOf(value);
  return options.find(({ id }) => id === value)?.text ?? value;
}

/** A calendar day, which has no time zone. */
function dayOf(value: string): string {
  const date = new Date(`${value}T00:00`);
  return Number.isNaN(date.getTime()) ? value : date.toLocaleDateString(undefined, { dateStyle: "medium" });
}

/** Rows in the order of a column; options in their own order, empty values last. */
export function sorted(rows: readonly Row[], column: Field): Row[] {
  const place = ({ fields }: Row) => {
    const value = fields[column.id] ?? "";
    const option = column.options?.findIndex(({ id }) => id === value) ?? -1;
    return option >= 0 ? String(option).padStart(3, "0") : value.trim().toLowerCase();
  };
  return [...rows].sort((a, b) => {
    const [x, y] = [place(a), place(b)];
    return Number(x === "") - Number(y === "") || x.localeCompare(y);
  });
}
