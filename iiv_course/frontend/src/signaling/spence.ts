// Spence's example, as in `iiv_course/signaling/spence.py`. Numbers are taken as they come: labs keep them in their domain.
import { type Regime, regime } from "./interview";
import { atLeast, atMost } from "./tie";

export type Pair = readonly [low: number, high: number];
export type Equilibrium = "separating" | "nobody_invests" | "everybody_invests";

export interface SpenceGame {
  product: Pair;
  /** Of one unit of the signal. */
  cost: Pair;
  shareLow: number;
}

/** Whether the low and the high group meet the threshold. */
export const INVESTS: Record<Equilibrium, readonly [boolean, boolean]> = {
  separating: [false, true],
  nobody_invests: [false, false],
  everybody_invests: [true, true],
};
export const EQUILIBRIA = Object.keys(INVESTS) as Equilibrium[];

/** Everybody's wage in a world without the signal. */
export const noSignal = ({ product: [low, high], shareLow }: SpenceGame): number => low + (1 - shareLow) * (high - low);

/** What is paid below the threshold, and from the threshold on. */
export function wages(game: SpenceGame, equilibrium: Equilibrium): readonly [below: number, at: number] {
  const [low, high] = game.product;
  switch (equilibrium) {
    case "separating":
      return [low, high];
    case "nobody_invests":
      return [noSignal(game), high];
    case "everybody_invests":
      return [low, noSignal(game)];
  }
}

/** The lowest and the highest threshold at which an equilibrium exists, both included. */
export function thresholdRange(game: SpenceGame, equilibrium: Equilibrium): readonly [number, number] {
  const { product, cost, shareLow } = game;
  const gap = product[1] - product[0];
  switch (equilibrium) {
    case "separating":
      return [gap / cost[0], gap / cost[1]];
    case "nobody_invests":
      return [(shareLow * gap) / cost[1], Infinity];
    case "everybody_invests":
      return [0, ((1 - shareLow) * gap) / cost[0]];
  }
}

export function exists(game: SpenceGame, equilibrium: Equilibrium, threshold: number): boolean {
  const [lowest, highest] = thresholdRange(game, equilibrium);
  return atLeast(threshold, lowest) && atMost(threshold, highest);
}

export const equilibria = (game: SpenceGame, threshold: number): Equilibrium[] =>
  EQUILIBRIA.filter((each) => exists(game, each, threshold));

export interface Choice {
  invests: boolean;
  pay: number;
  cost: number;
  nets: number;
}

/**
 * What is best for each group at the wage step of an equilibrium, whether or not that equilibrium exists: it does where
 * both do what it says.
 */
export function choices(game: SpenceGame, equilibrium: Equilibrium, threshold: number): readonly [Choice, Choice] {
  const [below, at] = wages(game, equilibrium);
  const choose = (unit: number, expected: boolean): Choice => {
    const most = (at - below) / unit;
    const invests = expected ? atMost(threshold, most) : !atLeast(threshold, most);
    const pay = invests ? at : below;
    const cost = invests ? unit * threshold : 0;
    return { invests, pay, cost, nets: pay - cost };
  };
  const [low, high] = INVESTS[equilibrium];
  return [choose(game.cost[0], low), choose(game.cost[1], high)];
}

/**
 * Where none of the three equilibria exists a part of the low group invests with all of the high: the interview's regime
 * `some_others`, with the high group for the genuine.
 */
export const someInvest = ({ product, cost, shareLow }: SpenceGame, threshold: number): Regime =>
  regime(
    { value: product[1] - product[0], openness: 1, costGenuine: cost[1], costOther: cost[0], prior: 1 - shareLow },
    threshold,
  );
