// What of an explore item stands before and after Check: the locked prediction, the sliders, and its lab. The lab itself,
// which draws and grades, comes with the labs.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Explore, ItemSpec, Result } from "./grading";
import type { Host } from "./host";
import { type Confidence, type ItemState, current } from "./state";

/** Where the sliders stand, as a response writes it. */
export type Position = Readonly<Record<string, string>>;

export interface BenchProps {
  item: Explore;
  /** Where the sliders stand; at the start where none is given. */
  position: Position | undefined;
  locked: boolean;
  move(position: Position): void;
}

/** What the labs bring for explore items. */
export interface ExploreLab {
  grade(item: Explore, response: unknown): Result;
  Bench(props: BenchProps): ComponentChildren;
}

/** What is kept, as the item's text, from the lock to Check. */
export interface Kept {
  prediction: string;
  confidence: Confidence | null;
  position: Position;
  /** Locked in review, not in the lesson. */
  review: boolean;
}

const LEVELS = ["guess", "fairly-sure", "certain"];

/** What a text keeps, in the lesson or in review, where one is asked for; null where it is another text. */
export function readKept(text: string, inReview?: boolean): Kept | null {
  try {
    const { prediction, confidence, position, review } = JSON.parse(text);
    if (typeof prediction !== "string" || typeof review !== "boolean" || review !== (inReview ?? review)) return null;
    return { prediction, confidence: LEVELS.includes(confidence) ? confidence : null, position, review };
  } catch {
    return null;
  }
}

/** What the fields of an explore item show: the prediction, if there is one, and the sliders. */
export function explored(item: Explore, state: ItemState, kept: Kept | null, again: boolean): Partial<Kept> {
  const attempts = current(state, item.rev);
  const last = attempts[attempts.length - 1];
  const checked = attempts.filter(({ revealed }) => !revealed).pop()?.response as Partial<Kept> | undefined;
  if (last?.revealed) return { ...checked, position: item.solution };
  if (last && !again) return checked ?? {};
  const known = item.options.some(({ id }) => id === kept?.prediction);
  // A new try keeps the prediction of the first.
  return { ...checked, ...(kept && known && (!checked || checked.prediction === kept.prediction) ? kept : {}) };
}

/** The lab of an explore item, once it is there. */
export function useExploreLab(item: ItemSpec, host: Host): ExploreLab | undefined {
  const [lab, setLab] = useState<ExploreLab | undefined>();
  useEffect(() => {
    if (item.type === "explore") void host.exploreLab().then(setLab);
  }, []);
  return lab;
}
