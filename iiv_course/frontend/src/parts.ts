// What few pages of the book need comes in scripts of their own, only where it stands. They take what all need from the
// book's script (`build.mjs`).
import { Fragment, h, render } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { jsx, jsxs } from "preact/jsx-runtime";
import { ownKeys } from "./answers";
import type { View, ViewOfLater } from "./app";
import type { BringBack } from "./bring-back";
import type { ExploreLab } from "./exploration";
import { Marks, newId, number, randomName } from "./ids";
import { Item } from "./item";
import type { DraftKind } from "./host";
import type { Rules } from "./drafts";
import { afterPress } from "./press";
import { Question } from "./question";
import { Sources } from "./said";
import { download } from "./save-file";
import { scriptAt } from "./script";
import { StartOver, StartingOver, startOver, startOverAll } from "./start-over";
import { Html } from "./text";
import { useFields, useItemState, usePauses, useStates, useText, useWriting } from "./use-item-state";
import { Versions } from "./versions";

/** `build.mjs` reads these names, and refuses a script that asks for another. */
const shared = {
  Fragment, h, jsx, jsxs, render, useEffect, useLayoutEffect, useMemo, useRef, useState,
  afterPress, ownKeys, Marks, newId, number, randomName, Item, useFields, useItemState, usePauses, useStates, useText, useWriting,
  Html, Question, Sources, scriptAt, StartOver, StartingOver, Versions, download, startOver, startOverAll,
};

/** What each script brings, `iiv-<name>.js` of `parts/<name>.ts`. */
export interface Parts {
  labs: View;
  desk: View;
  skills: View;
  sheet: View;
  bring: typeof BringBack;
  workshop: ViewOfLater;
  talk: ViewOfLater;
}

declare global {
  interface Window {
    iivShared?: typeof shared;
    iivParts?: Partial<Parts>;
    /** What the script of the labs brings for explore items. */
    iivExploreLab?: ExploreLab;
    /** The rules for feedback on drafts, each kind a script of its own. */
    iivRules?: Partial<Record<DraftKind, Rules>>;
  }
}

/** A script, from where a `meta` of the page says it is. */
export const loaded = (name: string): Promise<void> =>
  scriptAt(document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "");

/** What a script brings; nothing where it does not come. */
export async function part<Name extends keyof Parts>(name: Name): Promise<Parts[Name] | undefined> {
  window.iivShared = shared;
  window.iivParts ??= {};
  await loaded(`iiv-${name}`);
  return window.iivParts[name];
}
