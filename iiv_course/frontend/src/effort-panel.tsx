// What preparation is worth believing, by the hours of it: four regimes, beside three other worlds.
import { EXAMPLES, MEANS, MOST_HOURS, NAMES, type Now, RULES, gameOf, reaches, said } from "./effort-outcome";
import { ExampleButtons, Numbers, Sliders, useSaid } from "./lab";
import { Axes, type Frame, Plot, type Point, across, hatch, line, up } from "./plot";
import { moved, percent, short } from "./settings";
import { type InterviewGame, REGIMES, type RegimeName, breaks, regime } from "./signaling";

interface World {
  title: string;
  game: InterviewGame;
}

/** The learner's world, and beside it three that differ in one thing each. */
function worlds(game: InterviewGame): World[] {
  return [
    { title: "Trust, with your settings", game },
    { title: "Open culture (100%)", game: { ...game, openness: 1 } },
    { title: `Closed culture (a quarter: ${percent(game.openness / 4)})`, game: { ...game, openness: game.openness / 4 } },
    { title: "Hardly any advantage (1.1 times)", game: { ...game, costOther: 1.1 } },
  ];
}

const LANE = { left: 36, right: 330, x: [0, MOST_HOURS], y: [0, 1] } as const;
const LANES: Frame[] = [
  { ...LANE, top: 24, bottom: 134 },
  { ...LANE, top: 176, bottom: 216 },
  { ...LANE, top: 240, bottom: 280 },
  { ...LANE, top: 304, bottom: 344 },
];
const HOURS = [0, 2, 4, 6, 8, 10, 12];
/** Units between the lines of a shading: dense where all prepare, and fewer where fewer do. */
const APART = [4, 9];

function Lane({ frame, title, game, effort }: World & { frame: Frame; effort: number }) {
  const [everybody, start, end] = breaks(game);
  const { trust } = regime(game, effort);
  const bands = reaches(game).map(([from, to]): Point => [from, Math.min(to, MOST_HOURS)]);
  const window = bands[2] ?? [0, 0];
  return (
    <g>
      <text x={LANE.left} y={frame.top - 6} class="iiv-plot-name">
        {title}
      </text>
      <rect
        class="iiv-plot-window"
        x={across(frame, window[0])}
        y={frame.top}
        width={across(frame, window[1]) - across(frame, window[0])}
        height={frame.bottom - frame.top}
      />
      {APART.map((apart, i) => (
        <path key={i} class="iiv-plot-hatch" d={hatch(frame, bands[i] ?? [0, 0], apart)} />
      ))}
      <path class="iiv-plot-axis" d={`M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}`} />
      {everybody < MOST_HOURS && (
        <path
          class="iiv-plot-line iiv-plot-main"
          d={line(frame, [
            [0, game.prior],
            [everybody, game.prior],
            [start, 1],
            [end, 1],
          ])}
        />
      )}
      {bands.map(([from, to], i) => {
        const [left, right] = [across(frame, from), across(frame, to)];
        return (
          right - left > 11 && (
            <text key={i} class="iiv-plot-number" x={(left + right) / 2} y={frame.bottom - 5} text-anchor="middle">
              {i + 1}
            </text>
          )
        );
      })}
      {Number.isFinite(trust) && <circle class="iiv-plot-dot" cx={across(frame, effort)} cy={up(frame, trust)} r="5" />}
    </g>
  );
}

export function EffortFigure({ now }: { now: Now }) {
  const game = gameOf(now);
  const shown = worlds(game);
  const [main, ...others] = LANES as [Frame, ...Frame[]];
  const last = others[others.length - 1] ?? main;
  const told = (trust: number) => (Number.isFinite(trust) ? percent(trust) : "nobody");
  const label =
    "Across: hours of preparation; up: trust in whoever is seen prepared. " +
    shown
      .map(({ title, game: each }) => {
        const [everybody, start, end] = breaks(each);
        return `${title}: level at ${percent(each.prior)} to ${short(everybody)} h, rising to 100% at ${short(start)} h, there to ${short(end)} h, then nobody.`;
      })
      .join(" ");
  return (
    <figure class="iiv-figure">
      <Plot label={label} height={378}>
        {shown.map((world, i) => (
          <Lane key={i} frame={LANES[i] ?? main} effort={now.effort} {...world} />
        ))}
        <Axes frame={main} xTicks={HOURS} yTicks={[0, 0.5, 1]} />
        <Axes frame={last} xTicks={HOURS} yTicks={[]} xLabel="hours of preparation" />
        <path class="iiv-plot-here" d={`M${across(main, now.effort)} ${main.top}V${last.bottom}`} />
      </Plot>
      <ol class="iiv-regimes">
        {reaches(game).map(([from, to], i) => {
          const name = REGIMES[i] as RegimeName;
          const reach = to === Infinity ? `above ${short(from)} h` : `${short(from)} to ${short(to)} h`;
          return (
            <li key={name}>
              <b>{NAMES[name]}</b> ({reach}): {MEANS[name]}
              {regime(game, now.effort).name === name && <b> ◀ at {short(now.effort)} h</b>}
            </li>
          );
        })}
      </ol>
      <Numbers
        caption="Trust in whoever is seen prepared, by hours asked; “nobody” where nobody prepares"
        head={["Hours", ...shown.map(({ title }) => title)]}
        rows={Array.from({ length: MOST_HOURS + 1 }, (_, hours) => [
          String(hours),
          ...shown.map(({ game: each }) => told(regime(each, hours).trust)),
        ])}
      />
    </figure>
  );
}

export function EffortPanel({ now, change }: { now: Now; change(settings: Partial<Now>): void }) {
  const sentence = useSaid(now, (later, before) => moved(later, before, EXAMPLES, RULES) + said(later, before));
  return (
      <section aria-label="Lab: effort">
        <p class="iiv-title">Lab: effort</p>
        <p>
          How many hours of preparation make a stranger believe that you mean it? Lack of preparation counts against you here. A
          script, a template or a summary by a machine makes looking prepared cheap for a bluffer: in this panel that is a small cost
          advantage.
        </p>
        <ExampleButtons settings={now} examples={EXAMPLES} change={change} />
        <div class="iiv-lab-panel">
          <Sliders now={now} slides={RULES} change={change} />
          <EffortFigure now={now} />
        </div>
        <div class="iiv-status" role="status">
          <p>{sentence}</p>
        </div>
      </section>
  );
}
