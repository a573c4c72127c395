// A warning before a tab goes that alone has the answers; links within the book take them along, unless nothing is kept.
import type { Store } from "./storage";

/** Milliseconds after a click in which a page that goes has gone for that click. */
const SOON = 1000;

export function warnBeforeLeaving(store: Store): void {
  const root = new URL(document.documentElement.dataset["content_root"] ?? ".", location.href).href;
  let within = -Infinity;

  const heed = ({ target, timeStamp }: Event) => {
    const way = target instanceof Element ? target.closest<HTMLElement>("a[href], form:not(.iiv form)") : null;
    if (way instanceof HTMLAnchorElement ? way.href.startsWith(root) : way) within = timeStamp;
  };
  const warn = (event: BeforeUnloadEvent) => {
    if (store.trouble || event.timeStamp - within > SOON) event.preventDefault();
  };
  // Listening all the time would keep pages of some browsers out of their Back button.
  const watch = () => {
    if (store.unsaved) addEventListener("beforeunload", warn);
    else removeEventListener("beforeunload", warn);
  };
  for (const event of ["click", "submit"]) document.addEventListener(event, heed, true);
  store.follow(watch);
  watch();
}
