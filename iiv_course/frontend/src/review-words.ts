// What review says of its questions: why each is shown and when it comes back, with dates as the reader writes them.
import { DAYS, type Place, days } from "./schedule";

/** Why a question is shown. */
export function why({ reason, at, box }: Place): string {
  const on = at === null ? "some time ago" : `on ${new Date(at).toLocaleDateString(undefined, { dateStyle: "medium" })}`;
  switch (reason) {
    case "missed":
      return `You missed it ${on}.`;
    case "guessed":
      return `You called it a guess ${on}.`;
    case "missed-again":
      return `You missed it again in review ${on}.`;
    case "right":
      return `Right last time, ${on}; one ${box === DAYS.length - 1 ? "last" : "more"} look after ${days(box)} days.`;
  }
}

/** What became of it: undefined where it does not come back. */
export function comesBack(at: Place | undefined, now: number): string {
  if (!at) return "This one has stayed with you. It does not come back.";
  const wait = days(at.box) === 1 ? "in a day" : `in ${days(at.box)} days`;
  return `${at.reason === "right" ? "Right on the first try: it" : "It"} comes back ${wait}, ${when(at.due, now)}.`;
}

/** A time as one says it; the hour only where it matters. */
export function when(due: number, now: number): string {
  const at = new Date(due);
  const on = (ahead: number) => at.toDateString() === new Date(now + ahead).toDateString();
  const hour = at.toLocaleTimeString(undefined, { timeStyle: "short" });
  if (on(0)) return `today from ${hour} on`;
  if (on(86_400_000)) return `tomorrow from ${hour} on`;
  return `on ${at.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" })}`;
}
