// What can be done with a workbook as a whole. Each says in the page what it will do, and can be left.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import { BringBack } from "./bring-back";
import { many } from "./counts";
import { type FileKind, answersOnly, writeFile } from "./file";
import type { Host } from "./host";
import type { Content } from "./merge";
import { download } from "./save-file";
import type { CourseIndex } from "./spec";
import { StartingOver, startOverAll } from "./start-over";
import type { ItemState } from "./state";

type Deed = FileKind | "bring" | "again" | "erase";

const LABEL: Record<Deed, string> = {
  everything: "Save everything, for me",
  answers: "Save answers only, for my instructor",
  bring: "Bring answers back",
  again: "Start the course over",
  erase: "Erase everything",
};

export function Files({ host, index }: { host: Host; index: CourseIndex }) {
  const [open, setOpen] = useState<Deed | null>(null);
  const [said, setSaid] = useState("");
  const opener = useRef<HTMLButtonElement | null>(null);
  const done = (words: string) => {
    setOpen(null);
    setSaid(words);
    // The button that was pressed goes with its panel.
    opener.current?.focus();
  };
  const buttons = (...deeds: Deed[]) => (
    <div class="iiv-buttons">
      {deeds.map((deed) => (
        <button
          key={deed}
          type="button"
          aria-expanded={open === deed}
          onClick={({ currentTarget }) => {
            opener.current = currentTarget;
            setSaid("");
            setOpen(open === deed ? null : deed);
          }}
          {...ownKeys}
        >
          {LABEL[deed]}
        </button>
      ))}
    </div>
  );
  return (
    <>
      {buttons("everything", "answers", "bring")}
      {(open === "everything" || open === "answers") && <Saving key={open} host={host} index={index} kind={open} done={done} />}
      {open === "bring" && <BringBack host={host} done={done} />}
      {buttons("again", "erase")}
      {open === "again" && (
        <StartingOver
          host={host}
          label={LABEL.again}
          says="Every exercise of the course begins anew."
          start={() => startOverAll(host)}
          done={done}
        />
      )}
      {open === "erase" && <Erasing host={host} done={done} />}
      <p role="status">{said}</p>
    </>
  );
}

interface Props {
  host: Host;
  /** Say what became of it; the panel goes. */
  done(words: string): void;
}

function Saving({ host, index, kind, done }: Props & { index: CourseIndex; kind: FileKind }) {
  const [content, setContent] = useState<Content>();
  const top = useRef<HTMLParagraphElement>(null);
  const items = index.lessons.flatMap((lesson) => lesson.items);
  useLayoutEffect(() => {
    const types = new Map(items.map(({ key, type }) => [key, type]));
    host.content().then((all) => setContent(kind === "answers" ? answersOnly(all, types) : all), ({ message }) => done(message));
  }, [kind]);
  useLayoutEffect(() => top.current?.focus(), [content]);
  if (!content) return null;

  const states = Object.values(content.items);
  const titles = new Map(items.map(({ key, title }) => [key, title]));
  const save = () => {
    download(`${host.book}-${kind}.json`, writeFile(content, { book: host.book, kind }));
    done("The file is in your downloads.");
  };
  return (
    <Panel label={LABEL[kind]}>
      <p ref={top} tabIndex={-1} {...ownKeys}>
        In this file: {inside(states)}.
      </p>
      {kind === "answers" && (
        <p>
          What you wrote in your own words stays out: texts, tables and typed words. Of your answers it holds the options and
          numbers that you gave, in which order, when, and how sure you were.
        </p>
      )}
      {states.length > 0 && (
        <details>
          <summary {...ownKeys}>One by one</summary>
          <ul>
            {states.map((state) => (
              <li key={state.key}>
                {titles.get(state.key) ?? state.key}: {inside([state])}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div class="iiv-buttons">
        <button type="button" class="iiv-primary" onClick={save} {...ownKeys}>
          Save the file
        </button>
        <button type="button" onClick={() => done("No file was saved.")} {...ownKeys}>
          Leave it
        </button>
      </div>
    </Panel>
  );
}

function Erasing({ host, done }: Props) {
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keep.current?.focus(), []);
  return (
    <Panel label={LABEL.erase}>
      <p>
        This erases every answer and text of this course, for good. What remains is a list of random names, so that an older file
        brings nothing back. Save the file first if you may want it.
      </p>
      <div class="iiv-buttons">
        <button
          type="button"
          class="iiv-danger"
          onClick={() => host.erase().then(() => done("Erased. Nothing of yours is left."), ({ message }) => done(message))}
          {...ownKeys}
        >
          Erase it all
        </button>
        <button type="button" ref={keep} onClick={() => done("Nothing was erased.")} {...ownKeys}>
          Keep it
        </button>
      </div>
    </Panel>
  );
}

function Panel({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="iiv-asking" role="group" aria-label={label}>
      {children}
    </div>
  );
}

function inside(states: readonly ItemState[]): string {
  const sum = (count: (state: ItemState) => number) => states.reduce((all, state) => all + count(state), 0);
  const parts = [
    many(sum(({ attempts }) => attempts.length), "answer"),
    many(sum(({ draft }) => draft.filter(({ text }) => text.trim()).length), "text"),
    many(sum(({ rows }) => rows.filter(({ deleted }) => !deleted).length), "line") + " of tables",
  ].filter((part) => !part.startsWith("0 "));
  return parts.join(", ") || "nothing yet";
}
