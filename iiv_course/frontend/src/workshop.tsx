// Places to write with more than a field: drafts with feedback, tables and forms.
import { Draft } from "./draft";
import type { LaterProps } from "./later";
import { Table } from "./table";

export function Workshop({ item, ...rest }: LaterProps) {
  if (item.type === "draft") return <Draft item={item} {...rest} />;
  return item.type === "table" ? <Table item={item} {...rest} /> : null;
}
