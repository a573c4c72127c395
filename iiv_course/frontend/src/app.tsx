// Mounts what a spec describes into an element; the same in every host.
import { render } from "preact";
import { Item } from "./item";
import type { Model } from "./model";
import { LessonResult } from "./result";
import { newId } from "./state";

/** Returns what takes it away again. `prefix` starts the ids; left out, they are this instance's own. */
export function mount(model: Model, el: HTMLElement, prefix = `iiv-${newId().slice(0, 8)}-`): () => void {
  const spec = model.get("spec");
  render(
    <div class="iiv">
      {spec.kind === "result" ? (
        <LessonResult spec={spec} model={model} />
      ) : (
        spec.items.map((item) => <Item key={item.key} item={item} model={model} prefix={prefix} />)
      )}
    </div>,
    el,
  );
  return () => render(null, el);
}
