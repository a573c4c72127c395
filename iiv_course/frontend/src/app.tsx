// Mounts what a spec describes into an element; the same components in every host.
import { type ComponentChildren, hydrate, render } from "preact";
import { useState } from "preact/hooks";
import type { ItemSpec } from "./grading";
import type { Host } from "./host";
import { randomName } from "./ids";
import { Item } from "./item";
import { Continue, Progress } from "./progress";
import { LessonResult } from "./result";
import { type Later, type LaterProps, isLater } from "./later";

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

/** What shows items that are more than a form. */
export type ViewOfLater = (props: LaterProps) => ComponentChildren;

/** What stands in lessons; the rest, which few pages need, comes apart (`parts.ts`), in the book also what shows `More`. */
export function Lesson({ host, More }: { host: Host; More?: ViewOfLater }) {
  const spec = host.model.get("spec");
  // Every instance has ids of its own: a notebook may show an item twice.
  const [instance] = useState(randomName);
  switch (spec.kind) {
    case "quiz":
      return spec.items.map((item) => {
        const props = { key: item.key, host, id: `iiv-${instance}-${item.key.replace("/", "--")}` };
        if (!isLater(item)) return <Item {...props} item={item} />;
        return More && <More {...props} item={item} />;
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

/** An item whose fields are not in the page. */
export function open(Shown: ViewOfLater, item: Later, host: Host, place: HTMLElement, begin: boolean): () => void {
  const id = place.firstElementChild?.id ?? "";
  place.replaceChildren();
  render(<Shown item={item} host={host} id={id} begin={begin} />, place);
  return () => render(null, place);
}
