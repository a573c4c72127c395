// An item's state out of the model: read, follow and change.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Model, Traits } from "./model";
import { mergeItems, version } from "./merge";
import { afterPress } from "./press";
import { type ItemState, fresh, versionsOf } from "./state";

export type Update = (change: (state: ItemState) => ItemState) => void;

export function useItemState(model: Model, key: string): [ItemState, Update] {
  // One and the same where nothing was done: a new one each time would draw every untouched item anew.
  const untouched = useRef(fresh(key));
  const read = () => model.get("state")[key] ?? untouched.current;
  const [state, setState] = useState(read);
  useLayoutEffect(() => {
    const follow = () => setState(read());
    model.on("change:state", follow);
    return () => model.off("change:state", follow);
  }, [model, key]);
  const update: Update = (change) => {
    const next = mergeItems([change(read())]) ?? fresh(key);
    setState(next);
    model.set("state", { ...model.get("state"), [key]: next });
    model.save_changes();
  };
  return [state, update];
}

const PAUSE = 400;

export interface Writing {
  text: string;
  input(text: string): void;
  /** Save what is still pending, now; whether there was anything. */
  flush(): boolean;
  /** The field shows `text` now: what is written in it from here on replaces that, and nothing that came meanwhile. */
  shown(): void;
}

/** Everything that the model shows, as it changes. */
export function useStates(model: Model): Traits["state"] {
  const [states, setStates] = useState(model.get("state"));
  useLayoutEffect(() => {
    const follow = () => setStates(model.get("state"));
    model.on("change:state", follow);
    return () => model.off("change:state", follow);
  }, [model]);
  return states;
}

/** Saves at pauses, when the page is hidden or goes away, and when what is shown is taken away. */
export function usePauses(save: () => void): { wait(): void; stop(): void } {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(save);
  latest.current = save;
  useLayoutEffect(() => {
    const leave = () => latest.current();
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", leave);
    return () => {
      leave();
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", leave);
    };
  }, []);
  const stop = () => clearTimeout(timer.current);
  return {
    stop,
    wait() {
      stop();
      timer.current = setTimeout(() => afterPress(() => latest.current()), PAUSE);
    },
  };
}

/** A long text that saves itself. */
export function useWriting(state: ItemState, update: Update): Writing {
  const pending = useRef<string | null>(null);
  const draft = state.draft[state.draft.length - 1];
  const base = useRef(draft);
  const flush = (): boolean => {
    pauses.stop();
    const written = pending.current;
    pending.current = null;
    if (written === null) return false;
    update((now) => {
      base.current = version(now, written, base.current ? [base.current] : []);
      return { ...now, draft: [...now.draft, base.current] };
    });
    return true;
  };
  const pauses = usePauses(flush);
  return {
    text: draft?.text ?? "",
    input(written) {
      pending.current = written;
      pauses.wait();
    },
    flush,
    shown: () => {
      base.current = draft;
    },
  };
}

/** The text of an item: as it is kept, as it is written, and where several were written apart, all of them. */
export function useText(state: ItemState, update: Update) {
  const own = useWriting(state, update);
  const versions = versionsOf(state.draft);
  const text = versions[0]?.text ?? "";
  /** Go on with this text; it takes the place of all that stand there. */
  const choose = (text: string) => update((now) => ({ ...now, draft: [...now.draft, version(now, text)] }));
  const writing: Writing = {
    ...own,
    text: versions.length === 1 ? text : own.text,
    input(written) {
      // Several, but no two to choose between: what is written replaces all of them.
      if (state.draft.length > 1 && versions.length < 2) choose(text);
      own.input(written);
    },
  };
  return { own, writing, versions, choose };
}

/**
 * Fields that show a text which other views may write too. What is under the writer's hands is left alone, and so is what
 * stood in the fields before they came to life.
 */
export function useFields(writing: Writing, read: (at: HTMLElement) => string, write: (at: HTMLElement, text: string) => void) {
  const root = useRef<HTMLDivElement>(null);
  const shown = useRef(writing.text);
  // What comes while one writes waits until one leaves the fields.
  const [within, setWithin] = useState(false);
  const follow = () => {
    const at = root.current;
    if (!at) return;
    const known = [shown.current, read(at)].includes(writing.text);
    if (!known && at.matches(":focus-within")) return;
    if (!known) write(at, writing.text);
    shown.current = writing.text;
    writing.shown();
  };
  useLayoutEffect(follow);
  useLayoutEffect(() => {
    const at = root.current;
    if (!at) return;
    setWithin(at.matches(":focus-within"));
    // Written before anybody could hear it: it counts like what is written from now on. A text that is kept already is
    // no news, even where the fields give it back with another line end.
    if (!writing.text && read(at)) writing.input(read(at));
  }, []);
  const events = {
    onInput: () => root.current && writing.input(read(root.current)),
    onFocusIn: () => setWithin(true),
    onFocusOut: ({ relatedTarget }: FocusEvent) => {
      if (root.current?.contains(relatedTarget as Node | null)) return;
      afterPress(() => {
        if (!writing.flush()) follow();
        setWithin(root.current?.matches(":focus-within") ?? false);
      });
    },
  };
  return { root, within, events };
}
