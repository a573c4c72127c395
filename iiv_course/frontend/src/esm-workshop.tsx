// Exercises in a notebook among which there are places to write with more than a field.
import { Lesson } from "./app";
import { widget } from "./esm";
import type { Host } from "./host";
import { Workshop } from "./workshop";

export default widget(({ host }: { host: Host }) => <Lesson host={host} Workshop={Workshop} />);
