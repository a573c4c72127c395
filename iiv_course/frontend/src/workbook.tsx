// Everything that a learner did: to see, print, take away, bring back, begin again and erase.
import type { ComponentChildren } from "preact";
import { ownKeys } from "./answers";
import { day } from "./dates";
import { Calibration } from "./calibration";
import { type States, counted, isDone, isOpen } from "./counts";
import { readKept } from "./exploration";
import { Files } from "./files";
import type { Host } from "./host";
import { printAlone } from "./printing";
import { Bar, Place } from "./progress";
import { standingRows } from "./rows";
import { RowsSheet, RecordSheet } from "./sheets";
import type { CourseIndex, IndexItem, WorkbookSpec } from "./spec";
import { type Attempt, type ItemState, current, standing } from "./state";
import { useStates } from "./use-item-state";

export function WorkbookPage({ host }: { host: Host }) {
  const states = useStates(host.model);
  const index = host.index();
  const spec = host.model.get("spec") as WorkbookSpec;
  const begun = Object.values(states).some(({ attempts, draft, rows }) => attempts.length + draft.length + rows.length > 0);
  return (
    <section class="iiv-workbook" aria-label="Your workbook">
      {begun ? (
        <>
          <div class="iiv-buttons">
            <button
              type="button"
              onClick={({ currentTarget }) => (window.iivCourse ? print() : printAlone(currentTarget, "Your workbook"))}
              {...ownKeys}
            >
              Print
            </button>
          </div>
          <Written index={index} states={states} tables={spec.tables ?? {}} />
          <Part title="Your progress">
            <ByLesson index={index} states={states} objectives={spec.objectives ?? {}} />
          </Part>
          <Missed index={index} states={states} />
          <Part title="How sure, and how right" aside>
            <Calibration index={index} states={states} />
          </Part>
        </>
      ) : (
        <p>Nothing stands here yet. As you answer and write in the lessons, your workbook fills by itself.</p>
      )}
      <Part title="Take it with you, or bring it back" aside>
        <Files host={host} index={index} />
      </Part>
    </section>
  );
}

