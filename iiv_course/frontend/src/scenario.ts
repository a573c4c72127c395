// Plays a conversation: from the choices taken to the meters and the ending; the twin of `iiv_course/scenario`.
import { RATES, badCueWeight, goodCueWeight } from "./signaling";

export interface Breach {
  kind: "lying" | "naming" | "leaking" | "broken-promise" | "skipping-process";
  /** The scene, or END, when it comes out. */
  hidden?: string;
}

export interface Choice {
  id: string;
  text: string;
  thought: string;
  next: string;
  skill: string;
  reply?: string;
  trust: number;
  fit: number;
  learn: number;
  missed?: string;
  breach?: Breach;
  promise?: string;
  /** For this choice alone. */
  openness?: number;
  authenticity?: number;
  /** For later choices. */
  set?: { openness?: number; authenticity?: number };
  /** Time passes before the choice: the part of the way from the prior that trust and fit keep. */
  carry?: number;
}

export interface Scene {
  id: string;
  says: string;
  choices: readonly Choice[];
}

export interface Condition {
  meter?: keyof Meters;
  at_least?: number;
  below?: number;
  chose?: string;
}

export interface Ending {
  id: string;
  title: string;
  debrief: string;
  when: readonly Condition[];
}

/** Where trust and fit stand; both above 0 and below 1. */
export interface Beliefs {
  trust: number;
  fit: number;
}

/** As far as playing and showing it needs. */
export interface Conversation {
  id: string;
  title: string;
  who: { name: string; role: string; organization: string };
  minutes: number;
  openness: number;
  culture: string;
  setting: string;
  scenes: readonly Scene[];
  endings: readonly Ending[];
  takeaway: string;
  skills: readonly { id: string; text: string; lesson: string }[];
  prior: number;
  authenticity: number;
  follows?: string;
  start?: Beliefs;
}

/** Trust and fit as beliefs, learn as the share of not knowing that is gone; all from 0 to 1. */
export interface Meters extends Beliefs {
  learn: number;
}

/** A decision; `came_out` names earlier choices whose breach came out when the scene began, before `before`. */
export interface Step {
  scene: string;
  came_out: readonly string[];
  before: Meters;
  choice: string;
  /** How much of what was shown came through: authenticity × openness. */
  weight: number;
  after: Meters;
}

export interface Transcript {
  steps: readonly Step[];
  /** The scene that waits for a choice; null once the conversation has ended. */
  scene: string | null;
  ending: string | null;
  /** What came out as that scene began, or at the end. */
  came_out: readonly string[];
  meters: Meters;
  /** Choices whose breach did not come out so far, that had something to learn, by which something is owed. */
  hidden: readonly string[];
  missed: readonly string[];
  promised: readonly string[];
}

export interface Replay {
  /** Another culture, from 0 to 1; what choices say of openness moves in the same proportion. */
  openness?: number | undefined;
  /** Where trust and fit ended in the conversation that this one follows. */
  earlier?: Beliefs | undefined;
}

export const END = "end";
/** A meter that is below a limit by less than this has reached it. */
const TOLERANCE = 1e-9;

/** What a belief is called from a number on. */
export const WORDS: readonly (readonly [from: number, word: string])[] = [
  [0.8, "convinced"],
  [0.6, "leaning"],
  [0.4, "open"],
  [0.2, "unsure"],
  [0, "doubtful"],
];

export const word = (belief: number): string =>
  WORDS.find(([from]) => belief >= from - TOLERANCE)?.[1] ?? "doubtful";

/**
 * The transcript after choices, given by id from the first scene on; fewer than all will do. A choice that the scene does
 * not have, or one after the end, is a RangeError.
 */
export function play(conversation: Conversation, choices: unknown, replay: Replay = {}): Transcript {
  if (!Array.isArray(choices)) throw new RangeError("expected a list of the ids of choices");
  const talk = new Talk(conversation, replay);
  for (const name of choices as readonly unknown[]) talk.take(name);
  return talk.transcript();
}

/** Whether all conditions of an ending hold, after these choices with these meters at the end. */
const meets = ({ when }: Ending, meters: Meters, taken: readonly Choice[]): boolean =>
  when.every(({ meter, at_least, below, chose }) => {
    if (meter === undefined) return taken.some(({ id }) => id === chose);
    const value = meters[meter] + TOLERANCE;
    return (at_least === undefined || value >= at_least) && (below === undefined || value < below);
  });

