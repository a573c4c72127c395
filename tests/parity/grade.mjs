// Grades, folds and rounds what stands on standard input with the frontend's own code; the answers go to standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const frontend = new URL("../../iiv_course/frontend/", import.meta.url);
const { buildSync } = createRequire(new URL("package.json", frontend))("esbuild");
const contents = `export * from "./grading"; export { SLIDES, grade as explored } from "./exploring";
export { START as cues } from "./cue-outcome"; export { START as effort } from "./effort-outcome";
export { BELIEFS, START as spence } from "./spence-outcome";`;
const { outputFiles } = buildSync({
  stdin: { contents, resolveDir: fileURLToPath(new URL("src", frontend)), loader: "ts" }, bundle: true, format: "esm", write: false,
});
const { explored, fold, grade, percent, ...labs } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = {
  grades: asked.grades.map(([item, response]) => grade(asked.items[item], response, explored)),
  folds: asked.folds.map(fold),
  percents: asked.percents.map(percent),
  slides: labs.SLIDES,
  starts: { spence: labs.spence, effort: labs.effort, cues: labs.cues },
  beliefs: Object.keys(labs.BELIEFS),
};
process.stdout.write(JSON.stringify(answers));
