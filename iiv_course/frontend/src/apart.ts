// The items of the whole course, for the review: in the book a script for each bank, loaded once one of its items was
// answered; in a notebook all are there.
import { useEffect, useState } from "preact/hooks";
import type { ItemSpec } from "./grading";
import { scriptAt } from "./script";
import type { ReviewSpec } from "./spec";
import type { ItemState } from "./state";

declare global {
  interface Window {
    iivItems?: Record<string, ItemSpec[]>;
  }
}

async function load(bank: string, address: string): Promise<ItemSpec[] | null> {
  await scriptAt(address);
  return window.iivItems?.[bank] ?? null;
}

interface Loaded {
  items: readonly ItemSpec[];
  /** Some are still on their way. */
  waiting: boolean;
  /** Some did not come. */
  failed: boolean;
}

export function useItems({ items, apart = {} }: ReviewSpec, all: Readonly<Record<string, ItemState>>): Loaded {
  const [here, setHere] = useState<Record<string, ItemSpec[] | null>>({});
  const answered = new Set(Object.values(all).flatMap(({ key, attempts }) => (attempts.length ? [key.split("/")[0]] : [])));
  const wanted = Object.keys(apart).filter((bank) => answered.has(bank));
  useEffect(() => {
    for (const bank of wanted) {
      void load(bank, apart[bank] ?? "").then((loaded) => setHere((now) => ({ ...now, [bank]: loaded })));
    }
  }, [wanted.join()]);
  return {
    items: [...items, ...wanted.flatMap((bank) => here[bank] ?? [])],
    waiting: wanted.some((bank) => !(bank in here)),
    failed: wanted.some((bank) => here[bank] === null),
  };
}
