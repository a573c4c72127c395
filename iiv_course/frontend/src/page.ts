// The static book's host. Its forms are in the page already; each comes to life when it is first touched, or at once
// where there is something to show in it. So a page of many items costs little more than its HTML, and an item can be
// answered as soon as it stands there, while the rest of the page still comes.
import { adopt, open } from "./app";
import { bookIndex, look } from "./course";
import { footer } from "./footer";
import type { Host } from "./host";
import { type Later, keysOf } from "./later";
import { warnBeforeLeaving } from "./leaving";
import { version } from "./merge";
import type { Model, Traits } from "./model";
import { SOON, whenNear } from "./near";
import { loaded, part } from "./parts";
import { scriptAt } from "./script";
import type { QuizSpec, Spec } from "./spec";
import { type Store, bookStore } from "./storage";

function bookModel(store: Store, spec: Spec): Model {
  const stops = new Map<() => void, () => void>();
  return {
    get: <Name extends keyof Traits>(name: Name) => ({ spec, state: store.state })[name] as Traits[Name],
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

const bookHost = (spec: Spec): Host & { saved(): void } => ({
  model: bookModel(store, spec),
  book,
  index: bookIndex,
  content: async () => store.content(),
  absorb: async (content) => store.absorb(content),
  erase: async () => {
    // What was typed or picked and not yet checked goes, too; taken away first, for a text saves itself when it goes.
    awake.forEach((sleep) => sleep());
    awake.clear();
    store.erase();
    laterPlaces().forEach(watch);
  },
  exploreLab: async () => {
    await part("labs");
    return window.iivExploreLab;
  },
  draftRules: async (kind) => {
    await loaded(`iiv-rules-${kind}`);
    return window.iivRules?.[kind];
  },
  saved: store.saved,
});

declare global {
  interface Window {
    /** The specs of exercises, each from a script of its own. */
    iivSpecs?: Record<string, Spec>;
  }
}

const specs = new Map<Element, Spec>();

/** The spec of an exercise, read when it is first needed; none while its script is on its way. */
function specOf(exercise: HTMLElement): Spec | undefined {
  const address = exercise.dataset["spec"];
  const name = /([^/]+)\.js/.exec(address ?? "")?.[1] ?? "";
  const read = () => JSON.parse(exercise.querySelector("script")?.textContent ?? "") as Spec;
  const spec = specs.get(exercise) ?? (address ? window.iivSpecs?.[name] : read());
  if (spec) specs.set(exercise, spec);
  return spec;
}

async function specComes(exercise: HTMLElement): Promise<Spec | undefined> {
  const address = exercise.dataset["spec"];
  if (address && !specOf(exercise)) await scriptAt(address);
  return specOf(exercise);
}

const exerciseOf = (place: Element) => place.closest<HTMLElement>("[data-iiv]");

const book = document.querySelector<HTMLMetaElement>('meta[name="iiv-book"]')?.content ?? "book";
const store = bookStore(book);
/** How to put the places that are alive back to sleep, as they were. */
const awake = new Map<HTMLElement, () => void>();

let sure: Element | undefined;

/** The row that asks how sure one is stands in the first form of an exercise; it is copied into the others. */
function complete(forms: ParentNode): void {
  if (!sure) {
    sure = document.querySelector(".iiv-confidence:not(:empty)")?.cloneNode(true) as Element | undefined;
    for (const input of sure?.querySelectorAll("input") ?? []) input.checked = false;
  }
  for (const empty of forms.querySelectorAll(".iiv-confidence:empty")) {
    empty.append(...[...(sure?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  }
}

/** `adopt` the form that stands there; where the item has a state already, the form does not show it. */
function wake(place: HTMLElement): void {
  const exercise = exerciseOf(place);
  if (awake.has(place) || !exercise) return;
  const key = keyOf(place);
  store.load([key]);
  const spec = specOf(exercise) as QuizSpec | undefined;
  if (!spec) {
    // What has a state is drawn anew with it; until then nothing is to be written there that would go.
    place.inert = Boolean(store.state[key]);
    return void specComes(exercise).then((comes) => {
      place.inert = false;
      if (comes) wake(place);
      else sayLost(place);
    });
  }
  const item = spec.items.find((each) => each.key === key);
  if (!item) return;
  complete(place);
  keepEarly(place, key);
  const untouched = [...place.childNodes].map((node) => node.cloneNode(true));
  const takeAway = adopt(item, bookHost(spec), place, Boolean(store.state[key]));
  awake.set(place, () => {
    takeAway();
    place.replaceChildren(...untouched);
    // Copies of fields hold what was written in them before they were copied.
    place.querySelector("form")?.reset();
  });
}

const earlyText = (place: HTMLElement) => place.querySelector("textarea")?.value ?? "";

/** What was written before anybody could hear it stands beside the text that is kept already, and is not drawn over. */
function keepEarly(place: HTMLElement, key: string): void {
  const state = store.state[key];
  const early = earlyText(place);
  if (!state || !early.trim() || state.draft.some(({ text }) => text === early)) return;
  store.put({ ...store.state, [key]: { ...state, draft: [...state.draft, version(state, early, [])] } });
}

/** How the page was reached: after a reload or by the Back button the browser knows better where its reader was. */
const came = () => (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined)?.type;

/** Who came for an item is kept at it until the first touch or key: styles may come late, and what comes to life above grows. */
function stay(): void {
  if (!/^#item-/.test(location.hash) || came() !== "navigate") return;
  const still = new ResizeObserver(() => document.getElementById(location.hash.slice(1))?.scrollIntoView({ behavior: "instant" }));
  still.observe(document.body);
  for (const event of ["wheel", "pointerdown", "keydown", "touchstart", "focusin"]) {
    addEventListener(event, () => still.disconnect(), { capture: true, passive: true, once: true });
  }
}

const LOST = "This did not load. Load the page again.";
const sayLost = (place: HTMLElement) => void (place.lastChild?.textContent === LOST || place.append(LOST));

/** Bring to life what comes with a script of its own. */
async function openLater(place: HTMLElement, begin = false): Promise<void> {
  const exercise = exerciseOf(place);
  const spec = exercise && ((await specComes(exercise)) as QuizSpec | undefined);
  const item = spec?.items.find((each) => each.key === keyOf(place)) as Later | undefined;
  if (!spec || !item) return sayLost(place);
  const Shown = await part(item.type === "conversation" ? "talk" : "workshop");
  if (awake.has(place)) return;
  if (!Shown) return sayLost(place);
  store.load(keysOf(item));
  const untouched = [...place.childNodes].map((node) => node.cloneNode(true));
  const takeAway = open(Shown, item, bookHost(spec), place, begin);
  awake.set(place, () => {
    takeAway();
    place.replaceChildren(...untouched);
  });
}

/** A conversation that nobody began shows its beginning; what else is later comes as its reader comes near. */
function watch(place: HTMLElement): void {
  const button = place.querySelector("button");
  store.load([keyOf(place)]);
  if (button && !store.state[keyOf(place)]) button.addEventListener("click", () => void openLater(place, true));
  else whenNear(place, () => void openLater(place), SOON);
}

const places = () => [...document.querySelectorAll<HTMLElement>(".iiv-place:not(.iiv-later)")];
const laterPlaces = () => [...document.querySelectorAll<HTMLElement>(".iiv-later")];
const keyOf = (place: HTMLElement) => place.dataset["key"] ?? "";

function wakeAnswered(): void {
  for (const place of places()) if (store.state[keyOf(place)]) wake(place);
}

/** What needs the whole page. */
function begin(): void {
  stay();
  complete(document);
  store.load(places().map(keyOf));
  wakeAnswered();
  // Nobody may touch it again, and it would never be saved.
  for (const place of places()) if (earlyText(place)) wake(place);
  store.follow(wakeAnswered);
  for (const exercise of document.querySelectorAll<HTMLElement>("div[data-iiv]:not([data-iiv=quiz])")) {
    const spec = specOf(exercise)!;
    const show = () => void look(spec, bookHost(spec), exercise, (keys) => store.load(keys));
    if (spec.kind === "lab") whenNear(exercise, show);
    else show();
  }
  for (const exercise of document.querySelectorAll<HTMLElement>("[data-spec]")) whenNear(exercise, () => void specComes(exercise));
  laterPlaces().forEach(watch);
  footer(store, bookHost({ kind: "continue" }));
  warnBeforeLeaving(store);
}

// An event is heard here before it reaches what it is meant for, which is alive by then: no first touch is lost.
for (const event of ["pointerdown", "focusin", "click", "input", "submit"]) {
  const hear = (event: Event) => {
    const { target } = event;
    const place = target instanceof Element && target.closest<HTMLElement>(".iiv-place:not(.iiv-later)");
    if (!place) return;
    wake(place);
    // What was pressed too early is pressed once there is somebody to hear it; fields keep by themselves what they hold.
    const button = event.type === "click" && target.closest("button");
    const exercise = exerciseOf(place);
    if (!button || awake.has(place) || !exercise) return;
    event.preventDefault();
    event.stopPropagation();
    // Each in a task of its own: what one changes is drawn before the next is heard.
    void specComes(exercise).then(() => setTimeout(() => awake.has(place) && button.isConnected && button.click()));
  };
  document.addEventListener(event, hear, true);
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
else begin();
// Another tab may have answered meanwhile; and a page that comes back by the Back button was asleep.
addEventListener("storage", store.refresh);
addEventListener("pageshow", (event) => event.persisted && store.refresh());
document.documentElement.dataset["iiv"] = "ready";
