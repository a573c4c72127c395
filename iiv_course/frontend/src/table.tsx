// A table that a learner fills: rows to open one at a time, or a form, which is one record. Kept row by row.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import { Clock } from "./clock";
import { many } from "./counts";
import { csv } from "./csv";
import { useReview } from "./feedback";
import { RowFields } from "./fields";
import type { ItemSpec } from "./grading";
import type { DraftKind, Host } from "./host";
import { dated, ics } from "./ics";
import { printSheet } from "./printing";
import { Question } from "./question";
import { ROWS_LIMIT, addRow, changeRow, moveRow, problem, sorted, standingRows, words } from "./rows";
import { Sources } from "./said";
import { download } from "./save-file";
import { RecordSheet, RowsSheet } from "./sheets";
import { StartOver, startOver } from "./start-over";
import type { Row } from "./state";
import { type Update, useItemState } from "./use-item-state";
import sheets from "./sheets.css";
import style from "./workshop.css";

export type TableSpec = Extract<ItemSpec, { type: "table" }>;

interface Props {
  item: TableSpec;
  host: Host;
  id: string;
}

export function Table({ item, host, id }: Props) {
  const [state, update] = useItemState(host.model, item.key);
  const rows = standingRows(state);
  const Layout = item.layout === "form" ? Form : Rows;
  return (
    // No form element: nothing is sent or checked, and Enter in a field must not press a button.
    <section class="iiv-item iiv-table-item" id={id} aria-label={item.title} data-key={item.key}>
      <Question item={item}>
        {item.example && item.example.length > 0 && (
          <details class="iiv-example">
            <summary {...ownKeys}>An example</summary>
            {item.layout === "form" ? (
              item.example.map((fields, i) => <RecordSheet key={i} item={item} fields={fields} />)
            ) : (
              <RowsSheet item={item} rows={item.example} />
            )}
          </details>
        )}
        <Layout item={item} host={host} id={id} rows={rows} update={update} />
      </Question>
      {rows.length > 0 && (
        <div class="iiv-buttons">
          <Taking item={item} host={host} rows={rows} />
          <StartOver
            host={host}
            label="Start over"
            says="This exercise begins anew."
            start={() => update((now) => startOver(now, item.rev))}
          />
        </div>
      )}
      <Sources sources={item.sources ?? []} />
    </section>
  );
}

interface LayoutProps extends Props {
  rows: Row[];
  update: Update;
}

/** Names a row: its first field that has something in it. */
export function nameOf(item: TableSpec, row: Row): string {
  const told = item.columns.map((column) => words(column, row.fields[column.id]).trim()).filter(Boolean);
  return told[0] ?? `New ${item.row}`;
}

