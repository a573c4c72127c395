// Exercises in a notebook among which there are some that are more than a form; and the call sheet, made of tables.
import { Lesson } from "./app";
import { widget } from "./esm";
import type { Host } from "./host";
import type { LaterProps } from "./later";
import { Sheet } from "./sheet-page";
import { Talk } from "./talk";
import { Workshop } from "./workshop";

const More = ({ item, ...rest }: LaterProps) =>
  item.type === "conversation" ? <Talk item={item} {...rest} /> : <Workshop item={item} {...rest} />;

export default widget(({ host }: { host: Host }) =>
  host.model.get("spec").kind === "sheet" ? <Sheet host={host} /> : <Lesson host={host} More={More} />,
);
