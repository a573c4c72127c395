// The static book's host: fills every exercise of the page with its living form, kept in this browser.
import { mount } from "./app";
import type { Model, Traits } from "./model";
import { type Spec } from "./spec";
import { footer } from "./footer";
import { type Store, bookStore } from "./storage";

function bookModel(spec: Spec, store: Store): Model {
  const stops = new Map<() => void, () => void>();
  return {
    get: <Name extends keyof Traits>(name: Name): Traits[Name] => ({ spec, state: store.state })[name] as Traits[Name],
    set: (name, value) => {
      if (name === "state") store.put(value as Traits["state"]);
    },
    on: (_event, callback) => void stops.set(callback, store.follow(callback)),
    off: (_event, callback) => {
      stops.get(callback)?.();
      stops.delete(callback);
    },
    // Written at once by `set`.
    save_changes: () => {},
  };
}

const keysOf = (spec: Spec): string[] =>
  (spec.kind === "result" ? spec.objectives.flatMap((objective) => objective.items) : spec.items).map((item) => item.key);

const book = document.querySelector<HTMLMetaElement>('meta[name="iiv-book"]')?.content ?? "book";
const store = bookStore(book);
for (const place of document.querySelectorAll<HTMLElement>("[data-iiv]")) {
  const island = place.querySelector("script[type='application/json']")?.textContent;
  if (!island) continue;
  const spec = JSON.parse(island) as Spec;
  store.load(keysOf(spec));
  place.replaceChildren();
  mount(bookModel(spec, store), place, "item-");
}
footer(store, book);
