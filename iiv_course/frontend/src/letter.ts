// A message as one text: its subject in a first line of its own, then the body.

export interface Letter {
  subject: string;
  body: string;
}

export function readLetter(text: string): Letter {
  const found = /^Subject:[ \t]?(.*)(?:\n\n?|$)/.exec(text);
  return found ? { subject: found[1]!, body: text.slice(found[0].length) } : { subject: "", body: text };
}

export const writeLetter = ({ subject, body }: Letter): string => (subject ? `Subject: ${subject}\n\n${body}` : body);

/** Words as the feedback counts them: runs between spaces that hold a letter or digit. */
export const wordsIn = (text: string): number => text.split(/\s+/).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;

/** What opens a mail program. Some take no more than about two thousand characters; null where it would be more. */
export function mailto({ subject, body }: Letter): string | null {
  const link = `mailto:?subject=${encode(subject)}&body=${encode(body.replaceAll("\n", "\r\n"))}`;
  return link.length <= 2000 ? link : null;
}

/** Half a surrogate pair, which a text may hold, has no bytes. */
const encode = (text: string): string =>
  encodeURIComponent([...text].map((each) => (each.length === 1 && /[\ud800-\udfff]/.test(each) ? "\ufffd" : each)).join(""));
