// What looks over the whole course: the workbook and the review.
import type { Host } from "./host";
import { Review } from "./review";
import { WorkbookPage } from "./workbook";

export function Desk({ host }: { host: Host }) {
  const spec = host.model.get("spec");
  if (spec.kind === "review") return <Review spec={spec} host={host} />;
  return spec.kind === "workbook" ? <WorkbookPage host={host} /> : null;
}