function Rows({ item, host, id, rows, update }: LayoutProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [sort, setSort] = useState("");
  const [deleted, setDeleted] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  /** Where the focus goes once the page shows it. */
  const [focus, setFocus] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const target = focus && place.current?.querySelector<HTMLElement>(focus);
    if (!target) return;
    target.focus();
    setFocus(null);
  }, [focus, rows.length, open, deleted]);

  const column = item.columns.find((each) => each.id === sort);
  const shown = column ? sorted(rows, column) : rows;
  const ranked = item.ranked && !column ? item.ranked : null;
  const add = () => {
    if (rows.length >= ROWS_LIMIT) return setSaid(`A table holds ${ROWS_LIMIT} of them. Delete one, or save the file and start over.`);
    let made = "";
    update((now) => {
      const next = addRow(now);
      made = next.rows[next.rows.length - 1]!.id;
      return next;
    });
    setOpen(made);
    setDeleted(null);
    setSaid("");
    setFocus(`[data-row="${made}"] :is(input, textarea, select)`);
  };
  const take = (row: Row, gone: boolean) => {
    update((now) => changeRow(now, row.id, { deleted: gone }));
    setDeleted(gone ? row.id : null);
    setOpen(null);
    setSaid(gone ? `Deleted: ${nameOf(item, row)}.` : "It is back.");
    setFocus(gone ? ".iiv-undo" : `[data-row="${row.id}"] .iiv-row-open`);
  };
  const move = (row: Row, up: boolean) => {
    update((now) => moveRow(now, row.id, up));
    const at = rows.indexOf(row) + (up ? -1 : 1);
    if (at < 0 || at >= rows.length) return;
    setSaid(`${nameOf(item, row)}: now ${at + 1} of ${rows.length}`);
    setFocus(`[data-row="${row.id}"] [data-up="${up}"]`);
  };
  const list = (part: Row[], from: number) => (
    <ol class="iiv-rows" start={from + 1}>
      {part.map((row, i) => (
        <Line
          key={row.id}
          item={item}
          host={host}
          id={id}
          row={row}
          at={ranked ? from + i : undefined}
          of={rows.length}
          open={open === row.id}
          setOpen={(now) => {
            setOpen(now ? row.id : null);
            setFocus(now ? `[data-row="${row.id}"] :is(input, textarea, select)` : `[data-row="${row.id}"] .iiv-row-open`);
          }}
          save={(fields) => update((now) => changeRow(now, row.id, { fields }))}
          move={(up) => move(row, up)}
          remove={() => take(row, true)}
        />
      ))}
    </ol>
  );
  return (
    <div class="iiv-answer" ref={place}>
      {rows.length > 2 && (
        <label class="iiv-sort">
          Show them by{" "}
          <select value={sort} onChange={({ currentTarget }) => setSort(currentTarget.value)} {...ownKeys}>
            <option value="">{item.ranked ? "rank" : "order of writing"}</option>
            {item.columns.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {ranked && rows.length > 0 && (
        <p class="iiv-rank">
          {item.ranked_as} ({Math.min(rows.length, ranked)} of {ranked})
        </p>
      )}
      {list(ranked ? shown.slice(0, ranked) : shown, 0)}
      {ranked && rows.length > ranked && (
        <>
          <p class="iiv-rank">Kept in reserve</p>
          {list(shown.slice(ranked), ranked)}
        </>
      )}
      <div class="iiv-buttons">
        <button type="button" class="iiv-primary" onClick={add} {...ownKeys}>
          Add {/^[aeiou]/i.test(item.row) ? "an" : "a"} {item.row}
        </button>
        {deleted && (
          <button
            type="button"
            class="iiv-undo"
            onClick={() => {
              update((now) => changeRow(now, deleted, { deleted: false }));
              setSaid("It is back.");
              setFocus(`[data-row="${deleted}"] .iiv-row-open`);
              setDeleted(null);
            }}
            {...ownKeys}
          >
            Undo the deletion
          </button>
        )}
      </div>
      <p class="iiv-when" role="status">
        {said}
      </p>
    </div>
  );
}

interface LineProps extends Props {
  row: Row;
  /** The place among ranked rows. */
  at: number | undefined;
  of: number;
  open: boolean;
  setOpen(open: boolean): void;
  save(fields: Row["fields"]): void;
  move(up: boolean): void;
  remove(): void;
}

function Line({ item, host, id, row, at, of, open, setOpen, save, move, remove }: LineProps) {
  const name = nameOf(item, row);
  const reviewedColumn = item.columns.find(({ review }) => review);
  const [, ...others] = item.columns.flatMap((column) => words(column, row.fields[column.id]).trim() || []);
  const wrong = item.columns.flatMap((column) => problem(column, row.fields[column.id] ?? "") ?? []);
  return (
    <li data-row={row.id} class={open ? "iiv-row-is-open" : undefined}>
      <div class="iiv-row-head">
        <button type="button" class="iiv-row-open" aria-expanded={open} onClick={() => setOpen(!open)} {...ownKeys}>
          {at === 0 && of > 1 && <span class="iiv-only">If only one: </span>}
          <span class="iiv-row-name">{name}</span>
          {!open && others.length > 0 && <span class="iiv-when"> {others.join(" · ")}</span>}
          {!open && wrong.length > 0 && <span class="iiv-field-wrong"> {wrong[0]}</span>}
          {!open && reviewedColumn?.review && (
            <Mark kind={reviewedColumn.review} host={host} text={row.fields[reviewedColumn.id] ?? ""} />
          )}
        </button>
        {at !== undefined && (
          <span class="iiv-moves">
            {[true, false].map((up) => (
              <button
                key={String(up)}
                type="button"
                data-up={up}
                aria-disabled={up ? at === 0 : at === of - 1}
                aria-label={`Move ${up ? "up" : "down"}: ${name}`}
                onClick={() => move(up)}
                {...ownKeys}
              >
                <span aria-hidden="true">{up ? "↑" : "↓"}</span>
              </button>
            ))}
          </span>
        )}
      </div>
      {open && (
        <div class="iiv-row-fields" role="group" aria-label={name}>
          <RowFields columns={item.columns} fields={row.fields} host={host} id={`${id}-${row.id.replace(":", "-")}`} save={save} />
          <div class="iiv-buttons">
            <button type="button" onClick={() => setOpen(false)} {...ownKeys}>
              Done
            </button>
            <button type="button" onClick={remove} {...ownKeys}>
              Delete
            </button>
          </div>
        </div>
      )}
    </li>
  );
}

/** What the feedback found in a row that is closed. */
function Mark({ kind, host, text }: { kind: DraftKind; host: Host; text: string }) {
  const reviewed = useReview(host, kind, text, text.trim() !== "");
  const open = reviewed && reviewed !== "failed" ? reviewed.findings.filter(({ met }) => !met).length : 0;
  return open ? <span class="iiv-when"> · {many(open, "thing")} to look at</span> : null;
}

function Form({ item, host, id, rows, update }: LayoutProps) {
  const [row, ...others] = rows;
  const save = (fields: Row["fields"]) =>
    update((now) => {
      const [first] = standingRows(now);
      return first ? changeRow(now, first.id, { fields }) : addRow(now, fields);
    });
  const group = (columns: TableSpec["columns"]) => (
    <RowFields columns={columns} fields={row?.fields ?? {}} host={host} id={id} save={save} />
  );
  return (
    <div class="iiv-answer iiv-form">
      {item.parts?.length
        ? item.parts.map((part) => (
            <fieldset key={part.id} class="iiv-form-part">
              <legend>{part.title}</legend>
              {part.minutes && <Clock minutes={part.minutes} label={part.title} />}
              {group(item.columns.filter((column) => column.part === part.id))}
            </fieldset>
          ))
        : group(item.columns)}
      {row && others.map((other) => <Apart key={other.id} item={item} row={row} other={other} update={update} />)}
    </div>
  );
}

/** A record that was begun in another place which did not know of this one: nothing of it is lost. */
function Apart({ item, row, other, update }: { item: TableSpec; row: Row; other: Row; update: Update }) {
  const join = () =>
    update((now) => {
      const fields = item.columns.flatMap(({ id, kind }) => {
        const [mine, theirs] = [row.fields[id]?.trim() ?? "", other.fields[id]?.trim() ?? ""];
        if (!theirs || mine === theirs) return [];
        if (!mine) return [[id, theirs] as const];
        return kind === "text" ? [[id, `${mine}\n\n${theirs}`] as const] : [];
      });
      return changeRow(changeRow(now, row.id, { fields: Object.fromEntries(fields) }), other.id, { deleted: true });
    });
  return (
    <div class="iiv-versions" role="group" aria-label="A version that was written apart">
      <p>
        <strong>This form was also filled in elsewhere</strong>, in a place that did not know of this one:
      </p>
      <RecordSheet item={item} fields={other.fields} />
      <div class="iiv-buttons">
        <button type="button" onClick={join} {...ownKeys}>
          Add it to what stands above
        </button>
        <button type="button" onClick={() => update((now) => changeRow(now, other.id, { deleted: true }))} {...ownKeys}>
          Go on without it
        </button>
      </div>
    </div>
  );
}

/** What can be taken along: a table for spreadsheets, days for a calendar, paper. */
function Taking({ item, host, rows }: { item: TableSpec; host: Host; rows: Row[] }) {
  const name = `${host.book}-${item.key.replace("/", "-")}`;
  const [said, setSaid] = useState("");
  const days = dated(item, rows);
  return (
    <>
      <button
        type="button"
        onClick={() => {
          download(`${name}.csv`, csv(item.columns, rows), "text/csv");
          setSaid("The table is in your downloads.");
        }}
        {...ownKeys}
      >
        Save as CSV
      </button>
      {item.calendar && (
        <button
          type="button"
          aria-disabled={!days.length}
          onClick={() => {
            if (!days.length) return setSaid("No line has a date yet.");
            download(`${name}.ics`, ics(item, rows, { book: host.book, now: new Date() }), "text/calendar");
            setSaid("The dates are in your downloads. Open the file, and your calendar asks whether to take them.");
          }}
          {...ownKeys}
        >
          Save the dates for your calendar
        </button>
      )}
      <button
        type="button"
        onClick={() =>
          printSheet(
            item.title,
            item.layout === "form" ? (
              <RecordSheet item={item} fields={rows[0]!.fields} />
            ) : (
              <RowsSheet item={item} rows={rows.map(({ fields }) => fields)} />
            ),
            sheets + style,
          )
        }
        {...ownKeys}
      >
        Print
      </button>
      <p class="iiv-when iiv-said" role="status">
        {said}
      </p>
    </>
  );
}
