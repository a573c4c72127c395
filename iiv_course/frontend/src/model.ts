// The whole of the host's contract (anywidget's AFM): nothing else of a host is used.
import type { Confidence, ItemState } from "./state";
import type { Spec } from "./spec";

export type { Confidence };

export interface Traits {
  spec: Spec;
  /** What the learner did, by item key. Replaced whole on every change, never mutated. */
  state: Readonly<Record<string, ItemState>>;
}

export interface Model {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  set<Name extends keyof Traits>(name: Name, value: Traits[Name]): void;
  on(event: string, callback: () => void): void;
  off(event: string, callback: () => void): void;
  save_changes(): void;
}
