// What looks over the whole course in a notebook, and the labs.
import { Desk } from "./desk";
import { widget } from "./esm";
import type { Host } from "./host";
import { Labs } from "./labs";
import { Skills } from "./skills";

export default widget(({ host }: { host: Host }) => {
  // Each shows the kinds that are its own.
  const views = { workbook: Desk, review: Desk, skills: Skills, lab: Labs };
  const { kind } = host.model.get("spec");
  const Shown = kind in views ? views[kind as keyof typeof views] : null;
  return Shown && <Shown host={host} />;
});
