// The answer controls of each type: native inputs, uncontrolled, read back from the form.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ExploreLab, Kept, Position } from "./exploration";
import { type ItemSpec, fold, grade } from "./grading";
import type { Draft } from "./state";
import { Html } from "./text";
import { type Writing, useFields } from "./use-item-state";
import { Versions } from "./versions";

/** JupyterLab looks at the focused element itself, so every control has to say that keys are its own. */
export const ownKeys = { "data-lm-suppress-shortcuts": "true" } as const;

type Of<Type extends ItemSpec["type"]> = Extract<ItemSpec, { type: Type }>;

export interface Shown<Spec extends ItemSpec = ItemSpec> {
  item: Spec;
  /** What the fields start with. */
  response: unknown;
  /** Answered: fields are closed, marks are shown. */
  locked: boolean;
  /** Nothing more to try: everything is explained. */
  finished: boolean;
  /** The response is the key, shown and not given. */
  revealed: boolean;
  writing: Writing;
  /** Texts that were written apart, where there are several. */
  versions: readonly Draft[];
  choose(text: string): void;
  /** Of what is said about the answer, once something is. */
  statusId: string | undefined;
  /** Of an explore item: its lab, once it is there, and what its sliders are to tell. */
  lab: ExploreLab | undefined;
  move(position: Position): void;
}

export function Answer(shown: Shown) {
  const { item } = shown;
  switch (item.type) {
    case "choice":
    case "multiple":
      return <Options {...shown} item={item} />;
    case "scale":
      return <Levels {...shown} item={item} />;
    case "numeric":
    case "text":
      return <Line {...shown} item={item} />;
    case "order":
      return <Ordering {...shown} item={item} />;
    case "match":
      return <Matching {...shown} item={item} />;
    case "reflection":
      return <LongText {...shown} item={item} />;
    case "explore":
      return <Exploration {...shown} item={item} />;
  }
}

/** The response that the form holds now. */
export function readAnswer(item: ItemSpec, form: HTMLFormElement): unknown {
  const data = new FormData(form);
  switch (item.type) {
    case "multiple":
    case "order":
      return data.getAll("answer");
    case "match":
      return Object.fromEntries(item.entries.map(({ id }) => [id, data.get(`answer/${id}`)]));
    case "explore": {
      const places = item.controls.map(({ id }) => [id, data.get(`position/${id}`)]);
      return { prediction: data.get("prediction"), position: Object.fromEntries(places) };
    }
    default:
      return data.get("answer");
  }
}

/** The response that is right, as a learner would have given it. */
export function rightAnswer(item: ItemSpec): unknown {
  if (item.type === "text") return item.accepted[0];
  return "answer" in item ? item.answer : null;
}

/** Put the focus where the answer goes on: the first empty field, else the first. */
export function focusAnswer(form: HTMLFormElement): void {
  const fields = [...form.querySelectorAll<HTMLElement>(".iiv-answer :is(input:not([type=hidden]), select, textarea, button)")];
  const empty = fields.find((field) => field instanceof HTMLSelectElement && field.value === "");
  const checked = fields.find((field) => field instanceof HTMLInputElement && field.type === "radio" && field.checked);
  (empty ?? checked ?? fields[0])?.focus();
}

function Mark({ kind }: { kind: "right" | "wrong" | "missed" | undefined }) {
  if (!kind) return null;
  const words = { right: "✔ right", wrong: "✖ not right", missed: "○ this one, too" }[kind];
  return <span class={`iiv-mark iiv-mark-${kind}`}>{words}</span>;
}

function Note({ item, name, when }: { item: ItemSpec; name: string; when: boolean }) {
  const html = item.notes[name];
  return when && html ? <Html as="div" class="iiv-note" html={html} /> : null;
}

interface Choosing extends Shown<Of<"choice"> | Of<"multiple">> {
  /** What is chosen is not what is graded: whether it is told right or wrong yet, each beside its option. */
  apart?: boolean;
}

