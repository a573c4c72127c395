// The foot of every page of the book: what is kept in this browser, as a file or not at all; and a word when nothing can be kept.
import { render } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { newId } from "./state";
import type { Store } from "./storage";

const TROUBLE = {
  denied: "This browser keeps nothing for this page (a private window, or a setting). Everything works, but your answers are gone when you leave. Save a file to keep them.",
  full: "This browser has no room left for your answers. What you answer now is gone when you leave. Save a file to keep it.",
};

export function footer(store: Store, book: string, eraseAll: () => void): void {
  const place = document.querySelector<HTMLElement>("[data-iiv-footer]");
  if (place) render(<Footer store={store} book={book} eraseAll={eraseAll} />, place);
}

function Footer({ store, book, eraseAll }: { store: Store; book: string; eraseAll(): void }) {
  const [, setTurn] = useState(0);
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState("");
  const erase = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => store.follow(() => setTurn((turn) => turn + 1)), [store]);

  const close = (words: string) => {
    setAsking(false);
    setSaid(words);
    erase.current?.focus();
  };
  const save = () => {
    const file = workbookFile(store, book);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file], { type: "application/json" }));
    link.download = `${book}-answers.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    setSaid("Your answers are in a file in your downloads.");
  };

  return (
    <section class="iiv iiv-foot" aria-label="Your answers">
      {store.trouble && (
        <p class="iiv-trouble" role="alert">
          {TROUBLE[store.trouble]}
        </p>
      )}
      <p>Your answers stay in this browser, on this device. Nothing is sent anywhere.</p>
      <div class="iiv-buttons">
        <button type="button" onClick={save}>
          Save my answers as a file
        </button>
        <button type="button" ref={erase} aria-expanded={asking} onClick={() => setAsking(!asking)}>
          Erase my answers
        </button>
      </div>
      {asking && (
        <div class="iiv-asking" role="group" aria-label="Erase my answers">
          <p>This erases every answer and text of this book in this browser, for good. Save the file first if you may want them.</p>
          <div class="iiv-buttons">
            <button
              type="button"
              class="iiv-danger"
              onClick={() => {
                eraseAll();
                close("Erased. Nothing of yours is left in this browser.");
              }}
            >
              Erase everything
            </button>
            <button type="button" ref={keep} onClick={() => close("Nothing was erased.")}>
              Keep my answers
            </button>
          </div>
        </div>
      )}
      <p role="status">{said}</p>
    </section>
  );
}

function workbookFile(store: Store, book: string): string {
  return JSON.stringify(
    { format: "iiv-workbook", version: 1, book, id: newId(), saved: new Date().toISOString(), items: Object.values(store.all()) },
    null,
    1,
  );
}
