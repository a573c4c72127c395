// Items that are more than a form: places to write, conversations. What shows them comes apart.
import type { ItemSpec } from "./grading";
import type { Host } from "./host";

export type Of<Type extends ItemSpec["type"]> = Extract<ItemSpec, { type: Type }>;
export type Later = Of<"draft"> | Of<"table"> | Of<"conversation">;

export interface LaterProps<Item extends Later = Later> {
  item: Item;
  host: Host;
  id: string;
  /** Somebody pressed already what begins it. */
  begin?: boolean;
}

export const isLater = (item: ItemSpec): item is Later => ["draft", "table", "conversation"].includes(item.type);

/** The items that it shows or reads. */
export function keysOf(item: Later): string[] {
  const other = item.type === "draft" ? item.beside?.key : item.type === "conversation" ? item.follows : null;
  return other ? [item.key, other] : [item.key];
}
