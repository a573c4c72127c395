// The cue panel without its looks: the settings, the examples, and what settings lead to in sentences.
import { OPENNESS, PRIOR, trusting } from "./interview-sliders";
import { type Examples, type Slide, inWords, percent, short } from "./settings";
import { RATES, conversationsNeeded, trustAfter } from "./signaling";

export const START = { cueOpenness: 0.9, authenticity: 0.9, cuePrior: 0.3, cues: "111" };
export type Now = typeof START;

export const MOST_CUES = 10;
export const SLIDES = {
  cueOpenness: OPENNESS,
  authenticity: {
    label: "Authenticity: how much of what you show comes from you and not from a script",
    min: 0,
    max: 1,
    step: 0.05,
    words: (value) => `${percent(value)} (${inWords(value, [[0.25, "a script"], [0.5, "mostly a script"], [0.75, "mostly you"], [2, "you"]])})`,
  },
  cuePrior: PRIOR,
} satisfies Record<string, Slide>;
export const RULES = { ...SLIDES, cues: new RegExp(`^[01]{0,${MOST_CUES}}$`) };

export const EXAMPLES: Examples<Now> = {
  "Open and yourself": { cueOpenness: 1, authenticity: 1, cuePrior: 0.3, cues: "111" },
  "A script": { cueOpenness: 1, authenticity: 0.1, cuePrior: 0.3, cues: "111" },
  "A closed door": { cueOpenness: 0.1, authenticity: 1, cuePrior: 0.3, cues: "111" },
  "One bad cue": { cueOpenness: 1, authenticity: 1, cuePrior: 0.3, cues: "111110" },
};

const trustAt = ({ cuePrior, cueOpenness, authenticity }: Now, cues: string): number => {
  const good = cues.split("1").length - 1;
  return trustAfter(cuePrior, { good, bad: cues.length - good }, { ...RATES, authenticity, openness: cueOpenness });
};
export const unhindered = (now: Now): Now => ({ ...now, cueOpenness: 1, authenticity: 1 });
/** Trust at the start and after each cue. */
export const trustBySteps = (now: Now): number[] => Array.from({ length: now.cues.length + 1 }, (_, count) => trustAt(now, now.cues.slice(0, count)));

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

export function said(now: Now, before: Now): string {
  const [trust, old, best] = [trustAt(now, now.cues), trustAt(before, before.cues), trustAt(unhindered(now), now.cues)];
  const good = now.cues.split("1").length - 1;
  const was = percent(old) === percent(trust) ? "" : ` (before: ${percent(old)})`;
  const talks = conversationsNeeded(0.5, now.cueOpenness, 1, 1);
  const whole = Math.ceil(talks - 1e-9);
  return (
    `After ${counted(good, "good cue")} and ${counted(now.cues.length - good, "bad one")} trust is ${percent(trust)}, ` +
    `${trusting(trust)}${was}; in an open culture and without any script it would be ${percent(best)}. ` +
    `And you learn: at this openness half of your uncertainty about the organization is gone after ${counted(whole, "conversation")}` +
    `${short(talks) === String(whole) ? "" : ` (to be exact, ${short(talks)})`}${whole > 1 ? ", each with somebody else" : ""}.`
  );
}
