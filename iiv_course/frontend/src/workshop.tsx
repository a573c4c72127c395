// Places to write with more than a field: drafts with feedback, tables and forms.
import { Draft } from "./draft";
import type { ItemSpec } from "./grading";
import type { Host } from "./host";
import { Table } from "./table";

export type Written = Extract<ItemSpec, { type: "draft" | "table" }>;

export const isWritten = (item: ItemSpec): item is Written => item.type === "draft" || item.type === "table";

/** The items that it shows or reads. */
export const keysOfWritten = (item: Written): string[] => (item.type === "draft" && item.beside ? [item.key, item.beside.key] : [item.key]);

export interface WorkshopProps {
  item: Written;
  host: Host;
  id: string;
}

export function Workshop({ item, host, id }: WorkshopProps) {
  return item.type === "draft" ? <Draft item={item} host={host} id={id} /> : <Table item={item} host={host} id={id} />;
}
