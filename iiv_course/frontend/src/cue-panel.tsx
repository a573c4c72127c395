// Trust cue by cue, and how many conversations it takes to learn.
import { ownKeys } from "./answers";
import { EXAMPLES, MOST_CUES, type Now, SLIDES, said, trustBySteps, unhindered } from "./cue-outcome";
import { ExampleButtons, Numbers, Sliders, useSaid } from "./lab";
import { Axes, type Frame, Plot, type Point, across, line, up } from "./plot";
import { moved, percent } from "./settings";

const TICKS = [0, 2, 4, 6, 8, 10];
const FRAME: Frame = { left: 36, right: 330, top: 26, bottom: 156, x: [0, MOST_CUES], y: [0, 1] };

export function CueFigure({ now }: { now: Now }) {
  const mine = trustBySteps(now);
  const best = trustBySteps(unhindered(now));
  const points = (trust: number[]) => trust.map((each, count): Point => [count, each]);
  return (
    <figure class="iiv-figure">
      <Plot
        label={`Across: cues, one after the other; up: trust. Yours: ${mine.map(percent).join(", ")}. Without script in an open culture: ${best.map(percent).join(", ")}.`}
        height={190}
      >
        <Axes frame={FRAME} xTicks={TICKS} yTicks={[0, 0.5, 1]} xLabel="cues so far" yLabel="trust" />
        <path class="iiv-plot-line iiv-plot-dashed" d={line(FRAME, points(best))} />
        <path class="iiv-plot-line iiv-plot-main" d={line(FRAME, points(mine))} />
        {mine.map((trust, count) => {
          const [x, y] = [across(FRAME, count), up(FRAME, trust)];
          return now.cues[count - 1] === "0" ? (
            <rect key={count} class="iiv-plot-bad" x={x - 5} y={y - 5} width="10" height="10" />
          ) : (
            <circle key={count} class="iiv-plot-dot" cx={x} cy={y} r="5" />
          );
        })}
      </Plot>
      <p class="iiv-legend" aria-hidden="true">
        <span>● good cue</span> <span>□ bad cue</span> <span>dashed: the same cues in an open culture, without any script</span>
      </p>
      <Numbers
        caption="Trust cue by cue"
        head={["Cues so far", "The last one", "Trust", "Open, no script"]}
        rows={mine.map((trust, count) => [
          String(count),
          { "0": "bad", "1": "good" }[now.cues[count - 1] ?? ""] ?? "–",
          percent(trust),
          percent(best[count] ?? 0),
        ])}
      />
    </figure>
  );
}

export function CuePanel({ now, change }: { now: Now; change(settings: Partial<Now>): void }) {
  const sentence = useSaid(now, (later, before) => moved(later, before, EXAMPLES, SLIDES) + said(later, before));
  return (
      <section aria-label="Lab: cues">
        <p class="iiv-title">Lab: cues</p>
        <p>
          A good cue is a question that only someone prepared asks, a follow-up on the last answer, a promise kept. What each is worth
          depends on openness times authenticity. In this panel a script is low authenticity;
          that it works like a closed culture is an assumption.
        </p>
        <ExampleButtons settings={now} examples={EXAMPLES} change={change} />
        <div class="iiv-lab-panel">
          <div>
            <Sliders now={now} slides={SLIDES} change={change} />
            <div class="iiv-buttons" role="group" aria-label="Cues">
              <CueButton name="Good cue" cues={`${now.cues}1`} change={change} />
              <CueButton name="Bad cue" cues={`${now.cues}0`} change={change} />
              <CueButton name="Take the last one back" cues={now.cues ? now.cues.slice(0, -1) : null} change={change} />
            </div>
          </div>
          <CueFigure now={now} />
        </div>
        <div class="iiv-status" role="status">
          <p>{sentence}</p>
        </div>
      </section>
  );
}

interface CueButtonProps {
  name: string;
  /** What there would be then; null or too many where that cannot be. */
  cues: string | null;
  change(settings: Partial<Now>): void;
}

// Not disabled: that would drop the focus to the page.
const CueButton = ({ name, cues, change }: CueButtonProps) => {
  const possible = cues !== null && cues.length <= MOST_CUES;
  return (
    <button type="button" aria-disabled={!possible} onClick={() => possible && change({ cues })} {...ownKeys}>
      {name}
    </button>
  );
};
