// What few pages need comes in scripts of their own, only where it stands: the labs, and what looks over the whole
// course. They take what all need from the book's script (`build.mjs`).
import { Fragment, h, render } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { jsx, jsxs } from "preact/jsx-runtime";
import { ownKeys } from "./answers";
import type { BringBack } from "./bring-back";
import type { mountDesk } from "./desk-mount";
import { Marks, newId, number, randomName } from "./ids";
import { Item } from "./item";
import type { mountLab } from "./lab-mount";
import type { mountSkills } from "./skills-mount";
import { useItemState, useWriting } from "./use-item-state";

/** `build.mjs` reads these names, and refuses a script that asks for another. */
const shared = {
  Fragment, h, jsx, jsxs, render, useEffect, useLayoutEffect, useMemo, useRef, useState,
  ownKeys, Marks, newId, number, randomName, Item, useItemState, useWriting,
};

declare global {
  interface Window {
    iivShared?: typeof shared;
    iivLabs?: typeof mountLab;
    iivDesk?: typeof mountDesk;
    iivBring?: typeof BringBack;
    iivSkills?: typeof mountSkills;
  }
}

/** The page says where the script is. Nothing where it does not come. */
function load<Mount>(name: string, mounts: () => Mount | undefined): () => Promise<Mount | undefined> {
  let loading: Promise<Mount | undefined> | undefined;
  return () =>
    (loading ??= new Promise((done) => {
      window.iivShared = shared;
      const script = document.createElement("script");
      script.src = document.querySelector<HTMLMetaElement>(`meta[name="iiv-${name}"]`)?.content ?? "";
      script.onload = script.onerror = () => done(mounts());
      document.head.append(script);
    }));
}

export const loadLabs = load("labs", () => window.iivLabs);
export const loadBringBack = load("bring", () => window.iivBring);
export const loadSkills = load("skills", () => window.iivSkills);
export const loadDesk = load("desk", () => window.iivDesk);
