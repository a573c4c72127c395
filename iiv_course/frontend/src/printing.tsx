// Part of a page on paper: its host would print all its menus, so a copy is printed out of a frame of its own.
import { type ComponentChildren, render } from "preact";

/** Print what stands in the widget of `part`, under a title. */
export function printAlone(part: Element, title: string): void {
  const widget = part.closest(".iiv");
  if (widget) void printFrame(title, (body) => body.append(body.ownerDocument.importNode(widget, true)));
}

/** Print what is drawn for paper alone; `style` is text of a style that the page's own do not have. */
export function printSheet(title: string, sheet: ComponentChildren, style = ""): void {
  void printFrame(title, (body) => {
    const { defaultView } = body.ownerDocument;
    if (style && defaultView) {
      const own = new (defaultView as typeof window).CSSStyleSheet();
      own.replaceSync(style);
      body.ownerDocument.adoptedStyleSheets = [own];
    }
    const heading = body.ownerDocument.createElement("h1");
    heading.textContent = title;
    const place = body.ownerDocument.createElement("div");
    place.className = "iiv";
    body.append(heading, place);
    render(sheet, place);
  });
}

async function printFrame(title: string, fill: (body: HTMLElement) => void): Promise<void> {
  const frame = document.createElement("iframe");
  frame.className = "iiv-hidden";
  frame.title = title;
  document.body.append(frame);
  const { contentDocument: page, contentWindow: view } = frame;
  if (!page || !view) return frame.remove();
  page.title = title;
  page.documentElement.lang = document.documentElement.lang;
  page.body.style.font = "11pt/1.4 system-ui, sans-serif";
  // The host's own style and theme stay behind: paper is white.
  const styles = [...document.querySelectorAll("style")].filter(({ textContent }) => textContent?.includes(".iiv-written"));
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"][href*="/iiv.css"]')];
  page.head.append(...styles.map((style) => page.importNode(style, true)));
  fill(page.body);
  await Promise.all(
    links.map(({ href }) => {
      const link = page.createElement("link");
      link.rel = "stylesheet";
      link.href = href;
      page.head.append(link);
      return new Promise((done) => (link.onload = link.onerror = done));
    }),
  );
  view.addEventListener("afterprint", () => frame.remove());
  view.print();
}
