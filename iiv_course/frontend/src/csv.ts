// Rows as a file that every spreadsheet reads (RFC 4180, with the mark by which spreadsheets know UTF-8).
import { type Fields, words } from "./rows";
import type { ColumnSpec } from "./spec";

export function csv(columns: readonly ColumnSpec[], rows: readonly { fields: Fields }[]): string {
  const lines = [
    columns.map(({ label }) => label),
    // A date stays as spreadsheets read it everywhere.
    ...rows.map(({ fields }) => columns.map((column) => (column.kind === "date" ? (fields[column.id] ?? "") : words(column, fields[column.id])))),
  ];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Quoted; and what a spreadsheet would run as a formula begins with an apostrophe, except what reads as a number. */
function cell(text: string): string {
  const formula = /^[=@\t\r]|^[+-](?![\d ().-]*$)/.test(text);
  return `"${formula ? "'" : ""}${text.replaceAll('"', '""')}"`;
}
