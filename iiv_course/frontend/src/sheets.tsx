// A table as it is read: on paper, in the workbook, as an example. No fields.
import { type Fields, address, words } from "./rows";

interface Column {
  id: string;
  label: string;
  kind?: string | undefined;
  part?: string | null | undefined;
  options?: readonly { id: string; text: string }[] | undefined;
}

interface Shown {
  columns: readonly Column[];
  parts?: readonly { id: string; title: string }[] | undefined;
}

/** Only columns that say something. */
const filled = (columns: readonly Column[], rows: readonly Fields[]) =>
  columns.filter(({ id }) => rows.some((fields) => fields[id]?.trim()));

/** Columns that stand side by side on a screen; more become a card a row. */
const FEW = 2;

export function RowsSheet({ item, rows }: { item: Shown; rows: readonly Fields[] }) {
  const columns = filled(item.columns, rows);
  const many = columns.length > FEW ? " iiv-many" : "";
  return (
    <div class={`iiv-result iiv-scroll iiv-sheet${many}`} tabIndex={0} role="group" aria-label="Table" data-lm-suppress-shortcuts="true">
      <table>
        <thead>
          <tr>
            {columns.map(({ id, label }) => (
              <th key={id} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((fields, i) => (
            <tr key={i}>
              {columns.map((column) => (
                <td key={column.id} data-label={column.label}>
                  <Value column={column} value={fields[column.id]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function RecordSheet({ item, fields }: { item: Shown; fields: Fields }) {
  const list = (columns: readonly Column[]) => (
    <dl>
      {filled(columns, [fields]).map((column) => (
        <div key={column.id}>
          <dt>{column.label}</dt>
          <dd>
            <Value column={column} value={fields[column.id]} />
          </dd>
        </div>
      ))}
    </dl>
  );
  return (
    <div class="iiv-sheet">
      {item.parts?.length
        ? item.parts.map((part) => {
            const columns = item.columns.filter((column) => column.part === part.id);
            return filled(columns, [fields]).length > 0 && (
              <section key={part.id}>
                <h4>{part.title}</h4>
                {list(columns)}
              </section>
            );
          })
        : list(item.columns)}
    </div>
  );
}

function Value({ column, value }: { column: Column; value: string | undefined }) {
  const link = column.kind === "url" ? address(value ?? "") : null;
  if (!link) return <>{words(column, value)}</>;
  return (
    <a href={link} target="_blank" rel="noopener noreferrer" data-lm-suppress-shortcuts="true">
      {value}
    </a>
  );
}
