// What is heavy and far down a page waits until a reader comes near it, or prints.

/** One and a half screens ahead. */
const AHEAD = "150% 0px";
/** Half a screen: enough for what is small. */
export const SOON = "50% 0px";

export function whenNear(place: Element, begin: () => void, ahead = AHEAD): void {
  const stop = new AbortController();
  const observer = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && start(), { rootMargin: ahead });
  const start = () => {
    observer.disconnect();
    stop.abort();
    begin();
  };
  observer.observe(place);
  addEventListener("beforeprint", start, { signal: stop.signal });
}
