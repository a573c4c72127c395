// What is heavy and far down a page waits until a reader comes near it, or prints.

/** One and a half screens ahead. */
const AHEAD = "150% 0px";

export function whenNear(place: Element, begin: () => void): void {
  const stop = new AbortController();
  const observer = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && start(), { rootMargin: AHEAD });
  const start = () => {
    observer.disconnect();
    stop.abort();
    begin();
  };
  observer.observe(place);
  addEventListener("beforeprint", start, { signal: stop.signal });
}
