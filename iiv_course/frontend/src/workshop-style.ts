// The style of places to write, where no host brings it.
import text from "./workshop.css";

export const style: string = text;

export function adoptStyle(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
