// Days of a table as a calendar file (RFC 5545), each an entry of a whole day that is remembered in its morning.
import { type Fields, words } from "./rows";
import type { TableSpec } from "./spec";

interface DatedRow {
  id: string;
  fields: Fields;
}

/** The rows that have a day to put into a calendar. */
export function dated<Row extends DatedRow>({ calendar }: TableSpec, rows: readonly Row[]): Row[] {
  return calendar ? rows.filter(({ fields }) => isDay(fields[calendar.date] ?? "")) : [];
}

/** A day that exists; fields hold anything once a file was brought in. */
function isDay(text: string): boolean {
  const day = /^(?!0000)\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export function ics(item: TableSpec, rows: readonly DatedRow[], { book, now }: { book: string; now: Date }): string {
  const { calendar, columns, key, title } = item;
  if (!calendar) return "";
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const events = dated(item, rows).flatMap(({ id, fields }) => {
    const about = columns
      .filter(({ id }) => ![calendar.date, calendar.title].includes(id) && plain(fields[id]))
      .map((column) => `${column.label}: ${words({ ...column, kind: "" }, plain(fields[column.id]))}`)
      .join("\n");
    const name = plain(fields[calendar.title]);
    return [
      "BEGIN:VEVENT",
      `UID:${escaped(`${id}@${key}.${book}`)}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${fields[calendar.date]!.replaceAll("-", "")}`,
      `SUMMARY:${escaped(name ? `${title}: ${name}` : title)}`,
      ...(about ? [`DESCRIPTION:${escaped(about)}`] : []),
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${escaped(title)}`,
      "TRIGGER:PT9H",
      "END:VALARM",
      "END:VEVENT",
    ];
  });
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//${book}//EN`, ...events, "END:VCALENDAR"];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** Without control characters, which no calendar takes, and without white space around it. */
const plain = (text = ""): string =>
  text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "").replace(/^[ \t\n]+|[ \t\n]+$/g, "");

const escaped = (text: string): string => text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");

/** A line has at most 75 bytes; the next begins with a space. No character is cut. */
function folded(line: string): string {
  const bytes = new TextEncoder();
  let text = "";
  let size = 0;
  for (const character of line) {
    const more = bytes.encode(character).length;
    if (size + more > 75) {
      text += "\r\n ";
      size = 1;
    }
    text += character;
    size += more;
  }
  return text;
}