function Options({ item, response, locked, finished, revealed, statusId, apart }: Choosing) {
  const keys = item.type === "choice" ? [item.answer] : item.answer;
  const chosen = Array.isArray(response) ? response : [response];
  // What was chosen is answered at once (of a choice, in the status); the rest when it gives nothing away.
  const explained = (picked: boolean) => {
    if (picked && !revealed) return item.type === "multiple" || apart;
    return finished;
  };
  return (
    <ul class="iiv-answer iiv-options">
      {item.options.map(({ id, html }) => {
        const picked = chosen.includes(id);
        const right = keys.includes(id);
        const mark = !(apart ?? locked) ? undefined : picked ? (right ? "right" : "wrong") : finished && right ? "missed" : undefined;
        return (
          <li key={id} class={picked ? "iiv-picked" : undefined}>
            <label>
              <input
                type={item.type === "choice" ? "radio" : "checkbox"}
                name="answer"
                value={id}
                defaultChecked={picked}
                disabled={locked}
                aria-describedby={statusId}
                {...ownKeys}
              />
              <Html html={html} /> <Mark kind={mark} />
            </label>
            <Note item={item} name={`option/${id}`} when={Boolean(locked && explained(picked))} />
          </li>
        );
      })}
    </ul>
  );
}

function Levels({ item, response }: Shown<Of<"scale">>) {
  return (
    <ul class="iiv-answer iiv-options">
      {item.levels.map(({ id, html }) => (
        <li key={id}>
          <label>
            <input type="radio" name="answer" value={id} defaultChecked={response === id} {...ownKeys} />
            <Html html={html} />
          </label>
        </li>
      ))}
    </ul>
  );
}

function Line({ item, response, locked, finished, statusId }: Shown<Of<"numeric"> | Of<"text">>) {
  const unit = item.type === "numeric" ? item.unit : undefined;
  const right = item.type === "numeric" ? item.answer : item.accepted[0]!;
  const given = typeof response === "string" ? response : "";
  const wrong = finished && grade(item, given).verdict !== "right";
  return (
    <div class="iiv-answer iiv-line">
      <label>
        <span class="iiv-hidden">Your answer</span>
        <input
          type="text"
          name="answer"
          inputMode={item.type === "numeric" ? "decimal" : "text"}
          autoComplete="off"
          maxLength={item.type === "numeric" ? 40 : 200}
          defaultValue={given}
          readOnly={locked}
          aria-describedby={statusId}
          {...ownKeys}
        />
        {unit && <span class="iiv-unit"> {unit}</span>}
      </label>
      {wrong && <p class="iiv-key">Answer: {right}{unit && ` ${unit}`}</p>}
      {finished && item.type === "text" && fold(given) !== fold(right) && !wrong && <p class="iiv-key">Also written: {right}</p>}
    </div>
  );
}

