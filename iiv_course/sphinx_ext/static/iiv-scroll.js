/* What Furo's own script does while one scrolls, at a quarter of its weight: the header's shadow, the way back to the
   top, and the place in the list of headings; and the word for styles that a page has come to rest. Deferred and after
   the styles: a page that is all there before its styles waits for them then, and is not laid out twice, the first time
   with everything in it drawn. */
(() => {
  "use strict";
  const page = document.documentElement.classList;
  const header = document.querySelector("header");
  const contents = document.querySelector(".toc-scroll");
  const places = [...document.querySelectorAll(".toc-tree a")].map((link) => ({
    link,
    section: document.getElementById(decodeURIComponent(link.hash.slice(1))),
  }));
  // Not asked before the first frame: the answer needs a layout of its own.
  let before;
  let waiting = false;

  const follow = () => {
    waiting = false;
    header.classList.toggle("scrolled", scrollY > 0);
    if (scrollY !== (before ?? scrollY)) page.toggle("show-back-to-top", scrollY >= 64 && scrollY < before);
    before = scrollY;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const edge = header.getBoundingClientRect().bottom + 2.5 * rem + 1;
    const passed = places.filter(({ section }) => section?.getBoundingClientRect().top <= edge);
    const atEnd = Math.ceil(scrollY) >= Math.floor(document.documentElement.scrollHeight - innerHeight);
    // The last section may be too short to come to the top.
    const current = (scrollY > 0 && atEnd ? places : passed).at(-1)?.link;
    for (const { link } of places) {
      const entry = link.closest("li");
      entry.classList.toggle("scroll-current", entry.contains(current ?? null));
    }
    if (contents && (scrollY === 0 || atEnd)) contents.scrollTo(0, atEnd ? contents.scrollHeight : 0);
  };
  const soon = () => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  };
  addEventListener("scroll", soon, { passive: true });
  soon();
  // See iiv.css: what browsers do at this event comes first.
  addEventListener("load", () => setTimeout(() => page.add("iiv-rests"), 500));
})();