/** `aside`: of use on a screen only, so it is not printed. */
function Part({ title, aside, children }: { title: string; aside?: boolean; children: ComponentChildren }) {
  return (
    <section class={aside ? "iiv-part iiv-aside" : "iiv-part"}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface Overview {
  index: CourseIndex;
  states: States;
}

function ByLesson({ index, states, objectives }: Overview & { objectives: NonNullable<WorkbookSpec["objectives"]> }) {
  return (
    // Scrolls by itself on a narrow screen, so it can have the focus.
    <div class="iiv-result iiv-scroll" tabIndex={0} role="group" aria-label="Progress by lesson and objective" {...ownKeys}>
      <table>
        <thead>
          <tr>
            <th scope="col">Lesson and objective</th>
            <th scope="col">Done</th>
            <th scope="col">Right on first try</th>
            <th scope="col">Right in the end</th>
          </tr>
        </thead>
        {index.lessons.map(({ bank, title, href, items }) => (
          <tbody key={bank}>
            <Line items={items} states={states} whole>
              <Place title={title} href={href} />
            </Line>
            {/* Of a lesson that was not begun there is nothing to tell but that. */}
            {items.some((item) => isDone(item, states)) &&
              objectives[bank]?.map((objective) => (
                <Line key={objective.title} items={items.filter(({ key }) => objective.items.includes(key))} states={states}>
                  {objective.title}
                </Line>
              ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

interface LineProps {
  items: readonly IndexItem[];
  states: States;
  whole?: boolean;
  children: ComponentChildren;
}

function Line({ items, states, whole, children }: LineProps) {
  const counts = counted(items, states);
  const share = (right: number) => (counts.graded ? `${right} of ${counts.graded}` : "–");
  return (
    <tr class={whole ? "iiv-whole" : undefined}>
      <th scope="row">{children}</th>
      <td>
        <Bar counts={counts} />
      </td>
      <td class="iiv-share">{share(counts.first)}</td>
      <td class="iiv-share">{share(counts.end)}</td>
    </tr>
  );
}

/** What was written, in the order of the course; then what stands on no page any more. */
function Written({ index, states, tables }: Overview & { tables: Record<string, TableFields> }) {
  const known = index.lessons.map(({ bank, title, items }) => ({
    id: bank,
    title,
    places: items.filter(isOpen).map(({ key, title, href }) => ({ key, title, href, fields: tables[key] ?? [] })),
  }));
  const keys = new Set(index.lessons.flatMap(({ items }) => items.map(({ key }) => key)));
  const old = Object.keys(states).filter((key) => !keys.has(key) && !isSettings(key) && states[key] && texts(states[key]).length);
  const groups = [...known, { id: "", title: "On no page any more", places: old.map((key) => ({ key, title: key, href: null, fields: [] })) }]
    .map((group) => ({ ...group, places: group.places.filter(({ key, fields }) => stands(states[key], fields)) }))
    .filter(({ places }) => places.length);
  if (groups.length === 0) return null;
  return (
    <Part title="What you wrote">
      {groups.map(({ id, title, places }) => (
        <div key={id}>
          <h3>{title}</h3>
          {places.map(({ key, title, href, fields }) => (
            <article class="iiv-written" key={key}>
              <h4>
                <Place title={title} href={href} />
              </h4>
              <Texts state={states[key]!} />
              {fields.length > 0 && <Lines state={states[key]!} fields={fields} />}
            </article>
          ))}
        </div>
      ))}
    </Part>
  );
}

/** What the sliders of a lab are set to. */
const isSettings = (key: string) => key.startsWith("lab/");

function Texts({ state }: { state: ItemState }) {
  const now = standingTexts(state);
  const before = earlierTexts(state);
  return (
    <>
      {now.length > 1 && <p>Two versions were written apart. Where it stands, you can choose or put them together.</p>}
      {now.map(({ version, text, at }) => (
        <Text key={version} text={text} at={at} />
      ))}
      {before.length > 0 && (
        <details>
          <summary {...ownKeys}>Before you started over</summary>
          {before.map(({ id, response, at }) => (
            <Text key={id} text={String(response)} at={at} />
          ))}
        </details>
      )}
    </>
  );
}

function Text({ text, at }: { text: string; at: string }) {
  const date = day(at);
  return (
    <>
      <blockquote>{text}</blockquote>
      {date && <p class="iiv-when">Written on {date}</p>}
    </>
  );
}

type TableFields = NonNullable<WorkbookSpec["tables"]>[string];

/** A table, or a record where there is one alone. */
function Lines({ state, fields }: { state: ItemState; fields: TableFields }) {
  const rows = standingRows(state).map((row) => row.fields);
  if (rows.length === 1) return <RecordSheet item={{ columns: fields }} fields={rows[0]!} />;
  return <RowsSheet item={{ columns: fields }} rows={rows} />;
}

const stands = (state: ItemState | undefined, fields: TableFields): boolean =>
  texts(state).length > 0 || (fields.length > 0 && state !== undefined && standingRows(state).length > 0);

/** Written, and not what stands of an explore item between its lock and Check. */
const isWritten = (text: string) => text.trim() !== "" && !readKept(text);

const standingTexts = ({ draft }: ItemState) => draft.filter(({ text }) => isWritten(text));

/** Starting over keeps a text as an attempt of the round that it belonged to. */
const earlierTexts = ({ attempts, round }: ItemState): Attempt[] =>
  attempts.filter((attempt) => attempt.round < round && attempt.score === null && typeof attempt.response === "string" && isWritten(attempt.response));

const texts = (state: ItemState | undefined) => (state ? [...standingTexts(state), ...earlierTexts(state)] : []);

/** Questions that were not right on the first try. */
function Missed({ index, states }: Overview) {
  const missed = index.lessons.flatMap(({ items }) =>
    items.flatMap((item) => {
      const state = states[item.key];
      if (typeof item.tries !== "number" || !state) return [];
      const { last, firstRight, right } = standing(state, item.rev, item.tries);
      return last && !firstRight ? [{ item, words: how(item, current(state, item.rev), right) }] : [];
    }),
  );
  if (!missed.length) return null;
  return (
    <Part title="What you missed on the first try">
      <ul>
        {missed.map(({ item: { key, title, href }, words }) => (
          <li key={key}>
            <Place title={title} href={href} />: {words}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function how({ type }: IndexItem, attempts: Attempt[], right: boolean): string {
  const checked = attempts.filter(({ revealed }) => !revealed);
  const last = checked[checked.length - 1];
  // Other answers are names of options, which say nothing without the question.
  const answer = last && ["numeric", "text"].includes(type) ? `; you last wrote “${String(last.response).trim()}”` : "";
  if (right) return `right on try ${checked.findIndex(({ score }) => score === "1") + 1}`;
  return (attempts.length > checked.length ? "the answer was shown" : "not right yet") + answer;
}
