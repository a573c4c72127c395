// The live notebook's host: anywidget's model, and the workbook of its kernel behind it.
//
// A view keeps all that it knows and merges in whatever comes. Until the kernel says that a change is in the workbook, it
// also stands in this tab's sessionStorage, for the next view of its item: after a reload, or when the kernel died.
import type { Host } from "./host";
import { randomName } from "./ids";
import { exploreLab } from "./labs";
import { type Content, canonical, erase, merge } from "./merge";
import type { Model, Traits } from "./model";
import type { Spec } from "./spec";

interface LiveTraits {
  spec: Spec;
  book: string;
  /** JSON, as no message can hold half a surrogate pair otherwise. */
  state: string;
  erased: string;
  /** How many messages each view has sent, and how many of them are in the workbook. */
  turn: Readonly<Record<string, number>>;
  saved: Readonly<Record<string, number>>;
  /** Why the workbook could not be read or written, in a sentence. */
  trouble: string;
}

interface Answer {
  answers: string;
  content?: string;
  rules?: string;
  refused?: string;
}

export interface LiveModel {
  get<Name extends keyof LiveTraits>(name: Name): LiveTraits[Name];
  set<Name extends keyof LiveTraits>(name: Name, value: LiveTraits[Name]): void;
  on(event: string, callback: (message: Answer) => void): void;
  off(event: string, callback: (message: Answer) => void): void;
  save_changes(): void;
  send(message: object): void;
}

const STASH = "iiv:live:";
/** Milliseconds without a word from the kernel until it is called busy, until it is called lost, between two tries. */
const BUSY = 2_000;
const LOST = 20_000;
const AGAIN = 5_000;
const CHANGES = ["state", "erased", "saved", "trouble"].map((name) => `change:${name}`);
/** JupyterLab's sign for a view whose kernel is gone. */
const DISCONNECTED = ".jupyter-widgets-disconnected";

