// An item's state out of the model: read, follow and change.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Model, Traits } from "./model";
import { mergeItems, version } from "./merge";
import { type ItemState, fresh } from "./state";

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

/** A long text that saves itself at pauses, when it loses the focus and when the page goes away. */
export function useWriting(state: ItemState, update: Update): Writing {
  const pending = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const draft = state.draft[state.draft.length - 1];
  const base = useRef(draft);

  const flush = useRef<() => boolean>(() => false);
  flush.current = () => {
    clearTimeout(timer.current);
    const written = pending.current;
    pending.current = null;
    if (written === null) return false;
    update((now) => {
      base.current = version(now, written, base.current ? [base.current] : []);
      return { ...now, draft: [...now.draft, base.current] };
    });
    return true;
  };
  useLayoutEffect(() => {
    const leave = () => void flush.current();
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", leave);
    return () => {
      leave();
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", leave);
    };
  }, []);

  return {
    text: draft?.text ?? "",
    input(written) {
      pending.current = written;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => flush.current(), PAUSE);
    },
    flush: () => flush.current(),
    shown: () => {
      base.current = draft;
    },
  };
}
