// How a lesson went: first tries and final answers by objective, and what is worth repeating.
import { useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import type { Host } from "./host";
import type { ResultSpec } from "./spec";
import { StartOver, isBegun, startOverAll } from "./start-over";
import { fresh, standing } from "./state";
import { Html } from "./text";
import { useStates } from "./use-item-state";

export function LessonResult({ spec, host }: { spec: ResultSpec; host: Host }) {
  const { model } = host;
  const state = useStates(model);
  const [said, setSaid] = useState("");
  const table = useRef<HTMLDivElement>(null);

  const objectives = spec.objectives.map(({ id, html, items }) => {
    const standings = items.map((item) => ({ item, now: standing(state[item.key] ?? fresh(item.key), item.rev, item.tries) }));
    const answered = standings.filter(({ now }) => now.last);
    return {
      id,
      html,
      of: items.length,
      answered: answered.length,
      first: answered.filter(({ now }) => now.firstRight).length,
      end: answered.filter(({ now }) => now.right).length,
      repeat: answered.filter(({ now }) => !now.firstRight).map(({ item }) => item),
    };
  });
  const answered = objectives.reduce((sum, objective) => sum + objective.answered, 0);
  const repeat = objectives.flatMap((objective) => objective.repeat);
  const bank = spec.objectives.flatMap(({ items }) => items)[0]?.key.split("/")[0];
  const begun = Object.entries(state).some(([key, item]) => key.startsWith(`${bank}/`) && isBegun(item));

  return (
    <section class="iiv-result" aria-label={`Your result: ${spec.title}`}>
      {/* Scrolls by itself on a narrow screen, so it can have the focus. */}
      <div class="iiv-scroll" ref={table} tabIndex={0} role="group" aria-label="Result by objective" {...ownKeys}>
        <table>
          <thead>
            <tr>
              <th scope="col">Objective</th>
              <th scope="col">Answered</th>
              <th scope="col">Right on first try</th>
              <th scope="col">Right in the end</th>
            </tr>
          </thead>
          <tbody>
            {objectives.map(({ id, html, ...counts }) => (
              <tr key={id}>
                <th scope="row">
                  <Html html={html} />
                </th>
                <td>
                  {counts.answered} of {counts.of}
                </td>
                <td>{counts.first}</td>
                <td>{counts.end}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {answered === 0 && <p>Nothing answered yet. Your result appears here as you go.</p>}
      {answered > 0 && repeat.length === 0 && <p>Everything you answered was right on the first try.</p>}
      {repeat.length > 0 && (
        <>
          <p>Worth repeating in a few days:</p>
          <ul>
            {repeat.map(({ key, title, href }) => (
              <li key={key}>{href ? <a href={href} {...ownKeys}>{title}</a> : title}</li>
            ))}
          </ul>
        </>
      )}
      {begun && bank && (
        <div class="iiv-buttons">
          <StartOver
            host={host}
            label="Start this lesson over"
            says="Every exercise and text of this lesson begins anew."
            start={async () => {
              await startOverAll(host, bank);
              table.current?.focus();
            }}
            done={setSaid}
          />
        </div>
      )}
      <p role="status">{said}</p>
    </section>
  );
}
