// The effort panel without its looks: the settings, the examples, and what settings lead to in sentences.
import { OPENNESS, PRIOR } from "./interview-sliders";
import { type Examples, type Slide, inWords, percent, short } from "./settings";
import type { Point } from "./plot";
import { type InterviewGame, type RegimeName, breaks, regime } from "./signaling";

export const START = { effort: 2, openness: 0.8, advantage: 4, prior: 0.3, value: 10 };
export type Now = typeof START;

export const MOST_HOURS = 12;
export const RULES = {
  effort: { label: "Hours that the insider expects you to prepare", min: 0, max: MOST_HOURS, step: 0.25, words: (value) => `${short(value)} h` },
  openness: OPENNESS,
  advantage: {
    label: "Cost advantage: what an hour costs a bluffer, if it costs the genuine 1",
    min: 1,
    max: 8,
    step: 0.1,
    words: (value) =>
      `${short(value)} times (${inWords(value, [[1.05, "none: a perfect script"], [1.5, "small: a script helps"], [3, "clear"], [9, "large"]])})`,
  },
  prior: PRIOR,
  value: { label: "What being believed is worth", min: 2, max: 10, step: 0.5, words: (value) => `${short(value)} of your hours` },
} satisfies Record<string, Slide>;
export const EXAMPLES: Examples<Now> = {
  "Only the genuine": START,
  "A closed culture": { ...START, openness: 0.2 },
  "A script for all": { ...START, advantage: 1.1 },
  "Trusted already": { ...START, prior: 0.8, effort: 1.5 },
  "A smaller prize": { ...START, value: 4, effort: 1 },
};

export const gameOf = ({ value, openness, advantage, prior }: Now): InterviewGame => ({
  value,
  openness,
  costGenuine: 1,
  costOther: advantage,
  prior,
});

export const NAMES: Record<RegimeName, string> = {
  everybody: "Everybody prepares",
  some_others: "Some bluffers prepare, too",
  only_genuine: "Only the genuine prepare",
  nobody: "Nobody prepares",
};
export const MEANS: Record<RegimeName, string> = {
  everybody: "being prepared is polite and tells nothing",
  some_others: "being prepared tells something",
  only_genuine: "whoever is prepared can be believed",
  nobody: "it pays for no one",
};

/** From where to where each regime reaches. */
export function reaches(game: InterviewGame): Point[] {
  const [everybody, start, end] = breaks(game);
  return [
    [0, everybody],
    [everybody, start],
    [start, end],
    [end, Infinity],
  ];
}

export function said(now: Now, before: Now): string {
  const { name, trust, shareOther } = regime(gameOf(now), now.effort);
  const old = regime(gameOf(before), before.effort);
  const [, start, end] = breaks(gameOf(now));
  const was = old.name === name ? "" : ` (before: ${NAMES[old.name].toLowerCase()})`;
  const believed =
    name === "nobody"
      ? ""
      : ` Trust in whoever is seen prepared: ${percent(trust)}${
          Number.isFinite(old.trust) && percent(old.trust) !== percent(trust) ? ` (before: ${percent(old.trust)})` : ""
        }.`;
  const bluffers = name === "some_others" ? ` ${percent(shareOther)} of the bluffers prepare.` : "";
  return (
    `At ${short(now.effort)} h, ${NAMES[name].toLowerCase()}${was}: ${MEANS[name]}.${believed}${bluffers} ` +
    `Only the genuine prepare from ${short(start)} to ${short(end)} h.`
  );
}
