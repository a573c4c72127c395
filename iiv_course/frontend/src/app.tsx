// Mounts what a spec describes into an element; the same components in every host.
import { type ComponentChildren, hydrate, render } from "preact";
import { useState } from "preact/hooks";
import type { ItemSpec } from "./grading";
import type { Host } from "./host";
import { randomName } from "./ids";
import { Item } from "./item";
import { Continue, Progress } from "./progress";
import { LessonResult } from "./result";
import type { WorkshopProps, Written } from "./workshop";

/** What shows the kinds of spec that it knows. */
export type View = (props: { host: Host }) => ComponentChildren;

/** Returns what takes it away again. */
export function mount(Shown: View, host: Host, el: HTMLElement): () => void {
  render(
    <div class="iiv">
      <Shown host={host} />
    </div>,
    el,
  );
  return () => render(null, el);
}

/** What shows an item that is more than a form. */
export type ViewOfWritten = (props: WorkshopProps) => ComponentChildren;

/** What stands in lessons; the rest, which few pages need, comes apart (`parts.ts`), also `Workshop` in the book. */
export function Lesson({ host, Workshop }: { host: Host; Workshop?: ViewOfWritten }) {
  const spec = host.model.get("spec");
  // Every instance has ids of its own: a notebook may show an item twice.
  const [instance] = useState(randomName);
  switch (spec.kind) {
    case "quiz":
      return spec.items.map((item) => {
        const props = { key: item.key, host, id: `iiv-${instance}-${item.key.replace("/", "--")}` };
        if (item.type !== "draft" && item.type !== "table") return <Item {...props} item={item} />;
        return Workshop && <Workshop {...props} item={item} />;
      });
    case "result":
      return <LessonResult spec={spec} host={host} />;
    case "progress":
      return <Progress spec={spec} host={host} />;
    case "continue":
      return <Continue host={host} />;
    default:
      return null;
  }
}

/** One item over the form that the page holds already; `afresh` where that form shows another state than the item has. */
export function adopt(item: ItemSpec, host: Host, place: HTMLElement, afresh: boolean): () => void {
  const component = <Item item={item} host={host} id={place.querySelector("form")?.id ?? ""} />;
  if (afresh) {
    place.replaceChildren();
    render(component, place);
  } else {
    hydrate(component, place);
  }
  return () => render(null, place);
}

/** A place to write, whose fields are not in the page. */
export function open(Workshop: ViewOfWritten, item: Written, host: Host, place: HTMLElement): () => void {
  const id = place.firstElementChild?.id ?? "";
  place.replaceChildren();
  render(<Workshop item={item} host={host} id={id} />, place);
  return () => render(null, place);
}
