// Spence's example to touch: what employers ask and believe, what each group then does, and who gains by it.
import { useMemo } from "preact/hooks";
import { ownKeys } from "./answers";
import { randomName } from "./ids";
import { ExampleButtons, type LabProps, Numbers, Slider, Table, useSaid, useSettings } from "./lab";
import { Axes, type Frame, Plot, across, hatch, line, ray, steps, up } from "./plot";
import { moved } from "./settings";
import { EQUILIBRIA, type SpenceGame, choices, exists, noSignal, thresholdRange, wages } from "./signaling";
import { BELIEFS, EXAMPLES, GROUPS, MOST, RULES, START, type Standard, THRESHOLD, amount, gameOf, outcome, standardsOf } from "./spence-outcome";

const FRAME: Frame = { left: 36, right: 330, top: 26, bottom: 176, x: [0, MOST], y: [0, 2.2] };
const TICKS = [0, 0.5, 1, 1.5, 2, 2.5];
/** Beside the upright axis, and beside each other where both groups are at one place. */
const BESIDE = 9;
const APART = [-7, 7];

interface FigureProps {
  game: SpenceGame;
  standard: Standard;
}

export function SpenceFigure({ game, standard: { badge, threshold, belief } }: FigureProps) {
  const [below, at] = wages(game, belief);
  const best = choices(game, belief, threshold);
  const together = best[0].invests === best[1].invests;
  const range = thresholdRange(game, belief);
  const holds =
    range[0] > range[1] ? "at no threshold" : `at thresholds from ${amount(range[0])} ${range[1] < Infinity ? `to ${amount(range[1])}` : "on"}`;
  const does = best.map(({ invests }, i) => `Group ${GROUPS[i]} ${invests ? "invests" : "stays at 0"}`).join("; ");
  const label =
    `${badge && `Badge ${badge}. `}Across: amount of the signal; up: pay and cost. Pay is ${amount(below)} below ${amount(threshold)} and ` +
    `${amount(at)} from there on. The cost line of group I is steeper than, or as steep as, that of group II. ${does}. ` +
    `The belief confirms itself ${holds}.`;
  return (
    <figure class="iiv-figure">
      <Plot label={label} height={206}>
        <path class="iiv-plot-hatch" d={hatch(FRAME, [range[0], Math.max(range[0], range[1])], 7)} />
        <Axes frame={FRAME} xTicks={TICKS} yTicks={[0, 1, 2]} xLabel="amount of the signal" yLabel="pay, cost" />
        <path class="iiv-plot-line iiv-plot-dashed" d={line(FRAME, ray(FRAME, game.cost[0]))} />
        <path class="iiv-plot-line iiv-plot-dotted" d={line(FRAME, ray(FRAME, game.cost[1]))} />
        <path
          class="iiv-plot-line iiv-plot-main"
          d={line(
            FRAME,
            steps([
              [0, below],
              [threshold, at],
              [MOST, at],
            ]),
          )}
        />
        {best.map(({ invests, pay, cost }, i) => {
          const x = (invests ? across(FRAME, threshold) : FRAME.left + BESIDE) + (together ? (APART[i] ?? 0) : 0);
          return (
            <g key={i} class={`iiv-plot-group iiv-plot-group-${i}`}>
              <path d={`M${x} ${up(FRAME, cost)}V${up(FRAME, pay)}`} />
              <circle cx={x} cy={up(FRAME, pay)} r="5" />
              <text x={x} y={up(FRAME, pay) - 9} text-anchor="middle">
                {GROUPS[i]}
              </text>
            </g>
          );
        })}
      </Plot>
      <Numbers
        caption={`Pay and cost by amount of the signal${badge && `, badge ${badge}`}`}
        head={["Amount", "Pay", "Cost, group I", "Cost, group II"]}
        rows={[...new Set([...TICKS, threshold])]
          .sort((a, b) => a - b)
          .map((x) => [x, x < threshold ? below : at, x * game.cost[0], x * game.cost[1]].map(amount))}
      />
    </figure>
  );
}