export function liveHost(model: LiveModel, el: Element, say: (words: string) => void): Host & { stop(): void } {
  const me = randomName();
  const listeners = new Set<() => void>();
  /** What the kernel has not confirmed yet: by key, what stands in the tab for it. */
  const stashed = new Map<string, string>();
  const asked = new Map<string, (answer: Answer) => void>();
  let known: Content = heard();
  let count = 0;
  /** The last turn that brought something new, and when the first one went that is not confirmed. */
  let newest = 0;
  let since = 0;
  let kept = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function heard(): Content {
    return { items: JSON.parse(model.get("state")), erased: JSON.parse(model.get("erased")) };
  }

  const waiting = () => (model.get("saved")[me] ?? 0) < newest;

  /** Take in what another place did; what is the same stays the same, so that nothing is drawn anew for it. */
  function take(news: Content): void {
    const both = merge(known, news);
    const items = Object.entries(both.items).map(([key, item]) => {
      const before = known.items[key];
      return [key, before && canonical(before) === canonical(item) ? before : item] as const;
    });
    const changed = items.length !== Object.keys(known.items).length || items.some(([key, item]) => item !== known.items[key]);
    known = { ...both, items: Object.fromEntries(items) };
    if (changed) listeners.forEach((listener) => listener());
  }

  function hear(): void {
    take(heard());
    if (!waiting()) {
      for (const [key, text] of stashed) if (read(key) === text) drop(key);
      stashed.clear();
    }
    tell();
  }

  function send(): void {
    if (!waiting()) since = Date.now();
    // Before anything is set: setting is heard here, too.
    newest = count += 1;
    model.set("state", JSON.stringify(known.items));
    sendTurn();
    tell();
  }

  function sendTurn(): void {
    model.set("turn", { ...model.get("turn"), [me]: count });
    model.save_changes();
  }

  /** Another kernel may have written meanwhile. */
  function refresh(): void {
    if (waiting()) return;
    count += 1;
    sendTurn();
  }

  function tell(): void {
    clearTimeout(timer);
    const trouble = model.get("trouble");
    const open = waiting();
    const late = Date.now() - since;
    const gone = el.closest(DISCONNECTED) !== null;
    if (open) timer = setTimeout(late < BUSY ? tell : send, late < BUSY ? BUSY - late : AGAIN);
    const here = kept ? "What you wrote is kept in this tab" : "Copy what you wrote before you leave this page";
    if (trouble) say(`Not saved: ${trouble} ${here}.`);
    else if (!open) say(newest ? "Saved" : "");
    else if (gone || late >= LOST) {
      say(
        `Not saved: the kernel does not answer. ${here}. Choose Kernel → Restart Kernel and Run All Cells; ` +
          (kept ? "then it is saved." : "then paste it again."),
      );
    } else say(late < BUSY ? "" : `Not saved yet: the kernel is busy. ${here}, and is saved when the kernel is free. If you restarted it, choose Run All Cells.`);
  }

  function change(items: Traits["state"]): void {
    const changed = Object.entries(items).filter(([key, item]) => item !== known.items[key]);
    const stash = changed.map(([key]) => stashedItem(key));
    take({ items: Object.fromEntries(changed), erased: [] });
    // Another view of the item may have left something in the tab.
    for (const content of stash) take(content);
    for (const [key] of changed) write(key);
  }

  function stashedItem(key: string): Content {
    try {
      const item = JSON.parse(read(key) ?? "null");
      return item ? merge({ items: { [key]: item }, erased: [] }, { items: {}, erased: known.erased }) : { items: {}, erased: [] };
    } catch {
      return { items: {}, erased: [] };
    }
  }

  function write(key: string): void {
    const text = JSON.stringify(known.items[key]);
    if (text === undefined) return;
    try {
      sessionStorage.setItem(STASH + key, text);
      stashed.set(key, text);
    } catch {
      kept = false;
    }
  }

  /** What an earlier view of these items could not hand over. */
  function recover(): void {
    const spec = model.get("spec");
    // Others show items of other views, which see to them.
    const own = (key: string) =>
      spec.kind === "workbook" ||
      (spec.kind === "lab" && spec.key === key) ||
      (spec.kind === "quiz" && spec.items.some((item) => item.key === key));
    const keys = stashKeys().filter(own);
    const before = canonical(known.items);
    for (const key of keys) take(stashedItem(key));
    if (canonical(known.items) === before) return keys.forEach(drop);
    keys.forEach(write);
    send();
  }

  function ask(message: object): Promise<Answer> {
    const id = randomName();
    return new Promise((resolve, reject) => {
      const silent = () => {
        asked.delete(id);
        reject(new Error("The kernel does not answer. Wait until it is free, or restart it and run all cells; then try again."));
      };
      const patience = setTimeout(silent, AGAIN);
      asked.set(id, (answer) => {
        clearTimeout(patience);
        if (answer.refused === undefined) resolve(answer);
        else reject(new Error(answer.refused));
      });
      try {
        model.send({ ...message, id });
      } catch {
        silent();
      }
    });
  }

  const answered = (answer: Answer) => {
    asked.get(answer.answers)?.(answer);
    asked.delete(answer.answers);
  };

  // JupyterLab marks the view in the same moment.
  const lost = () => void setTimeout(tell);
  CHANGES.forEach((event) => model.on(event, hear));
  model.on("msg:custom", answered);
  model.on("comm_live_update", lost);
  const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && refresh());
  seen.observe(el);
  addEventListener("focus", refresh);
  recover();
  tell();

  const shown: Model = {
    get: <Name extends keyof Traits>(name: Name) => (name === "spec" ? model.get("spec") : known.items) as Traits[Name],
    set: (name, value) => {
      if (name === "state") change(value as Traits["state"]);
    },
    on: (_event, callback) => void listeners.add(callback),
    off: (_event, callback) => void listeners.delete(callback),
    save_changes: send,
  };

  return {
    model: shown,
    book: model.get("book"),
    index: () => {
      const spec = model.get("spec");
      return ("index" in spec && spec.index) || { lessons: [] };
    },
    content: async () => {
      try {
        const { content } = await ask({ ask: "content" });
        return merge(JSON.parse(content ?? ""), known);
      } catch (error) {
        // These two show everything, and can give it when the kernel is gone.
        if (["workbook", "review"].includes(model.get("spec").kind)) return known;
        throw error;
      }
    },
    absorb: async ({ items, ...rest }) => {
      const about = { format: "iiv-workbook", version: 1, book: model.get("book"), id: me, saved: "", kind: "everything" };
      await ask({ ask: "absorb", file: JSON.stringify({ ...rest, ...about, items: Object.values(items) }) });
    },
    erase: async () => {
      const { erased } = erase(known);
      await ask({ ask: "erase", erased: JSON.stringify(erased) });
      take({ items: {}, erased });
      stashKeys().forEach(drop);
      stashed.clear();
    },
    exploreLab: async () => exploreLab,
    draftRules: async (kind) => JSON.parse((await ask({ ask: "rules", kind })).rules ?? "null"),
    stop: () => {
      clearTimeout(timer);
      seen.disconnect();
      removeEventListener("focus", refresh);
      CHANGES.forEach((event) => model.off(event, hear));
      model.off("msg:custom", answered);
      model.off("comm_live_update", lost);
    },
  };
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(STASH + key);
  } catch {
    return null;
  }
}

function drop(key: string): void {
  try {
    sessionStorage.removeItem(STASH + key);
  } catch {
    // Nothing was kept there either.
  }
}

function stashKeys(): string[] {
  try {
    return Object.keys(sessionStorage)
      .filter((name) => name.startsWith(STASH))
      .map((name) => name.slice(STASH.length));
  } catch {
    return [];
  }
}
