// Grades, folds and rounds what stands on standard input with the frontend's own code; the answers go to standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const frontend = new URL("../../iiv_course/frontend/", import.meta.url);
const { buildSync } = createRequire(new URL("package.json", frontend))("esbuild");
const { outputFiles } = buildSync({
  entryPoints: [fileURLToPath(new URL("src/grading.ts", frontend))], bundle: true, format: "esm", write: false,
});
const { fold, grade, percent } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = {
  grades: asked.grades.map(([item, response]) => grade(asked.items[item], response)),
  folds: asked.folds.map(fold),
  percents: asked.percents.map(percent),
};
process.stdout.write(JSON.stringify(answers));
