// Times as the reader writes them; clocks may have been wrong, and files may say anything.

/** A day; undefined where nobody knows which. */
export const day = (iso: string): string | undefined => written(iso, { dateStyle: "medium" });

/** A day and the time of it. */
export const moment = (iso: string): string => written(iso, { dateStyle: "medium", timeStyle: "short" }) ?? "on an unknown day";

function written(iso: string, style: Intl.DateTimeFormatOptions): string | undefined {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? undefined : date.toLocaleString(undefined, style);
}