function Ordering({ item, response, locked, finished }: Shown<Of<"order">>) {
  const start = item.entries.map(({ id }) => id);
  // What was kept under other entries is no order of these.
  const [order, setOrder] = useState(grade(item, response).score === null ? start : (response as string[]));
  const [moved, setMoved] = useState<{ id: string; up: boolean } | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const text = (id: string) => item.entries.find((entry) => entry.id === id)?.html ?? "";
  const plain = (id: string) => list.current?.querySelector(`[data-id="${id}"] .iiv-entry`)?.textContent ?? "";

  // Moving an element in the document takes the focus from the button in it.
  useLayoutEffect(() => {
    if (moved) list.current?.querySelector<HTMLElement>(`[data-id="${moved.id}"] [data-up="${moved.up}"]`)?.focus();
  }, [moved]);

  const inOrder = order.every((id, i) => item.answer[i] === id);

  const move = (id: string, up: boolean) => {
    const from = order.indexOf(id);
    const to = from + (up ? -1 : 1);
    if (to < 0 || to >= order.length) return;
    const next = order.filter((each) => each !== id);
    next.splice(to, 0, id);
    setOrder(next);
    setMoved({ id, up });
  };

  return (
    <div class="iiv-answer">
      <ol class="iiv-order" ref={list}>
        {order.map((id, i) => (
          <li key={id} data-id={id}>
            <input type="hidden" name="answer" value={id} />
            <Html class="iiv-entry" html={text(id)} />
            {!locked && (
              <span class="iiv-moves">
                <Move up at={i} of={order.length} entry={text(id)} onMove={() => move(id, true)} />
                <Move up={false} at={i} of={order.length} entry={text(id)} onMove={() => move(id, false)} />
              </span>
            )}
            {locked && finished && <Mark kind={item.answer[i] === id ? "right" : "wrong"} />}
            <Note item={item} name={`entry/${id}`} when={finished && inOrder} />
          </li>
        ))}
      </ol>
      <p class="iiv-hidden" aria-live="polite">
        {moved && `${plain(moved.id)}: now ${order.indexOf(moved.id) + 1} of ${order.length}`}
      </p>
      {locked && finished && !inOrder && (
        <div class="iiv-key">
          <p>The right order:</p>
          <ol>
            {item.answer.map((id) => (
              <li key={id}>
                <Html html={text(id)} />
                <Note item={item} name={`entry/${id}`} when />
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

function Move({ up, at, of, entry, onMove }: { up: boolean; at: number; of: number; entry: string; onMove(): void }) {
  return (
    // Never `disabled`: at the end of its way the button would lose the focus.
    <button type="button" data-up={up} aria-disabled={up ? at === 0 : at === of - 1} onClick={onMove} {...ownKeys}>
      <span aria-hidden="true">{up ? "↑" : "↓"}</span>
      <span class="iiv-hidden">
        {up ? "Move up: " : "Move down: "}
        <Html html={entry} />
      </span>
    </button>
  );
}

function Matching({ item, response, locked, finished, statusId }: Shown<Of<"match">>) {
  const given = (response ?? {}) as Record<string, string>;
  const category = (id: string | undefined) => item.categories.find((each) => each.id === id)?.html ?? "";
  return (
    <ul class="iiv-answer iiv-match">
      {item.entries.map(({ id, html }) => {
        const right = given[id] === item.answer[id];
        return (
          <li key={id}>
            <label>
              <Html html={html} />
              <select name={`answer/${id}`} disabled={locked} aria-describedby={statusId} {...ownKeys}>
                <option value="">Choose …</option>
                {item.categories.map((each) => (
                  <option key={each.id} value={each.id} selected={given[id] === each.id}>
                    {plainWords(each.html)}
                  </option>
                ))}
              </select>
              {locked && <Mark kind={right ? "right" : "wrong"} />}
            </label>
            {locked && finished && !right && (
              <p class="iiv-key">
                Belongs to: <Html html={category(item.answer[id])} />
              </p>
            )}
            <Note item={item} name={`entry/${id}`} when={locked && (finished || right)} />
          </li>
        );
      })}
    </ul>
  );
}

/** Options of a select hold words only. */
const plainWords = (html: string): ComponentChildren => new DOMParser().parseFromString(html, "text/html").body.textContent;

/** First the prediction, and once it is locked the lab. */
function Exploration({ item, response, finished, locked, lab, move, ...shown }: Shown<Of<"explore">>) {
  const { prediction, position } = (response ?? {}) as Partial<Kept>;
  const told = locked || finished;
  return (
    <>
      <fieldset class="iiv-predict">
        <legend>
          <Html html={item.prediction} />
        </legend>
        <Options
          {...shown}
          item={{ ...item, type: "choice" }}
          response={prediction}
          locked={prediction !== undefined}
          finished={told}
          apart={told}
          revealed={false}
          lab={lab}
          move={move}
        />
        {prediction === undefined ? (
          <p>A wrong prediction costs nothing: it never counts. Once you lock it, the sliders are yours.</p>
        ) : (
          <input type="hidden" name="prediction" value={prediction} />
        )}
      </fieldset>
      {prediction !== undefined &&
        (lab ? (
          <lab.Bench item={item} position={position} locked={locked} move={move} />
        ) : (
          <p>The lab is on its way. If it does not come, load the page again.</p>
        ))}
    </>
  );
}

const field = (at: HTMLElement): HTMLTextAreaElement => at.querySelector("textarea")!;

function LongText({ writing, versions, choose, statusId }: Shown<Of<"reflection">>) {
  const { root, within, events } = useFields(writing, (at) => field(at).value, (at, text) => void (field(at).value = text));
  if (versions.length > 1 && !within) return <Versions versions={versions} choose={choose} />;
  return (
    <div class="iiv-answer" ref={root} {...events}>
      <label>
        <span class="iiv-hidden">Your text</span>
        <textarea name="answer" rows={6} maxLength={20_000} defaultValue={writing.text} aria-describedby={statusId} {...ownKeys} />
      </label>
    </div>
  );
}
