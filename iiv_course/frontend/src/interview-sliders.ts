// The sliders that both panels of the interview lab have, and trust in words.
import { type Slide, inWords, percent } from "./settings";

const OPEN = (value: number) =>
  `${percent(value)} (${inWords(value, [[0.25, "closed"], [0.5, "guarded"], [0.75, "fairly open"], [2, "open"]])})`;
/** Trust in the words of the conversations. */
export const trusting = (value: number): string =>
  inWords(value, [[0.2, "doubtful"], [0.4, "unsure"], [0.6, "open"], [0.8, "leaning"], [2, "convinced"]]);
export const PRIOR: Slide = {
  label: "Trust before anything was seen",
  min: 0.05,
  max: 0.95,
  step: 0.05,
  words: (value) => `${percent(value)} (${trusting(value)})`,
};
export const OPENNESS: Slide = { label: "Openness: how often what you show is seen and taken as meant", min: 0.05, max: 1, step: 0.05, words: OPEN };
