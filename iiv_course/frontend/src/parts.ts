// What few pages of the book need comes in scripts of their own, only where it stands. They take what all need from the
// book's script (`build.mjs`).
import { Fragment, h, render } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { jsx, jsxs } from "preact/jsx-runtime";
import { ownKeys } from "./answers";
import type { View } from "./app";
import type { BringBack } from "./bring-back";
import type { ExploreLab } from "./exploration";
import { Marks, newId, number, randomName } from "./ids";
import { Item } from "./item";
import { useItemState, useStates, useWriting } from "./use-item-state";

/** `build.mjs` reads these names, and refuses a script that asks for another. */
const shared = {
  Fragment, h, jsx, jsxs, render, useEffect, useLayoutEffect, useMemo, useRef, useState,
  ownKeys, Marks, newId, number, randomName, Item, useItemState, useStates, useWriting,
};

/** What each script brings, `iiv-<name>.js` of `parts/<name>.ts`. */
export interface Parts {
  labs: View;
  desk: View;
  skills: View;
  bring: typeof BringBack;
}

declare global {
  interface Window {
    iivShared?: typeof shared;
    iivParts?: Partial<Parts>;
    /** What the script of the labs brings for explore items. */
    iivExploreLab?: ExploreLab;
  }
}

const loading: { [Name in keyof Parts]?: Promise<Parts[Name] | undefined> } = {};

/** What a script brings, loaded once from where the page says it is; nothing where it does not come. */
export function part<Name extends keyof Parts>(name: Name): Promise<Parts[Name] | undefined> {
  const load = () =>
    new Promise<Parts[Name] | undefined>((done) => {
      window.iivShared = shared;
      window.iivParts ??= {};
      const script = document.createElement("script");
      script.src = document.querySelector<HTMLMetaElement>(`meta[name="iiv-${name}"]`)?.content ?? "";
      script.onload = script.onerror = () => done(window.iivParts?.[name]);
      document.head.append(script);
    });
  return (loading[name] ??= load() as (typeof loading)[Name])!;
}
