// Mounts what a spec describes into an element; the same component in every host.
import { hydrate, render } from "preact";
import type { ItemSpec } from "./grading";
import { Item } from "./item";
import type { Model } from "./model";
import { LessonResult } from "./result";
import { newId } from "./state";

/** A whole exercise. Returns what takes it away again. */
export function mount(model: Model, el: HTMLElement): () => void {
  const spec = model.get("spec");
  // Every instance has ids of its own: a notebook may show an item twice.
  const instance = newId().slice(0, 8);
  render(
    <div class="iiv">
      {spec.kind === "result" ? (
        <LessonResult spec={spec} model={model} />
      ) : (
        spec.items.map((item) => (
          <Item key={item.key} item={item} model={model} id={`iiv-${instance}-${item.key.replace("/", "--")}`} />
        ))
      )}
    </div>,
    el,
  );
  return () => render(null, el);
}

/** One item over the form that the page holds already; `afresh` where that form shows another state than the item has. */
export function adopt(item: ItemSpec, model: Model, place: HTMLElement, afresh: boolean): () => void {
  const component = <Item item={item} model={model} id={place.querySelector("form")?.id ?? ""} />;
  if (afresh) {
    place.replaceChildren();
    render(component, place);
  } else {
    hydrate(component, place);
  }
  return () => render(null, place);
}
