// Starting over: what was done becomes history of the round that ends, and the next round begins with nothing.
import type { Host } from "./host";
import { newId } from "./ids";
import { version } from "./merge";
import type { Attempt, ItemState } from "./state";

/** Something stands there in this round. */
export function isBegun({ round, attempts, draft, rows }: ItemState): boolean {
  return (
    attempts.some((attempt) => attempt.round === round) ||
    draft.some(({ text }) => text.trim()) ||
    rows.some(({ deleted }) => !deleted)
  );
}

/** The same item in its next round. A text and the lines of a table, which stand in no attempt, become one of the old round. */
export function startOver(state: ItemState, rev: string = state.attempts[state.attempts.length - 1]?.rev ?? ""): ItemState {
  if (!isBegun(state)) return state;
  const at = new Date().toISOString();
  let next = state;
  const keep = (response: unknown, id = newId(next)) => {
    const attempt: Attempt = { id, rev, round: state.round, at, response, score: null, hints: 0, revealed: false, confidence: null };
    next = { ...next, attempts: [...next.attempts, attempt] };
  };
  for (const { text } of state.draft) if (text.trim()) keep(text);
  const rows = state.rows.filter(({ deleted }) => !deleted);
  if (rows.length) keep(rows);
  return {
    ...next,
    round: state.round + 1,
    draft: state.draft.length ? [version(next, "")] : [],
    rows: state.rows.map((row) => (row.deleted ? row : { ...row, version: row.version + 1, deleted: true })),
  };
}

/** Start over what the host keeps: a lesson, or without a bank the whole course. */
export async function startOverAll(host: Host, bank?: string): Promise<void> {
  const { items } = await host.content();
  const begun = Object.entries(items).filter(([key, state]) => (bank === undefined || key.startsWith(`${bank}/`)) && isBegun(state));
  await host.absorb({ items: Object.fromEntries(begun.map(([key, state]) => [key, startOver(state)])), erased: [] });
}
