// A text of one's own: feedback as one writes, what stands beside it, a model to compare with, and ways to send it.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import { Feedback, useReview } from "./feedback";
import { TEXT_LIMIT } from "./drafts";
import type { ItemSpec } from "./grading";
import type { Host } from "./host";
import { newId } from "./ids";
import { type Letter, mailto, readLetter, wordsIn, writeLetter } from "./letter";
import { addRow, changeRow, standingRows, words } from "./rows";
import { Question } from "./question";
import { Sources } from "./said";
import { StartOver, startOver } from "./start-over";
import { type ItemState, current } from "./state";
import { Html } from "./text";
import { type Update, useFields, useItemState, useText } from "./use-item-state";
import { Versions } from "./versions";

type DraftSpec = Extract<ItemSpec, { type: "draft" }>;

interface Props {
  item: DraftSpec;
  host: Host;
  id: string;
}

const body = (at: Element): HTMLTextAreaElement => at.querySelector("textarea")!;
const subject = (at: Element): HTMLInputElement | null => at.querySelector("input[name=subject]");

const read = (at: Element): string => {
  const line = subject(at);
  return line ? writeLetter({ subject: line.value, body: body(at).value }) : body(at).value;
};

function write(at: Element, text: string): void {
  const line = subject(at);
  const letter = line ? readLetter(text) : { subject: "", body: text };
  if (line) line.value = letter.subject;
  body(at).value = letter.body;
}

export function Draft({ item, host, id }: Props) {
  const [state, update] = useItemState(host.model, item.key);
  const kept = useText(state, update);
  const start = item.start ?? "";
  const writing = { ...kept.writing, text: kept.writing.text || start };
  const { root, within, events } = useFields(writing, read, write);
  const [typed, setTyped] = useState(writing.text);
  useLayoutEffect(() => setTyped(writing.text), [writing.text]);
  const [touched, setTouched] = useState(false);
  const reviewed = useReview(host, item.draft, typed, touched || within);
  const [missing, setMissing] = useState(false);
  const result = useRef<HTMLDivElement>(null);
  const letter = item.draft === "question" ? null : readLetter(typed);
  const compared = current(state, item.rev).length > 0;
  const choosing = kept.versions.length > 1 && !within;

  const compare = (event: Event) => {
    event.preventDefault();
    const at = root.current;
    if (!at) return;
    const empty = !read(at).trim() || read(at) === start;
    setMissing(empty);
    if (empty) return body(at).focus();
    kept.own.flush();
    update((now) => ({
      ...now,
      attempts: [
        ...now.attempts,
        {
          id: newId(now), rev: item.rev, round: now.round, at: new Date().toISOString(), response: null, score: null,
          hints: 0, revealed: false, confidence: null,
        },
      ],
    }));
    result.current?.focus();
  };

  const show = (begin: number, end: number) => {
    if (!root.current) return;
    const before = typed.length - (letter ? letter.body.length : typed.length);
    const field = begin < before ? subject(root.current)! : body(root.current);
    const shift = begin < before ? "Subject: ".length : before;
    field.focus();
    field.setSelectionRange(begin - shift, Math.min(end, begin < before ? before : end) - shift);
  };

  return (
    <form class="iiv-item iiv-draft" id={id} onSubmit={compare} autocomplete="off" noValidate data-key={item.key}>
      <Question item={item}>
        {item.beside && <Beside beside={item.beside} host={host} />}
        {choosing ? (
          <Versions versions={kept.versions} choose={kept.choose} />
        ) : (
          <div
            class="iiv-answer"
            ref={root}
            {...events}
            onInput={() => {
              events.onInput();
              setTouched(true);
              setMissing(false);
              setTyped(read(root.current!));
            }}
          >
            {letter && (
              <label class="iiv-field">
                <span>Subject</span>
                <input type="text" name="subject" maxLength={200} defaultValue={readLetter(writing.text).subject} {...ownKeys} />
              </label>
            )}
            <label class="iiv-field">
              <span class={letter ? undefined : "iiv-hidden"}>{letter ? "Message" : "Your text"}</span>
              <textarea
                name="answer"
                rows={letter ? 10 : 3}
                maxLength={TEXT_LIMIT - 300}
                defaultValue={letter ? readLetter(writing.text).body : writing.text}
                {...ownKeys}
              />
            </label>
            {letter && <Count words={wordsIn(letter.body)} aim={item.words} />}
            {typed.length >= TEXT_LIMIT - 300 && <p class="iiv-when">The field is full: it holds 20,000 characters with its subject.</p>}
          </div>
        )}
      </Question>
      {!choosing && <Feedback kind={item.draft} reviewed={reviewed} show={show} />}
      {letter && !choosing && <Sending letter={letter} />}
      <div class="iiv-buttons">
        <button type="submit" class="iiv-primary" {...ownKeys}>
          Compare with a model
        </button>
        {compared && (
          <StartOver
            host={host}
            label="Start over"
            says="This exercise begins anew."
            start={() => {
              kept.own.flush();
              update((now) => startOver(now, item.rev));
              setTouched(false);
              if (root.current) {
                write(root.current, start);
                setTyped(start);
                body(root.current).focus();
              }
            }}
          />
        )}
      </div>
      <div class="iiv-status" role="status" ref={result} tabIndex={-1} {...ownKeys}>
        {missing && <p class="iiv-verdict iiv-verdict-missing">Write something of your own first; a sentence will do.</p>}
        {compared && (
          <>
            <p class="iiv-verdict iiv-verdict-done">✔ Saved. A model to compare with, one of many that would do:</p>
            <Html as="div" class="iiv-note iiv-model" html={item.notes["model"] ?? ""} />
          </>
        )}
      </div>
      {compared && (
        <>
          <Rubric item={item} state={state} update={update} />
          <div class="iiv-explanation">
            <Sources sources={item.sources ?? []} />
          </div>
        </>
      )}
    </form>
  );
}

