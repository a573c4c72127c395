/* Color theme, search forms and drawers: what Furo does in inline script, with an unguarded localStorage,
   or not at all. Loaded in the head, before any style, which it need not wait for there; nor has the body, then. */
(() => {
  "use strict";
  const remembered = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is denied: the choice lasts as long as the page
    }
  };
  const remember = (theme) => {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      /* see above */
    }
  };

  const themes = ["auto", "light", "dark"];
  // As soon as there is a body, and before it is drawn: no page flashes in the wrong colors.
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    document.body.dataset.theme = themes.includes(remembered()) ? remembered() : "auto";
  }).observe(document.documentElement, { childList: true });

  const changeTheme = () => {
    const { body } = document;
    const prefersDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const round = prefersDark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    const next = round[(round.indexOf(body.dataset.theme) + 1) % round.length];
    body.dataset.theme = next;
    remember(next);
  };
  // Caught on the way down and stopped, because Furo's own handler throws when storage is denied.
  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest(".theme-toggle")) return;
      event.stopPropagation();
      changeTheme();
    },
    true,
  );

  // The policy says form-action 'none', so a search is a visit to an address, not a submission.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches('form[role="search"]')) return;
    event.preventDefault();
    const address = new URL(event.target.action);
    address.search = new URLSearchParams(new FormData(event.target));
    address.hash = "";
    location.assign(address);
  });

  document.addEventListener("keydown", (event) => {
    const drawer = event.key === "Escape" && document.querySelector(".sidebar-toggle:checked");
    if (!drawer) return;
    drawer.checked = false;
    drawer.focus();
  });

  // What Furo's own script does besides, at a quarter of its weight: the header's shadow, the way back to the top
  // while one scrolls up, and the place in the list of headings.
  document.documentElement.classList.remove("no-js");
  document.addEventListener("DOMContentLoaded", () => {
    const page = document.documentElement.classList;
    const header = document.querySelector("header");
    const contents = document.querySelector(".toc-scroll");
    const places = [...document.querySelectorAll(".toc-tree a")].map((link) => ({
      link,
      section: document.getElementById(decodeURIComponent(link.hash.slice(1))),
    }));
    let before = scrollY;
    let waiting = false;

    const follow = () => {
      waiting = false;
      header.classList.toggle("scrolled", scrollY > 0);
      if (scrollY !== before) page.toggle("show-back-to-top", scrollY >= 64 && scrollY < before);
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
  });
})();
