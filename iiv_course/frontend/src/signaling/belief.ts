// Trust cue by cue and learning talk by talk, as in `iiv_course/signaling/trust.py` and `learning.py`.

export interface Rates {
  /** How often a good cue shows from the genuine and from the others, if it is not scripted and comes through. */
  hitGenuine: number;
  hitOther: number;
  /** How often it shows otherwise. */
  baseRate: number;
}
export const RATES: Rates = { hitGenuine: 0.8, hitOther: 0.3, baseRate: 0.5 };

interface Cue extends Rates {
  authenticity: number;
  openness: number;
}

/** How often a good cue shows from the genuine and from the others. */
function shown({ authenticity, openness, hitGenuine, hitOther, baseRate }: Cue): [genuine: number, other: number] {
  const weight = authenticity * openness;
  return [weight * hitGenuine + (1 - weight) * baseRate, weight * hitOther + (1 - weight) * baseRate];
}

/** By how much a good cue multiplies the odds of being genuine. */
export function goodCueWeight(cue: Cue): number {
  const [genuine, other] = shown(cue);
  // Where neither kind can show a cue it tells nothing.
  return genuine === other ? 1 : genuine / other;
}

/** By how much a bad cue multiplies them. */
export function badCueWeight(cue: Cue): number {
  const [genuine, other] = shown(cue);
  return genuine === other ? 1 : (1 - genuine) / (1 - other);
}

/** The chance of being genuine after so many good and bad cues; NaN where they could come from nobody. */
export function trustAfter(prior: number, { good, bad }: { good: number; bad: number }, cue: Cue): number {
  const [genuine, other] = shown(cue);
  const against = Math.log1p(-prior) + times(good, Math.log(other)) + times(bad, Math.log1p(-other));
  const favor = Math.log(prior) + times(good, Math.log(genuine)) + times(bad, Math.log1p(-genuine));
  return 1 / (1 + Math.exp(against - favor));
}

/** A cue that was never seen says nothing, even if it was impossible. */
const times = (count: number, logarithm: number): number => (count > 0 ? count * logarithm : 0);

/** How many conversations remove a share of the uncertainty, not rounded; Infinity if no number does. */
export const conversationsNeeded = (share: number, openness: number, precision: number, priorVariance: number): number =>
  share === 0 ? 0 : share / ((1 - share) * (openness * precision * priorVariance));
