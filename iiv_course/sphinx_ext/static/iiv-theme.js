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

  document.documentElement.classList.remove("no-js");
})();