export function SpenceLab({ host, item }: LabProps) {
  const [now, change] = useSettings(host, item, START, RULES);
  const said = useSaid(now, (later, before) => moved(later, before, EXAMPLES, RULES) + outcome(later, before));
  const name = useMemo(randomName, []);
  const game = gameOf(now);
  const standards = standardsOf(now);
  return (
    <section class="iiv-lab" aria-label="Lab: when a signal sorts people">
      <p class="iiv-title">Lab: when a signal sorts people</p>
      <p>
        One of group I produces 1, one of group II produces 2, and employers cannot see who is who. The signal, such as years of
        training, adds nothing to what people produce; it costs, and costs group II less. Choose what employers ask and believe. Each
        group then does what leaves it most: its pay less its cost.
      </p>
      <ExampleButtons settings={now} examples={EXAMPLES} change={change} />
      <div class="iiv-lab-controls">
        <Slider {...RULES.share} value={now.share} onMove={(share) => change({ share })} />
        <Slider {...RULES.cost} value={now.cost} onMove={(cost) => change({ cost })} />
        <label class="iiv-check">
          <input
            type="checkbox"
            checked={now.badges === "two"}
            onChange={({ currentTarget }) => change({ badges: currentTarget.checked ? "two" : "one" })}
            {...ownKeys}
          />{" "}
          People wear a badge, A or B, that says nothing about what they produce; employers judge each badge apart
        </label>
      </div>
      {standards.map((standard) => {
        const { badge, threshold, belief } = standard;
        const [ownThreshold, ownBelief] = badge === "B" ? (["thresholdB", "beliefB"] as const) : (["threshold", "belief"] as const);
        return (
          <div class="iiv-lab-panel" key={badge} role={badge ? "group" : undefined} aria-label={badge ? `Badge ${badge}` : undefined}>
            <div class="iiv-lab-controls">
              {badge && <p class="iiv-title">Badge {badge}</p>}
              <Slider {...THRESHOLD} value={threshold} onMove={(value) => change({ [ownThreshold]: value })} />
              <fieldset>
                <legend>What employers believe</legend>
                {EQUILIBRIA.map((each) => (
                  <label class="iiv-check" key={each}>
                    <input
                      type="radio"
                      name={`${name}${badge}`}
                      checked={each === belief}
                      onChange={() => change({ [ownBelief]: each })}
                      {...ownKeys}
                    />{" "}
                    <span>
                      {BELIEFS[each]} <b>{exists(game, each, threshold) ? "✔ confirms itself" : "✖ does not last"}</b>
                    </span>
                  </label>
                ))}
              </fieldset>
            </div>
            <SpenceFigure game={game} standard={standard} />
          </div>
        );
      })}
      <SpenceLegend />
      <div class="iiv-status" role="status">
        <p>{said}</p>
      </div>
      <Table
        caption="What each group nets, in this model"
        head={["Group", "Does", "Pay", "Cost", "Nets", "No signal"]}
        rows={standards.flatMap(({ badge, belief, threshold }) =>
          choices(game, belief, threshold).map(({ invests, pay, cost, nets }, i) => [
            `Group ${GROUPS[i]}${badge && `, badge ${badge}`}`,
            invests ? "invests" : "stays at 0",
            ...[pay, cost, nets, noSignal(game)].map(amount),
          ]),
        )}
      />
    </section>
  );
}

export const SpenceLegend = () => (
  <p class="iiv-legend" aria-hidden="true">
    <Key look="iiv-plot-main" words="pay" /> <Key look="iiv-plot-dashed" words="cost for group I" />{" "}
    <Key look="iiv-plot-dotted" words="cost for group II" /> <span>▥ thresholds at which the belief confirms itself</span>{" "}
    <span>▮ what a group nets</span>
  </p>
);

/** The look of a line, for a legend. */
const Key = ({ look, words }: { look: string; words: string }) => (
  <span>
    <svg width="28" height="8" focusable="false">
      <path class={`iiv-plot-line ${look}`} d="M0 4H28" />
    </svg>{" "}
    {words}
  </span>
);
