// What looks over a lesson or the whole course, on the pages of the static book.
import { Lesson, mount } from "./app";
import type { Host } from "./host";
import { type Parts, part } from "./parts";
import type { CourseIndex, Spec } from "./spec";

declare global {
  interface Window {
    /** Written by the book's build, `_static/iiv-course.js`; says so with an event `iiv-course`. */
    iivCourse?: CourseIndex;
  }
}

/** The index with links as seen from this page, not from the root of the book. */
export function bookIndex(): CourseIndex {
  const root = document.documentElement.dataset["content_root"] ?? "";
  const seen = <Linked extends { href?: string | null }>(linked: Linked): Linked =>
    linked.href ? { ...linked, href: root + linked.href } : linked;
  const lessons = window.iivCourse?.lessons ?? [];
  return { lessons: lessons.map((lesson) => ({ ...seen(lesson), items: lesson.items.map(seen) })) };
}

/** What comes in scripts of their own. */
const APART: Partial<Record<Spec["kind"], Exclude<keyof Parts, "bring" | "workshop" | "talk">>> = {
  workbook: "desk", review: "desk", skills: "skills", lab: "labs",
};
const INDEXED = ["continue", "workbook", "review"];

/** Show an exercise that is not a list of items; `load` gets the items that its model is to hold. */
export async function look(spec: Spec, host: Host, place: HTMLElement, load: (keys: string[]) => void): Promise<void> {
  // The index is a script of its own, and may come later than this one.
  if (INDEXED.includes(spec.kind) && !window.iivCourse) {
    await new Promise((done) => document.addEventListener("iiv-course", done, { once: true }));
  }
  load(await keysOf(spec, host));
  const apart = APART[spec.kind];
  const view = apart ? await part(apart) : Lesson;
  if (!view) return place.append("This did not load. Load the page again.");
  place.replaceChildren();
  mount(view, host, place);
}

async function keysOf(spec: Spec, host: Host): Promise<string[]> {
  const { lessons } = spec.kind === "progress" ? (spec.index ?? { lessons: [] }) : host.index();
  const keys = lessons.flatMap(({ items }) => items).map(({ key }) => key);
  switch (spec.kind) {
    case "result":
      return spec.objectives.flatMap(({ items }) => items).map(({ key }) => key);
    case "skills":
      return spec.skills.flatMap(({ task, sure }) => [task.key, sure.key]);
    case "lab":
      return [spec.key];
    case "workbook":
      // Also what stands on no page any more.
      return [...keys, ...Object.keys((await host.content()).items)];
    default:
      return keys;
  }
}
