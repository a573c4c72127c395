// Mounts what a spec describes into an element; the same in every host.
import { render } from "preact";
import { Item } from "./item";
import type { Model } from "./model";
import { LessonResult } from "./result";
import { newId } from "./state";

/** Returns what takes it away again. `idOf` names the form of an item; left out, the ids are this instance's own. */
export function mount(model: Model, el: HTMLElement, idOf = ownIds()): () => void {
  const spec = model.get("spec");
  render(
    <div class="iiv">
      {spec.kind === "result" ? (
        <LessonResult spec={spec} model={model} />
      ) : (
        spec.items.map((item) => <Item key={item.key} item={item} model={model} id={idOf(item.key)} />)
      )}
    </div>,
    el,
  );
  return () => render(null, el);
}

function ownIds(): (key: string) => string {
  const instance = newId().slice(0, 8);
  return (key) => `iiv-${instance}-${key.replace("/", "-")}`;
}
