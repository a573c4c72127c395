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
const exercises: { place: HTMLElement; spec: Spec }[] = [];
for (const place of document.querySelectorAll<HTMLElement>("[data-iiv]")) {
  const island = place.querySelector("script[type='application/json']")?.textContent;
  if (!island) continue;
  const spec = JSON.parse(island) as Spec;
  store.load(keysOf(spec));
  place.replaceChildren();
  exercises.push({ place, spec });
}

/** The anchor of an item is where it stands first; where a page shows it again, its id is another one. */
function anchors(): (key: string) => string {
  const places = new Map<string, number>();
  return (key) => {
    const before = places.get(key) ?? 0;
    places.set(key, before + 1);
    return `item-${key.replace("/", "-")}${before ? `--${before + 1}` : ""}`;
  };
}

function show(): (() => void)[] {
  const idOf = anchors();
  return exercises.map(({ place, spec }) => mount(bookModel(spec, store), place, idOf));
}

let shown = show();
footer(store, book, () => {
  // What was typed or picked and not yet checked goes, too; taken away first, for a text saves itself when it goes.
  shown.forEach((takeAway) => takeAway());
  store.erase();
  shown = show();
});
// Another tab may have answered meanwhile; and a page that comes back by the Back button was asleep.
addEventListener("storage", store.refresh);
addEventListener("pageshow", (event) => event.persisted && store.refresh());
