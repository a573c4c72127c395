// The self-assessment as a dot plot with its numbers: how sure one was of each skill, and how its task went. Where there
// is an earlier one, both stand side by side.
import type { ComponentChildren } from "preact";
import { ownKeys } from "./answers";
import type { Host } from "./host";
import type { Part, Rated, ResultItem, Skill, SkillsSpec } from "./spec";
import { current, earlier, fresh } from "./state";
import { Html } from "./text";
import { useStates } from "./use-item-state";

type Went = "right" | "partly" | "wrong" | "open";

const WENT: Record<Went, string> = { right: "right", partly: "partly right", wrong: "not right", open: "not answered" };
const SHAPES: [Went, string][] = [
  ["right", "task right"],
  ["wrong", "not right, or only partly"],
  ["open", "not answered"],
];

const BEFORE_A_CHANGE = "answered, but the question has changed";

/** What was answered of a skill at one time; `old` where only an earlier version of the question was. */
interface Answered {
  href: string | null | undefined;
  levels: Part[];
  level: number;
  task: Went;
  old: { level: boolean; task: boolean };
}
type Row = Answered & { title: string; before: Answered | null };

export function Skills({ host }: { host: Host }) {
  const spec = host.model.get("spec");
  return spec.kind === "skills" ? <Plot spec={spec} host={host} /> : null;
}

function Plot({ spec, host: { model } }: { spec: SkillsSpec; host: Host }) {
  const states = useStates(model);
  const stateOf = ({ key }: ResultItem) => states[key] ?? fresh(key);
  const answered = ({ task, sure }: Rated, levels: Part[]): Answered => {
    const [first] = current(stateOf(task), task.rev);
    const rated = current(stateOf(sure), sure.rev).pop();
    const level = levels.findIndex(({ id }) => id === rated?.response);
    const old = {
      level: level < 0 && Boolean(earlier(stateOf(sure), sure.rev)),
      task: !first && Boolean(earlier(stateOf(task), task.rev)),
    };
    return { href: task.href, levels, level, task: first ? went(first.score) : "open", old };
  };
  const rows = spec.skills.map((skill: Skill): Row => {
    const before = skill.before ? answered(skill.before, skill.levels) : null;
    return { ...answered(skill, skill.levels), title: skill.title, before };
  });
  const levels = rows[0]?.levels ?? [];

  if (rows.every((row) => [row, row.before].every((each) => !each || (each.level < 0 && each.task === "open")))) {
    return <p class="iiv-skills">Nothing answered yet. Your dots appear here as you go.</p>;
  }
  return rows.some(({ before }) => before) ? <Beside rows={rows} levels={levels} /> : <Alone rows={rows} levels={levels} />;
}

function Alone({ rows, levels }: { rows: Row[]; levels: Part[] }) {
  return (
    <section class="iiv-skills" aria-label="How sure you are of each skill">
      <figure>
        {/* The table below says the same. */}
        <div role="img" aria-label="Dot plot of your ratings; the table below has the same numbers.">
          <p class="iiv-skill iiv-skill-ends">
            <span />
            <Ends levels={levels} />
          </p>
          {rows.map(({ title, ...row }) => (
            <p class="iiv-skill" key={title}>
              <span>{title}</span>
              <Line {...row} />
            </p>
          ))}
        </div>
        <figcaption>
          Your own answers, not a measurement. <Shapes />
        </figcaption>
      </figure>
      <Numbers>
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
              <td><Level level={level} levels={levels} none="not rated" /></td>
              <td>{WENT[task]}</td>
            </tr>
          ))}
        </tbody>
      </Numbers>
    </section>
  );
}

