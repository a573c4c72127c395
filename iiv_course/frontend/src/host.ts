// What a component is given by whoever shows it: the static book (`page.ts`) or a live notebook (`live.ts`).
import type { ExploreLab } from "./exploration";
import type { Rules } from "./drafts";
import type { Content } from "./merge";
import type { Model } from "./model";
import type { CourseIndex, DraftSpec } from "./spec";

export type DraftKind = DraftSpec["draft"];

export interface Host {
  model: Model;
  /** Names the course whose answers these are, in storage and in files. */
  book: string;
  index(): CourseIndex;
  /** Everything of this browser's book, or of the kernel's workbook, whatever the model shows of it. */
  content(): Promise<Content>;
  /** Merge in what was brought back from a file. */
  absorb(content: Content): Promise<void>;
  erase(): Promise<void>;
  /** The lab of explore items; none where it did not come. */
  exploreLab(): Promise<ExploreLab | undefined>;
  /** The rules for feedback on a kind of draft; none where they did not come. */
  draftRules(kind: DraftKind): Promise<Rules | undefined>;
}
