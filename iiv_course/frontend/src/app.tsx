// Mounts what a spec describes into an element; the same components in every host.
import { type ComponentChildren, hydrate, render } from "preact";
import type { ItemSpec } from "./grading";
import type { Host } from "./host";
import { randomName } from "./ids";
import { Item } from "./item";
import { Continue, Progress } from "./progress";
import { LessonResult } from "./result";

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

/** What stands in lessons; the rest, which few pages need, comes apart (`parts.ts`). */
export function Lesson({ host }: { host: Host }) {
  const spec = host.model.get("spec");
  switch (spec.kind) {
    case "quiz": {
      // Every instance has ids of its own: a notebook may show an item twice.
      const instance = randomName();
      const idOf = (key: string) => `iiv-${instance}-${key.replace("/", "--")}`;
      return spec.items.map((item) => <Item key={item.key} item={item} host={host} id={idOf(item.key)} />);
    }
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
