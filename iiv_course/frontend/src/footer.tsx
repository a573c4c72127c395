// The foot of every page of the book: where answers are kept, as a file or not at all; and a word when they cannot be kept.
import { render } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Host } from "./host";
import { type Parts, part } from "./parts";
import { saveFile } from "./save-file";
import type { Store } from "./storage";

const TROUBLE = {
  denied: "This browser keeps nothing for this page (a private window, or a setting). Everything works, but your answers are gone when you leave. Save a file to keep them.",
  full: "This browser has no room left for your answers. What you answer now is gone when you leave. Save a file to keep it.",
};

export function footer(store: Store, host: Host): void {
  const place = document.querySelector<HTMLElement>("[data-iiv-footer]");
  if (place) render(<Footer store={store} host={host} />, place);
}

function Footer({ store, host }: { store: Store; host: Host }) {
  const [, setTurn] = useState(0);
  const [open, setOpen] = useState<"bring" | "erase" | null>(null);
  const [said, setSaid] = useState("");
  const [BringBack, setBringBack] = useState<Parts["bring"]>();
  const opener = useRef<HTMLButtonElement | null>(null);
  useLayoutEffect(() => store.follow(() => setTurn((turn) => turn + 1)), [store]);

  const done = (words: string) => {
    setOpen(null);
    setSaid(words);
    opener.current?.focus();
  };
  const opens = (what: "bring" | "erase") => ({
    "aria-expanded": open === what,
    onClick: ({ currentTarget }: { currentTarget: HTMLButtonElement }) => {
      opener.current = currentTarget;
      setSaid("");
      setOpen(open === what ? null : what);
      if (what === "bring") {
        part("bring").then((loaded) => {
          // A component is a function, which a setter would call.
          if (loaded) setBringBack(() => loaded);
          else setSaid("This did not load. Load the page again.");
        });
      }
    },
  });
  const share = (on: boolean) => {
    if (!store.share(on)) setSaid("There is no room to move your answers. They are where they were.");
    else if (on) setSaid("Your answers moved from this browser into this tab. They are gone when you close it: save a file before.");
    else setSaid("Your answers moved from this tab into this browser, and stay there.");
  };
  const { trouble, shared, aside } = store;
  const workbook = document.querySelector<HTMLAnchorElement>(".sidebar-tree a[href$='workbook.html']");
  return (
    <section class="iiv iiv-foot" aria-label="Your answers">
      {trouble && (
        <p class="iiv-trouble" role="alert">
          {TROUBLE[trouble]}
        </p>
      )}
      {aside > 0 && (
        <p class="iiv-trouble">
          {aside === 1 ? "1 entry" : `${aside} entries`} of this browser could not be read and {aside === 1 ? "was" : "were"} put
          aside, unchanged. What is put aside goes into your file, and is erased only when you erase your answers.
        </p>
      )}
      <p>
        {shared
          ? "Your answers stay in this tab and are gone when you close it. Nothing is sent anywhere."
          : "Your answers stay in this browser, on this device. Nothing is sent anywhere."}
        {workbook && (
          <>
            {" "}
            <a href={workbook.href}>See everything in your workbook</a>
          </>
        )}
      </p>
      <div class="iiv-buttons">
        <button
          type="button"
          class={shared || trouble ? "iiv-primary" : undefined}
          onClick={() => saveFile(host).then(setSaid)}
        >
          Save my answers as a file
        </button>
        <button type="button" {...opens("bring")}>
          Bring answers back
        </button>
        <button type="button" {...opens("erase")}>
          Erase my answers
        </button>
      </div>
      {open === "bring" && BringBack && <BringBack host={host} done={done} />}
      {open === "erase" && (
        <div class="iiv-asking" role="group" aria-label="Erase my answers">
          <p>
            This erases every answer and text of this book in this {shared ? "tab" : "browser"}, for good. What remains is a list of
            random names, so that an older file brings nothing back. Save the file first if you may want them.
          </p>
          <div class="iiv-buttons">
            <button
              type="button"
              class="iiv-danger"
              onClick={() => host.erase().then(() => done(`Erased. Nothing of yours is left in this ${shared ? "tab" : "browser"}.`))}
            >
              Erase everything
            </button>
            <button type="button" onClick={() => done("Nothing was erased.")}>
              Keep my answers
            </button>
          </div>
        </div>
      )}
      {trouble !== "denied" && (
        <label class="iiv-shared">
          <input type="checkbox" checked={shared} onChange={({ currentTarget }) => share(currentTarget.checked)} />
          <span>This is a shared computer: keep my answers in this tab only</span>
        </label>
      )}
      <p role="status">{said}</p>
    </section>
  );
}
