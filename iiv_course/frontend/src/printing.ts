// A part of a notebook on paper: its host would print all its menus, so a copy is printed out of a frame of its own.

/** Print what stands in the widget of `part`, under a title. */
export function printAlone(part: Element, title: string): void {
  const frame = document.createElement("iframe");
  frame.className = "iiv-hidden";
  document.body.append(frame);
  const { contentDocument: page, contentWindow: view } = frame;
  const widget = part.closest(".iiv");
  if (!page || !view || !widget) return frame.remove();
  page.title = title;
  page.documentElement.lang = document.documentElement.lang;
  // The host's own style and theme stay behind: paper is white.
  const styles = [...document.querySelectorAll("style")].filter(({ textContent }) => textContent?.includes(".iiv-written"));
  page.head.append(...styles.map((style) => page.importNode(style, true)));
  page.body.append(page.importNode(widget, true));
  view.addEventListener("afterprint", () => frame.remove());
  view.print();
}
