// The interview as a game to touch, in two panels: effort, and cues.
import * as cue from "./cue-outcome";
import { CuePanel } from "./cue-panel";
import * as effort from "./effort-outcome";
import { EffortPanel } from "./effort-panel";
import { type LabProps, useSettings } from "./lab";
import type { Settings } from "./settings";

const START = { ...effort.START, ...cue.START };
const RULES = { ...effort.RULES, ...cue.RULES };

/** The settings of one panel. */
const part = <S extends Settings>(all: Settings, start: S): S =>
  Object.fromEntries(Object.keys(start).map((name) => [name, all[name]])) as S;

export function InterviewLab({ host, item }: LabProps) {
  const [now, change] = useSettings(host, item, START, RULES);
  return (
    <div class="iiv-lab">
      <EffortPanel now={part(now, effort.START)} change={change} />
      <CuePanel now={part(now, cue.START)} change={change} />
    </div>
  );
}
