// How often one was right when one felt sure: counts by what was said before the answer.
import { firstTries } from "./schedule";
import type { Confidence, ItemState } from "./state";

/** Fewer answers than this say nothing of a person. */
export const ENOUGH = 10;

export interface Count {
  answered: number;
  right: number;
}

/** First tries alone: after a hint of what is wrong, sureness is another thing. */
export function byConfidence(
  items: readonly { key: string; rev: string }[],
  state: Readonly<Record<string, ItemState>>,
): Record<Confidence, Count> {
  const counts = { certain: { answered: 0, right: 0 }, "fairly-sure": { answered: 0, right: 0 }, guess: { answered: 0, right: 0 } };
  for (const { key, rev } of items) {
    const tries = state[key] ? firstTries(state[key], rev) : [];
    for (const { confidence, score, revealed } of tries) {
      const count = confidence && !revealed && Object.hasOwn(counts, confidence) ? counts[confidence] : undefined;
      if (!count) continue;
      count.answered += 1;
      if (score === "1") count.right += 1;
    }
  }
  return counts;
}
