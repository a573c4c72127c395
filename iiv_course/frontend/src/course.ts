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
  const lessons = window.iivCourse?.lessons ?? [];
  const seen = (href: string | null | undefined) => (href ? root + href : null);
  return {
    lessons: lessons.map((lesson) => ({
      ...lesson,
      href: seen(lesson.href),
      // Where nothing else is said an item stands on the page of its lesson.
      items: lesson.items.map((item) => ({ ...item, href: seen(item.href ?? (lesson.href && lesson.href + anchor(item.key))) })),
    })),
  };
}

/** As `anchor` in `iiv_course/page/html.py`. */
const anchor = (key: string): string => `#item-${key.replace("/", "--")}`;

/** What comes in scripts of their own. */
const APART: Partial<Record<Spec["kind"], Exclude<keyof Parts, "bring" | "workshop" | "talk">>> = {
  workbook: "desk", review: "desk", skills: "skills", lab: "labs", sheet: "sheet",
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
      return spec.skills.flatMap((skill) => [skill, skill.before]).flatMap((each) => (each ? [each.task.key, each.sure.key] : []));
    case "lab":
      return [spec.key];
    case "sheet":
      return [spec.record.key, spec.questions.key, spec.notes.key];
    case "workbook":
      // Also what stands on no page any more.
      return [...keys, ...Object.keys((await host.content()).items)];
    default:
      return keys;
  }
}
