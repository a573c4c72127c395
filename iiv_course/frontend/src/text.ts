// Shows text that the course's renderer made: parsed apart from the page, then copied element by element
// through the list that the renderer itself keeps to. Nothing else of it reaches the document.
import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import allowed from "../../page/allowed.json";

const elements = new Map(Object.entries(allowed.elements as Record<string, string[]>));
const parser = new DOMParser();

/** Copy what is allowed of parsed nodes; an element that is not becomes its text. */
function copy(from: Node, to: Node): void {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.appendChild(document.createTextNode(node.nodeValue ?? ""));
    } else if (node instanceof Element || node.nodeType === Node.ELEMENT_NODE) {
      const element = node as Element;
      const attributes = elements.get(element.localName);
      if (!attributes) {
        if (!["script", "style"].includes(element.localName)) copy(element, to);
        continue;
      }
      const made = document.createElementNS(element.namespaceURI, element.localName);
      for (const name of attributes) {
        const value = element.getAttribute(name);
        if (value !== null && (name !== "href" || safe(value))) made.setAttribute(name, value);
      }
      if (["a", "summary"].includes(element.localName) || made.hasAttribute("tabindex")) {
        made.setAttribute("data-lm-suppress-shortcuts", "true");
      }
      copy(element, made);
      to.appendChild(made);
    }
  }
}

function safe(href: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href.trim());
  return scheme ? (allowed.schemes as string[]).includes(scheme[1]!.toLowerCase()) : !/[\u0000-\u0020\\]/.test(href);
}

interface Props {
  as?: "span" | "div";
  html: string;
  class?: string;
}

export function Html(props: Props) {
  // Most texts are plain words: they need no parser.
  return /[<&]/.test(props.html) ? h(Rich, props) : h(props.as ?? "span", { class: props.class }, props.html);
}

function Rich({ as = "span", html, ...rest }: Props) {
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const made = document.createDocumentFragment();
    copy(parser.parseFromString(html, "text/html").body, made);
    place.current?.replaceChildren(made);
  }, [html]);
  return h(as, { ...rest, ref: place });
}
