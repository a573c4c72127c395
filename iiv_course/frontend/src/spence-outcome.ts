// Spence's lab without its looks: the settings, the examples, and what settings lead to in sentences.
import { type Examples, type Rules, type Slide, percent } from "./settings";
import {
  type Choice,
  EQUILIBRIA,
  type Equilibrium,
  type SpenceGame,
  choices,
  equilibria,
  exists,
  noSignal,
  someInvest,
} from "./signaling";

export const START = {
  threshold: 1.5,
  share: 0.5,
  cost: 0.5,
  belief: "separating" as Equilibrium,
  badges: "one",
  thresholdB: 1.9,
  beliefB: "separating" as Equilibrium,
};
export type Now = typeof START;

export const MOST = 2.5;
export const amount = (value: number): string => value.toFixed(2);
export const THRESHOLD: Slide = {
  label: "How much of the signal employers ask for",
  min: 0,
  max: MOST,
  step: 0.05,
  words: (value) => `${amount(value)} ${value < 0.5 ? "(next to nothing)" : value < 1.2 ? "(some)" : value < 2 ? "(a lot)" : "(very much)"}`,
};
export const RULES: Rules<Now> & { share: Slide; cost: Slide } = {
  threshold: THRESHOLD,
  share: { label: "Share of group I among all people", min: 0.05, max: 0.95, step: 0.05, words: (value) => `${percent(value)}` },
  cost: {
    label: "What one unit of the signal costs group II",
    min: 0.25,
    max: 1,
    step: 0.05,
    words: (value) => `${amount(value)} (group I: 1.00${value === 1 ? ", no difference" : ""})`,
  },
  belief: EQUILIBRIA,
  badges: ["one", "two"],
  thresholdB: THRESHOLD,
  beliefB: EQUILIBRIA,
};

export const BELIEFS: Record<Equilibrium, string> = {
  separating: "Only group II meets it",
  nobody_invests: "Nobody meets it; whoever did would be of group II",
  everybody_invests: "Everybody meets it; whoever does not is of group I",
};

const alike = { cost: 0.5, badges: "one" };
export const EXAMPLES: Examples<Now> = {
  "Groups told apart": { ...alike, threshold: 1, share: 0.8, belief: "separating" },
  "Both groups worse off": { ...alike, threshold: 1.5, share: 0.5, belief: "separating" },
  "Everybody invests": { ...alike, threshold: 0.7, share: 0.2, belief: "everybody_invests" },
  "Nobody invests": { ...alike, threshold: 1.2, share: 0.5, belief: "nobody_invests" },
  "Two groups, two standards": {
    cost: 0.5,
    badges: "two",
    threshold: 1.1,
    thresholdB: 1.9,
    share: 0.5,
    belief: "separating",
    beliefB: "separating",
  },
  "No cost advantage": { cost: 1, badges: "one", threshold: 0.8, share: 0.5, belief: "separating" },
};

export const gameOf = ({ share, cost }: Now): SpenceGame => ({ product: [1, 2], cost: [1, cost], shareLow: share });

export interface Standard {
  badge: "" | "A" | "B";
  threshold: number;
  belief: Equilibrium;
}

/** What is asked and believed of those who look alike: of all, or of each badge. */
export const standardsOf = ({ badges, threshold, belief, thresholdB, beliefB }: Now): Standard[] =>
  badges === "one"
    ? [{ badge: "", threshold, belief }]
    : [
        { badge: "A", threshold, belief },
        { badge: "B", threshold: thresholdB, belief: beliefB },
      ];

export const GROUPS = ["I", "II"];

/** What the settings lead to, in sentences, with what each group netted before. */
export function outcome(now: Now, before: Now): string {
  const game = gameOf(now);
  const standards = standardsOf(now);
  const was = standardsOf(before);
  const said = standards.map((standard, i) => {
    const best = choices(game, standard.belief, standard.threshold);
    const earlier = was.length === standards.length ? was[i] : undefined;
    const old = earlier && choices(gameOf(before), earlier.belief, earlier.threshold);
    const groups = best.map(({ invests, nets }, group) => {
      const net = old?.[group]?.nets ?? nets;
      const change = amount(net) === amount(nets) ? "" : ` (before: ${amount(net)})`;
      return `${group ? "group" : "Group"} ${GROUPS[group]} ${invests ? "invests" : "stays at 0"} and nets ${amount(nets)}${change}`;
    });
    return `${standard.badge && `Badge ${standard.badge}: `}${groups.join("; ")}. ${verdict(game, standard, best)}`;
  });
  return `${said.join(" ")} ${gap(game, standards)}`.trim();
}

/** Whether the belief confirms itself, and who gains if it does. */
function verdict(game: SpenceGame, { belief, threshold }: Standard, [low, high]: readonly [Choice, Choice]): string {
  if (!exists(game, belief, threshold)) {
    const seen = low.invests === high.invests ? (low.invests ? "both groups invest" : "nobody invests") : "only group II invests";
    const found = equilibria(game, threshold);
    const mixed = someInvest(game, threshold);
    const instead = found.length
      ? ""
      : ` None of the three beliefs confirms itself here: all of group II and ${percent(mixed.shareOther)} of group I would end up investing.`;
    return `This belief does not last: employers would see that ${seen}, and learn.${instead}`;
  }
  const without = noSignal(game);
  const [more, same] = [high.nets > without + 1e-9, Math.abs(high.nets - without) < 1e-9];
  if (belief === "nobody_invests") return `The belief confirms itself. All have ${amount(without)}, as without the signal.`;
  const who = more ? "Group II gains and group I loses" : same ? "Group I loses and group II gains nothing" : "Both are worse off, yet nobody can leave alone";
  return `The belief confirms itself. Without the signal all would have ${amount(without)}. ${who}.`;
}

function gap(game: SpenceGame, standards: Standard[]): string {
  if (standards.length < 2) return "";
  const [a = 0, b = 0] = standards.map(({ belief, threshold }) => choices(game, belief, threshold)[1].nets);
  const more = Math.abs(a - b);
  if (more < 0.005) return "In group II both badges net the same.";
  return `In group II, people with badge ${a > b ? "A" : "B"} net ${amount(more)} more than those with badge ${a > b ? "B" : "A"}, who produce just as much.`;
}
