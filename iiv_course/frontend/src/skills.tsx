// The self-assessment as a dot plot with its numbers: how sure one was of each skill, and how its task went.
import { ownKeys } from "./answers";
import type { Host } from "./host";
import type { Skill, SkillsSpec } from "./spec";
import { current, fresh } from "./state";
import { Html } from "./text";
import { useStates } from "./use-item-state";

type Went = "right" | "partly" | "wrong" | "open";

const WENT: Record<Went, string> = { right: "right", partly: "partly right", wrong: "not right", open: "not answered" };
const SHAPES: [Went, string][] = [
  ["right", "task right"],
  ["wrong", "not right, or only partly"],
  ["open", "not answered"],
];

export function Skills({ host }: { host: Host }) {
  const spec = host.model.get("spec");
  return spec.kind === "skills" ? <Plot spec={spec} host={host} /> : null;
}

function Plot({ spec, host: { model } }: { spec: SkillsSpec; host: Host }) {
  const state = useStates(model);
  const rows = spec.skills.map(({ title, task, sure, levels }: Skill) => {
    const [first] = current(state[task.key] ?? fresh(task.key), task.rev);
    const rated = current(state[sure.key] ?? fresh(sure.key), sure.rev).pop();
    const level = levels.findIndex(({ id }) => id === rated?.response);
    return { title, href: task.href, levels, level, task: first ? went(first.score) : ("open" as const) };
  });
  const levels = rows[0]?.levels ?? [];

  if (rows.every(({ level, task }) => level < 0 && task === "open")) {
    return <p class="iiv-skills">Nothing answered yet. Your dots appear here as you go.</p>;
  }
  return (
    <section class="iiv-skills" aria-label="How sure you are of each skill">
      <figure>
        {/* The table below says the same. */}
        <div role="img" aria-label="Dot plot of your ratings; the table below has the same numbers.">
          <p class="iiv-skill iiv-skill-ends">
            <span />
            <span class="iiv-ends">
              <Html html={levels[0]?.html ?? ""} />
              <Html html={levels[levels.length - 1]?.html ?? ""} />
            </span>
          </p>
          {rows.map(({ title, level, task, levels: { length } }) => (
            <p class="iiv-skill" key={title}>
              <span>{title}</span>
              <svg width="100%" height="24" focusable="false">
                <line x1={place(0, length)} x2={place(length - 1, length)} y1="12" y2="12" />
                {Array.from({ length }, (_, tick) => (
                  <line key={tick} x1={place(tick, length)} x2={place(tick, length)} y1="8" y2="16" />
                ))}
                {level >= 0 && <Dot at={place(level, length)} went={task} />}
              </svg>
            </p>
          ))}
        </div>
        <figcaption>
          Your own answers, not a measurement.{" "}
          {SHAPES.map(([went, words]) => (
            <span class="iiv-shape" key={words}>
              <svg width="20" height="20" aria-hidden="true" focusable="false">
                <Dot at="50%" went={went} middle={10} />
              </svg>{" "}
              {words}
            </span>
          ))}
        </figcaption>
      </figure>
      <div class="iiv-scroll" tabIndex={0} role="group" aria-label="Your ratings as numbers" {...ownKeys}>
        <table>
          <thead>
            <tr>
              <th scope="col">Skill</th>
              <th scope="col">How sure</th>
              <th scope="col">Task</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ title, href, levels, level, task }) => (
              <tr key={title}>
                <th scope="row">{href ? <a href={href} {...ownKeys}>{title}</a> : title}</th>
                <td>
                  {level < 0 ? "not rated" : `${level + 1} of ${levels.length}: `}
                  <Html html={levels[level]?.html ?? ""} />
                </td>
                <td>{WENT[task]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const went = (score: string | null): Went => (score === "1" ? "right" : score === null || score === "0" ? "wrong" : "partly");

/** In percent, so that it fits every width and nothing is scaled. */
const place = (level: number, of: number): string => `${((level + 0.5) / of) * 100}%`;

/** Shapes tell how the task went, and color besides: a full dot, a ring, a short bar. */
function Dot({ at, went, middle = 12 }: { at: string; went: Went; middle?: number }) {
  if (went === "open") return <line class="iiv-dot iiv-dot-open" x1={at} x2={at} y1={middle - 8} y2={middle + 8} />;
  return <circle class={`iiv-dot iiv-dot-${went === "right" ? "right" : "ring"}`} cx={at} cy={middle} r="7" />;
}
