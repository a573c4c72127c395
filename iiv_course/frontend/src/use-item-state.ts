// An item's state out of the model: read, follow and change.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Model } from "./model";
import { type ItemState, fresh, newId } from "./state";

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
    const next = change(read());
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
  /** Save what is still pending, now. */
  flush(): void;
}

/** A long text that saves itself at pauses, when it loses the focus and when the page goes away. */
export function useWriting(state: ItemState, update: Update): Writing {
  const pending = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const text = state.draft[state.draft.length - 1]?.text ?? "";

  const flush = useRef(() => {});
  flush.current = () => {
    clearTimeout(timer.current);
    const written = pending.current;
    pending.current = null;
    if (written === null) return;
    update((now) => ({ ...now, draft: [following(now, written)] }));
  };
  useLayoutEffect(() => {
    const leave = () => flush.current();
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", leave);
    return () => {
      leave();
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", leave);
    };
  }, []);

  return {
    text,
    input(written) {
      pending.current = written;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => flush.current(), PAUSE);
    },
    flush: () => flush.current(),
  };
}

function following(state: ItemState, text: string) {
  const parents = state.draft.map((draft) => draft.version);
  return { version: newId(), parents, text, at: new Date().toISOString() };
}
