// Mounts what looks over the whole course into an element, in every host.
import { type VNode, render } from "preact";
import type { Host } from "./host";
import { Review } from "./review";
import type { Spec } from "./spec";
import { WorkbookPage } from "./workbook";

/** Returns what takes it away again. */
export function mountDesk(host: Host, el: HTMLElement): () => void {
  render(<div class="iiv">{shown(host, host.model.get("spec"))}</div>, el);
  return () => render(null, el);
}

function shown(host: Host, spec: Spec): VNode | null {
  switch (spec.kind) {
    case "workbook":
      return <WorkbookPage host={host} />;
    case "review":
      return <Review spec={spec} host={host} />;
    default:
      return null;
  }
}
