// Writes the tables on standard input as calendar files with the frontend's own code; the files go to standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const frontend = new URL("../../iiv_course/frontend/", import.meta.url);
const { buildSync } = createRequire(new URL("package.json", frontend))("esbuild");
const { outputFiles } = buildSync({
  entryPoints: [fileURLToPath(new URL("src/ics.ts", frontend))], bundle: true, format: "esm", write: false,
});
const { ics } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const { item, tables, book, now } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(tables.map((rows) => ics(item, rows, { book, now: new Date(now) }))));
