// What every exercise begins with: what there is to know, its title, and what it asks.
import type { ComponentChildren } from "preact";
import type { ItemSpec } from "./grading";
import { Html } from "./text";

export function Question({ item, children }: { item: ItemSpec; children: ComponentChildren }) {
  return (
    <>
      {item.context && <Html as="div" class="iiv-context" html={item.context} />}
      <fieldset class="iiv-question">
        <legend>
          <span class="iiv-title">{item.title}</span> <Html class="iiv-prompt" html={item.prompt} />
        </legend>
        {children}
      </fieldset>
    </>
  );
}