function Count({ words, aim }: { words: number; aim: DraftSpec["words"] }) {
  return (
    <p class="iiv-count">
      {words} {words === 1 ? "word" : "words"}
      {aim && `, aim at ${aim[0]} to ${aim[1]}`}
    </p>
  );
}

/** What to tick about one's own text. A tick is a row of the item, so it is kept and merged as rows are. */
function Rubric({ item, state, update }: { item: DraftSpec; state: ItemState; update: Update }) {
  const ticks = standingRows(state);
  if (!item.rubric?.length) return null;
  return (
    <fieldset class="iiv-rubric">
      <legend>Read yours once more, and tick what holds. It is for you alone and never counts.</legend>
      {item.rubric.map(({ id, html }) => {
        const tick = ticks.find(({ fields }) => fields["tick"] === id);
        return (
          <label key={id}>
            <input
              type="checkbox"
              checked={tick?.fields["holds"] === "yes"}
              onChange={({ currentTarget }) => {
                const holds = currentTarget.checked ? "yes" : "";
                update((now) => {
                  const known = standingRows(now).find(({ fields }) => fields["tick"] === id);
                  return known ? changeRow(now, known.id, { fields: { holds } }) : addRow(now, { tick: id, holds });
                });
              }}
              {...ownKeys}
            />
            <Html html={html} />
          </label>
        );
      })}
    </fieldset>
  );
}

/** What the learner wrote elsewhere, as it stands now. */
function Beside({ beside, host }: { beside: NonNullable<DraftSpec["beside"]>; host: Host }) {
  const [state] = useItemState(host.model, beside.key);
  const texts = state.draft.filter(({ text }) => text.trim());
  const rows = standingRows(state);
  const fields = beside.fields ?? [];
  const filled = rows.map((row) => fields.flatMap((field) => (row.fields[field.id]?.trim() ? [[field.label, words(field, row.fields[field.id])] as const] : [])));
  const nothing = !texts.length && !filled.some((row) => row.length);
  return (
    <details class="iiv-beside" open>
      <summary {...ownKeys}>{beside.title}: what you wrote</summary>
      {nothing && <p>Nothing stands there yet.</p>}
      {texts.map(({ version, text }) => (
        <blockquote key={version}>{text}</blockquote>
      ))}
      {fields.length > 0 &&
        filled.map((row, i) => (
          <dl key={i}>
            {row.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        ))}
    </details>
  );
}

/** To see the message as its receiver will, and to take it along. */
function Sending({ letter }: { letter: Letter }) {
  const [said, setSaid] = useState("");
  const link = mailto(letter);
  const copy = async (text: string, button: Element) => {
    setSaid((await copied(text, button)) ? "Copied." : "This browser does not let a page copy. Select the text and copy it yourself.");
  };
  if (!letter.body.trim()) return null;
  return (
    <>
      <details class="iiv-preview">
        <summary {...ownKeys}>See it as on a phone</summary>
        <div class="iiv-phone">
          <p class="iiv-inbox">
            <b>You</b>
            <b>{letter.subject || "(no subject)"}</b>
            <span>{letter.body.replace(/\s+/g, " ").trim()}</span>
          </p>
          <p class="iiv-when">In the list of messages no more than this shows. Opened, it looks so:</p>
          <div class="iiv-opened">{letter.body}</div>
        </div>
      </details>
      <div class="iiv-buttons">
        <button type="button" onClick={({ currentTarget }) => void copy(letter.body, currentTarget)} {...ownKeys}>
          Copy the message
        </button>
        {letter.subject && (
          <button type="button" onClick={({ currentTarget }) => void copy(letter.subject, currentTarget)} {...ownKeys}>
            Copy the subject
          </button>
        )}
        {link ? (
          <a class="iiv-button" href={link} {...ownKeys}>
            Open in your mail program
          </a>
        ) : (
          <span class="iiv-when">For a mail program's link it is too long: copy it.</span>
        )}
      </div>
      <p class="iiv-when" role="status">
        {said}
      </p>
    </>
  );
}

async function copied(text: string, button: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Where a page is not from a secure place, there is an older way.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "iiv-hidden";
    button.after(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    (button as HTMLElement).focus();
    return done;
  }
}
