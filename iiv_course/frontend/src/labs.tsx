// The labs of the signaling model, and what explore items need of them.
import { Bench } from "./bench";
import type { ExploreLab } from "./exploration";
import { grade } from "./exploring";
import type { Host } from "./host";
import { InterviewLab } from "./interview-lab";
import { SpenceLab } from "./spence-lab";

export const exploreLab: ExploreLab = { grade, Bench };

export function Labs({ host }: { host: Host }) {
  const spec = host.model.get("spec");
  if (spec.kind !== "lab") return null;
  return spec.lab === "spence" ? <SpenceLab host={host} item={spec.key} /> : <InterviewLab host={host} item={spec.key} />;
}
