// The fields of one row: labels, native inputs, what is wrong with a value, feedback on a question. They save themselves.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import { Feedback, useReview } from "./feedback";
import { TEXT_LIMIT } from "./drafts";
import type { Host } from "./host";
import { afterPress } from "./press";
import { type Fields, address, problem } from "./rows";
import type { ColumnSpec } from "./spec";
import { usePauses } from "./use-item-state";

interface Props {
  columns: readonly ColumnSpec[];
  fields: Fields;
  host: Host;
  id: string;
  /** Save what was written, of these columns alone. */
  save(changed: Fields): void;
}

export function RowFields({ columns, fields, host, id, save }: Props) {
  const pending = useRef<Record<string, string>>({});
  const flush = () => {
    pauses.stop();
    const changed = pending.current;
    pending.current = {};
    if (Object.keys(changed).length) save(changed);
  };
  const pauses = usePauses(flush);
  return (
    <>
      {columns.map((column) => (
        <Field
          key={column.id}
          column={column}
          value={fields[column.id] ?? ""}
          host={host}
          id={`${id}-${column.id}`}
          input={(value) => {
            pending.current[column.id] = value;
            pauses.wait();
          }}
          left={flush}
        />
      ))}
    </>
  );
}

interface FieldProps {
  column: ColumnSpec;
  value: string;
  host: Host;
  id: string;
  input(value: string): void;
  left(): void;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function Field({ column, value, host, id, input, left }: FieldProps) {
  const control = useRef<Control | null>(null);
  const [typed, setTyped] = useState(value);
  const [visited, setVisited] = useState(value !== "");
  // Another view may have written; what is under the writer's hands is left alone.
  useLayoutEffect(() => {
    const at = control.current;
    if (!at || at.matches(":focus") || at.value === value) return;
    at.value = value;
    setTyped(value);
  }, [value]);
  const wrong = visited ? problem(column, typed) : null;
  const full = column.kind === "text" && typed.length >= TEXT_LIMIT;
  const told = [column.help && `${id}-help`, (wrong || full) && `${id}-wrong`].filter(Boolean).join(" ") || undefined;
  const common = {
    id,
    name: column.id,
    ref: (at: Control | null) => void (control.current = at),
    "aria-describedby": told,
    "aria-invalid": wrong ? true : undefined,
    "aria-required": column.required || undefined,
    onBlur: () =>
      afterPress(() => {
        setVisited(true);
        left();
      }),
    onInput: ({ currentTarget }: { currentTarget: Control }) => {
      setTyped(currentTarget.value);
      input(currentTarget.value);
    },
    ...ownKeys,
  };
  return (
    <div class="iiv-field">
      <label for={id}>
        {column.label}
        {column.required && <span class="iiv-when"> (needed)</span>}
      </label>
      {column.help && (
        <p class="iiv-when" id={`${id}-help`}>
          {column.help}
        </p>
      )}
      {column.kind === "choice" ? (
        <select {...common}>
          <option value="">Choose …</option>
          {column.options?.map((option) => (
            <option key={option.id} value={option.id} selected={option.id === value}>
              {option.text}
            </option>
          ))}
        </select>
      ) : column.long ? (
        <textarea {...common} rows={3} maxLength={TEXT_LIMIT} defaultValue={value} />
      ) : (
        <Line {...common} kind={column.kind} defaultValue={value} />
      )}
      {(wrong || full) && (
        <p class="iiv-field-wrong" id={`${id}-wrong`}>
          {wrong ?? "This field is full: it holds 20,000 characters."}
        </p>
      )}
      {column.kind === "url" && address(typed) && (
        <p class="iiv-when">
          <a href={address(typed)!} target="_blank" rel="noopener noreferrer" {...ownKeys}>
            Open the page
          </a>
        </p>
      )}
      {column.review && <Reviewed column={column} typed={typed} host={host} control={() => control.current} />}
    </div>
  );
}

function Line({ kind, ...common }: { kind: ColumnSpec["kind"] } & Record<string, unknown>) {
  if (kind === "date") return <input {...common} type="date" />;
  if (kind === "url") return <input {...common} type="url" maxLength={TEXT_LIMIT} />;
  return <input {...common} type="text" maxLength={TEXT_LIMIT} />;
}

function Reviewed({ column, typed, host, control }: { column: ColumnSpec; typed: string; host: Host; control(): Control | null }) {
  const kind = column.review!;
  const reviewed = useReview(host, kind, typed, typed.trim() !== "");
  return (
    <Feedback
      kind={kind}
      reviewed={reviewed}
      show={(begin, end) => {
        const at = control();
        at?.focus();
        if (at && !(at instanceof HTMLSelectElement)) at.setSelectionRange(begin, end);
      }}
    />
  );
}
