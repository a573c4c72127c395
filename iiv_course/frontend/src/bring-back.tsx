// A file brought back: read and checked, what it will change said beforehand, and brought in only then.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import { moment } from "./dates";
import { FileError, type FileFacts, fileFacts, readFile, refuseTooMuch } from "./file";
import type { Host } from "./host";
import { type Content, merge } from "./merge";
import { inWords, preview } from "./preview";

interface Brought {
  name: string;
  content: Content;
  facts: FileFacts;
  changes: string[];
}

interface Props {
  host: Host;
  /** Say what became of it; the panel goes. */
  done(words: string): void;
}

export function BringBack({ host, done }: Props) {
  const [brought, setBrought] = useState<Brought | null>(null);
  const [problem, setProblem] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const result = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  useLayoutEffect(() => result.current?.focus(), [brought]);

  const read = async (file: File | undefined) => {
    setBrought(null);
    setProblem("");
    if (!file) return;
    try {
      const text = new Uint8Array(await file.arrayBuffer());
      const content = readFile(text, host.book);
      const here = await host.content();
      refuseTooMuch(merge(here, content), host.book);
      setBrought({ name: file.name, content, facts: fileFacts(text, host.book), changes: inWords(preview(here, content)) });
    } catch (error) {
      // The browser's own words, for a file that went away meanwhile, say it well enough.
      const why = error instanceof FileError || error instanceof DOMException ? error.message : String(error);
      setProblem(`“${file.name}” was not brought in, and nothing was changed. What is wrong: ${why}`);
    }
  };

  const bringIn = ({ content }: Brought) =>
    host.absorb(content).then(
      () => done("Brought in. What the file holds is here now."),
      ({ message }) => setProblem(message),
    );

  return (
    <div class="iiv-asking" role="group" aria-label="Bring answers back">
      <label class="iiv-file">
        <span>A file that you saved from this course</span>
        <input
          type="file"
          accept=".json,application/json"
          ref={field}
          onChange={({ currentTarget }) => read(currentTarget.files?.[0])}
          {...ownKeys}
        />
      </label>
      <p role="alert" class={problem ? "iiv-trouble" : undefined}>
        {problem}
      </p>
      {brought && (
        <>
          <p ref={result} tabIndex={-1} {...ownKeys}>
            {brought.changes.length
              ? `“${brought.name}”, saved ${moment(brought.facts.saved)}, will change this:`
              : `“${brought.name}” holds nothing that is not here already.`}
          </p>
          <ul>
            {brought.changes.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {brought.facts.newer && (
            <p>It comes from a newer version of this course. What this version does not know is kept, and not shown.</p>
          )}
        </>
      )}
      <div class="iiv-buttons">
        {brought && (
          <button type="button" class="iiv-primary" onClick={() => bringIn(brought)} {...ownKeys}>
            Bring in
          </button>
        )}
        <button type="button" onClick={() => done("Nothing was changed.")} {...ownKeys}>
          Leave it
        </button>
      </div>
    </div>
  );
}
