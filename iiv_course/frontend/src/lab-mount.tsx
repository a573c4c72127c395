// Mounts a lab into an element, in every host.
import { type VNode, render } from "preact";
import type { Host } from "./host";
import { InterviewLab } from "./interview-lab";
import type { LabProps } from "./lab";
import { SpenceLab } from "./spence-lab";
import type { LabSpec } from "./spec";

const LABS: Record<LabSpec["lab"], (props: LabProps) => VNode> = { spence: SpenceLab, interview: InterviewLab };

/** Returns what takes it away again. */
export function mountLab(host: Host, el: HTMLElement): () => void {
  const spec = host.model.get("spec") as LabSpec;
  const Lab = LABS[spec.lab];
  render(
    <div class="iiv">
      <Lab host={host} item={spec.key} />
    </div>,
    el,
  );
  return () => render(null, el);
}