/** Two lines a skill, one below the other, so that a rating that moved shows at its place. */
function Beside({ rows, levels }: { rows: Row[]; levels: Part[] }) {
  const times = rows.map((row) => ({ title: row.title, times: [["Then", row.before], ["Now", row]] as [string, Answered | null][] }));
  const then = rows.flatMap(({ before }) => before ?? []);
  const left = [missing("Then", then), missing("Now", rows)].filter(Boolean).join(" ");
  return (
    <section class="iiv-skills" aria-label="How sure you are of each skill, then and now">
      {left && <p>{left}</p>}
      <figure>
        {/* The table below says the same. */}
        <div role="img" aria-label="Dot plot of your ratings then and now; the table below has the same numbers.">
          <p class="iiv-skill">
            <span />
            <span class="iiv-lane">
              <span />
              <Ends levels={levels} />
            </span>
          </p>
          {times.map(({ title, times }) => (
            <p class="iiv-skill" key={title}>
              <span>{title}</span>
              <span class="iiv-lanes">
                {times.map(([when, answered]) => (
                  <span class="iiv-lane" key={when}>
                    <span>{when}</span>
                    {answered && answered.level >= 0 ? <Line {...answered} /> : <span>no rating</span>}
                  </span>
                ))}
              </span>
            </p>
          ))}
        </div>
        <figcaption>
          Your own answers, not a measurement. There is only one task a skill each time, so a skill can come out better by
          luck. <Shapes />
        </figcaption>
      </figure>
      <Numbers>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">How sure</th>
            <th scope="col">Task</th>
          </tr>
        </thead>
        {times.map(({ title, times }) => (
          <tbody key={title}>
            <tr>
              <th scope="rowgroup" colSpan={3}>{title}</th>
            </tr>
            {times.map(([when, answered]) => (
              <tr key={when}>
                <th scope="row">
                  {answered?.href ? <a href={answered.href} aria-label={`${when}: ${title}`} {...ownKeys}>{when}</a> : when}
                </th>
                <td>
                  <Level level={answered?.level ?? -1} levels={levels} none={answered?.old.level ? BEFORE_A_CHANGE : "not rated"} />
                </td>
                <td>{answered?.old.task ? BEFORE_A_CHANGE : WENT[answered?.task ?? "open"]}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </Numbers>
    </section>
  );
}

/** A sentence on what there is nothing to compare of at one time; none if there is all. */
function missing(when: "Then" | "Now", answers: Answered[]): string {
  const ratings = answers.filter(({ level }) => level < 0).length;
  const tasks = answers.filter(({ task }) => task === "open").length;
  if (ratings === answers.length && tasks === answers.length) {
    return when === "Then" ? "Then: no answers to compare with." : "Now: no answers yet.";
  }
  const left = [count(ratings, "rating"), count(tasks, "task")].filter(Boolean).join(" and ");
  return left && `${when}: ${left} missing.`;
}

const count = (number: number, what: string): string => (number ? `${number} ${what}${number === 1 ? "" : "s"}` : "");

const Ends = ({ levels }: { levels: Part[] }) => (
  <span class="iiv-ends">
    <Html html={levels[0]?.html ?? ""} />
    <Html html={levels[levels.length - 1]?.html ?? ""} />
  </span>
);

function Line({ level, levels: { length }, task }: Pick<Answered, "level" | "levels" | "task">) {
  return (
    <svg width="100%" height="24" focusable="false">
      <line x1={place(0, length)} x2={place(length - 1, length)} y1="12" y2="12" />
      {Array.from({ length }, (_, tick) => (
        <line key={tick} x1={place(tick, length)} x2={place(tick, length)} y1="8" y2="16" />
      ))}
      {level >= 0 && <Dot at={place(level, length)} went={task} />}
    </svg>
  );
}

const Shapes = () => (
  <>
    {SHAPES.map(([went, words]) => (
      <span class="iiv-shape" key={words}>
        <svg width="20" height="20" aria-hidden="true" focusable="false">
          <Dot at="50%" went={went} middle={10} />
        </svg>{" "}
        {words}
      </span>
    ))}
  </>
);

const Numbers = ({ children }: { children: ComponentChildren }) => (
  <div class="iiv-scroll" tabIndex={0} role="group" aria-label="Your ratings as numbers" {...ownKeys}>
    <table>{children}</table>
  </div>
);

const Level = ({ level, levels, none }: { level: number; levels: Part[]; none: string }) => (
  <>
    {level < 0 ? none : `${level + 1} of ${levels.length}: `}
    <Html html={levels[level]?.html ?? ""} />
  </>
);

const went = (score: string | null): Went => (score === "1" ? "right" : score === null || score === "0" ? "wrong" : "partly");

/** In percent, so that it fits every width and nothing is scaled. */
const place = (level: number, of: number): string => `${((level + 0.5) / of) * 100}%`;

/** Shapes tell how the task went, and color besides: a full dot, a ring, a short bar. */
function Dot({ at, went, middle = 12 }: { at: string; went: Went; middle?: number }) {
  if (went === "open") return <line class="iiv-dot iiv-dot-open" x1={at} x2={at} y1={middle - 8} y2={middle + 8} />;
  return <circle class={`iiv-dot iiv-dot-${went === "right" ? "right" : "ring"}`} cx={at} cy={middle} r="7" />;
}
