// Starting an exercise, a lesson or the course over: asked in the page, with the file offered first.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import type { Host } from "./host";
import { saveFile } from "./save-file";

export { isBegun, startOver, startOverAll } from "./rounds";

interface Props {
  host: Host;
  label: string;
  /** What begins anew, in a sentence. */
  says: string;
  start(): void | Promise<void>;
  /** Say what became of it. */
  done?(words: string): void;
}

/** A button that asks in the page before anything is done. */
export function StartOver({ done, ...props }: Props) {
  const [asking, setAsking] = useState(false);
  const open = useRef<HTMLButtonElement>(null);
  const close = (words: string) => {
    setAsking(false);
    open.current?.focus();
    done?.(words);
  };
  return (
    <>
      <button type="button" ref={open} aria-expanded={asking} onClick={() => setAsking(!asking)} {...ownKeys}>
        {props.label}
      </button>
      {asking && <StartingOver {...props} done={close} />}
    </>
  );
}

/** The question itself, which offers the file first and can be left. */
export function StartingOver({ host, label, says, start, done }: Required<Props>) {
  const [said, setSaid] = useState("");
  const leave = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => leave.current?.focus(), []);
  const failed = ({ message }: Error) => setSaid(message);
  return (
    <div class="iiv-asking" role="group" aria-label={label}>
      <p>{says} Your answers so far stay as history, in your workbook and in its file.</p>
      <div class="iiv-buttons">
        <button type="button" onClick={() => saveFile(host).then(setSaid, failed)} {...ownKeys}>
          Save a file first
        </button>
        <button type="button" class="iiv-danger" onClick={() => begin().then(() => done("Started over."), failed)} {...ownKeys}>
          Start over now
        </button>
        <button type="button" ref={leave} onClick={() => done("Nothing was changed.")} {...ownKeys}>
          Leave it
        </button>
      </div>
      <p role="status">{said}</p>
    </div>
  );

  async function begin(): Promise<void> {
    await start();
  }
}