/** A conversation under way. */
class Talk {
  private readonly taken: Choice[] = [];
  private readonly steps: Step[] = [];
  private readonly scale: number;
  private openness: number;
  private authenticity: number;
  private readonly prior: number;
  private trust: number;
  private fit: number;
  private readings = 0;
  private hidden: Choice[] = [];
  private cameOut: string[] = [];
  private scene: Scene | null;

  constructor(
    private readonly conversation: Conversation,
    { openness, earlier }: Replay,
  ) {
    const { openness: own, prior, start } = conversation;
    if (openness !== undefined && !(openness >= 0 && openness <= 1)) throw new RangeError(`openness is ${openness}`);
    this.scale = openness === undefined ? 1 : openness / own;
    this.openness = own * this.scale;
    this.authenticity = conversation.authenticity;
    this.prior = logit(prior);
    const begins = earlier ?? start ?? { trust: prior, fit: prior };
    this.trust = logit(begins.trust);
    this.fit = logit(begins.fit);
    this.scene = conversation.scenes[0] ?? null;
  }

  /** Go on with a choice of the scene. */
  take(name: unknown): void {
    if (!this.scene) throw new RangeError(`the conversation ended after ${this.taken.length} choices`);
    const choice = this.scene.choices.find(({ id }) => id === name);
    if (!choice) throw new RangeError(`no such choice in the scene '${this.scene.id}'`);
    const before = this.meters();
    const weight = this.count(choice);
    this.taken.push(choice);
    this.steps.push({ scene: this.scene.id, came_out: this.cameOut, before, choice: choice.id, weight, after: this.meters() });
    this.goTo(choice.next);
  }

  transcript(): Transcript {
    const { steps, scene, taken, conversation } = this;
    const meters = this.meters();
    return {
      steps,
      scene: scene?.id ?? null,
      ending: scene ? null : conversation.endings.find((each) => meets(each, meters, taken))?.id ?? null,
      came_out: this.cameOut,
      meters,
      hidden: this.hidden.map(({ id }) => id),
      missed: taken.filter(({ learn }) => learn < 0).map(({ id }) => id),
      promised: taken.filter(({ promise }) => promise !== undefined).map(({ id }) => id),
    };
  }

  /** First time passes, then the choice counts, then it changes what comes later. */
  private count(choice: Choice): number {
    const { carry, breach, set } = choice;
    if (carry !== undefined) {
      this.trust = this.prior + carry * (this.trust - this.prior);
      this.fit = this.prior + carry * (this.fit - this.prior);
    }
    const openness = choice.openness === undefined ? this.openness : this.scaled(choice.openness);
    const authenticity = choice.authenticity ?? this.authenticity;
    const { good, bad } = weights(authenticity, openness);
    const moved = (points: number): number => (points > 0 ? points * good : breach ? 0 : -points * bad);
    this.trust += moved(choice.trust);
    this.fit += moved(choice.fit);
    this.readings += Math.max(choice.learn, 0) * openness;
    if (breach?.hidden) this.hidden.push(choice);
    else if (breach) this.countBreach(choice);
    if (set?.openness !== undefined) this.openness = this.scaled(set.openness);
    if (set?.authenticity !== undefined) this.authenticity = set.authenticity;
    return authenticity * openness;
  }

  private countBreach({ trust, fit }: Choice): void {
    const { bad } = weights(1, 1);
    this.trust -= Math.min(trust, 0) * bad;
    this.fit -= Math.min(fit, 0) * bad;
  }

  private goTo(place: string): void {
    this.scene = place === END ? null : this.conversation.scenes.find(({ id }) => id === place)!;
    const now = this.hidden.filter(({ breach }) => breach?.hidden === place);
    this.hidden = this.hidden.filter((each) => !now.includes(each));
    for (const each of now) this.countBreach(each);
    this.cameOut = now.map(({ id }) => id);
  }

  private scaled(openness: number): number {
    return Math.min(1, openness * this.scale);
  }

  private meters(): Meters {
    return { trust: belief(this.trust), fit: belief(this.fit), learn: this.readings / 2 / (1 + this.readings / 2) };
  }
}

/** ln LR⁺ and ln LR⁻ of a cue. */
function weights(authenticity: number, openness: number): { good: number; bad: number } {
  const cue = { ...RATES, authenticity, openness };
  return { good: Math.log(goodCueWeight(cue)), bad: Math.log(badCueWeight(cue)) };
}

function logit(share: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`${share} to begin with; expected a number above 0 and below 1`);
  return Math.log(share / (1 - share));
}

function belief(logit: number): number {
  const less = Math.exp(-Math.abs(logit));
  return (logit >= 0 ? 1 : less) / (1 + less);
}
