// Mounts the plot of the self-assessment into an element, in every host.
import { render } from "preact";
import type { Host } from "./host";
import { Skills } from "./skills";
import type { SkillsSpec } from "./spec";

/** Returns what takes it away again. */
export function mountSkills(host: Host, el: HTMLElement): () => void {
  render(
    <div class="iiv">
      <Skills spec={host.model.get("spec") as SkillsSpec} host={host} />
    </div>,
    el,
  );
  return () => render(null, el);
}
