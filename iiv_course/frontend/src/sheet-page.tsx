// The call sheet: what one has at hand during a talk, in large type; a clock, the ranked questions, room for notes.
import { useState } from "preact/hooks";
import { ownKeys } from "./answers";
import { Clock } from "./clock";
import type { Host } from "./host";
import { printSheet } from "./printing";
import { type Fields, standingRows, words } from "./rows";
import type { SheetSpec } from "./spec";
import { Table } from "./table";
import { useItemState } from "./use-item-state";
import sheets from "./sheets.css";
import style from "./workshop.css";

/** Lines of handwriting that a printed sheet has room for under each question, and at its end. */
const ROOM = 2;

export function Sheet({ host }: { host: Host }) {
  const spec = host.model.get("spec") as SheetSpec;
  const [record] = useItemState(host.model, spec.record.key);
  const [ranked] = useItemState(host.model, spec.questions.key);
  const fields = standingRows(record)[0]?.fields ?? {};
  const rows = standingRows(ranked).map((row) => row.fields);
  const first = rows.slice(0, spec.first);
  return (
    <>
      <section class="iiv-call" aria-label="Call sheet">
        <Lines spec={spec} fields={fields} />
        <Clock minutes={20} label="The talk" sign={[17, "Seventeen minutes: say the time, and begin to close."]} />
        <Questions spec={spec} rows={first} />
        <div class="iiv-buttons">
          <button
            type="button"
            onClick={() => printSheet("Call sheet", <Paper spec={spec} fields={fields} rows={first} />, sheets + style)}
            {...ownKeys}
          >
            Print on one page
          </button>
        </div>
      </section>
      <Table item={{ ...spec.notes, type: "table" }} host={host} id="iiv-call-notes" />
    </>
  );
}

interface PartProps {
  spec: SheetSpec;
  fields: Fields;
  rows: readonly Fields[];
}

function Lines({ spec, fields }: Omit<PartProps, "rows">) {
  const filled = (spec.record.fields ?? []).filter(({ id }) => fields[id]?.trim());
  if (!filled.length) return <p>Nothing stands here yet. What you write in “{spec.record.title}” appears here.</p>;
  return (
    <dl>
      {filled.map((field) => (
        <div key={field.id}>
          <dt>{field.label}</dt>
          <dd>{words(field, fields[field.id])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** To tick off while one talks; the ticks are of this talk and are not kept. */
function Questions({ spec, rows }: Omit<PartProps, "fields">) {
  const [asked, setAsked] = useState<readonly number[]>([]);
  const [column] = spec.questions.fields ?? [];
  const lines = rows.map((fields) => (column ? (fields[column.id] ?? "").trim() : "")).filter(Boolean);
  if (!lines.length) return <p>No questions yet. What you rank in “{spec.questions.title}” appears here.</p>;
  return (
    <ol class="iiv-call-questions" aria-label="Questions, the most important first">
      {lines.map((line, i) => (
        <li key={i}>
          <label>
            <input
              type="checkbox"
              checked={asked.includes(i)}
              onChange={({ currentTarget }) => setAsked(currentTarget.checked ? [...asked, i] : asked.filter((each) => each !== i))}
              {...ownKeys}
            />{" "}
            <span>{line}</span>
          </label>
        </li>
      ))}
    </ol>
  );
}

function Paper({ spec, fields, rows }: PartProps) {
  const [column] = spec.questions.fields ?? [];
  return (
    <div class="iiv-sheet iiv-paper">
      <Lines spec={spec} fields={fields} />
      <ol>
        {rows.map((row, i) => (
          <li key={i}>
            {column ? row[column.id] : ""}
            {Array.from({ length: ROOM }, (_, line) => (
              <div key={line} class="iiv-rule" />
            ))}
          </li>
        ))}
      </ol>
      {spec.notes.columns.map(({ id, label }) => (
        <div key={id}>
          <b>{label}</b>
          <div class="iiv-rule" />
        </div>
      ))}
    </div>
  );
}
