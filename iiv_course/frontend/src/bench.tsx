// The lab of an explore item: what is given, the sliders, the figure of their lab, and a sentence on what changed.
import { useEffect, useRef, useState } from "preact/hooks";
import type * as cue from "./cue-outcome";
import { CueFigure } from "./cue-panel";
import type * as effort from "./effort-outcome";
import { EffortFigure } from "./effort-panel";
import type { BenchProps, Position } from "./exploration";
import { SLIDES, type Settings, fixed, outcome, places, settingsAt, spenceNow, startOf, written } from "./exploring";
import type { Explore } from "./grading";
import { Slider, useSaid } from "./lab";
import { type Slide, moved } from "./settings";
import { SpenceFigure, SpenceLegend } from "./spence-lab";
import { gameOf, standardsOf } from "./spence-outcome";

export function Bench({ item, position, locked, move }: BenchProps) {
  const given = places(item, position) ?? startOf(item);
  const [at, setAt] = useState(given);
  // A slider may move again before the last move is drawn.
  const latest = useRef(at);
  const show = (now: Position) => {
    latest.current = now;
    setAt(now);
  };
  useEffect(() => show(given), [JSON.stringify(given)]);
  const slides = SLIDES[item.lab];
  const now = settingsAt(item, at);
  const said = useSaid(now, (later, before) => moved(later, before, {}, slides) + outcome(item.lab, later, before));
  return (
    <div class="iiv-lab">
      <ul class="iiv-given" aria-label="Given">
        {fixed(item).map(([label, words]) => (
          <li key={label}>
            {label}: <span>{words}</span>
          </li>
        ))}
      </ul>
      <div class="iiv-lab-panel">
        <div class="iiv-lab-controls">
          {item.controls.map(({ id, min, max, step }) => (
            <Slider
              key={id}
              {...(slides[id] as Slide)}
              name={`position/${id}`}
              min={Number(min)}
              max={Number(max)}
              step={Number(step)}
              value={Number(at[id])}
              disabled={locked}
              onMove={(place) => {
                const next = { ...latest.current, [id]: written(place) };
                show(next);
                move(next);
              }}
            />
          ))}
        </div>
        <Figure lab={item.lab} now={now} />
      </div>
      <div class="iiv-status" role="status">
        <p>{said}</p>
      </div>
    </div>
  );
}

function Figure({ lab, now }: { lab: Explore["lab"]; now: Settings }) {
  if (lab === "effort") return <EffortFigure now={now as effort.Now} />;
  if (lab === "cues") return <CueFigure now={now as cue.Now} />;
  const all = spenceNow(now);
  return (
    <div>
      {standardsOf(all).map((standard) => (
        <SpenceFigure key={standard.badge} game={gameOf(all)} standard={standard} />
      ))}
      <SpenceLegend />
    </div>
  );
}
